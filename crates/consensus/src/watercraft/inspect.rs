//! A node as people see it, and what it reports when that changes.

use super::role::Seat;
use super::{Fx, Watercraft};
use crate::inspection::{FollowerView, Inspection, MembersView};
use crate::observation::{Observation, Reign, Role};
use alloc::vec::Vec;

/// What a node last reported of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reported {
    role: Role,
    reign: Reign,
}

impl Watercraft {
    fn role(&self) -> Role {
        match self.seat {
            Seat::Seeking(_) | Seat::Following(_) | Seat::Gone => Role::Follower,
            Seat::Hosting(_) => Role::Leader,
        }
    }

    /// The reign that it lives under. Until whom it decided on answers, that is the one before.
    fn seen_reign(&self) -> Reign {
        Reign {
            mandate: self.reign.mandate(),
            leader: self.believed_host(),
        }
    }

    /// Reports role and host, where they changed.
    pub(super) fn report(&mut self, fx: &mut Fx) {
        let (role, reign) = (self.role(), self.seen_reign());
        let before = self.reported.replace(Reported { role, reign });
        let mandate = reign.mandate;
        if before.map(|b| (b.role, b.reign.mandate)) != Some((role, mandate)) {
            fx.observe(Observation::Role { role, mandate });
        }
        if before.map(|b| b.reign) != Some(reign) {
            fx.observe(Observation::Follows(reign));
        }
    }

    /// The node as people see it.
    pub(super) fn inspection(&self) -> Inspection {
        let unanswered = match &self.seat {
            Seat::Following(following) => following.unanswered,
            _ => 0,
        };
        let followers: Vec<_> = match &self.seat {
            Seat::Hosting(hosting) => hosting
                .hearings
                .iter()
                .map(|(node, hearing)| FollowerView {
                    node: *node,
                    last_answer: hearing.last,
                    matched: 0,
                    fed_by: "",
                    in_flight: 0,
                })
                .collect(),
            _ => Vec::new(),
        };
        Inspection {
            role: self.role(),
            reign: self.seen_reign(),
            votes: Vec::new(),
            quorum: 0,
            voted_for: None,
            members: MembersView::default(),
            earlier: 0,
            log: Vec::new(),
            committed: 0,
            ledger: self.list.by_age(),
            secret: None,
            unanswered,
            followers,
        }
    }
}
