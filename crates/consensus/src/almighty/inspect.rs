//! A peer as people see it, and what it reports when that changes.

use super::role::Seat;
use super::{Almighty, Fx};
use crate::digest::digest_of;
use crate::inspection::{FollowerView, Inspection, MembersView};
use crate::observation::{Observation, Reign, Role};
use alloc::vec::Vec;

/// What a peer last reported of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reported {
    role: Role,
    reign: Reign,
}

impl Almighty {
    fn role(&self) -> Role {
        match self.seat {
            Seat::Seeking { .. } | Seat::Following(_) | Seat::Gone => Role::Follower,
            Seat::Electing(_) => Role::Candidate,
            Seat::Leading(_) => Role::Leader,
        }
    }

    fn reign(&self) -> Reign {
        Reign {
            mandate: self.seat.election().unwrap_or_default().mandate(),
            leader: self.believed_leader(),
        }
    }

    /// Reports role and leader, where they changed.
    pub(super) fn report(&mut self, fx: &mut Fx) {
        let (role, reign) = (self.role(), self.reign());
        let before = self.reported.replace(Reported { role, reign });
        let mandate = reign.mandate;
        if before.map(|b| (b.role, b.reign.mandate)) != Some((role, mandate)) {
            fx.observe(Observation::Role { role, mandate });
        }
        if before.map(|b| b.reign) != Some(reign) {
            fx.observe(Observation::Follows(reign));
        }
    }

    /// Reports the secret that it gives or expects, when that is new (A4, A8).
    pub(super) fn report_secret(&self, fx: &mut Fx) {
        let (id, leader, session) = match &self.seat {
            Seat::Following(it) => (it.id, it.leader.life(), it.session),
            Seat::Leading(it) => (it.id, self.life(), it.session),
            _ => return,
        };
        fx.observe(Observation::Secret {
            mandate: id.mandate(),
            leader: leader.node,
            incarnation: leader.incarnation,
            turn: session.turn,
            digest: digest_of(&session.current.0),
        });
    }

    /// The peer as people see it.
    pub(super) fn inspection(&self) -> Inspection {
        let unanswered = match &self.seat {
            Seat::Following(following) => following.unanswered,
            _ => 0,
        };
        let followers: Vec<_> = match &self.seat {
            Seat::Leading(leading) => leading
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
            reign: self.reign(),
            votes: Vec::new(),
            quorum: 0,
            voted_for: None,
            members: MembersView::default(),
            earlier: 0,
            log: Vec::new(),
            committed: 0,
            ledger: self.ledger.by_age(),
            secret: self.seat.secret().map(|secret| secret.0),
            unanswered,
            followers,
        }
    }
}
