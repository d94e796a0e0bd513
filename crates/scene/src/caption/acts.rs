//! What was done to a run, as a sentence.

use super::{Caption, Segment, link_words};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{Action, IdleReason, MessageDeed, Target};

/// What an action means.
pub(super) fn acted(action: &Action, fills: &dyn Fn(NodeId) -> u8) -> Caption {
    let about = |target: &Target, words: &str| {
        let segments = match target {
            Target::Node(node) => {
                vec![
                    Segment::Node {
                        node: *node,
                        fill: fills(*node),
                    },
                    Segment::Text(words.to_string()),
                ]
            }
            Target::Leader => vec![Segment::Text(format!("The leader{words}"))],
        };
        Caption {
            segments,
            ..Caption::plain("")
        }
    };
    match action {
        Action::Stop(target) => about(target, " stops. Only its disk remembers."),
        Action::Start(target) => about(target, " starts again, with what its disk holds."),
        Action::TimeOut(target) => about(target, "’s patience is ended by hand."),
        Action::Leave(target) => about(target, " leaves."),
        Action::Join(node) => about(&Target::Node(*node), " joins."),
        Action::Transfer(node) => about(&Target::Node(*node), " is to take over the leadership."),
        Action::Wipe(node) => about(&Target::Node(*node), " gets an empty disk."),
        Action::TakeSnapshot(target) => about(target, " is told to take a snapshot."),
        Action::ChangeMembership(_) => Caption::plain("The leader is asked to change the members."),
        Action::Cut(groups) => Caption::plain(&format!("{}.", cut_words(groups))),
        Action::Heal => Caption::plain("The network is whole again."),
        Action::Link { links, change } => {
            Caption::plain(&format!("From now on {}.", link_words(*links, change)))
        }
        Action::CutOneWay { from, to } => {
            let (from, to) = (names(from), names(to));
            Caption::plain(&format!(
                "The network is cut one way: nothing passes from {from} to {to}."
            ))
        }
        Action::Message { deed, .. } => Caption::plain(match deed {
            MessageDeed::Hold => "A message is held on its wire.",
            MessageDeed::Release => "A message that was held goes on.",
            MessageDeed::Drop => "A message is taken off its wire.",
            MessageDeed::Delay(_) => "A message is delayed.",
            MessageDeed::Corrupt(_) => "A message is damaged on its wire.",
        }),
        Action::Pause(target) => about(target, " stands still. It keeps all it knows."),
        Action::Resume(target) => about(target, " goes on from where it stood."),
        Action::Slow { node, service } if *service == Micros::ZERO => {
            about(node, " works at full speed again.")
        }
        Action::Slow { node, .. } => about(node, " works slowly: messages wait in its inbox."),
        Action::Clock { node, .. } => about(node, "’s clock is set."),
        Action::Disk { .. } => Caption::plain("Disks write differently from now on."),
        Action::Write { value, .. } => Caption::plain(&format!("A client writes {value}.")),
        Action::Read { .. } => Caption::plain("A client reads."),
    }
}

/// Nodes by their names.
pub(crate) fn names(nodes: &[NodeId]) -> String {
    let names: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    names.join(" ")
}

fn cut_words(groups: &[Vec<NodeId>]) -> String {
    let names: Vec<String> = groups.iter().map(|group| names(group)).collect();
    match names.len() {
        0 => "The network is cut".to_string(),
        1 => format!("The network is cut: {} from the rest", names[0]),
        _ => format!("The network is cut: {}", names.join(" | ")),
    }
}

/// Why an action had no effect.
pub(super) fn idle(action: &Action, reason: IdleReason) -> &'static str {
    match (action, reason) {
        (Action::TimeOut(_), _) => "Nothing happens: it has no election timer to run out.",
        (_, IdleReason::AlreadySo) => "Nothing happens: it is so already.",
        (_, IdleReason::NoSuchNode) => "Nothing happens: nobody leads.",
        (_, IdleReason::NoSuchMessage) => "Nothing happens: it is not on its way.",
        (_, IdleReason::FixedMembership) => "Nothing happens: its membership is fixed.",
    }
}
