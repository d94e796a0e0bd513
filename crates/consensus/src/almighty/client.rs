//! Shared data: it lives with the leader alone, and dies with it (A9).

use super::role::Seat;
use super::rule::AlmightyRule as Rule;
use super::{Almighty, Fx};
use crate::client::{Answer, Call, CallId, Operation, Refusal};
use crate::commands::{Applied, SingleCommand};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::NodeId;
use alloc::vec::Vec;
use litemap::LiteMap;

/// What a peer knows of its state machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Shared {
    /// The position of the last command given to it; 0 while it is empty.
    pub(super) last: u64,
    /// Calls that are being carried out, by position.
    pub(super) waiting: LiteMap<u64, CallId>,
}

impl Almighty {
    /// Whom this peer believes to lead.
    pub(super) fn believed_leader(&self) -> Option<NodeId> {
        match &self.seat {
            Seat::Following(following) => Some(following.leader.node),
            Seat::Leading(_) => Some(self.node),
            _ => None,
        }
    }

    /// A client calls: the leader serves, everyone else says who leads.
    pub(super) fn serve(&mut self, call: Call, fx: &mut Fx) {
        let id = call.command.call;
        if !matches!(self.seat, Seat::Leading(_)) {
            let hint = self.believed_leader();
            match hint {
                Some(leader) => fx.why(Rule::ClientRedirected, Facts::peer(leader)),
                None => fx.why(Rule::ClientRefused, Facts::NONE),
            }
            return refuse(id, Refusal::NotLeader, hint, fx);
        }
        if self.shared.waiting.values().any(|waiting| *waiting == id) {
            return fx.why(Rule::CallRepeated, Facts::NONE);
        }
        let Some(index) = self.shared.last.checked_add(1) else {
            return refuse(id, Refusal::NotLeader, None, fx);
        };
        self.shared.last = index;
        self.shared.waiting.insert(index, id);
        match call.operation {
            Operation::Write => fx.why(Rule::StoresAlone, Facts::number(index)),
            Operation::Read | Operation::OpenSession => fx.why(Rule::ReadsAlone, Facts::NONE),
        }
        let command = call.command;
        fx.push(Effect::Apply(SingleCommand { index, command }));
    }

    /// The state machine is done with some calls.
    pub(super) fn applied(&mut self, mut applied: Applied, fx: &mut Fx) {
        let done = applied.first..=applied.last;
        let waiting = self.shared.waiting.keys().copied();
        for index in waiting.filter(|it| done.contains(it)).collect::<Vec<_>>() {
            if let Some(call) = self.shared.waiting.remove(&index) {
                let answer = Answer::Done(applied.take_output(index));
                fx.push(Effect::Answer { call, answer });
            }
        }
    }

    /// Calls that wait when it stops leading: whether they take effect is unknown.
    pub(super) fn refuse_waiting(&mut self, hint: Option<NodeId>, fx: &mut Fx) {
        for (_, call) in core::mem::take(&mut self.shared.waiting).into_tuple_vec() {
            fx.why(Rule::CallsLost, Facts::NONE);
            refuse(call, Refusal::LostLeadership, hint, fx);
        }
    }

    /// Another leads: what this peer held is no longer its to serve (A9).
    pub(super) fn discard_data(&mut self, fx: &mut Fx) {
        self.refuse_waiting(None, fx);
        if self.shared.last > 0 {
            fx.why(Rule::DataDropped, Facts::number(self.shared.last));
            fx.push(Effect::ClearApplication);
            self.shared.last = 0;
        }
    }
}

fn refuse(call: CallId, reason: Refusal, hint: Option<NodeId>, fx: &mut Fx) {
    let answer = Answer::Refused { reason, hint };
    fx.push(Effect::Answer { call, answer });
}
