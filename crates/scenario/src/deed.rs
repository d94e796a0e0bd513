//! What a scenario does, and when.

use crate::clock::WrongClock;
use crate::disk::{DiskDeed, DiskTiming};
use crate::message::MessageStep;
use crate::name::{NodeName, Whom};
use crate::network::LinkDeed;
use crate::span::Span;
use alloc::vec::Vec;
use consensus::{MembershipChange, NodeId};
use serde::{Deserialize, Serialize};
use simulator::{Action, Target, TimedAction};

/// A client's write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Write {
    /// The value.
    pub value: u64,
    /// The key; 0 where it is left out.
    #[serde(default)]
    pub key: u32,
    /// Which client, from 1.
    #[serde(default = "first")]
    pub client: u32,
    /// The node that it asks and keeps asking; it looks for the leader where this is left out.
    #[serde(default)]
    pub to: Option<NodeName>,
}

/// A client's read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Read {
    /// The key; 0 where it is left out.
    #[serde(default)]
    pub key: u32,
    /// Which client, from 1.
    #[serde(default = "first")]
    pub client: u32,
    /// As for a write.
    #[serde(default)]
    pub to: Option<NodeName>,
}

const fn first() -> u32 {
    1
}

/// Who is not heard by whom any more, while the way back stays open (F1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneWay {
    /// Who is not heard.
    pub from: Vec<NodeName>,
    /// By whom.
    pub to: Vec<NodeName>,
}

/// The members of a Raft cluster after one joint change (Raft §6).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    /// Who votes then.
    pub voters: Vec<NodeName>,
    /// Who gets the log without a vote then.
    #[serde(default)]
    pub learners: Vec<NodeName>,
}

/// How long a node works on each message and call that reaches it (F3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slow {
    /// Which node.
    pub node: Whom,
    /// How long for each; zero for no time at all.
    pub service: Span,
}

/// One thing that a scenario does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Crash a node (F2).
    Stop(Whom),
    /// Boot a node that is stopped.
    Start(NodeName),
    /// Let a node stand still with its state kept (F2).
    Pause(Whom),
    /// Let a paused node go on.
    Resume(NodeName),
    /// Let a node take its time for each message (F3).
    Slow(Slow),
    /// Let a node's clocks be wrong in this way (A1).
    Clock(WrongClock),
    /// Let a disk, or every disk, write in this way.
    Disk(DiskDeed),
    /// Let a node's election timer fire now (Raft).
    TimeOut(Whom),
    /// Attach a new node, or one that left.
    Join(NodeName),
    /// Let a node say good-bye.
    Leave(Whom),
    /// Ask whoever leads to hand over to this node (Raft).
    Transfer(NodeName),
    /// Tell a node to take a snapshot (Raft).
    Snapshot(Whom),
    /// Ask whoever leads, once, to send this node the log without giving it a vote (Raft).
    AddLearner(NodeName),
    /// Ask whoever leads, once, to give a learner a vote (Raft).
    Promote(NodeName),
    /// Ask whoever leads, once, to take a node out (Raft).
    Remove(NodeName),
    /// Ask whoever leads, once, to go over to these members (Raft).
    Replace(Replacement),
    /// Cut the network into these sides; nodes in none of them form one more together (F1).
    Cut(Vec<Vec<NodeName>>),
    /// Cut one direction (F1); cuts of this kind add up.
    CutOneWay(OneWay),
    /// Make the network whole: no cut of either kind is left.
    Heal,
    /// Change some of the links, or all (F4).
    Link(LinkDeed),
    /// Do something to one message on its way.
    Message(MessageStep),
    /// A client writes.
    Write(Write),
    /// A client reads.
    Read(Read),
    /// Put an empty disk in place of a stopped node's.
    Wipe(NodeName),
}

/// A deed and its time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When, from the start of the run.
    pub at: Span,
    /// What.
    #[serde(rename = "do")]
    pub deed: Deed,
}

impl Step {
    /// The step as the simulator takes it: one action for each thing that it changes.
    pub fn timed(&self) -> impl Iterator<Item = TimedAction> + use<> {
        let at = self.at.0;
        let actions = self.deed.actions().into_iter();
        actions.map(move |action| TimedAction { at, action })
    }
}

impl Deed {
    /// The nodes that it attaches where they are not here yet.
    pub(crate) fn newcomers(&self) -> Vec<NodeName> {
        match self {
            Self::Join(node) | Self::AddLearner(node) => Vec::from([*node]),
            Self::Replace(it) => [&*it.voters, &*it.learners].concat(),
            _ => Vec::new(),
        }
    }

