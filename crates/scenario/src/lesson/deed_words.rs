//! What is done in a step, in words.

use crate::deed::Deed;
use crate::message::Touch;
use crate::name::{NodeName, Whom};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// What is done, in a sentence.
pub(super) fn deed_words(deed: &Deed) -> String {
    match deed {
        Deed::Stop(it) => format!("{} crashes.", whom(*it)),
        Deed::Start(it) => format!("{it} boots again."),
        Deed::Pause(it) => format!("{} stands still.", whom(*it)),
        Deed::Resume(it) => format!("{it} goes on."),
        Deed::Slow(it) => {
            let who = whom(it.node);
            format!("{who} takes {} for each message.", it.service)
        }
        Deed::Clock(it) => format!("The clock of {} is set.", whom(it.node)),
        Deed::Disk(it) => match it.node {
            Some(node) => format!("The disk of {node} changes its ways."),
            None => "All disks change their ways.".to_string(),
        },
        Deed::Wipe(it) => format!("{it} gets an empty disk."),
        Deed::TimeOut(it) => format!("The timer of {} fires.", whom(*it)),
        Deed::Join(it) => format!("{it} joins."),
        Deed::Leave(it) => format!("{} leaves.", whom(*it)),
        Deed::Transfer(it) => format!("The leader is asked to hand over to {it}."),
        Deed::Snapshot(it) => format!("{} takes a snapshot.", whom(*it)),
        Deed::AddLearner(it) => format!("The leader is asked to add {it} as a learner."),
        Deed::Promote(it) => format!("The leader is asked to give {it} a vote."),
        Deed::Remove(it) => format!("The leader is asked to take {it} out."),
        Deed::Replace(it) => {
            let voters = names(&it.voters);
            format!("The leader is asked to go over to {voters}.")
        }
        Deed::Cut(sides) => {
            let sides: Vec<String> = sides.iter().map(|side| names(side)).collect();
            format!("The network is cut: {}.", sides.join(" | "))
        }
        Deed::CutOneWay(it) => {
            format!("{} can no longer reach {}.", names(&it.from), names(&it.to))
        }
        Deed::Heal => "The network is whole again.".to_string(),
        Deed::Link(it) => match (it.from, it.to) {
            (Some(from), Some(to)) => format!("The link from {from} to {to} changes."),
            (Some(from), None) => format!("The links from {from} change."),
            (None, Some(to)) => format!("The links to {to} change."),
            (None, None) => "All links change.".to_string(),
        },
        Deed::Message(it) => touch_words(it.number, it.touch),
        Deed::Write(it) => {
            let to = it.to.map_or_else(String::new, |to| format!(" of {to}"));
            format!("Client {} asks{to} to store {}.", it.client, it.value)
        }
        Deed::Read(it) => {
            let to = it.to.map_or_else(String::new, |to| format!(" of {to}"));
            format!("Client {} asks{to} to read.", it.client)
        }
    }
}

fn touch_words(number: u64, touch: Touch) -> String {
    let done = match touch {
        Touch::Hold => "is held",
        Touch::Release => "is let go",
        Touch::Drop => "is dropped",
        Touch::Delay(_) => "is delayed",
        Touch::Corrupt(_) => "is damaged",
    };
    format!("Message {number} {done}.")
}

fn whom(whom: Whom) -> String {
    match whom {
        Whom::Node(name) => name.to_string(),
        Whom::Leader => "the leader".to_string(),
    }
}

fn names(nodes: &[NodeName]) -> String {
    let names: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    names.join(", ")
}
