//! A leader: it takes commands, copies its log to all, and commits by counting (Raft §5.3, §5.4).

use super::changes::Changes;
use super::cluster_time::ClusterTime;
use super::disk::Deferred;
use super::heartbeat_rounds::HeartbeatRounds;
use super::log::{Entry, EntryContent};
use super::message::{RaftMessage, ReplicationSession};
use super::mutant::Mutant;
use super::position::LogIndex;
use super::progress::Progress;
use super::read_index::ReadIndex;
use super::role::Next;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::settings::ReadPath;
use super::timer::RaftTimer;
use super::transfer::Transfer;
use super::uncommitted::Uncommitted;
use crate::client::{Answer, Call, Operation, Output, Refusal};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::iter;
use litemap::LiteMap;

/// What only a leader knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Leader {
    /// Every other member, and what is known of it.
    pub(super) followers: LiteMap<NodeId, Progress>,
    /// The last session that was begun with a follower.
    session: ReplicationSession,
    /// Its heartbeats.
    pub(super) rounds: HeartbeatRounds,
    /// Up to here its own log is on its own disk; only that much counts.
    pub(super) stored: LogIndex,
    /// The last entry that a quorum was found to hold.
    pub(super) counted: LogIndex,
    /// What it has appended and not committed.
    pub(super) uncommitted: Uncommitted,
    /// Where its log ended at the last heartbeat: what is uncommitted since then waits.
    pub(super) seen: LogIndex,
    /// The last entry of which it has said that it waits.
    pub(super) told: LogIndex,
    /// By which it stamps its entries.
    time: ClusterTime,
    /// What its reads wait for.
    pub(super) reading: ReadIndex,
    /// Whom it hands its leadership over to, where it does.
    pub(super) transfer: Option<Transfer>,
    /// Whether it has told somebody to stand in its place.
    pub(super) dismissed: bool,
    /// What it has yet to do about its members.
    pub(super) changes: Changes,
}

impl Leader {
    /// A leader as its reign begins.
    pub(super) fn new(server: &Server, now: Micros) -> Self {
        let last = server.log.last_index();
        let session = ReplicationSession(1);
        let book = |peer| (peer, Progress::new(session, last, now));
        Self {
            followers: server.peers().map(book).collect(),
            session,
            rounds: HeartbeatRounds::default(),
            counted: server.commit,
            uncommitted: Uncommitted::after(last),
            // It won by its own vote, which was stored after everything in its log.
            stored: last,
            seen: last,
            told: last,
            time: ClusterTime::begin(server, now),
            reading: ReadIndex::new(last),
            transfer: None,
            dismissed: false,
            changes: Changes::default(),
        }
    }

    /// Begins its reign with an entry of its own, where it is set so: committing that commits
    /// what earlier terms left, without waiting for a client (§5.4.2, §8).
    pub(super) fn begin(&mut self, server: &mut Server, now: Micros, out: &mut Out) {
        // A change of the members must not wait for a client either.
        if server.settings.no_op || server.membership.is_changing(server.commit) {
            self.append_no_op(server, now, out);
        }
    }

    /// Puts an empty entry of its own at the end of its log.
    pub(super) fn append_no_op(&mut self, server: &mut Server, now: Micros, out: &mut Out) {
        let index = server.log.last_index().next();
        out.why(RaftRule::NoOpAppended, Facts::number(index.0));
        let entry = self.entry(server, now, EntryContent::NoOp);
        self.append(server, iter::once(entry).collect(), out);
    }

    /// Opens a book on a member that it did not follow until now. The next heartbeat reaches it.
    pub(super) fn follow_member(&mut self, server: &Server, now: Micros, node: NodeId) {
        if node != server.node && self.followers.get(&node).is_none() {
            let last = server.log.last_index();
            let progress = Progress::new(self.next_session(), last, now);
            self.followers.insert(node, progress);
        }
    }

    /// Closes the book on a member that is none any more: what it answers from here on counts for
    /// nothing, even when it is a member again.
    pub(super) fn forget_member(&mut self, node: NodeId) {
        self.followers.remove(&node);
    }

    /// A session that no follower has had.
    pub(super) const fn next_session(&mut self) -> ReplicationSession {
        self.session = ReplicationSession(self.session.0.saturating_add(1));
        self.session
    }

    /// Takes one message of the current term.
    pub(super) fn step(
        &mut self,
        server: &mut Server,
        now: Micros,
        from: NodeId,
        message: RaftMessage,
        out: &mut Out,
    ) -> Next {
        match message {
            // Its followers' answers move its log towards commitment.
            RaftMessage::AppendAnswer(answer) => {
                self.answered(server, now, from, &answer, out);
            }
            RaftMessage::SnapshotAnswer(answer) => {
                self.snapshot_answered(server, now, from, &answer, out);
            }
            // It has voted for itself; a candidate of this very term came too late.
            RaftMessage::VoteRequest { last, .. } => {
                server.consider_vote(from, last, out);
            }
            // While a majority answers it, nobody has to ask.
            RaftMessage::PreVoteRequest { term, round, last } => {
                let leader_lives = self.has_quorum(server, now);
                server.consider_pre_vote(from, (term, round), last, leader_lives, out);
            }
            RaftMessage::ReadRequest { read, .. } => {
                self.asked_for_index(server, now, from, read, out);
            }
            // It has won already.
            RaftMessage::VoteAnswer { .. }
            | RaftMessage::PreVoteAnswer { .. }
            | RaftMessage::ReadAnswer { .. } => {
                out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            }
            // A term has one leader, and this is it.
            RaftMessage::Append(_) | RaftMessage::Snapshot(_) | RaftMessage::TimeoutNow { .. } => {
                let facts = Facts::peer(from).with_number(server.term.0);
                out.why(RaftRule::IgnoredSecondLeader, facts);
            }
        }
        Next::Stay
    }

