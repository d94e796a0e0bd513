//! What happened, in words: for whoever compares two runs, and for a test that fails.

use crate::flight::Endpoint;
use crate::happening::{Happening, What};
use alloc::format;
use alloc::string::{String, ToString};
use consensus::{Answer, CallId};

impl Happening {
    /// What happened in a sentence, without its time. Whatever makes two happenings differ makes
    /// their sentences differ, but for what a message says.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.what {
            What::Acted(action) => format!("somebody acts: {action:?}"),
            What::Idle { action, reason } => format!("{action:?} has no effect: {reason:?}"),
            What::Power {
                node,
                power,
                incarnation,
            } => format!("{node} is {power:?} in life {}", incarnation.0),
            What::Stored(node, write) => format!("on the disk of {node}: {write:?}"),
            What::Observed(node, seen) => format!("{node} reports {seen:?}"),
            What::Applied {
                node,
                index,
                digest,
            } => format!("{node} applies command {digest:016x} at position {index}"),
            What::Why(node, why) => format!(
                "{} ({}: {})",
                why.text(*node),
                why.rule.source,
                why.rule.name
            ),
            What::Violated(violation) => violation.sentence(),
            _ => self
                .words_of_message()
                .unwrap_or_else(|| self.words_of_client()),
        }
    }

    fn words_of_message(&self) -> Option<String> {
        Some(match &self.what {
            What::Sent {
                flight,
                from,
                to,
                kind,
                bytes,
            } => {
                let way = way(*from, *to);
                format!("message {flight}, {kind}, is sent {way}, {bytes} bytes")
            }
            What::Doubled { flight, copy } => format!("message {copy} doubles {flight}"),
            What::Dropped {
                flight,
                from,
                to,
                kind,
                cause,
            } => {
                let (way, cause) = (way(*from, *to), cause.name());
                format!("message {flight}, {kind}, {way} is dropped: {cause}")
            }
            What::Arrived {
                flight,
                from,
                to,
                kind,
            } => format!("message {flight}, {kind}, arrives {}", way(*from, *to)),
            _ => return None,
        })
    }

    fn words_of_client(&self) -> String {
        match &self.what {
            What::Called {
                call,
                operation,
                key,
                written,
                node,
                attempt,
            } => {
                let what = match written {
                    Some(value) => format!("to write {value} at key {key}"),
                    None => format!("for {operation:?} at key {key}"),
                };
                format!("{} asks {node} {what}, attempt {attempt}", caller(*call))
            }
            What::BacksOff { call, until } => format!("{} waits until {until}", caller(*call)),
            What::Breaker {
                client,
                node,
                state,
            } => format!("client {}'s breaker for {node} is {state:?}", client.0),
            What::Answered {
                call,
                by,
                answer,
                value,
                ..
            } => {
                let told = match (answer, value) {
                    (Answer::Done(_), Some(value)) => format!("done, {value}"),
                    (Answer::Done(_), None) => "done, no value".to_string(),
                    (Answer::Refused { reason, .. }, _) => format!("{reason:?}"),
                };
                format!("{} is told by {by}: {told}", caller(*call))
            }
            What::GaveUp { call, .. } => format!("{} gives up", caller(*call)),
            other => format!("{other:?}"),
        }
    }
}

fn caller(call: CallId) -> String {
    format!("client {} in call {}", call.client.0, call.sequence)
}

fn way(from: Endpoint, to: Endpoint) -> String {
    format!("from {} to {}", end(from), end(to))
}

fn end(endpoint: Endpoint) -> String {
    match endpoint {
        Endpoint::Node(node) => node.to_string(),
        Endpoint::Client(client) => format!("client {}", client.0),
    }
}
