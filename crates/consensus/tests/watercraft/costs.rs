//! What heartbeats and changes of the host cost (W8), for 2 to 31 nodes, as `WATERCRAFT.md` states.

use crate::node::*;
use simulator::{Driver, SpanRange};

const SIZES: std::ops::RangeInclusive<u16> = 2..=31;

fn settings() -> WatercraftSettings {
    WatercraftSettings::default()
}

fn ids(nodes: u16) -> Vec<u16> {
    (0..nodes).collect()
}

/// A hosts so many nodes, numbered in order of their ids.
fn host_of(nodes: u16) -> Node {
    let mut a = Node::boot(A, 1, &ids(nodes), settings());
    a.give(Input::Start);
    for node in 1..nodes {
        a.hear(node, M::Contact);
    }
    assert_eq!(a.rows().len(), usize::from(nodes));
    a
}

/// B is the next oldest of so many nodes, whose host is A.
fn next_of(nodes: u16) -> Node {
    let mut b = Node::boot(B, 1, &ids(nodes), settings());
    b.give(Input::Start);
    let entries: Vec<_> = (0..nodes)
        .map(|it| (it, u64::from(it) + 1, Alive))
        .collect();
    let (version, list) = (version(1, A, nodes.into()), list(&entries));
    b.hear(A, M::List { version, list });
    b
}

fn count(fx: &Fx, kind: &str) -> u64 {
    kinds(fx).iter().filter(|(_, it)| *it == kind).count() as u64
}

#[test]
fn w8_a_round_costs_two_messages_for_each_follower() {
    for nodes in SIZES {
        let builder = Driver::<Watercraft>::builder().seed(1).nodes(nodes);
        let mut network = builder.delay(SpanRange::millis(5, 5)).build();
        network.run_for(Micros::from_secs(2)).unwrap();
        let all =
            |network: &Driver<Watercraft>| network.requests().messages + network.replies().messages;
        let before = all(&network);
        let rounds = 20;
        network.run_for(settings().call_interval * rounds).unwrap();
        let n = u64::from(nodes);
        let spent = all(&network) - before;
        assert_eq!(spent, rounds * 2 * (n - 1), "{nodes} nodes");
        // Were everybody to call everybody, it would be so much.
        let all_to_all = rounds * 2 * n * (n - 1);
        assert_eq!(spent * n, all_to_all);
    }
}

#[test]
fn w8_a_join_costs_a_call_and_a_list_for_each_other_node() {
    for nodes in SIZES {
        let mut a = host_of(nodes - 1);
        let fx = a.hear(nodes - 1, M::Contact);
        assert_eq!(count(&fx, "list"), u64::from(nodes) - 1);
        assert_eq!(sent(&fx).len(), usize::from(nodes) - 1);
    }
}

#[test]
fn w8_whoever_is_gone_costs_a_notice_for_each_that_is_left() {
    for nodes in SIZES {
        let mut a = host_of(nodes);
        for _ in 0..3 {
            a.fire(T::Round);
            for node in 1..nodes - 1 {
                let number = u64::from(node) + 1;
                a.hear(node, call(number, Report::Count(0)));
            }
        }
        let removed = a.fire(T::Round);
        let left = host_of(nodes).hear(nodes - 1, M::Goodbye);
        for fx in [removed, left] {
            assert_eq!(count(&fx, "removal"), u64::from(nodes) - 2, "{nodes} nodes");
            assert_eq!(sent(&fx).len(), usize::from(nodes) - 2);
        }
    }
}

#[test]
fn w8_a_new_host_costs_a_list_for_each_other_node() {
    for nodes in SIZES {
        let n = u64::from(nodes);
        let found_dead = next_of(nodes).fire(T::Silence);
        assert_eq!(count(&found_dead, "list"), n - 2);
        assert_eq!(sent(&found_dead).len() as u64, n - 2);

        let leaves = host_of(nodes).give(Input::Control(Control::Leave));
        assert_eq!(
            (count(&leaves, "hand-over"), count(&leaves, "goodbye")),
            (1, n - 2)
        );
        let hand_over = sent(&leaves)[0].1.clone();
        let takes_over = next_of(nodes).hear(A, hand_over);
        assert_eq!(count(&takes_over, "list"), n - 2);
        assert_eq!(sent(&takes_over).len() as u64, n - 2);
    }
}

#[test]
fn w8_a_meeting_costs_a_few_messages_and_a_list_for_each_other_node() {
    for nodes in SIZES {
        let (other, all) = (nodes - 1, u64::from(nodes));
        let mut older = host_of(other);
        let mut younger = Node::boot(other, 1, &[other], settings());
        younger.give(Input::Start);
        let (version, number) = (version(1, A, all - 1), AdmissionNumber(1));
        let answers = None;
        let first = younger.hear(
            A,
            M::HostCall {
                version,
                number,
                answers,
            },
        );
        let second = older.hear(other, sent(&first)[0].1.clone());
        let third = younger.hear(A, sent(&second)[0].1.clone());
        let last = older.hear(other, sent(&third)[0].1.clone());
        assert_eq!(kinds(&first), [(A, "host call")]);
        assert_eq!(kinds(&second), [(other, "host call")]);
        assert_eq!(kinds(&third), [(A, "yield")]);
        assert_eq!(count(&last, "list"), all - 1, "{nodes} nodes");
        assert_eq!(sent(&last).len() as u64, all - 1);
    }
}

#[test]
fn w8_a_crashed_host_costs_a_few_messages_a_node_and_not_their_square() {
    for nodes in SIZES {
        let builder = Driver::<Watercraft>::builder().seed(1).nodes(nodes);
        let mut network = builder.delay(SpanRange::millis(5, 10)).build();
        network.run_for(Micros::from_secs(2)).unwrap();
        let kinds = ["list", "not host", "host call", "yield", "removal"];
        let spent = |network: &Driver<Watercraft>| {
            kinds
                .map(|kind| network.sent(kind).messages)
                .iter()
                .sum::<u64>()
        };
        let before = spent(&network);
        network.crash(NodeId(A)).unwrap();
        network.run_for(Micros::from_millis(450)).unwrap();
        assert_eq!(network.leaders().count(), 1);
        let n = u64::from(nodes);
        let spent = spent(&network) - before;
        // A list for each, and an answer for who decided before it came.
        assert!((n - 2..=2 * n).contains(&spent), "{nodes} nodes: {spent}");
    }
}
