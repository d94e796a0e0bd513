//! Raft: leadership by a majority of votes, and a log that every server ends up with.
//!
#![doc = include_str!("../../RAFT.md")]

mod answers;
mod application;
mod backtracking;
mod calls;
mod candidate;
mod changes;
mod cluster_time;
mod commitment;
mod configuration;
mod disk;
mod durable;
mod feeding;
mod fields;
mod follower;
mod forwarded_reads;
mod gate;
mod heartbeat_rounds;
mod in_flight;
mod inspect;
mod leader;
mod lease;
mod live_leader;
mod log;
mod membership;
mod message;
mod mutant;
mod next_configuration;
mod position;
mod pre_candidate;
mod pre_vote;
mod progress;
mod quorum;
mod quorum_check;
mod read_index;
mod reads;
mod role;
mod rule;
mod run;
mod server;
mod sessions;
mod settings;
mod snapshot;
mod timer;
mod transfer;
mod uncommitted;
mod votes;

pub use configuration::Configuration;
pub use durable::{RaftDurable, RaftWrite};
pub use log::{Entry, EntryContent, Log};
pub use message::{
    Append, AppendAnswer, AppendOutcome, HeartbeatRound, PreVoteRound, RaftMessage, ReadNumber,
    ReplicationSession, SnapshotAnswer, SnapshotChunk, SnapshotOutcome,
};
#[cfg(feature = "mutants")]
pub use mutant::Mutant;
pub use position::{LogIndex, LogPosition, Term};
pub use rule::RaftRule;
pub use run::Run;
pub use sessions::Sessions;
pub use settings::{RaftSettings, RaftSettingsError, ReadPath, ReplicateWhen};
pub use snapshot::{Snapshot, SnapshotRecord};
pub use timer::RaftTimer;
pub use votes::majority;

use crate::client::{Answer, Call, Operation, Refusal};
use crate::effect::{Effect, Effects};
use crate::explain::Facts;
use crate::field::Field;
use crate::input::{Control, Input, Token};
use crate::inspection::Inspection;
use crate::node::{Boot, Envelope, NodeId};
use crate::observation::{self, Observation};
use crate::protocol::{Membership, Protocol};
use crate::time::{Micros, Now};
use alloc::vec::Vec;
use core::convert::Infallible;
use disk::Deferred;
use follower::Follower;
use role::{Next, Occasion, Role};
use server::{Out, Server};

/// One server of a Raft cluster.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Raft {
    server: Server,
    role: Role,
}

impl Protocol for Raft {
    type Settings = RaftSettings;
    type Message = RaftMessage;
    type Timer = RaftTimer;
    /// Raft's only randomness is the length of its timers, which the host draws.
    type Purpose = Infallible;
    type Durable = RaftDurable;
    type Write = RaftWrite;
    type Commands = Run;
    type Rule = RaftRule;

    fn name(_: &Self::Settings) -> &'static str {
        "raft"
    }

    fn membership(_: &Self::Settings) -> Membership {
        Membership::Managed
    }

    fn boot(boot: Boot<Self>) -> Self {
        Self {
            server: Server::boot(boot),
            role: Role::Follower(Follower::default()),
        }
    }

    fn step(&mut self, now: Now, input: Input<Self>, out: &mut Effects<Self>) {
        match input {
            // All servers start as followers (R1).
            Input::Start => self.start(now.monotonic, out),
            // Everything that servers tell each other.
            Input::Receive(envelope) => self.receive(now.monotonic, envelope, out),
            // Patience has ended, or it is time to assert itself.
            Input::Timer(timer) => self.timer(now.monotonic, timer, out),
            // What waited for the disk may go on.
            Input::Stored(token) => self.stored(now.monotonic, token, out),
            // Only leaders take commands; followers may take reads.
            Input::Call(call) => self.call(now.monotonic, call, out),
            Input::Calls(calls) => self.calls(now.monotonic, calls, out),
            // The state machine has done what was committed.
            Input::Applied(applied) => {
                self.server.applied(applied, out);
                self.server.take_awaited_snapshot(out);
            }
            // What the host does about snapshots is done.
            Input::SnapshotTaken { id, len } => self.server.snapshot_taken(id, len, out),
            Input::SnapshotRead { id, offset, bytes } => {
                if let Role::Leader(leader) = &mut self.role {
                    leader.snapshot_read(&self.server, (id, offset), &bytes, out);
                }
            }
            Input::SnapshotInstalled { id } => self.snapshot_installed(id, out),
            // An operator's wish.
            Input::Control(control) => self.control(now.monotonic, control, out),
            // Nothing is ever drawn.
            Input::Drawn { purpose, .. } => match purpose {},
            // The state machine has answered a read.
            Input::Queried { call, output } => self.server.queried(call, output, out),
            // A hint about the network proves nothing.
            Input::Unreachable(_) => {}
        }
        self.go_on_changing(now.monotonic, out);
    }

    fn glance(&self, entries: u64) -> Inspection {
        self.view(entries)
    }

    fn fields(&self) -> Vec<Field> {
        self.list()
    }

    fn bookkeeping(&self) -> u64 {
        let role = match &self.role {
            Role::Follower(_) => 0,
            Role::PreCandidate(candidate) => u64::from(candidate.votes.count()),
            Role::Candidate(candidate) => u64::from(candidate.votes.count()),
            Role::Leader(leader) => leader.bookkeeping(),
        };
        let server = &self.server;
        role + server.disk.bookkeeping()
            + server.application.bookkeeping()
            + server.calls.bookkeeping()
            + server.reads.bookkeeping()
    }
}

