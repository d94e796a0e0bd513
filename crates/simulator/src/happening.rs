//! What happened in a run, in order: the story that pages and traces tell.

use crate::action::Action;
use crate::check::Violation;
use crate::client::BreakerState;
use crate::flight::{DropCause, Endpoint};
use crate::view::Power;
use alloc::string::{String, ToString};
use consensus::{
    Answer, CallId, ClientId, Explanation, Facts, Incarnation, Micros, NodeId, Observation,
    Operation, WriteSummary,
};

/// A rule that decided something, without the protocol's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Why {
    /// The rule, by what it says of itself.
    pub rule: &'static Explanation,
    /// Whom and how many it speaks of.
    pub facts: Facts,
}

/// A piece of a rule's sentence with its facts filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(&'static str),
    /// A node's name.
    Node(NodeId),
    /// A number.
    Number(u64),
}

impl Why {
    /// The sentence as `node` says it, in pieces. A fact that is missing reads "another" or "some".
    pub fn pieces(&self, node: NodeId) -> impl Iterator<Item = Piece> + use<> {
        let facts = self.facts;
        let mut rest = self.rule.sentence;
        core::iter::from_fn(move || {
            if let Some((name, after)) = rest.strip_prefix('{').and_then(|it| it.split_once('}')) {
                rest = after;
                let number = |fact: Option<u64>| fact.map_or(Piece::Text("some"), Piece::Number);
                return Some(match name {
                    "node" => Piece::Node(node),
                    "number" => number(facts.number),
                    "of" => number(facts.of),
                    _ => facts.peer.map_or(Piece::Text("another"), Piece::Node),
                });
            }
            // A brace that closes nowhere is a brace.
            let end = rest.char_indices().skip(1).find(|(_, it)| *it == '{');
            let (text, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
            rest = after;
            (!text.is_empty()).then_some(Piece::Text(text))
        })
    }

    /// The sentence as `node` says it, in plain text.
    #[must_use]
    pub fn text(&self, node: NodeId) -> String {
        let mut text = String::new();
        for piece in self.pieces(node) {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Node(node) => text.push_str(&node.to_string()),
                Piece::Number(number) => text.push_str(&number.to_string()),
            }
        }
        text
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When.
    pub at: Micros,
    /// In which event of the run, from 1.
    pub event: u64,
    /// What.
    pub what: What,
}

impl Happening {
    /// Whether it is only a message sent, doubled, arrived or dropped.
    #[must_use]
    pub const fn is_traffic(&self) -> bool {
        matches!(
            self.what,
            What::Sent { .. } | What::Doubled { .. } | What::Arrived { .. } | What::Dropped { .. }
        )
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An action of the script was carried out.
    Acted(Action),
    /// An action of the script had no effect.
    Idle {
        /// The action.
        action: Action,
        /// Why nothing came of it.
        reason: IdleReason,
    },
    /// A node booted, crashed, left, or was paused or let go on.
    Power {
        /// Which node.
        node: NodeId,
        /// What it is now. A node that runs under the incarnation that it had before goes on
        /// after a pause; under another it booted from its disk.
        power: Power,
        /// Which of its lives that is, or was.
        incarnation: Incarnation,
    },
    /// A write would now survive a crash of this node.
    Stored(NodeId, WriteSummary),
    /// A node reported something of itself.
    Observed(NodeId, Observation),
    /// A node's state machine carried out a command.
    Applied {
        /// Whose.
        node: NodeId,
        /// The position, from 1.
        index: u64,
        /// The command's digest; equal commands have equal ones.
        digest: u64,
    },
    /// A node named the rule that decided.
    Why(NodeId, Why),
    /// A message was sent.
    Sent {
        /// The message's number.
        flight: u64,
        /// From whom.
        from: Endpoint,
        /// To whom.
        to: Endpoint,
        /// Its kind.
        kind: &'static str,
        /// Its length as encoded; 0 for what passes between clients and nodes.
        bytes: u32,
    },
    /// A message was doubled on its wire.
    Doubled {
        /// The message's number.
        flight: u64,
        /// The number of its double.
        copy: u64,
    },
    /// A message reaches nobody who takes it.
    Dropped {
        /// The message's number.
        flight: u64,
        /// From whom.
        from: Endpoint,
        /// To whom.
        to: Endpoint,
        /// Its kind.
        kind: &'static str,
        /// Why. A lost message falls later than this is told, half-way along its wire.
        cause: DropCause,
    },
    /// A message arrived.
    Arrived {
        /// The message's number.
        flight: u64,
        /// From whom.
        from: Endpoint,
        /// To whom.
        to: Endpoint,
        /// Its kind.
        kind: &'static str,
    },
    /// A client asks a node, for the first time or again.
    Called {
        /// Which call.
        call: CallId,
        /// Write or read.
        operation: Operation,
        /// The register's key.
        key: u32,
        /// The value that it writes; `None` for a read.
        written: Option<u64>,
        /// Whom it asks.
        node: NodeId,
        /// Which attempt of this call it is, from 1.
        attempt: u32,
    },
    /// A client asks nobody for a while (F5).
    BacksOff {
        /// About which call.
        call: CallId,
        /// Until when.
        until: Micros,
    },
    /// A client's breaker for a node changed its state (F5).
    Breaker {
        /// Whose.
        client: ClientId,
        /// For which node.
        node: NodeId,
        /// What it is now.
        state: BreakerState,
    },
    /// A client was answered, and will not ask again.
    Answered {
        /// Which call.
        call: CallId,
        /// The register's key.
        key: u32,
        /// The value that it writes; `None` for a read.
        written: Option<u64>,
        /// By whom.
        by: NodeId,
        /// What it was told.
        answer: Answer,
        /// The value of the key after it, where it is done and the key has one.
        value: Option<u64>,
    },
    /// A client gave a call up: whether it took effect is unknown.
    GaveUp {
        /// Which call.
        call: CallId,
        /// The register's key.
        key: u32,
        /// The value that it writes; `None` for a read.
        written: Option<u64>,
    },
    /// A check found its property broken.
    Violated(Violation),
}

/// Why an action had no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdleReason {
    /// The node is in that state already.
    AlreadySo,
    /// There is no such node, or no leader.
    NoSuchNode,
    /// No such message is on its way.
    NoSuchMessage,
    /// This protocol's membership is fixed.
    FixedMembership,
}
