//! What a storm holds for Raft alone: settings that follow from its seed, hand-overs, snapshots,
//! and members that come and go.

use crate::deed::{Deed, Replacement, Step, Write};
use crate::dice::Dice;
use crate::fault::{Draws, newcomers};
use crate::name::{NodeName, Whom};
use crate::raft_timing::{RaftPreset, RaftTiming};
use crate::span::Span;
use crate::storm::Storm;
use alloc::vec::Vec;
use consensus::Micros;
use consensus::raft::ReadPath;

/// By how many percent clocks may differ in a storm: one may run 5 % too fast, another 5 % too
/// slow.
const DRIFT_PERCENT: u32 = 11;

/// How many calls are made in the calm.
const LAST_CALLS: u64 = 6;

impl Storm {
    /// Before it is rough, the newcomers are fetched one after the other, by the operator or by
    /// hand.
    pub(crate) fn fetch_newcomers(&self, dice: &mut Dice) -> Vec<Step> {
        let mut at = Micros::from_millis(300);
        let fetch = |node| {
            at += Micros::from_millis(100 + dice.upto(1_000));
            let deed = match dice.upto(1) {
                0 => Deed::AddLearner(node),
                _ => Deed::Join(node),
            };
            Step { at: Span(at), deed }
        };
        newcomers(self.nodes).map(fetch).collect()
    }

    /// Writes in the calm, of values above `values`, so that it shows whether those who are left
    /// get on.
    pub(crate) fn last_calls(&self, values: u64) -> impl Iterator<Item = Step> {
        let half = self.rough + Micros(self.calm.0 / 2);
        (0..LAST_CALLS).map(move |number| Step {
            at: Span(half + Micros::from_millis(250) * number),
            deed: Deed::Write(Write {
                value: values + 1 + number,
                key: 0,
                client: 1 + (number % 2) as u32,
                to: None,
            }),
        })
    }
}

/// What only Raft knows.
pub(crate) fn deed(draws: Draws) -> Deed {
    match draws.size % 12 {
        0 => Deed::TimeOut(Whom::Node(draws.node)),
        1 | 2 => Deed::Transfer(draws.any),
        3 => Deed::Snapshot(Whom::Node(draws.node)),
        way => change(&draws, way - 4, draws.size / 12),
    }
}

/// One of the eight ways in which members change.
pub(crate) fn change(draws: &Draws, way: u64, choice: u64) -> Deed {
    let any = draws.any;
    match way {
        0 => Deed::AddLearner(any),
        1 | 2 => Deed::Promote(any),
        3 => Deed::Remove(any),
        4 => replace(any, &draws.sides, choice),
        5 | 6 => Deed::Join(any),
        _ => Deed::Leave(Whom::Node(draws.node)),
    }
}

/// Other members in one step: those of the first side vote, with one more or without.
fn replace(any: NodeName, sides: &[Vec<NodeName>], choice: u64) -> Deed {
    let mut sides = sides.iter().cloned();
    let mut voters = sides.next().unwrap_or_default();
    let mut learners = sides.next().unwrap_or_default();
    if choice.is_multiple_of(2) {
        learners.clear();
    }
    let named = voters.contains(&any) || learners.contains(&any);
    if voters.is_empty() || (!named && choice.is_multiple_of(3)) {
        voters.push(any);
    }
    Deed::Replace(Replacement { voters, learners })
}

/// Settings of every kind, mostly such as make what is rare come often: small messages, windows
/// and pieces, snapshots all the time, sessions that soon end.
pub(crate) fn settings(dice: &mut Dice) -> RaftTiming {
    let mut small = |most: u64, otherwise: u32| match dice.upto(3) {
        0 => otherwise,
        _ => 1 + dice.upto(most) as u32,
    };
    let usual = RaftTiming::default();
    let entries_per_message = small(3, usual.entries_per_message);
    let in_flight_messages = small(3, usual.in_flight_messages);
    let snapshot_chunk_bytes = small(63, usual.snapshot_chunk_bytes);
    let uncommitted_bytes = small(99, usual.uncommitted_bytes);
    let mut choice = || match dice.upto(2) {
        0 => None,
        drawn => Some(drawn > 1),
    };
    let [pre_vote, check_quorum, no_op] = [(); 3].map(|()| choice());
    let reads = [ReadPath::Log, ReadPath::Index, ReadPath::Lease][dice.upto(2) as usize];
    // A lease is worth nothing where servers do not keep to their leader.
    let check_quorum = if reads == ReadPath::Lease {
        Some(true)
    } else {
        check_quorum
    };
    let follower_reads = dice.upto(1) > 0;
    let snapshots = dice.upto(3) > 0;
    let snapshot_every = 1 + dice.upto(9) as u32;
    let entries_kept = dice.upto(5) as u32;
    let expires = dice.upto(2) > 0;
    let session_expiry = Span::millis(300 + dice.upto(3_000));
    RaftTiming {
        preset: match dice.upto(1) {
            0 => RaftPreset::Paper,
            _ => RaftPreset::Production,
        },
        replicate_with_heartbeat: dice.upto(7) == 0,
        pre_vote,
        check_quorum,
        no_op,
        entries_per_message,
        in_flight_messages,
        uncommitted_bytes,
        snapshot_chunk_bytes,
        snapshot_every: snapshots.then_some(snapshot_every),
        entries_kept,
        reads,
        follower_reads,
        clock_drift_percent: DRIFT_PERCENT,
        session_expiry: expires.then_some(session_expiry),
        ..usual
    }
}
