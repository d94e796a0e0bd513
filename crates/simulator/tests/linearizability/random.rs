//! Histories by chance: calls that took effect at some moment, and reads that were told otherwise.

use crate::moment;
use consensus::{CallId, ClientId};
use simulator::linearizability::{ClientCall, Ending, Moment};
use simulator::{Choose, Seeded, Stream};

/// What the histories of a test are drawn from.
#[derive(Clone, Copy)]
pub(crate) struct Sea {
    /// How many calls, at least and at most.
    pub(crate) calls: (u64, u64),
    /// How many clients; each makes one call after the other.
    pub(crate) clients: u64,
    /// How many keys.
    pub(crate) keys: u64,
    /// How many values; 0 where no two writes share one.
    pub(crate) values: u64,
    /// How many of a hundred calls are never done.
    pub(crate) doubts: u64,
    /// How many of a hundred histories have a read that is told a random value.
    pub(crate) lies: u64,
}

/// Small histories: few clients or many, few values or as many as writes.
pub(crate) fn small(seed: u64) -> Sea {
    Sea {
        calls: (1, 7),
        clients: 2 + seed % 5,
        keys: 1 + seed / 2 % 2,
        values: seed % 4,
        doubts: 25,
        lies: 90,
    }
}

/// A history, whose calls took effect in some order unless a read of it is told something random.
pub(crate) fn history(sea: Sea, seed: u64) -> Vec<ClientCall> {
    let mut choose = Seeded::new(seed);
    let mut draw = move |least, most| choose.between(Stream::Environment, least, most);
    let count = draw(sea.calls.0, sea.calls.1);
    let mut free = vec![0; sea.clients as usize];
    let mut calls: Vec<(u64, ClientCall)> = Vec::new();
    for number in 1..=count {
        let client = draw(0, sea.clients - 1);
        let asked = free[client as usize] + draw(1, 6);
        let done = asked + draw(0, 20);
        free[client as usize] = done;
        let value = match sea.values {
            0 => number,
            values => draw(1, values),
        };
        let doubtful = draw(1, 100) <= sea.doubts;
        let call = ClientCall {
            call: CallId {
                client: ClientId(client as u32),
                sequence: number,
            },
            key: draw(0, sea.keys - 1) as u32,
            written: (draw(0, 1) == 0).then_some(value),
            asked: moment(asked),
            ending: match doubtful {
                true => Ending::InDoubt,
                false => Ending::Done {
                    at: moment(done),
                    value: None,
                },
            },
        };
        // What is in doubt may take effect long after its client gave it up.
        let late = if doubtful { draw(0, 60) } else { 0 };
        calls.push((draw(asked, done) + late, call));
    }
    carry_out(&mut calls);
    let mut calls: Vec<ClientCall> = calls.into_iter().map(|it| it.1).collect();
    calls.sort_by_key(|it| (it.asked, it.call));
    if draw(1, 100) <= sea.lies {
        let told = draw(0, sea.values.max(count));
        let reads = calls.iter_mut().filter(|it| it.written.is_none());
        let mut reads: Vec<_> = reads.collect();
        if !reads.is_empty() {
            let place = draw(0, reads.len() as u64 - 1) as usize;
            tell(reads[place], (told > 0).then_some(told));
        }
    }
    calls
}

/// Lets each call take effect at its moment.
fn carry_out(calls: &mut [(u64, ClientCall)]) {
    calls.sort_by_key(|it| it.0);
    let mut values = std::collections::BTreeMap::new();
    for (_, call) in calls {
        match call.written {
            Some(value) => drop(values.insert(call.key, value)),
            None => tell(call, values.get(&call.key).copied()),
        }
    }
}

/// What a client is told, where it is told anything.
fn tell(call: &mut ClientCall, found: Option<u64>) {
    if let Ending::Done { value, .. } = &mut call.ending {
        *value = found;
    }
}

/// When it was asked for and when it was done, if ever.
pub(crate) fn span(call: &ClientCall) -> (Moment, Option<Moment>) {
    (call.asked, call.done())
}
