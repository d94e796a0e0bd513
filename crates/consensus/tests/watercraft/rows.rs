//! A test for each row W1 to W9, one node at a time.

use crate::node::*;

#[test]
fn w1_a_node_contacts_the_one_that_it_was_given() {
    let mut c = Node::boot(C, 1, ALL, WatercraftSettings::default());
    let fx = c.give(Input::Start);
    assert_eq!(sent(&fx), [(A, &M::Contact)]);
    assert!(said(&fx, R::Contacts) && c.follows().is_none());
}

#[test]
fn w1_a_node_that_was_told_nobody_tries_the_nodes_before_it() {
    let mut c = Node::boot(C, 1, &[], WatercraftSettings::default());
    assert_eq!(sent(&c.give(Input::Start)), [(A, &M::Contact)]);
    let fx = c.fire(T::Contact);
    assert!(said(&fx, R::ContactsNext));
    assert_eq!(sent(&fx), [(B, &M::Contact)]);
    assert_eq!(sent(&c.fire(T::Contact)), [(A, &M::Contact)], "once more");
    assert!(said(&c.fire(T::Contact), R::FoundsAlone) && c.hosts());
}

#[test]
fn w1_whoever_is_not_the_host_names_it_and_all_known_nodes() {
    let mut c = follower();
    for message in [M::Contact, call(4, Report::Version(version(2, A, 5)))] {
        let fx = c.hear(D, message);
        let answer = M::NotHost {
            host: Some(NodeId(A)),
            list: list(FOUR),
        };
        assert_eq!(sent(&fx), [(D, &answer)]);
        assert!(said(&fx, R::TellsWhoHosts));
    }
    let mut seeker = Node::boot(D, 1, ALL, WatercraftSettings::default());
    seeker.give(Input::Start);
    let (host, list) = (None, List::default());
    assert_eq!(
        sent(&seeker.hear(E, M::Contact)),
        [(E, &M::NotHost { host, list })]
    );
}

#[test]
fn w1_a_seeker_calls_the_named_host_and_is_not_sent_round_for_ever() {
    let mut e = Node::boot(E, 1, ALL, WatercraftSettings::default());
    e.give(Input::Start);
    let mut calls = 0;
    for turn in 0..20 {
        let (from, host) = if turn % 2 == 0 { (A, B) } else { (B, A) };
        let host = Some(NodeId(host));
        let list = list(FOUR);
        calls += sent(&e.hear(from, M::NotHost { host, list })).len();
    }
    assert_eq!(calls, 3);
    let fx = e.fire(T::Contact);
    assert!(said(&fx, R::ContactsNext), "it waits, and then goes on");
}

#[test]
fn w1_where_nobody_answers_it_founds_a_network_and_calls_everyone() {
    let mut c = Node::boot(C, 1, ALL, WatercraftSettings::default());
    c.give(Input::Start);
    for asked in [B, D, E] {
        assert_eq!(sent(&c.fire(T::Contact)), [(asked, &M::Contact)]);
    }
    let fx = c.fire(T::Contact);
    assert!(said(&fx, R::FoundsAlone) && c.hosts());
    let called = [A, B, D, E].map(|node| (node, "host call"));
    assert_eq!(kinds(&fx), called);
}

#[test]
fn w1_of_several_seekers_the_lowest_founds() {
    let mut d = Node::boot(D, 1, ALL, WatercraftSettings::default());
    d.give(Input::Start);
    let seeks = || M::NotHost {
        host: None,
        list: List::default(),
    };
    for _ in 0..20 {
        d.fire(T::Contact);
        assert!(said(&d.hear(B, seeks()), R::DefersToLower) && !d.hosts());
    }
    for _ in 0..4 {
        d.fire(T::Contact);
        assert!(!said(&d.hear(E, seeks()), R::DefersToLower));
    }
    assert!(d.hosts(), "a higher one is no reason to wait");
}

#[test]
fn w2_the_founder_begins_as_host_and_gives_numbers_in_order() {
    let mut a = Node::boot(A, 1, ALL, WatercraftSettings::default());
    assert!(said(&a.give(Input::Start), R::Founds) && a.hosts());
    let fx = a.hear(C, M::Contact);
    assert!(said(&fx, R::Admits));
    a.hear(B, M::Contact);
    assert_eq!(a.rows(), [(A, 1, true), (C, 2, true), (B, 3, true)]);

    let mut alone = Node::boot(E, 3, &[E], WatercraftSettings::default());
    assert!(said(&alone.give(Input::Start), R::Founds));
}

#[test]
fn w2_without_a_named_host_the_oldest_on_the_list_is_it() {
    let mut e = Node::boot(E, 1, ALL, WatercraftSettings::default());
    e.give(Input::Start);
    let list = list(&[(A, 1, Removed), (D, 2, Alive), (B, 3, Alive)]);
    let host = None;
    let fx = e.hear(B, M::NotHost { host, list });
    assert!(said(&fx, R::ContactsNamedHost));
    assert_eq!(sent(&fx), [(D, &M::Contact)]);
}

