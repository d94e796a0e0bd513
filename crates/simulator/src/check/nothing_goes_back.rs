//! Nothing goes back (Raft figure 2): a server's term, commit index and applied index only rise
//! within a life, and the term that its disk holds outlives a crash.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{Mandate, NodeId, Observation, WriteSummary};
use litemap::LiteMap;

/// How far each server has come.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct NothingGoesBack {
    servers: LiteMap<NodeId, Reached>,
}

/// How far one server has come in its present life.
#[derive(Clone, Copy, Debug, Default, Hash)]
struct Reached {
    term: u64,
    committed: u64,
    applied: u64,
    /// The term that a crash leaves.
    stored_term: u64,
}

impl NothingGoesBack {
    pub(crate) fn see(&mut self, sight: &Sight) -> Option<Conflict> {
        let (node, fell) = match *sight {
            Sight::Born(node, _) => {
                let reached = self.servers.entry(node).or_default();
                *reached = Reached {
                    term: reached.stored_term,
                    stored_term: reached.stored_term,
                    ..Reached::default()
                };
                return None;
            }
            Sight::Wiped(node) => {
                self.servers.remove(&node);
                return None;
            }
            Sight::Observed(node, seen) => (node, self.observe(node, seen)?),
            Sight::Applied { node, index, .. } => {
                let reached = self.servers.entry(node).or_default();
                (node, rise(&mut reached.applied, index, 1)?)
            }
            Sight::Stored(node, &WriteSummary::Ballot { term, .. }) => {
                let reached = self.servers.entry(node).or_default();
                (node, rise(&mut reached.stored_term, term, 0)?)
            }
            _ => return None,
        };
        Some(Conflict {
            property: Property::NothingGoesBack,
            nodes: vec![node],
            place: fell,
        })
    }

    fn observe(&mut self, node: NodeId, seen: &Observation) -> Option<u64> {
        let reached = self.servers.entry(node).or_default();
        match *seen {
            Observation::Role {
                mandate: Mandate::Term(term),
                ..
            } => rise(&mut reached.term, term, 0),
            Observation::Committed { index, .. } => rise(&mut reached.committed, index, 1),
            _ => None,
        }
    }
}

/// Moves on to a value, by so many at least; gives it where it falls short.
fn rise(reached: &mut u64, value: u64, least: u64) -> Option<u64> {
    let short = value < reached.saturating_add(least);
    *reached = value.max(*reached);
    short.then_some(value)
}
