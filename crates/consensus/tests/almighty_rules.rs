//! The rules' words, the ledger's algebra, and noise of every kind.
#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use consensus::almighty::*;
use consensus::*;
use proptest::prelude::*;
use std::collections::BTreeSet;
use support::Bench;

#[test]
fn every_sentence_is_short_whole_and_its_own() {
    let mut names = BTreeSet::new();
    for rule in AlmightyRule::ALL {
        let sentence = rule.explanation().sentence;
        assert!(names.insert(rule.name()), "{} twice", rule.name());
        assert!(sentence.split_whitespace().count() <= 18, "{sentence}");
        assert!(sentence.ends_with('.'), "{sentence}");
        assert!(
            !rule.explanation().because.ends_with('.') && !rule.explanation().because.is_empty()
        );
        assert!(rule.explanation().source.starts_with("rule ") && rule.explanation().weight <= 2);
        let mut rest = sentence;
        while let Some(at) = rest.find('{') {
            let end = rest[at..].find('}').unwrap() + at;
            let name = &rest[at + 1..end];
            assert!(
                ["node", "peer", "number", "of"].contains(&name),
                "{sentence}"
            );
            rest = &rest[end + 1..];
        }
    }
}

/// The page of rules names every decision.
#[test]
fn every_rule_has_its_place_on_the_page() {
    let page = include_str!("../ALMIGHTY.md");
    for rule in AlmightyRule::ALL {
        assert!(page.contains(&format!("`{rule:?}`")), "{rule:?}");
    }
}

#[test]
fn settings_are_checked() {
    let good = AlmightySettings::default();
    assert_eq!(Ok(()), good.check());
    let bad = AlmightySettings {
        ping_interval: Micros::ZERO,
        ..good
    };
    assert_eq!(Err(SettingsError::Zero("ping_interval")), bad.check());
    let bad = AlmightySettings {
        winner_timeout: Micros::MAX,
        ..good
    };
    assert_eq!(Err(SettingsError::TooLong("winner_timeout")), bad.check());
    let bad = AlmightySettings {
        missed_pongs: 0,
        ..good
    };
    assert_eq!(Err(SettingsError::MissedPongs), bad.check());
    let bad = AlmightySettings {
        reannounce_every: Some(0),
        ..good
    };
    assert_eq!(Err(SettingsError::ReannounceEvery), bad.check());
    let bad = AlmightySettings {
        secret_rotation: Some(Micros::from_millis(49)),
        ..good
    };
    assert_eq!(Err(SettingsError::Rotation), bad.check());
}

fn standing() -> impl Strategy<Value = Standing> {
    prop_oneof![
        Just(Standing::Alive),
        Just(Standing::Dead),
        Just(Standing::Gone)
    ]
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![
        0..6_u64,
        3_600_000_000..3_600_000_100_u64,
        Just(u64::MAX),
        any::<u64>()
    ]
}

fn ledger() -> impl Strategy<Value = Ledger> {
    let row = (0..6_u16, 0..4_u32, number(), standing());
    prop::collection::vec(row, 0..8).prop_map(|rows| {
        let row = |(node, life, joined, standing)| {
            let identity = Identity {
                joined: Micros(joined),
                node: NodeId(node),
                incarnation: Incarnation(life),
            };
            (identity, standing)
        };
        rows.into_iter().map(row).collect()
    })
}

fn merged(mut left: Ledger, right: &Ledger) -> Ledger {
    left.merge(right);
    left
}

proptest! {
    #[test]
    fn a20_merging_is_commutative_and_associative(a in ledger(), b in ledger(), c in ledger()) {
        prop_assert_eq!(merged(a.clone(), &b), merged(b.clone(), &a));
        let left = merged(merged(a.clone(), &b), &c);
        prop_assert_eq!(left, merged(a, &merged(b, &c)));
    }

    #[test]
    fn a20_merging_is_idempotent_up_to_the_marks(a in ledger()) {
        let once = merged(a.clone(), &a);
        prop_assert_eq!(merged(once.clone(), &once), once.clone());
        prop_assert_eq!(merged(once.clone(), &a), once.clone());
        prop_assert!(once.iter().all(|(_, standing)| standing != Standing::Dead));
        prop_assert!(!a.knows_more_than(&once));
    }
}

fn id() -> impl Strategy<Value = ElectionId> {
    (number(), 0..6_u16).prop_map(|(at, caller)| ElectionId {
        at: Micros(at),
        caller: NodeId(caller),
    })
}

fn life() -> impl Strategy<Value = Life> {
    (0..6_u16, 0..4_u32).prop_map(|(n, i)| Life {
        node: NodeId(n),
        incarnation: Incarnation(i),
    })
}

fn announcement() -> impl Strategy<Value = Announcement> {
    (id(), life(), 0..4_u64, 0..3_u32, ledger()).prop_map(|(id, leader, secret, turn, ledger)| {
        Announcement {
            id,
            leader,
            secret: Secret(secret),
            turn,
            ledger,
        }
    })
}

