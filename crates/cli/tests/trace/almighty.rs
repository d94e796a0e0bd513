//! The oldest peer's safety, from a trace alone.

use crate::raft::{Check, Found};
use crate::run::{Run, number, text};
use serde_json::Value;
use std::collections::BTreeMap;

/// Every property, by the name that a trace gives it.
pub const PROPERTIES: [(&str, Check); 3] = [
    ("closed-elections", closed_elections),
    ("lasting-identity", lasting_identity),
    ("one-secret-per-reign", one_secret_per_reign),
];

/// Those of them that hold wherever age leads, whoever says how old a node is.
pub const OF_ANY_AGE: [(&str, Check); 1] = [("lasting-identity", lasting_identity)];

/// An election: when it was called, and by whom. The later pair is the later election; the names
/// of nodes are ordered by length, then by letter.
type Election = (u64, usize, String);

fn election(mandate: &Value) -> Option<Election> {
    let election = mandate.get("election")?;
    let caller = text(election, "caller");
    Some((number(election, "at_us"), caller.len(), caller.into()))
}

/// The latest election that a peer took part in.
#[derive(Default)]
struct Latest {
    election: Election,
    leader: Option<String>,
    closed: bool,
}

impl Latest {
    fn enter(&mut self, election: Election) {
        if self.election < election {
            *self = Self {
                election,
                ..Self::default()
            };
        }
    }

    /// Whether a peer may follow this winner.
    fn admits(&mut self, election: Election, leader: &str) -> bool {
        self.enter(election.clone());
        if election < self.election {
            return false;
        }
        let before = self.leader.replace(leader.into());
        !self.closed || before.is_none_or(|it| it == leader)
    }
}

/// Once a peer takes part in an election it accepts no winner of an earlier one, and once that is
/// closed no other winner of it (A3, A19).
fn closed_elections(run: &Run) -> Found {
    let mut peers: BTreeMap<String, (u64, Latest)> = BTreeMap::new();
    let broken = run.lines.iter().find(|line| {
        let Some(node) = line["node"].as_str() else {
            return false;
        };
        let (life, latest) = peers.entry(node.into()).or_default();
        let election = election(&line["mandate"]);
        match (text(line, "what"), election) {
            ("power", _) if *life != number(line, "incarnation") => {
                (*life, *latest) = (number(line, "incarnation"), Latest::default());
            }
            ("role", Some(election)) if line["role"] == "candidate" => latest.enter(election),
            ("election-closed", Some(election)) => {
                latest.enter(election.clone());
                latest.closed |= latest.election == election;
            }
            ("follows", Some(election)) => {
                let leader = line["leader"].as_str();
                return leader.is_some_and(|leader| !latest.admits(election, leader));
            }
            _ => {}
        }
        false
    });
    broken.map(Value::to_string)
}

/// A peer takes one stamp in a life, and a stamp belongs to the life that takes it (A1, A16).
fn lasting_identity(run: &Run) -> Found {
    let mut lives = BTreeMap::new();
    let mut stamps = BTreeMap::new();
    let broken = run.lines.iter().find(|line| match text(line, "what") {
        "power" => {
            lives.insert(text(line, "node"), number(line, "incarnation"));
            false
        }
        "identified" => {
            let (node, life) = (text(line, "node"), number(line, "incarnation"));
            let joined = number(line, "joined_us");
            lives.get(node) != Some(&life)
                || *stamps.entry((node, life)).or_insert(joined) != joined
        }
        _ => false,
    });
    broken.map(Value::to_string)
}

/// Each turn of a reign has one secret, and the leader is the first to have it (A4, A8).
fn one_secret_per_reign(run: &Run) -> Found {
    let mut secrets = BTreeMap::new();
    let mut told = run.of("secret");
    let broken = told.find(|line| {
        let (leader, secret) = (text(line, "leader"), text(line, "digest"));
        let life = number(line, "incarnation");
        let reign = (
            election(&line["mandate"]),
            leader,
            life,
            number(line, "turn"),
        );
        if text(line, "node") == leader {
            secrets.entry(reign.clone()).or_insert(secret);
        }
        secrets.get(&reign) != Some(&secret)
    });
    broken.map(Value::to_string)
}
