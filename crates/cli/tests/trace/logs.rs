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
    pub memory: Log,
    pub disk: Log,
    /// Who decides, by its own word.
    members: Option<Deciders>,
}

/// A log, or what is left of it behind a snapshot.
#[derive(Clone, Default)]
pub struct Log {
    /// A snapshot stands for everything up to here.
    start: u64,
    /// The running digests of what is behind.
    entries: Vec<String>,
}

/// Who decides: a majority of each set that is not empty.
#[derive(Clone, Default)]
pub struct Deciders(Vec<Vec<String>>);

/// All servers, and what is committed.
#[derive(Default)]
pub struct Logs {
    pub servers: BTreeMap<String, Server>,
    /// By position: the digest, and the earliest term that is known to have committed it.
    pub committed: BTreeMap<u64, (String, u64)>,
    /// Who decided the latest commit.
    pub deciders: Deciders,
    founders: Deciders,
}

impl Logs {
    /// Nothing yet, of a cluster of these voters.
    pub fn new(founders: &Value) -> Self {
        Self {
            founders: Deciders(vec![names(founders)]),
            ..Self::default()
        }
    }

    /// Takes one line in.
    pub fn take(&mut self, line: &Value) {
        let Some(node) = line["node"].as_str() else {
            return;
        };
        let server = self.servers.entry(node.into()).or_default();
        match text(line, "what") {
            "power" => server.change_power(line),
            "role" => server.change_role(line),
            "appended" => server.memory.put(line),
            "truncated" => server.memory.keep(number(line, "from") - 1),
            "snapshot-installed" => server.memory.take_over(line),
            "compacted" => server.memory.compact(number(line, "index")),
            "members" => {
                let sets = [&line["voters"], &line["outgoing"]].map(names);
                server.members = Some(Deciders(sets.into()));
            }
            "stored" => server.store(line),
            "committed" => self.commit(line, node),
            _ => {}
        }
    }

    fn commit(&mut self, line: &Value, node: &str) {
        let term = self.servers[node].term;
        let commit = (text(line, "digest").into(), term);
        let index = number(line, "index");
        let last = self.committed.last_key_value();
        if last.is_none_or(|(last, _)| index > *last) {
            let told = self.servers[node].members.clone();
            self.deciders = told.unwrap_or_else(|| self.founders.clone());
        }
        let known = self.committed.entry(index).or_insert(commit);
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
        match text(line, "kind") {
            "entries" => {
                self.disk.keep(number(line, "after"));
                for entry in line["entries"].as_array().expect("a list") {
                    self.disk.put(entry);
                }
            }
            "snapshot" => {
                self.disk.take_over(line);
                self.disk.compact(number(line, "start"));
            }
            _ => {}
        }
    }
}

impl Log {
    /// Whether it holds this entry, and with its running digest all before it. For what a snapshot
    /// stands for, its own digest answers.
    pub fn holds(&self, index: u64, digest: &str) -> bool {
        index <= self.start || self.at(index).is_some_and(|it| it == digest)
    }

    fn at(&self, index: u64) -> Option<&String> {
        let place = usize::try_from(index.checked_sub(self.start + 1)?).expect("it fits");
        self.entries.get(place)
    }

    fn keep(&mut self, most: u64) {
        let most = most.checked_sub(self.start).expect("not into a snapshot");
        self.entries
            .truncate(usize::try_from(most).expect("it fits"));
    }

    fn put(&mut self, entry: &Value) {
        let next = self.start + self.entries.len() as u64 + 1;
        assert_eq!(next, number(entry, "index"), "a gap: {entry}");
        self.entries.push(text(entry, "digest").into());
    }

    /// A snapshot takes the place of a log that does not hold its last entry.
    fn take_over(&mut self, line: &Value) {
        let index = number(line, "index");
        if !self.holds(index, text(line, "digest")) {
            self.entries.clear();
            self.start = index;
        }
    }

    fn compact(&mut self, start: u64) {
        let gone = usize::try_from(start.saturating_sub(self.start)).expect("it fits");
        self.entries.drain(..gone.min(self.entries.len()));
        self.start = self.start.max(start);
    }
}

impl Deciders {
    /// Whether those who fit are enough.
    pub fn agree(&self, fits: impl Fn(&str) -> bool) -> bool {
        let mut sets = self.0.iter().filter(|set| !set.is_empty());
        sets.all(|set| set.iter().filter(|it| fits(it)).count() > set.len() / 2)
    }
}

fn names(list: &Value) -> Vec<String> {
    let names = list.as_array().expect("a list").iter();
    names
        .map(|it| it.as_str().expect("a name").into())
        .collect()
}
