//! Reads that a follower answers by its own state machine, after asking its leader how far that
//! must be (Raft thesis §6.4).
//!
//! It asks one question at a time. Reads that come while one is on its way share the next, since
//! an index that was noted before a read came may be too low for it. Where no answer comes, the
//! question is put again with the leader's next heartbeat; where the leader is lost, the clients
//! are sent elsewhere.

use super::message::{RaftMessage, ReadNumber};
use super::position::LogIndex;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::client::Command;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;

impl Server {
    /// Takes a client's read as a follower of `leader`.
    pub(super) fn forward_read(
        &mut self,
        now: Micros,
        leader: NodeId,
        command: Command,
        out: &mut Out,
    ) {
        if self.reads.holds(command.call) {
            out.why(RaftRule::CallRepeated, Facts::NONE);
            return;
        }
        let number = self.reads.questions.last.saturating_add(1);
        self.reads.take(command, now, number, LogIndex::ZERO);
        self.ask_leader(now, leader, out);
    }

    /// Asks the leader, where reads wait for that and no question is on its way.
    fn ask_leader(&mut self, now: Micros, leader: NodeId, out: &mut Out) {
        let questions = &mut self.reads.questions;
        if questions.settled < questions.last {
            return;
        }
        questions.last = questions.last.saturating_add(1);
        out.why(RaftRule::ReadForwarded, Facts::peer(leader));
        self.send_question(now, leader, out);
    }

    /// The leader is heard from: puts a question again that has had time to be answered, and gives
    /// up what waits for too long.
    pub(super) fn ask_again(&mut self, now: Micros, leader: NodeId, out: &mut Out) {
        self.give_up_late_reads(now, Some(leader), out);
        let questions = &self.reads.questions;
        let late = now.since(questions.sent) >= self.settings.heartbeat;
        if questions.settled < questions.last && late {
            out.why(RaftRule::ReadForwardedAgain, Facts::peer(leader));
            self.send_question(now, leader, out);
        }
    }

    fn send_question(&mut self, now: Micros, leader: NodeId, out: &mut Out) {
        self.reads.questions.sent = now;
        let (term, read) = (self.term, self.question());
        out.send(leader, RaftMessage::ReadRequest { term, read });
    }

    /// The last question that it has asked.
    const fn question(&self) -> ReadNumber {
        ReadNumber {
            incarnation: self.round.incarnation,
            number: self.reads.questions.last,
        }
    }

    /// Its leader answers a question.
    pub(super) fn index_told(
        &mut self,
        now: Micros,
        leader: NodeId,
        (read, index): (ReadNumber, Option<LogIndex>),
        out: &mut Out,
    ) {
        let facts = Facts::peer(leader);
        let questions = &mut self.reads.questions;
        let open = questions.settled < questions.last;
        if !open || read != self.question() {
            out.why(RaftRule::AnswerUnneeded, facts);
            return;
        }
        self.reads.questions.settled = read.number;
        let Some(index) = index else {
            self.give_up_reads(Some(leader), out);
            return;
        };
        out.why(RaftRule::ReadIndexLearned, facts.with_number(index.0));
        self.reads.prove(read.number, index);
        self.query_reads(out);
        if self.reads.await_proof() {
            self.ask_leader(now, leader, out);
        }
    }
}
