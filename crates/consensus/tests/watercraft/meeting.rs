//! W10, one node at a time: returns, two hosts that meet, and what comes late.

use crate::node::*;

fn host_call(reign: u64, host: u16, number: u64) -> M {
    M::HostCall {
        version: version(reign, host, 1),
        number: AdmissionNumber(number),
        answers: None,
    }
}

#[test]
fn w10_removed_but_alive_keeps_its_number() {
    let mut a = host();
    for _ in 0..4 {
        a.fire(T::Round);
    }
    assert_eq!(a.rows(), [(A, 1, true), (B, 2, false), (C, 3, false)]);
    let fx = a.hear(B, call(2, Report::Version(version(1, A, 3))));
    assert!(said(&fx, R::TakesBack));
    assert_eq!(kinds(&fx), [(B, "list")]);
    assert_eq!(a.rows(), [(A, 1, true), (B, 2, true), (C, 3, false)]);

    let mut c = follower();
    let removed = M::Removal {
        version: version(2, A, 6),
        lives: vec![life(C)],
        standing: Removed,
    };
    for message in [removed, host_call(2, A, 1)] {
        let fx = c.hear(A, message);
        assert!(said(&fx, R::RemovedButAlive));
        assert_eq!(kinds(&fx), [(A, "call")]);
    }
}

#[test]
fn w10_crashed_is_admitted_anew_as_the_youngest() {
    let mut a = host();
    let fx = a.hear_life(B, 2, M::Contact);
    assert!(said(&fx, R::AdmitsAnew));
    assert_eq!(a.rows(), [(A, 1, true), (C, 3, true), (B, 4, true)]);
    let late = call(2, Report::Version(version(1, A, 3)));
    assert!(said(&a.hear(B, late), R::MessageIgnored), "an earlier life");
}

#[test]
fn w10_a_founder_that_crashed_founds_a_younger_network() {
    let mut a = Node::boot(A, 2, ALL, WatercraftSettings::default());
    assert!(
        said(&a.give(Input::Start), R::Contacts),
        "it is no founder any more"
    );
    for _ in 0..4 {
        a.fire(T::Contact);
    }
    assert!(a.hosts());
    let fx = a.hear(B, host_call(2, B, 2));
    assert!(
        said(&fx, R::ChecksOlder),
        "B is older than any later life of A"
    );
}

#[test]
fn w10_a_host_that_came_back_from_a_crash_is_found_out_at_once() {
    let mut c = follower();
    let fx = c.hear_life(A, 2, M::Contact);
    assert!(said(&fx, R::HostCameBack) && said(&fx, R::DecidesOnNext));
    let resurrected = Observation::LeaderFoundResurrected { leader: NodeId(A) };
    assert!(fx.contains(&Effect::Observe(resurrected)));
    assert_eq!(c.follows(), Some(B));
    assert_eq!(kinds(&fx), [(B, "call"), (A, "not host")]);
}

#[test]
fn w10_a_host_calls_who_is_not_on_its_list_every_tenth_round() {
    let mut a = host();
    let mut called = Vec::new();
    for round in 1..=20 {
        let fx = a.fire(T::Round);
        for node in [B, C] {
            a.hear(node, call(u64::from(node) + 1, Report::Count(0)));
        }
        if said(&fx, R::CallsOutsider) {
            called.push((round, kinds(&fx)));
        }
    }
    let both = vec![(D, "host call"), (E, "host call")];
    assert_eq!(called, [(10, both.clone()), (20, both)]);

    let never = WatercraftSettings {
        host_call_every: None,
        ..WatercraftSettings::default()
    };
    let mut a = host_with(never);
    assert!((0..50).all(|_| !said(&a.fire(T::Round), R::CallsOutsider)));
}

#[test]
fn w10_of_two_hosts_the_younger_yields_and_the_lists_merge() {
    let mut c = lone_host();
    let fx = c.hear(B, host_call(3, B, 2));
    assert!(said(&fx, R::ChecksOlder) && c.hosts(), "B may be long dead");
    assert_eq!(kinds(&fx), [(B, "host call")]);
    let fx = c.hear(B, answer_of_b(3));
    assert!(said(&fx, R::YieldsToOlder) && c.follows() == Some(B));
    let yielded = match sent(&fx)[..] {
        [(B, message @ M::Yield { .. })] => message.clone(),
        ref other => panic!("{other:?}"),
    };

    let mut b = Node::boot(B, 1, ALL, WatercraftSettings::default());
    b.give(Input::Start);
    let (at, known) = (
        version(2, A, 5),
        list(&[(A, 1, Alive), (B, 2, Alive), (E, 9, Alive)]),
    );
    b.hear(
        A,
        M::List {
            version: at,
            list: known,
        },
    );
    b.fire(T::Silence);
    assert!(b.hosts());
    let fx = b.hear(C, yielded);
    assert!(said(&fx, R::ListsMerged) && b.hosts());
    assert!(fx.contains(&Effect::Observe(Observation::Merged {
        from: NodeId(C),
        changed: 2
    })));
    assert_eq!(kinds(&fx), [(C, "list"), (D, "list"), (E, "list")]);
    let rows = [
        (A, 1, false),
        (B, 2, true),
        (C, 3, true),
        (D, 4, true),
        (E, 9, true),
    ];
    assert_eq!(b.rows(), rows);
    assert!(matches!(
        sent(&fx)[0].1,
        M::List { version, .. } if version.reign.number == 4
    ));
}

