//! Joining, being welcomed, and leaving (A1, A7, A14, A15).

use super::election::ElectionId;
use super::identity::{Identity, IdentityStamp};
use super::ledger::Entered;
use super::message::Announcement;
use super::mutant::Mutant;
use super::role::Seat;
use super::rule::AlmightyRule as Rule;
use super::settings::share;
use super::timer::AlmightyTimer as Timer;
use super::{Almighty, AlmightyMessage as Message, Fx};
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::observation::Observation;
use crate::time::{Micros, Now};

impl Almighty {
    /// The node is up: it says so, and waits for a leader's answer (A15).
    pub(super) fn start(&mut self, now: Now, fx: &mut Fx) {
        self.started = now.wall;
        if self.settings.stamp == IdentityStamp::Joiner {
            self.identify(now.wall, fx);
        }
        self.report(fx);
        fx.why(Rule::Joins, Facts::NONE);
        self.seek(fx);
    }

    /// Puts every timer to rest, and gives up what only a leader can finish.
    pub(super) fn stand_down(&mut self, fx: &mut Fx) {
        for timer in [
            Timer::Join,
            Timer::Winner,
            Timer::Silence,
            Timer::Ping,
            Timer::Settle,
            Timer::Merge,
            Timer::FaceOff,
            Timer::Rotate,
        ] {
            fx.disarm(timer);
        }
        self.refuse_waiting(None, fx);
    }

    /// Asks everyone who leads.
    pub(super) fn seek(&mut self, fx: &mut Fx) {
        fx.broadcast(Message::Join { joined: self.stamp });
        self.wait_for_leader(self.join_wait(), fx);
    }

    /// How long a leader may take to answer. Who has no age yet waits until others have missed a
    /// dead leader, too: going by its own clock meanwhile, it could be older than they are (A1).
    fn join_wait(&self) -> Micros {
        let missed = match self.stamp {
            Some(_) => Micros::ZERO,
            None => self.settings.patience(),
        };
        self.settings.join_timeout + missed
    }

    /// Knows no leader; acts when the time is over, or half as much again.
    pub(super) fn wait_for_leader(&mut self, time: Micros, fx: &mut Fx) {
        self.stand_down(fx);
        if let Some(id) = self.seat.election() {
            self.elections.closed = self.elections.closed.max(id);
            self.elections.open = None;
            self.elections.merging = None;
        }
        self.seat = Seat::Seeking { heard: None };
        self.report(fx);
        fx.arm_between(Timer::Join, time, share(time, 3, 2));
    }

    /// Takes the identity that this life keeps (A1, A16).
    fn identify(&mut self, joined: Micros, fx: &mut Fx) {
        self.stamp = Some(joined);
        fx.observe(Observation::Identified {
            incarnation: self.incarnation,
            joined,
        });
        self.stand_in_ledger();
    }

    /// A peer that no leader stamped takes the time of its start.
    pub(super) fn identify_founder(&mut self, fx: &mut Fx) {
        if self.stamp.is_none() {
            self.identify(self.started, fx);
        }
        self.fresh = false;
    }

    /// Takes its stamp from a leader's ledger, where it has none (A1); false where there is none.
    pub(super) fn identify_by(&mut self, ann: &Announcement, fx: &mut Fx) -> bool {
        if self.stamp.is_none()
            && let Some(identity) = ann.ledger.identity(self.life())
        {
            self.identify(identity.joined, fx);
            fx.why(Rule::StampedByLeader, Facts::peer(ann.leader.node));
        }
        self.stamp.is_some()
    }

    /// Asks a leader that did not know of it for its stamp (A1).
    pub(super) fn ask_for_stamp(&mut self, leader: Life, id: ElectionId, fx: &mut Fx) {
        fx.why(Rule::AsksForStamp, Facts::peer(leader.node));
        fx.send(leader.node, Message::Join { joined: None });
        self.wait_for_leader(self.join_wait(), fx);
        self.seat = Seat::Seeking { heard: Some(id) };
    }

    /// Whatever others say, this peer lives, and knows its own age.
    pub(super) fn stand_in_ledger(&mut self) {
        if let Some(identity) = self.identity() {
            let row = (identity, super::ledger::Standing::Alive);
            self.ledger.set(row);
        }
    }

