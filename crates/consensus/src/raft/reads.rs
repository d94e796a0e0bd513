//! Reads that are answered without an entry (Raft thesis §6.4).
//!
//! Each has an index: the log up to there holds all writes that were answered before the read came.
//! A state machine that was handed as much may answer it, on whatever server. What has to be proven
//! is that the index is no earlier one, and this takes a leader: see `read_index.rs`.

use super::position::LogIndex;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::client::{Answer, CallId, Command, Output, Refusal};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::queue::Queue;
use crate::time::Micros;

/// The reads that a server has taken and not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Reads {
    /// Oldest first. They are given up when the server's leader or role changes, so that the
    /// proofs of all are of one kind.
    open: Queue<OpenRead>,
    /// Its questions to its leader.
    pub(super) questions: Questions,
}

/// The questions of a server to its leaders, one at a time: reads share them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Questions {
    /// The number of the last one in this life.
    pub(super) last: u64,
    /// Up to here they are answered or given up.
    pub(super) settled: u64,
    /// When the last one was sent.
    pub(super) sent: Micros,
}

/// A read that is not answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct OpenRead {
    command: Command,
    /// When it came.
    since: Micros,
    state: State,
}

/// What a read waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum State {
    /// The proof that its index is no earlier one than it should be: a leader's heartbeat round, or
    /// the answer to a follower's question, of this number or a later one.
    Proof { number: u64, index: LogIndex },
    /// The log up to its index.
    Index(LogIndex),
    /// The state machine, which is asked.
    Output,
}

impl Reads {
    /// Whether this call is one of them.
    pub(super) fn holds(&self, call: CallId) -> bool {
        self.open.iter().any(|it| it.command.call == call)
    }

    /// Takes a read that waits for the proof of this number.
    pub(super) fn take(&mut self, command: Command, since: Micros, number: u64, index: LogIndex) {
        self.open.push_back(OpenRead {
            command,
            since,
            state: State::Proof { number, index },
        });
    }

    /// Takes a read whose index is certain.
    pub(super) fn take_proven(&mut self, command: Command, since: Micros, index: LogIndex) {
        self.open.push_back(OpenRead {
            command,
            since,
            state: State::Index(index),
        });
    }

    /// Whether some wait for a proof.
    pub(super) fn await_proof(&self) -> bool {
        let unproven = |it: &OpenRead| matches!(it.state, State::Proof { .. });
        self.open.iter().any(unproven)
    }

    /// The proof of this number has come, and says that no index need be higher than `least`; gives
    /// for how many reads.
    pub(super) fn prove(&mut self, proof: u64, least: LogIndex) -> u64 {
        let mut proven = 0;
        for read in self.open.iter_mut() {
            if let State::Proof { number, index } = read.state
                && number <= proof
            {
                read.state = State::Index(index.max(least));
                proven += 1;
            }
        }
        proven
    }

    /// How many there are.
    pub(super) fn bookkeeping(&self) -> u64 {
        self.open.len() as u64
    }
}

impl Server {
    /// Asks the state machine on behalf of every read whose index it was handed: it does things in
    /// the order in which it is asked.
    pub(super) fn query_reads(&mut self, out: &mut Out) {
        let handed = self.application.handed();
        for read in self.reads.open.iter_mut() {
            if matches!(read.state, State::Index(index) if index <= handed) {
                read.state = State::Output;
                let command = read.command.clone();
                out.push(Effect::Query { command });
            }
        }
    }

    /// The state machine has answered a read.
    pub(super) fn queried(&mut self, call: CallId, output: Output, out: &mut Out) {
        let asked = |it: &OpenRead| it.state == State::Output && it.command.call == call;
        if let Some(place) = self.reads.open.iter().position(asked) {
            self.reads.open.remove(place);
            out.why(RaftRule::ReadAnswered, Facts::NONE);
            let answer = Answer::Done(output);
            out.push(Effect::Answer { call, answer });
        }
    }

    /// Gives up on all reads. They have changed nothing, and can be asked of anybody else.
    pub(super) fn give_up_reads(&mut self, hint: Option<NodeId>, out: &mut Out) {
        let count = self.reads.open.len();
        self.give_up_oldest(count, hint, out);
    }

    /// Gives up on the reads that have waited for as long as an election takes: a leader without a
    /// majority would keep more and more of them.
    pub(super) fn give_up_late_reads(&mut self, now: Micros, hint: Option<NodeId>, out: &mut Out) {
        let patience = self.settings.longest_patience();
        let late = |it: &OpenRead| now.since(it.since) >= patience;
        let count = self.reads.open.partition_point(late);
        self.give_up_oldest(count, hint, out);
    }

    fn give_up_oldest(&mut self, count: usize, hint: Option<NodeId>, out: &mut Out) {
        if count > 0 {
            out.why(RaftRule::ReadsGivenUp, Facts::number(count as u64));
        }
        for read in self.reads.open.drain(..count) {
            let call = read.command.call;
            let reason = Refusal::NotLeader;
            let answer = Answer::Refused { reason, hint };
            out.push(Effect::Answer { call, answer });
        }
        if self.reads.open.is_empty() {
            self.reads.questions.settled = self.reads.questions.last;
        }
    }
}