impl Raft {
    fn start(&mut self, now: Micros, out: &mut Out) {
        // A second start would be the host's mistake; it must not harm a server at work.
        if !matches!(self.role, Role::Follower(Follower { leader: None, .. })) {
            return;
        }
        if self.server.term == Term::ZERO {
            out.why(RaftRule::Started, Facts::NONE);
        } else {
            out.why(RaftRule::Recovered, Facts::number(self.server.term.0));
            // It may have heard from a leader just before it stopped, who relies on that.
            self.server.heard = Some(now);
        }
        self.observe_role(observation::Role::Follower, out);
        self.observe_leader(None, out);
        self.server.observe_members(out);
        self.server.restore_snapshot(out);
        self.server.arm_patience(out);
    }

    fn receive(&mut self, now: Micros, envelope: Envelope<RaftMessage>, out: &mut Out) {
        if !self.server.admits(&envelope, out) {
            return;
        }
        let (from, message) = (envelope.sender, envelope.message);
        let term = message.term();
        if term < self.server.term {
            self.server.turn_away(from, &message, out);
            return;
        }
        // A vote that a live leader stands against has no say in the term (R5).
        if self.keeps_to_leader(now, from, &message, out) {
            return;
        }
        if term > self.server.term && !message.is_pre_vote() {
            let leader = message.is_from_leader().then_some(from);
            self.enter_term(term, from, leader, out);
        }
        self.read(now, from, message, out);
    }

    /// Reads a message of the current term, or one about a pre-vote of a later one.
    fn read(&mut self, now: Micros, from: NodeId, message: RaftMessage, out: &mut Out) {
        let server = &mut self.server;
        let next = match &mut self.role {
            Role::Follower(follower) => follower.step(server, now, from, message, out),
            Role::PreCandidate(candidate) => candidate.step(server, from, message, out),
            Role::Candidate(candidate) => candidate.step(server, from, message, out),
            Role::Leader(leader) => leader.step(server, now, from, message, out),
        };
        match next {
            Next::Stay => {}
            Next::Lead => self.lead(now, out),
            Next::Stand { transfer } => {
                let rule = match transfer {
                    true => RaftRule::ElectionTransferred,
                    false => RaftRule::ElectionStarted,
                };
                self.stand(rule, transfer, out);
            }
            Next::Enter(term) => self.enter_term(term, from, None, out),
            // A follower stays one, so what is left is read once.
            Next::Follow(left) => {
                self.step_back(Some(from), out);
                if let Some(message) = left {
                    self.read(now, from, message, out);
                }
            }
        }
    }

    fn timer(&mut self, now: Micros, timer: RaftTimer, out: &mut Out) {
        match (timer, &mut self.role) {
            // It has heard from no leader in time.
            (RaftTimer::Election, Role::Follower(_)) => {
                self.seek_votes(now, Occasion::SILENCE, out);
            }
            // Nobody has won in time: a split vote, or too few answers (R4).
            (RaftTimer::Election, Role::PreCandidate(_) | Role::Candidate(_)) => {
                self.seek_votes(now, Occasion::NO_MAJORITY, out);
            }
            (RaftTimer::Heartbeat, Role::Leader(leader)) => {
                // It would lead nobody, and its clients may find somebody else.
                if leader.lost_quorum(&self.server, now, out) {
                    self.step_back(None, out);
                } else {
                    self.server.give_up_late_reads(now, None, out);
                    // The leader asserts itself again.
                    leader.heartbeat(&self.server, now, out);
                    leader.prove_reads(&mut self.server, now, out);
                }
            }
            // The firing crossed a change of role.
            (RaftTimer::Election, Role::Leader(_))
            | (
                RaftTimer::Heartbeat,
                Role::Follower(_) | Role::PreCandidate(_) | Role::Candidate(_),
            ) => {}
        }
    }

