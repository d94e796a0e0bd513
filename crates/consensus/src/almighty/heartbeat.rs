//! Pings and pongs, as a peer sees them: how it finds its leader dead or resurrected (A5, A6, A17).

use super::election::ElectionId;
use super::mutant::Mutant;
use super::role::Seat;
use super::rule::AlmightyRule as Rule;
use super::secret::Secret;
use super::timer::AlmightyTimer as Timer;
use super::{Almighty, AlmightyMessage as Message, Fx};
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::observation::Observation;
use crate::time::Now;

impl Almighty {
    /// An interval is over: a follower asks again, a leader looks who asked.
    pub(super) fn ping_tick(&mut self, fx: &mut Fx) {
        match &mut self.seat {
            Seat::Following(following) => {
                following.session.age();
                if following.awaiting {
                    following.unanswered = following.unanswered.saturating_add(1);
                    let facts = Facts::peer(following.leader.node)
                        .with_number(u64::from(following.unanswered))
                        .with_of(u64::from(self.settings.missed_pongs));
                    fx.why(Rule::PongMissed, facts);
                }
                self.ping_now(fx);
            }
            Seat::Leading(_) => self.sweep(fx),
            _ => return,
        }
        fx.arm(Timer::Ping, self.settings.ping_interval);
    }

    /// Asks its leader for the secret (A5).
    pub(super) fn ping_now(&mut self, fx: &mut Fx) {
        if let (Seat::Following(following), Some(joined)) = (&mut self.seat, self.stamp) {
            following.awaiting = true;
            let ping = Message::Ping {
                id: following.id,
                turn: following.session.turn,
                joined,
            };
            fx.send(following.leader.node, ping);
        }
    }

    /// Another cluster makes itself heard: is one's own leader still there? (A11)
    pub(super) fn check_leader(&mut self, other: NodeId, fx: &mut Fx) {
        if !self.settings.breaks(Mutant::LeaderNotChecked) {
            fx.why(Rule::ChecksLeader, Facts::peer(other));
            self.ping_now(fx);
        }
    }

    /// A pong: it proves the leader, or unmasks it (A5).
    pub(super) fn hear_pong(
        &mut self,
        from: Life,
        (id, turn): (ElectionId, u32),
        secret: Option<Secret>,
        now: Now,
        fx: &mut Fx,
    ) {
        let Seat::Following(following) = &mut self.seat else {
            return;
        };
        let same_life = following.leader.life() == from;
        let late = following.id != id || (same_life && following.session.is_past(turn));
        if following.leader.node != from.node || late {
            return fx.why(Rule::IgnoresLatePong, Facts::peer(from.node));
        }
        match secret {
            secret if following.proved_by(secret, &self.settings) => {
                following.awaiting = false;
                following.unanswered = 0;
                fx.arm(Timer::Silence, self.settings.patience());
                fx.why(Rule::PongProves, Facts::peer(from.node));
            }
            None if following.leader.life() == from => {
                fx.why(Rule::LeaderStoodDown, Facts::peer(from.node));
                self.seek(fx);
            }
            _ => self.leader_resurrected(now, fx),
        }
    }

    /// The leader came back without its data: drop the secret, elect at once (A5, A6).
    pub(super) fn leader_resurrected(&mut self, now: Now, fx: &mut Fx) {
        let Seat::Following(following) = &self.seat else {
            return;
        };
        let leader = following.leader;
        fx.observe(Observation::LeaderFoundResurrected {
            leader: leader.node,
        });
        self.give_up(leader.life());
        let facts = Facts::peer(leader.node);
        self.call(now, Rule::LeaderResurrected, facts, Some(leader.life()), fx);
    }

    /// The leader is silent for too long: it is dead (A6, A17).
    pub(super) fn leader_silent(&mut self, now: Now, fx: &mut Fx) {
        let Seat::Following(following) = &mut self.seat else {
            return;
        };
        following.unanswered = self.settings.missed_pongs;
        let leader = following.leader;
        fx.observe(Observation::LeaderFoundDead {
            leader: leader.node,
        });
        if self.settings.breaks(Mutant::DeadLeaderFollowed) {
            return fx.arm(Timer::Silence, self.settings.patience());
        }
        self.give_up(leader.life());
        let missed = u64::from(self.settings.missed_pongs);
        let facts = Facts::peer(leader.node).with_number(missed);
        self.call(now, Rule::LeaderDead, facts, Some(leader.life()), fx);
    }

    /// The leader changes the secret; who knows the old one is the leader (A8).
    pub(super) fn hear_rotation(
        &mut self,
        from: Life,
        id: ElectionId,
        turn: u32,
        (old, new): (Secret, Secret),
        fx: &mut Fx,
    ) {
        if let Seat::Following(following) = &mut self.seat
            && following.leader.life() == from
            && following.id == id
            && following.session.current == old
            && following.session.turn.checked_add(1) == Some(turn)
        {
            following.session.rotate(new, turn);
            self.report_secret(fx);
            fx.why(Rule::SecretChanges, Facts::peer(from.node));
        }
    }
}
