//! The rules' words, the settings, and noise of every kind.

use crate::node::*;
use consensus::watercraft::{Seniority, SettingsError};
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn every_sentence_is_short_whole_and_its_own() {
    let mut names = BTreeSet::new();
    for rule in R::ALL {
        let sentence = rule.explanation().sentence;
        assert!(names.insert(rule.name()), "{} twice", rule.name());
        assert!(sentence.split_whitespace().count() <= 18, "{sentence}");
        assert!(sentence.ends_with('.'), "{sentence}");
        assert!(
            !rule.explanation().because.ends_with('.') && !rule.explanation().because.is_empty()
        );
        assert!(rule.explanation().source.starts_with("rule ") && rule.explanation().weight <= 2);
        for part in sentence.split('{').skip(1) {
            let name = part.split('}').next().unwrap();
            assert!(
                ["node", "peer", "number", "of"].contains(&name),
                "{sentence}"
            );
        }
    }
}

#[test]
fn settings_are_checked() {
    let good = WatercraftSettings::default();
    assert_eq!(Ok(()), good.check());
    let checks = [
        (
            WatercraftSettings {
                call_interval: Micros::ZERO,
                ..good
            },
            SettingsError::Zero("call_interval"),
        ),
        (
            WatercraftSettings {
                contact_timeout: Micros::MAX,
                ..good
            },
            SettingsError::TooLong("contact_timeout"),
        ),
        (
            WatercraftSettings {
                missed_calls: 0,
                ..good
            },
            SettingsError::MissedCalls,
        ),
        (
            WatercraftSettings {
                host_call_every: Some(0),
                ..good
            },
            SettingsError::HostCallEvery,
        ),
    ];
    for (bad, error) in checks {
        assert_eq!(Err(error), bad.check());
    }
}

#[test]
fn messages_that_no_honest_node_sends_are_ignored() {
    let far = version(u64::MAX, A, 1);
    let at = version(2, A, 9);
    let without_sender = || list(&[(B, 2, Alive), (C, 3, Alive)]);
    let unnumbered = || list(&[(A, 1, Alive), (C, 0, Alive)]);
    let gone = |standing, node| M::Removal {
        version: at,
        lives: vec![life(node)],
        standing,
    };
    let hand_over = |list| M::HandOver {
        version: at,
        list,
        commands: vec![],
    };
    let mut messages = vec![
        M::Right { version: far },
        M::Right {
            version: version(2, B, 9),
        },
        M::HostCall {
            version: at,
            number: AdmissionNumber(0),
            answers: None,
        },
        call(0, Report::Count(4)),
        call(1, Report::Version(far)),
        gone(Alive, B),
        gone(Removed, A),
        hand_over(list(FOUR)),
        hand_over(without_sender()),
        M::NotHost {
            host: Some(NodeId(A)),
            list: list(FOUR),
        },
        M::NotHost {
            host: Some(NodeId(E)),
            list: list(FOUR),
        },
    ];
    for list in [without_sender(), unnumbered()] {
        messages.push(M::List {
            version: at,
            list: list.clone(),
        });
        messages.push(M::Yield { version: at, list });
    }
    for message in messages {
        for mut node in [follower(), lone_host()] {
            let before = node.bench.node.clone();
            let fx = node.hear(A, message.clone());
            assert!(
                said(&fx, R::Malformed) && sent(&fx).is_empty(),
                "{message:?}"
            );
            assert_eq!(node.bench.node, before, "{message:?}");
        }
    }
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0..9_u64, Just(1 << 32), Just(u64::MAX), any::<u64>()]
}

fn entry() -> impl Strategy<Value = (NodeId, Entry)> {
    let standing = prop::sample::select(vec![Alive, Alive, Removed, Left]);
    (0..6_u16, 0..4_u32, number(), standing).prop_map(|(node, life, number, standing)| {
        let entry = Entry {
            incarnation: Incarnation(life),
            number: AdmissionNumber(number),
            standing,
        };
        (NodeId(node), entry)
    })
}

fn lists() -> impl Strategy<Value = List> {
    prop::collection::vec(entry(), 0..8).prop_map(|entries| entries.into_iter().collect())
}

fn versions() -> impl Strategy<Value = Version> {
    (0..9_u64, 0..6_u16, number()).prop_map(|(reign, host, change)| version(reign, host, change))
}

fn lives() -> impl Strategy<Value = Vec<Life>> {
    let life = (0..6_u16, 0..4_u32).prop_map(|(node, life)| Life {
        node: NodeId(node),
        incarnation: Incarnation(life),
    });
    prop::collection::vec(life, 0..4)
}