    fn stored(&mut self, now: Micros, token: Token, out: &mut Out) {
        self.server.disk.stored(token);
        while let Some(deferred) = self.server.disk.next_free() {
            match deferred {
                // The vote can no longer be forgotten.
                Deferred::Voted { term, candidate } => {
                    let observation = Observation::Voted {
                        term: term.0,
                        candidate,
                    };
                    out.observe(observation);
                    if candidate == self.server.node && term == self.server.term {
                        self.own_vote_stored(now, out);
                    }
                }
                // The promise can be given.
                Deferred::Reply(reply) => self.server.keep_promise(reply, out),
                // The leader is one of those who hold its entries.
                Deferred::OwnEntries { term, up_to } => {
                    if let Role::Leader(leader) = &mut self.role {
                        leader.own_entries_stored(&mut self.server, term, up_to, out);
                    }
                }
                // What the snapshot stands for may leave the log.
                Deferred::Snapshot { id, start } => self.snapshot_stored(id, start, out),
            }
        }
    }

    fn own_vote_stored(&mut self, now: Micros, out: &mut Out) {
        if let Role::Candidate(candidate) = &mut self.role
            && let Next::Lead = candidate.own_vote_stored(&self.server, out)
        {
            self.lead(now, out);
        }
    }

    fn call(&mut self, now: Micros, call: Call, out: &mut Out) {
        if let Role::Leader(leader) = &mut self.role {
            leader.call(&mut self.server, now, call, out);
            return;
        }
        let hint = self.believed_leader();
        if let Some(leader) = hint
            && call.operation == Operation::Read
            && self.server.settings.follower_reads
        {
            self.server.forward_read(now, leader, call.command, out);
            return;
        }
        // Whoever was taken out hears of no leader any more, but knows who took part then.
        let hint = hint.or_else(|| self.server.voter_instead());
        match hint {
            Some(other) => out.why(RaftRule::ClientRedirected, Facts::peer(other)),
            None => out.why(RaftRule::ClientUnserved, Facts::NONE),
        }
        let reason = Refusal::NotLeader;
        out.push(Effect::Answer {
            call: call.command.call,
            answer: Answer::Refused { reason, hint },
        });
    }

    fn calls(&mut self, now: Micros, calls: Vec<Call>, out: &mut Out) {
        match &mut self.role {
            Role::Leader(leader) => leader.calls(&mut self.server, now, calls, out),
            _ => calls.into_iter().for_each(|call| self.call(now, call, out)),
        }
    }

    fn control(&mut self, now: Micros, control: Control, out: &mut Out) {
        match (control, &mut self.role) {
            // There is nobody whom a leader waits for.
            (Control::TimeOut, Role::Leader(_)) => {
                out.why(RaftRule::LeaderIgnoresTimeOut, Facts::NONE);
            }
            // Steer timers, never outcomes.
            (Control::TimeOut, Role::Follower(_) | Role::PreCandidate(_) | Role::Candidate(_)) => {
                self.seek_votes(now, Occasion::FORCED, out)
            }
            (Control::TransferTo(target), Role::Leader(leader)) => {
                leader.transfer_to(&self.server, now, target, out);
            }
            // It has nothing to hand over.
            (
                Control::TransferTo(_),
                Role::Follower(_) | Role::PreCandidate(_) | Role::Candidate(_),
            ) => out.why(RaftRule::TransferNotLeading, Facts::NONE),
            // Every server takes its own.
            (Control::TakeSnapshot, _) => self.server.take_snapshot(out),
            (Control::ChangeMembership(change), Role::Leader(leader)) => {
                leader.change_members(&mut self.server, now, change, out);
            }
            // Members change through the leader's log alone.
            (
                Control::ChangeMembership(_),
                Role::Follower(_) | Role::PreCandidate(_) | Role::Candidate(_),
            ) => out.why(RaftRule::ChangeRefusedNotLeading, Facts::NONE),
            // Whoever goes without being taken out first is missed, and counted.
            (Control::Leave, _) => {
                let facts = Facts::NONE.with_of(u64::from(self.server.size()));
                out.why(RaftRule::LeavesMajorityAsIs, facts);
            }
        }
    }
}
