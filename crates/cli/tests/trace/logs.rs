//! Every server's log, in memory and on disk, as its trace tells it.

use crate::run::{number, text};
use serde_json::Value;
use std::collections::BTreeMap;

/// One server.
#[derive(Default)]
pub struct Server {
    incarnation: u64,
    pub leads: bool,
    pub term: u64,
    /// The running digests in memory, from position 1.
    pub memory: Vec<String>,
    /// The same on disk.
    pub disk: Vec<String>,
}

/// All servers, and what is committed.
#[derive(Default)]
pub struct Logs {
    pub servers: BTreeMap<String, Server>,
    /// By position: the digest, and the earliest term that is known to have committed it.
    pub committed: BTreeMap<u64, (String, u64)>,
}

impl Logs {
    /// Takes one line in.
    pub fn take(&mut self, line: &Value) {
        let Some(node) = line["node"].as_str() else {
            return;
        };
        let server = self.servers.entry(node.into()).or_default();
        match text(line, "what") {
            "power" => server.change_power(line),
            "role" => server.change_role(line),
            "appended" => put(&mut server.memory, line),
            "truncated" => keep(&mut server.memory, number(line, "from") - 1),
            "stored" => server.store(line),
            "committed" => self.commit(line, node),
            _ => {}
        }
    }

    fn commit(&mut self, line: &Value, node: &str) {
        let term = self.servers[node].term;
        let commit = (text(line, "digest").into(), term);
        let known = self
            .committed
            .entry(number(line, "index"))
            .or_insert(commit);
        known.1 = known.1.min(term);
    }
}

impl Server {
    fn change_power(&mut self, line: &Value) {
        let incarnation = number(line, "incarnation");
        if incarnation != self.incarnation {
            self.memory = self.disk.clone();
        }
        self.incarnation = incarnation;
        self.leads &= text(line, "power") == "paused" || text(line, "power") == "running";
    }

    fn change_role(&mut self, line: &Value) {
        self.leads = line["role"] == "leader";
        self.term = number(&line["mandate"], "term");
    }

    fn store(&mut self, line: &Value) {
        if line["kind"] == "entries" {
            keep(&mut self.disk, number(line, "after"));
            for entry in line["entries"].as_array().expect("a list") {
                put(&mut self.disk, entry);
            }
        }
    }
}

fn keep(log: &mut Vec<String>, most: u64) {
    log.truncate(usize::try_from(most).expect("it fits"));
}

fn put(log: &mut Vec<String>, entry: &Value) {
    assert_eq!(
        log.len() as u64 + 1,
        number(entry, "index"),
        "a gap: {entry}"
    );
    log.push(text(entry, "digest").into());
}

/// Whether a log holds this entry, and with its running digest all before it.
pub fn holds(log: &[String], index: u64, digest: &str) -> bool {
    let place = usize::try_from(index - 1).expect("it fits");
    log.get(place).is_some_and(|it| it == digest)
}
