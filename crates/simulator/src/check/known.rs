//! What several checks need to know of a run: each node's logs in memory and on disk, as far as it
//! was shown, and what is committed.

use super::sight::Sight;
use alloc::vec::Vec;
use consensus::{Incarnation, Mandate, NodeId, Observation, Role, WriteSummary};
use litemap::LiteMap;

/// The running digests of a log, by position.
#[derive(Clone, Debug, Default)]
pub(crate) struct Digests(Vec<u64>);

impl Digests {
    /// How many entries the log has.
    pub(crate) fn len(&self) -> u64 {
        self.0.len() as u64
    }

    /// Whether the log holds this entry and all that was before it.
    pub(crate) fn holds(&self, index: u64, digest: u64) -> bool {
        let place = index.checked_sub(1).map(usize::try_from);
        let found = place.and_then(|place| self.0.get(place.ok()?));
        found == Some(&digest)
    }

    fn keep(&mut self, most: u64) {
        self.0.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }

    /// Puts an entry in place of everything from `index` on. An entry that hangs in the air is
    /// left out.
    fn put(&mut self, index: u64, digest: u64) {
        self.keep(index.saturating_sub(1));
        if self.len() + 1 == index {
            self.0.push(digest);
        }
    }
}

/// One node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) incarnation: Incarnation,
    pub(crate) role: Role,
    /// Its Raft term, by its own word.
    pub(crate) term: u64,
    /// Its log as it works with it.
    pub(crate) log: Digests,
    /// Its log as its disk holds it.
    pub(crate) disk: Digests,
    /// Writes on their way to the disk.
    pub(crate) pending: u64,
}

/// An entry when it was first known to be committed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Commit {
    pub(crate) digest: u64,
    /// Who said so first: the leader that committed it.
    pub(crate) by: NodeId,
    /// That leader's term.
    pub(crate) term: u64,
}

/// What is known of a run.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// How many members decide.
    pub(crate) members: u16,
    pub(crate) nodes: LiteMap<NodeId, Node>,
    /// What is committed, by position.
    pub(crate) committed: LiteMap<u64, Commit>,
}

impl Known {
    /// Nothing yet, of a cluster of so many members.
    pub(crate) fn new(members: u16) -> Self {
        Self {
            members,
            nodes: LiteMap::new(),
            committed: LiteMap::new(),
        }
    }

    /// Takes in what the checks have just been shown.
    pub(crate) fn learn(&mut self, sight: &Sight) {
        match *sight {
            Sight::Born(id, incarnation) => {
                let node = self.nodes.entry(id).or_default();
                node.incarnation = incarnation;
                node.role = Role::Follower;
                node.log = node.disk.clone();
                node.pending = 0;
            }
            Sight::Observed(id, seen) => self.observe(id, seen),
            Sight::Asked(id) => self.nodes.entry(id).or_default().pending += 1,
            Sight::Stored(id, write) => {
                let node = self.nodes.entry(id).or_default();
                node.pending = node.pending.saturating_sub(1);
                if let WriteSummary::Entries { after, entries } = write {
                    node.disk.keep(*after);
                    for (entry, index) in entries.iter().zip(*after + 1..) {
                        node.disk.put(index, entry.digest);
                    }
                }
            }
            Sight::Applied { .. }
            | Sight::Calm(_)
            | Sight::Kept { .. }
            | Sight::Called { .. }
            | Sight::Done { .. }
            | Sight::Returned { .. } => {}
        }
    }

    fn observe(&mut self, id: NodeId, seen: &Observation) {
        let node = self.nodes.entry(id).or_default();
        match *seen {
            Observation::Role {
                role,
                mandate: Mandate::Term(term),
            } => (node.role, node.term) = (role, term),
            Observation::Appended { index, digest, .. } => node.log.put(index, digest),
            Observation::Truncated { from } => node.log.keep(from.saturating_sub(1)),
            Observation::Committed { index, digest, .. } => {
                let commit = Commit {
                    digest,
                    by: id,
                    term: node.term,
                };
                self.committed.entry(index).or_insert(commit);
            }
            _ => {}
        }
    }
}