/// A message of any kind, from a sender and one of its lives; what an honest one would say of
/// itself is right most of the time.
fn envelope() -> impl Strategy<Value = (u16, u32, M)> {
    let report = prop_oneof![
        (0..7_u32).prop_map(Report::Count),
        versions().prop_map(Report::Version)
    ];
    let parts = (
        0..10_u8,
        versions(),
        lists(),
        number(),
        report,
        lives(),
        0..3_u8,
    );
    (0..6_u16, 0..4_u32, parts).prop_map(|(sender, life, parts)| {
        let (kind, mut version, mut list, number, report, lives, odd) = parts;
        let from = Life {
            node: NodeId(sender),
            incarnation: Incarnation(life),
        };
        let standing = if kind == 7 { Left } else { Alive };
        if odd > 0 {
            version.reign.host = from.node;
            list.enter(from, AdmissionNumber(number.max(1)), standing);
        }
        let number = AdmissionNumber(number);
        let message = match kind {
            0 => M::Contact,
            1 => M::Call { number, report },
            2 => M::Right { version },
            3 => M::List { version, list },
            4 => M::Removal {
                version,
                lives,
                standing: if odd == 1 { Left } else { Removed },
            },
            5 => M::NotHost {
                host: list.oldest().map(|it| it.node),
                list,
            },
            6 => M::HostCall {
                version,
                number,
                answers: (odd > 1).then_some(version_of_c(number)),
            },
            7 => M::HandOver {
                version,
                list,
                commands: vec![command(1)],
            },
            8 => M::Yield { version, list },
            _ => M::Goodbye,
        };
        (sender, life, message)
    })
}

/// Some reign that the node under test may have.
fn version_of_c(number: AdmissionNumber) -> ReignNumber {
    version(number.0 % 12, C, 1).reign
}

#[derive(Clone, Debug)]
enum Noise {
    Hears((u16, u32, M)),
    Gets(Input<Watercraft>),
}

fn noise() -> impl Strategy<Value = Noise> {
    let timer = prop::sample::select(vec![T::Contact, T::Round, T::Silence]);
    prop_oneof![
        8 => envelope().prop_map(Noise::Hears),
        4 => timer.prop_map(|timer| Noise::Gets(Input::Timer(timer))),
        1 => (0..3_u64).prop_map(|sequence| Noise::Gets(write(sequence))),
        1 => Just(Noise::Gets(Input::Control(Control::TimeOut))),
        1 => Just(Noise::Gets(Input::Unreachable(NodeId(1)))),
        1 => (0..3_u64).prop_map(|index| Noise::Gets(Input::Applied(Applied::one(index, Output::default())))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]
    #[test]
    fn noise_never_breaks_a_node(
        noise in prop::collection::vec(noise(), 1..60),
        count in any::<bool>(),
        told in any::<bool>(),
    ) {
        let settings = if count { by_count() } else { WatercraftSettings::default() };
        let members: &[u16] = if told { ALL } else { &[] };
        let mut node = Node::boot(C, 2, members, settings);
        node.give(Input::Start);
        let mut own = None;
        for noise in noise {
            let fx = match noise {
                Noise::Hears((from, life, message)) => node.hear_life(from, life, message),
                Noise::Gets(input) => node.give(input),
            };
            for effect in &fx {
                match effect {
                    Effect::Observe(Observation::Identified { joined, incarnation }) => {
                        prop_assert!(own.is_none() && *incarnation == Incarnation(2));
                        own = Some(*joined);
                    }
                    Effect::Send { to, message } => {
                        prop_assert_ne!(to.0, C);
                        prop_assert!(message.describe().kind.split(' ').count() <= 3);
                    }
                    Effect::Why { rule, facts } => {
                        let sentence = rule.explanation().sentence;
                        for (name, known) in [
                            ("{peer}", facts.peer.is_some()),
                            ("{number}", facts.number.is_some()),
                            ("{of}", facts.of.is_some()),
                        ] {
                            prop_assert!(known || !sentence.contains(name), "{sentence}");
                        }
                    }
                    Effect::Broadcast { .. } => prop_assert!(false, "there is no broadcast"),
                    _ => {}
                }
            }
            let view = node.view();
            let mine = view.ledger.iter().find(|row| row.node == NodeId(C));
            if let (Some(joined), Some(row)) = (own, mine) {
                prop_assert!(row.alive && row.joined == joined);
                prop_assert_eq!(row.incarnation, Incarnation(2));
            }
            prop_assert_eq!(view.role == Role::Leader, node.follows() == Some(C));
            prop_assert!(node.bench.node.bookkeeping() < 30);
            // No node ever follows one that it knows to be younger.
            let age = |node: u16| node_age(&view, node);
            if let (Some(host), Some(me)) = (node.follows().and_then(age), age(C)) {
                prop_assert!(host <= me, "{host:?} {me:?}");
            }
        }
    }

    #[test]
    fn lists_survive_the_wire_and_merge_in_any_order(a in lists(), b in lists(), c in lists()) {
        let merged = |mut one: List, other: &List| { one.merge(other); one };
        prop_assert_eq!(merged(a.clone(), &b), merged(b.clone(), &a));
        prop_assert_eq!(
            merged(merged(a.clone(), &b), &c),
            merged(a.clone(), &merged(b, &c))
        );
        prop_assert_eq!(merged(a.clone(), &a), a.clone());
        let envelope = Envelope {
            cluster: ClusterId(0),
            sender: NodeId(1),
            incarnation: Incarnation(1),
            receiver: Receiver::Node(NodeId(2)),
            message: M::Yield { version: Version::default(), list: a },
        };
        let bytes = wire::encode(&envelope).unwrap();
        prop_assert_eq!(wire::decode::<M>(&bytes), Ok(envelope));
    }
}

fn node_age(view: &Inspection, node: u16) -> Option<Seniority> {
    let row = view.ledger.iter().find(|row| row.node.0 == node)?;
    Some(Seniority {
        number: AdmissionNumber(row.joined.0),
        node: row.node,
    })
}
