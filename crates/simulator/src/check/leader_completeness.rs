//! Leader Completeness (Raft §5.4): an entry committed in a term stands in the log of the leader of
//! every later term. With it, no acknowledged write is lost: nothing is acknowledged before it is
//! committed, and nothing leaves a log but by a leader's word.

use super::known::Known;
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{Mandate, NodeId, Observation, Role};

/// It remembers nothing of its own.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct LeaderCompleteness;

impl LeaderCompleteness {
    pub(crate) fn see(self, sight: &Sight, known: &Known) -> Option<Conflict> {
        match *sight {
            Sight::Observed(
                id,
                &Observation::Role {
                    role: Role::Leader,
                    mandate: Mandate::Term(term),
                },
            ) => Self::elected(id, term, known),
            Sight::Observed(id, &Observation::Committed { index, digest, .. }) => {
                Self::committed(id, index, digest, known)
            }
            _ => None,
        }
    }

    /// A new leader: the last entry that an earlier term committed stands for all before it.
    fn elected(id: NodeId, term: u64, known: &Known) -> Option<Conflict> {
        let mut commits = known.committed.rev();
        let (index, commit) = commits.find(|(_, commit)| commit.term < term)?;
        let node = known.nodes.get(&id)?;
        (!node.log.holds(index, commit.digest)).then(|| conflict(commit.by, id, index))
    }

    /// A commit that comes to light late: whoever leads a later term by now must hold it too.
    fn committed(by: NodeId, index: u64, digest: u64, known: &Known) -> Option<Conflict> {
        if known.committed.get(index).is_some() {
            return None;
        }
        let term = known.nodes.get(&by)?.term;
        let mut later = known
            .nodes
            .iter()
            .filter(|(_, it)| it.role == Role::Leader && it.term > term);
        let (id, _) = later.find(|(_, it)| !it.log.holds(index, digest))?;
        Some(conflict(by, *id, index))
    }
}

fn conflict(committer: NodeId, leader: NodeId, place: u64) -> Conflict {
    Conflict {
        property: Property::LeaderCompleteness,
        nodes: vec![committer, leader],
        place,
    }
}