#[test]
fn w10_an_older_host_says_so_and_the_younger_yields_then() {
    let mut c = lone_host();
    let younger = list(&[(D, 4, Alive), (C, 3, Removed)]);
    let at = version(8, D, 2);
    for message in [
        host_call(8, D, 4),
        M::List {
            version: at,
            list: younger,
        },
    ] {
        let fx = c.hear(D, message);
        assert!(said(&fx, R::MeetsYounger) && c.hosts());
        assert_eq!(kinds(&fx), [(D, "host call")]);
    }
}

#[test]
fn w10_an_answer_to_an_earlier_reign_unseats_nobody() {
    let mut c = lone_host();
    let fx = c.hear(B, answer_of_b(2));
    assert!(said(&fx, R::ChecksOlder) && c.hosts());
}

#[test]
fn w10_an_older_caller_is_told_the_list_and_will_host() {
    let mut c = lone_host();
    let fx = c.hear(B, call(2, Report::Version(version(3, C, 1))));
    assert!(said(&fx, R::TakesBack) && c.hosts());
    assert_eq!(kinds(&fx), [(B, "list"), (D, "list")]);

    let mut b = Node::boot(B, 1, ALL, WatercraftSettings::default());
    b.give(Input::Start);
    let host = list(&[(C, 3, Alive), (B, 2, Alive)]);
    let version = version(3, C, 2);
    let fx = b.hear(
        C,
        M::List {
            version,
            list: host,
        },
    );
    assert!(said(&fx, R::OlderThanHost) && b.hosts());
    assert_eq!(kinds(&fx), [(C, "list")], "so that C yields");
}

/// The younger host may be on the list by then: its first call can overtake its yield.
#[test]
fn w10_a_yield_is_merged_once_whatever_came_before_it() {
    let mut a = host();
    let yielded = M::Yield {
        version: version(1, D, 7),
        list: list(&[(D, 4, Alive), (E, 5, Alive)]),
    };
    a.hear(D, call(4, Report::Count(0)));
    assert!(a.rows().contains(&(D, 4, true)), "it is taken in");
    // Another one yields meanwhile, and a later reign begins.
    let other = M::Yield {
        version: version(1, C, 1),
        list: list(&[(C, 3, Alive), (B, 9, Left)]),
    };
    assert!(said(&a.hear(C, other), R::ListsMerged));
    assert!(said(&a.hear(D, yielded.clone()), R::ListsMerged));
    assert!(a.rows().contains(&(E, 5, true)));
    assert!(said(&a.hear(D, yielded), R::IgnoresOldList));
}

/// The highest reign that is believed at all is no reason to count on from it.
#[test]
fn w10_no_forged_reign_makes_a_host_that_nobody_believes() {
    let mut a = host();
    let forged = Report::Version(version(1 << 48, D, 1));
    a.hear(D, call(4, forged));
    let yielded = M::Yield {
        version: version(1, D, 7),
        list: list(&[(D, 4, Alive), (E, 5, Alive)]),
    };
    a.hear(D, yielded);
    let Mandate::Election { at, .. } = a.view().reign.mandate else {
        panic!("a host has a reign")
    };
    assert!(at.0 < 1 << 47, "{at:?}");
}

#[test]
fn w10_a_yield_that_comes_twice_brings_nobody_back() {
    let mut a = host();
    let theirs = || list(&[(D, 4, Alive), (E, 5, Alive)]);
    let at = version(1, D, 7);
    let yielded = || M::Yield {
        version: at,
        list: theirs(),
    };
    assert!(said(&a.hear(D, yielded()), R::ListsMerged));
    for _ in 0..4 {
        a.hear(D, call(4, Report::Count(0)));
        a.fire(T::Round);
    }
    assert!(a.rows().contains(&(E, 5, false)));
    let fx = a.hear(D, yielded());
    assert!(said(&fx, R::IgnoresOldList) && a.rows().contains(&(E, 5, false)));
    assert_eq!(kinds(&fx), [(D, "list")]);
}

#[test]
fn w10_who_is_yielded_to_by_its_own_host_becomes_host() {
    let mut c = follower();
    // C was told of a host that is younger than it.
    let (version, list) = (
        version(7, A, 1),
        list(&[(A, 9, Alive), (C, 3, Alive), (E, 5, Alive)]),
    );
    let fx = c.hear(
        A,
        M::Yield {
            version,
            list: list.clone(),
        },
    );
    assert!(said(&fx, R::ListsMerged) && c.hosts());
    let mut d = follower();
    let fx = d.hear(A, M::List { version, list });
    assert!(said(&fx, R::OlderThanHost) && d.hosts());
    assert!(kinds(&fx).contains(&(A, "list")), "so that A yields");
}

