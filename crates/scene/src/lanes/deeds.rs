//! What can be done to a run, as the sign and the words of its mark.

use super::Sign;
use crate::caption::{link_words, names};
use alloc::format;
use alloc::string::{String, ToString};
use consensus::{MembershipChange, Micros, NodeId};
use simulator::{Action, MessageDeed, Target};

/// The sign of an action, and what it says.
pub(super) fn done(action: &Action) -> (Sign, String) {
    let told = |sign, said: &str| (sign, said.to_string());
    let about = |sign, target: &Target, said: &str| (sign, who(target) + said);
    let node = |sign, node: &NodeId, said: &str| (sign, node.to_string() + said);
    match action {
        Action::Cut(_) => told(Sign::Cut, "the network is cut"),
        Action::CutOneWay { from, to } => {
            let (from, to) = (names(from), names(to));
            let said = format!("nothing passes from {from} to {to}");
            (Sign::CutOneWay, said)
        }
        Action::Heal => told(Sign::Heal, "the network is healed"),
        Action::Write { value, .. } => (Sign::Write(*value), format!("client writes {value}")),
        Action::Read { .. } => told(Sign::Read, "client reads"),
        Action::Stop(target) => about(Sign::Stop, target, " stops"),
        Action::Start(target) => about(Sign::Start, target, " starts"),
        Action::Pause(target) => about(Sign::Pause, target, " stands still"),
        Action::Resume(target) => about(Sign::Resume, target, " goes on"),
        Action::TimeOut(target) => about(Sign::TimeOut, target, " is made to time out"),
        Action::Slow { node, service } if *service == Micros::ZERO => {
            about(Sign::Slow, node, " works at full speed")
        }
        Action::Slow { node, .. } => about(Sign::Slow, node, " works slowly"),
        Action::Join(who) => node(Sign::Join, who, " joins"),
        Action::Leave(target) => about(Sign::Leave, target, " leaves"),
        Action::Transfer(to) => node(Sign::Transfer, to, " is to take over the leadership"),
        Action::ChangeMembership(change) => (Sign::Members, members(change)),
        Action::TakeSnapshot(target) => about(Sign::Snapshot, target, " takes a snapshot"),
        Action::Message { deed, .. } => told(Sign::Message, message(*deed)),
        Action::Link { links, change } => (Sign::Water, link_words(*links, change)),
        Action::Disk { .. } => told(Sign::Disk, "disks write differently"),
        Action::Wipe(who) => node(Sign::Disk, who, " gets an empty disk"),
        Action::Clock { node, .. } => about(Sign::Clock, node, "’s clock is set"),
    }
}

fn who(target: &Target) -> String {
    match target {
        Target::Node(node) => node.to_string(),
        Target::Leader => "the leader".to_string(),
    }
}

fn members(change: &MembershipChange) -> String {
    match change {
        MembershipChange::AddLearner(node) => format!("{node} is to get the log without a vote"),
        MembershipChange::Promote(node) => format!("{node} is to get a vote"),
        MembershipChange::Remove(node) => format!("{node} is to be removed"),
        MembershipChange::Replace { .. } => "the members are to change".to_string(),
    }
}

const fn message(deed: MessageDeed) -> &'static str {
    match deed {
        MessageDeed::Hold => "a message is held",
        MessageDeed::Release => "a message goes on",
        MessageDeed::Drop => "a message is dropped",
        MessageDeed::Delay(_) => "a message is delayed",
        MessageDeed::Corrupt(_) => "a message is damaged",
    }
}
