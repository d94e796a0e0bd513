//! Calls that reach a leader together ([`Input::Calls`]): as one after the other, but cheaper.

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    Append, Entry, LogIndex, Raft, RaftMessage, RaftRule, RaftSettings, RaftWrite,
};
use consensus::{Answer, Effect, Input, NodeId, Refusal};
use proptest::prelude::*;
use std::sync::Arc;

/// The appends of these effects, and to whom they go.
fn appends(done: &Done) -> Vec<(NodeId, Append)> {
    let append = |(to, message)| match message {
        RaftMessage::Append(append) => Some((to, append)),
        _ => None,
    };
    messages(done).into_iter().filter_map(append).collect()
}

/// The entries of each write.
fn written(done: &Done) -> Vec<Arc<[Entry]>> {
    let entries = |effect: &Effect<Raft>| match effect {
        Effect::Persist {
            write: RaftWrite::Log { entries, .. },
            ..
        } => Some(Arc::clone(entries)),
        _ => None,
    };
    done.iter().filter_map(entries).collect()
}

/// A leader of three, followed by both.
fn leader_with(settings: RaftSettings) -> Bench<Raft> {
    let mut bench = set_up(3, settings, disk_of(&[]));
    elect(&mut bench, 3, 1);
    for peer in [B, C] {
        bench.give(matched(peer, 1, 0));
    }
    bench
}

#[test]
fn calls_together_are_one_write_and_one_message_to_each_follower() {
    let mut bench = leader(3);
    let done = bench.give(calls(&[1, 2, 3]));
    let place = |effect: &Effect<Raft>| match effect {
        Effect::Why {
            rule: RaftRule::CommandAppended,
            facts,
        } => facts.number,
        _ => None,
    };
    let places: Vec<_> = done.iter().filter_map(place).collect();
    assert_eq!(places, [1, 2, 3]);
    let [entries] = written(&done).try_into().expect("one write");
    assert_eq!(entries.len(), 3);
    let to_all = appends(&done);
    let receivers: Vec<_> = to_all.iter().map(|(to, _)| *to).collect();
    assert_eq!(receivers, [B, C]);
    let shared = |append: &Append| Arc::ptr_eq(&append.entries, &entries);
    assert!(to_all.iter().all(|(_, it)| shared(it)), "no copy is made");
    bench.give(matched(B, 1, 3));
    assert_eq!(committed(&bench), 3);
}

#[test]
fn where_they_are_more_than_one_message_carries_they_fill_several() {
    let settings = RaftSettings {
        entries_per_message: 2,
        ..RaftSettings::default()
    };
    let mut bench = leader_with(settings);
    let done = bench.give(calls(&[1, 2, 3, 4, 5]));
    let sent = appends(&done);
    let sizes: Vec<_> = sent
        .iter()
        .map(|(to, it)| (*to, it.entries.len()))
        .collect();
    assert_eq!(sizes, [(B, 2), (B, 2), (B, 1), (C, 2), (C, 2), (C, 1)]);
    assert_eq!(written(&done).len(), 1);
}

#[test]
fn a_call_that_comes_twice_among_them_is_one_entry() {
    let mut bench = leader(3);
    let done = bench.give(calls(&[1, 2, 1]));
    assert!(said(&done, RaftRule::CallRepeated));
    assert_eq!(log(&bench).len(), 2);
    let done = bench.give(matched(B, 1, 2));
    let answered: Vec<_> = answers(&done).iter().map(|it| it.0).collect();
    assert_eq!(answered, [1, 2]);
}

#[test]
fn no_calls_are_no_entries() {
    let mut bench = leader(3);
    assert_eq!(bench.give(calls(&[])), []);
}

#[test]
fn a_follower_sends_each_of_them_away() {
    let mut bench = server(3);
    bench.give(heartbeat(C, 1));
    let refused = Answer::Refused {
        reason: Refusal::NotLeader,
        hint: Some(C),
    };
    let done = bench.give(calls(&[1, 2]));
    assert_eq!(answers(&done), [(1, refused.clone()), (2, refused)]);
}

/// What comes of a leader's calls: its log, and whom it refused and answered.
fn outcome_of(
    uncommitted_bytes: u32,
    inputs: Vec<Input<Raft>>,
) -> (Vec<Entry>, Vec<(u64, Answer)>) {
    let settings = RaftSettings {
        uncommitted_bytes,
        ..RaftSettings::default()
    };
    let mut bench = leader_with(settings);
    let mut told = Vec::new();
    for input in inputs {
        told.extend(answers(&bench.give(input)));
    }
    let last = bench.durable.log.last_index();
    told.extend(answers(&bench.give(matched(B, 1, last.0))));
    (
        bench.durable.log.copy_from(LogIndex(1), u32::MAX).to_vec(),
        told,
    )
}

proptest! {
    #[test]
    fn together_they_do_what_they_do_one_after_the_other(
        uncommitted_bytes in 1..400_u32,
        bursts in prop::collection::vec(prop::collection::vec(1..12_u64, 0..6), 0..4),
    ) {
        let together = bursts.iter().map(|burst| calls(burst)).collect();
        let apart = bursts.iter().flatten().map(|sequence| call(*sequence)).collect();
        prop_assert_eq!(outcome_of(uncommitted_bytes, together), outcome_of(uncommitted_bytes, apart));
    }
}
