//! The oldest leads (A1, A14): once the network is whole and quiet, the oldest live peer leads,
//! alone and known to all.

use super::{Conflict, Property, Standing};
use alloc::vec;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};

/// What one live peer says of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub(crate) node: NodeId,
    pub(crate) joined: Option<Micros>,
    pub(crate) leads: bool,
    pub(crate) follows: Option<NodeId>,
}

/// From when on the network counts as quiet; `None` while it is cut, loses or delays too much.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OldestLeads {
    quiet: Option<Micros>,
}

impl OldestLeads {
    /// Something befell the network, which counts as quiet from then on.
    pub(crate) fn disturb(&mut self, quiet: Option<Micros>) {
        self.quiet = quiet;
    }

    /// Whether it says anything at this moment.
    pub(crate) fn standing(&self, now: Micros) -> Standing {
        match self.quiet {
            Some(quiet) if quiet <= now => Standing::Holds,
            _ => Standing::Waits,
        }
    }

    /// Looks at all live peers, in any order.
    pub(crate) fn look(&self, live: impl Iterator<Item = Peer> + Clone) -> Option<Conflict> {
        let oldest = live
            .clone()
            .min_by_key(|peer| (peer.joined.unwrap_or(Micros::MAX), peer.node))?;
        let wrong: Vec<NodeId> = live
            .filter(|peer| {
                peer.leads != (peer.node == oldest.node) || peer.follows != Some(oldest.node)
            })
            .map(|peer| peer.node)
            .collect();
        (!wrong.is_empty()).then(|| {
            let mut nodes = vec![oldest.node];
            nodes.extend(wrong);
            Conflict {
                property: Property::OldestLeads,
                nodes,
                place: 0,
            }
        })
    }
}
