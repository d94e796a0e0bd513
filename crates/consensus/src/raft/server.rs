//! What a server keeps in every role, and the moves that all roles share.

use super::Raft;
use super::application::Application;
use super::calls::OpenCalls;
use super::configuration::Configuration;
use super::disk::{Deferred, Disk, Reply};
use super::durable::{RaftDurable, RaftWrite};
use super::log::{Entry, Log};
use super::membership::Membership;
use super::message::{
    Append, AppendAnswer, AppendOutcome, PreVoteRound, RaftMessage, SnapshotAnswer, SnapshotOutcome,
};
use super::mutant::Mutant;
use super::position::{LogIndex, LogPosition, Term};
use super::quorum::Quorum;
use super::reads::Reads;
use super::rule::RaftRule;
use super::settings::RaftSettings;
use super::snapshot::Snapshots;
use super::timer::RaftTimer;
use super::votes::majority;
use crate::effect::{Effect, Effects};
use crate::explain::Facts;
use crate::node::{Boot, ClusterId, NodeId};
use crate::observation::Observation;
use crate::time::Micros;
use alloc::sync::Arc;

/// Where a step puts its effects.
pub(super) type Out = Effects<Raft>;

/// A server without its role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Server {
    pub(super) node: NodeId,
    pub(super) cluster: ClusterId,
    /// The configurations that its log holds.
    pub(super) membership: Membership,
    pub(super) settings: RaftSettings,
    /// The latest term seen. Never falls.
    pub(super) term: Term,
    /// Who got its vote in that term; perhaps not on disk yet.
    pub(super) vote: Option<NodeId>,
    /// Its log; perhaps not all on disk yet.
    pub(super) log: Log,
    /// What stands in for what has left the log.
    pub(super) snapshots: Snapshots,
    /// Up to where it knows the log to be committed. Never falls within a life; forgotten in a
    /// crash and learned again.
    pub(super) commit: LogIndex,
    /// What its state machine has of that.
    pub(super) application: Application,
    /// The calls that it works on.
    pub(super) calls: OpenCalls,
    /// The reads that it is to answer without the log.
    pub(super) reads: Reads,
    /// When it last heard from the leader of its term at the time, by its own monotonic clock.
    pub(super) heard: Option<Micros>,
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
            snapshot,
        } = boot.durable;
        // A crash may have kept an entry and lost the ballot that was written before it.
        if log.last().term > term {
            (term, vote) = (log.last().term, None);
        }
        let (mut application, mut commit) = (Application::default(), LogIndex::ZERO);
        let mut configuration = Configuration::of_voters(boot.members);
        if let Some(record) = &snapshot {
            // What a snapshot stands for is committed; the state machine has to be brought there.
            commit = record.snapshot.last.index;
            configuration.clone_from(&record.snapshot.configuration);
            application.restore(commit, (*record.sessions).clone());
            application.hold();
        }
        let mut membership = Membership::new(commit, Arc::new(configuration));
        membership.read(&log);
        Self {
            node: boot.node,
            cluster: boot.cluster,
            membership,
            settings: boot.settings,
            term,
            vote,
            log,
            snapshots: Snapshots::boot(snapshot),
            commit,
            application,
            calls: OpenCalls::default(),
            reads: Reads::default(),
            heard: None,
            round: PreVoteRound {
                incarnation: boot.incarnation,
                number: 0,
            },
            disk: Disk::default(),
        }
    }

    /// The configuration in force.
    pub(super) fn configuration(&self) -> &Configuration {
        self.membership.configuration()
    }

    /// Whether it may call an election.
    pub(super) fn may_stand(&self) -> bool {
        self.membership.may_stand(self.node, self.commit)
    }

    /// How many vote.
    pub(super) fn size(&self) -> u32 {
        self.configuration().size()
    }

    /// Who decides (R4), however few, such as `reached`, answer.
    pub(super) fn quorum(&self, reached: impl FnOnce() -> u32) -> Quorum<'_> {
        let quorum = self.configuration().quorum();
        if self.settings.breaks(Mutant::MajorityOfReachable) {
            return quorum.with_least(majority(reached()));
        }
        if self.settings.breaks(Mutant::LearnerCounted) {
            return quorum.with_others(&self.configuration().learners);
        }
        quorum
    }

    /// The others who vote.
    pub(super) fn other_voters(&self) -> impl Iterator<Item = NodeId> + '_ {
        let me = self.node;
        let voters = self.configuration().all_voters();
        voters.filter(move |peer| *peer != me)
    }

    /// A voter to ask, where this server is no member itself and knows of any.
    pub(super) fn voter_instead(&self) -> Option<NodeId> {
        let configuration = self.configuration();
        let first = configuration.all_voters().next();
        first.filter(|_| !configuration.is_member(self.node))
    }

    /// The other members, those without a vote among them.
    pub(super) fn peers(&self) -> impl Iterator<Item = NodeId> + '_ {
        let me = self.node;
        let members = self.configuration().members();
        members.filter(move |peer| *peer != me)
    }

    /// Starts the patience afresh (R2): when an election, or the question that goes before it,
    /// starts or has to wait, when a vote is granted, when the current leader is heard, and where no
    /// timer runs: at the start of a life, and when a leader steps down.
    pub(super) fn arm_patience(&self, out: &mut Out) {
        let least = self.settings.election_timeout_least;
        let most = self.settings.longest_patience();
        out.arm_between(RaftTimer::Election, least, most);
    }

    /// Enters a term or votes in it, and writes that down.
    pub(super) fn set_ballot(&mut self, term: Term, vote: Option<NodeId>, out: &mut Out) {
        let free = self.vote.is_none() || self.settings.breaks(Mutant::TwoVotes);
        debug_assert!(term > self.term || (term == self.term && free));
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
        let kept = after.index >= self.commit || self.settings.breaks(Mutant::CommittedTruncated);
        debug_assert!(self.log.contains(after) && kept);
        if after.index < self.log.last_index() {
            self.log.truncate_after(after.index);
            let since = self.membership.since();
            self.membership.truncated_after(after.index);
            out.observe(Observation::Truncated {
                from: after.index.next().0,
            });
            if self.membership.since() != since {
                self.observe_members(out);
            }
        }
        self.log.append(Arc::clone(&entries));
        let placed = out.is_watched().then(|| self.log.placed_after(after.index));
        let mut placed = placed.into_iter().flatten();
        for (entry, index) in entries.iter().zip(after.index.next().0..) {
            let index = LogIndex(index);
            self.membership.appended(index, entry);
            if let Some(placed) = placed.next() {
                out.observe(Observation::Appended {
                    index: index.0,
                    term: entry.term().0,
                    digest: placed.digest,
                });
            }
            if self.membership.since() == index {
                self.observe_members(out);
            }
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
            Some(_) if !self.settings.breaks(Mutant::TwoVotes) => RaftRule::VoteRefusedAlreadyVoted,
            // A leader must hold all that is committed; some voter of any majority knows it all.
            _ if self.is_ahead_of(last) => RaftRule::VoteRefusedLogBehind,
            // The vote is free and the candidate's log will do.
            _ => RaftRule::VoteGranted,
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
            RaftMessage::Snapshot(chunk) => {
                out.why(RaftRule::AppendRefusedStaleTerm, facts);
                let answer = chunk.answer(SnapshotOutcome::Stale);
                let answer = SnapshotAnswer { term, ..answer };
                out.send(from, RaftMessage::SnapshotAnswer(answer));
            }
            RaftMessage::TimeoutNow { .. } => {
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
