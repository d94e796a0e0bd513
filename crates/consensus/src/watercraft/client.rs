//! Shared data: it lives with the host alone (W9). The host keeps every write, so that it can hand
//! them over in the one step that a good-bye has.

use super::mutant::Mutant;
use super::role::Seat;
use super::rule::WatercraftRule as Rule;
use super::{Fx, Watercraft};
use crate::alone::{Shared, Taken, refuse};
use crate::client::{Answer, Call, Command, Operation, Refusal};
use crate::commands::{Applied, SingleCommand};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::NodeId;
use alloc::vec::Vec;

/// What a host knows of its state machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Data {
    /// The calls that it works on.
    pub(super) shared: Shared,
    /// Every write, in order: to another state machine they are the data.
    pub(super) journal: Vec<Command>,
}

impl Watercraft {
    /// A client calls: the host serves, everyone else says who hosts.
    pub(super) fn serve(&mut self, call: Call, fx: &mut Fx) {
        let id = call.command.call;
        let serves = matches!(self.seat, Seat::Hosting(_));
        if !serves && !self.settings.breaks(Mutant::EverybodyServes) {
            let hint = self.believed_host();
            match hint {
                Some(host) => fx.why(Rule::ClientRedirected, Facts::peer(host)),
                None => fx.why(Rule::ClientRefused, Facts::NONE),
            }
            return refuse(id, Refusal::NotLeader, hint, fx);
        }
        let index = match self.data.shared.take(id) {
            Taken::At(index) => index,
            Taken::Repeated => return fx.why(Rule::CallRepeated, Facts::NONE),
            Taken::Full => return refuse(id, Refusal::NotLeader, None, fx),
        };
        let command = call.command;
        match call.operation {
            Operation::Write => {
                fx.why(Rule::StoresAlone, Facts::number(index));
                self.data.journal.push(command.clone());
            }
            Operation::Read | Operation::OpenSession => fx.why(Rule::ReadsAlone, Facts::NONE),
        }
        fx.push(Effect::Apply(SingleCommand { index, command }));
    }

    /// The state machine is done with some calls.
    pub(super) fn applied(&mut self, applied: Applied, fx: &mut Fx) {
        for (call, output) in self.data.shared.done(applied) {
            let answer = Answer::Done(output);
            fx.push(Effect::Answer { call, answer });
        }
    }

    /// Takes over the data of a host that left (W9).
    pub(super) fn install(&mut self, commands: Vec<Command>, fx: &mut Fx) {
        if !commands.is_empty() {
            fx.why(Rule::TakesOverData, Facts::number(commands.len() as u64));
        }
        for command in &commands {
            if let Some(index) = self.data.shared.next() {
                let command = command.clone();
                fx.push(Effect::Apply(SingleCommand { index, command }));
            }
        }
        self.data.journal = commands;
    }

    /// Another hosts, or this node leaves: what it held is no longer its to serve (W9).
    pub(super) fn discard_data(&mut self, hint: impl Into<Option<NodeId>>, fx: &mut Fx) {
        let hint = hint.into();
        for call in self.data.shared.abandon() {
            fx.why(Rule::CallsLost, Facts::NONE);
            refuse(call, Refusal::LostLeadership, hint, fx);
        }
        self.data.journal = Vec::new();
        let dropped = self.data.shared.empty();
        if dropped > 0 {
            fx.why(Rule::DataDropped, Facts::number(dropped));
            fx.push(Effect::ClearApplication);
        }
    }
}