#[test]
fn w2_equal_numbers_are_ordered_by_node() {
    let oldest = list(&[(D, 2, Alive), (B, 2, Alive), (A, 3, Alive)]).oldest();
    assert_eq!(oldest.map(|it| it.node), Some(NodeId(B)));
}

#[test]
fn w3_a_first_caller_and_everyone_else_get_the_whole_list() {
    let mut a = host();
    let fx = a.hear(D, M::Contact);
    assert!(said(&fx, R::TellsEveryone));
    let told = M::List {
        version: version(1, A, 4),
        list: list(FOUR),
    };
    assert_eq!(sent(&fx), [(B, &told), (C, &told), (D, &told)]);
    let again = a.hear(D, M::Contact);
    assert!(said(&again, R::TellsListAgain));
    assert_eq!(sent(&again), [(D, &told)], "the answer may have been lost");
}

#[test]
fn w3_a_removal_is_told_to_the_others() {
    let mut a = host();
    for _ in 0..3 {
        a.fire(T::Round);
        a.hear(B, call(2, Report::Version(version(1, A, 3))));
    }
    let fx = a.fire(T::Round);
    assert!(said(&fx, R::Removes));
    let notice = M::Removal {
        version: version(1, A, 4),
        lives: vec![life(C)],
        standing: Removed,
    };
    assert_eq!(sent(&fx), [(B, &notice)]);

    let mut d = Node::boot(B, 1, ALL, WatercraftSettings::default());
    d.give(Input::Start);
    let list = list(&[(A, 1, Alive), (B, 2, Alive), (C, 3, Alive)]);
    let version = version(1, A, 3);
    d.hear(A, M::List { version, list });
    assert!(said(&d.hear(A, notice.clone()), R::HearsRemoval));
    assert_eq!(d.rows(), a.rows());
    assert!(said(&d.hear(A, notice), R::IgnoresOldList), "a duplicate");
}

#[test]
fn w3_after_a_lost_notice_the_next_report_is_wrong() {
    let mut c = follower();
    let notice = |change, lives| M::Removal {
        version: version(2, A, change),
        lives,
        standing: Removed,
    };
    c.hear(A, notice(7, vec![life(D)]));
    let reported = |fx: &Fx| match sent(fx)[..] {
        [(A, M::Call { report, .. })] => Some(*report),
        _ => None,
    };
    let known = Report::Version(version(2, A, 5));
    assert_eq!(reported(&c.fire(T::Round)), Some(known));
}

#[test]
fn w4_a_follower_keeps_the_list_and_takes_no_older_one() {
    let mut c = follower();
    assert_eq!(c.rows().len(), 4);
    let older = M::List {
        version: version(2, A, 4),
        list: list(&[(A, 1, Alive), (C, 3, Alive)]),
    };
    assert!(said(&c.hear(A, older), R::IgnoresOldList));
    assert_eq!(c.rows().len(), 4);
    let newer = M::List {
        version: version(2, A, 6),
        list: list(&[(A, 1, Alive), (C, 9, Removed)]),
    };
    assert!(said(&c.hear(A, newer), R::TakesList));
    assert_eq!(
        c.rows(),
        [(A, 1, true), (C, 3, true)],
        "it knows itself best"
    );
}

#[test]
fn w5_a_right_report_is_confirmed_and_a_wrong_one_gets_the_list() {
    for (settings, right, wrong, rule) in [
        (
            by_count(),
            Report::Count(3),
            Report::Count(2),
            R::CountWrong,
        ),
        (
            WatercraftSettings::default(),
            Report::Version(version(1, A, 3)),
            Report::Version(version(1, A, 2)),
            R::VersionWrong,
        ),
    ] {
        let mut a = host_with(settings);
        let fx = a.hear(B, call(2, right));
        assert!(said(&fx, R::ReportRight));
        assert_eq!(kinds(&fx), [(B, "right")]);
        let fx = a.hear(B, call(2, wrong));
        assert!(said(&fx, rule));
        assert_eq!(kinds(&fx), [(B, "list")]);
    }
}

#[test]
fn w5_a_follower_reports_what_it_believes() {
    let mut c = follower_with(by_count());
    let report = Report::Count(4);
    assert_eq!(sent(&c.fire(T::Round)), [(A, &call(3, report))]);
    let mut c = follower();
    let report = Report::Version(version(2, A, 5));
    assert_eq!(sent(&c.fire(T::Round)), [(A, &call(3, report))]);
}

