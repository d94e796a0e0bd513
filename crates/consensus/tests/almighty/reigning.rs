//! Identity, ledger, secrets, joining and data: rows A1 to A9.

use crate::peer::*;

#[test]
fn a1_the_oldest_wins_and_the_node_breaks_ties() {
    let (mut a, fx) = peer_with(A, settings());
    assert!(fx.contains(&Effect::Observe(Observation::Identified {
        incarnation: Incarnation(1),
        joined: Micros(T),
    })));
    hear(
        &mut a,
        B,
        M::Join {
            joined: Some(Micros(T)),
        },
    );
    let fx = fire(&mut a, AlmightyTimer::Join);
    assert!(said(&fx, AlmightyRule::EldestClaims) && fx.contains(&Effect::Draw(Purpose::Secret)));
    let (mut b, _) = peer_with(B, settings());
    hear(
        &mut b,
        A,
        M::Join {
            joined: Some(Micros(T)),
        },
    );
    let fx = fire(&mut b, AlmightyTimer::Join);
    assert!(said(&fx, AlmightyRule::WaitsForOlder));
}

#[test]
fn a1_the_leader_stamps_where_the_setting_says_so() {
    let (mut d, fx) = peer_with(D, by_leader());
    assert_eq!(vec![&M::Join { joined: None }], broadcasts(&fx));
    let rows = [(A, 1, Alive), (D, 77, Alive)];
    let fx = hear(&mut d, A, M::Welcome(claim(id(10, A), A, 9, ledger(&rows))));
    assert!(said(&fx, AlmightyRule::StampedByLeader));
    assert_eq!(Micros(77), d.node.inspect().ledger[1].joined);

    let (mut a, _) = peer_with(A, by_leader());
    fire(&mut a, AlmightyTimer::Join);
    draw(&mut a, 5);
    let fx = hear(&mut a, D, M::Join { joined: None });
    let [M::Welcome(ann)] = sends(&fx, D)[..] else {
        panic!("{fx:?}")
    };
    assert!(
        ann.ledger
            .row(NodeId(D))
            .is_some_and(|row| row.joined > Micros(T))
    );
}

#[test]
fn a2_every_peer_keeps_a_ledger_eldest_first() {
    let c = follower();
    let view = c.node.inspect();
    let nodes: Vec<_> = view.ledger.iter().map(|row| row.node.0).collect();
    assert_eq!(vec![A, B, C, D], nodes);
}

#[test]
fn a3_only_the_latest_election_counts() {
    let mut c = follower();
    hear(
        &mut c,
        B,
        M::Election {
            id: id(50, B),
            without: None,
        },
    );
    hear(
        &mut c,
        D,
        M::Election {
            id: id(60, D),
            without: None,
        },
    );
    let rows = [(A, 1, Alive)];
    let fx = hear(&mut c, A, M::Winner(claim(id(50, B), A, 3, ledger(&rows))));
    assert!(said(&fx, AlmightyRule::IgnoresOldWinner));
    assert_eq!(Role::Candidate, c.node.inspect().role);
    let fx = hear(&mut c, A, M::Winner(claim(id(60, D), A, 4, ledger(&rows))));
    assert!(said(&fx, AlmightyRule::AcceptsWinner));
    assert_eq!(Some(4), c.node.inspect().secret);
}

#[test]
fn a4_the_winner_announces_secret_and_ledger() {
    let (mut a, _) = peer_with(A, settings());
    let fx = fire(&mut a, AlmightyTimer::Join);
    assert!(!broadcasts(&fx).iter().any(|m| matches!(m, M::Winner(_))));
    let fx = draw(&mut a, 5);
    let [M::Winner(ann)] = broadcasts(&fx)[..] else {
        panic!("{fx:?}")
    };
    assert_eq!(Secret(5), ann.secret);
    assert!(ann.ledger.identity(life(A)).is_some());
}

