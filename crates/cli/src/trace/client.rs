//! What clients do and are told, as a line.

use super::name::{maybe, node};
use scenario::consensus::{Answer, CallId, ClientId, Operation, Refusal};
use scenario::simulator::What;
use serde_json::{Value, json};

/// The line of a client; `null` for anything else.
pub(super) fn line(what: &What) -> Value {
    match what {
        What::Called {
            call: id,
            operation,
            key,
            written,
            node: asked,
            attempt,
        } => {
            let mut line = call("called", *id, *key, *written);
            line["operation"] = json!(operation_name(*operation));
            line["node"] = json!(node(*asked));
            line["attempt"] = json!(attempt);
            line
        }
        What::BacksOff { call, until } => json!({
            "what": "backs-off", "client": number(call.client), "call": call.sequence,
            "until_us": until.0,
        }),
        What::Breaker {
            client,
            node: id,
            state,
        } => json!({
            "what": "breaker", "client": number(*client), "node": node(*id),
            "state": state.name(),
        }),
        What::Answered {
            call: id,
            key,
            written,
            by,
            answer,
            value,
        } => {
            let mut line = call("answered", *id, *key, *written);
            line["by"] = json!(node(*by));
            answered(line, answer, *value)
        }
        What::GaveUp {
            call: id,
            key,
            written,
        } => call("gave-up", *id, *key, *written),
        _ => Value::Null,
    }
}

/// Clients are counted from 1.
fn number(client: ClientId) -> u64 {
    u64::from(client.0) + 1
}

fn call(what: &str, call: CallId, key: u32, written: Option<u64>) -> Value {
    json!({
        "what": what, "client": number(call.client), "call": call.sequence,
        "key": key, "written": written,
    })
}

fn answered(mut line: Value, answer: &Answer, value: Option<u64>) -> Value {
    match answer {
        Answer::Done(_) => {
            line["outcome"] = json!("done");
            line["value"] = json!(value);
        }
        Answer::Refused { reason, hint } => {
            line["outcome"] = json!("refused");
            line["reason"] = json!(refusal_name(*reason));
            line["hint"] = maybe(*hint);
        }
    }
    line
}

const fn operation_name(operation: Operation) -> &'static str {
    match operation {
        Operation::Write => "write",
        Operation::Read => "read",
        Operation::OpenSession => "open-session",
    }
}

const fn refusal_name(reason: Refusal) -> &'static str {
    match reason {
        Refusal::NotLeader => "not-leader",
        Refusal::LostLeadership => "lost-leadership",
        Refusal::HandingOver => "handing-over",
        Refusal::TooMuchUncommitted => "too-much-uncommitted",
        Refusal::NoSession => "no-session",
        Refusal::OutOfDate => "out-of-date",
    }
}
