//! What a server keeps in every role, and the moves that all roles share.

use super::Raft;
use super::disk::{Deferred, Disk, Reply};
use super::durable::{RaftDurable, RaftWrite};
use super::log::{Entry, Log};
use super::message::{Append, AppendAnswer, AppendOutcome, PreVoteRound, RaftMessage};
use super::mutant::Mutant;
use super::position::{LogIndex, LogPosition, Term};
use super::rule::RaftRule;
use super::settings::RaftSettings;
use super::timer::RaftTimer;
use super::votes::majority;
use crate::effect::{Effect, Effects};
use crate::explain::Facts;
use crate::node::{Boot, ClusterId, NodeId};
use crate::observation::Observation;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Where a step puts its effects.
pub(super) type Out = Effects<Raft>;

/// A server without its role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Server {
    pub(super) node: NodeId,
    pub(super) cluster: ClusterId,
    /// The voting members in order, this server among them.
    pub(super) members: Arc<[NodeId]>,
    pub(super) settings: RaftSettings,
    /// The latest term seen. Never falls.
    pub(super) term: Term,
    /// Who got its vote in that term; perhaps not on disk yet.
    pub(super) vote: Option<NodeId>,
    /// Its log; perhaps not all on disk yet.
    pub(super) log: Log,
    /// Up to where it knows the log to be committed. Never falls within a life; forgotten in a
    /// crash and learned again.
    pub(super) commit: LogIndex,
    /// Up to where its state machine has applied the log; at most `commit`.
    pub(super) applied: LogIndex,
    /// The last round of pre-vote requests of this life; number 0 before the first.
    pub(super) round: PreVoteRound,
    pub(super) disk: Disk,
}

impl Server {
    /// A server as its disk describes it.
    pub(super) fn boot(boot: Boot<Raft>) -> Self {
        let RaftDurable {
            mut term,
            mut vote,
            log,
        } = boot.durable;
        // A crash may have kept an entry and lost the ballot that was written before it.
        if log.last().term > term {
            (term, vote) = (log.last().term, None);
        }
        let mut members = Vec::new();
        for node in boot.members {
            if let Err(place) = members.binary_search(&node) {
                members.insert(place, node);
            }
        }
        Self {
            node: boot.node,
            cluster: boot.cluster,
            members: members.into(),
            settings: boot.settings,
            term,
            vote,
            log,
            commit: LogIndex::ZERO,
            applied: LogIndex::ZERO,
            round: PreVoteRound {
                incarnation: boot.incarnation,
                number: 0,
            },
            disk: Disk::default(),
        }
    }

    /// How many voting members there are.
    pub(super) fn size(&self) -> u32 {
        u32::try_from(self.members.len()).unwrap_or(u32::MAX)
    }

    /// How many of them decide (R4), however few, such as `reached`, answer.
    pub(super) fn majority(&self, reached: impl FnOnce() -> u32) -> u32 {
        if self.settings.breaks(Mutant::MajorityOfReachable) {
            return majority(reached());
        }
        majority(self.size())
    }

