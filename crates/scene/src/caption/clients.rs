//! What clients do about nodes that do not answer, as a sentence (F5).

use super::{Caption, Segment};
use alloc::format;
use alloc::vec;
use consensus::{ClientId, NodeId};
use simulator::{BreakerState, Happening, What};

/// What a breaker's new state means; its state before stands in the `past`.
pub(super) fn breaker(
    past: &[Happening],
    client: ClientId,
    node: NodeId,
    state: BreakerState,
    fills: &dyn Fn(NodeId) -> u8,
) -> Caption {
    let before = past.iter().rev().find_map(|one| match one.what {
        What::Breaker {
            client: who,
            node: whom,
            state,
        } if (who, whom) == (client, node) => Some(state),
        _ => None,
    });
    let (verb, rest, because) = match (state, before) {
        (BreakerState::Open, Some(BreakerState::HalfOpen)) => (
            "tried",
            " in vain, and leaves it alone again.",
            "its breaker opens for as long as before",
        ),
        (BreakerState::Open, _) => (
            "stops asking",
            ": too many answers in a row failed to come.",
            "an open breaker spares a node that does not answer",
        ),
        (BreakerState::HalfOpen, _) => (
            "may try",
            " once.",
            "a half-open breaker lets a single call through",
        ),
        (BreakerState::Closed, _) => (
            "trusts",
            " again.",
            "it answered the call that tried it, so its breaker closes",
        ),
    };
    Caption {
        segments: vec![
            Segment::Text(format!("Client {} {verb} ", client.0 + 1)),
            Segment::Node {
                node,
                fill: fills(node),
            },
            Segment::Text(rest.into()),
        ],
        because,
        source: "F5",
        ..Caption::plain("")
    }
}
