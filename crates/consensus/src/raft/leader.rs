//! A leader: it takes commands, copies its log to all, and commits by counting (Raft §5.3, §5.4).

use super::cluster_time::ClusterTime;
use super::disk::Deferred;
use super::log::{Entry, EntryContent};
use super::message::{Append, AppendOutcome, HeartbeatRound, RaftMessage, ReplicationSession};
use super::mutant::Mutant;
use super::position::{LogIndex, Term};
use super::progress::{News, Pace, Progress};
use super::role::Next;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::settings::ReplicateWhen;
use super::timer::RaftTimer;
use super::transfer::Transfer;
use crate::client::Call;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;
use core::iter;
use litemap::LiteMap;

/// What only a leader knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Leader {
    /// Every other member, and what is known of it.
    pub(super) followers: LiteMap<NodeId, Progress>,
    /// Up to here its own log is on its own disk; only that much counts.
    stored: LogIndex,
    /// Where its log ended at the last heartbeat: what is uncommitted since then waits.
    seen: LogIndex,
    /// The last entry of which it has said that it waits.
    told: LogIndex,
    /// When its reign began, by its monotonic clock.
    pub(super) since: Micros,
    /// By which it stamps its entries.
    time: ClusterTime,
    /// Whom it hands its leadership over to, where it does.
    pub(super) transfer: Option<Transfer>,
}

impl Leader {
    /// A leader as its reign begins.
    pub(super) fn new(server: &Server, now: Micros) -> Self {
        let last = server.log.last_index();
        Self {
            followers: server.peers().map(|p| (p, Progress::new(last))).collect(),
            // It won by its own vote, which was stored after everything in its log.
            stored: last,
            seen: last,
            told: last,
            since: now,
            time: ClusterTime::begin(server, now),
            transfer: None,
        }
    }

    /// Begins its reign with an entry of its own, where it is set so: committing that commits
    /// what earlier terms left, without waiting for a client (§5.4.2, §8).
    pub(super) fn begin(&mut self, server: &mut Server, now: Micros, out: &mut Out) {
        if server.settings.no_op {
            let index = server.log.last_index().next();
            out.why(RaftRule::NoOpAppended, Facts::number(index.0));
            append(server, self.time.stamp(now), EntryContent::NoOp, out);
        }
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
                self.answered(server, now, from, answer.outcome, out);
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
            // It has won already.
            RaftMessage::VoteAnswer { .. }
            | RaftMessage::PreVoteAnswer { .. }
            | RaftMessage::SnapshotAnswer(_)
            | RaftMessage::ReadRequest { .. }
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
        out.why(RaftRule::HeartbeatSent, Facts::NONE);
        for (peer, progress) in &mut self.followers {
            send_append(server, *peer, progress, out);
        }
        out.arm(RaftTimer::Heartbeat, server.settings.heartbeat);
    }

    /// Takes a client's call; reads go through the log like writes.
    pub(super) fn call(&mut self, server: &mut Server, now: Micros, call: Call, out: &mut Out) {
        let id = call.command.call;
        // A client that hears nothing asks again; one entry is enough.
        if let Some(index) = server.calls.entry_of(id) {
            out.why(RaftRule::CallRepeated, Facts::number(index.0));
            return;
        }
        if self.refuses_call(id, out) {
            return;
        }
        let Some((rule, content)) = server.entry_for(call, out) else {
            return;
        };
        let index = server.log.last_index().next();
        out.why(rule, Facts::number(index.0));
        server.calls.open(id, index);
        append(server, self.time.stamp(now), content, out);
        if server.settings.replicate == ReplicateWhen::AtOnce {
            let streams = |progress: &Progress| progress.pace == Pace::Stream;
            for (peer, progress) in self.followers.iter_mut().filter(|(_, p)| streams(p)) {
                send_append(server, *peer, progress, out);
            }
        }
    }

    /// Its own entries up to `up_to` are stored: from here on it counts itself.
    pub(super) fn own_entries_stored(
        &mut self,
        server: &mut Server,
        term: Term,
        up_to: LogIndex,
        out: &mut Out,
    ) {
        if term == server.term {
            let before = self.held_by_majority(server);
            self.stored = self.stored.max(up_to);
            self.commit_what_counts(server, before, out);
        }
    }

    /// How many followers it keeps a book on.
    pub(super) fn bookkeeping(&self) -> u64 {
        self.followers.len() as u64
    }

