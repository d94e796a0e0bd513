//! Which messages are read at all (F6).

use super::message::RaftMessage;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::explain::Facts;
use crate::node::{Envelope, Receiver};

impl Server {
    /// Whether a message is let in; says why not.
    pub(super) fn admits(&self, envelope: &Envelope<RaftMessage>, out: &mut Out) -> bool {
        let from = envelope.sender;
        let meant = match envelope.receiver {
            Receiver::Node(node) => node == self.node,
            Receiver::Everyone => true,
        };
        let refusal = if envelope.cluster != self.cluster {
            // Another deployment's terms and logs mean nothing here.
            RaftRule::IgnoredOtherCluster
        } else if !meant || from == self.node {
            // A server sends itself nothing, so what comes from itself is an echo.
            RaftRule::IgnoredMisaddressed
        } else if envelope.message.counts() && !self.configuration().is_member(from) {
            // Whoever asks may be a member by an entry that is on its way here; who answers was
            // asked, and counts only while it is one (§6).
            RaftRule::IgnoredUnknownSender
        } else if !envelope.message.is_plausible() {
            // Reading on would mean to believe it.
            RaftRule::IgnoredMalformed
        } else {
            return true;
        };
        out.why(refusal, Facts::peer(from));
        false
    }
}
