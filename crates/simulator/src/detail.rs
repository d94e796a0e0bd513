//! One node, or one message, for somebody who looks into it: made on demand, and never for a whole
//! run at once.

use crate::choose::Choose;
use crate::clock::ClockSettings;
use crate::flight::Endpoint;
use crate::flight::Flight;
use crate::host::Host;
use crate::look::{flight, shown_node};
use crate::network::{Cargo, Transit};
use crate::prospect::{Prospect, Reception};
use crate::register::Ask;
use crate::simulation::Simulation;
use crate::view::{Power, TimerView};
use alloc::vec::Vec;
use consensus::{
    Answer, Describe, Durable, Field, Incarnation, Label, Micros, NodeId, Now, Protocol, Value,
    wire,
};

/// A variable of a node, in memory and on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The variable, with its value in memory.
    pub field: Field,
    /// Its value on the disk, which a crash would leave; `None` for what is never stored, and where
    /// nothing was stored yet.
    pub stored: Option<Value>,
}

/// The state machine of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineDetail {
    /// The position that it carried out last; 0 for none.
    pub applied: u64,
    /// Each key's value, by key.
    pub values: Vec<(u32, u64)>,
    /// How many snapshots of it the host keeps.
    pub snapshots: u32,
}

/// The inbox of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InboxDetail {
    /// How many messages and calls wait.
    pub waiting: u32,
    /// How many can wait.
    pub capacity: u32,
    /// How long the node works on each.
    pub service: Micros,
}

/// One node at one moment, all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeDetail {
    /// Who.
    pub id: NodeId,
    /// Whether it is up.
    pub power: Power,
    /// Which of its lives this is.
    pub incarnation: Incarnation,
    /// Its own variables. While it is not up: as it would boot from its disk.
    pub variables: Vec<Variable>,
    /// Every timer that runs, the first to fire first.
    pub timers: Vec<TimerView>,
    /// Its state machine.
    pub machine: MachineDetail,
    /// How many writes are on their way to its disk: a crash now may lose them.
    pub unwritten: u32,
    /// Its inbox.
    pub inbox: InboxDetail,
    /// Timers and writes that reach it when it goes on after a pause.
    pub missed: u32,
    /// How wrong its clocks are.
    pub clock: ClockSettings,
    /// What its clocks show.
    pub shows: Now,
}

/// One message on its way, all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageDetail {
    /// The message as it is drawn: from whom to whom, sent when, due when, a copy of what.
    pub flight: Flight,
    /// Its length as encoded; 0 for what passes between clients and nodes.
    pub bytes: u32,
    /// Every item that it says.
    pub fields: Vec<Field>,
    /// What will become of it, as things stand.
    pub prospect: Prospect,
}

/// Everything about one node.
pub(crate) fn node_detail<P: Protocol>(host: &Host<P>, now: Micros) -> NodeDetail {
    let stored = host.disk.stored().fields();
    let on_disk = |field: &Field| {
        let same = stored.iter().find(|it| it.label == field.label)?;
        Some(same.value.clone())
    };
    let fields = shown_node(host, P::fields).into_iter();
    let mut timers: Vec<TimerView> = host.timer_views().collect();
    timers.sort_unstable_by_key(|it| it.due);
    let settings = host.inbox.settings;
    NodeDetail {
        id: host.id,
        power: host.power,
        incarnation: host.incarnation,
        variables: fields
            .map(|field| Variable {
                stored: on_disk(&field),
                field,
            })
            .collect(),
        timers,
        machine: MachineDetail {
            applied: host.register.last(),
            values: host.register.values().collect(),
            snapshots: host.snapshots.len() as u32,
        },
        unwritten: host.disk.pending().count() as u32,
        inbox: InboxDetail {
            waiting: host.inbox.len(),
            capacity: settings.capacity.max(1),
            service: settings.service,
        },
        missed: host.missed.len() as u32,
        clock: host.clock.settings(),
        shows: host.clock.now(now),
    }
}

impl<P: Protocol, C: Choose> Simulation<P, C> {
    /// Everything about one message, where it is on its way or not forgotten yet.
    pub(crate) fn message_detail(&self, number: u64) -> Option<MessageDetail> {
        let mut known = self.network.transits().chain(self.network.refused());
        let (_, transit) = known.find(|(id, _)| *id == number)?;
        let damaged = transit.damaged.is_some();
        Some(MessageDetail {
            flight: flight(number, transit),
            bytes: bytes_of(transit),
            fields: fields_of(&transit.cargo),
            prospect: Prospect::of(transit.fate, damaged, self.reception(transit.to)),
        })
    }

    fn reception(&self, to: Endpoint) -> Option<Reception> {
        let host = self.hosts.get(to.node()?)?;
        Some(Reception {
            power: host.power,
            idle: host.inbox.is_idle(),
            full: host.inbox.is_full(),
        })
    }
}

fn bytes_of<M: serde::Serialize>(transit: &Transit<M>) -> u32 {
    let bytes = match &transit.cargo {
        Cargo::Message(envelope) => wire::encoded_len(envelope).unwrap_or_default(),
        Cargo::Call(_) | Cargo::Answer { .. } => 0,
    };
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

static LIFE: Label = Label {
    name: "sender's life",
    meaning: "In which of its lives the sender sent it: what an earlier life said may be void.",
};
static KEY: Label = Label {
    name: "key",
    meaning: "Which register it is about.",
};
static VALUE: Label = Label {
    name: "value",
    meaning: "What is to stand there.",
};
static CALL: Label = Label {
    name: "call",
    meaning: "Which of the client's calls it is; asked again, it keeps its number.",
};
static OUTCOME: Label = Label {
    name: "outcome",
    meaning: "Whether the command was carried out.",
};
static HINT: Label = Label {
    name: "leader hint",
    meaning: "Whom the client should ask instead.",
};

fn fields_of<M: Describe>(cargo: &Cargo<M>) -> Vec<Field> {
    match cargo {
        Cargo::Message(envelope) => {
            let mut fields = envelope.message.fields();
            fields.push(LIFE.is(envelope.incarnation.0));
            fields
        }
        Cargo::Call(call) => {
            let ask = Ask::of(&call.command);
            Vec::from([
                KEY.is(ask.map(Ask::key)),
                VALUE.is(ask.and_then(Ask::written)),
                CALL.is(call.command.call.sequence),
            ])
        }
        Cargo::Answer { call, answer, .. } => {
            let (outcome, hint) = match answer {
                Answer::Done(_) => ("done", None),
                Answer::Refused { reason, hint } => (reason.words(), *hint),
            };
            Vec::from([OUTCOME.is(outcome), HINT.is(hint), CALL.is(call.sequence)])
        }
    }
}
