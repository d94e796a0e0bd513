//! Printing what came of checking lessons.

use super::Checked;
use scenario::ScenarioError;
use scenario::lesson::LessonReport;
use serde_json::{Value, json};
use std::fmt::Write;

/// For people.
pub(super) fn text(checked: &[Checked]) -> String {
    let mut out = String::new();
    for it in checked {
        let path = it.path.display();
        // Writing to a string cannot fail.
        let _ = match &it.report {
            Err(error) => writeln!(out, "{path}: REFUSED\n  {error}"),
            Ok(report) => {
                let verdict = if report.holds() { "holds" } else { "FAILS" };
                let _ = writeln!(out, "{path}: {verdict}");
                write!(out, "{}", report_text(report))
            }
        };
    }
    out
}

fn report_text(report: &LessonReport) -> String {
    let protocols: Vec<&str> = report.protocols.iter().map(|it| it.as_str()).collect();
    let mut out = format!(
        "  {}: {} steps, {} questions, {} of the run under {}; seeds: {}\n",
        report.title,
        report.caption_words.len(),
        report.questions,
        report.length,
        protocols.join(" and "),
        report.seeds.len(),
    );
    let (median, most) = (report.median_words(), report.most_words());
    let _ = writeln!(
        out,
        "  captions: {median} words in the median, {most} at most"
    );
    for complaint in &report.complaints {
        let _ = writeln!(out, "  seed {}: {}", complaint.seed, complaint.fault);
    }
    out
}

/// For programs.
pub(super) fn json(checked: &[Checked]) -> String {
    let lessons: Vec<Value> = checked.iter().map(value).collect();
    let holds = checked.iter().all(Checked::holds);
    format!("{:#}\n", json!({"holds": holds, "lessons": lessons}))
}

fn value(checked: &Checked) -> Value {
    let file = checked.path.display().to_string();
    match &checked.report {
        Err(error) => json!({"file": file, "holds": false, "refused": fault(error)}),
        Ok(report) => json!({
            "file": file, "holds": report.holds(), "title": report.title,
            "protocols": report.protocols, "seeds": report.seeds,
            "steps": report.caption_words.len(), "questions": report.questions,
            "length_us": report.length.0,
            "caption_words": {"median": report.median_words(), "most": report.most_words()},
            "complaints": report.complaints.iter().map(|it| {
                let mut told = fault(&it.fault);
                told["seed"] = json!(it.seed);
                told
            }).collect::<Vec<_>>(),
        }),
    }
}

fn fault(error: &ScenarioError) -> Value {
    json!({"line": error.line, "field": error.field, "problem": error.problem})
}
