//! Shared data: it lives with the leader alone, and dies with it (A9).

use super::role::Seat;
use super::rule::AlmightyRule as Rule;
use super::{Almighty, Fx};
use crate::alone::{Taken, refuse};
use crate::client::{Answer, Call, Operation, Refusal};
use crate::commands::{Applied, SingleCommand};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::NodeId;

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
        let index = match self.shared.take(id) {
            Taken::At(index) => index,
            Taken::Repeated => return fx.why(Rule::CallRepeated, Facts::NONE),
            Taken::Full => return refuse(id, Refusal::NotLeader, None, fx),
        };
        match call.operation {
            Operation::Write => fx.why(Rule::StoresAlone, Facts::number(index)),
            Operation::Read | Operation::OpenSession => fx.why(Rule::ReadsAlone, Facts::NONE),
        }
        let command = call.command;
        fx.push(Effect::Apply(SingleCommand { index, command }));
    }

    /// The state machine is done with some calls.
    pub(super) fn applied(&mut self, applied: Applied, fx: &mut Fx) {
        for (call, output) in self.shared.done(applied) {
            let answer = Answer::Done(output);
            fx.push(Effect::Answer { call, answer });
        }
    }

    /// Calls that wait when it stops leading: whether they take effect is unknown.
    pub(super) fn refuse_waiting(&mut self, hint: Option<NodeId>, fx: &mut Fx) {
        for call in self.shared.abandon() {
            fx.why(Rule::CallsLost, Facts::NONE);
            refuse(call, Refusal::LostLeadership, hint, fx);
        }
    }

    /// Another leads: what this peer held is no longer its to serve (A9).
    pub(super) fn discard_data(&mut self, fx: &mut Fx) {
        self.refuse_waiting(None, fx);
        let dropped = self.shared.empty();
        if dropped > 0 {
            fx.why(Rule::DataDropped, Facts::number(dropped));
            fx.push(Effect::ClearApplication);
        }
    }
}