#[test]
fn w5_with_counts_one_left_and_one_joined_goes_unseen() {
    let mut a = host_with(by_count());
    a.hear(C, M::Goodbye);
    a.hear(D, M::Contact);
    // B missed both notices, and still believes in A, B and C.
    assert_eq!(kinds(&a.hear(B, call(2, Report::Count(3)))), [(B, "right")]);
    let mut a = host();
    let known = Report::Version(version(1, A, 3));
    a.hear(C, M::Goodbye);
    a.hear(D, M::Contact);
    assert_eq!(kinds(&a.hear(B, call(2, known))), [(B, "list")]);
}

#[test]
fn w5_with_counts_a_node_without_a_list_of_its_host_gets_one() {
    let mut c = follower_with(by_count());
    c.fire(T::Silence);
    assert_eq!(c.follows(), Some(B));
    assert_eq!(
        sent(&c.fire(T::Round)),
        [(B, &call(3, Report::Count(0)))],
        "B may count as many as C does"
    );
}

#[test]
fn w5_a_confirmed_count_tells_of_a_new_reign() {
    let mut c = follower_with(by_count());
    let version = version(5, A, 1);
    let fx = c.hear(A, M::Right { version });
    assert!(said(&fx, R::HostAnswers));
    assert_eq!(c.view().reign.mandate, version.reign.mandate());
}

#[test]
fn w6_an_unreachable_host_is_followed_by_the_next_oldest() {
    let mut c = follower();
    for number in 1..=3 {
        c.fire(T::Round);
        assert_eq!(c.view().unanswered, number - 1);
    }
    let fx = c.fire(T::Silence);
    assert!(said(&fx, R::HostUnreachable) && said(&fx, R::DecidesOnNext));
    let found_dead = Observation::LeaderFoundDead { leader: NodeId(A) };
    assert!(fx.contains(&Effect::Observe(found_dead)));
    assert_eq!((kinds(&fx), c.follows()), (vec![(B, "call")], Some(B)));
    // B is silent, too: C is the oldest left.
    let fx = c.fire(T::Silence);
    assert!(said(&fx, R::BecomesHost) && c.hosts());
    assert_eq!(kinds(&fx), [(D, "list")]);
}

#[test]
fn w6_the_next_oldest_says_who_is_the_host() {
    let mut d = Node::boot(D, 1, ALL, WatercraftSettings::default());
    d.give(Input::Start);
    let (at, known) = (version(2, A, 5), list(FOUR));
    d.hear(
        A,
        M::List {
            version: at,
            list: known,
        },
    );
    d.fire(T::Silence);
    let (host, list) = (
        Some(NodeId(C)),
        list(&[(B, 2, Alive), (C, 1, Alive), (D, 4, Alive)]),
    );
    let fx = d.hear(B, M::NotHost { host, list });
    assert!(said(&fx, R::SentToHost));
    assert_eq!((kinds(&fx), d.follows()), (vec![(C, "call")], Some(C)));
}

#[test]
fn w6_sent_back_to_whom_it_could_not_reach_it_waits_and_tries_again() {
    let mut c = follower();
    c.fire(T::Silence);
    let host = Some(NodeId(A));
    let list = list(FOUR);
    let fx = c.hear(B, M::NotHost { host, list });
    assert!(said(&fx, R::StaysWithNext));
    assert_eq!((kinds(&fx), c.follows()), (vec![], Some(B)));
    let fx = c.fire(T::Silence);
    assert!(said(&fx, R::AsksNamedHost));
    assert_eq!((kinds(&fx), c.follows()), (vec![(A, "call")], Some(A)));
}

#[test]
fn w6_a_younger_named_host_or_none_changes_nothing() {
    let mut c = follower();
    for host in [None, Some(NodeId(C)), Some(NodeId(D))] {
        let list = list(FOUR);
        let fx = c.hear(A, M::NotHost { host, list });
        assert!(said(&fx, R::NoHostNamed) && c.follows() == Some(A));
    }
}

#[test]
fn w7_who_stays_long_enough_becomes_host() {
    let mut c = follower();
    let mut list = list(FOUR);
    list.strike(life(B), Left);
    let version = version(2, A, 6);
    c.hear(A, M::List { version, list });
    let fx = c.fire(T::Silence);
    assert!(said(&fx, R::BecomesHost) && c.hosts());
    let told = sent(&fx);
    assert!(
        matches!(told[..], [(D, M::List { version, .. })] if version.reign.number == 3),
        "a reign above all that it has heard of: {told:?}"
    );
}

