//! The oldest-peer rule, **Almighty Consensus**: the oldest live peer leads. Nobody votes.
//!
#![doc = include_str!("../../ALMIGHTY.md")]

mod client;
mod election;
mod face_off;
mod fields;
mod heartbeat;
mod identity;
mod inspect;
mod join;
mod leader;
mod ledger;
mod message;
mod mutant;
mod reign;
mod role;
mod rule;
mod secret;
mod settings;
mod timer;

pub use crate::diskless::{Diskless as AlmightyDurable, NoWrite as AlmightyWrite};
pub use crate::node::Life;
pub use election::ElectionId;
pub use identity::{Identity, IdentityStamp};
pub use ledger::{Entered, Ledger, Row, Standing};
pub use message::{AlmightyMessage, Announcement, LedgerPurpose};
#[cfg(feature = "mutants")]
pub use mutant::Mutant;
pub use rule::AlmightyRule;
pub use secret::{Secret, Session};
pub use settings::{AlmightySettings, SettingsError};
pub use timer::AlmightyTimer;

use crate::alone::Shared;
use crate::commands::SingleCommand;
use crate::effect::Effects;
use crate::explain::Facts;
use crate::field::Field;
use crate::input::{Control, Input};
use crate::inspection::Inspection;
use crate::node::{Boot, ClusterId, Envelope, Incarnation, NodeId, Receiver};
use crate::protocol::{Membership, Protocol};
use crate::time::{Micros, Now};
use alloc::vec::Vec;
use election::Elections;
use inspect::Reported;
use role::Seat;

type Fx = Effects<Almighty>;

/// What a peer asks random values for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// The secret of a new reign (A4).
    Secret,
    /// The next secret of a reign (A8).
    Rotation,
}

/// One peer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Almighty {
    node: NodeId,
    cluster: ClusterId,
    incarnation: Incarnation,
    settings: AlmightySettings,
    /// When it started, by its wall clock.
    started: Micros,
    /// The stamp that its age is counted from; set once in a life (A1).
    stamp: Option<Micros>,
    /// Whether it has not been part of any cluster yet in this life.
    fresh: bool,
    ledger: Ledger,
    elections: Elections,
    seat: Seat,
    shared: Shared,
    reported: Option<Reported>,
}

impl Protocol for Almighty {
    type Settings = AlmightySettings;
    type Message = AlmightyMessage;
    type Timer = AlmightyTimer;
    type Purpose = Purpose;
    type Durable = AlmightyDurable;
    type Write = AlmightyWrite;
    type Commands = SingleCommand;
    type Rule = AlmightyRule;

    fn name(_: &Self::Settings) -> &'static str {
        "almighty"
    }

    fn membership(_: &Self::Settings) -> Membership {
        Membership::SelfDeclared
    }

    fn boot(boot: Boot<Self>) -> Self {
        Self {
            node: boot.node,
            cluster: boot.cluster,
            incarnation: boot.incarnation,
            settings: boot.settings,
            started: Micros::ZERO,
            stamp: None,
            fresh: true,
            ledger: Ledger::default(),
            elections: Elections::default(),
            seat: Seat::Seeking { heard: None },
            shared: Shared::default(),
            reported: None,
        }
    }

    fn step(&mut self, now: Now, input: Input<Self>, fx: &mut Effects<Self>) {
        match input {
            Input::Start => self.start(now, fx),
            Input::Receive(envelope) => self.receive(envelope, now, fx),
            Input::Timer(timer) => self.time(timer, now, fx),
            Input::Drawn { purpose, value } => match purpose {
                Purpose::Secret => self.lead(Secret(value), fx),
                Purpose::Rotation => self.rotate(Secret(value), fx),
            },
            Input::Call(call) => self.serve(call, fx),
            Input::Calls(calls) => calls.into_iter().for_each(|call| self.serve(call, fx)),
            Input::Applied(applied) => self.applied(applied, fx),
            Input::Control(Control::Leave) => self.leave(fx),
            Input::Control(Control::TimeOut) => {
                if !matches!(self.seat, Seat::Gone) {
                    self.call(now, AlmightyRule::OperatorCalls, Facts::NONE, None, fx);
                }
            }
            // The oldest leads, whatever an operator wishes (A1).
            Input::Control(
                Control::TransferTo(_) | Control::TakeSnapshot | Control::ChangeMembership(_),
            )
            | Input::Stored(_)
            | Input::Queried { .. }
            | Input::SnapshotTaken { .. }
            | Input::SnapshotRead { .. }
            | Input::SnapshotInstalled { .. }
            | Input::Unreachable(_) => {}
        }
    }

    fn glance(&self, _entries: u64) -> Inspection {
        self.inspection()
    }

    fn fields(&self) -> Vec<Field> {
        self.list()
    }

    fn bookkeeping(&self) -> u64 {
        let hearings = match &self.seat {
            Seat::Leading(leading) => leading.hearings.len(),
            _ => 0,
        };
        let roll = self.elections.open.as_ref().map_or(0, |it| it.roll.len());
        let rows = self.ledger.iter().count();
        (rows + hearings + roll) as u64 + self.shared.waiting()
    }
}

