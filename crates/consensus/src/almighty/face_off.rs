//! Two leaders: of one election (A12, A13), or of two clusters that meet (A10, A11). Ledgers are
//! broadcast, everyone merges, and a fresh election follows.

use super::election::ElectionId;
use super::identity::Identity;
use super::ledger::Ledger;
use super::message::LedgerPurpose;
use super::mutant::Mutant;
use super::role::{Facing, Seat};
use super::rule::AlmightyRule as Rule;
use super::settings::share;
use super::timer::AlmightyTimer as Timer;
use super::{Almighty, AlmightyMessage as Message, Fx};
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::observation::Observation;
use crate::time::Now;

/// How often a face-off is sent before the fresh election is held without an answer (A11).
const FACE_OFF_TRIES: u32 = 3;

impl Almighty {
    /// A second winner of one election (A12, A13).
    pub(super) fn clash(&mut self, rival: Identity, ledger: Option<&Ledger>, fx: &mut Fx) {
        let leads = matches!(self.seat, Seat::Leading(_));
        let mut told = true;
        let mut stranger = false;
        if let Some(open) = &mut self.elections.open {
            let leader = match &self.seat {
                Seat::Following(following) => following.leader,
                _ => rival,
            };
            stranger = !open.roll.contains(&rival.life()) || !open.roll.contains(&leader.life());
            let younger = rival.max(leader);
            let elder = stranger
                && !self.settings.breaks(Mutant::EldersSilent)
                && self
                    .stamp
                    .is_some_and(|stamp| (stamp, self.node) < (younger.joined, younger.node));
            told = open.told || !(leads || elder);
            open.told |= !told;
        }
        let rule = if stranger {
            Rule::StrangerWinsToo
        } else {
            Rule::TwoWinners
        };
        fx.why(rule, Facts::peer(rival.node));
        if !told {
            fx.why(Rule::TellsLedger, Facts::NONE);
            self.tell_ledger(LedgerPurpose::Merge, fx);
        }
        if let Some(ledger) = ledger {
            self.merge(rival.life(), ledger, fx);
        } else {
            self.ledger.enter(rival);
        }
        self.merge_soon(fx);
    }

    /// A leader hears of another (A10, A19).
    pub(super) fn leader_hears(
        &mut self,
        other: Identity,
        theirs: ElectionId,
        ledger: &Ledger,
        fx: &mut Fx,
    ) {
        let Seat::Leading(leading) = &mut self.seat else {
            return;
        };
        let open = self.elections.is_open(leading.id);
        if theirs == leading.id && open {
            return self.clash(other, Some(ledger), fx);
        }
        if self.settings.breaks(Mutant::FaceOffIgnored) {
            return;
        }
        let follows = leading.hearings.get(&other.node).is_some_and(|h| h.follows);
        if theirs < leading.id && follows {
            return fx.why(Rule::IgnoresOldWinner, Facts::peer(other.node));
        }
        let facing = leading.facing.map(|facing| (facing.with, facing.theirs));
        if facing == Some((other.node, theirs)) {
            return;
        }
        // Within the settle window an earlier winner is most likely about to follow: asking it is
        // enough, and spares everyone another election.
        let late = theirs < leading.id && open;
        leading.facing = Some(Facing {
            with: other.node,
            theirs,
            tries: 1,
            told: !late,
        });
        let mine = leading.id;
        fx.observe(Observation::FaceOff { with: other.node });
        fx.why(Rule::FaceOffSent, Facts::peer(other.node));
        let yours = theirs;
        fx.send(other.node, Message::FaceOff { mine, yours });
        fx.arm(Timer::FaceOff, self.settings.join_timeout);
        if !late {
            self.tell_ledger(LedgerPurpose::Merge, fx);
            self.merge(other.life(), ledger, fx);
        }
    }

    /// Another leader objects (A10).
    pub(super) fn hear_face_off(
        &mut self,
        from: Life,
        theirs: ElectionId,
        yours: ElectionId,
        now: Now,
        fx: &mut Fx,
    ) {
        if !theirs.is_plausible(now.wall) {
            return fx.why(Rule::Malformed, Facts::peer(from.node));
        }
        self.elections.see(theirs);
        let Seat::Leading(leading) = &mut self.seat else {
            return fx.why(Rule::FaceOffTooLate, Facts::peer(from.node));
        };
        if leading.id != yours {
            return fx.why(Rule::FaceOffTooLate, Facts::peer(from.node));
        }
        let known = leading.facing.filter(|facing| facing.with == from.node);
        let told = known.is_some_and(|facing| facing.told);
        leading.facing = Some(Facing {
            with: from.node,
            theirs,
            tries: known.map_or(1, |facing| facing.tries),
            told: true,
        });
        fx.disarm(Timer::FaceOff);
        fx.why(Rule::FaceOffReceived, Facts::peer(from.node));
        if known.is_none() {
            fx.observe(Observation::FaceOff { with: from.node });
            let (mine, yours) = (yours, theirs);
            fx.send(from.node, Message::FaceOff { mine, yours });
        }
        if !told {
            self.tell_ledger(LedgerPurpose::Merge, fx);
        }
        self.merge_soon(fx);
    }