#[test]
fn w10_a_follower_makes_its_host_known_to_another() {
    let mut c = follower();
    let other = list(&[(B, 2, Alive), (C, 3, Alive)]);
    let at = version(9, B, 1);
    for message in [
        host_call(9, B, 2),
        M::List {
            version: at,
            list: other,
        },
    ] {
        let fx = c.hear(B, message);
        assert_eq!((kinds(&fx), c.follows()), (vec![(B, "not host")], Some(A)));
    }
    let mut b = lone_host();
    let (host, list) = (Some(NodeId(E)), list(&[(E, 1, Alive), (D, 4, Alive)]));
    let fx = b.hear(D, M::NotHost { host, list });
    assert!(said(&fx, R::HearsOfOtherHost));
    assert_eq!(kinds(&fx), [(E, "host call")]);
}

#[test]
fn w10_who_misses_its_host_follows_a_later_reign_but_no_earlier_one() {
    for (reign, changes) in [(1, false), (2, false), (3, true)] {
        let mut c = follower();
        for _ in 0..3 {
            c.fire(T::Round);
        }
        let list = list(&[(A, 1, Removed), (B, 2, Alive), (C, 3, Alive)]);
        let version = version(reign, if reign == 2 { A } else { B }, 1);
        let fx = c.hear(B, M::List { version, list });
        assert_eq!(said(&fx, R::FollowsLaterHost), changes, "reign {reign}");
        assert_eq!(c.follows(), Some(if changes { B } else { A }));
    }
}

#[test]
fn w10_a_node_admitted_twice_keeps_its_first_number() {
    let mut a = host();
    let fx = a.hear(C, call(7, Report::Count(0)));
    assert!(said(&fx, R::NumberCorrected));
    assert_eq!(a.rows(), [(A, 1, true), (B, 2, true), (C, 7, true)]);
    let fx = a.hear(E, call(2, Report::Count(0)));
    assert!(said(&fx, R::TakesIn));
    assert_eq!(a.rows().last(), Some(&(C, 7, true)));

    let mut c = follower();
    let (version, list) = (version(2, A, 6), list(&[(A, 1, Alive), (C, 8, Alive)]));
    c.hear(A, M::List { version, list });
    assert!(c.rows().contains(&(C, 3, true)));
}

#[test]
fn w10_a_host_speaks_to_a_seeker_and_a_stray_word_of_a_host_is_answered() {
    let mut e = Node::boot(E, 1, ALL, WatercraftSettings::default());
    e.give(Input::Start);
    let fx = e.hear(C, host_call(3, C, 3));
    assert!(said(&fx, R::AnswersHostCall));
    assert_eq!(sent(&fx), [(C, &M::Contact)]);

    let removal = || M::Removal {
        version: version(3, D, 2),
        lives: vec![life(B)],
        standing: Removed,
    };
    for (mut node, answer) in [
        (e, (D, "contact")),
        (follower(), (D, "not host")),
        (lone_host(), (D, "host call")),
    ] {
        assert_eq!(kinds(&node.hear(D, removal())), [answer]);
    }
}

#[test]
fn w10_merging_takes_the_latest_life_of_each_and_keeps_good_byes() {
    let entry = |life, number, standing| Entry {
        incarnation: Incarnation(life),
        number: AdmissionNumber(number),
        standing,
    };
    let cases = [
        (entry(1, 3, Removed), entry(1, 3, Alive), entry(1, 3, Alive)),
        (
            entry(1, 3, Removed),
            entry(1, 2, Removed),
            entry(1, 2, Removed),
        ),
        (entry(1, 3, Left), entry(1, 3, Alive), entry(1, 3, Left)),
        (
            entry(2, 9, Removed),
            entry(1, 3, Left),
            entry(2, 9, Removed),
        ),
        (entry(2, 9, Alive), entry(3, 4, Left), entry(3, 4, Left)),
    ];
    for (mine, theirs, merged) in cases {
        for (one, other) in [(mine, theirs), (theirs, mine)] {
            let list = |entry| [(NodeId(B), entry)].into_iter().collect::<List>();
            let mut joined = list(one);
            let changed = joined.merge(&list(other));
            assert_eq!(joined, list(merged));
            assert_eq!(changed, u32::from(one != merged));
        }
    }
}

#[test]
fn an_operator_can_only_hurry_what_a_wait_would_do() {
    let time_out = || Input::Control(Control::TimeOut);
    assert!(said(&follower().give(time_out()), R::DecidesOnNext));
    assert!(host().give(time_out()).is_empty());
    let mut e = Node::boot(E, 1, ALL, WatercraftSettings::default());
    e.give(Input::Start);
    assert!(said(&e.give(time_out()), R::ContactsNext));
    assert!(
        host()
            .give(Input::Control(Control::TransferTo(NodeId(B))))
            .is_empty()
    );
}