#[test]
fn a5_a_wrong_or_missing_secret_means_resurrection_at_once() {
    for (from_life, secret) in [(1, Some(Secret(8))), (2, None), (2, Some(Secret(1)))] {
        let mut c = follower();
        let fx = hear_life(
            &mut c,
            A,
            from_life,
            M::Pong {
                id: id(10, A),
                turn: 0,
                secret,
            },
        );
        assert!(said(&fx, AlmightyRule::LeaderResurrected) && called(&fx));
        assert!(
            fx.contains(&Effect::Observe(Observation::LeaderFoundResurrected {
                leader: NodeId(A),
            }))
        );
        assert_eq!(None, c.node.inspect().secret);
    }
    let mut c = follower();
    let fx = hear(
        &mut c,
        A,
        M::Pong {
            id: id(10, A),
            turn: 0,
            secret: Some(Secret(9)),
        },
    );
    assert!(said(&fx, AlmightyRule::PongProves) && !called(&fx));
    let fx = hear(
        &mut c,
        A,
        M::Pong {
            id: id(3, A),
            turn: 0,
            secret: Some(Secret(8)),
        },
    );
    assert!(said(&fx, AlmightyRule::IgnoresLatePong));
}

#[test]
fn a5_a_leader_proves_itself_and_who_does_not_lead_cannot() {
    let mut a = leader();
    let reign = reign(&a);
    let ping = |id| M::Ping {
        id,
        turn: 0,
        joined: Micros(T + 5),
    };
    let fx = hear(&mut a, D, ping(reign));
    assert_eq!(
        vec![&M::Pong {
            id: reign,
            turn: 0,
            secret: Some(Secret(5))
        }],
        sends(&fx, D)
    );
    let fx = hear(&mut a, D, ping(ElectionId::default()));
    assert!(matches!(sends(&fx, D)[..], [M::Welcome(_)]));
    let mut c = follower();
    let fx = hear(&mut c, D, ping(reign));
    assert_eq!(
        vec![&M::Pong {
            id: reign,
            turn: 0,
            secret: None
        }],
        sends(&fx, D)
    );
}

#[test]
fn a6_the_secret_goes_with_the_leader() {
    let mut c = follower();
    assert_eq!(Some(9), c.node.inspect().secret);
    fire(&mut c, AlmightyTimer::Silence);
    assert_eq!(None, c.node.inspect().secret);
}

#[test]
fn a7_the_leader_alone_answers_a_joiner() {
    let mut a = leader();
    let fx = hear(
        &mut a,
        B,
        M::Join {
            joined: Some(Micros(T + 9)),
        },
    );
    let [M::Welcome(ann)] = sends(&fx, B)[..] else {
        panic!("{fx:?}")
    };
    assert_eq!(Secret(5), ann.secret);
    assert!(broadcasts(&fx).is_empty());
    let mut c = follower();
    let fx = hear_life(
        &mut c,
        B,
        2,
        M::Join {
            joined: Some(Micros(T + 9)),
        },
    );
    assert!(said(&fx, AlmightyRule::PeerEntered) && sends(&fx, B).is_empty());
}

/// C with its leader's next secret, 10 after 9.
fn told_the_next_secret() -> Bench<Almighty> {
    let mut c = follower();
    let (id, turn, old, new) = (id(10, A), 1, Secret(9), Secret(10));
    let rotation = M::Rotation { id, turn, old, new };
    hear(&mut c, A, rotation);
    assert_eq!(Some(10), c.node.inspect().secret);
    c
}

fn pong(turn: u32, secret: Option<u64>) -> M {
    M::Pong {
        id: id(10, A),
        turn,
        secret: secret.map(Secret),
    }
}

#[test]
fn a8_a_rotation_in_flight_is_no_resurrection() {
    let mut c = told_the_next_secret();
    let fx = hear(&mut c, A, pong(0, Some(9)));
    assert!(said(&fx, AlmightyRule::PongProves));
    // It is good for one interval; later it proves nothing, and accuses nobody.
    (0..2).for_each(|_| drop(fire(&mut c, AlmightyTimer::Ping)));
    let fx = hear(&mut c, A, pong(0, Some(9)));
    assert!(said(&fx, AlmightyRule::IgnoresLatePong) && !called(&fx));
    // The answer to a question of now has to be the secret of now.
    let fx = hear(&mut c, A, pong(1, Some(9)));
    assert!(said(&fx, AlmightyRule::LeaderResurrected));
    // A later life has lost its data, whatever it was asked.
    let mut c = told_the_next_secret();
    (0..2).for_each(|_| drop(fire(&mut c, AlmightyTimer::Ping)));
    let fx = hear_life(&mut c, A, 2, pong(0, None));
    assert!(said(&fx, AlmightyRule::LeaderResurrected));
}

