//! How a leader makes sure of a read's index (ReadIndex, Raft thesis §6.4).
//!
//! Every write that was answered before the read came is committed, so the leader's commit index
//! would do, if it were certain that it still leads, and that it knows what earlier leaders have
//! committed. For the one it has a quorum answer a heartbeat round that was begun after the read
//! came: a later leader needs a majority of votes, and one of these voters would not have answered.
//! For the other it takes an index no lower than that of the first entry of its own term, before
//! which all that is stands. Where it has no such entry yet, the read makes it append an empty one.

use super::heartbeat_rounds::HeartbeatRounds;
use super::leader::Leader;
use super::message::{HeartbeatRound, RaftMessage, ReadNumber};
use super::mutant::Mutant;
use super::position::LogIndex;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::client::Command;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;

/// What a leader knows about proofs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ReadIndex {
    /// Where the first entry of its own term stands, or will.
    first: LogIndex,
    /// The last round that was begun for a read. Reads that come while it is on its way share the
    /// next.
    round: HeartbeatRound,
}

/// A follower's question, which waits for a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    read: ReadNumber,
    index: LogIndex,
    round: u64,
}

impl ReadIndex {
    /// As a reign begins, behind a log that ends at `last`.
    pub(super) fn new(last: LogIndex) -> Self {
        Self {
            first: last.next(),
            round: HeartbeatRound::default(),
        }
    }

    /// Whether the leader knows all that earlier leaders have committed.
    pub(super) fn knows_commit(&self, server: &Server) -> bool {
        server.commit >= self.first
    }
}

impl Leader {
    /// Takes a client's read, which needs no entry. It is served by [`Self::prove_reads`].
    pub(super) fn read(
        &mut self,
        server: &mut Server,
        now: Micros,
        command: Command,
        out: &mut Out,
    ) {
        let index = self.read_index(server);
        let facts = Facts::number(index.0);
        if self.has_lease(server, now) || server.settings.breaks(Mutant::ReadNotConfirmed) {
            out.why(RaftRule::ReadByLease, facts);
            server.reads.take_proven(command, now, index);
        } else {
            out.why(RaftRule::ReadAwaitsRound, facts);
            let round = next(&self.rounds);
            server.reads.take(command, now, round, index);
        }
    }

    /// A follower asks up to where it needs the log for its reads.
    pub(super) fn asked_for_index(
        &mut self,
        server: &mut Server,
        now: Micros,
        from: NodeId,
        read: ReadNumber,
        out: &mut Out,
    ) {
        let index = self.read_index(server);
        let facts = Facts::peer(from).with_number(index.0);
        let (leased, round) = (self.has_lease(server, now), next(&self.rounds));
        // While it hands over, its log grows no further.
        let stuck = self.transfer.is_some() && server.log.last_index() < index;
        let Some(progress) = self.followers.get_mut(&from) else {
            out.why(RaftRule::AnswerUnneeded, facts);
            return;
        };
        if progress.question.is_some_and(|it| it.read == read) {
            out.why(RaftRule::CallRepeated, facts);
        } else if leased || stuck {
            let index = leased.then_some(index);
            answer(server, from, (read, index), out);
        } else {
            out.why(RaftRule::ReadIndexAsked, facts);
            progress.question = Some(Question { read, index, round });
            self.prove_reads(server, now, out);
        }
    }

    /// Goes on with what waits for a proof: serves what a round has proven, and begins another one
    /// where that is needed.
    pub(super) fn prove_reads(&mut self, server: &mut Server, now: Micros, out: &mut Out) {
        self.serve_proven(server, out);
        let waits = server.reads.await_proof() || self.questions().next().is_some();
        if !waits || self.rounds.answered() < self.reading.round {
            return;
        }
        if server.log.last_index() < self.reading.first {
            self.append_no_op(server, now, out);
        }
        self.begin_round(server, now, out);
        self.reading.round = self.rounds.latest();
        // Where it is alone, it has answered itself.
        self.serve_proven(server, out);
    }

    /// The questions that wait.
    pub(super) fn questions(&self) -> impl Iterator<Item = &Question> {
        let progress = self.followers.values();
        progress.filter_map(|it| it.question.as_ref())
    }

    /// Up to where a state machine has to be for a read that comes now.
    fn read_index(&self, server: &Server) -> LogIndex {
        server.commit.max(self.reading.first)
    }

    /// Serves the reads and questions whose round a quorum has answered.
    fn serve_proven(&mut self, server: &mut Server, out: &mut Out) {
        let round = self.rounds.answered().0;
        let proven = server.reads.prove(round, LogIndex::ZERO);
        if proven > 0 {
            out.why(RaftRule::ReadsProven, Facts::number(proven));
        }
        server.query_reads(out);
        for (peer, progress) in &mut self.followers {
            if let Some(it) = progress.question.take_if(|it| it.round <= round) {
                answer(server, *peer, (it.read, Some(it.index)), out);
            }
        }
    }
}

/// The round that is begun next.
const fn next(rounds: &HeartbeatRounds) -> u64 {
    rounds.latest().0.saturating_add(1)
}

/// Answers a follower's question.
fn answer(
    server: &Server,
    to: NodeId,
    (read, index): (ReadNumber, Option<LogIndex>),
    out: &mut Out,
) {
    let facts = Facts::peer(to);
    match index {
        Some(index) => out.why(RaftRule::ReadIndexTold, facts.with_number(index.0)),
        None => out.why(RaftRule::ReadIndexUnknown, facts),
    }
    let term = server.term;
    out.send(to, RaftMessage::ReadAnswer { term, read, index });
}
