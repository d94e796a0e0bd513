//! Carrying out what a node asks for.

use crate::choose::{Choose, Stream};
use crate::flight::Endpoint;
use crate::happening::{Happening, What, Why};
use crate::network::Cargo;
use crate::register::Register;
use crate::simulation::{Event, Simulation};
use alloc::vec::Vec;
use consensus::{
    Answer, Applied, CallId, ClusterId, Commands, Describe, Effect, Envelope, Explain, Input,
    Micros, NodeId, Observation, Protocol, Receiver, Role, Token, WriteSummary, wire,
};

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Carries out one effect; gives the input that answers it at once, where one does.
    pub(crate) fn carry(
        &mut self,
        node: NodeId,
        effect: Effect<P>,
        story: &mut Vec<Happening>,
    ) -> Option<Input<P>> {
        match effect {
            Effect::Send { to, message } => {
                self.send(node, Receiver::Node(to), to, message, story);
            }
            Effect::Broadcast { message } => {
                let everyone = self.attached().into_iter().filter(|to| *to != node);
                for to in everyone.collect::<Vec<_>>() {
                    self.send(node, Receiver::Everyone, to, message.clone(), story);
                }
            }
            Effect::Arm { timer, least, most } => self.arm(node, timer, least, most),
            Effect::Disarm(timer) => self.host(node)?.disarm(timer),
            Effect::Persist { token, write } => self.persist(node, token, write),
            Effect::Draw(purpose) => {
                let value = self.choose.word(Stream::Node(node));
                return Some(Input::Drawn { purpose, value });
            }
            Effect::Answer { call, answer } => self.answer(node, call, answer, story),
            Effect::Apply(commands) => return self.apply(node, &commands, story),
            Effect::ClearApplication => {
                self.tally.acknowledged.doubt();
                self.host(node)?.register = Register::default();
            }
            Effect::Query { command } => {
                let output = self.host(node)?.register.query(&command);
                let call = command.call;
                return Some(Input::Queried { call, output });
            }
            Effect::InstallSnapshot { .. } | Effect::RestoreSnapshot(_) => {
                self.tally.acknowledged.doubt();
                return self.host(node)?.keep_snapshots(effect);
            }
            Effect::TakeSnapshot(_)
            | Effect::ReadSnapshot { .. }
            | Effect::ForgetSnapshots { .. } => return self.host(node)?.keep_snapshots(effect),
            Effect::Observe(seen) => self.observe(node, seen, story),
            Effect::Why { rule, facts } => {
                let rule = rule.explanation();
                self.tell(story, What::Why(node, Why { rule, facts }));
            }
        }
        None
    }

    /// Lets a node's state machine carry commands out.
    fn apply(
        &mut self,
        node: NodeId,
        commands: &P::Commands,
        story: &mut Vec<Happening>,
    ) -> Option<Input<P>> {
        let first = commands.first();
        let (mut last, mut outputs) = (first, Vec::new());
        for (index, command) in commands.placed() {
            let digest = consensus::digest_of(command);
            let before = self.host(node)?.register.written_before(command);
            self.watch.applied(node, index, digest, before);
            let applied = What::Applied {
                node,
                index,
                digest,
            };
            self.tell(story, applied);
            let host = self.host(node)?;
            host.applied_since_snapshot = host.applied_since_snapshot.saturating_add(1);
            outputs.push(host.register.apply(index, command));
            last = index;
        }
        Some(Input::Applied(Applied {
            first,
            last,
            outputs,
        }))
    }

    fn host(&mut self, node: NodeId) -> Option<&mut crate::host::Host<P>> {
        self.hosts.get_mut(node)
    }

    fn send(
        &mut self,
        from: NodeId,
        receiver: Receiver,
        to: NodeId,
        message: P::Message,
        story: &mut Vec<Happening>,
    ) {
        let Some(host) = self.hosts.get(from) else {
            return;
        };
        if self.hosts.get(to).is_none() {
            return;
        }
        let envelope = Envelope {
            cluster: ClusterId(0),
            sender: from,
            incarnation: host.incarnation,
            receiver,
            message,
        };
        let bytes = wire::encoded_len(&envelope).unwrap_or_default();
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let summary = envelope.message.describe();
        let kind = summary.kind;
        self.tally.sent(&summary, bytes);
        let way = (Endpoint::Node(from), Endpoint::Node(to));
        self.dispatch(way, Cargo::Message(envelope), (kind, bytes), story);
    }

    fn arm(&mut self, node: NodeId, timer: P::Timer, least: Micros, most: Micros) {
        let delay = self.choose.span(Stream::Node(node), least, most);
        let now = self.now;
        if let Some(host) = self.hosts.get_mut(node) {
            let due = now + host.clock.wait(delay);
            let generation = host.arm(timer, now, due);
            let event = Event::Timer {
                node,
                timer,
                generation,
            };
            self.queue.push(due, event);
        }
    }

    fn persist(&mut self, node: NodeId, token: Token, write: P::Write) {
        self.watch.asked(node);
        let now = self.now;
        if let Some(host) = self.hosts.get_mut(node) {
            let at = host.disk.write(&mut self.choose, node, now, (token, write));
            let incarnation = host.incarnation;
            let event = Event::Stored {
                node,
                incarnation,
                token,
            };
            self.queue.push(at, event);
        }
    }

    /// A write is complete.
    pub(crate) fn complete(&mut self, node: NodeId, token: Token, story: &mut Vec<Happening>) {
        let mut stored = Vec::new();
        if let Some(host) = self.hosts.get_mut(node) {
            host.disk.complete(token, |write| stored.push(write));
        }
        self.tell_stored(node, stored, story);
    }

    /// These writes would now survive a crash.
    pub(crate) fn tell_stored(
        &mut self,
        node: NodeId,
        stored: Vec<WriteSummary>,
        story: &mut Vec<Happening>,
    ) {
        for write in stored {
            if self.watch.takes_out(node, &write) {
                self.tally.acknowledged.doubt();
            }
            self.watch.stored(node, &write);
            if let WriteSummary::Snapshot { .. } = write {
                self.tally.acknowledged.settle(self.watch.covered());
            }
            self.tell(story, What::Stored(node, write));
        }
    }

    fn answer(&mut self, node: NodeId, call: CallId, answer: Answer, story: &mut Vec<Happening>) {
        let Some(host) = self.hosts.get(node) else {
            return;
        };
        if matches!(answer, Answer::Done(_)) {
            self.watch.done(node, call, &host.register);
        }
        let applied = host.register.application_of(call);
        let cargo = Cargo::Answer {
            call,
            answer,
            applied,
        };
        let way = (Endpoint::Node(node), Endpoint::Client(call.client));
        self.dispatch(way, cargo, ("answer", 0), story);
    }

    fn observe(&mut self, node: NodeId, seen: Observation, story: &mut Vec<Happening>) {
        if let Some(host) = self.hosts.get_mut(node) {
            let led = host.reported.role == Role::Leader;
            match seen {
                Observation::Role { role, mandate } => {
                    host.reported.role = role;
                    host.reported.mandate = mandate;
                }
                Observation::Follows(reign) => host.reported.follows = reign.leader,
                Observation::Identified { joined, .. } => host.reported.joined = Some(joined),
                _ => {}
            }
            self.tally.observe(node, &seen, led);
        }
        self.watch.observe(node, &seen);
        self.tell(story, What::Observed(node, seen));
    }
}
