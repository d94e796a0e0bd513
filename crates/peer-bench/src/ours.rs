//! The cluster of `consensus::raft` servers.

use crate::cluster::Cluster;
use crate::load::{COMPACT_EVERY, KEPT, payload};
use crate::machine::Machine;
use consensus::raft::{Raft, RaftDurable, RaftMessage, RaftSettings, RaftTimer};
use consensus::{
    Answer, Applied, Boot, Call, CallId, ClientId, ClusterId, Command, Commands, Control, Effect,
    Effects, Envelope, Incarnation, Input, Micros, NodeId, Now, Operation, Protocol, Receiver,
    Role, SessionId, SnapshotId, Token,
};
use std::mem;
use std::ops::Range;
use std::sync::Arc;

const CLUSTER: ClusterId = ClusterId(1);
const LIFE: Incarnation = Incarnation(1);

/// Raft as it is run in earnest, with room for the largest window in one message.
const fn settings(sessions: bool) -> RaftSettings {
    RaftSettings {
        entries_per_message: 1_024,
        entries_kept: KEPT,
        sessions,
        ..RaftSettings::production()
    }
}

type Inbox = Vec<Envelope<RaftMessage>>;

/// The Raft of this workspace, which leaves it to its host to recognize commands that come twice,
/// as the `raft` crate does.
pub type Ours = Servers<false>;

/// The same with sessions: each server looks every command up before it carries it out, and keeps
/// what came of it.
pub type OursWithSessions = Servers<true>;

/// The Raft of this workspace, with sessions or without.
pub struct Servers<const SESSIONS: bool> {
    servers: Vec<Server>,
    inboxes: Vec<Inbox>,
    now: Now,
    messages: u64,
    retired: u64,
}

/// One server with its host.
struct Server {
    node: NodeId,
    raft: Raft,
    machine: Machine,
    effects: Effects<Raft>,
    /// Writes of this turn, all stored at its end.
    written: Vec<Token>,
    /// Snapshots of this turn.
    taken: Vec<SnapshotId>,
    /// First and last positions that the machine has applied and the server has not been told of.
    applied: Vec<(u64, u64)>,
    /// How many commands were applied when the log was last compacted.
    compacted: u64,
}

impl Server {
    fn boot(node: NodeId, members: &[NodeId], settings: RaftSettings) -> Self {
        let boot = Boot {
            node,
            cluster: CLUSTER,
            incarnation: LIFE,
            members: members.to_vec(),
            settings,
            durable: RaftDurable::default(),
        };
        Self {
            node,
            raft: Raft::boot(boot),
            machine: Machine::default(),
            effects: Effects::unwatched(),
            written: Vec::new(),
            taken: Vec::new(),
            applied: Vec::new(),
            compacted: 0,
        }
    }

    fn step(&mut self, now: Now, input: Input<Raft>) {
        self.raft.step(now, input, &mut self.effects);
    }
}

impl<const SESSIONS: bool> Servers<SESSIONS> {
    fn new(servers: u16) -> Self {
        let members: Vec<_> = (0..servers).map(NodeId).collect();
        let servers = members
            .iter()
            .map(|node| Server::boot(*node, &members, settings(SESSIONS)));
        Self {
            servers: servers.collect(),
            inboxes: vec![Inbox::new(); members.len()],
            now: Now {
                monotonic: Micros::ZERO,
                wall: Micros::ZERO,
            },
            messages: 0,
            retired: 0,
        }
    }

    /// Lets one server work off its inbox, and then all that its host did for it.
    fn work(&mut self, place: usize) {
        let mut inbox = mem::take(&mut self.inboxes[place]);
        let server = &mut self.servers[place];
        for envelope in inbox.drain(..) {
            server.step(self.now, Input::Receive(envelope));
        }
        self.inboxes[place] = inbox;
        if server.machine.applied() >= server.compacted + COMPACT_EVERY {
            server.compacted = server.machine.applied();
            server.step(self.now, Input::Control(Control::TakeSnapshot));
        }
        self.perform(place);
    }