#[test]
fn a8_who_missed_one_rotation_gets_it_again_and_who_missed_more_a_welcome() {
    let mut a = leader_with(AlmightySettings {
        secret_rotation: Some(Micros::from_secs(1)),
        ..settings()
    });
    let reign = reign(&a);
    let (joined, purpose) = (Micros(T + 5), Purpose::Rotation);
    for value in [6, 7] {
        a.give(Input::Timer(AlmightyTimer::Rotate));
        a.give(Input::Drawn { purpose, value });
    }
    let ping = |turn| M::Ping {
        id: reign,
        turn,
        joined,
    };
    let fx = hear(&mut a, D, ping(2));
    let pong = |turn, secret| M::Pong {
        id: reign,
        turn,
        secret: Some(Secret(secret)),
    };
    assert_eq!(vec![&pong(2, 7)], sends(&fx, D));
    let fx = hear(&mut a, D, ping(1));
    let (turn, old, new) = (2, Secret(6), Secret(7));
    let again = M::Rotation {
        id: reign,
        turn,
        old,
        new,
    };
    assert_eq!(vec![&again, &pong(1, 6)], sends(&fx, D));
    let fx = hear(&mut a, D, ping(0));
    assert!(matches!(sends(&fx, D)[..], [M::Welcome(it)] if it.secret == new && it.turn == 2));
}

#[test]
fn a9_data_lives_with_the_leader_alone() {
    let mut a = leader();
    let fx = a.give(write(1));
    assert!(
        fx.iter()
            .any(|e| matches!(e, Effect::Apply(it) if it.first() == 1))
    );
    assert!(fx.iter().any(|e| matches!(
        e,
        Effect::Answer {
            answer: Answer::Done(_),
            ..
        }
    )));
    // Elected again in the same life, it keeps its data.
    hear(
        &mut a,
        D,
        M::Election {
            id: id(900_000, D),
            without: None,
        },
    );
    draw(&mut a, 6);
    let fx = a.give(write(2));
    assert!(
        fx.iter()
            .any(|e| matches!(e, Effect::Apply(it) if it.first() == 2))
    );
    // Following another, it does not.
    hear(
        &mut a,
        D,
        M::Election {
            id: id(990_000, D),
            without: None,
        },
    );
    let elder = claim(id(990_000, D), B, 3, ledger(&[(B, 1, Alive)]));
    let fx = hear(&mut a, B, M::Winner(elder));
    assert!(fx.contains(&Effect::ClearApplication));
    let fx = a.give(write(3));
    assert!(fx.iter().any(|e| matches!(
        e,
        Effect::Answer {
            answer: Answer::Refused {
                reason: Refusal::NotLeader,
                hint: Some(NodeId(B))
            },
            ..
        }
    )));
    assert!(!AlmightyDurable.holds(1, CallId::default()));
}

/// The turns and digests of the secrets that a step reported.
fn secrets(fx: &Fx) -> Vec<(u32, NodeId, u64)> {
    let secret = |effect: &Effect<Almighty>| match effect {
        Effect::Observe(Observation::Secret {
            turn,
            leader,
            digest,
            ..
        }) => Some((*turn, *leader, *digest)),
        _ => None,
    };
    fx.iter().filter_map(secret).collect()
}

#[test]
fn a4_leader_and_follower_report_the_same_secret_by_its_digest() {
    let (mut a, _) = peer_with(A, settings());
    fire(&mut a, AlmightyTimer::Join);
    let made = secrets(&draw(&mut a, 9));
    assert_eq!(made, [(0, NodeId(A), digest_of(&9_u64))]);

    let mut c = follower();
    let (old, new) = (Secret(9), Secret(10));
    let rotation = M::Rotation {
        id: id(10, A),
        turn: 1,
        old,
        new,
    };
    let rotated = secrets(&hear(&mut c, A, rotation.clone()));
    assert_eq!(rotated, [(1, NodeId(A), digest_of(&10_u64))]);
    assert!(secrets(&hear(&mut c, A, rotation)).is_empty(), "no news");
}
