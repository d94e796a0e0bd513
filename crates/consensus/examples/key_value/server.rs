//! One server: a thread that hands the node one input at a time and carries out its effects.

use crate::journal::Journal;
use crate::network::Network;
use crate::snapshots::Snapshots;
use crate::store::Store;
use crate::timers::Timers;
use consensus::raft::{Raft, RaftSettings};
use consensus::{
    Answer, Boot, Call, CallId, ClusterId, Commands, Effect, Effects, Envelope, Explain,
    Incarnation, Input, Micros, NodeId, Now, Protocol, Receiver as To, Role, wire,
};
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Instant, SystemTime};

/// What can reach a server's thread.
pub(crate) enum Event {
    /// Bytes from the network.
    Packet(Vec<u8>),
    /// A client's call, and where its answer goes.
    Call(Call, Sender<Answer>),
    /// Something that the host itself tells the node.
    Happened(Input<Raft>),
    /// Somebody wants to see the server.
    Show(Sender<Sight>),
    /// The journal cannot be written any more.
    DiskFailed(io::Error),
    /// The power is cut.
    Kill,
}

/// A server as others see it.
pub(crate) struct Sight {
    pub(crate) role: Role,
    pub(crate) committed: u64,
    pub(crate) applied: u64,
    pub(crate) store: Store,
}

/// One server and all that belongs to it.
pub(crate) struct Server {
    id: NodeId,
    incarnation: Incarnation,
    node: Raft,
    born: Instant,
    network: Network,
    journal: Journal,
    snapshots: Snapshots,
    timers: Timers,
    store: Store,
    applied: u64,
    callers: BTreeMap<CallId, Sender<Answer>>,
}

impl Server {
    /// Boots a server from its directory, in a thread of its own.
    pub(crate) fn spawn(
        id: NodeId,
        members: Vec<NodeId>,
        incarnation: Incarnation,
        directory: &Path,
        network: Network,
    ) -> io::Result<()> {
        std::fs::create_dir_all(directory)?;
        let (sender, inbox) = channel();
        let (journal, durable) = Journal::open(directory, sender.clone())?;
        let node = Raft::boot(Boot {
            node: id,
            cluster: ClusterId(1),
            incarnation,
            members,
            settings: RaftSettings::production(),
            durable,
        });
        let mut server = Self {
            id,
            incarnation,
            node,
            born: Instant::now(),
            network: network.clone(),
            journal,
            snapshots: Snapshots::in_directory(directory),
            timers: Timers::default(),
            store: Store::default(),
            applied: 0,
            callers: BTreeMap::new(),
        };
        network.attach(id, sender);
        thread::spawn(move || {
            if let Err(error) = server.run(&inbox) {
                eprintln!("{id} stops: {error}");
                network.detach(id);
            }
        });
        Ok(())
    }

