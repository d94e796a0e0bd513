//! A run as people see it.

use crate::acknowledged::Write;
use crate::action::TimedAction;
use crate::by_node::ByNode;
use crate::check::{Property, Standing, Violation};
use crate::choose::Choose;
use crate::engine::{Engine, GLANCED};
use crate::flight::Flight;
use crate::happening::Happening;
use crate::history::History;
use crate::host::Host;
use crate::measure::Measures;
use crate::network::{Cargo, Transit};
use crate::register::Ask;
use crate::simulation::Simulation;
use crate::view::{CellView, DataView, NodeView, OneWayCut, View};
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::{
    Answer, CallId, Describe, MessageShape, MessageSummary, Micros, NodeId, Operation, Protocol,
};

impl<P: Protocol, C: Choose> Engine for Simulation<P, C> {
    fn protocol(&self) -> &'static str {
        P::name(&self.settings)
    }

    fn now(&self) -> Micros {
        self.now
    }

    fn events(&self) -> u64 {
        self.events
    }

    fn next_event(&self) -> Option<Micros> {
        if self.watch.violation().is_some() {
            return None;
        }
        self.next()
    }

    fn step(&mut self, story: &mut Vec<Happening>) -> bool {
        self.advance(story)
    }

    fn step_untold(&mut self) -> bool {
        self.untold = true;
        let stepped = self.advance(&mut Vec::new());
        self.untold = false;
        stepped
    }

    fn schedule(&mut self, action: TimedAction) {
        self.put(action);
    }

    fn unschedule(&mut self, action: &TimedAction) -> bool {
        self.take_out(action)
    }

    fn digest(&self) -> u64 {
        self.digest
    }

    fn view(&self) -> View {
        self.seen(u64::MAX)
    }

    fn glance(&self) -> View {
        self.seen(GLANCED)
    }

    fn flight(&self, number: u64) -> Option<Flight> {
        let refused = || self.network.refused().find(|(id, _)| *id == number);
        let transit = self.network.get(number);
        let transit = transit.or_else(|| refused().map(|(_, transit)| transit));
        transit.map(|transit| flight(number, transit))
    }

    fn measures(&self, at: Micros) -> Measures {
        let drops = self.network.drops();
        let holders = |write: &_| holders(&self.hosts, write);
        self.tally.measures(at, self.claims(), drops, holders)
    }

    fn checks(&self, at: Micros) -> Vec<(Property, Standing)> {
        self.watch.standings(at)
    }

    fn first_break(&self, property: Property) -> Option<&Violation> {
        self.watch.first_break(property)
    }

    fn violation(&self) -> Option<&Violation> {
        self.watch.violation()
    }

    fn history(&self) -> &History {
        self.clients.history()
    }

    /// Logs are what makes the difference.
    fn weight(&self) -> u64 {
        self.watch.entries()
    }

    fn fork(&self) -> Box<dyn Engine> {
        let mut fork = self.clone();
        fork.forget_stale();
        Box::new(fork)
    }
}

/// A node as people see it: while it is not up, as it would boot from its disk.
pub(crate) fn shown_node<P: Protocol, T>(host: &Host<P>, look: impl FnOnce(&P) -> T) -> T {
    if host.is_booted() {
        look(&host.node)
    } else {
        look(&host.reborn())
    }
}

/// How many nodes hold a write, counted up to two.
pub(crate) fn holders<P: Protocol>(hosts: &ByNode<Host<P>>, write: &Write) -> usize {
    let holds = |host: &&Host<P>| host.holds(write.index, write.call);
    hosts.values().filter(holds).take(2).count()
}

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// The run, with so many entries of each log at most.
    fn seen(&self, entries: u64) -> View {
        let transits = self.network.transits().chain(self.network.refused());
        let mut flights: Vec<Flight> = Vec::new();
        for (id, transit) in transits {
            let place = flights.partition_point(|flight| flight.id < id);
            flights.insert(place, flight(id, transit));
        }
        let attached = self.attached();
        let one_way = |(from, to): (&[NodeId], &[NodeId])| OneWayCut {
            from: from.to_vec(),
            to: to.to_vec(),
        };
        let cuts = self.network.cuts.one_way().map(one_way);
        let drops = self.network.drops().iter();
        View {
            now: self.now,
            nodes: self
                .hosts
                .values()
                .map(|host| self.node_view(host, entries))
                .collect(),
            flights,
            sides: self.network.cuts.sides(&attached),
            one_way: cuts.collect(),
            link: self.network.base(),
            drops: drops.map(|(cause, count)| (*cause, *count)).collect(),
            clients: self.clients.view(),
            reigns: self.tally.reigns().to_vec(),
        }
    }

    fn node_view(&self, host: &Host<P>, entries: u64) -> NodeView {
        let inspection = shown_node(host, |node| node.glance(entries));
        let log = inspection.log.iter().map(|entry| CellView {
            index: entry.index,
            term: entry.term,
            value: entry.command.as_ref().and_then(Ask::value_of),
            committed: entry.committed,
        });
        let data = host.register.latest().into_iter().map(|(client, done)| {
            let sequence = done.sequence;
            DataView {
                index: done.index,
                value: done.value,
                acknowledged: self
                    .tally
                    .acknowledged
                    .contains(CallId { client, sequence }),
            }
        });
        NodeView {
            id: host.id,
            power: host.power,
            incarnation: host.incarnation,
            clock: host.clock.settings(),
            service: host.inbox.settings.service,
            waiting: host.inbox.len(),
            earlier: inspection.earlier,
            log: log.collect(),
            data: data.collect(),
            patience: host.patience(),
            inspection,
        }
    }
}

pub(crate) fn flight<M: Describe>(id: u64, transit: &Transit<M>) -> Flight {
    let summary = summary_of(&transit.cargo);
    Flight {
        id,
        from: transit.from,
        to: transit.to,
        sent: transit.sent,
        due: transit.due,
        fate: transit.fate,
        damaged: transit.damaged.is_some(),
        copy_of: transit.copy_of,
        kind: summary.kind,
        shape: summary.shape,
        answer: summary.answer,
        reign: summary.reign,
        value: summary.command.as_ref().and_then(Ask::value_of),
    }
}

/// The kind of what travels.
pub(crate) fn kind_of<M: Describe>(cargo: &Cargo<M>) -> &'static str {
    match cargo {
        Cargo::Message(envelope) => envelope.message.describe().kind,
        Cargo::Call(call) => operation_name(call.operation),
        Cargo::Answer { .. } => "answer",
    }
}

const fn operation_name(operation: Operation) -> &'static str {
    match operation {
        Operation::Write => "write",
        Operation::Read => "read",
        Operation::OpenSession => "open session",
    }
}

fn summary_of<M: Describe>(cargo: &Cargo<M>) -> MessageSummary {
    let plain = MessageSummary {
        kind: kind_of(cargo),
        shape: MessageShape::Entry,
        answer: None,
        heartbeat: false,
        reign: None,
        command: None,
    };
    match cargo {
        Cargo::Message(envelope) => envelope.message.describe(),
        Cargo::Call(call) => MessageSummary {
            command: Some(call.command.clone()),
            ..plain
        },
        Cargo::Answer { answer, .. } => MessageSummary {
            answer: Some(matches!(answer, Answer::Done(_))),
            ..plain
        },
    }
}
