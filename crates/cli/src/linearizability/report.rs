//! Printing whether histories are linearizable.

use scenario::simulator::linearizability::{ClientCall, Ending, Judgement, Part};
use serde_json::{Value, json};

/// What was found out about a run.
pub(super) struct Judged {
    /// Its protocol, where that is known.
    pub(super) protocol: Option<String>,
    /// How many calls it had.
    pub(super) calls: usize,
    /// By key.
    pub(super) keys: Vec<(u32, Judgement)>,
}

impl Judged {
    fn is_linearizable(&self) -> bool {
        let linear = |it: &(u32, Judgement)| it.1 == Judgement::Linearizable;
        self.keys.iter().all(linear)
    }
}

/// For people.
pub(super) fn text(judged: &Judged) -> String {
    let run = judged.protocol.as_deref().unwrap_or("history");
    let unexplained = |it: &(u32, Judgement)| matches!(it.1, Judgement::Unexplained(_));
    let found = match judged.is_linearizable() {
        true => "linearizable",
        false if judged.keys.iter().any(unexplained) => "not linearizable",
        false => "undecided",
    };
    let calls = counted(judged.calls, "call");
    let keys = counted(judged.keys.len(), "key");
    let mut out = format!("{run}: {calls} of {keys}: {found}\n");
    for (key, judgement) in &judged.keys {
        out.push_str(&judgement_as_text(*key, judgement));
    }
    out
}

/// So many of something.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// What was found out of a key's calls, for people: nothing where an order explains them.
pub(crate) fn judgement_as_text(key: u32, judgement: &Judgement) -> String {
    match judgement {
        Judgement::Linearizable => String::new(),
        Judgement::Unexplained(part) => part_as_text(key, part),
        Judgement::Undecided(limit) => format!("  key {key}: {limit}\n"),
    }
}

/// The calls that no order explains, for people.
fn part_as_text(key: u32, part: &Part) -> String {
    let lead = match (part.calls.len(), part.is_smallest) {
        (1, _) => format!("no order explains this call of key {key}"),
        (count, true) => {
            format!("no order explains these {count} calls of key {key}, and none can be left out")
        }
        (count, false) => format!(
            "no order explains these {count} calls of key {key}; this may not be the smallest such part"
        ),
    };
    let calls: String = part
        .to_string()
        .lines()
        .fold(String::new(), |all, line| all + "    " + line + "\n");
    format!("  {lead}:\n{calls}")
}

/// For programs.
pub(super) fn json(judged: &[Judged]) -> String {
    let runs = judged.iter().map(|run| {
        let unexplained = run.keys.iter().filter_map(|(key, it)| match it {
            Judgement::Unexplained(part) => Some(json!({
                "key": key, "is_smallest": part.is_smallest, "calls": part_as_json(part),
            })),
            _ => None,
        });
        let undecided = run.keys.iter().filter_map(|(key, it)| match it {
            Judgement::Undecided(limit) => Some(json!({"key": key, "reason": limit.to_string()})),
            _ => None,
        });
        json!({
            "protocol": run.protocol, "calls": run.calls, "keys": run.keys.len(),
            "linearizable": run.is_linearizable(),
            "unexplained": unexplained.collect::<Vec<_>>(),
            "undecided": undecided.collect::<Vec<_>>(),
        })
    });
    format!("{:#}\n", json!({"runs": runs.collect::<Vec<_>>()}))
}

/// The calls that no order explains, for programs.
pub(crate) fn part_as_json(part: &Part) -> Value {
    part.calls.iter().map(call).collect()
}

fn call(call: &ClientCall) -> Value {
    let mut line = json!({
        "client": u64::from(call.call.client.0) + 1, "call": call.call.sequence,
        "operation": if call.written.is_some() { "write" } else { "read" },
        "written": call.written, "from_us": call.asked.at.0,
        "to_us": call.done().map(|it| it.at.0),
    });
    if let (None, Ending::Done { value, .. }) = (call.written, call.ending) {
        line["value"] = json!(value);
    }
    line
}
