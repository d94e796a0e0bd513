//! Histories that tell one thing each, and long ones.

use crate::random::{Sea, history};
use crate::{doubtful, explained, judged, read, unexplained, write};
use simulator::linearizability::{ClientCall, Judgement, judge};

#[test]
fn what_is_asked_for_after_an_answer_comes_after_it() {
    let stale = [
        write(1, 5, 0, 10),
        write(2, 6, 20, 30),
        read(3, Some(5), 40, 50),
    ];
    assert_eq!(unexplained(&stale), [1, 2, 3]);
    let current = [
        write(1, 5, 0, 10),
        write(2, 6, 20, 30),
        read(3, Some(6), 40, 50),
    ];
    explained(&current);
    // Open at once: either came last.
    explained(&[
        write(1, 5, 0, 25),
        write(2, 6, 20, 30),
        read(3, Some(5), 40, 50),
    ]);
    // Asked for in the very moment of the answer.
    explained(&[
        write(1, 5, 0, 20),
        write(2, 6, 20, 30),
        read(3, Some(5), 40, 50),
    ]);
}

#[test]
fn a_key_has_no_value_at_first() {
    explained(&[read(1, None, 0, 10), write(2, 5, 0, 20)]);
    assert_eq!(
        unexplained(&[write(1, 5, 0, 10), read(2, None, 20, 30)]),
        [1, 2]
    );
    assert_eq!(
        unexplained(&[read(1, Some(5), 0, 10), write(2, 5, 20, 30)]),
        [1]
    );
    assert_eq!(
        unexplained(&[write(1, 5, 0, 10), read(2, Some(6), 20, 30)]),
        [2]
    );
}

#[test]
fn what_one_client_saw_no_later_one_misses() {
    let back = [
        write(1, 5, 0, 100),
        read(2, Some(5), 10, 20),
        read(3, None, 30, 40),
    ];
    assert_eq!(unexplained(&back), [1, 2, 3]);
    explained(&[
        write(1, 5, 0, 100),
        read(2, None, 10, 20),
        read(3, Some(5), 30, 40),
    ]);
}

#[test]
fn what_is_in_doubt_takes_effect_late_or_never_and_once() {
    explained(&[
        doubtful(1, 5, 0),
        read(2, None, 10, 20),
        read(3, None, 30, 40),
    ]);
    explained(&[
        doubtful(1, 5, 0),
        read(2, None, 10, 20),
        read(3, Some(5), 30, 40),
    ]);
    let early = [read(1, Some(5), 0, 10), doubtful(2, 5, 20)];
    assert_eq!(unexplained(&early), [1]);
    let twice = [
        doubtful(1, 5, 0),
        read(2, Some(5), 10, 20),
        write(3, 6, 30, 40),
        read(4, Some(5), 50, 60),
    ];
    assert_eq!(unexplained(&twice), [1, 2, 3, 4]);
    let mut two_of_them = twice.to_vec();
    two_of_them.push(doubtful(5, 5, 45));
    explained(&two_of_them);
}

#[test]
fn a_write_that_nobody_saw_hides_behind_another() {
    // 5 took effect right before 6, where only the read of client 3 could see it.
    let hidden = [
        write(1, 5, 0, 50),
        write(2, 6, 10, 20),
        read(3, Some(5), 5, 60),
        read(4, Some(6), 30, 40),
        read(5, Some(6), 70, 80),
    ];
    explained(&hidden);
    let seen_twice = [hidden.as_slice(), &[read(6, Some(5), 62, 68)]].concat();
    assert_eq!(unexplained(&seen_twice), [1, 2, 6, 5]);
}

#[test]
fn keys_stand_alone() {
    let mut calls = [write(1, 5, 0, 10), read(2, None, 20, 30)];
    calls[1].key = 7;
    let judged = judge(calls.iter().copied());
    let fine = |key| (key, Judgement::Linearizable);
    assert_eq!(judged, [fine(0), fine(7)]);
    assert_eq!(judge(Vec::new()), []);
}

#[test]
fn what_took_effect_at_some_moment_is_explained_however_long() {
    for (seed, values) in [(1, 0), (2, 3), (3, 0), (4, 20)] {
        let sea = Sea {
            calls: (2_000, 2_000),
            clients: 10,
            keys: 1,
            values,
            doubts: 10,
            lies: 0,
        };
        explained(&history(sea, seed));
    }
}

#[test]
fn hundreds_of_writes_in_doubt_cost_little() {
    for values in [0, 1] {
        let sea = Sea {
            calls: (1_000, 1_000),
            clients: 200,
            keys: 1,
            values,
            doubts: 80,
            lies: 0,
        };
        explained(&history(sea, values));
    }
}

#[test]
fn what_is_wrong_in_the_middle_of_much_is_found() {
    let sea = Sea {
        calls: (1_000, 1_000),
        clients: 10,
        keys: 1,
        values: 0,
        doubts: 5,
        lies: 0,
    };
    let calls = history(sea, 9);
    // The client that asks again at once is told what was there half a history before.
    let late = &calls[700];
    let early = calls[300..]
        .iter()
        .find_map(|it: &ClientCall| it.written.filter(|_| it.done().is_some()));
    let stale = read(99, early, late.asked.at.0, late.asked.at.0);
    let all: Vec<ClientCall> = calls.iter().copied().chain([stale]).collect();
    let Judgement::Unexplained(part) = judged(&all) else {
        panic!("nobody can be told that");
    };
    assert!((2..=4).contains(&part.calls.len()), "{part}");
    assert!(part.calls.contains(&stale), "{part}");
}
