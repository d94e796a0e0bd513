//! What several checks need to know of a run: each node's logs in memory and on disk, as far as it
//! was shown, and what is committed.

use super::positions::Positions;
use super::sight::Sight;
use alloc::sync::Arc;
use alloc::vec::Vec;
use consensus::{Incarnation, Mandate, NodeId, Observation, Role, WriteSummary};
use litemap::LiteMap;

/// The running digests of a log, by position.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct Digests {
    /// The position that the first entry follows, and the digest there: a snapshot stands for what
    /// was before.
    start: (u64, u64),
    /// The digests of the entries behind it.
    entries: Vec<u64>,
}

impl Digests {
    /// How many entries the log has.
    pub(crate) fn len(&self) -> u64 {
        self.entries.len() as u64
    }

    /// The position of the last entry.
    pub(crate) fn last(&self) -> u64 {
        self.start.0 + self.len()
    }

    /// Whether the log holds this entry and all that was before it. What a snapshot stands for is
    /// committed, and counts as held: that the snapshot is what it claims to be is for others to
    /// check, at its last entry.
    pub(crate) fn holds(&self, index: u64, digest: u64) -> bool {
        index < self.start.0 || self.at(index) == Some(digest)
    }

    fn at(&self, index: u64) -> Option<u64> {
        let behind = index.checked_sub(self.start.0)?;
        if behind == 0 {
            return (index > 0).then_some(self.start.1);
        }
        self.entries.get(usize::try_from(behind - 1).ok()?).copied()
    }

    fn keep(&mut self, most: u64) {
        let behind = most.saturating_sub(self.start.0);
        self.entries
            .truncate(usize::try_from(behind).unwrap_or(usize::MAX));
    }

    /// Puts an entry in place of everything from `index` on. An entry that hangs in the air is
    /// left out.
    fn put(&mut self, index: u64, digest: u64) {
        self.keep(index.saturating_sub(1));
        if self.last() + 1 == index {
            self.entries.push(digest);
        }
    }

    /// A snapshot stands for everything up to here: a log that does not hold this entry is dropped
    /// whole, and goes on from there.
    fn take_over(&mut self, index: u64, digest: u64) {
        if !self.holds(index, digest) {
            *self = Self {
                start: (index, digest),
                entries: Vec::new(),
            };
        }
    }

    /// Changes a log on disk as a write did.
    fn store(&mut self, write: &WriteSummary) {
        match write {
            WriteSummary::Ballot { .. } => {}
            WriteSummary::Entries { after, entries } => {
                self.keep(*after);
                for (entry, index) in entries.iter().zip(*after + 1..) {
                    self.put(index, entry.digest);
                }
            }
            &WriteSummary::Snapshot {
                index,
                digest,
                start,
                ..
            } => {
                self.take_over(index, digest);
                self.compact(start);
            }
        }
    }

    /// The log lets go of everything up to here.
    fn compact(&mut self, index: u64) {
        if let Some(digest) = self.at(index) {
            let gone = usize::try_from(index - self.start.0).unwrap_or(usize::MAX);
            self.entries.drain(..gone);
            self.start = (index, digest);
        }
    }
}

/// One node.
#[derive(Clone, Debug, Default, Hash)]
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
    /// Who decides, by its own word.
    members: Option<Deciders>,
}

/// An entry when it was first known to be committed.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Commit {
    pub(crate) digest: u64,
    /// Who said so first: the leader that committed it.
    pub(crate) by: NodeId,
    /// That leader's term.
    pub(crate) term: u64,
}

/// Who decides: a majority of the one set, and of the other while there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Deciders {
    pub(crate) voters: Arc<[NodeId]>,
    pub(crate) outgoing: Arc<[NodeId]>,
}

impl Deciders {
    /// Whether these nodes are enough.
    pub(crate) fn agree(&self, fits: impl Fn(NodeId) -> bool) -> bool {
        let majority = |set: &[NodeId]| {
            let fit = set.iter().filter(|node| fits(**node)).count();
            set.is_empty() || fit > set.len() / 2
        };
        majority(&self.voters) && majority(&self.outgoing)
    }
}