    /// Does what a server asks for, and tells it, until it asks for nothing more.
    fn perform(&mut self, place: usize) {
        let server = &mut self.servers[place];
        while !server.effects.as_slice().is_empty() {
            for effect in server.effects.drain() {
                match effect {
                    Effect::Send { to, message } => {
                        self.messages += 1;
                        self.inboxes[usize::from(to.0)].push(Envelope {
                            cluster: CLUSTER,
                            sender: server.node,
                            incarnation: LIFE,
                            receiver: Receiver::Node(to),
                            message,
                        });
                    }
                    Effect::Persist { token, .. } => server.written.push(token),
                    Effect::Apply(run) => {
                        let mut last = run.first();
                        for (index, command) in run.placed() {
                            server.machine.apply(&command.payload);
                            last = index;
                        }
                        server.applied.push((run.first(), last));
                    }
                    Effect::Answer { call, answer } => {
                        let done = matches!(answer, Answer::Done(_));
                        assert!(done, "a leader serves every call");
                        let applied = server.machine.applied();
                        assert!(call.sequence <= applied, "answered before it was applied");
                        self.retired += 1;
                    }
                    // It is never read: entries alone keep every follower up.
                    Effect::TakeSnapshot(id) => server.taken.push(id),
                    // Timers fire by hand.
                    _ => {}
                }
            }
            for token in server.written.drain(..) {
                let input = Input::Stored(token);
                server.raft.step(self.now, input, &mut server.effects);
            }
            for id in server.taken.drain(..) {
                let input = Input::SnapshotTaken { id, len: 0 };
                server.raft.step(self.now, input, &mut server.effects);
            }
            for (first, last) in server.applied.drain(..) {
                // The machine says nothing to any command.
                let outputs = Vec::new();
                let input = Input::Applied(Applied {
                    first,
                    last,
                    outputs,
                });
                server.raft.step(self.now, input, &mut server.effects);
            }
        }
    }

    fn turn_was_busy(&mut self) -> bool {
        let before = self.messages;
        self.turn();
        self.messages > before
    }
}

impl<const SESSIONS: bool> Cluster for Servers<SESSIONS> {
    const NAME: &'static str = match SESSIONS {
        true => "sessions",
        false => "ours",
    };

    fn elected(servers: u16, _window: u64) -> Self {
        let mut cluster = Self::new(servers);
        for server in &mut cluster.servers {
            server.step(cluster.now, Input::Start);
        }
        cluster.servers[0].step(cluster.now, Input::Control(Control::TimeOut));
        while cluster.turn_was_busy() {}
        let role = cluster.servers[0].raft.inspect().role;
        assert_eq!(role, Role::Leader, "the only candidate wins");
        cluster
    }

    fn propose(&mut self, commands: Range<u64>) {
        let calls = commands.map(|number| Call {
            operation: Operation::Write,
            command: Command {
                call: CallId {
                    client: ClientId(1),
                    sequence: number + 1,
                },
                session: SessionId::LASTING,
                payload: Arc::from(payload(number)),
            },
        });
        let calls = Input::Calls(calls.collect());
        self.servers[0].step(self.now, calls);
    }

    fn turn(&mut self) {
        for place in 0..self.servers.len() {
            self.work(place);
        }
    }

    fn heartbeat(&mut self) {
        self.now.monotonic += settings(SESSIONS).heartbeat;
        self.servers[0].step(self.now, Input::Timer(RaftTimer::Heartbeat));
    }

    fn retired(&self) -> u64 {
        self.retired
    }

    fn messages(&self) -> u64 {
        self.messages
    }

    fn machines(&self) -> impl Iterator<Item = &Machine> {
        self.servers.iter().map(|server| &server.machine)
    }
}
