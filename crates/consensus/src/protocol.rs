//! The one trait that every protocol implements and every host drives.

use crate::client::{CallId, Command};
use crate::commands::Commands;
use crate::effect::Effects;
use crate::explain::Explain;
use crate::field::Field;
use crate::input::Input;
use crate::inspection::Inspection;
use crate::node::Boot;
use crate::observation::Reign;
use crate::time::Now;
use crate::write::WriteSummary;
use alloc::vec::Vec;
use core::fmt::Debug;
use core::hash::Hash;
use serde::{Serialize, de::DeserializeOwned};

/// A consensus protocol, as one node runs it.
///
/// State is plain data: it can be cloned to branch a run, hashed to fingerprint it, and compared.
/// A message never panics a node, however malformed or late.
pub trait Protocol: Clone + Eq + Hash + Debug + Sized + 'static {
    /// Timing and choices.
    type Settings: Clone + Eq + Hash + Debug;
    /// What nodes say to each other.
    type Message: Clone + Eq + Hash + Debug + Serialize + DeserializeOwned + Describe;
    /// The timers that it uses.
    type Timer: Copy + Eq + Ord + Hash + Debug + TimerKind;
    /// What it asks random values for.
    type Purpose: Copy + Eq + Ord + Hash + Debug;
    /// What survives a crash.
    type Durable: Durable<Write = Self::Write>;
    /// One change to what survives a crash.
    type Write: Clone + Eq + Hash + Debug;
    /// What it hands over to the state machine.
    type Commands: Commands;
    /// The rules that its decisions name.
    type Rule: Explain;

    /// The protocol's name in scenario files: `raft`, `almighty`, `watercraft`.
    fn name(settings: &Self::Settings) -> &'static str;

    /// How the members of a running cluster change.
    fn membership(settings: &Self::Settings) -> Membership;

    /// A node as it is before its first input, [`Input::Start`].
    fn boot(boot: Boot<Self>) -> Self;

    /// Takes one input and pushes what follows from it.
    fn step(&mut self, now: Now, input: Input<Self>, effects: &mut Effects<Self>);

    /// The node as people see it, with its whole log.
    fn inspect(&self) -> Inspection {
        self.glance(u64::MAX)
    }

    /// As [`Self::inspect`], with the last `entries` of its log alone. What it costs does not grow
    /// with the log.
    fn glance(&self, entries: u64) -> Inspection;

    /// Every variable of its state, for somebody who looks into the node.
    fn fields(&self) -> Vec<Field> {
        Vec::new()
    }

    /// How many entries it keeps besides its log: calls that wait, peers, votes, answers held
    /// back, writes on their way. Cheap to ask; it must stay small however long a node runs.
    fn bookkeeping(&self) -> u64;
}

/// How the members of a running cluster change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Membership {
    /// Not at all.
    Fixed,
    /// Nodes make themselves known when they start and say good-bye ([`crate::Control::Leave`]).
    SelfDeclared,
    /// An operator asks the leader ([`crate::Control::ChangeMembership`]).
    Managed,
}

/// What survives a crash, and how one write changes it. Writes are applied in the order of their
/// tokens.
pub trait Durable: Clone + Default + Eq + Hash + Debug {
    /// One change.
    type Write;

    /// Makes one change.
    fn store(&mut self, write: &Self::Write);

    /// Says what this write is, once it is stored here: its digests are those of the log that
    /// holds it. A write that changed nothing, because one before it was lost, has no entries.
    fn describe(&self, write: &Self::Write) -> WriteSummary;

    /// All that is stored here, as writes that would bring an empty disk to it.
    fn summaries(&self) -> Vec<WriteSummary>;

    /// What is stored here, under the names that [`Protocol::fields`] has for it.
    fn fields(&self) -> Vec<Field> {
        Vec::new()
    }

    /// What a crash in the middle of this write may leave of it, instead of all or nothing: of
    /// several entries the first few. `draw` chooses, uniform over all 64-bit values. `None` where
    /// nothing is left.
    fn tear(write: &Self::Write, draw: u64) -> Option<Self::Write>;

    /// Whether the command of `call` stands durably at position `index`; false for protocols
    /// whose data lives with the leader alone (A9).
    fn holds(&self, index: u64, call: CallId) -> bool;
}

/// What a timer is, to somebody watching.
pub trait TimerKind: Copy {
    /// Its name, such as `election`.
    fn name(self) -> &'static str;

    /// What the node waits for, in one sentence.
    fn meaning(self) -> &'static str;

    /// Whether it is the one drawn as an arc round its node: what the node waits for before it
    /// acts against its leader.
    fn is_patience(self) -> bool;
}

/// The form in which a message is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageShape {
    /// A plain call: heartbeat, ping, join, ledger.
    Call,
    /// Asks for leadership or claims it: a vote request, a winner's announcement, a face-off.
    Claim,
    /// Carries data.
    Entry,
}

/// A message, to somebody watching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSummary {
    /// Its kind, such as `vote request`: at most three words, for labels and counters.
    pub kind: &'static str,
    /// How it is drawn.
    pub shape: MessageShape,
    /// `None` for a request; for an answer, whether it is a yes.
    pub answer: Option<bool>,
    /// Whether it only tells, over and over, that its sender lives, or answers that (W8).
    pub heartbeat: bool,
    /// The term or reign that it carries, which gives it its colour.
    pub reign: Option<Reign>,
    /// The newest command that it carries.
    pub command: Option<Command>,
}

/// A message that can be shown.
pub trait Describe {
    /// How to show it.
    fn describe(&self) -> MessageSummary;

    /// Every item of it, for somebody who looks into the message.
    fn fields(&self) -> Vec<Field> {
        Vec::new()
    }
}
