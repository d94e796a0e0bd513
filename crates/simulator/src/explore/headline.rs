//! What comes next, in words.

use super::free_run::{FreeRun, Next};
use crate::action::{Action, Target};
use crate::flight::Endpoint;
use crate::look::kind_of;
use crate::simulation::Event;
use alloc::format;
use alloc::string::{String, ToString};
use consensus::{NodeId, Protocol, TimerKind};

impl<P: Protocol> FreeRun<P> {
    /// What happens where this comes next.
    pub(super) fn headline(&self, next: &Next) -> String {
        match next {
            Next::Act(act) => of_act(act),
            Next::Pending(place) => {
                let mut pending = self.run.queue.iter();
                let found = pending.find(|(_, other, _)| other == place);
                found.map_or_else(String::new, |(_, _, event)| self.of_event(event))
            }
        }
    }

    fn of_event(&self, event: &Event<P>) -> String {
        match event {
            Event::Arrive(number) => {
                let Some(transit) = self.run.network.get(*number) else {
                    return String::new();
                };
                let kind = kind_of(&transit.cargo);
                let (from, to) = (of_endpoint(transit.from), of_endpoint(transit.to));
                format!("{to} gets a message of {from}: {kind}")
            }
            Event::Timer { node, timer, .. } => format!("{node}: the {} timer fires", timer.name()),
            Event::Stored { node, .. } => format!("a write is on the disk of {node}"),
            Event::Boot(node) => format!("{node} boots"),
            Event::Worked { node, .. } => format!("{node} goes on to what waits in its inbox"),
            Event::Client(_) => String::from("a client goes on"),
            Event::Operator => String::from("the operator looks again"),
        }
    }
}

fn of_endpoint(endpoint: Endpoint) -> String {
    match endpoint {
        Endpoint::Node(node) => node.to_string(),
        Endpoint::Client(client) => format!("client {}", client.0),
    }
}

fn of_act(act: &Action) -> String {
    match act {
        Action::Stop(Target::Node(node)) => format!("{node} crashes"),
        Action::Start(Target::Node(node)) => format!("{node} comes back"),
        Action::Join(node) => format!("{node} joins"),
        Action::Cut(sides) => {
            let alone: String = sides.iter().flatten().map(NodeId::to_string).collect();
            format!("the network is cut between {alone} and the others")
        }
        Action::Heal => String::from("the cut is healed"),
        other => format!("{other:?}"),
    }
}
