//! A leader's side: it answers pings with the secret, marks the silent dead, and announces itself
//! again (A5, A8, A17, A20).

use super::election::ElectionId;
use super::ledger::Ledger;
use super::message::LedgerPurpose;
use super::mutant::Mutant;
use super::role::Seat;
use super::rule::AlmightyRule as Rule;
use super::secret::Secret;
use super::timer::AlmightyTimer as Timer;
use super::{Almighty, AlmightyMessage as Message, Fx, Purpose};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::{Life, NodeId};
use crate::time::{Micros, Now};
use alloc::vec::Vec;

impl Almighty {
    /// A peer asks whether this node still leads (A5).
    pub(super) fn hear_ping(
        &mut self,
        from: Life,
        id: ElectionId,
        (turn, joined): (u32, Micros),
        now: Now,
        fx: &mut Fx,
    ) {
        self.meet(from, joined, fx);
        let Seat::Leading(leading) = &mut self.seat else {
            fx.why(Rule::PongWithoutSecret, Facts::peer(from.node));
            let secret = None;
            return fx.send(from.node, Message::Pong { id, turn, secret });
        };
        let hearing = leading.hearings.entry(from.node).or_default();
        hearing.silent = 0;
        hearing.last = Some(now.monotonic);
        hearing.follows = id == leading.id;
        if leading
            .facing
            .is_some_and(|facing| facing.with == from.node)
            && id == leading.id
        {
            leading.facing = None;
            fx.disarm(Timer::FaceOff);
        }
        if id < leading.id {
            fx.why(Rule::TellsStalePeer, Facts::peer(from.node));
            self.welcome(from.node, fx);
        } else {
            self.prove(from.node, id, turn, fx);
        }
        let me = self.identity();
        let older = self.ledger.identity(from).zip(me);
        let silent = self.settings.breaks(Mutant::OlderPeerSilent);
        if !silent && older.is_some_and(|(peer, me)| peer.is_older_than(me)) {
            self.call(now, Rule::OlderPeerLives, Facts::peer(from.node), None, fx);
        }
    }

    /// The pong, with the secret that the peer can know (A8).
    fn prove(&self, to: NodeId, id: ElectionId, turn: u32, fx: &mut Fx) {
        let Seat::Leading(leading) = &self.seat else {
            return;
        };
        let session = leading.session;
        let secret = match session.turn.saturating_sub(turn) {
            0 => Some(session.current),
            1 => {
                if let Some(old) = session.before {
                    let (turn, new) = (session.turn, session.current);
                    fx.send(to, Message::Rotation { id, turn, old, new });
                }
                session.previous()
            }
            // No secret that it knows proves anything any more.
            _ => {
                self.welcome(to, fx);
                None
            }
        };
        if secret.is_some() {
            fx.send(to, Message::Pong { id, turn, secret });
        }
        fx.why(Rule::PongWithSecret, Facts::peer(to));
    }

    /// An interval is over: who was silent for too long is marked dead, and everyone told (A17);
    /// every so often the leader announces itself again (A20).
    pub(super) fn sweep(&mut self, fx: &mut Fx) {
        let me = self.life();
        let peers: Vec<Life> = self
            .ledger
            .alive()
            .map(super::Identity::life)
            .filter(|life| *life != me)
            .collect();
        let missed = self.settings.missed_pongs;
        let marks = !self.settings.breaks(Mutant::SilentPeerKept);
        let Seat::Leading(leading) = &mut self.seat else {
            return;
        };
        leading.session.age();
        leading.intervals = leading.intervals.saturating_add(1);
        leading
            .hearings
            .retain(|node, _| peers.iter().any(|life| life.node == *node));
        for life in peers {
            let hearing = leading.hearings.entry(life.node).or_default();
            hearing.silent = hearing.silent.saturating_add(1);
            if marks && hearing.silent > missed && self.ledger.mark_dead(life) {
                leading.untold = true;
                let facts = Facts::peer(life.node).with_number(u64::from(missed));
                fx.why(Rule::PeerMarkedDead, facts);
            }
        }
        let again = self.settings.reannounce_every;
        if again.is_some_and(|every| leading.intervals >= every) {
            fx.why(Rule::AnnouncesAgain, Facts::NONE);
            self.announce(fx);
        } else if leading.untold {
            leading.untold = false;
            self.tell_ledger(LedgerPurpose::Marks, fx);
        }
    }

    /// Broadcasts its ledger.
    pub(super) fn tell_ledger(&self, purpose: LedgerPurpose, fx: &mut Fx) {
        if let Some(id) = self.seat.election() {
            let ledger = self.ledger.clone();
            fx.broadcast(Message::Ledger {
                id,
                purpose,
                ledger,
            });
        }
    }

    /// A peer knows of peers that this leader does not.
    pub(super) fn hear_report(&mut self, from: Life, ledger: &Ledger, fx: &mut Fx) {
        let more = ledger.knows_more_than(&self.ledger);
        if let Seat::Leading(leading) = &mut self.seat
            && more
        {
            leading.untold = true;
            let changed = self.ledger.learn(ledger);
            self.stand_in_ledger();
            self.note_merged(from.node, changed, fx);
        }
    }

    /// It is time for another secret (A8).
    pub(super) fn rotation_due(&mut self, fx: &mut Fx) {
        if let (Seat::Leading(leading), Some(interval)) =
            (&mut self.seat, self.settings.secret_rotation)
        {
            fx.arm(Timer::Rotate, interval);
            if !leading.rotating {
                leading.rotating = true;
                fx.push(Effect::Draw(Purpose::Rotation));
            }
        }
    }

    /// The next secret is there: everyone is told, the old one stays good for an interval (A8).
    pub(super) fn rotate(&mut self, new: Secret, fx: &mut Fx) {
        let Seat::Leading(leading) = &mut self.seat else {
            return;
        };
        if !leading.rotating {
            return;
        }
        leading.rotating = false;
        let old = leading.session.current;
        let (id, turn) = (leading.id, leading.session.turn.saturating_add(1));
        leading.session.rotate(new, turn);
        self.report_secret(fx);
        fx.why(Rule::RotatesSecret, Facts::number(u64::from(turn)));
        fx.broadcast(Message::Rotation { id, turn, old, new });
    }
}