    /// What a file says of an action; `None` where it has no words for it, which are: to start or to
    /// resume whoever leads, and a client of the highest number there is.
    #[must_use]
    pub fn of(action: &Action) -> Option<Self> {
        Some(match action {
            Action::Stop(target) => Self::Stop(Whom::of(*target)),
            Action::Start(target) => Self::Start(named(*target)?),
            Action::Pause(target) => Self::Pause(Whom::of(*target)),
            Action::Resume(target) => Self::Resume(named(*target)?),
            Action::Slow { node, service } => Self::Slow(Slow {
                node: Whom::of(*node),
                service: Span(*service),
            }),
            Action::Clock { node, settings } => {
                Self::Clock(WrongClock::of(Whom::of(*node), *settings))
            }
            Action::Disk { node, settings } => Self::Disk(DiskDeed {
                node: node.map(NodeName),
                writes: DiskTiming::of(settings),
            }),
            Action::Wipe(node) => Self::Wipe(NodeName(*node)),
            Action::TimeOut(target) => Self::TimeOut(Whom::of(*target)),
            Action::Join(node) => Self::Join(NodeName(*node)),
            Action::Leave(target) => Self::Leave(Whom::of(*target)),
            Action::Transfer(node) => Self::Transfer(NodeName(*node)),
            Action::TakeSnapshot(target) => Self::Snapshot(Whom::of(*target)),
            Action::ChangeMembership(change) => Self::of_change(change),
            Action::Cut(sides) => Self::Cut(sides.iter().map(|side| names(side)).collect()),
            Action::CutOneWay { from, to } => Self::CutOneWay(OneWay {
                from: names(from),
                to: names(to),
            }),
            Action::Heal => Self::Heal,
            Action::Link { links, change } => Self::Link(LinkDeed::of(*links, *change)),
            Action::Message { number, deed } => Self::Message(MessageStep::of(*number, *deed)),
            Action::Write { .. } | Action::Read { .. } => Self::of_call(action)?,
        })
    }

    fn of_change(change: &MembershipChange) -> Self {
        match change {
            MembershipChange::AddLearner(node) => Self::AddLearner(NodeName(*node)),
            MembershipChange::Promote(node) => Self::Promote(NodeName(*node)),
            MembershipChange::Remove(node) => Self::Remove(NodeName(*node)),
            MembershipChange::Replace { voters, learners } => Self::Replace(Replacement {
                voters: names(voters),
                learners: names(learners),
            }),
        }
    }

    /// What a file says of a client's call, whose clients count from 1.
    fn of_call(action: &Action) -> Option<Self> {
        Some(match *action {
            Action::Write {
                client,
                key,
                value,
                to,
            } => Self::Write(Write {
                value,
                key,
                client: client.checked_add(1)?,
                to: to.map(NodeName),
            }),
            Action::Read { client, key, to } => Self::Read(Read {
                key,
                client: client.checked_add(1)?,
                to: to.map(NodeName),
            }),
            _ => return None,
        })
    }

    /// The deed as the simulator takes it: one action for each thing that it changes.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        let action = match self {
            Self::Stop(whom) => Action::Stop(whom.target()),
            Self::Start(node) => Action::Start(Target::Node(node.0)),
            Self::Pause(whom) => Action::Pause(whom.target()),
            Self::Resume(node) => Action::Resume(Target::Node(node.0)),
            Self::Slow(slow) => Action::Slow {
                node: slow.node.target(),
                service: slow.service.0,
            },
            Self::Clock(clock) => Action::Clock {
                node: clock.node.target(),
                settings: clock.settings(),
            },
            Self::Disk(disk) => disk.action(),
            Self::Wipe(node) => Action::Wipe(node.0),
            Self::TimeOut(whom) => Action::TimeOut(whom.target()),
            Self::Join(node) => Action::Join(node.0),
            Self::Leave(whom) => Action::Leave(whom.target()),
            Self::Transfer(node) => Action::Transfer(node.0),
            Self::Snapshot(whom) => Action::TakeSnapshot(whom.target()),
            Self::AddLearner(node) => change(MembershipChange::AddLearner(node.0)),
            Self::Promote(node) => change(MembershipChange::Promote(node.0)),
            Self::Remove(node) => change(MembershipChange::Remove(node.0)),
            Self::Replace(it) => change(MembershipChange::Replace {
                voters: ids(&it.voters).into(),
                learners: ids(&it.learners).into(),
            }),
            Self::Cut(sides) => Action::Cut(sides.iter().map(|side| ids(side)).collect()),
            Self::CutOneWay(cut) => Action::CutOneWay {
                from: ids(&cut.from),
                to: ids(&cut.to),
            },
            Self::Heal => Action::Heal,
            Self::Link(link) => return link.actions().collect(),
            Self::Message(message) => message.action(),
            Self::Write(write) => Action::Write {
                client: write.client.saturating_sub(1),
                key: write.key,
                value: write.value,
                to: write.to.map(|name| name.0),
            },
            Self::Read(read) => Action::Read {
                client: read.client.saturating_sub(1),
                key: read.key,
                to: read.to.map(|name| name.0),
            },
        };
        Vec::from([action])
    }
}

const fn change(change: MembershipChange) -> Action {
    Action::ChangeMembership(change)
}

/// The name of a node that is meant by itself.
const fn named(target: Target) -> Option<NodeName> {
    match target {
        Target::Node(node) => Some(NodeName(node)),
        Target::Leader => None,
    }
}

fn names(ids: &[NodeId]) -> Vec<NodeName> {
    ids.iter().copied().map(NodeName).collect()
}

fn ids(names: &[NodeName]) -> Vec<NodeId> {
    names.iter().map(|name| name.0).collect()
}
