//! What is done to one message on its way.

use crate::span::Span;
use serde::{Deserialize, Serialize};
use simulator::{Action, MessageDeed};

/// A message, and what is done to it. A message's number is its place in the order of sending,
/// which differs from protocol to protocol: a scenario that does this runs under one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageStep {
    /// Which message, from 1; a trace tells the numbers.
    pub number: u64,
    /// What is done to it.
    #[serde(rename = "do")]
    pub touch: Touch,
}

/// What is done to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Touch {
    /// It stands still on its wire.
    Hold,
    /// It goes on, where it stood still.
    Release,
    /// It is taken off its wire.
    Drop,
    /// It arrives so much later.
    Delay(Span),
    /// One to three of its bits are flipped, chosen by this number (F4).
    Corrupt(u64),
}

impl MessageStep {
    /// What a file says of something done to a message.
    #[must_use]
    pub const fn of(number: u64, deed: MessageDeed) -> Self {
        let touch = match deed {
            MessageDeed::Hold => Touch::Hold,
            MessageDeed::Release => Touch::Release,
            MessageDeed::Drop => Touch::Drop,
            MessageDeed::Delay(span) => Touch::Delay(Span(span)),
            MessageDeed::Corrupt(draw) => Touch::Corrupt(draw),
        };
        Self { number, touch }
    }

    /// As the simulator takes it.
    pub(crate) const fn action(&self) -> Action {
        Action::Message {
            number: self.number,
            deed: match self.touch {
                Touch::Hold => MessageDeed::Hold,
                Touch::Release => MessageDeed::Release,
                Touch::Drop => MessageDeed::Drop,
                Touch::Delay(span) => MessageDeed::Delay(span.0),
                Touch::Corrupt(draw) => MessageDeed::Corrupt(draw),
            },
        }
    }
}
