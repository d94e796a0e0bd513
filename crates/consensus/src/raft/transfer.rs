//! Handing leadership over to a follower of the operator's choice (Raft thesis §3.10).

use super::leader::Leader;
use super::message::RaftMessage;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::client::{Answer, CallId, Refusal};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;

/// A transfer under way. Until it is over, the leader's log grows no further.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Transfer {
    /// Who is to lead.
    target: NodeId,
    /// Since when.
    since: Micros,
}

impl Transfer {
    /// Who is to lead.
    pub(super) const fn target(&self) -> NodeId {
        self.target
    }
}

impl Leader {
    /// Begins a transfer, in place of one that is under way.
    pub(super) fn transfer_to(
        &mut self,
        server: &Server,
        now: Micros,
        target: NodeId,
        out: &mut Out,
    ) {
        let facts = Facts::peer(target);
        let votes = server.configuration().is_voter(target);
        if !votes || target == server.node {
            out.why(RaftRule::TransferImpossible, facts);
            return;
        }
        out.why(RaftRule::TransferStarted, facts);
        self.transfer = Some(Transfer { target, since: now });
        self.feed(server, target, out);
        self.probe(server, target, out);
        self.hand_over_if_ready(server, target, out);
    }

    /// Whether this follower is to take over.
    pub(super) fn hands_over_to(&self, peer: NodeId) -> bool {
        self.transfer.as_ref().is_some_and(|it| it.target == peer)
    }

    /// Tells the target to stand as soon as it holds the whole log. Each answer of a target that
    /// does has this said again, in case the message was lost.
    pub(super) fn hand_over_if_ready(&mut self, server: &Server, peer: NodeId, out: &mut Out) {
        let matched = self.followers.get(&peer).map(|progress| progress.matched);
        if self.hands_over_to(peer) && matched == Some(server.log.last_index()) {
            out.why(RaftRule::TransferReady, Facts::peer(peer));
            // It may be obeyed at any time from here on, whatever lease this leader would have.
            self.dismissed = true;
            let term = server.term;
            out.send(peer, RaftMessage::TimeoutNow { term });
        }
    }

    /// Gives a transfer up that took an election timeout, to serve its clients again.
    pub(super) fn give_up_late_transfer(&mut self, server: &Server, now: Micros, out: &mut Out) {
        let patience = server.settings.longest_patience();
        if let Some(late) = self.transfer.take_if(|it| now.since(it.since) >= patience) {
            out.why(RaftRule::TransferAborted, Facts::peer(late.target));
        }
    }

    /// Refuses a new call while a transfer is under way; says whether it did.
    pub(super) fn refuses_call(&self, call: CallId, out: &mut Out) -> bool {
        let Some(Transfer { target, .. }) = self.transfer else {
            return false;
        };
        out.why(RaftRule::CallRefusedHandingOver, Facts::peer(target));
        let answer = Answer::Refused {
            reason: Refusal::HandingOver,
            hint: Some(target),
        };
        out.push(Effect::Answer { call, answer });
        true
    }
}