fn message() -> impl Strategy<Value = AlmightyMessage> {
    use AlmightyMessage as M;
    let purpose = prop_oneof![
        Just(LedgerPurpose::Marks),
        Just(LedgerPurpose::Merge),
        Just(LedgerPurpose::Report)
    ];
    prop_oneof![
        prop::option::of(number()).prop_map(|j| M::Join {
            joined: j.map(Micros)
        }),
        announcement().prop_map(M::Welcome),
        announcement().prop_map(M::Winner),
        (id(), 0..3_u32, number()).prop_map(|(id, turn, j)| M::Ping {
            id,
            turn,
            joined: Micros(j)
        }),
        (id(), 0..3_u32, prop::option::of(0..4_u64)).prop_map(|(id, turn, s)| M::Pong {
            id,
            turn,
            secret: s.map(Secret)
        }),
        (id(), prop::option::of(life())).prop_map(|(id, without)| M::Election { id, without }),
        (id(), purpose, ledger()).prop_map(|(id, purpose, ledger)| M::Ledger {
            id,
            purpose,
            ledger
        }),
        (id(), id()).prop_map(|(mine, yours)| M::FaceOff { mine, yours }),
        (id(), 0..3_u32, 0..4_u64, 0..4_u64).prop_map(|(id, turn, old, new)| {
            M::Rotation {
                id,
                turn,
                old: Secret(old),
                new: Secret(new),
            }
        }),
        Just(M::Goodbye),
    ]
}

fn input() -> impl Strategy<Value = Input<Almighty>> {
    use AlmightyTimer as T;
    let timer = prop::sample::select(vec![
        T::Join,
        T::Winner,
        T::Silence,
        T::Ping,
        T::Settle,
        T::Merge,
        T::FaceOff,
        T::Rotate,
    ]);
    let envelope =
        (0..6_u16, 0..4_u32, message(), 0..20_u32).prop_map(|(sender, life, message, odd)| {
            let receiver = if odd == 0 {
                Receiver::Node(NodeId(4))
            } else {
                Receiver::Everyone
            };
            Input::Receive(Envelope {
                cluster: ClusterId(u32::from(odd == 1)),
                sender: NodeId(sender),
                incarnation: Incarnation(life),
                receiver,
                message,
            })
        });
    let call = (0..3_u64, any::<bool>()).prop_map(|(sequence, write)| {
        Input::Call(Call {
            operation: if write {
                Operation::Write
            } else {
                Operation::Read
            },
            command: Command {
                call: CallId {
                    client: ClientId(1),
                    sequence,
                },
                session: SessionId::LASTING,
                payload: [].into(),
            },
        })
    });
    prop_oneof![
        8 => envelope,
        4 => timer.prop_map(Input::Timer),
        2 => (any::<bool>(), 0..4_u64).prop_map(|(new, value)| Input::Drawn {
            purpose: if new { Purpose::Secret } else { Purpose::Rotation }, value }),
        1 => call,
        1 => Just(Input::Control(Control::TimeOut)),
        1 => Just(Input::Unreachable(NodeId(1))),
        1 => (0..3_u64).prop_map(|index| Input::Applied(Applied::one(index, Output::EMPTY))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]
    #[test]
    fn noise_never_breaks_a_peer(inputs in prop::collection::vec(input(), 1..60), by_leader in any::<bool>()) {
        let stamp = if by_leader { IdentityStamp::Leader } else { IdentityStamp::Joiner };
        let settings = AlmightySettings { stamp, ..AlmightySettings::default() };
        let mut bench = Bench::new(Almighty::boot(Boot {
            node: NodeId(2),
            cluster: ClusterId(0),
            incarnation: Incarnation(2),
            members: Vec::new(),
            settings,
            durable: AlmightyDurable,
        }));
        let mut identity = None;
        let mut closed: Option<(Mandate, Option<NodeId>)> = None;
        let mut closed_ids = BTreeSet::new();
        let mut leader = (Mandate::Term(0), None);
        let mut all = vec![Input::Start];
        all.extend(inputs);
        for input in all {
            bench.pass(Micros(700));
            for effect in bench.give(input) {
                match effect {
                    Effect::Observe(Observation::Identified { joined, .. }) => {
                        prop_assert!(identity.is_none_or(|known| known == joined));
                        identity = Some(joined);
                    }
                    Effect::Observe(Observation::ElectionClosed(Mandate::Election { at, caller })) => {
                        closed = Some((Mandate::Election { at, caller }, leader.1));
                        closed_ids.insert((at, caller));
                    }
                    Effect::Observe(Observation::Follows(reign)) => {
                        if let (Mandate::Election { at, caller }, Some(_)) = (reign.mandate, reign.leader) {
                            prop_assert!(!closed_ids.contains(&(at, caller)), "closed {closed:?}");
                        }
                        leader = (reign.mandate, reign.leader);
                    }
                    Effect::Send { message, .. } | Effect::Broadcast { message } => {
                        prop_assert!(message.describe().kind.split(' ').count() <= 3);
                    }
                    _ => {}
                }
            }
            let view = bench.node.inspect();
            if let (Some(joined), Some(row)) = (identity, view.ledger.iter().find(|r| r.node == NodeId(2))) {
                prop_assert!(row.alive && row.joined == joined && row.incarnation == Incarnation(2));
            }
        }
    }
}
