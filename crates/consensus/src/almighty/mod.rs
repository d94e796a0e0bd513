//! The oldest-peer rule, **Almighty Consensus**: the oldest live peer leads. Nobody votes.
//!
//! # The rule, on one page
//!
//! *Older* means: smaller (joined, node) (A1). The *ledger* has one row per node: latest life,
//! stamp, alive, dead or gone (A2, A16). *Eldest* is the oldest presumed alive in one's own ledger.
//! Any message from a peer marked dead revives it; a message from an earlier life is ignored (A16).
//!
//! **States.** Seeking (no leader known) · Electing (an election is open) · Following · Leading ·
//! Gone.
//!
//! | input | what happens | row |
//! |---|---|---|
//! | start | stamp oneself, broadcast `Join`, arm *Join* | A1 A15 |
//! | *Join* | join the election heard of, else call one | A15 |
//! | `Join` | add to the ledger; a leader answers `Welcome` (ledger, secret) to the joiner alone | A7 A15 |
//! | `Welcome`, `Winner` later than here | older than the winner: while seeking, call; while electing, object (below). An elder alive in the ledger that the winner's ledger does not give up: wait for it; a follower pings its leader at once. Else follow | A1 A4 A18 |
//! | … of an earlier or closed election | ignored; a leader answers with a face-off | A3 A19 |
//! | … again from one's leader | take over the marks; `Ledger(Report)` what it lacks | A17 A20 |
//! | … a second winner of one election within *Settle* | both winners broadcast `Ledger(Merge)`; where one of them is a stranger to the roll of the election, so does everyone older than the younger one. Arm *Merge* | A12 A13 A19 |
//! | … at a leader, from another reign | `FaceOff` to it, `Ledger(Merge)` to all, arm *FaceOff* | A10 |
//! | `Election` later than here | take part: the eldest draws its secret and announces itself, everyone else arms *Winner* | A18 |
//! | `Election` earlier than here | ignored; a leader answers `Welcome`, an elector the latest id | A3 |
//! | *Winner* | mark the expected winner dead, call again naming it | A18 |
//! | *Settle* | close the id for good | A19 |
//! | *Ping* | follower: count a missed pong, ping again. Leader: mark dead who was silent for three intervals, tell marks or announce again | A5 A17 A20 |
//! | `Ping` at a leader | pong with the secret; `Welcome` to a peer of an earlier reign; call if the peer is older | A5 A7 A18 |
//! | `Ping` at another | pong without a secret | A5 |
//! | `Pong` right | arm *Silence* | A5 |
//! | `Pong` wrong, or empty from a later life | the leader is resurrected: drop the secret, call | A5 A6 |
//! | `Pong` empty from the same life | the leader stood down: seek again | A7 |
//! | *Silence* | the leader is dead: drop the secret, call naming it | A6 A17 |
//! | `FaceOff` for the present reign | answer with one, broadcast `Ledger(Merge)`, arm *Merge* | A10 |
//! | *FaceOff* | send again after twice the wait; after three tries call | A11 |
//! | `Ledger(Merge)` | merge, all presumed alive; followers of another check on their leader; arm *Merge* | A10 A11 A20 |
//! | *Merge* | call a fresh election: leaders soon, followers only where no leader did | A18 |
//! | `Goodbye` | mark gone; of the leader: the eldest calls at once, others a little later | A14 |
//! | *Rotate*, `Rotation` | a new secret, proven by the old one, which stays good for an interval | A8 |
//! | call | a leader applies it alone; others redirect; who follows another drops its data | A9 |
//!
//! **Ids** (A3, A18). An election is called at `max(own wall clock, highest seen + 1)`. Callers of
//! one moment converge: everyone moves to the latest call, and who has moved does not call.
//!
//! # What it assumes, gives and gives up
//!
//! It assumes honest clocks and a broadcast medium. It gives a leader without voting, in one round
//! per dead elder. It gives up a single leader under a cut, and the writes that a leader takes to
//! its grave.

mod client;
mod election;
mod face_off;
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
use crate::input::{Control, Input};
use crate::inspection::Inspection;
use crate::node::{Boot, ClusterId, Envelope, Incarnation, NodeId, Receiver};
use crate::protocol::{Membership, Protocol};
use crate::time::{Micros, Now};
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

    fn inspect(&self) -> Inspection {
        self.inspection()
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
        if self.ledger.revive(from) {
            fx.why(AlmightyRule::PeerRevived, Facts::peer(from.node));
            if let Seat::Leading(leading) = &mut self.seat {
                leading.untold = true;
                leading.hearings.remove(&from.node);
            }
        }
        self.hear(from, envelope.message, now, fx);
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
            AlmightyMessage::Pong { id, secret } => self.hear_pong(from, id, secret, now, fx),
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
