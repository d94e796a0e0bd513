//! A follower: it answers, waits, and keeps its log like its leader's (Raft §5.2, §5.3).

use super::backtracking;
use super::log::Entry;
use super::message::{Append, AppendOutcome, RaftMessage};
use super::mutant::Mutant;
use super::position::{LogIndex, LogPosition};
use super::role::Next;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::snapshot::Receiving;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::observation::{Observation, Reign};
use crate::time::Micros;
use alloc::sync::Arc;

/// What only a follower knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Follower {
    /// The leader of its term, once it has heard from it (R7).
    pub(super) leader: Option<NodeId>,
    /// Up to here its log is that leader's, who never takes back what it sent (§5.3,
    /// Leader Append-Only).
    pub(super) matched: LogIndex,
    /// What has come of that leader's snapshot, while it sends one.
    pub(super) receiving: Option<Receiving>,
}

/// What an append asks of a log.
enum Verdict {
    /// The log lacks the entry just before.
    Refused(RaftRule, LogPosition),
    /// It contradicts what can no longer change, here.
    Contradicts(LogIndex),
    /// All entries are there already.
    Known,
    /// The first `known` entries are there, what follows is to be written.
    New { known: usize },
}

impl Follower {
    /// A follower that has not heard from a leader yet, or not again. `matched` is not zero where
    /// it followed, or led, in this term before.
    pub(super) fn new(matched: LogIndex) -> Self {
        Self {
            matched,
            ..Self::default()
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
            // Whoever sends entries in a term has won it, and nobody else can have.
            RaftMessage::Append(message) => {
                if self.heard_from(server, from, message.entries.is_empty(), out) {
                    server.heard = Some(now);
                    server.ask_again(now, from, out);
                    self.append(server, from, &message, out);
                }
            }
            // What it lacks has left the leader's log.
            RaftMessage::Snapshot(chunk) => {
                if self.heard_from(server, from, false, out) {
                    server.heard = Some(now);
                    self.receive_snapshot(server, from, &chunk, out);
                }
            }
            // First come, first served, and the log must be no older.
            RaftMessage::VoteRequest { last, .. } => {
                server.consider_vote(from, last, out);
            }
            // Whoever hears its leader sees no need of an election.
            RaftMessage::PreVoteRequest { term, round, last } => {
                let leader_lives = self.hears_leader(server, now);
                server.consider_pre_vote(from, (term, round), last, leader_lives, out);
            }
            // Only the leader can send its followers into an election.
            RaftMessage::TimeoutNow { .. } => return self.timeout_now(server, from, out),
            // It may answer reads, as far as its leader says.
            RaftMessage::ReadAnswer { read, index, .. } if self.leader == Some(from) => {
                server.index_told(now, from, (read, index), out);
            }
            // A follower has asked nothing in this term, or no longer cares.
            RaftMessage::VoteAnswer { .. }
            | RaftMessage::AppendAnswer(_)
            | RaftMessage::SnapshotAnswer(_)
            | RaftMessage::ReadRequest { .. }
            | RaftMessage::ReadAnswer { .. }
            | RaftMessage::PreVoteAnswer { .. } => {
                out.why(RaftRule::AnswerUnneeded, Facts::peer(from));
            }
        }
        Next::Stay
    }

    /// The leader has chosen it, so there is nothing to wait for and nobody to ask first.
    fn timeout_now(&self, server: &Server, from: NodeId, out: &mut Out) -> Next {
        if self.leader.is_some_and(|it| it != from) {
            let facts = Facts::peer(from).with_number(server.term.0);
            out.why(RaftRule::IgnoredSecondLeader, facts);
        } else if !server.may_stand() {
            // Without a vote nobody leads.
            out.why(RaftRule::WaitsForAVote, Facts::NONE);
        } else if server.snapshots.installs() {
            out.why(RaftRule::SnapshotBeforeElection, Facts::NONE);
        } else {
            return Next::Stand { transfer: true };
        }
        Next::Stay
    }

    /// Whether it has heard from its leader within the shortest election timeout: no follower of
    /// that leader can have lost patience since.
    pub(super) fn hears_leader(&self, server: &Server, now: Micros) -> bool {
        let least = server.settings.election_timeout_least;
        self.leader.is_some() && server.heard.is_some_and(|it| now.since(it) < least)
    }

    /// Notes that `from` leads this term; false where another one does, which no correct server
    /// could bring about.
    fn heard_from(
        &mut self,
        server: &Server,
        from: NodeId,
        heartbeat: bool,
        out: &mut Out,
    ) -> bool {
        let facts = Facts::peer(from).with_number(server.term.0);
        match self.leader {
            Some(leader) if leader != from => {
                out.why(RaftRule::IgnoredSecondLeader, facts);
                return false;
            }
            Some(_) if heartbeat => out.why(RaftRule::HeartbeatAccepted, facts),
            Some(_) => {}
            None => {
                self.leader = Some(from);
                out.observe(Observation::Follows(Reign {
                    mandate: server.term.mandate(),
                    leader: self.leader,
                }));
                out.why(RaftRule::LeaderFound, facts);
            }
        }
        server.arm_patience(out);
        true
    }

