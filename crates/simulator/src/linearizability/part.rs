//! A part of a history that no order explains, in words.

use super::client_call::{ClientCall, Ending};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;
use core::fmt;

/// Calls of one key that no order explains. Where the part is the smallest, one would if any one of
/// them were taken away: a read, or a write whose value no read of the part found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// The calls, in the order in which they were asked for. What was answered only after the
    /// answer that no order explains counts as in doubt.
    pub calls: Vec<ClientCall>,
    /// Whether an order would explain them without any one of these. It is false where looking for
    /// such a part took more than [`Limit::STEPS`](super::Limit::STEPS).
    pub is_smallest: bool,
}

impl ClientCall {
    /// What it did, in a few words, such as `client 2 reads 7`; clients count from 1.
    #[must_use]
    pub fn sentence(&self) -> String {
        let client = u64::from(self.call.client.0) + 1;
        match (self.written, self.ending) {
            (Some(value), Ending::Done { .. }) => format!("client {client} writes {value}"),
            (Some(value), Ending::InDoubt) => {
                format!("client {client} may have written {value}")
            }
            (None, Ending::Done { value: None, .. }) => format!("client {client} finds no value"),
            (
                None,
                Ending::Done {
                    value: Some(value), ..
                },
            ) => {
                format!("client {client} reads {value}")
            }
            (None, Ending::InDoubt) => format!("client {client} reads and is told nothing"),
        }
    }
}

impl fmt::Display for Part {
    /// A line for each call: when it was asked for and when it was done, and what it did.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, call) in self.calls.iter().enumerate() {
            let line_end = if place == 0 { "" } else { "\n" };
            let asked = seconds(call.asked.at);
            let done = match call.done() {
                Some(done) => format!("to {}", seconds(done.at)),
                None => String::from("on"),
            };
            let sentence = call.sentence();
            write!(f, "{line_end}from {asked:>12} {done:<15}  {sentence}")?;
        }
        Ok(())
    }
}

/// To the microsecond: which of two calls came first may hang on one.
fn seconds(at: Micros) -> String {
    format!("{}.{:06} s", at.0 / 1_000_000, at.0 % 1_000_000)
}
