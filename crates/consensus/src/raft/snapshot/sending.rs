//! Sending a snapshot to a follower whose next entry has left the log (Raft §7).
//!
//! One piece is on its way at a time: the next one follows when the follower says that it has the
//! one before. A piece is taken for lost, and sent again, when the follower has answered a later
//! heartbeat and not the piece. When it has all, an empty piece asks it, in the same way, whether
//! the snapshot is installed. A leader that takes another snapshot meanwhile finishes the one that
//! it sends: a follower that is slow would else never see the end of any.

use super::SnapshotRecord;
use crate::effect::Effect;
use crate::explain::Facts;
use crate::input::SnapshotId;
use crate::node::NodeId;
use crate::raft::leader::Leader;
use crate::raft::message::{
    HeartbeatRound, RaftMessage, ReplicationSession, SnapshotAnswer, SnapshotChunk, SnapshotOutcome,
};
use crate::raft::position::LogPosition;
use crate::raft::progress::{Progress, ProgressState};
use crate::raft::rule::RaftRule;
use crate::raft::server::{Out, Server};
use crate::time::Micros;
use alloc::boxed::Box;
use alloc::sync::Arc;

/// A snapshot on its way to one follower.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::raft) struct Sending {
    record: Arc<SnapshotRecord>,
    /// The follower has everything before this byte, as far as is known.
    offset: u64,
    /// Whether the host is reading the piece that begins there.
    reads: bool,
    /// In which heartbeat round the last piece was sent.
    round: HeartbeatRound,
}

/// What a follower's word about a snapshot told the leader.
enum News {
    /// It has more than was known.
    Progressed,
    /// It has less: it lost what it had.
    FellBack,
    /// Nothing new.
    None,
}

impl Sending {
    /// A snapshot of which nothing was sent yet.
    pub(in crate::raft) const fn new(record: Arc<SnapshotRecord>) -> Self {
        Self {
            record,
            offset: 0,
            reads: false,
            round: HeartbeatRound(0),
        }
    }

    /// Which snapshot it is.
    pub(in crate::raft) fn id(&self) -> SnapshotId {
        self.record.id()
    }

    /// The last position that it stands for.
    pub(in crate::raft) fn last(&self) -> LogPosition {
        self.record.snapshot.last
    }

    /// Has the host read the piece that comes next, where one does.
    fn read(&mut self, server: &Server, out: &mut Out) {
        if self.offset >= self.record.len && self.offset > 0 {
            return;
        }
        self.reads = true;
        out.push(Effect::ReadSnapshot {
            id: self.id(),
            offset: self.offset,
            len: server.settings.snapshot_chunk_bytes,
        });
    }

    /// The follower has everything before `offset`. Where it has less than it had, what comes next
    /// waits for the heartbeat: the word may only be late.
    fn received(&mut self, offset: u64) -> News {
        let before = self.offset;
        // What the host reads now belongs elsewhere.
        self.reads &= offset == before;
        self.offset = offset;
        match offset {
            _ if offset > before => News::Progressed,
            _ if offset < before => News::FellBack,
            _ => News::None,
        }
    }

    /// Sends the piece that comes next.
    fn send(
        &mut self,
        server: &Server,
        (to, session, round): (NodeId, ReplicationSession, HeartbeatRound),
        bytes: Arc<[u8]>,
        out: &mut Out,
    ) {
        self.round = round;
        let record = &self.record;
        let facts = Facts::peer(to).with_number(self.offset).with_of(record.len);
        out.why(RaftRule::SnapshotPieceSent, facts);
        let chunk = Box::new(SnapshotChunk {
            term: server.term,
            session,
            round,
            snapshot: record.snapshot.clone(),
            offset: self.offset,
            len: record.len,
            bytes,
            sessions: (self.offset == 0).then(|| Arc::clone(&record.sessions)),
        });
        out.send(to, RaftMessage::Snapshot(chunk));
    }
}

/// Begins to send the latest snapshot to a follower whose next entry has left the log.
pub(in crate::raft) fn begin(server: &Server, to: NodeId, progress: &mut Progress, out: &mut Out) {
    let Some(record) = &server.snapshots.latest else {
        debug_assert!(false, "a log is compacted for a snapshot alone");
        return;
    };
    let last = record.snapshot.last.index;
    out.why(RaftRule::SnapshotSent, Facts::peer(to).with_number(last.0));
    let mut sending = Sending::new(Arc::clone(record));
    sending.read(server, out);
    progress.become_snapshot(sending);
}