    fn run(&mut self, inbox: &Receiver<Event>) -> io::Result<()> {
        self.give(Input::Start)?;
        loop {
            match inbox.recv_timeout(self.timers.until_next()) {
                Ok(Event::Packet(bytes)) => {
                    // Damaged bytes are as good as lost ones.
                    if let Ok(envelope) = wire::decode(&bytes) {
                        self.give(Input::Receive(envelope))?;
                    }
                }
                Ok(Event::Call(call, caller)) => {
                    self.callers.insert(call.command.call, caller);
                    self.give(Input::Call(call))?;
                }
                Ok(Event::Happened(input)) => self.give(input)?,
                Ok(Event::Show(asker)) => {
                    // Whoever asked may have lost interest.
                    let _ = asker.send(self.sight());
                }
                Ok(Event::DiskFailed(error)) => return Err(error),
                Ok(Event::Kill) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            while let Some(timer) = self.timers.fired() {
                self.give(Input::Timer(timer))?;
            }
        }
    }

    /// Hands the node an input, carries out what it asks for, and hands it what comes of that.
    fn give(&mut self, input: Input<Raft>) -> io::Result<()> {
        let mut inputs = VecDeque::from([input]);
        let mut effects = Effects::new();
        while let Some(input) = inputs.pop_front() {
            let now = self.now();
            self.node.step(now, input, &mut effects);
            for effect in effects.drain() {
                inputs.extend(self.carry_out(effect)?);
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, effect: Effect<Raft>) -> io::Result<Option<Input<Raft>>> {
        match effect {
            Effect::Send { to, message } => self.send(to, message),
            // Raft addresses everyone by name, and draws nothing.
            Effect::Broadcast { .. } | Effect::Draw(_) | Effect::ClearApplication => {}
            Effect::Arm { timer, least, most } => self.timers.arm(timer, least, most)?,
            Effect::Disarm(timer) => self.timers.disarm(timer),
            Effect::Persist { token, write } => self.journal.write(token, write),
            Effect::Answer { call, answer } => {
                if let Some(caller) = self.callers.remove(&call) {
                    // A client that gave up no longer listens.
                    let _ = caller.send(answer);
                }
            }
            Effect::Apply(commands) => {
                let applied = commands.carry_out(|_, command| self.store.apply(&command.payload));
                self.applied = applied.last;
                return Ok(Some(Input::Applied(applied)));
            }
            Effect::Query { command } => {
                let output = self.store.query(&command.payload);
                let call = command.call;
                return Ok(Some(Input::Queried { call, output }));
            }
            Effect::TakeSnapshot(id) => {
                let bytes = postcard::to_allocvec(&self.store).map_err(io::Error::other)?;
                self.snapshots.keep(id, &bytes)?;
                let len = bytes.len() as u64;
                return Ok(Some(Input::SnapshotTaken { id, len }));
            }
            Effect::ReadSnapshot { id, offset, len } => {
                let whole = self.snapshots.read(id)?;
                let from = usize::try_from(offset).map_err(io::Error::other)?;
                let until = from.saturating_add(len as usize).min(whole.len());
                let bytes = whole.get(from..until).unwrap_or_default().into();
                return Ok(Some(Input::SnapshotRead { id, offset, bytes }));
            }
            Effect::InstallSnapshot { id, bytes } => {
                self.snapshots.keep(id, &bytes)?;
                return self.restore(id);
            }
            Effect::RestoreSnapshot(id) => return self.restore(id),
            Effect::ForgetSnapshots { before } => self.snapshots.forget(before)?,
            Effect::Observe(_) => {}
            // The transcript: what matters, in words.
            Effect::Why { rule, facts } if rule.explanation().weight >= 2 => {
                println!(
                    "  [{}] {}",
                    rule.name(),
                    self.sentence(rule.explanation().sentence, facts)
                );
            }
            Effect::Why { .. } => {}
        }
        Ok(None)
    }

    fn restore(&mut self, id: consensus::SnapshotId) -> io::Result<Option<Input<Raft>>> {
        self.store = self.snapshots.restore(id)?;
        self.applied = id.0;
        Ok(Some(Input::SnapshotInstalled { id }))
    }

    fn send(&self, to: NodeId, message: consensus::raft::RaftMessage) {
        let envelope = Envelope {
            cluster: ClusterId(1),
            sender: self.id,
            incarnation: self.incarnation,
            receiver: To::Node(to),
            message,
        };
        if let Ok(bytes) = wire::encode(&envelope) {
            self.network.hand(to, Event::Packet(bytes));
        }
    }

    fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Now {
            monotonic: micros(self.born.elapsed()),
            wall: wall.map_or(Micros::ZERO, micros),
        }
    }

    fn sight(&self) -> Sight {
        let view = self.node.inspect();
        Sight {
            role: view.role,
            committed: view.committed,
            applied: self.applied,
            store: self.store.clone(),
        }
    }

    fn sentence(&self, sentence: &str, facts: consensus::Facts) -> String {
        let text = |value: Option<u64>| value.map_or_else(String::new, |it| it.to_string());
        let peer = facts.peer.map_or_else(String::new, |it| it.to_string());
        sentence
            .replace("{node}", &self.id.to_string())
            .replace("{peer}", &peer)
            .replace("{number}", &text(facts.number))
            .replace("{of}", &text(facts.of))
    }
}

fn micros(span: std::time::Duration) -> Micros {
    Micros(u64::try_from(span.as_micros()).unwrap_or(u64::MAX))
}
