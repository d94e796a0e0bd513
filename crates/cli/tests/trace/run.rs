//! Running the program, and reading what it traced: nothing but lines of JSON.

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// One run of a trace.
pub struct Run {
    pub header: Value,
    pub lines: Vec<Value>,
    pub end: Value,
    /// The program's exit code.
    pub code: i32,
}

impl Run {
    /// The lines of this kind.
    pub fn of<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a Value> {
        self.lines.iter().filter(move |line| line["what"] == what)
    }
}

/// Runs the program and reads its trace.
pub fn traced(name: &str, arguments: &[&str]) -> Vec<Run> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.ndjson"));
    let out = Command::new(env!("CARGO_BIN_EXE_whitewater"))
        .arg("run")
        .args(arguments)
        .arg("--trace")
        .arg(&path)
        .output()
        .expect("the program runs");
    let code = out.status.code().expect("it ends by itself");
    let error = String::from_utf8_lossy(&out.stderr);
    assert!(code < 2, "{arguments:?}: {error}");
    runs(&fs::read_to_string(path).expect("there is a trace"), code)
}

/// The runs of a trace: each from its header to its end.
pub fn runs(text: &str, code: i32) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open: Option<(Value, Vec<Value>)> = None;
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("each line is JSON");
        match (line["what"].as_str(), &mut open) {
            (Some("header"), None) => open = Some((line, Vec::new())),
            (Some("end"), Some(_)) => {
                let (header, lines) = open.take().expect("it is open");
                let end = line;
                runs.push(Run {
                    header,
                    lines,
                    end,
                    code,
                });
            }
            (Some(_), Some((_, lines))) => lines.push(line),
            _ => panic!("out of place: {line}"),
        }
    }
    assert!(open.is_none(), "the last run has no end");
    runs
}

/// A text of a line's field.
pub fn text<'a>(line: &'a Value, field: &str) -> &'a str {
    let text = line[field].as_str();
    text.unwrap_or_else(|| panic!("{field} is no text: {line}"))
}

/// A number of a line's field.
pub fn number(line: &Value, field: &str) -> u64 {
    let number = line[field].as_u64();
    number.unwrap_or_else(|| panic!("{field} is no number: {line}"))
}
