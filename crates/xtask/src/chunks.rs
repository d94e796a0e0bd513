//! The chunks of the app: what it does not need at first, split off the linked module, each in a
//! file of its own that the glue loads when it is asked for.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::module::Module;
use crate::tools::Toolbox;
use crate::{process, workspace};

/// What is left of the module, as the splitter names it.
const MAIN: &str = "main.wasm";

/// The module of the loaders, as the glue names it: they become a part of the glue instead.
const LOADERS: &str = "\"./chunks.js\"";

/// Where the glue tells the app what it imports.
const IMPORTS: &str = "const import0 = {\n        __proto__: null,";

/// What loads a chunk, as our own source has it.
const SCRIPT: &str = "web/static/chunks.js";

/// The module whose function it is that loads a chunk of this name.
const LOAD: &str = "__wasm_split_load_";

/// The names of chunks, and the files of the site that make each up.
pub(crate) type Chunks = Vec<(String, Vec<String>)>;

/// The linked module in parts.
pub(crate) struct Split {
    folder: PathBuf,
    /// The names of the chunks, and the parts that make each up.
    chunks: Chunks,
}

impl Split {
    /// Splits a module that was linked with `--emit-relocs`, into a folder.
    pub(crate) fn of(toolbox: &Toolbox, linked: &Path, folder: PathBuf) -> Result<Self, Error> {
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|source| failed(&folder, source))?;
        }
        let mut splitter = toolbox.cargo(&["run", "--quiet", "--package", "split", "--"]);
        let printed = process::output(splitter.arg(linked).arg(&folder))?;
        let chunks = printed.lines().map(|line| {
            let mut words = line.split(' ').map(str::to_owned);
            (words.next().unwrap_or_default(), words.collect())
        });
        Ok(Self {
            chunks: chunks.collect(),
            folder,
        })
    }

    /// What the app begins with, for wasm-bindgen.
    pub(crate) fn main(&self) -> PathBuf {
        self.folder.join(MAIN)
    }

    /// Puts the parts beside the app, and what loads them into its glue.
    pub(crate) fn install(&self, toolbox: &Toolbox, glue: &Path) -> Result<Chunks, Error> {
        let stem = glue.with_extension("");
        let stem = stem.file_name().unwrap_or_default().to_string_lossy();
        let file = |part: &String| {
            let name = part.strip_prefix("split_").unwrap_or(part);
            format!("{stem}_{name}.wasm")
        };
        let mut parts: Vec<&String> = self.chunks.iter().flat_map(|(_, parts)| parts).collect();
        parts.sort();
        parts.dedup();
        let mut shared = Vec::new();
        for part in &parts {
            let from = self.folder.join(part).with_extension("wasm");
            let bytes = fs::read(&from).map_err(|source| failed(&from, source))?;
            let module = Module::read(&bytes).ok_or_else(|| malformed(&from, "is no module"))?;
            shared.extend(module.imports().map(str::to_owned));
            let to = glue.with_file_name(file(part));
            fs::write(&to, bytes).map_err(|source| failed(&to, source))?;
        }
        shared.sort();
        shared.dedup();
        let named = |(name, parts): &(String, Vec<String>)| {
            (name.clone(), parts.iter().map(file).collect::<Vec<_>>())
        };
        let chunks: Chunks = self.chunks.iter().map(named).collect();
        let script = workspace::read(&toolbox.workspace().root().join(SCRIPT))?;
        let script = [script, tables(&shared, &chunks)].concat();
        let text = with_loaders(&workspace::read(glue)?, &script)
            .ok_or_else(|| malformed(glue, "does not import the loaders of chunks as expected"))?;
        fs::write(glue, text).map_err(|source| failed(glue, source))?;
        Ok(chunks)
    }
}

/// Every file of these chunks, once.
pub(crate) fn files(chunks: &Chunks) -> Vec<&String> {
    let mut all: Vec<&String> = chunks.iter().flat_map(|(_, files)| files).collect();
    all.sort();
    all.dedup();
    all
}

/// What the script needs to know: what chunks import from the app, and the files of each.
fn tables(shared: &[String], chunks: &Chunks) -> String {
    let shared = shared
        .iter()
        .map(|name| format!("\"{name}\": wasm.{name},"));
    let loaders = chunks
        .iter()
        .map(|(name, files)| format!("{LOAD}{name}: loader(...{files:?}),"));
    let all = files(chunks);
    format!(
        "const shared = () => ({{ {} }});\nconst loaders = {{ {} }};\nconst allFiles = {all:?};\n",
        shared.collect::<String>(),
        loaders.collect::<String>(),
    )
}

/// The glue with the loaders in it; `None` where it asks for them in another way than expected: it
/// imports their module once for each of them, and passes each import on.
fn with_loaders(glue: &str, script: &str) -> Option<String> {
    glue.find(IMPORTS)?;
    let (asks, rest): (Vec<&str>, Vec<&str>) = glue
        .split_inclusive('\n')
        .partition(|line| line.starts_with("import ") && line.trim_end().ends_with(LOADERS));
    let mut glue = [script.to_owned(), rest.concat()].concat();
    for ask in &asks {
        let name = ask.strip_prefix("import * as ")?.split(' ').next()?;
        let passed_on = [LOADERS, ": ", name, ","].concat();
        glue.find(&passed_on)?;
        glue = glue.replacen(&passed_on, "", 1);
    }
    let is_whole = !asks.is_empty() && !glue.contains(LOADERS);
    is_whole.then(|| glue.replacen(IMPORTS, &[IMPORTS, " ...loaders,"].concat(), 1))
}

fn malformed(path: &Path, reason: &str) -> Error {
    Error::Malformed {
        path: path.to_path_buf(),
        reason: reason.to_owned(),
    }
}

fn failed(path: &Path, source: std::io::Error) -> Error {
    Error::File {
        path: path.to_path_buf(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::{tables, with_loaders};

    #[test]
    fn the_loaders_become_a_part_of_the_glue() {
        let glue = "import * as import1 from \"./chunks.js\"\n\
                    import * as import2 from \"./chunks.js\"\n\
                    const import0 = {\n        __proto__: null,\n        top: 1,\n};\n\
                    return { \"./web_bg.js\": import0, \"./chunks.js\": import1, \"./chunks.js\": import2, };\n";
        let expected = "script;\n\
                        const import0 = {\n        __proto__: null, ...loaders,\n        top: 1,\n};\n\
                        return { \"./web_bg.js\": import0,   };\n";
        assert_eq!(with_loaders(glue, "script;\n").as_deref(), Some(expected));
        assert_eq!(with_loaders("const import0 = {};", "script;\n"), None);
    }

    #[test]
    fn a_chunk_is_told_by_its_files() {
        let files = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let chunks = vec![
            ("cut".to_owned(), files(&["a_cut.wasm", "a_chunk_1.wasm"])),
            ("water".to_owned(), files(&["a_chunk_1.wasm"])),
        ];
        let expected = r#"const shared = () => ({ "memory": wasm.memory, });
const loaders = { __wasm_split_load_cut: loader(...["a_cut.wasm", "a_chunk_1.wasm"]),__wasm_split_load_water: loader(...["a_chunk_1.wasm"]), };
const allFiles = ["a_chunk_1.wasm", "a_cut.wasm"];
"#;
        assert_eq!(tables(&files(&["memory"]), &chunks), expected);
    }
}
