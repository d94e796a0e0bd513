//! Carrying out what clients do, and bringing them what they wait for.

use crate::acknowledged::Write;
use crate::check::Told;
use crate::choose::Choose;
use crate::client::{ClientEffect, ClientEvent, Clients, Surroundings};
use crate::flight::Endpoint;
use crate::happening::{Happening, IdleReason, What};
use crate::look::holders;
use crate::network::Cargo;
use crate::register::{Application, Ask, told};
use crate::simulation::{Event, Simulation};
use alloc::vec::Vec;
use consensus::{Answer, CallId, ClientId, NodeId, Protocol};

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Lets the workload begin, where there is one.
    pub(crate) fn start_clients(&mut self) {
        let mut effects = Vec::new();
        self.clients.start(&mut self.choose, &mut effects);
        self.carry_for_clients(effects, &mut Vec::new());
    }

    /// A client is told to call.
    pub(crate) fn ask(
        &mut self,
        client: ClientId,
        ask: Ask,
        to: Option<NodeId>,
        story: &mut Vec<Happening>,
    ) -> Result<(), IdleReason> {
        let begun = self.let_clients(story, |clients, around, effects| {
            clients.begin(client, |_, _| ask, to, around, effects)
        });
        begun.map(|_| ()).ok_or(IdleReason::NoSuchNode)
    }

    /// Something came that a client waited for.
    pub(crate) fn wake_client(&mut self, event: ClientEvent, story: &mut Vec<Happening>) {
        self.let_clients(story, |clients, around, effects| {
            clients.carry_out(event, around, effects);
        });
    }

    /// An answer reaches a client; `applied` is what the node's state machine knew of the command.
    pub(crate) fn answer_arrives(
        &mut self,
        call: CallId,
        by: NodeId,
        answer: &Answer,
        applied: Application,
        story: &mut Vec<Happening>,
    ) {
        self.fold(&(call, answer));
        let ended = self.let_clients(story, |clients, around, effects| {
            clients.answered(call, by, answer, around, effects)
        });
        if let Some(ask) = ended {
            let told = match answer {
                Answer::Done(output) => Some(Told {
                    by,
                    value: told(output),
                    written: ask.written().map(|_| applied),
                }),
                Answer::Refused { .. } => None,
            };
            if let Some(applied) = told.and_then(|it| it.written) {
                let index = applied.index().unwrap_or(0);
                let held = |write: &_| holders(&self.hosts, write) > 1;
                let write = Write { call, index };
                self.tally.acknowledged.add(write, held);
            }
            self.watch.returned(call, ask.key(), told);
        }
    }

    /// Lets clients act, and carries out what they do.
    fn let_clients<T>(
        &mut self,
        story: &mut Vec<Happening>,
        act: impl FnOnce(&mut Clients, &mut Surroundings<'_, C>, &mut Vec<ClientEffect>) -> T,
    ) -> T {
        let attached = self.attached();
        let mut around = Surroundings {
            now: self.now,
            attached: &attached,
            choose: &mut self.choose,
        };
        let mut effects = Vec::new();
        let found = act(&mut self.clients, &mut around, &mut effects);
        self.carry_for_clients(effects, story);
        found
    }

    fn carry_for_clients(&mut self, effects: Vec<ClientEffect>, story: &mut Vec<Happening>) {
        for effect in effects {
            match effect {
                ClientEffect::Send { node, call } => {
                    let from = Endpoint::Client(call.command.call.client);
                    let cargo = Cargo::Call(call);
                    let kind = crate::look::kind_of(&cargo);
                    self.dispatch((from, Endpoint::Node(node)), cargo, (kind, 0), story);
                }
                ClientEffect::Wake { at, event } => {
                    self.queue.push(at.max(self.now), Event::Client(event));
                }
                ClientEffect::Tell(what) => {
                    match &what {
                        What::Called {
                            call,
                            key,
                            operation,
                            written,
                            attempt: 1,
                            ..
                        } => self.watch.called(*call, *key, *operation, *written),
                        What::GaveUp { call, key, .. } => self.watch.returned(*call, *key, None),
                        _ => {}
                    }
                    self.tell(story, what);
                }
            }
        }
    }
}
