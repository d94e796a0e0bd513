//! A message of every kind, a server in every role, every short log.

use crate::server::*;
use crate::support::Bench;
use consensus::Input;
use consensus::raft::{
    Append, AppendAnswer, AppendOutcome, Configuration, HeartbeatRound, LogIndex, LogPosition,
    Raft, RaftMessage, RaftSettings, RaftTimer, ReadNumber, ReplicationSession, Snapshot,
    SnapshotAnswer, SnapshotChunk, SnapshotOutcome, Term,
};
use std::sync::Arc;

/// What a server of this term asks of others, or tells them as their leader; not the question
/// that goes before an election.
pub(super) fn requests(term: u64) -> Vec<RaftMessage> {
    let term = Term(term);
    vec![
        RaftMessage::VoteRequest {
            term,
            last: LogPosition::ZERO,
            transfer: false,
        },
        RaftMessage::Append(Append {
            term,
            ..Append::default()
        }),
        RaftMessage::Snapshot(piece(term).into()),
        RaftMessage::TimeoutNow { term },
    ]
}

/// What a server of this term answers, but to pre-votes.
pub(super) fn answers(term: u64) -> Vec<RaftMessage> {
    let term = Term(term);
    let (session, round) = (ReplicationSession(1), HeartbeatRound(1));
    vec![
        RaftMessage::VoteAnswer {
            term,
            granted: true,
        },
        RaftMessage::AppendAnswer(AppendAnswer {
            term,
            session,
            round,
            carried: true,
            outcome: AppendOutcome::Matched(LogIndex(1)),
        }),
        RaftMessage::SnapshotAnswer(SnapshotAnswer {
            term,
            session,
            round,
            last: LogIndex(1),
            outcome: SnapshotOutcome::Installed,
        }),
        RaftMessage::ReadAnswer {
            term,
            read: ReadNumber::default(),
            index: None,
        },
    ]
}

/// The first of the two pieces of a snapshot of one entry of term 1.
fn piece(term: Term) -> SnapshotChunk {
    SnapshotChunk {
        term,
        session: ReplicationSession(1),
        round: HeartbeatRound(1),
        snapshot: Snapshot {
            last: at(1, 1),
            digest: 1,
            configuration: Configuration {
                voters: [A, B, C].into(),
                ..Configuration::default()
            },
        },
        offset: 0,
        len: 2,
        bytes: [7].into(),
        sessions: Some(Arc::default()),
    }
}

/// Server A of 3 with an entry of term 1, in term 5, in each role.
pub(super) fn every_role() -> Vec<(&'static str, Bench<Raft>)> {
    let start = |settings| {
        let mut bench = set_up(3, settings, disk_of(&[1]));
        bench.give(heartbeat(B, 4));
        bench
    };
    let mut follower = start(RaftSettings::paper());
    follower.give(heartbeat(B, 5));
    let mut candidate = start(RaftSettings::paper());
    candidate.give(Input::Timer(RaftTimer::Election));
    let mut leader = start(RaftSettings::paper());
    elect(&mut leader, 3, 5);
    let mut asking = start(RaftSettings {
        pre_vote: true,
        ..RaftSettings::paper()
    });
    asking.give(heartbeat(B, 5));
    asking.give(Input::Timer(RaftTimer::Election));
    vec![
        ("follower", follower),
        ("candidate", candidate),
        ("leader", leader),
        ("pre-candidate", asking),
    ]
}

/// Terms of logs of up to three entries; terms never fall along a log.
pub(super) fn short_logs() -> Vec<Vec<u64>> {
    let mut logs = vec![vec![]];
    for length in 0..3 {
        let shorter: Vec<Vec<u64>> = logs
            .iter()
            .filter(|it| it.len() == length)
            .cloned()
            .collect();
        for log in shorter {
            for term in log.last().copied().unwrap_or(1)..=3 {
                logs.push(log.iter().copied().chain([term]).collect());
            }
        }
    }
    logs
}