/// What is known of a run.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Known {
    /// Who decides where nothing else was told.
    founders: Deciders,
    /// Who decided the latest commit.
    pub(crate) deciders: Deciders,
    pub(crate) nodes: LiteMap<NodeId, Node>,
    /// What is committed, by position: the last of all, and as far back as any log goes.
    pub(crate) committed: Positions<u64, Commit>,
    /// No log, in memory or on disk, begins before this position.
    floor: u64,
}

impl Known {
    /// Nothing yet, of a cluster of so many members.
    pub(crate) fn new(members: u16) -> Self {
        let founders = Deciders {
            voters: (0..members).map(NodeId).collect(),
            outgoing: Arc::default(),
        };
        Self {
            deciders: founders.clone(),
            founders,
            nodes: LiteMap::new(),
            committed: Positions::default(),
            floor: 0,
        }
    }

    /// Who decides by what this node works with.
    pub(crate) fn deciders_of(&self, node: NodeId) -> &Deciders {
        let told = self.nodes.get(&node).and_then(|it| it.members.as_ref());
        told.unwrap_or(&self.founders)
    }

    /// Whether nothing is known to be committed at this position or behind it.
    pub(crate) fn is_latest(&self, index: u64) -> bool {
        let last = self.committed.last();
        last.is_none_or(|(last, _)| index > last)
    }

    /// No log, in memory or on disk, begins before this position, and what was before it need not
    /// be remembered.
    pub(crate) const fn floor(&self) -> u64 {
        self.floor
    }

    /// Up to where the disks of two nodes hold snapshots in place of their logs; 0 where none do.
    pub(crate) fn covered(&self) -> u64 {
        let starts = self.nodes.values().map(|node| node.disk.start.0);
        let (_, second) = starts.fold((0, 0), |(first, second), start| match start {
            start if start > first => (start, first),
            start => (first, second.max(start)),
        });
        second
    }

    /// How many entries all logs have, those on disks counted beside those in memory.
    pub(crate) fn entries(&self) -> u64 {
        let nodes = self.nodes.values();
        nodes.map(|node| node.log.len() + node.disk.len()).sum()
    }

    /// Whether a write takes something out of a node's log on disk.
    pub(crate) fn takes_out(&self, node: NodeId, write: &WriteSummary) -> bool {
        let Some(node) = self.nodes.get(&node) else {
            return false;
        };
        match write {
            WriteSummary::Ballot { .. } => false,
            WriteSummary::Entries { after, .. } => *after < node.disk.last(),
            WriteSummary::Snapshot { index, digest, .. } => !node.disk.holds(*index, *digest),
        }
    }

    /// A log begins later: what no log goes back to is forgotten.
    fn raise_floor(&mut self) {
        let starts = self.nodes.values();
        let starts = starts.map(|node| node.log.start.0.min(node.disk.start.0));
        let floor = starts.min().unwrap_or_default();
        if floor > self.floor {
            self.committed.forget_before(floor);
        }
        self.floor = floor;
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
                self.raise_floor();
            }
            Sight::Observed(id, seen) => self.observe(id, seen),
            Sight::Asked(id) => self.nodes.entry(id).or_default().pending += 1,
            Sight::Stored(id, write) => {
                let node = self.nodes.entry(id).or_default();
                node.pending = node.pending.saturating_sub(1);
                node.disk.store(write);
                if matches!(write, WriteSummary::Snapshot { .. }) {
                    self.raise_floor();
                }
            }
            Sight::Wiped(id) => {
                self.nodes.entry(id).or_default().disk = Digests::default();
                self.raise_floor();
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
            Observation::SnapshotInstalled { index, digest, .. } => {
                node.log.take_over(index, digest);
            }
            Observation::Compacted { index } => {
                node.log.compact(index);
                self.raise_floor();
            }
            Observation::Members {
                ref voters,
                ref outgoing,
                ..
            } => {
                node.members = Some(Deciders {
                    voters: Arc::clone(voters),
                    outgoing: Arc::clone(outgoing),
                });
            }
            Observation::Committed { index, digest, .. } => {
                let commit = Commit {
                    digest,
                    by: id,
                    term: node.term,
                };
                if self.is_latest(index) {
                    self.deciders = self.deciders_of(id).clone();
                }
                self.committed.first(index, commit);
            }
            _ => {}
        }
    }
}
