//! What the release site weighs, and whether it keeps to its limit.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::chunks::Chunks;
use crate::error::Error;
use crate::site;
use crate::workspace;

/// The committed limit.
pub(crate) const LIMIT_FILE: &str = "web/size-limit.json";

/// Its one field.
const LIMIT_FIELD: &str = "first_load_gzip_bytes";

/// One file of the site.
struct Weight {
    name: String,
    raw: u64,
    gzip: u64,
    /// Whether the page fetches it before it can be used; else it is a chunk, fetched when asked for.
    first: bool,
}

/// The chunks that the page of two sides fetches by itself.
const OF_COMPARE: [&str; 2] = ["almighty", "charts"];

/// Prints the table of sizes and fails where the first load is over the limit.
pub(crate) fn report(dist: &Path, limit_file: &Path, chunks: &Chunks) -> Result<(), Error> {
    let limit = limit(limit_file)?;
    let weights = weigh(dist)?;
    println!("\n{:<44} {:>11} {:>11}", "file", "bytes", "gzip");
    for weight in &weights {
        let mark = if weight.first { "" } else { "  later" };
        println!(
            "{:<44} {:>11} {:>11}{mark}",
            weight.name, weight.raw, weight.gzip
        );
    }
    let sum = |first: bool| {
        let counted = || weights.iter().filter(|weight| weight.first == first);
        let raw: u64 = counted().map(|weight| weight.raw).sum();
        let gzip: u64 = counted().map(|weight| weight.gzip).sum();
        (raw, gzip)
    };
    let (raw, later) = sum(false);
    println!("{:<44} {raw:>11} {later:>11}  later", "chunks");
    let (raw, gzip) = sum(true);
    println!(
        "{:<44} {raw:>11} {gzip:>11}  of {limit}",
        "first load, Play"
    );
    let fetched = |weight: &&Weight| {
        let mut own = chunks
            .iter()
            .filter(|(name, _)| OF_COMPARE.contains(&name.as_str()));
        own.any(|(_, files)| files.contains(&weight.name))
    };
    let of_compare = || weights.iter().filter(fetched);
    let more: u64 = of_compare().map(|weight| weight.gzip).sum();
    let more_raw: u64 = of_compare().map(|weight| weight.raw).sum();
    println!(
        "{:<44} {:>11} {:>11}",
        "first load, Compare",
        raw + more_raw,
        gzip + more
    );
    if gzip > limit {
        return Err(Error::TooLarge {
            actual: gzip,
            limit,
            limit_file: limit_file.to_path_buf(),
        });
    }
    Ok(())
}

fn limit(path: &Path) -> Result<u64, Error> {
    let text = workspace::read(path)?;
    let parsed: Option<Value> = serde_json::from_str(&text).ok();
    parsed
        .and_then(|value| value[LIMIT_FIELD].as_u64())
        .ok_or_else(|| Error::Malformed {
            path: path.to_path_buf(),
            reason: format!("holds no whole number {LIMIT_FIELD}"),
        })
}

fn weigh(dist: &Path) -> Result<Vec<Weight>, Error> {
    let page = dist.join("index.html");
    let index = workspace::read(&page)?;
    let weights: Vec<Weight> = site::files_under(dist)?
        .into_iter()
        .map(|path| {
            let name = relative(dist, &path);
            let first = is_first(&index, &name);
            let content = fs::read(&path).map_err(|source| Error::File {
                path: path.clone(),
                source,
            })?;
            let gzip = gzip_size(&content).map_err(|source| Error::File { path, source })?;
            let raw = content.len() as u64;
            Ok(Weight {
                name,
                raw,
                gzip,
                first,
            })
        })
        .collect::<Result<_, Error>>()?;
    // A limit that nothing counts against would always hold.
    let is_app = |weight: &Weight| weight.first && weight.name.ends_with(".wasm");
    if !weights.iter().any(is_app) {
        return Err(Error::Malformed {
            path: page,
            reason: "names no .wasm file of the site, so the first load cannot be told".into(),
        });
    }
    Ok(weights)
}

/// The page itself, all that it names, and the snippets that the glue imports.
fn is_first(index: &str, name: &str) -> bool {
    let path = format!("/{name}");
    let mut mentions = index.match_indices(&path);
    let ends = |rest: &str| rest.starts_with(['"', '\'', ' ', '>']);
    name == "index.html"
        || name.starts_with("snippets/")
        || mentions.any(|(at, _)| ends(&index[at + path.len()..]))
}

/// The path inside the site, with the slashes of an address.
fn relative(dist: &Path, path: &Path) -> String {
    let inside: PathBuf = path.strip_prefix(dist).unwrap_or(path).to_path_buf();
    inside.to_string_lossy().replace('\\', "/")
}

fn gzip_size(content: &[u8]) -> Result<u64, std::io::Error> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::{gzip_size, is_first};

    #[test]
    fn the_first_load_is_what_the_page_names() {
        let index = r#"<script src="./boot-1.js"></script><template data-wasm="./web_bg.wasm">"#;
        assert!(is_first(index, "index.html"));
        assert!(is_first(index, "boot-1.js"));
        assert!(is_first(index, "web_bg.wasm"));
        assert!(!is_first(index, "lessons/one.json"));
        let minified = "<link href=./page.css rel=stylesheet><script src=./boot-1.js>";
        assert!(is_first(minified, "page.css") && is_first(minified, "boot-1.js"));
        assert!(!is_first(minified, "boot"));
    }

    #[test]
    fn repetition_weighs_little() {
        assert!(gzip_size(&[b'a'; 10_000]).is_ok_and(|size| size < 100));
    }
}
