//! Closed elections (A3, A19): a peer that has taken part in an election accepts no winner of an
//! earlier one, and once an election is closed, no other winner of it.

use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{Mandate, NodeId, Observation, Reign, Role};
use litemap::LiteMap;

/// The latest election of each peer, in its present life.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct ClosedElections {
    latest: LiteMap<NodeId, Latest>,
}

/// An election as one peer knows it.
#[derive(Clone, Copy, Debug, Hash)]
struct Latest {
    mandate: Mandate,
    leader: Option<NodeId>,
    closed: bool,
}

impl ClosedElections {
    pub(crate) fn see(&mut self, sight: &Sight) -> Option<Conflict> {
        match *sight {
            Sight::Born(node, _) => {
                self.latest.remove(&node);
                None
            }
            Sight::Observed(node, seen) => match *seen {
                Observation::Role {
                    role: Role::Candidate,
                    mandate,
                } => {
                    self.enter(node, mandate);
                    None
                }
                Observation::Follows(Reign {
                    mandate: mandate @ Mandate::Election { at, .. },
                    leader: Some(leader),
                }) => self.follow(node, mandate, leader).then(|| Conflict {
                    property: Property::ClosedElections,
                    nodes: vec![node, leader],
                    place: at.0,
                }),
                Observation::ElectionClosed(mandate) => {
                    let latest = self.enter(node, mandate);
                    latest.closed |= latest.mandate == mandate;
                    None
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The latest election of a node, once it knows of this one.
    fn enter(&mut self, node: NodeId, mandate: Mandate) -> &mut Latest {
        let fresh = Latest {
            mandate,
            leader: None,
            closed: false,
        };
        let latest = self.latest.entry(node).or_insert(fresh);
        if latest.mandate < mandate {
            *latest = fresh;
        }
        latest
    }

    /// Whether a node follows a leader that it ought not to.
    fn follow(&mut self, node: NodeId, mandate: Mandate, leader: NodeId) -> bool {
        let latest = self.enter(node, mandate);
        let earlier = mandate < latest.mandate;
        let other = latest.closed && latest.leader.is_some_and(|it| it != leader);
        if !earlier {
            latest.leader = Some(leader);
        }
        earlier || other
    }
}
