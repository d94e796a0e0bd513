//! Short names between the app and its glue. wasm-bindgen's are long and end in digests, which
//! nothing compresses; wasm-opt shortens them in the module and prints how, and the glue follows.

use std::collections::HashMap;

use serde_json::Value;

/// What the glue calls the module; its exports follow.
const EXPORTS: &str = "wasm.";

/// What wasm-opt calls every module that something is imported from.
const MODULE: &str = "\"a\"";

/// The glue with the names that wasm-opt printed; `None` where they are not understood.
pub(crate) fn shorten(glue: &str, printed: &str) -> Option<String> {
    let printed = &printed[printed.find('{')?..];
    let printed: Value = serde_json::from_str(printed).ok()?;
    let mut glue = glue.to_owned();
    let (mut imports, mut exports) = (HashMap::new(), HashMap::new());
    for import in printed["imports"].as_array()? {
        let [module, long, short] = words(import)?;
        glue = glue.replace(&format!("\"{module}\""), MODULE);
        imports.insert(long, short);
    }
    for export in printed["exports"].as_array()? {
        let [long, short] = words(export)?;
        exports.insert(long, short);
    }
    let mut shortened = String::new();
    let mut rest = glue.as_str();
    while let Some(start) = rest.find(is_of_word) {
        let (between, from) = rest.split_at(start);
        let end = from.find(|letter| !is_of_word(letter));
        let (word, after) = from.split_at(end.unwrap_or(from.len()));
        shortened.push_str(between);
        let names = if shortened.ends_with(EXPORTS) {
            &exports
        } else {
            &imports
        };
        shortened.push_str(names.get(word).copied().unwrap_or(word));
        rest = after;
    }
    shortened.push_str(rest);
    Some(shortened)
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

fn words<const COUNT: usize>(entry: &Value) -> Option<[&str; COUNT]> {
    let words: Option<Vec<&str>> = entry.as_array()?.iter().map(Value::as_str).collect();
    words?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::shorten;

    const PRINTED: &str = r#"
        {
          "imports": [["./web_bg.js", "__wbg_top_2d", "$"], ["./more.js", "__wbg_now_46", "b"]],
          "exports": [["memory", "m"], ["invoke__h8", "i"], ["invoke__h8_3", "j"]]
        }"#;

    #[test]
    fn the_glue_follows_the_module() {
        let glue = r#"
            const memory = { __wbg_top_2d: (e) => e.top, __wbg_now_46: Date.now };
            wasm.invoke__h8(wasm.memory.buffer); wasm.invoke__h8_3(memory);
            return { "./web_bg.js": memory, "./more.js": 1 };"#;
        let expected = r#"
            const memory = { $: (e) => e.top, b: Date.now };
            wasm.i(wasm.m.buffer); wasm.j(memory);
            return { "a": memory, "a": 1 };"#;
        assert_eq!(shorten(glue, PRINTED).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        assert_eq!(shorten("", "done"), None);
        assert_eq!(shorten("", "{}"), None);
        assert_eq!(
            shorten("", r#"{ "imports": [["a"]], "exports": [] }"#),
            None
        );
    }
}
