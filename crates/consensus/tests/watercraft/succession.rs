//! W6 and W7, one node at a time: whom a node decides on when its host is gone.

use crate::node::*;

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
fn w6_of_two_who_decided_on_each_other_the_one_that_hears_of_it_hosts() {
    let mut c = follower();
    let told = || {
        let list = list(FOUR);
        let host = Some(NodeId(C));
        M::NotHost { host, list }
    };
    c.fire(T::Silence);
    assert_eq!(c.follows(), Some(B));
    let fx = c.hear(B, told());
    assert!(said(&fx, R::NamedByNext) && c.hosts());
    let mut c = follower();
    c.fire(T::Silence);
    let version = version(2, B, 1);
    let mut after = list(FOUR);
    after.strike(life(A), Removed);
    c.hear(
        B,
        M::List {
            version,
            list: after,
        },
    );
    let fx = c.hear(B, told());
    assert!(
        said(&fx, R::NoHostNamed),
        "B hosts: what it said before that is late"
    );
    assert_eq!(c.follows(), Some(B));
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
