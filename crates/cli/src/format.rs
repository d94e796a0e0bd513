//! Printing what came of a run.

use crate::linearizability::{judgement_as_text, part_as_json};
use crate::run::Played;
use clap::ValueEnum;
use scenario::simulator::Measures;
use scenario::simulator::linearizability::Judgement;
use scenario::{Scenario, Verdict};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// How results are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs: one JSON object.
    Json,
}

/// All reports of a scenario.
pub(crate) fn reports(format: Format, scenario: &Scenario, played: &[Played]) -> String {
    match format {
        Format::Text => played.iter().map(|it| text(scenario, it)).collect(),
        Format::Json => {
            let reports: Vec<Value> = played.iter().map(|it| value(scenario, it)).collect();
            format!(
                "{:#}\n",
                json!({"scenario": scenario.title, "runs": reports})
            )
        }
    }
}

fn text(scenario: &Scenario, played: &Played) -> String {
    let report = &played.report;
    let measures = &report.measures;
    let mut out = format!(
        "{} under {}, seed {}\n  {} events in {}, digest {:016x}, state {:016x}\n",
        scenario.title,
        report.protocol,
        report.seed,
        report.events,
        report.until,
        report.digest,
        report.state_digest,
    );
    let lines = [
        ("time without a leader", measures.leaderless.to_string()),
        ("two leaders at once", measures.two_claim.to_string()),
        ("leader changes", measures.leader_changes.to_string()),
        ("elections", measures.elections.to_string()),
        ("messages", measures.messages.to_string()),
        ("writes acknowledged", measures.acknowledged.to_string()),
        ("acknowledged writes lost", measures.lost.to_string()),
    ];
    for (name, figure) in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  {name:<26}{figure}");
    }
    if let Some(broken) = &report.violation {
        let _ = writeln!(out, "  BROKEN: {}", broken.sentence());
    }
    if let Some((key, judgement)) = &played.unexplained {
        out.push_str(&judgement_as_text(*key, judgement));
    }
    for (property, keys) in &report.undecided {
        let name = property.name();
        let _ = writeln!(
            out,
            "  UNDECIDED: {name}, of {keys} keys whose calls take too much to judge"
        );
    }
    for verdict in &report.verdicts {
        let _ = writeln!(out, "  {}", line(scenario, verdict));
    }
    out
}

fn line(scenario: &Scenario, verdict: &Verdict) -> String {
    let expected = scenario.expect.get(verdict.place);
    let that = expected.map_or(Value::Null, |it| json!(it.that));
    let place = verdict.place;
    match &verdict.found {
        Ok(()) => format!("holds   expect[{place}] at {}: {that}", verdict.at),
        Err(found) => format!("FAILS   expect[{place}] at {}: {that}; {found}", verdict.at),
    }
}

fn value(scenario: &Scenario, played: &Played) -> Value {
    let report = &played.report;
    let verdicts: Vec<Value> = report
        .verdicts
        .iter()
        .map(|it| {
            json!({
                "expect": it.place, "at_us": it.at.0, "holds": it.found.is_ok(),
                "that": scenario.expect.get(it.place).map(|it| &it.that),
                "found": it.found.as_ref().err(),
            })
        })
        .collect();
    json!({
        "protocol": report.protocol, "seed": report.seed, "until_us": report.until.0,
        "events": report.events, "holds": report.holds(),
        "digest": format!("{:016x}", report.digest),
        "state_digest": format!("{:016x}", report.state_digest),
        "measures": measures(&report.measures),
        "violation": report.violation.as_ref().map(|it| json!({
            "property": it.property.name(), "at_us": it.at.0, "event": it.event,
            "nodes": it.nodes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "place": it.place,
            "unexplained": match &played.unexplained {
                Some((_, Judgement::Unexplained(part))) => Some(part_as_json(part)),
                _ => None,
            },
            "undecided": match &played.unexplained {
                Some((_, Judgement::Undecided(limit))) => Some(limit.to_string()),
                _ => None,
            },
        })),
        "undecided": report.undecided.iter().map(|(property, keys)| json!({
            "property": property.name(), "keys": keys,
        })).collect::<Vec<_>>(),
        "expectations": verdicts,
    })
}

fn measures(measures: &Measures) -> Value {
    let by_kind = measures.by_kind.iter().map(|(kind, it)| {
        let reply = json!({"messages": it.messages, "bytes": it.bytes, "reply": it.reply});
        ((*kind).to_string(), reply)
    });
    let by_kind: Map<String, Value> = by_kind.collect();
    let drops = measures.drops.iter();
    let drops: Map<String, Value> = drops
        .map(|(cause, count)| (cause.name().to_string(), json!(count)))
        .collect();
    json!({
        "leaderless_us": measures.leaderless.0, "two_claim_us": measures.two_claim.0,
        "leader_changes": measures.leader_changes, "messages": measures.messages,
        "bytes": measures.bytes, "by_kind": by_kind, "dropped": measures.dropped, "drops": drops,
        "acknowledged": measures.acknowledged, "lost": measures.lost,
        "at_risk": measures.at_risk, "elections": measures.elections,
        "failed_elections": measures.failed_elections, "truncations": measures.truncations,
        "leader_losses": measures.leader_losses,
    })
}
