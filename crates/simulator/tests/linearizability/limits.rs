//! Histories that nobody's clients make: refused, and soon.

use crate::random::{Sea, history};
use crate::{doubtful, judged, read, write};
use consensus::{CallId, ClientId};
use simulator::linearizability::{ClientCall, Judgement, Limit, Unfolding};

#[test]
fn too_many_open_calls_are_refused() {
    let most = Limit::OPEN_CALLS;
    let open = |count| (0..count).map(|it| write(it, u64::from(it), 0, 10));
    let calls: Vec<ClientCall> = open(most).collect();
    assert_eq!(judged(&calls), Judgement::Linearizable);
    let calls: Vec<ClientCall> = open(most + 1).collect();
    assert_eq!(judged(&calls), Judgement::Undecided(Limit::OpenCalls));
}

#[test]
fn too_many_configurations_are_refused() {
    let sea = Sea {
        calls: (600, 600),
        clients: 300,
        keys: 1,
        values: 0,
        doubts: 0,
        lies: 0,
    };
    let calls = history(sea, 1);
    assert_eq!(judged(&calls), Judgement::Undecided(Limit::Configurations));
}

#[test]
fn too_many_writes_in_doubt_are_refused() {
    let most = u64::from(Limit::PENDING);
    let doubtful = |count| {
        (0..count)
            .map(|it| doubtful(0, it, it))
            .chain([read(1, None, most, most + 1)])
    };
    let calls: Vec<ClientCall> = doubtful(most).collect();
    assert_eq!(judged(&calls), Judgement::Linearizable);
    let calls: Vec<ClientCall> = doubtful(most + 1).collect();
    assert_eq!(judged(&calls), Judgement::Undecided(Limit::Pending));
}

/// A client's call.
fn call(client: u32, sequence: u64) -> CallId {
    let client = ClientId(client);
    CallId { client, sequence }
}

#[test]
fn too_many_open_calls_are_refused_as_they_come() {
    let mut unfolding = Unfolding::new();
    for client in 0..Limit::OPEN_CALLS {
        assert_eq!(unfolding.called(call(client, 0), Some(1)), Ok(()));
    }
    let one_more = unfolding.called(call(Limit::OPEN_CALLS, 0), Some(1));
    assert_eq!(one_more, Err(Limit::OpenCalls));
}

#[test]
fn too_much_beside_an_open_read_is_refused_as_it_comes() {
    let mut unfolding = Unfolding::new();
    assert_eq!(unfolding.called(call(0, 0), None), Ok(()));
    for sequence in 0.. {
        let called = unfolding.called(call(1, sequence), Some(sequence));
        let done = called.and_then(|()| unfolding.done(call(1, sequence), None));
        if done.is_err() {
            assert_eq!(done, Err(Limit::Waiting));
            // The read, and a call and an answer each.
            assert_eq!(2 * sequence + 3, u64::from(Limit::WAITING) + 1);
            return;
        }
    }
}

#[test]
fn calls_that_make_no_sense_are_no_harm() {
    // Done before it was asked for.
    let calls = [
        write(1, 5, 10, 0),
        read(2, None, 20, 15),
        read(3, Some(5), 30, 40),
    ];
    let _ = judged(&calls);
    // One name for all.
    let calls = [
        write(1, 5, 0, 10),
        write(1, 6, 5, 20),
        doubtful(1, 7, 0),
        read(1, Some(7), 30, 40),
    ];
    assert_eq!(judged(&calls), Judgement::Linearizable);
    let last = [
        read(1, Some(u64::MAX), u64::MAX, u64::MAX),
        write(2, u64::MAX, 0, u64::MAX),
    ];
    assert_eq!(judged(&last), Judgement::Linearizable);
}
