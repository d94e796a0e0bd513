//! Snapshots (Raft §7): taken, sent, installed, and found again after a crash.

mod crashes;
mod hosts;
mod installing;
mod noise;
mod restarting;
mod sending;
mod taking;
mod weather;
mod wiped;

use crate::server::*;
use crate::support::Bench;
use consensus::raft::{
    Configuration, HeartbeatRound, LogIndex, LogPosition, Raft, RaftDurable, RaftMessage,
    RaftSettings, RaftWrite, ReplicationSession, Snapshot, SnapshotAnswer, SnapshotChunk,
    SnapshotOutcome, SnapshotRecord, Term,
};
use consensus::{Commands, Control, Effect, Input, Protocol, SnapshotId};
use std::sync::Arc;

/// Pieces of 4 bytes, and no entry kept that a snapshot stands for.
fn settings() -> RaftSettings {
    RaftSettings {
        snapshot_chunk_bytes: 4,
        entries_kept: 0,
        ..RaftSettings::paper()
    }
}

fn wish() -> Input<Raft> {
    Input::Control(Control::TakeSnapshot)
}

fn taken(id: u64, len: u64) -> Input<Raft> {
    let id = SnapshotId(id);
    Input::SnapshotTaken { id, len }
}

fn installed(id: u64) -> Input<Raft> {
    Input::SnapshotInstalled { id: SnapshotId(id) }
}

/// What a step asks of the state machine, in a word and a number each.
fn asks(done: &Done) -> Vec<(&'static str, u64)> {
    let ask = |effect: &Effect<Raft>| match effect {
        Effect::Apply(run) => run.placed().map(|it| ("apply", it.0)).collect(),
        Effect::TakeSnapshot(id) => vec![("take", id.0)],
        Effect::ReadSnapshot { offset, .. } => vec![("read", *offset)],
        Effect::InstallSnapshot { id, .. } => vec![("install", id.0)],
        Effect::RestoreSnapshot(id) => vec![("restore", id.0)],
        Effect::ForgetSnapshots { before } => vec![("forget", before.0)],
        _ => vec![],
    };
    done.iter().flat_map(ask).collect()
}

/// The snapshots that a step has the disk name, and where the log may start then.
fn named(done: &Done) -> Vec<(SnapshotRecord, u64)> {
    let name = |effect: &Effect<Raft>| match effect {
        Effect::Persist {
            write: RaftWrite::Snapshot { record, start },
            ..
        } => Some((SnapshotRecord::clone(record), start.0)),
        _ => None,
    };
    done.iter().filter_map(name).collect()
}

/// Tells the server that every write of a step is stored.
fn store(bench: &mut Bench<Raft>, done: &Done) -> Done {
    let stored = done.iter().filter_map(|effect| match effect {
        Effect::Persist { token, .. } => Some(Input::Stored(*token)),
        _ => None,
    });
    stored.flat_map(|input| bench.give(input)).collect()
}

/// Follower A of B in term 1 with so many entries, all committed and applied.
fn follower(entries: usize) -> Bench<Raft> {
    let mut bench = set_up(3, settings(), RaftDurable::default());
    let last = entries as u64;
    bench.give(append(B, 1, LogPosition::ZERO, &vec![1; entries], last));
    bench
}

/// A disk that names a snapshot of entries of term 1 up to `index`, and holds no others.
fn disk_behind(index: u64) -> RaftDurable {
    let mut bench = follower(index as usize);
    bench.give(wish());
    bench.give(taken(index, 9));
    bench.durable
}

/// What such a snapshot is.
fn snapshot(index: u64) -> Snapshot {
    let durable = disk_behind(index);
    durable.snapshot.expect("it was taken").snapshot.clone()
}

/// All bytes of the snapshot that is sent.
const BYTES: [u8; 10] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/// The piece of `snapshot` with the bytes from `offset` on, as B sends it in term 1.
fn piece_of(snapshot: &Snapshot, offset: usize, len: usize) -> SnapshotChunk {
    SnapshotChunk {
        term: Term(1),
        session: ReplicationSession(1),
        round: HeartbeatRound(1),
        snapshot: snapshot.clone(),
        offset: offset as u64,
        len: BYTES.len() as u64,
        bytes: BYTES[offset..offset + len].into(),
        sessions: (offset == 0).then(Arc::default),
    }
}

fn piece(snapshot: &Snapshot, offset: usize, len: usize) -> Input<Raft> {
    sent(piece_of(snapshot, offset, len))
}

fn sent(chunk: SnapshotChunk) -> Input<Raft> {
    from(B, RaftMessage::Snapshot(chunk.into()))
}

/// What a step answers to pieces.
fn outcomes(done: &Done) -> Vec<SnapshotOutcome> {
    let answer = |(_, message)| match message {
        RaftMessage::SnapshotAnswer(answer) => Some(answer.outcome),
        _ => None,
    };
    messages(done).into_iter().filter_map(answer).collect()
}

/// The pieces that a step sends to C: from where, and their bytes.
fn pieces(done: &Done) -> Vec<(u64, Vec<u8>)> {
    let piece = |(to, message)| match message {
        RaftMessage::Snapshot(chunk) if to == C => Some((chunk.offset, chunk.bytes.to_vec())),
        _ => None,
    };
    messages(done).into_iter().filter_map(piece).collect()
}

/// C's answer to a piece of the snapshot up to `last`, in a heartbeat round.
fn answer(last: u64, round: u64, outcome: SnapshotOutcome) -> Input<Raft> {
    let answer = SnapshotAnswer {
        term: Term(1),
        session: ReplicationSession(1),
        round: HeartbeatRound(round),
        last: LogIndex(last),
        outcome,
    };
    from(C, RaftMessage::SnapshotAnswer(answer))
}

fn voters(nodes: &[consensus::NodeId]) -> Configuration {
    Configuration {
        voters: nodes.into(),
        ..Configuration::default()
    }
}