    fn answered(
        &mut self,
        server: &mut Server,
        now: Micros,
        from: NodeId,
        outcome: AppendOutcome,
        out: &mut Out,
    ) {
        let before = self.held_by_majority(server);
        let at_once =
            server.settings.replicate == ReplicateWhen::AtOnce || self.hands_over_to(from);
        let Some(progress) = self.followers.get_mut(&from) else {
            return;
        };
        let facts = Facts::peer(from);
        match outcome {
            // It was sent no such entry.
            AppendOutcome::Matched(index) if index > server.log.last_index() => {
                out.why(RaftRule::IgnoredMalformed, facts);
                return;
            }
            // The follower has more than was known, or it is there, which is news as well (R12).
            AppendOutcome::Matched(index) => {
                let rule = match progress.accepted(index) {
                    News::Advanced => RaftRule::FollowerMatched,
                    News::Alive => RaftRule::FollowerAnswered,
                };
                out.why(rule, facts.with_number(index.0));
                let lacks = progress.next <= server.log.last_index();
                if lacks && at_once {
                    send_append(server, from, progress, out);
                }
            }
            // The logs part earlier than was thought: try from there at once.
            AppendOutcome::Differs { at, agree } => {
                if progress.refused(at, agree.index) {
                    out.why(RaftRule::LeaderBacksUp, facts.with_number(progress.next.0));
                    send_append(server, from, progress, out);
                } else {
                    out.why(RaftRule::AnswerUnneeded, facts);
                }
            }
            // It answers an append of an earlier reign; this one is of the present term.
            AppendOutcome::Stale => out.why(RaftRule::AnswerUnneeded, facts),
        }
        if let Some(progress) = self.followers.get_mut(&from) {
            progress.last_answer = Some(now);
        }
        self.hand_over_if_ready(server, from, out);
        self.commit_what_counts(server, before, out);
    }

    /// Up to where a server is known to hold the log; this one only as far as it is stored.
    fn held_by(&self, server: &Server, node: NodeId) -> LogIndex {
        if node == server.node {
            return self.stored;
        }
        let progress = self.followers.get(&node);
        progress.map_or(LogIndex::ZERO, |it| it.matched)
    }

    /// The last index that a majority of all voters holds.
    fn held_by_majority(&self, server: &Server) -> LogIndex {
        let quorum = server.quorum(|| {
            let answers = || self.followers.values().filter_map(|it| it.last_answer);
            let latest = answers().max().unwrap_or_default();
            let lately = latest.since(server.settings.election_timeout_most);
            1 + answers().filter(|it| *it >= lately).map(|_| 1).sum::<u32>()
        });
        quorum.most(|node| self.held_by(server, node))
    }

    /// Commits what a majority holds, if it ends in an entry of the leader's own term (§5.4.2).
    /// `before` is what a majority was known to hold until now.
    fn commit_what_counts(&self, server: &mut Server, before: LogIndex, out: &mut Out) {
        let held = self.held_by_majority(server);
        if held <= server.commit {
            return;
        }
        let facts = Facts::number(held.0).with_of(u64::from(server.size()));
        let own = server.log.term_at(held) == Some(server.term);
        if own || server.settings.breaks(Mutant::OldTermCommitted) {
            out.why(RaftRule::Committed, facts);
            server.commit_to(held, out);
        } else if held > before {
            out.why(RaftRule::OldTermNotCounted, facts);
        }
    }

    /// Says, once for each, that an entry is still uncommitted a whole heartbeat after it came.
    fn say_what_waits(&mut self, server: &Server, out: &mut Out) {
        let waits = server.commit < self.seen && self.told < self.seen;
        if waits && self.held_by_majority(server) < self.seen {
            let voters = server.configuration().all_voters();
            let holders = voters.filter(|node| self.held_by(server, *node) >= self.seen);
            let holders = holders.map(|_| 1).sum();
            let facts = Facts::number(holders).with_of(u64::from(server.size()));
            out.why(RaftRule::CommitWaits, facts);
            self.told = self.seen;
        }
        self.seen = server.log.last_index();
    }
}

/// Puts an entry at the end of the leader's log, where it counts once it is stored.
fn append(server: &mut Server, at: Micros, content: EntryContent, out: &mut Out) {
    let (term, after) = (server.term, server.log.last());
    let up_to = after.index.next();
    let entries = iter::once(Entry { term, at, content }).collect();
    let then = Deferred::OwnEntries { term, up_to };
    server.write_log(after, entries, Some(then), out);
}

/// Sends what the follower lacks, as far as one message carries it; nothing, as a heartbeat.
pub(super) fn send_append(server: &Server, to: NodeId, progress: &mut Progress, out: &mut Out) {
    let previous = server.log.position(progress.next.before());
    debug_assert!(previous.is_some(), "next is at most one past the last");
    let most = server.settings.entries_per_message.max(1);
    let entries = server.log.copy_from(progress.next, most);
    progress.sent(entries.len() as u64);
    let message = RaftMessage::Append(Append {
        term: server.term,
        session: ReplicationSession::default(),
        round: HeartbeatRound::default(),
        previous: previous.unwrap_or_default(),
        entries,
        commit: server.commit,
    });
    out.send(to, message);
}
