//! What befalls messages, as a line.

use super::name::{endpoint, kebab};
use scenario::simulator::{Endpoint, What};
use serde_json::{Value, json};

/// The line of a message; `null` for anything else.
pub(super) fn line(what: &What) -> Value {
    match what {
        What::Sent {
            flight,
            from,
            to,
            kind,
            bytes,
        } => {
            let mut line = message("sent", *flight, (*from, *to), kind);
            line["bytes"] = json!(bytes);
            line
        }
        What::Doubled { flight, copy } => json!({
            "what": "doubled", "message": flight, "copy": copy,
        }),
        What::Dropped {
            flight,
            from,
            to,
            kind,
            cause,
        } => {
            let mut line = message("dropped", *flight, (*from, *to), kind);
            line["cause"] = json!(cause.name());
            line
        }
        What::Arrived {
            flight,
            from,
            to,
            kind,
        } => message("arrived", *flight, (*from, *to), kind),
        _ => Value::Null,
    }
}

fn message(what: &str, flight: u64, (from, to): (Endpoint, Endpoint), kind: &str) -> Value {
    json!({
        "what": what, "message": flight, "from": endpoint(from), "to": endpoint(to),
        "kind": kebab(kind),
    })
}
