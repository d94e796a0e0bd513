//! The meaning of linearizability, word for word: every order is tried.

use simulator::linearizability::{ClientCall, Ending};

/// Whether an order explains these calls of one key.
pub(crate) fn is_linearizable(calls: &[ClientCall]) -> bool {
    explains(&mut calls.to_vec(), None)
}

/// Whether an order of what is left explains it, where the key has this value.
fn explains(left: &mut Vec<ClientCall>, value: Option<u64>) -> bool {
    // What is in doubt may never take effect.
    if left.iter().all(|it| it.ending == Ending::InDoubt) {
        return true;
    }
    for place in 0..left.len() {
        let next = left[place];
        let comes_later = |other: &ClientCall| other.done().is_some_and(|it| it < next.asked);
        if left.iter().any(comes_later) {
            continue;
        }
        let after = match (next.written, next.ending) {
            (Some(written), _) => Some(written),
            (None, Ending::Done { value: found, .. }) if found != value => continue,
            (None, _) => value,
        };
        left.remove(place);
        let explained = explains(left, after);
        left.insert(place, next);
        if explained {
            return true;
        }
    }
    false
}
