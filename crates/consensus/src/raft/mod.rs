//! Raft: leadership by a majority of votes, and a log that every server ends up with.
//!
//! # One command, from client to commit
//!
//! 1. [`Input::Call`] reaches a server. If it does not lead, it names the leader that it has
//!    heard from (`ClientRedirected`). If it leads, it puts the command at the end of its log and
//!    asks its disk to store it (`CommandAppended`).
//! 2. It sends the entry to every follower: [`RaftMessage::Append`], together with the position
//!    just before it. A follower that has that position takes the entry over (`EntriesAccepted`);
//!    one that does not refuses, and the leader tries from further back (`LeaderBacksUp`), until
//!    the two logs meet.
//! 3. A follower says yes only when the entry is on its disk; the leader counts itself only then,
//!    too. What waits for a disk is kept as data (`disk.rs`), so that a crash between any two
//!    steps breaks no promise.
//! 4. When a majority of *all* members holds the entry and it is of the leader's own term, it is
//!    committed (`Committed`): any later leader needs a majority of votes, one of these voters
//!    has the entry, and it votes for nobody who lacks it (`VoteRefusedLogBehind`).
//! 5. The state machine applies it ([`crate::Effect::Apply`]), the leader answers the client
//!    (`ClientAnswered`), and the followers learn of the commit with the next message.
//!
//! # One election
//!
//! A server that hears from no leader until its patience ends ([`RaftTimer::Election`], drawn
//! afresh each time) enters a new term, votes for itself, and asks all others. Each gives one
//! vote per term, written down before it is told. A majority makes a leader; it asserts itself at
//! once, and then by [`RaftTimer::Heartbeat`]. If nobody wins, patience ends again and another
//! term begins. Whoever sees a later term than its own enters it as a follower first, and only
//! then reads on.
//!
//! A new leader may not count what earlier terms left until an entry of its own term is committed
//! (`OldTermNotCounted`). With [`RaftSettings::no_op`] it does not wait for a client to bring one:
//! it begins with an empty entry ([`EntryContent::NoOp`]), which its first message carries.
//!
//! # Elections that disturb nobody
//!
//! The paper's elections are safe, but not calm. A server that was cut off returns with a term
//! that it raised in vain again and again, and unseats a leader at work. The settings below keep
//! the peace; [`RaftSettings::paper`] has none of them, [`RaftSettings::production`] all.
//!
//! *PreVote* ([`RaftSettings::pre_vote`], thesis §9.6). A server whose patience ends first asks who
//! would vote for it ([`RaftMessage::PreVoteRequest`]), in its old term. Whoever has not heard from
//! a leader within the shortest election timeout, and holds no newer log, says yes; that is no vote,
//! and changes nothing in anybody. Only a majority of such answers, all of the present
//! [`PreVoteRound`], makes the server a candidate. One that is behind in terms is told so in the
//! refusal, and adopts the later term; nobody else adopts a term from such messages.
//!
//! *CheckQuorum* ([`RaftSettings::check_quorum`], thesis §6.2 and §4.2.3). A leader that no majority
//! has answered for the longest election timeout steps down in its term and tells its clients
//! (`QuorumLost`): on its side of a cut they would wait in vain. In return, whoever has heard from
//! its leader within the shortest election timeout, and a leader that is answered, refuses to vote
//! without even entering the candidate's term (`VoteRefusedLeaderLives`).
//!
//! *Transfer* ([`Control::TransferTo`], thesis §3.10). An operator who wants to stop a leader, or
//! knows of a better one, has it hand over. The leader takes no new calls, sends its successor what
//! that lacks, and then tells it to stand at once ([`RaftMessage::TimeoutNow`]). The successor asks
//! nobody first, and its vote requests say that its leader sent it, so that nobody refuses it for
//! that leader's sake. Where this takes an election timeout, the leader gives it up and leads on.
//!
//! # Changing the members
//!
//! Servers come and go by entries of the log, one at a time or all at once, while the cluster works
//! on: [`Configuration`] tells how.
//!
//! # Where to find what
//!
//! `role.rs` has the four roles and the ways between them; `follower.rs`, `pre_candidate.rs`,
//! `candidate.rs` and `leader.rs` what each does with a message; `server.rs` what all of them
//! share; `gate.rs` which messages are read at all; `rule.rs` every decision in words
//! ([`RaftRule`]). The log ([`Log`]), the tally, a follower's progress, the disk, the answer to a
//! pre-vote request (`pre_vote.rs`), the check of the quorum, the refusal of votes while a leader
//! lives (`live_leader.rs`) and the transfer each have their own file.
//!
//! A configuration ([`Configuration`]), those in a log (`membership.rs`), the majorities
//! (`quorum.rs`) and the changes (`changes.rs`, `next_configuration.rs`) have theirs.
//!
//! Sections such as §5.4.1 are those of the extended Raft paper (Ongaro and Ousterhout, 2014), and
//! thesis sections those of "Consensus: Bridging Theory and Practice" (Ongaro, 2014).

