//! Raft's safety, from a trace alone.

use crate::logs::Logs;
use crate::run::{Run, number, text};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a check finds: nothing, or the line that breaks its property.
pub type Found = Option<String>;

/// Looks for a break of one property in a run.
pub type Check = fn(&Run) -> Found;

/// Every property, by the name that a trace gives it.
pub const PROPERTIES: [(&str, Check); 6] = [
    ("election-safety", election_safety),
    ("one-vote-per-term", one_vote_per_term),
    ("log-matching", log_matching),
    ("leader-completeness", leader_completeness),
    ("committed-is-durable", committed_is_durable),
    ("state-machine-safety", state_machine_safety),
];

/// Notes what stands at a place; false where something else stood there before.
fn agrees<K: Ord>(seen: &mut BTreeMap<K, String>, place: K, what: &str) -> bool {
    seen.entry(place).or_insert_with(|| what.into()) == what
}

/// At most one leader in a term (§5.2).
fn election_safety(run: &Run) -> Found {
    let mut leaders = BTreeMap::new();
    let elected = |line: &&Value| line["role"] == "leader";
    let mut elections = run.of("role").filter(elected);
    let broken = elections.find(|line| {
        let term = number(&line["mandate"], "term");
        !agrees(&mut leaders, term, text(line, "node"))
    });
    broken.map(Value::to_string)
}

/// At most one vote of each server in a term, told or stored, crash or no crash (§5.2).
fn one_vote_per_term(run: &Run) -> Found {
    let mut votes = BTreeMap::new();
    let mut given = run.lines.iter().filter_map(|line| {
        let candidate = match text(line, "what") {
            "voted" => &line["candidate"],
            "stored" => &line["vote"],
            _ => return None,
        };
        Some((line, candidate.as_str()?))
    });
    let broken = given.find(|(line, candidate)| {
        let place = (text(line, "node").to_string(), number(line, "term"));
        !agrees(&mut votes, place, candidate)
    });
    broken.map(|(line, _)| line.to_string())
}

/// Logs that agree on an entry's position and term agree on all before it (§5.3).
fn log_matching(run: &Run) -> Found {
    let mut entries = BTreeMap::new();
    let written = |line: &&Value| matches!(text(line, "what"), "appended" | "stored");
    let mut written = run.lines.iter().filter(written);
    let broken = written.find(|line| {
        let stored = line["entries"].as_array().into_iter().flatten();
        let appended = (line["what"] == "appended").then_some(*line);
        stored.chain(appended).any(|entry| {
            let place = (number(entry, "index"), number(entry, "term"));
            !agrees(&mut entries, place, text(entry, "digest"))
        })
    });
    broken.map(Value::to_string)
}

/// Looks at every line together with the logs after it.
fn follow(run: &Run, breaks: impl Fn(&Logs, &Value) -> bool) -> Found {
    let mut logs = Logs::new(&run.header["voters"]);
    let broken = run.lines.iter().find(|line| {
        logs.take(line);
        breaks(&logs, line)
    });
    broken.map(Value::to_string)
}

/// What a term committed stands in the log of every later leader (§5.4).
fn leader_completeness(run: &Run) -> Found {
    follow(run, |logs, line| {
        let touched = match text(line, "what") {
            "role" | "committed" => &logs.committed,
            _ => return false,
        };
        let mut leaders = logs.servers.values().filter(|it| it.leads);
        leaders.any(|leader| {
            let mut earlier = touched.iter().filter(|(_, (_, term))| *term < leader.term);
            earlier.any(|(index, (digest, _))| !leader.memory.holds(*index, digest))
        })
    })
}

/// What is committed is on the disks of a majority of all voters, and stays there (§5.3, §6, R4).
fn committed_is_durable(run: &Run) -> Found {
    follow(run, |logs, line| {
        let touches = matches!(text(line, "what"), "committed" | "stored");
        let last = logs.committed.last_key_value().filter(|_| touches);
        last.is_some_and(|(index, (digest, _))| {
            let holds = |voter: &str| {
                let server = logs.servers.get(voter);
                server.is_some_and(|it| it.disk.holds(*index, digest))
            };
            !logs.deciders.agree(holds)
        })
    })
}

/// No two servers apply different commands at one position, or commit different logs (§5.4.3).
fn state_machine_safety(run: &Run) -> Found {
    let mut positions = BTreeMap::new();
    let mut lines = run.lines.iter();
    let broken = lines.find(|line| {
        let what = text(line, "what");
        if !matches!(what, "applied" | "committed") {
            return false;
        }
        let place = (what, number(line, "index"));
        !agrees(&mut positions, place, text(line, "digest"))
    });
    broken.map(Value::to_string)
}
