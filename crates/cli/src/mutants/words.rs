//! Telling how mutants were caught.

use super::catch::Caught;
use crate::format::Format;
use serde_json::{Value, json};
use std::fmt::Write;

pub(crate) fn told(format: Format, caught: &[Caught]) -> String {
    match format {
        Format::Text => text(caught),
        Format::Json => format!("{:#}\n", json(caught)),
    }
}

fn text(caught: &[Caught]) -> String {
    let mut out = String::new();
    let mut protocol = None;
    for it in caught {
        let own = it.mutant().protocol();
        if protocol.replace(own) != Some(own) {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{own}");
        }
        let _ = writeln!(out, "  {}", line(it));
    }
    let missed = caught.iter().filter(|it| !it.is_caught()).count();
    let _ = match (missed, median(caught)) {
        (0, Some(median)) => writeln!(
            out,
            "All {} are caught; half of the counterexamples have at most {median} steps.",
            caught.len()
        ),
        _ => writeln!(out, "{missed} of {} are not caught.", caught.len()),
    };
    out
}

fn line(caught: &Caught) -> String {
    let (exhibit, name) = (caught.exhibit, caught.mutant().name());
    let catcher = exhibit.catcher.name();
    if let Some(astray) = &caught.astray {
        let (seed, failure) = (astray.seed, astray.failure.name());
        let what = match astray.is_honest {
            true => "with no rule broken".to_string(),
            false => format!("not {catcher}"),
        };
        return format!("{name:<31}ASTRAY: {failure} failed from seed {seed}, {what}");
    }
    let (Some(seed), Some(shrunk)) = (caught.seeds.first(), &caught.shrunk) else {
        let seeds = exhibit.seeds;
        return format!("{name:<31}NOT CAUGHT by {catcher} within {seeds} seeds");
    };
    let found = format!("seed {seed}, {} of {}", caught.seeds.len(), exhibit.seeds);
    let steps = shrunk.scenario.steps.len();
    let nodes = shrunk.scenario.nodes;
    let mut line = format!("{name:<31}{catcher:<22}{found:<19}steps {steps:>2}, nodes {nodes}");
    if !shrunk.is_minimal {
        line.push_str(", NOT MINIMAL");
    }
    if !shrunk.honest_holds {
        line.push_str(", FAILS WITHOUT IT, TOO");
    }
    line
}

/// The length that half of the counterexamples do not exceed.
fn median(caught: &[Caught]) -> Option<usize> {
    let shrunk = caught.iter().filter_map(|it| it.shrunk.as_ref());
    let mut lengths: Vec<usize> = shrunk.map(|it| it.scenario.steps.len()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len().checked_sub(1)? / 2).copied()
}

fn json(caught: &[Caught]) -> Value {
    let each = |it: &Caught| {
        let exhibit = it.exhibit;
        let astray = it.astray.as_ref();
        json!({
            "protocol": exhibit.mutant.protocol(), "mutant": exhibit.mutant.name(),
            "breaks": exhibit.breaks, "catcher": exhibit.catcher.name(),
            "caught": it.is_caught(), "seeds": exhibit.seeds, "caught_from": it.seeds,
            "astray": astray.map(|it| json!({
                "seed": it.seed, "failed": it.failure.name(), "honest": it.is_honest,
            })),
            "counterexample": it.shrunk.as_ref().map(|it| json!({
                "steps": it.scenario.steps.len(), "nodes": it.scenario.nodes,
                "minimal": it.is_minimal, "honest_holds": it.honest_holds, "runs": it.runs,
                "scenario": it.scenario,
            })),
        })
    };
    let mutants: Vec<Value> = caught.iter().map(each).collect();
    let caught_all = caught.iter().all(Caught::is_caught);
    json!({ "caught": caught_all, "median_steps": median(caught), "mutants": mutants })
}