impl Leader {
    /// The earliest snapshot that some follower is being sent.
    pub(in crate::raft) fn earliest_sent(&self) -> Option<SnapshotId> {
        let states = self.followers.values().map(|progress| &progress.state);
        let sent = states.filter_map(|state| match state {
            ProgressState::Snapshot(sending) => Some(sending.id()),
            _ => None,
        });
        sent.min()
    }

    /// Sends again what must be taken for lost.
    pub(in crate::raft) fn repeat_pieces(&mut self, server: &Server, out: &mut Out) {
        let round = self.rounds.latest();
        for (peer, progress) in &mut self.followers {
            let ProgressState::Snapshot(sending) = &mut progress.state else {
                continue;
            };
            if sending.reads || progress.answered <= sending.round {
                continue;
            }
            let facts = Facts::peer(*peer).with_number(sending.offset);
            out.why(RaftRule::SnapshotPieceRepeated, facts);
            if sending.offset < sending.record.len {
                sending.read(server, out);
            } else {
                let address = (*peer, progress.session, round);
                sending.send(server, address, Arc::default(), out);
            }
        }
    }

    /// The host has read a piece: it goes to everyone who waits for it.
    pub(in crate::raft) fn snapshot_read(
        &mut self,
        server: &Server,
        (id, offset): (SnapshotId, u64),
        bytes: &Arc<[u8]>,
        out: &mut Out,
    ) {
        let round = self.rounds.latest();
        for (peer, progress) in &mut self.followers {
            let ProgressState::Snapshot(sending) = &mut progress.state else {
                continue;
            };
            if !sending.reads || (sending.id(), sending.offset) != (id, offset) {
                continue;
            }
            sending.reads = false;
            if !fits(sending.record.len, offset, bytes) {
                continue;
            }
            let address = (*peer, progress.session, round);
            sending.send(server, address, Arc::clone(bytes), out);
        }
    }

    /// Takes a follower's answer to a piece of this term.
    pub(in crate::raft) fn snapshot_answered(
        &mut self,
        server: &mut Server,
        now: Micros,
        from: NodeId,
        answer: &SnapshotAnswer,
        out: &mut Out,
    ) {
        // It answers a piece of another term, whose rounds and sessions mean nothing here.
        if answer.outcome == SnapshotOutcome::Stale {
            out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            return;
        }
        let installed = answer.outcome == SnapshotOutcome::Installed;
        let matched = installed.then_some(answer.last);
        let said = (answer.session, answer.round, matched);
        let Some(news) = self.hears(server, now, from, said, out) else {
            return;
        };
        self.advance(server, from, answer, out);
        self.note_round(server, now, news, out);
    }

    /// A follower says how far it is with its snapshot.
    fn advance(
        &mut self,
        server: &mut Server,
        from: NodeId,
        answer: &SnapshotAnswer,
        out: &mut Out,
    ) {
        let facts = Facts::peer(from);
        let Some(progress) = self.followers.get_mut(&from) else {
            return;
        };
        let ProgressState::Snapshot(sending) = &mut progress.state else {
            out.why(RaftRule::AnswerUnneeded, facts);
            return;
        };
        let last = sending.last().index;
        match answer.outcome {
            SnapshotOutcome::Stale => out.why(RaftRule::AnswerUnneeded, facts),
            // It is about a snapshot that it is not sent, or not any more.
            _ if answer.session != progress.session || answer.last != last => {
                out.why(RaftRule::AnswerUnneeded, facts)
            }
            SnapshotOutcome::Installed => {
                self.accepted(server, from, (answer.session, last), out);
                server.forget_snapshots(Some(self), out);
            }
            SnapshotOutcome::Received(offset) if offset > sending.record.len => {
                out.why(RaftRule::IgnoredMalformed, facts);
            }
            SnapshotOutcome::Received(offset) => {
                let facts = facts.with_number(offset).with_of(sending.record.len);
                match sending.received(offset) {
                    News::Progressed => {
                        out.why(RaftRule::SnapshotProgressed, facts);
                        sending.read(server, out);
                    }
                    News::FellBack => out.why(RaftRule::SnapshotFellBack, facts),
                    News::None => out.why(RaftRule::AnswerUnneeded, facts),
                }
            }
        }
    }
}

/// Whether a piece is one of a snapshot of `len` bytes: a host that lost it reads nothing.
fn fits(len: u64, offset: u64, bytes: &[u8]) -> bool {
    let end = offset.checked_add(bytes.len() as u64);
    end.is_some_and(|end| end <= len) && (len == 0 || !bytes.is_empty())
}
