//! Elections: their ids, the one that is open, and how one is called, held and lost (A3, A18, A19).

use super::identity::Identity;
use super::mutant::Mutant;
use super::role::{Electing, Seat};
use super::rule::AlmightyRule as Rule;
use super::settings::share;
use super::timer::AlmightyTimer as Timer;
use super::{Almighty, AlmightyMessage as Message, Fx, Purpose};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::observation::{Mandate, Observation};
use crate::time::{Micros, Now};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// How far ahead of the receiver's wall clock an election id may lie: a hundred years. Any honest
/// skew is less, and no forged id can use up the ids that follow it.
const HORIZON: Micros = Micros::from_secs(100 * 365 * 24 * 3_600);

/// An election's id (A3, A18); the greater is the later, and only the latest counts.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ElectionId {
    /// When it was called, by the caller's wall clock; later than any id that the caller had seen.
    pub at: Micros,
    /// Who called it; orders the calls of one moment.
    pub caller: NodeId,
}

impl ElectionId {
    /// The mandate that this election gives.
    #[must_use]
    pub const fn mandate(self) -> Mandate {
        Mandate::Election {
            at: self.at,
            caller: self.caller,
        }
    }

    /// Whether a clock like this one could have made the id.
    pub(super) fn is_plausible(self, wall: Micros) -> bool {
        self.at <= wall + HORIZON
    }
}

/// All that a peer remembers of elections: two ids, and the one that is not closed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Elections {
    /// The latest id seen anywhere; the next is later.
    pub(super) highest: ElectionId,
    /// Nothing up to this id is ever taken part in again (A19).
    pub(super) closed: ElectionId,
    /// The latest election here, until it is closed.
    pub(super) open: Option<Open>,
    /// The reign whose end is decided: ledgers are merged, a fresh election follows.
    pub(super) merging: Option<ElectionId>,
}

/// An election that is not closed yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Open {
    pub(super) id: ElectionId,
    /// Who stood in the ledger when it was called (A19).
    pub(super) roll: Vec<Life>,
    /// Whether this peer sent its ledger to everyone for this election (A13).
    pub(super) told: bool,
    /// A winner that was heard of and not accepted: a second one makes a conflict.
    pub(super) claimant: Option<Identity>,
}

impl Elections {
    /// Takes note of an id.
    pub(super) fn see(&mut self, id: ElectionId) {
        self.highest = self.highest.max(id);
    }

    /// Whether this election can still have its conflict seen (A19).
    pub(super) fn is_open(&self, id: ElectionId) -> bool {
        self.open.as_ref().is_some_and(|open| open.id == id)
    }

    /// Opens an election; every earlier one is over.
    pub(super) fn begin(&mut self, id: ElectionId, roll: Vec<Life>) {
        if let Some(open) = self.open.take() {
            self.closed = self.closed.max(open.id);
        }
        self.see(id);
        self.merging = None;
        self.open = Some(Open {
            id,
            roll,
            told: false,
            claimant: None,
        });
    }
}

impl Almighty {
    /// The latest election that counts here: an earlier one is never taken part in.
    pub(super) fn floor(&self) -> ElectionId {
        let here = self.seat.election().unwrap_or_default();
        self.elections.closed.max(here)
    }

    /// Whether an election is closed here: nobody wins it any more (A19).
    pub(super) fn is_closed(&self, id: ElectionId) -> bool {
        id <= self.elections.closed && !self.settings.breaks(Mutant::ElectionIdsIgnored)
    }

    /// Whether an election came before the one that counts here, so that its result is ignored
    /// (A3).
    pub(super) fn is_earlier(&self, id: ElectionId, here: ElectionId) -> bool {
        id < here && !self.settings.breaks(Mutant::ElectionIdsIgnored)
    }

    /// The id of an election called now (A18).
    fn next_election(&mut self, wall: Micros) -> ElectionId {
        let mut at = wall;
        if !self.settings.breaks(Mutant::ElectionIdByClockAlone) {
            at = at.max(self.elections.highest.at + Micros(1));
        }
        let caller = self.node;
        let id = ElectionId { at, caller };
        self.elections.see(id);
        id
    }

    /// Calls an election (A18), for the reason given.
    pub(super) fn call(
        &mut self,
        now: Now,
        why: Rule,
        facts: Facts,
        without: Option<Life>,
        fx: &mut Fx,
    ) {
        let id = self.next_election(now.wall);
        fx.why(why, facts);
        fx.observe(Observation::ElectionCalled(id.mandate()));
        fx.broadcast(Message::Election { id, without });
        self.enter(id, fx);
    }

    /// Takes part in an election, leaving whatever it was before.
    pub(super) fn enter(&mut self, id: ElectionId, fx: &mut Fx) {
        self.identify_founder(fx);
        self.stand_down(fx);
        let before = self.seat.election().unwrap_or_default();
        self.elections.closed = self.elections.closed.max(before);
        let roll = self.ledger.alive().map(Identity::life).collect();
        self.elections.begin(id, roll);
        let expected = self.expected_winner();
        let drawing = self.is_drawing();
        self.seat = Seat::Electing(Electing { id, expected });
        self.report(fx);
        self.await_winner(expected, drawing, fx);
    }