#[test]
fn w9_only_the_host_serves() {
    let mut a = host();
    let fx = a.give(write(1));
    assert!(said(&fx, R::StoresAlone));
    let call = command(1).call;
    let answer = Answer::Done(Output([7].into()));
    assert!(fx.contains(&Effect::Answer { call, answer }));

    let mut c = follower();
    let refused = |hint: Option<u16>| Effect::Answer {
        call,
        answer: Answer::Refused {
            reason: Refusal::NotLeader,
            hint: hint.map(NodeId),
        },
    };
    let fx = c.give(write(1));
    assert!(said(&fx, R::ClientRedirected) && fx.contains(&refused(Some(A))));
    let mut seeker = Node::boot(D, 1, ALL, WatercraftSettings::default());
    seeker.give(Input::Start);
    let fx = seeker.give(write(1));
    assert!(said(&fx, R::ClientRefused) && fx.contains(&refused(None)));
}

#[test]
fn w9_a_call_is_carried_out_once_at_a_time_and_lost_with_the_host() {
    let mut c = lone_host();
    c.bench.instant_machine = false;
    c.give(write(1));
    assert!(said(&c.give(write(1)), R::CallRepeated));
    let older = M::HostCall {
        version: version(9, B, 1),
        number: AdmissionNumber(2),
    };
    let fx = c.hear(B, older);
    assert!(said(&fx, R::YieldsToOlder) && said(&fx, R::CallsLost) && said(&fx, R::DataDropped));
    let call = command(1).call;
    let answer = Answer::Refused {
        reason: Refusal::LostLeadership,
        hint: Some(NodeId(B)),
    };
    assert!(fx.contains(&Effect::Answer { call, answer }));
    assert!(fx.contains(&Effect::ClearApplication));
}

#[test]
fn w9_a_host_that_leaves_hands_list_and_data_over() {
    let mut a = host();
    a.give(write(1));
    a.give(write(2));
    let fx = a.give(Input::Control(Control::Leave));
    assert!(said(&fx, R::HandsOver) && said(&fx, R::DataDropped));
    assert!(fx.contains(&Effect::ClearApplication));
    assert_eq!(kinds(&fx), [(B, "hand-over"), (C, "goodbye")]);
    let Some((_, hand_over)) = sent(&fx).first().copied() else {
        panic!("nothing was sent");
    };

    let mut b = Node::boot(B, 1, ALL, WatercraftSettings::default());
    b.give(Input::Start);
    let three = list(&[(A, 1, Alive), (B, 2, Alive), (C, 3, Alive)]);
    let at = version(1, A, 3);
    b.hear(
        A,
        M::List {
            version: at,
            list: three.clone(),
        },
    );
    let fx = b.hear(A, hand_over.clone());
    assert!(said(&fx, R::TakesOver) && said(&fx, R::TakesOverData) && b.hosts());
    for (index, command) in [(1, command(1)), (2, command(2))] {
        assert!(fx.contains(&Effect::Apply { index, command }));
    }
    assert_eq!(b.rows(), [(A, 1, false), (B, 2, true), (C, 3, true)]);
    assert!(
        said(&b.hear(A, hand_over.clone()), R::MessageIgnored),
        "A is gone"
    );

    let mut c = Node::boot(C, 1, ALL, WatercraftSettings::default());
    c.give(Input::Start);
    c.hear(
        A,
        M::List {
            version: at,
            list: three,
        },
    );
    let fx = c.hear(A, M::Goodbye);
    assert!(said(&fx, R::HostLeft) && said(&fx, R::DecidesOnNext) && c.follows() == Some(B));
}

#[test]
fn w9_what_is_handed_over_too_late_is_of_use_only_to_an_empty_host() {
    let hand_over = || {
        let mut list = list(FOUR);
        list.strike(life(A), Left);
        M::HandOver {
            version: version(2, A, 6),
            list,
            commands: vec![command(1)],
        }
    };
    for writes in [0, 1] {
        let mut c = follower();
        c.fire(T::Silence);
        c.fire(T::Silence);
        for sequence in 0..writes {
            c.give(write(8 + sequence));
        }
        let fx = c.hear(A, hand_over());
        assert_eq!(said(&fx, R::TakesOverData), writes == 0);
        assert_eq!(said(&fx, R::HandOverTooLate), writes == 1);
        assert!(said(&fx, R::NodeLeaves), "A was not known to have left");
    }
}

#[test]
fn w9_who_leaves_tells_the_host_and_the_host_the_others() {
    let mut c = follower();
    let fx = c.give(Input::Control(Control::Leave));
    assert_eq!(kinds(&fx), [(A, "goodbye")]);
    assert!(c.give(Input::Control(Control::Leave)).is_empty());
    assert!(said(&c.hear(A, M::Contact), R::MessageIgnored));

    let mut a = host();
    let fx = a.hear(C, M::Goodbye);
    assert!(said(&fx, R::NodeLeaves));
    assert_eq!(kinds(&fx), [(B, "removal")]);
    let late = call(3, Report::Version(version(1, A, 3)));
    assert!(
        said(&a.hear(C, late), R::MessageIgnored),
        "it said good-bye"
    );
}
