//! Whether a history is linearizable: small ones against every order, long ones that are by
//! construction, and what is shown of those that are not.
#![allow(missing_docs)]

mod every_order;
mod histories;
mod limits;
mod parts;
mod random;
mod reference;
mod unfolding;

use consensus::{CallId, ClientId, Micros};
use simulator::linearizability::{ClientCall, Ending, Judgement, Moment, judge};

/// A moment in whole microseconds.
pub(crate) fn moment(at: u64) -> Moment {
    Moment {
        at: Micros(at),
        order: 0,
    }
}

/// A call of key 0 by a client of its own.
fn call(number: u32, written: Option<u64>, asked: u64, ending: Ending) -> ClientCall {
    ClientCall {
        call: CallId {
            client: ClientId(number),
            sequence: 1,
        },
        key: 0,
        written,
        asked: moment(asked),
        ending,
    }
}

/// A write that is done.
pub(crate) fn write(number: u32, value: u64, asked: u64, done: u64) -> ClientCall {
    let at = moment(done);
    let value_told = Some(value);
    let ending = Ending::Done {
        at,
        value: value_told,
    };
    call(number, Some(value), asked, ending)
}

/// A write that nobody was told is done.
pub(crate) fn doubtful(number: u32, value: u64, asked: u64) -> ClientCall {
    call(number, Some(value), asked, Ending::InDoubt)
}

/// A read that is done.
pub(crate) fn read(number: u32, value: Option<u64>, asked: u64, done: u64) -> ClientCall {
    let at = moment(done);
    call(number, None, asked, Ending::Done { at, value })
}

/// What is found out about the only key of these calls.
#[track_caller]
pub(crate) fn judged(calls: &[ClientCall]) -> Judgement {
    let mut judged = judge(calls.iter().copied());
    assert_eq!(judged.len(), 1);
    judged.remove(0).1
}

#[track_caller]
pub(crate) fn explained(calls: &[ClientCall]) {
    assert_eq!(judged(calls), Judgement::Linearizable);
}

/// The smallest part that no order explains, by the numbers of its clients.
#[track_caller]
pub(crate) fn unexplained(calls: &[ClientCall]) -> Vec<u32> {
    let Judgement::Unexplained(part) = judged(calls) else {
        panic!("an order explains them, or nobody can tell");
    };
    part.calls.iter().map(|it| it.call.client.0).collect()
}