mod application;
mod backtracking;
mod calls;
mod candidate;
mod changes;
mod commitment;
mod configuration;
mod disk;
mod durable;
mod feeding;
mod follower;
mod gate;
mod heartbeat_rounds;
mod in_flight;
mod inspect;
mod leader;
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
mod role;
mod rule;
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
pub use sessions::Sessions;
pub use settings::{RaftSettings, RaftSettingsError, ReadPath, ReplicateWhen};
pub use snapshot::{Snapshot, SnapshotRecord};
pub use timer::RaftTimer;
pub use votes::majority;

use crate::client::{Answer, Call, Refusal};
use crate::effect::{Effect, Effects};
use crate::explain::Facts;
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
            Input::Start => self.start(out),
            // Everything that servers tell each other.
            Input::Receive(envelope) => self.receive(now.monotonic, envelope, out),
            // Patience has ended, or it is time to assert itself.
            Input::Timer(timer) => self.timer(now.monotonic, timer, out),
            // What waited for the disk may go on.
            Input::Stored(token) => self.stored(now.monotonic, token, out),
            // Only leaders take commands.
            Input::Call(call) => self.call(call, out),
            Input::Calls(calls) => self.calls(calls, out),
            // The state machine has done what was committed.
            Input::Applied { index, output } => {
                self.server.applied(LogIndex(index), output, out);
            }
            // An operator's wish.
            Input::Control(control) => self.control(now.monotonic, control, out),
            // Nothing is ever drawn.
            Input::Drawn { purpose, .. } => match purpose {},
            Input::Queried { .. } => {}
            // No snapshot is ever asked for, and a hint about the network proves nothing.
            Input::SnapshotTaken { .. }
            | Input::SnapshotRead { .. }
            | Input::SnapshotInstalled { .. }
            | Input::Unreachable(_) => {}
        }
        self.go_on_changing(now.monotonic, out);
    }

    fn inspect(&self) -> Inspection {
        self.view()
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
    }
}

impl Raft {
    fn start(&mut self, out: &mut Out) {
        // A second start would be the host's mistake; it must not harm a server at work.
        if !matches!(self.role, Role::Follower(Follower { leader: None, .. })) {
            return;
        }
        if self.server.term == Term::ZERO {
            out.why(RaftRule::Started, Facts::NONE);
        } else {
            out.why(RaftRule::Recovered, Facts::number(self.server.term.0));
        }
        self.observe_role(observation::Role::Follower, out);
        self.observe_leader(None, out);
        self.server.arm_patience(out);
    }

    fn receive(&mut self, now: Micros, envelope: Envelope<RaftMessage>, out: &mut Out) {
        let Some((from, message)) = self.server.admit(envelope, out) else {
            return;
        };
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
            (RaftTimer::Election, Role::Follower(_)) => self.seek_votes(Occasion::SILENCE, out),
            // Nobody has won in time: a split vote, or too few answers (R4).
            (RaftTimer::Election, Role::PreCandidate(_) | Role::Candidate(_)) => {
                self.seek_votes(Occasion::NO_MAJORITY, out);
            }
            (RaftTimer::Heartbeat, Role::Leader(leader)) => {
                // It would lead nobody, and its clients may find somebody else.
                if leader.lost_quorum(&self.server, now, out) {
                    self.step_back(None, out);
                } else {
                    // The leader asserts itself again.
                    leader.heartbeat(&self.server, now, out);
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
        for deferred in self.server.disk.stored(token) {
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

    fn call(&mut self, call: Call, out: &mut Out) {
        if let Role::Leader(leader) = &mut self.role {
            leader.call(&mut self.server, call, out);
            return;
        }
        let hint = self.believed_leader();
        match hint {
            Some(leader) => out.why(RaftRule::ClientRedirected, Facts::peer(leader)),
            None => out.why(RaftRule::ClientUnserved, Facts::NONE),
        }
        let reason = Refusal::NotLeader;
        out.push(Effect::Answer {
            call: call.command.call,
            answer: Answer::Refused { reason, hint },
        });
    }

    fn calls(&mut self, calls: Vec<Call>, out: &mut Out) {
        match &mut self.role {
            Role::Leader(leader) => leader.calls(&mut self.server, calls, out),
            _ => calls.into_iter().for_each(|call| self.call(call, out)),
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
                self.seek_votes(Occasion::FORCED, out)
            }
            (Control::TransferTo(target), Role::Leader(leader)) => {
                leader.transfer_to(&self.server, now, target, out);
            }
            // It has nothing to hand over.
            (
                Control::TransferTo(_),
                Role::Follower(_) | Role::PreCandidate(_) | Role::Candidate(_),
            ) => out.why(RaftRule::TransferNotLeading, Facts::NONE),
            (Control::TakeSnapshot, _) => {}
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