    /// Brings the log into line with the leader's, and answers.
    fn append(&mut self, server: &mut Server, from: NodeId, message: &Append, out: &mut Out) {
        let (previous, entries) = (message.previous, &message.entries);
        let facts = Facts::peer(from);
        let last = previous.index.plus(entries.len() as u64);
        // Up to here the log can no longer change.
        let fixed = self.matched.max(server.commit);
        match judge(server, fixed, previous, entries) {
            // Nothing is dropped on a failed check: the log may well be right further on.
            Verdict::Refused(rule, agree) => {
                let shown = match rule {
                    RaftRule::AppendRefusedGap => server.log.last_index(),
                    _ => previous.index,
                };
                out.why(rule, facts.with_number(shown.0));
                let at = previous.index;
                let outcome = AppendOutcome::Differs { at, agree };
                out.send(from, RaftMessage::AppendAnswer(message.answer(outcome)));
                return;
            }
            // To obey would break a promise, so there is no answer either.
            Verdict::Contradicts(at) => {
                out.why(RaftRule::IgnoredContradiction, facts.with_number(at.0));
                return;
            }
            // A duplicate, or a late message whose entries came another way; or a heartbeat.
            Verdict::Known if entries.is_empty() => {}
            Verdict::Known => out.why(RaftRule::EntriesKnown, facts.with_number(last.0)),
            Verdict::New { known } => write_new(server, from, message, known, out),
        }
        self.matched = self.matched.max(last);
        // Beyond that this log may still differ from the leader's (figure 2, AppendEntries 5).
        let commit = message.commit.min(self.matched);
        if commit > server.commit {
            out.why(RaftRule::CommitLearned, facts.with_number(commit.0));
            server.commit_to(commit, out);
        }
        // It says all that it knows to hold, so that one answer makes up for those that are lost.
        let outcome = AppendOutcome::Matched(self.matched);
        let answer = RaftMessage::AppendAnswer(message.answer(outcome));
        if server.settings.breaks(Mutant::AckBeforeFsync) {
            out.send(from, answer);
        } else {
            server.promise(from, answer, out);
        }
    }
}

/// Writes the entries behind the first `known` ones, which are there. Only a conflict makes the
/// log shorter.
fn write_new(server: &mut Server, from: NodeId, message: &Append, known: usize, out: &mut Out) {
    let entries = &message.entries;
    let facts = Facts::peer(from);
    let after = message.previous.index.plus(known as u64);
    if after < server.log.last_index() {
        let conflict = after.next().0;
        out.why(RaftRule::ConflictTruncated, facts.with_number(conflict));
    }
    let new = match known {
        0 => Arc::clone(entries),
        _ => entries.iter().skip(known).cloned().collect(),
    };
    let last = after.plus(new.len() as u64);
    let after = server.log.position(after).unwrap_or_default();
    server.write_log(after, new, None, out);
    out.why(RaftRule::EntriesAccepted, facts.with_number(last.0));
}

/// Compares an append with the log, changing nothing. Up to `fixed` the log can no longer change.
fn judge(server: &Server, fixed: LogIndex, previous: LogPosition, entries: &[Entry]) -> Verdict {
    let log = &server.log;
    let refused = |rule| {
        let agree = backtracking::agreement(log, previous).max(fixed);
        Verdict::Refused(rule, log.position(agree).unwrap_or_default())
    };
    // What the snapshot stands for is committed: every leader holds it, and none needs to send it.
    let covered = log.start().index.0.saturating_sub(previous.index.0);
    let known = usize::try_from(covered).unwrap_or(usize::MAX);
    match log.term_at(previous.index) {
        None if covered > 0 => match entries.get(known - 1) {
            Some(entry) if entry.term() == log.start().term => {}
            Some(_) => return Verdict::Contradicts(log.start().index),
            None => return Verdict::Known,
        },
        // The log is too short.
        None => return refused(RaftRule::AppendRefusedGap),
        Some(term) if term == previous.term => {}
        // Every leader holds what is committed, and what it has sent itself.
        Some(_) if previous.index <= fixed => return Verdict::Contradicts(previous.index),
        // Whatever is of a later term than the leader has there is wrong, too.
        Some(_) => return refused(RaftRule::AppendRefusedMismatch),
    }
    if server.settings.breaks(Mutant::CommittedTruncated) {
        return Verdict::New { known };
    }
    let mut index = previous.index.plus(covered);
    for (known, entry) in entries.iter().enumerate().skip(known) {
        index = index.next();
        match log.term_at(index) {
            None => return Verdict::New { known },
            Some(term) if term == entry.term() => {}
            // These stay, and so does, after a crash, what this term's leader sent before.
            Some(term) if index <= fixed || term == server.term => {
                return Verdict::Contradicts(index);
            }
            Some(_) => return Verdict::New { known },
        }
    }
    Verdict::Known
}