    /// No leader answered (A15).
    pub(super) fn join_timed_out(&mut self, now: Now, fx: &mut Fx) {
        let Seat::Seeking { heard } = self.seat else {
            return;
        };
        let heard = heard.filter(|id| *id > self.elections.closed);
        if let (None, Some(id)) = (self.stamp, heard) {
            // Stamped by its own clock, it could be older than those who are here already.
            fx.why(Rule::AsksForStamp, Facts::peer(id.caller));
            return self.seek(fx);
        }
        if heard.is_none() && self.settings.breaks(Mutant::FounderWaits) {
            return self.seek(fx);
        }
        let first = self.fresh;
        self.identify_founder(fx);
        if self.settings.breaks(Mutant::StampedAnew) {
            self.identify(now.wall, fx);
        }
        match heard {
            Some(id) => {
                fx.why(Rule::JoinsOpenElection, Facts::peer(id.caller));
                self.enter(id, fx);
            }
            None if first => self.call(now, Rule::NoLeaderAnswers, Facts::NONE, None, fx),
            None => self.call(now, Rule::LeaderlessCalls, Facts::NONE, None, fx),
        }
    }

    /// A joiner's details (A15): all add it, only the leader answers.
    pub(super) fn hear_join(&mut self, from: Life, joined: Option<Micros>, now: Now, fx: &mut Fx) {
        if let Some(joined) = joined.or_else(|| self.stamp_for(from, now)) {
            self.meet(from, joined, fx);
        }
        match &mut self.seat {
            Seat::Leading(leading) => {
                leading.untold |= joined.is_none();
                leading.hearings.remove(&from.node);
                fx.why(Rule::LeaderWelcomes, Facts::peer(from.node));
                self.welcome(from.node, fx);
            }
            Seat::Following(following) if following.leader.node == from.node => self.ping_now(fx),
            Seat::Following(_) if self.settings.breaks(Mutant::JoinAnsweredByEveryone) => {
                self.welcome(from.node, fx);
            }
            Seat::Electing(_) => self.reconsider(fx),
            _ => {}
        }
    }

    /// The stamp that a leader gives a joiner: never older than a peer that it knows (A1).
    fn stamp_for(&self, from: Life, now: Now) -> Option<Micros> {
        if !matches!(self.seat, Seat::Leading(_)) {
            return None;
        }
        let known = self.ledger.identity(from).map(|identity| identity.joined);
        let youngest = self.ledger.youngest_stamp().unwrap_or_default();
        known.or_else(|| Some(now.wall.max(youngest + Micros(1))))
    }

    /// Enters a peer into the ledger by its own word.
    pub(super) fn meet(&mut self, from: Life, mut joined: Micros, fx: &mut Fx) {
        if self.settings.breaks(Mutant::EarlierAgeKept) {
            let earlier = self.ledger.row(from.node).map(|row| row.joined);
            joined = earlier.map_or(joined, |earlier| earlier.min(joined));
        }
        let entered = self.ledger.enter(Identity {
            joined,
            node: from.node,
            incarnation: from.incarnation,
        });
        match entered {
            Entered::New => fx.why(Rule::PeerEntered, Facts::peer(from.node)),
            Entered::Revived => fx.why(Rule::PeerRevived, Facts::peer(from.node)),
            Entered::Known | Entered::Stale => {}
        }
        if matches!(entered, Entered::New | Entered::Revived)
            && let Seat::Leading(leading) = &mut self.seat
        {
            leading.untold |= entered == Entered::Revived;
        }
    }

    /// Sends ledger and secret to one peer (A7).
    pub(super) fn welcome(&self, to: NodeId, fx: &mut Fx) {
        if let Some(announcement) = self.announcement() {
            fx.send(to, Message::Welcome(announcement));
        }
    }

    /// Leaves (A14).
    pub(super) fn leave(&mut self, fx: &mut Fx) {
        if matches!(self.seat, Seat::Gone) {
            return;
        }
        fx.why(Rule::Leaves, Facts::NONE);
        fx.broadcast(Message::Goodbye);
        self.stand_down(fx);
        fx.disarm(Timer::Settle);
        self.discard_data(fx);
        self.seat = Seat::Gone;
        self.report(fx);
    }

    /// A peer leaves; where it led, the oldest left calls an election at once (A14).
    pub(super) fn hear_goodbye(&mut self, from: Life, now: Now, fx: &mut Fx) {
        if self.settings.breaks(Mutant::GoodbyeIgnored) {
            return;
        }
        if self.ledger.mark_gone(from) {
            fx.why(Rule::PeerLeaves, Facts::peer(from.node));
        }
        match &mut self.seat {
            Seat::Leading(leading) => {
                leading.untold = true;
                leading.hearings.remove(&from.node);
            }
            Seat::Electing(_) => self.reconsider(fx),
            Seat::Following(following) if following.leader.life() == from => {
                let facts = Facts::peer(from.node);
                if self.ledger.eldest() == self.identity() {
                    self.call(now, Rule::LeaderLeft, facts, Some(from), fx);
                } else {
                    fx.why(Rule::LeaderLeftWait, facts);
                    self.wait_for_leader(share(self.settings.join_timeout, 1, 2), fx);
                }
            }
            _ => {}
        }
    }
}
