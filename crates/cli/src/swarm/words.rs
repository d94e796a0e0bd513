//! Printing what came of a swarm.

use super::counts::{Counts, rules_of};
use super::results::{Failure, Results, SeedResult, Totals};
use crate::format::Format;
use scenario::ProtocolName;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{self, Write as _};

/// Prints results on standard output.
pub(crate) fn print(format: Format, results: &Results) -> io::Result<()> {
    let text = match format {
        Format::Text => text(results),
        Format::Json => format!("{:#}\n", json!(results)),
    };
    io::stdout().write_all(text.as_bytes())
}

/// The line of one seed.
pub(crate) fn of_seed(run: &SeedResult) -> String {
    let SeedResult {
        protocol,
        seed,
        digest,
        words,
        ..
    } = run;
    let verdict = match &run.failure {
        None => "holds",
        Some(_) => "FAILS",
    };
    format!("{verdict} {protocol} seed {seed}, digest {digest:016x}: {words}")
}

fn text(results: &Results) -> String {
    let mut out = String::new();
    for (protocol, totals) in &results.protocols {
        of_protocol(&mut out, *protocol, totals);
    }
    let (seconds, millis) = (results.elapsed_ms / 1_000, results.elapsed_ms % 1_000);
    let (rate, digest) = (results.events_per_second(), results.digest);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{seconds}.{millis:03} s, {rate} events a second, digest {digest:016x}"
    );
    out
}

fn of_protocol(out: &mut String, protocol: ProtocolName, totals: &Totals) {
    let counts = &totals.counts;
    let ranges: Vec<String> = totals.seeds.iter().map(ToString::to_string).collect();
    let _ = writeln!(
        out,
        "{protocol}: {} seeds ({}), {} events in {} s, digest {:016x}",
        totals.count(),
        ranges.join(", "),
        counts.events,
        counts.virtual_us / 1_000_000,
        totals.digest,
    );
    list(out, "reached", &counts.reached);
    list(out, "dropped", &counts.drops);
    let kinds = counts.kinds.iter().map(|(name, it)| {
        let counts = format!("{} in {} seeds", it.acted, it.seeds);
        (name, counts)
    });
    list(out, "faults", &kinds.collect());
    list(out, "then", &counts.endings);
    list(out, "outside", &counts.outages);
    of_rules(out, protocol, counts);
    for range in totals.missing() {
        let _ = writeln!(out, "  MISSING: seeds {range}");
    }
    match totals.failures.len() {
        0 => out.push_str("  nothing failed\n"),
        count => {
            let _ = writeln!(out, "  {count} FAILED");
        }
    }
    for failure in &totals.failures {
        of_failure(out, protocol, failure);
    }
}

fn list<N: AsRef<str>, T: ToString>(out: &mut String, title: &str, counts: &BTreeMap<N, T>) {
    let items = counts.iter();
    let items = items.map(|(name, count)| format!("{} {}", name.as_ref(), count.to_string()));
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        let _ = writeln!(out, "  {title}: {}", items.join(", "));
    }
}

fn of_rules(out: &mut String, protocol: ProtocolName, counts: &Counts) {
    let (found, all) = (counts.rules.len(), rules_of(protocol));
    let _ = writeln!(out, "  rules decided: {found} of {all}");
}

fn of_failure(out: &mut String, protocol: ProtocolName, failure: &Failure) {
    let Failure { seed, mix, .. } = failure;
    let _ = write!(out, "  FAILS {protocol} seed {seed}: ");
    out.push_str(&failure.broken.join("; "));
    let _ = write!(out, "; {mix}");
    if let Some(ending) = &failure.ending {
        let _ = write!(out, "; {ending}");
    }
    if let Some(file) = &failure.file {
        let _ = write!(out, "; in {file}");
        out.push_str(if failure.minimal { "" } else { ", not minimal" });
    }
    out.push('\n');
}
