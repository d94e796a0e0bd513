//! Names for those who listen instead of look.

use crate::compose::RuleFace;
use crate::facts::{Facts, lives};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{Micros, Role};
use simulator::{NodeView, Power};

/// 1st, 2nd, 3rd, 4th, 11th, 21st.
#[must_use]
pub fn ordinal(number: usize) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// A node's accessible name, such as `Node C, leader, term 2`.
#[must_use]
pub fn node_name(facts: &Facts<'_>, node: &NodeView) -> String {
    let mut name = match facts.rule {
        RuleFace::Votes => voter_name(facts, node),
        RuleFace::Age => peer_name(facts, node),
    };
    match node.power {
        Power::Stopped => name.push_str(", stopped"),
        Power::Paused => name.push_str(", paused"),
        Power::Running | Power::Absent => {}
    }
    if node.service > Micros::ZERO {
        name.push_str(", slow");
    }
    match node.waiting {
        0 => {}
        1 => name.push_str(", 1 message waits"),
        waiting => name.push_str(&format!(", {waiting} messages wait")),
    }
    name
}

fn voter_name(facts: &Facts<'_>, node: &NodeView) -> String {
    let term = facts.number(node.inspection.reign);
    let mut name = format!(
        "Node {}, {}, term {term}",
        node.id,
        role(node.inspection.role)
    );
    if let Some((have, needed)) = tally(node) {
        name.push_str(&format!(", {have} of {needed} votes"));
    }
    name
}

fn peer_name(facts: &Facts<'_>, node: &NodeView) -> String {
    let mut name = format!("Peer {}, {}", node.id, role(node.inspection.role));
    if let Some(rank) = facts.rank(node.id) {
        name.push_str(&format!(", {} oldest", ordinal(rank)));
    }
    let leader = node
        .inspection
        .reign
        .leader
        .filter(|&leader| leader != node.id);
    if let (Some(leader), true) = (leader, believes(node)) {
        name.push_str(&format!(", believes {leader} leads"));
    }
    name
}

/// Whether a node follows rather than leads, and is up to do so.
pub(crate) fn believes(node: &NodeView) -> bool {
    lives(node) && node.inspection.role != Role::Leader
}

/// How many votes a running candidate has, of how many.
pub(crate) fn tally(node: &NodeView) -> Option<(usize, u32)> {
    let inspection = &node.inspection;
    let stands = lives(node) && inspection.role == Role::Candidate;
    (stands && inspection.quorum > 0).then(|| {
        let have = inspection
            .votes
            .iter()
            .filter(|vote| vote.granted == Some(true))
            .count();
        (have, inspection.quorum)
    })
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Follower => "follower",
        Role::Candidate => "candidate",
        Role::Leader => "leader",
    }
}

/// `3`, `3 and 7`, `3, 7 and 9`.
pub(crate) fn listing(values: &[String]) -> String {
    match values {
        [] => "nothing".to_string(),
        [only] => only.clone(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(String::as_str).collect();
            format!("{} and {last}", most.join(", "))
        }
    }
}