impl Almighty {
    fn life(&self) -> Life {
        Life {
            node: self.node,
            incarnation: self.incarnation,
        }
    }

    fn identity(&self) -> Option<Identity> {
        self.stamp.map(|joined| Identity {
            joined,
            node: self.node,
            incarnation: self.incarnation,
        })
    }

    fn time(&mut self, timer: AlmightyTimer, now: Now, fx: &mut Fx) {
        match timer {
            AlmightyTimer::Join => self.join_timed_out(now, fx),
            AlmightyTimer::Winner => self.winner_timed_out(now, fx),
            AlmightyTimer::Silence => self.leader_silent(now, fx),
            AlmightyTimer::Ping => self.ping_tick(fx),
            AlmightyTimer::Settle => self.close(fx),
            AlmightyTimer::Merge => self.merge_due(now, fx),
            AlmightyTimer::FaceOff => self.face_off_unanswered(now, fx),
            AlmightyTimer::Rotate => self.rotation_due(fx),
        }
    }

    /// Whether a message is this peer's to handle: from this cluster, from a life that is not
    /// over, to it.
    fn admits(&self, envelope: &Envelope<AlmightyMessage>) -> bool {
        let for_me = match envelope.receiver {
            Receiver::Everyone => true,
            Receiver::Node(node) => node == self.node,
        };
        let over = self.ledger.row(envelope.sender).is_some_and(|row| {
            row.incarnation > envelope.incarnation
                || (row.incarnation == envelope.incarnation && row.standing == Standing::Gone)
        });
        for_me
            && !over
            && envelope.cluster == self.cluster
            && envelope.sender != self.node
            && !matches!(self.seat, Seat::Gone)
    }

    fn receive(&mut self, envelope: Envelope<AlmightyMessage>, now: Now, fx: &mut Fx) {
        if !self.admits(&envelope) {
            return fx.why(AlmightyRule::MessageIgnored, Facts::peer(envelope.sender));
        }
        let from = Life {
            node: envelope.sender,
            incarnation: envelope.incarnation,
        };
        let revived = self.ledger.revive(from);
        if revived {
            fx.why(AlmightyRule::PeerRevived, Facts::peer(from.node));
        }
        let returned = self.ledger.supersede(from);
        if returned {
            fx.why(AlmightyRule::EarlierLifeOver, Facts::peer(from.node));
        }
        if (revived || returned)
            && let Seat::Leading(leading) = &mut self.seat
        {
            leading.untold = true;
            leading.hearings.remove(&from.node);
        }
        self.hear(from, envelope.message, now, fx);
        if returned {
            self.reconsider(fx);
        }
    }

    fn hear(&mut self, from: Life, message: AlmightyMessage, now: Now, fx: &mut Fx) {
        match message {
            AlmightyMessage::Join { joined } => self.hear_join(from, joined, now, fx),
            AlmightyMessage::Welcome(ann) | AlmightyMessage::Winner(ann) => {
                self.hear_winner(from, &ann, now, fx);
            }
            AlmightyMessage::Ping { id, turn, joined } => {
                self.hear_ping(from, id, (turn, joined), now, fx);
            }
            AlmightyMessage::Pong { id, turn, secret } => {
                self.hear_pong(from, (id, turn), secret, now, fx);
            }
            AlmightyMessage::Election { id, without } => {
                self.hear_call(from, id, without, now, fx);
            }
            AlmightyMessage::Ledger {
                id,
                purpose,
                ledger,
            } => match purpose {
                LedgerPurpose::Merge => self.hear_ledger(from, id, &ledger, now, fx),
                LedgerPurpose::Marks => self.hear_leaders_marks(from, id, &ledger, now, fx),
                LedgerPurpose::Report => self.hear_report(from, &ledger, fx),
            },
            AlmightyMessage::FaceOff { mine, yours } => {
                self.hear_face_off(from, mine, yours, now, fx);
            }
            AlmightyMessage::Rotation { id, turn, old, new } => {
                self.hear_rotation(from, id, turn, (old, new), fx);
            }
            AlmightyMessage::Goodbye => self.hear_goodbye(from, now, fx),
        }
    }
}
