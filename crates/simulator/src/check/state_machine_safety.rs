//! State Machine Safety (Raft §5.4.3): once a node has applied a command at a position, no other
//! applies a different one there. To commit different logs is to be about to.

use super::known::Known;
use super::positions::Positions;
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{NodeId, Observation};

/// The first command applied at each position, as far back as any log goes.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct StateMachineSafety {
    first: Positions<u64, (u64, NodeId)>,
}

impl StateMachineSafety {
    /// No log goes back beyond this position.
    pub(crate) fn forget_before(&mut self, index: u64) {
        self.first.forget_before(index);
    }

    pub(crate) fn see(&mut self, sight: &Sight, known: &Known) -> Option<Conflict> {
        let (node, index, digest, (before, holder)) = match *sight {
            Sight::Applied {
                node,
                index,
                digest,
                ..
            } => {
                let first = self.first.first(index, (digest, node));
                (node, index, digest, first)
            }
            Sight::Observed(node, &Observation::Committed { index, digest, .. }) => {
                let commit = known.committed.get(index)?;
                (node, index, digest, (commit.digest, commit.by))
            }
            _ => return None,
        };
        (before != digest).then(|| Conflict {
            property: Property::StateMachineSafety,
            nodes: vec![holder, node],
            place: index,
        })
    }
}
