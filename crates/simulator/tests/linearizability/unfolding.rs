//! What is found out answer by answer is what is found out in the end.

use crate::every_order::seeds;
use crate::random::{Sea, history, small};
use crate::reference::is_linearizable;
use consensus::CallId;
use simulator::linearizability::{ClientCall, Ending, Limit, Moment, Unfolding};

/// What befalls a call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Called,
    Done,
    InDoubt,
}

/// What befalls these calls, in order. Some clients give up soon, some late, some never.
fn events(calls: &[ClientCall]) -> Vec<(Moment, Event, CallId)> {
    let mut events = Vec::new();
    for it in calls {
        events.push((it.asked, Event::Called, it.call));
        match it.done() {
            Some(done) => events.push((done, Event::Done, it.call)),
            None => {
                let mut over = it.asked;
                over.at.0 += 7 * (it.call.sequence % 3);
                if it.call.sequence % 4 > 0 {
                    events.push((over, Event::InDoubt, it.call));
                }
            }
        }
    }
    events.sort_unstable();
    events
}

/// When a client is first told what no order explains.
fn first_unexplained(calls: &[ClientCall]) -> Option<Moment> {
    follow(calls).expect("nothing is beyond it")
}

fn follow(calls: &[ClientCall]) -> Result<Option<Moment>, Limit> {
    let mut unfolding = Unfolding::new();
    for (at, event, id) in events(calls) {
        let call = calls.iter().find(|it| it.call == id).expect("one of them");
        let explained = match event {
            Event::Called => unfolding.called(id, call.written).map(|()| true),
            Event::InDoubt => unfolding.in_doubt(id).map(|()| true),
            Event::Done => match call.ending {
                Ending::Done { value, .. } => unfolding.done(id, value),
                Ending::InDoubt => Ok(true),
            },
        };
        if !explained? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// The calls as they are known when what happens at this moment is not known yet, or is.
fn known(calls: &[ClientCall], at: Moment, included: bool) -> Vec<ClientCall> {
    let until = |moment: Moment| moment < at || (included && moment == at);
    let asked = calls.iter().filter(|it| it.asked <= at).copied();
    let then = asked.map(|it| match it.done().is_some_and(until) {
        true => it,
        false => ClientCall {
            ending: Ending::InDoubt,
            ..it
        },
    });
    then.collect()
}

#[test]
fn an_answer_is_caught_when_it_is_given() {
    let mut caught = 0;
    for seed in 0..seeds() {
        let calls = history(small(seed), seed);
        for key in 0..2 {
            let of_key = calls.iter().filter(|it| it.key == key).copied();
            let of_key: Vec<ClientCall> = of_key.collect();
            let Some(at) = first_unexplained(&of_key) else {
                assert!(is_linearizable(&of_key), "seed {seed}: {of_key:#?}");
                continue;
            };
            caught += 1;
            assert!(is_linearizable(&known(&of_key, at, false)), "seed {seed}");
            assert!(!is_linearizable(&known(&of_key, at, true)), "seed {seed}");
        }
    }
    println!("{caught} caught of {} histories", seeds());
    assert!(caught > seeds() / 4, "{caught}");
}

#[test]
fn many_clients_at_one_key_are_followed() {
    for (clients, values, doubts) in [(10, 0, 5), (10, 3, 5), (16, 0, 0), (16, 0, 30), (16, 5, 10)]
    {
        let sea = Sea {
            calls: (2_000, 2_000),
            clients,
            keys: 1,
            values,
            doubts,
            lies: 0,
        };
        assert_eq!(first_unexplained(&history(sea, clients + values)), None);
    }
}

#[test]
fn a_crowd_leaves_too_many_configurations() {
    let sea = Sea {
        calls: (2_000, 2_000),
        clients: 100,
        keys: 1,
        values: 0,
        doubts: 0,
        lies: 0,
    };
    assert_eq!(follow(&history(sea, 1)), Err(Limit::Configurations));
}