    /// Asserts itself towards everyone, with entries where a follower lacks some (R6).
    pub(super) fn heartbeat(&mut self, server: &Server, now: Micros, out: &mut Out) {
        self.give_up_late_transfer(server, now, out);
        self.say_what_waits(server, out);
        self.repeat_pieces(server, out);
        self.begin_round(server, now, out);
        out.arm(RaftTimer::Heartbeat, server.settings.heartbeat);
    }

    /// Takes a client's call.
    pub(super) fn call(&mut self, server: &mut Server, now: Micros, call: Call, out: &mut Out) {
        let index = server.log.last_index().next();
        if let Some(entry) = self.take(server, now, call, index, 0, out) {
            self.append(server, iter::once(entry).collect(), out);
        }
        self.prove_reads(server, now, out);
    }

    /// Takes calls that came together: one write for all, and one message to each follower that
    /// has room for them.
    pub(super) fn calls(
        &mut self,
        server: &mut Server,
        now: Micros,
        calls: Vec<Call>,
        out: &mut Out,
    ) {
        let mut entries: Vec<Entry> = Vec::with_capacity(calls.len());
        let (mut index, mut bytes) = (server.log.last_index().next(), 0);
        for call in calls {
            if let Some(entry) = self.take(server, now, call, index, bytes, out) {
                bytes += entry.content().weight();
                index = index.next();
                entries.push(entry);
            }
        }
        if !entries.is_empty() {
            self.append(server, entries.into(), out);
        }
        self.prove_reads(server, now, out);
    }

    /// Makes an entry of a call, which is to stand at `index` behind others of so many bytes that
    /// came with it; or says why not, or notes a read that needs none.
    fn take(
        &mut self,
        server: &mut Server,
        now: Micros,
        call: Call,
        index: LogIndex,
        bytes: u64,
        out: &mut Out,
    ) -> Option<Entry> {
        let id = call.command.call;
        // A client that hears nothing asks again; one entry is enough.
        if let Some(index) = server.calls.entry_of(id) {
            out.why(RaftRule::CallRepeated, Facts::number(index.0));
            return None;
        }
        if server.reads.holds(id) {
            out.why(RaftRule::CallRepeated, Facts::NONE);
            return None;
        }
        if self.refuses_call(id, out) {
            return None;
        }
        if call.operation == Operation::Read && server.settings.reads != ReadPath::Log {
            self.read(server, now, call.command, out);
            return None;
        }
        let is_write = call.operation == Operation::Write;
        let (rule, content) = server.entry_for(call, out)?;
        let settings = &server.settings;
        if !self.uncommitted.takes(settings, bytes, content.weight()) {
            out.why(RaftRule::CallRefusedTooMuchUncommitted, Facts::NONE);
            let reason = Refusal::TooMuchUncommitted;
            let answer = Answer::Refused { reason, hint: None };
            out.push(Effect::Answer { call: id, answer });
            return None;
        }
        out.why(rule, Facts::number(index.0));
        server.calls.open(id, index);
        if is_write && server.settings.breaks(Mutant::AnsweredBeforeCommit) {
            server.answer_waiting(RaftRule::ClientAnswered, id, index, Output::EMPTY, out);
        }
        Some(self.entry(server, now, content))
    }

    /// Puts entries at the end of its log, where they count once they are stored, and sends them,
    /// where the settings say that this is done at once.
    pub(super) fn append(&mut self, server: &mut Server, entries: Arc<[Entry]>, out: &mut Out) {
        let (term, after) = (server.term, server.log.last());
        for entry in entries.iter() {
            self.uncommitted.add(entry.content().weight());
        }
        let up_to = after.index.plus(entries.len() as u64);
        let then = Deferred::OwnEntries { term, up_to };
        server.write_log(after, entries, Some(then), out);
        self.feed_all(server, out);
    }

    /// An entry of the leader's term, made now.
    pub(super) fn entry(&self, server: &Server, now: Micros, content: EntryContent) -> Entry {
        Entry::new(server.term, self.time.stamp(now), content)
    }

    /// How many followers it keeps a book on, with their questions; what is in flight to each is
    /// bounded by a setting.
    pub(super) fn bookkeeping(&self) -> u64 {
        (self.followers.len() + self.questions().count()) as u64 + self.changes.bookkeeping()
    }
}
