//! Collecting the pieces of the leader's snapshot (InstallSnapshot, Raft §7).
//!
//! Pieces are taken in order, and each answer says from where on they are wanted. What has come so
//! far is kept in memory, and only that much: a length is believed when it has come.

use super::{Snapshot, SnapshotRecord};
use crate::explain::Facts;
use crate::node::NodeId;
use crate::raft::follower::Follower;
use crate::raft::message::{RaftMessage, ReplicationSession, SnapshotChunk, SnapshotOutcome};
use crate::raft::rule::RaftRule;
use crate::raft::server::{Out, Server};
use crate::raft::sessions::Sessions;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// A snapshot of which some pieces have come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::raft) struct Receiving {
    session: ReplicationSession,
    snapshot: Snapshot,
    sessions: Arc<Sessions>,
    len: u64,
    bytes: Vec<u8>,
}

impl Receiving {
    /// Begins with a first piece.
    fn begin(chunk: &SnapshotChunk) -> Option<Self> {
        Some(Self {
            session: chunk.session,
            snapshot: chunk.snapshot.clone(),
            sessions: Arc::clone(chunk.sessions.as_ref()?),
            len: chunk.len,
            bytes: Vec::new(),
        })
    }

    /// Whether the piece is one of this snapshot.
    fn is_of(&self, chunk: &SnapshotChunk) -> bool {
        self.session == chunk.session && self.len == chunk.len && self.snapshot == chunk.snapshot
    }

    /// Whether the leader sent the piece before it began with this snapshot: it never goes back to
    /// an earlier one.
    fn is_later_than(&self, chunk: &SnapshotChunk) -> bool {
        let (own, other) = (&self.snapshot.last, &chunk.snapshot.last);
        (self.session, own.index) > (chunk.session, other.index)
    }

    /// How many bytes have come.
    fn received(&self) -> u64 {
        self.bytes.len() as u64
    }
}

impl Follower {
    /// Takes a piece of its leader's snapshot.
    pub(in crate::raft) fn receive_snapshot(
        &mut self,
        server: &mut Server,
        from: NodeId,
        chunk: &SnapshotChunk,
        out: &mut Out,
    ) {
        let last = chunk.snapshot.last;
        let facts = Facts::peer(from).with_number(last.index.0);
        let known = server.log.term_at(last.index);
        let fixed = self.matched.max(server.commit);
        if last.index <= fixed && known.is_some_and(|term| term != last.term) {
            // To obey would break a promise, so there is no answer either.
            out.why(RaftRule::IgnoredContradiction, facts);
        } else if last.index <= server.commit || server.log.contains(last) {
            // It is committed, and stands here: what follows it is kept, and nothing replaced.
            out.why(RaftRule::SnapshotKnown, facts);
            self.receiving = None;
            self.matched = self.matched.max(last.index);
            server.commit_to(last.index, out);
            let answer = chunk.answer(SnapshotOutcome::Installed);
            server.promise(from, RaftMessage::SnapshotAnswer(answer), out);
        } else if server.snapshots.installs() {
            out.why(RaftRule::SnapshotUnderWay, Facts::NONE);
        } else {
            self.collect(server, from, chunk, out);
        }
    }

    fn collect(&mut self, server: &mut Server, from: NodeId, chunk: &SnapshotChunk, out: &mut Out) {
        let facts = Facts::peer(from);
        if let Some(receiving) = &self.receiving
            && !receiving.is_of(chunk)
        {
            if receiving.is_later_than(chunk) {
                out.why(RaftRule::SnapshotPieceOld, facts);
                return;
            }
            self.receiving = None;
        }
        if self.receiving.is_none() && chunk.offset == 0 {
            self.receiving = Receiving::begin(chunk);
        }
        let received = match &mut self.receiving {
            Some(receiving) if receiving.received() == chunk.offset => {
                receiving.bytes.extend_from_slice(&chunk.bytes);
                let facts = facts.with_number(receiving.received());
                out.why(RaftRule::SnapshotPieceTaken, facts.with_of(chunk.len));
                receiving.received()
            }
            receiving => {
                let received = receiving.as_ref().map_or(0, Receiving::received);
                out.why(RaftRule::SnapshotPieceUnfit, facts.with_number(received));
                received
            }
        };
        // To have it in memory promises nothing.
        let heard = chunk.answer(SnapshotOutcome::Received(received));
        out.send(from, RaftMessage::SnapshotAnswer(heard));
        if received == chunk.len
            && let Some(whole) = self.receiving.take()
        {
            out.why(RaftRule::SnapshotComplete, facts);
            let record = SnapshotRecord {
                snapshot: whole.snapshot,
                sessions: whole.sessions,
                len: whole.len,
            };
            let answer = chunk.answer(SnapshotOutcome::Installed);
            server.install_snapshot(record, whole.bytes.into(), (from, answer), out);
        }
    }
}
