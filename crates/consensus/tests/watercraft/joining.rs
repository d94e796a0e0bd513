//! W1 and W2, one node at a time: contacts, founders, and the order of age.

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
    // Younger than the network that it was to join, should that live after all (W2).
    assert_eq!(c.rows(), [(C, (1 << 32) + 1, true)]);
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