    fn expected_winner(&self) -> Life {
        let winner = if self.settings.breaks(Mutant::NewestWins) {
            self.ledger.alive().max()
        } else {
            self.ledger.eldest()
        };
        winner.map_or_else(|| self.life(), Identity::life)
    }

    fn is_drawing(&self) -> bool {
        matches!(&self.seat, Seat::Electing(electing) if electing.expected == self.life())
    }

    fn await_winner(&mut self, expected: Life, drawing: bool, fx: &mut Fx) {
        if expected == self.life() {
            fx.disarm(Timer::Winner);
            fx.why(Rule::EldestClaims, Facts::NONE);
            if !drawing {
                fx.push(Effect::Draw(Purpose::Secret));
            }
        } else {
            let timeout = self.settings.winner_timeout;
            fx.arm_between(Timer::Winner, timeout, share(timeout, 4, 3));
            fx.why(Rule::WaitsForOlder, Facts::peer(expected.node));
        }
    }

    /// The ledger changed while an election is open: somebody else may have to win now.
    pub(super) fn reconsider(&mut self, fx: &mut Fx) {
        let expected = self.expected_winner();
        let drawing = self.is_drawing();
        if let Seat::Electing(electing) = &mut self.seat
            && electing.expected != expected
        {
            electing.expected = expected;
            self.await_winner(expected, drawing, fx);
        }
    }

    /// Somebody called an election.
    pub(super) fn hear_call(
        &mut self,
        from: Life,
        id: ElectionId,
        without: Option<Life>,
        now: Now,
        fx: &mut Fx,
    ) {
        if !id.is_plausible(now.wall) {
            return fx.why(Rule::Malformed, Facts::peer(from.node));
        }
        self.elections.see(id);
        if id <= self.floor() {
            return self.answer_old_call(from, id, fx);
        }
        self.believe_death(without, fx);
        match &mut self.seat {
            Seat::Gone => {}
            Seat::Seeking { heard } if self.fresh => {
                *heard = (*heard).max(Some(id));
                fx.why(Rule::HearsElectionWhileJoining, Facts::peer(from.node));
            }
            _ => {
                fx.why(Rule::JoinsElection, Facts::peer(from.node));
                self.enter(id, fx);
            }
        }
    }

    /// Only the latest id counts (A3); the caller learns what it missed.
    fn answer_old_call(&mut self, from: Life, id: ElectionId, fx: &mut Fx) {
        let here = self.seat.election();
        if here == Some(id) {
            return;
        }
        fx.why(Rule::IgnoresOldElection, Facts::peer(from.node));
        match &self.seat {
            Seat::Electing(electing) => {
                let id = electing.id;
                fx.send(from.node, Message::Election { id, without: None });
            }
            Seat::Leading(_) => self.welcome(from.node, fx),
            _ => {}
        }
    }

    /// A caller names whom it found dead; who waited for the same peer in vain agrees.
    fn believe_death(&mut self, without: Option<Life>, fx: &mut Fx) {
        let Some(dead) = without.filter(|dead| dead.node != self.node) else {
            return;
        };
        let waited = match &self.seat {
            Seat::Electing(electing) => electing.expected == dead,
            Seat::Following(following) => {
                following.leader.life() == dead && following.unanswered >= 2
            }
            _ => false,
        };
        if waited && self.give_up(dead) {
            fx.why(Rule::AgreesOnDeath, Facts::peer(dead.node));
        }
    }

    /// No winner in time (A18).
    pub(super) fn winner_timed_out(&mut self, now: Now, fx: &mut Fx) {
        let Seat::Electing(electing) = &self.seat else {
            return;
        };
        let (id, expected) = (electing.id, electing.expected);
        if expected == self.life() {
            return;
        }
        fx.observe(Observation::ElectionFailed(id.mandate()));
        self.give_up(expected);
        let facts = Facts::peer(expected.node);
        self.call(now, Rule::NoWinnerInTime, facts, Some(expected), fx);
    }

    /// Marks an elder dead that was waited for in vain (A17, A18); true where it was presumed alive.
    pub(super) fn give_up(&mut self, elder: Life) -> bool {
        !self.settings.breaks(Mutant::DeadElderKept) && self.ledger.mark_dead(elder)
    }

    /// A winner is known: the id stays open for one settle window more (A19).
    pub(super) fn settle(&mut self, fx: &mut Fx) {
        fx.disarm(Timer::Winner);
        fx.disarm(Timer::Join);
        fx.arm(Timer::Settle, self.settings.settle_window);
    }

    /// The settle window is over: the id is closed for good (A19).
    pub(super) fn close(&mut self, fx: &mut Fx) {
        if matches!(self.seat, Seat::Electing(_)) {
            return;
        }
        if let Some(open) = self.elections.open.take() {
            self.elections.closed = self.elections.closed.max(open.id);
            fx.observe(Observation::ElectionClosed(open.id.mandate()));
            fx.why(Rule::ElectionCloses, Facts::NONE);
        }
    }
}