    /// The other members.
    pub(super) fn peers(&self) -> impl Iterator<Item = NodeId> + '_ {
        let me = self.node;
        self.members.iter().copied().filter(move |peer| *peer != me)
    }

    /// Starts the patience afresh. Called on three occasions only (R2): starting an election, or
    /// the question that goes before it, granting a vote, hearing the current leader; and where no
    /// timer runs: at the start of a life, and when a leader steps down.
    pub(super) fn arm_patience(&self, out: &mut Out) {
        let least = self.settings.election_timeout_least;
        let most = self.settings.longest_patience();
        out.arm_between(RaftTimer::Election, least, most);
    }

    /// Enters a term or votes in it, and writes that down.
    pub(super) fn set_ballot(&mut self, term: Term, vote: Option<NodeId>, out: &mut Out) {
        debug_assert!(term > self.term || (term == self.term && self.vote.is_none()));
        self.term = term;
        self.vote = vote;
        let voted = vote.map(|candidate| Deferred::Voted { term, candidate });
        let token = self.disk.begin(voted);
        let kept = !self.settings.breaks(Mutant::VoteNotPersisted);
        let vote = vote.filter(|_| kept);
        let write = RaftWrite::Ballot { term, vote };
        out.push(Effect::Persist { token, write });
    }

    /// Puts `entries` behind `after`, where the log must reach, in place of what stands there.
    pub(super) fn write_log(
        &mut self,
        after: LogPosition,
        entries: Arc<[Entry]>,
        then: Option<Deferred>,
        out: &mut Out,
    ) {
        debug_assert!(self.log.contains(after) && after.index >= self.commit);
        if after.index < self.log.last_index() {
            self.log.truncate_after(after.index);
            out.observe(Observation::Truncated {
                from: after.index.next().0,
            });
        }
        for entry in entries.iter() {
            let term = entry.term.0;
            let index = self.log.push(entry.clone());
            out.observe(Observation::Appended {
                index: index.0,
                term,
                digest: self.log.digest(),
            });
        }
        let token = self.disk.begin(then);
        let write = RaftWrite::Log { after, entries };
        out.push(Effect::Persist { token, write });
    }

    /// Sends an answer that promises something, as soon as the disk bears it out.
    pub(super) fn promise(&mut self, to: NodeId, message: RaftMessage, out: &mut Out) {
        if let Some(Reply { to, message }) = self.disk.hold(Reply { to, message }) {
            out.send(to, message);
        }
    }

    /// Sends an answer whose writes are stored by now, unless its term is over.
    pub(super) fn keep_promise(&self, reply: Reply, out: &mut Out) {
        if reply.message.term() == self.term {
            out.send(reply.to, reply.message);
        }
    }

    /// Commits up to `index` and hands the new entries to the state machine, in order.
    pub(super) fn commit_to(&mut self, index: LogIndex, out: &mut Out) {
        let index = index.min(self.log.last_index());
        while self.commit < index {
            self.commit = self.commit.next();
            let (Some(entry), Some(digest)) =
                (self.log.get(self.commit), self.log.digest_at(self.commit))
            else {
                return;
            };
            out.observe(Observation::Committed {
                index: self.commit.0,
                term: entry.term.0,
                digest,
            });
            if let Some(command) = entry.command() {
                out.push(Effect::Apply {
                    index: self.commit.0,
                    command: command.clone(),
                });
            }
        }
        self.pass_over_no_ops();
    }

    /// Notes that the state machine has applied the log up to `index`.
    pub(super) fn note_applied(&mut self, index: LogIndex) {
        self.applied = self.applied.max(index);
        self.pass_over_no_ops();
    }

    /// The state machine has nothing to do for entries without a command.
    fn pass_over_no_ops(&mut self) {
        while self.applied < self.commit {
            let next = self.applied.next();
            if self.log.get(next).and_then(Entry::command).is_some() {
                return;
            }
            self.applied = next;
        }
    }

    /// Whether its log holds more than one that ends there (§5.4.1).
    pub(super) fn is_ahead_of(&self, last: LogPosition) -> bool {
        last < self.log.last() && !self.settings.breaks(Mutant::LogNotChecked)
    }

    /// Decides on a vote request of the current term (§5.2, §5.4.1), and says whether it is
    /// granted.
    pub(super) fn consider_vote(&mut self, from: NodeId, last: LogPosition, out: &mut Out) -> bool {
        let facts = Facts::peer(from).with_number(self.term.0);
        let rule = match self.vote {
            // The request came twice; the vote stands, and need not be written again.
            Some(candidate) if candidate == from => RaftRule::VoteRepeated,
            // One vote per term, first come, first served.
            Some(_) => RaftRule::VoteRefusedAlreadyVoted,
            // A leader must hold all that is committed; some voter of any majority knows it all.
            None if self.is_ahead_of(last) => RaftRule::VoteRefusedLogBehind,
            // The vote is free and the candidate's log will do.
            None => RaftRule::VoteGranted,
        };
        out.why(rule, facts);
        let granted = matches!(rule, RaftRule::VoteGranted | RaftRule::VoteRepeated);
        let term = self.term;
        let answer = RaftMessage::VoteAnswer { term, granted };
        if rule == RaftRule::VoteGranted {
            self.set_ballot(term, Some(from), out);
            self.arm_patience(out);
        }
        if granted {
            self.promise(from, answer, out);
        } else {
            out.send(from, answer);
        }
        granted
    }

    /// Deals with a message of a past term: a request is told the current one, an answer is
    /// dropped (R5).
    pub(super) fn turn_away(&self, from: NodeId, message: &RaftMessage, out: &mut Out) {
        let term = self.term;
        let facts = Facts::peer(from).with_number(term.0);
        match message {
            // The candidate must learn that its election is over.
            RaftMessage::VoteRequest { .. } => {
                out.why(RaftRule::VoteRefusedStaleTerm, facts);
                let granted = false;
                out.send(from, RaftMessage::VoteAnswer { term, granted });
            }
            // Whoever asks first must learn of the term, too, or it would ask in vain for ever.
            RaftMessage::PreVoteRequest { round, .. } => {
                out.why(RaftRule::PreVoteRefusedStaleTerm, facts);
                self.answer_pre_vote(from, (term, *round), false, out);
            }
            // The leader must learn that it has been replaced.
            RaftMessage::Append(append) => self.refuse_past_leader(from, append, out),
            RaftMessage::Snapshot(_) | RaftMessage::TimeoutNow { .. } => {
                self.refuse_past_leader(from, &Append::default(), out);
            }
            // It answers a question that this server asked in another time.
            RaftMessage::VoteAnswer { .. }
            | RaftMessage::AppendAnswer(_)
            | RaftMessage::SnapshotAnswer(_)
            | RaftMessage::ReadRequest { .. }
            | RaftMessage::ReadAnswer { .. }
            | RaftMessage::PreVoteAnswer { .. } => {
                out.why(RaftRule::AnswerStaleTerm, facts);
            }
        }
    }
    fn refuse_past_leader(&self, from: NodeId, append: &Append, out: &mut Out) {
        let term = self.term;
        let facts = Facts::peer(from).with_number(term.0);
        out.why(RaftRule::AppendRefusedStaleTerm, facts);
        let answer = append.answer(AppendOutcome::Stale);
        out.send(
            from,
            RaftMessage::AppendAnswer(AppendAnswer { term, ..answer }),
        );
    }
}
