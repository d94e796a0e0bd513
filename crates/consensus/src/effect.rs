//! Everything that a node can ask of its host.

use crate::client::{Answer, CallId, Command};
use crate::explain::Facts;
use crate::input::{SnapshotId, Token};
use crate::node::NodeId;
use crate::observation::Observation;
use crate::protocol::Protocol;
use crate::time::Micros;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// One thing that a node asks of its host.
///
/// The order of effects within a step promises nothing about durability: whatever depends on a
/// write is emitted only after [`crate::Input::Stored`] has named its token.
///
/// What concerns the state machine (apply, query, clear, and all that is about snapshots) is carried
/// out in the order in which it was asked for.
///
/// The host keeps every snapshot durably under its id, also when a later one is kept already, until
/// [`Effect::ForgetSnapshots`] says which ones are needed no more. A node that boots asks for the
/// one that its disk names ([`Effect::RestoreSnapshot`]); one that the host kept, but that the disk
/// does not name yet, is as if it had never been: under its id another may be kept in its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect<P: Protocol> {
    /// Send a message to one node.
    Send {
        /// To whom.
        to: NodeId,
        /// What.
        message: P::Message,
    },
    /// Send a message to every attached node but the sender (A15).
    Broadcast {
        /// What.
        message: P::Message,
    },
    /// Start a timer, replacing it where it runs already. The host draws the delay uniformly from
    /// `least..=most`. A crash clears all timers.
    Arm {
        /// Which.
        timer: P::Timer,
        /// The shortest delay.
        least: Micros,
        /// The longest delay.
        most: Micros,
    },
    /// Stop a timer.
    Disarm(P::Timer),
    /// Write to the disk, then report [`crate::Input::Stored`].
    Persist {
        /// Names the write.
        token: Token,
        /// What to write.
        write: P::Write,
    },
    /// Ask for a random value; it comes back as [`crate::Input::Drawn`].
    Draw(P::Purpose),
    /// Answer a client.
    Answer {
        /// Which call.
        call: CallId,
        /// What to say.
        answer: Answer,
    },
    /// Apply commands to the state machine, then report [`crate::Input::Applied`]. Positions rise
    /// within a life of the state machine, and leave out only what carries no command.
    Apply(P::Commands),
    /// Ask the state machine as it stands, changing nothing, then report
    /// [`crate::Input::Queried`].
    Query {
        /// The read.
        command: Command,
    },
    /// Empty the state machine: what it held is no longer this node's to serve (A9).
    ClearApplication,
    /// Take a snapshot of the state machine as it stands, keep it durably, then report
    /// [`crate::Input::SnapshotTaken`].
    TakeSnapshot(SnapshotId),
    /// Read a piece of a snapshot that is kept, then report [`crate::Input::SnapshotRead`].
    ReadSnapshot {
        /// Which.
        id: SnapshotId,
        /// From which byte.
        offset: u64,
        /// At most how many bytes.
        len: u32,
    },
    /// Keep a snapshot received from another node durably, replace the state machine by it, then
    /// report [`crate::Input::SnapshotInstalled`].
    InstallSnapshot {
        /// Which.
        id: SnapshotId,
        /// All of it.
        bytes: Arc<[u8]>,
    },
    /// Bring the state machine to a snapshot that was taken or installed in an earlier life, then
    /// report [`crate::Input::SnapshotInstalled`].
    RestoreSnapshot(SnapshotId),
    /// Snapshots whose id is smaller than this need not be kept any longer.
    ForgetSnapshots {
        /// The smallest id that is still needed.
        before: SnapshotId,
    },
    /// Tell checks and history what happened.
    Observe(Observation),
    /// Say which rule decided, and the facts that its sentence names.
    Why {
        /// The rule.
        rule: P::Rule,
        /// Who and how many.
        facts: Facts,
    },
}

/// The effects of one step, in the order in which they were asked for. The host reuses the buffer.
#[derive(Clone, Debug)]
pub struct Effects<P: Protocol> {
    list: Vec<Effect<P>>,
    /// Whether [`Effect::Observe`] and [`Effect::Why`] are wanted.
    watched: bool,
}

impl<P: Protocol> Default for Effects<P> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            watched: true,
        }
    }
}

impl<P: Protocol> Effects<P> {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty buffer for a host that tells nobody what happens and why: it takes no
    /// [`Effect::Observe`] and no [`Effect::Why`], which together are more than all other effects.
    /// What a node does is the same.
    #[must_use]
    pub fn unwatched() -> Self {
        Self {
            list: Vec::new(),
            watched: false,
        }
    }

    /// Whether [`Effect::Observe`] and [`Effect::Why`] are wanted.
    #[must_use]
    pub const fn is_watched(&self) -> bool {
        self.watched
    }

    /// Adds any effect.
    pub fn push(&mut self, effect: Effect<P>) {
        self.list.push(effect);
    }

    /// Adds effects of any kind.
    pub fn extend(&mut self, effects: impl Iterator<Item = Effect<P>>) {
        self.list.extend(effects);
    }

    /// Adds [`Effect::Send`].
    pub fn send(&mut self, to: NodeId, message: P::Message) {
        self.push(Effect::Send { to, message });
    }

    /// Adds [`Effect::Broadcast`].
    pub fn broadcast(&mut self, message: P::Message) {
        self.push(Effect::Broadcast { message });
    }

    /// Adds [`Effect::Arm`] with a fixed delay.
    pub fn arm(&mut self, timer: P::Timer, after: Micros) {
        self.arm_between(timer, after, after);
    }

    /// Adds [`Effect::Arm`].
    pub fn arm_between(&mut self, timer: P::Timer, least: Micros, most: Micros) {
        self.push(Effect::Arm { timer, least, most });
    }

    /// Adds [`Effect::Disarm`].
    pub fn disarm(&mut self, timer: P::Timer) {
        self.push(Effect::Disarm(timer));
    }

    /// Adds [`Effect::Observe`], where it is watched.
    pub fn observe(&mut self, observation: Observation) {
        if self.watched {
            self.push(Effect::Observe(observation));
        }
    }

    /// Adds [`Effect::Why`], where it is watched.
    pub fn why(&mut self, rule: P::Rule, facts: Facts) {
        if self.watched {
            self.push(Effect::Why { rule, facts });
        }
    }

    /// The effects so far.
    #[must_use]
    pub fn as_slice(&self) -> &[Effect<P>] {
        &self.list
    }

    /// Takes all effects out, leaving the buffer empty and its memory in place.
    pub fn drain(&mut self) -> impl Iterator<Item = Effect<P>> + '_ {
        self.list.drain(..)
    }

    /// Forgets all effects, leaving the memory in place.
    pub fn clear(&mut self) {
        self.list.clear();
    }
}
