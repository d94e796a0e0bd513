//! Kinds of events, and whom they concern.

use consensus::{NodeId, Observation};
use simulator::{Action, Target, What};

/// A kind of events, by which a list is filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Somebody did something to the run.
    Deed,
    /// A node came up, went down, or stood still.
    Power,
    /// Elections, votes and leaders.
    Leadership,
    /// Entries, snapshots and members.
    Log,
    /// A rule decided.
    Rule,
    /// A rule decided as it does all the time, or a disk has stored something.
    Routine,
    /// A message was sent, or came to its end.
    Message,
    /// Clients and their calls.
    Client,
    /// A guarantee broke.
    Check,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Deed,
        Self::Power,
        Self::Leadership,
        Self::Log,
        Self::Rule,
        Self::Routine,
        Self::Message,
        Self::Client,
        Self::Check,
    ];

    /// The kind of what happened.
    #[must_use]
    pub const fn of(what: &What) -> Self {
        match what {
            What::Acted(_) | What::Idle { .. } => Self::Deed,
            What::Power { .. } => Self::Power,
            What::Why(_, why) if why.rule.weight > 0 => Self::Rule,
            What::Why(..) | What::Stored(..) => Self::Routine,
            What::Observed(_, seen) => match seen {
                Observation::Appended { .. }
                | Observation::Members { .. }
                | Observation::Truncated { .. }
                | Observation::SnapshotInstalled { .. }
                | Observation::Compacted { .. }
                | Observation::Committed { .. }
                | Observation::Merged { .. } => Self::Log,
                _ => Self::Leadership,
            },
            What::Applied { .. } => Self::Log,
            What::Sent { .. }
            | What::Doubled { .. }
            | What::Dropped { .. }
            | What::Arrived { .. } => Self::Message,
            What::Called { .. }
            | What::BacksOff { .. }
            | What::Breaker { .. }
            | What::Answered { .. }
            | What::GaveUp { .. } => Self::Client,
            What::Violated(_) => Self::Check,
        }
    }
}

/// Some kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventKinds(u16);

impl EventKinds {
    /// Every kind.
    pub const ALL: Self = Self(0x1ff);
    /// No kind.
    pub const NONE: Self = Self(0);

    /// These and one more, or without it.
    #[must_use]
    pub const fn toggled(self, kind: EventKind) -> Self {
        Self(self.0 ^ 1 << kind as u16)
    }

    /// Whether a kind is one of them.
    #[must_use]
    pub const fn has(self, kind: EventKind) -> bool {
        self.0 >> kind as u16 & 1 == 1
    }
}

/// The message that an event is about.
pub(super) const fn message(what: &What) -> Option<u64> {
    match what {
        What::Sent { flight, .. }
        | What::Doubled { copy: flight, .. }
        | What::Dropped { flight, .. }
        | What::Arrived { flight, .. } => Some(*flight),
        _ => None,
    }
}

/// The position in the log that an event is about.
pub(super) const fn entry(what: &What) -> Option<u64> {
    match what {
        What::Applied { index, .. }
        | What::Observed(
            _,
            Observation::Appended { index, .. } | Observation::Committed { index, .. },
        ) => Some(*index),
        _ => None,
    }
}

/// The nodes that an event concerns.
pub(super) fn nodes(what: &What) -> [Option<NodeId>; 2] {
    let one = |node: &NodeId| [Some(*node), None];
    match what {
        What::Acted(action) | What::Idle { action, .. } => [target(action), None],
        What::Power { node, .. }
        | What::Stored(node, _)
        | What::Applied { node, .. }
        | What::Why(node, _)
        | What::Called { node, .. }
        | What::Breaker { node, .. }
        | What::Answered { by: node, .. } => one(node),
        What::Observed(node, Observation::Voted { candidate, .. }) => {
            [Some(*node), Some(*candidate)]
        }
        What::Observed(node, _) => one(node),
        What::Sent { from, to, .. }
        | What::Dropped { from, to, .. }
        | What::Arrived { from, to, .. } => [from.node(), to.node()],
        What::Violated(broken) => [broken.nodes.first().copied(), broken.nodes.get(1).copied()],
        What::Doubled { .. } | What::BacksOff { .. } | What::GaveUp { .. } => [None, None],
    }
}

fn target(action: &Action) -> Option<NodeId> {
    match action {
        Action::Stop(target)
        | Action::Start(target)
        | Action::TimeOut(target)
        | Action::Leave(target)
        | Action::TakeSnapshot(target)
        | Action::Pause(target)
        | Action::Resume(target)
        | Action::Slow { node: target, .. }
        | Action::Clock { node: target, .. } => match target {
            Target::Node(node) => Some(*node),
            Target::Leader => None,
        },
        Action::Join(node) | Action::Transfer(node) | Action::Wipe(node) => Some(*node),
        Action::Disk { node, .. } => *node,
        Action::Write { to, .. } | Action::Read { to, .. } => *to,
        _ => None,
    }
}
