//! The measures of a run in plain words.

use crate::decimal::decimal;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::Micros;
use simulator::{Measures, Traffic};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measured {
    /// Time without a leader.
    NoLeader,
    /// Time with two leaders or more at once.
    TwoLeaders,
    /// Acknowledged writes that no node holds any more.
    WritesLost,
    /// Acknowledged writes that a single node holds.
    WritesAtRisk,
    /// How often a leader took over.
    LeaderChanges,
    /// Elections called.
    Elections,
    /// Messages between nodes.
    Messages,
    /// Messages that reached nobody who took them.
    Dropped,
    /// Heartbeats and their answers, as they are.
    Heartbeats,
    /// The same, if every node told every other one (W8).
    AllToAll,
}

/// A measure in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// What is measured.
    pub measured: Measured,
    /// How it stands, such as `two leaders for 1.2 s`: no sentence, without a full stop.
    pub words: String,
    /// Whether somebody paid for it: it is worth a mark.
    pub cost: bool,
}

/// Every measure in plain words; all-to-all heartbeats are those of a cluster of so many `nodes`.
#[must_use]
pub fn plain(measures: &Measures, nodes: u64) -> Vec<Plain> {
    use Measured as M;
    let failed = match measures.failed_elections {
        0 => String::new(),
        failed => format!(", {failed} without a winner"),
    };
    let elections = [count(measures.elections, "election", "elections"), failed].concat();
    let changes = count(measures.leader_changes, "leader took", "leaders took") + " over";
    let lost = count(measures.lost, "acknowledged write", "acknowledged writes") + " lost";
    let alone = count(
        measures.at_risk,
        "acknowledged write is",
        "acknowledged writes are",
    ) + " on one node alone";
    let beats = measures.heartbeats();
    let all = Traffic {
        messages: measures.messages,
        bytes: measures.bytes,
        ..Traffic::default()
    };
    let dropped = count(measures.dropped, "message", "messages") + " never arrived";
    let row = |measured, words, cost| Plain {
        measured,
        words,
        cost,
    };
    Vec::from([
        row(
            M::NoLeader,
            lasted(measures.leaderless, "no leader"),
            measures.leaderless > Micros::ZERO,
        ),
        row(
            M::TwoLeaders,
            lasted(measures.two_claim, "two leaders"),
            measures.two_claim > Micros::ZERO,
        ),
        row(M::WritesLost, lost, measures.lost > 0),
        row(M::WritesAtRisk, alone, measures.at_risk > 0),
        row(M::LeaderChanges, changes, false),
        row(M::Elections, elections, measures.failed_elections > 0),
        row(M::Messages, carried(all, "message", "messages"), false),
        row(M::Dropped, dropped, false),
        row(
            M::Heartbeats,
            carried(beats, "heartbeat", "heartbeats"),
            false,
        ),
        row(
            M::AllToAll,
            carried(beats.all_to_all(nodes), "heartbeat", "heartbeats") + " if all told all",
            false,
        ),
    ])
}

/// `no leader for 0.45 s`.
fn lasted(span: Micros, what: &str) -> String {
    match span.0 {
        0 if what == "no leader" => "always a leader".to_string(),
        0 => format!("never {what}"),
        1..10_000 => format!("{what} for less than 0.01 s"),
        micros => {
            let mut words = format!("{what} for ");
            decimal(&mut words, micros as f64 / 1e6, 2);
            words + " s"
        }
    }
}

fn carried(traffic: Traffic, one: &str, many: &str) -> String {
    let mut words = count(traffic.messages, one, many) + ", ";
    decimal(&mut words, traffic.bytes as f64 / 1e3, 1);
    words + " kB"
}

fn count(number: u64, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
