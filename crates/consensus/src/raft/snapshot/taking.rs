//! Taking a snapshot, and letting go of the log that it stands for (Raft §7).
//!
//! The log stays as it is until the disk names the snapshot. So a crash at any moment finds either
//! the log, or a snapshot and the log behind it.

use super::{Snapshot, SnapshotRecord, Work};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::input::SnapshotId;
use crate::observation::Observation;
use crate::raft::disk::Deferred;
use crate::raft::durable::RaftWrite;
use crate::raft::leader::Leader;
use crate::raft::mutant::Mutant;
use crate::raft::position::LogIndex;
use crate::raft::rule::RaftRule;
use crate::raft::server::{Out, Server};
use alloc::sync::Arc;

impl Server {
    /// The application wishes for a snapshot.
    pub(in crate::raft) fn take_snapshot(&mut self, out: &mut Out) {
        if self.snapshots.work != Work::Idle {
            out.why(RaftRule::SnapshotUnderWay, Facts::NONE);
            return;
        }
        let handed = self.application.handed();
        let last = self.snapshots.latest.as_ref().map(|it| it.snapshot.last);
        if handed <= last.unwrap_or_default().index {
            out.why(RaftRule::SnapshotNotNeeded, Facts::number(handed.0));
            return;
        }
        // A newcomer is told of the voters by an entry that it has not come to yet, and whoever got
        // such a snapshot would know of none.
        if self.membership.at(handed).voters.is_empty() {
            out.why(RaftRule::SnapshotTooEarly, Facts::number(handed.0));
            return;
        }
        // It is to stand for one place in the log exactly, and so nothing more is handed over.
        self.application.hold();
        self.snapshots.work = Work::Awaiting;
        if self.application.applied() < handed {
            out.why(RaftRule::SnapshotAwaited, Facts::number(handed.0));
        }
        self.take_awaited_snapshot(out);
    }

    /// Takes the snapshot that was wished for, when the state machine has come so far.
    pub(in crate::raft) fn take_awaited_snapshot(&mut self, out: &mut Out) {
        let index = self.application.handed();
        if self.snapshots.work != Work::Awaiting || self.application.applied() < index {
            return;
        }
        let (Some(last), Some(digest)) = (self.log.position(index), self.log.digest_at(index))
        else {
            debug_assert!(false, "what is handed over stands in the log");
            return;
        };
        let sessions = match self.settings.breaks(Mutant::SessionsNotInSnapshot) {
            false => Arc::new(self.application.sessions.clone()),
            true => Arc::default(),
        };
        let record = SnapshotRecord {
            snapshot: Snapshot {
                last,
                digest,
                configuration: (**self.membership.at(index)).clone(),
            },
            sessions,
            len: 0,
        };
        out.why(RaftRule::SnapshotTaken, Facts::number(index.0));
        out.push(Effect::TakeSnapshot(record.id()));
        self.snapshots.work = Work::Taking(record);
        self.resume_application(out);
    }

    /// The host has taken a snapshot of `len` bytes, and keeps it.
    pub(in crate::raft) fn snapshot_taken(&mut self, id: SnapshotId, len: u64, out: &mut Out) {
        if let Work::Taking(record) = &mut self.snapshots.work
            && record.id() == id
        {
            let mut record = core::mem::take(record);
            record.len = len;
            self.snapshots.work = Work::Idle;
            self.name_snapshot(Arc::new(record), out);
        }
    }

    /// Has the disk name a snapshot that the host keeps, and let go of what it stands for, except
    /// for the last entries, which a follower may still need (see
    /// [`crate::raft::RaftSettings::entries_kept`]).
    pub(super) fn name_snapshot(&mut self, record: Arc<SnapshotRecord>, out: &mut Out) {
        let last = record.snapshot.last.index;
        let kept = u64::from(self.settings.entries_kept);
        let start = LogIndex(last.0.saturating_sub(kept)).max(self.log.start().index);
        self.snapshots.latest = Some(Arc::clone(&record));
        let id = record.id();
        let token = self.disk.begin(Some(Deferred::Snapshot { id, start }));
        let write = RaftWrite::Snapshot { record, start };
        out.push(Effect::Persist { token, write });
    }

    /// The disk names a snapshot: the log need no longer go back beyond `start`.
    pub(in crate::raft) fn snapshot_stored(
        &mut self,
        id: SnapshotId,
        start: LogIndex,
        out: &mut Out,
    ) {
        self.snapshots.stored = id;
        if start > self.log.start().index {
            self.log.compact_to(start);
            self.membership.forget_before(start);
            out.why(RaftRule::LogCompacted, Facts::number(start.0));
            out.observe(Observation::Compacted { index: start.0 });
        }
    }

    /// Has the host forget the snapshots that are needed no more: those before the one that the
    /// disk names, and before the one that a follower is still being sent.
    pub(in crate::raft) fn forget_snapshots(&self, leader: Option<&Leader>, out: &mut Out) {
        let sent = leader.and_then(Leader::earliest_sent);
        let stored = self.snapshots.stored;
        let before = sent.map_or(stored, |sent| sent.min(stored));
        out.push(Effect::ForgetSnapshots { before });
    }
}
