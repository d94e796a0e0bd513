//! The cluster of `consensus::raft` servers.

use crate::cluster::Cluster;
use crate::load::payload;
use crate::machine::Machine;
use consensus::raft::{Raft, RaftDurable, RaftMessage, RaftSettings, RaftTimer};
use consensus::{
    Answer, Boot, Call, CallId, ClientId, ClusterId, Command, Control, Effect, Effects, Envelope,
    Incarnation, Input, Micros, NodeId, Now, Operation, Output, Protocol, Receiver, Role,
    SessionId, Token,
};
use std::mem;
use std::ops::Range;
use std::sync::Arc;

const CLUSTER: ClusterId = ClusterId(1);
const LIFE: Incarnation = Incarnation(1);

type Inbox = Vec<Envelope<RaftMessage>>;

/// The Raft of this workspace.
pub struct Ours {
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
    /// Positions that the machine has applied and the server has not been told of.
    applied: Vec<u64>,
    /// What the machine says to every command.
    output: Output,
}

impl Server {
    fn boot(node: NodeId, members: &[NodeId]) -> Self {
        let boot = Boot {
            node,
            cluster: CLUSTER,
            incarnation: LIFE,
            members: members.to_vec(),
            settings: RaftSettings::production(),
            durable: RaftDurable::default(),
        };
        Self {
            node,
            raft: Raft::boot(boot),
            machine: Machine::default(),
            effects: Effects::new(),
            written: Vec::new(),
            applied: Vec::new(),
            output: Output(Arc::default()),
        }
    }

    fn step(&mut self, now: Now, input: Input<Raft>) {
        self.raft.step(now, input, &mut self.effects);
    }
}

impl Ours {
    fn new(servers: u16) -> Self {
        let members: Vec<_> = (0..servers).map(NodeId).collect();
        let servers = members.iter().map(|node| Server::boot(*node, &members));
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
                    Effect::Apply { index, command } => {
                        server.machine.apply(&command.payload);
                        server.applied.push(index);
                    }
                    Effect::Answer { call, answer } => {
                        let done = matches!(answer, Answer::Done(_));
                        assert!(done, "a leader serves every call");
                        let applied = server.machine.applied();
                        assert!(call.sequence <= applied, "answered before it was applied");
                        self.retired += 1;
                    }
                    // Timers fire by hand, and nobody watches.
                    _ => {}
                }
            }
            for token in server.written.drain(..) {
                let input = Input::Stored(token);
                server.raft.step(self.now, input, &mut server.effects);
            }
            for index in server.applied.drain(..) {
                let output = server.output.clone();
                let input = Input::Applied { index, output };
                server.raft.step(self.now, input, &mut server.effects);
            }
        }
    }
}

impl Cluster for Ours {
    const NAME: &'static str = "ours";

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
        for number in commands {
            let call = Call {
                operation: Operation::Write,
                command: Command {
                    call: CallId {
                        client: ClientId(1),
                        sequence: number + 1,
                    },
                    session: SessionId::LASTING,
                    payload: Arc::from(payload(number)),
                },
            };
            self.servers[0].step(self.now, Input::Call(call));
        }
    }

    fn turn(&mut self) {
        for place in 0..self.servers.len() {
            self.work(place);
        }
    }

    fn heartbeat(&mut self) {
        self.now.monotonic += RaftSettings::production().heartbeat;
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

impl Ours {
    fn turn_was_busy(&mut self) -> bool {
        let before = self.messages;
        self.turn();
        self.messages > before
    }
}