    /// No answer to a face-off (A11): it is sent again, each time after twice the wait.
    pub(super) fn face_off_unanswered(&mut self, now: Now, fx: &mut Fx) {
        let Seat::Leading(leading) = &mut self.seat else {
            return;
        };
        let Some(facing) = &mut leading.facing else {
            return;
        };
        let with = facing.with;
        if facing.tries >= FACE_OFF_TRIES {
            leading.facing = None;
            return self.call(now, Rule::FaceOffUnanswered, Facts::peer(with), None, fx);
        }
        let wait = self.settings.join_timeout * (1 << facing.tries);
        facing.tries += 1;
        let (mine, yours) = (leading.id, facing.theirs);
        let facts = Facts::peer(with).with_number(u64::from(facing.tries));
        fx.why(Rule::FaceOffAgain, facts.with_of(u64::from(FACE_OFF_TRIES)));
        fx.send(with, Message::FaceOff { mine, yours });
        fx.arm(Timer::FaceOff, wait);
    }

    /// A ledger that everyone is to merge (A10, A12, A13).
    pub(super) fn hear_ledger(
        &mut self,
        from: Life,
        id: ElectionId,
        ledger: &Ledger,
        now: Now,
        fx: &mut Fx,
    ) {
        if !id.is_plausible(now.wall) {
            return fx.why(Rule::Malformed, Facts::peer(from.node));
        }
        self.elections.see(id);
        let answers = match &self.seat {
            Seat::Leading(leading) => leading.facing.is_some_and(|f| f.with == from.node),
            _ => false,
        };
        let fresh = Some(id) >= self.seat.election();
        if !fresh && !answers {
            let changed = self.ledger.learn(ledger);
            self.stand_in_ledger();
            self.note_merged(from.node, changed, fx);
            self.check_leader_on_word_of(from.node, fx);
            return self.reconsider(fx);
        }
        self.merge(from, ledger, fx);
        match &self.seat {
            Seat::Following(_) => {
                self.check_leader_on_word_of(from.node, fx);
                self.merge_soon(fx);
            }
            Seat::Leading(_) => {
                self.answer_ledger(id, fx);
                self.merge_soon(fx);
            }
            _ => self.reconsider(fx),
        }
    }

    /// Whoever else tells a ledger may have found this peer's leader dead (A11), whichever of the
    /// two elections is the later one.
    fn check_leader_on_word_of(&mut self, other: NodeId, fx: &mut Fx) {
        if let Seat::Following(following) = &self.seat
            && following.leader.node != other
        {
            self.check_leader(other, fx);
        }
    }

    /// Another winner of its own election was heard first: both tell their ledgers (A12).
    fn answer_ledger(&mut self, theirs: ElectionId, fx: &mut Fx) {
        let open = self.elections.open.as_mut();
        if let Some(open) = open.filter(|open| open.id == theirs && !open.told) {
            open.told = true;
            fx.why(Rule::TellsLedger, Facts::NONE);
            self.tell_ledger(LedgerPurpose::Merge, fx);
        }
    }

    /// Joins a ledger to its own, all presumed alive (A20).
    fn merge(&mut self, from: Life, ledger: &Ledger, fx: &mut Fx) {
        if self.settings.breaks(Mutant::LedgersNotMerged) {
            return;
        }
        let changed = self.ledger.merge(ledger);
        self.stand_in_ledger();
        self.note_merged(from.node, changed, fx);
    }

    /// The fresh election comes when the ledgers had the time to arrive: leaders call it, and
    /// their peers only where no leader did.
    fn merge_soon(&mut self, fx: &mut Fx) {
        let here = self.seat.election();
        if self.elections.merging.is_some() && self.elections.merging == here {
            return;
        }
        self.elections.merging = here;
        let wait = self.settings.join_timeout;
        if matches!(self.seat, Seat::Leading(_)) {
            fx.arm_between(Timer::Merge, share(wait, 1, 2), share(wait, 3, 4));
        } else {
            fx.arm_between(Timer::Merge, share(wait, 3, 2), wait * 2);
        }
    }

    /// Ledgers are merged: a fresh election, with everyone in it (A10, A12, A13).
    pub(super) fn merge_due(&mut self, now: Now, fx: &mut Fx) {
        let merging = self.elections.merging.take();
        if merging.is_some()
            && merging == self.seat.election()
            && matches!(self.seat, Seat::Following(_) | Seat::Leading(_))
        {
            self.call(now, Rule::MergedCalls, Facts::NONE, None, fx);
        }
    }
}
