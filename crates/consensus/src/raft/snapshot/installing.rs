//! Putting a snapshot in place of state machine and log, and booting on one (Raft §7).
//!
//! The host keeps the bytes first; then the disk names the snapshot; then the leader is answered.
//! A crash before the disk names it finds the old snapshot, which the host still keeps, and the
//! whole log.

use super::{SnapshotRecord, Work};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::input::SnapshotId;
use crate::node::NodeId;
use crate::observation::Observation;
use crate::raft::Raft;
use crate::raft::membership::Membership;
use crate::raft::message::{RaftMessage, SnapshotAnswer};
use crate::raft::position::LogIndex;
use crate::raft::role::Role;
use crate::raft::rule::RaftRule;
use crate::raft::server::{Out, Server};
use alloc::sync::Arc;
use core::mem;

/// A snapshot that the host puts in place of the state machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Installation {
    record: SnapshotRecord,
    /// The leader who sent it, and what it is told when it is done.
    reply: (NodeId, SnapshotAnswer),
}

impl Server {
    /// Has the host keep a snapshot that has come whole, and replace the state machine by it.
    /// Until that is done, nothing more is handed over.
    pub(super) fn install_snapshot(
        &mut self,
        record: SnapshotRecord,
        bytes: Arc<[u8]>,
        reply: (NodeId, SnapshotAnswer),
        out: &mut Out,
    ) {
        debug_assert!(record.snapshot.last.index > self.commit, "never back");
        self.application.hold();
        let id = record.id();
        out.push(Effect::InstallSnapshot { id, bytes });
        // Whatever was being taken is of an earlier state.
        self.snapshots.work = Work::Installing(Installation { record, reply });
    }

    /// Asks for the state machine that the disk names, where it names one.
    pub(in crate::raft) fn restore_snapshot(&self, out: &mut Out) {
        if let (Work::Restoring, Some(record)) = (&self.snapshots.work, &self.snapshots.latest) {
            out.push(Effect::RestoreSnapshot(record.id()));
            out.observe(committed(record));
        }
    }

    /// Puts a snapshot in place of the log, where the log does not hold its last entry.
    fn take_over(&mut self, record: &SnapshotRecord, out: &mut Out) {
        let snapshot = &record.snapshot;
        if snapshot.last.index > self.commit && !self.log.contains(snapshot.last) {
            self.log.take_over(snapshot);
            let configuration = Arc::new(snapshot.configuration.clone());
            self.membership = Membership::new(snapshot.last.index, configuration);
            out.observe(Observation::SnapshotInstalled {
                index: snapshot.last.index.0,
                term: snapshot.last.term.0,
                digest: snapshot.digest,
            });
            self.observe_members(out);
            self.commit = snapshot.last.index;
            out.observe(committed(record));
        }
        // Nothing is handed over yet, whatever is committed.
        self.commit_to(snapshot.last.index, out);
        let sessions = (*record.sessions).clone();
        self.application.restore(snapshot.last.index, sessions);
    }
}

impl Raft {
    /// The disk names a snapshot.
    pub(in crate::raft) fn snapshot_stored(
        &mut self,
        id: SnapshotId,
        start: LogIndex,
        out: &mut Out,
    ) {
        self.server.snapshot_stored(id, start, out);
        let leader = match &self.role {
            Role::Leader(leader) => Some(leader),
            _ => None,
        };
        self.server.forget_snapshots(leader, out);
    }

    /// The state machine stands as a snapshot says.
    pub(in crate::raft) fn snapshot_installed(&mut self, id: SnapshotId, out: &mut Out) {
        let server = &mut self.server;
        match mem::take(&mut server.snapshots.work) {
            // What was committed meanwhile goes on from there.
            Work::Restoring if id == server.snapshots.stored => {
                out.why(RaftRule::SnapshotRestored, Facts::number(id.0));
                server.resume_application(out);
            }
            Work::Installing(Installation { record, reply }) if id == record.id() => {
                let (to, answer) = reply;
                out.why(
                    RaftRule::SnapshotInstalled,
                    Facts::peer(to).with_number(id.0),
                );
                server.take_over(&record, out);
                server.name_snapshot(Arc::new(record), out);
                self.follow_up(to, answer, out);
                self.server.resume_application(out);
            }
            // It is not the one that is waited for.
            work => server.snapshots.work = work,
        }
    }

    /// Tells the leader that its snapshot is installed, as soon as the disk bears it out, and
    /// where its reign lasts until then.
    fn follow_up(&mut self, to: NodeId, answer: SnapshotAnswer, out: &mut Out) {
        if answer.term != self.server.term {
            return;
        }
        if let Role::Follower(follower) = &mut self.role {
            follower.matched = follower.matched.max(answer.last);
        }
        self.server
            .promise(to, RaftMessage::SnapshotAnswer(answer), out);
    }
}

/// A snapshot stands for what is committed.
const fn committed(record: &SnapshotRecord) -> Observation {
    let LogIndex(index) = record.snapshot.last.index;
    Observation::Committed {
        index,
        term: record.snapshot.last.term.0,
        digest: record.snapshot.digest,
    }
}
