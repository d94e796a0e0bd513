//! Face-offs, elections, departures and returns: rows A10 to A20.

use crate::peer::*;

#[test]
fn a10_leaders_that_meet_face_off_merge_and_elect() {
    let mut a = leader();
    let theirs = claim(
        id(900_000, B),
        B,
        3,
        ledger(&[(B, T + 2, Alive), (A, T, Dead)]),
    );
    let fx = hear(&mut a, B, M::Winner(theirs));
    assert!(fx.contains(&Effect::Observe(Observation::FaceOff { with: NodeId(B) })));
    assert!(matches!(sends(&fx, B)[..], [M::FaceOff { yours, .. }] if *yours == id(900_000, B)));
    assert!(matches!(
        broadcasts(&fx)[..],
        [M::Ledger {
            purpose: LedgerPurpose::Merge,
            ..
        }]
    ));
    let (mine, yours) = (id(900_000, B), reign(&a));
    let fx = hear(&mut a, B, M::FaceOff { mine, yours });
    assert!(said(&fx, AlmightyRule::FaceOffReceived) && sends(&fx, B).is_empty());
    let fx = fire(&mut a, AlmightyTimer::Merge);
    assert!(said(&fx, AlmightyRule::MergedCalls) && reign(&a) > id(900_000, B));
    assert!(said(&fx, AlmightyRule::EldestClaims));
}

#[test]
fn a11_a_face_off_is_sent_again_and_peers_check_their_leader() {
    let mut a = leader();
    let theirs = claim(id(900_000, B), B, 3, ledger(&[(B, T + 2, Alive)]));
    hear(&mut a, B, M::Winner(theirs));
    for wait in [200, 400] {
        let fx = fire(&mut a, AlmightyTimer::FaceOff);
        assert!(said(&fx, AlmightyRule::FaceOffAgain) && sends(&fx, B).len() == 1);
        let wait = Micros::from_millis(wait);
        assert!(fx.contains(&Effect::Arm {
            timer: AlmightyTimer::FaceOff,
            least: wait,
            most: wait
        }));
    }
    assert!(called(&fire(&mut a, AlmightyTimer::FaceOff)));

    // Whether the other leader was elected earlier or later.
    for id in [id(1, 9), id(90, 9)] {
        let (mut c, purpose) = (follower(), LedgerPurpose::Merge);
        let ledger = ledger(&[(9, T + 9, Alive)]);
        let told = M::Ledger {
            id,
            purpose,
            ledger,
        };
        let fx = hear(&mut c, 9, told);
        assert!(said(&fx, AlmightyRule::ChecksLeader), "{id:?}");
        assert!(matches!(sends(&fx, A)[..], [M::Ping { .. }]));
    }
}

#[test]
fn a12_two_winners_of_one_election_merge_and_elect_afresh() {
    let (mut a, _) = peer_with(A, settings());
    hear(
        &mut a,
        D,
        M::Join {
            joined: Some(Micros(T + 5)),
        },
    );
    fire(&mut a, AlmightyTimer::Join);
    draw(&mut a, 5);
    let rival = claim(reign(&a), D, 6, ledger(&[(D, T + 5, Alive)]));
    let fx = hear(&mut a, D, M::Winner(rival));
    assert!(said(&fx, AlmightyRule::TwoWinners));
    assert!(matches!(
        broadcasts(&fx)[..],
        [M::Ledger {
            purpose: LedgerPurpose::Merge,
            ..
        }]
    ));
    assert!(called(&fire(&mut a, AlmightyTimer::Merge)));
}

#[test]
fn a13_elders_tell_a_newcomer_that_wins_without_a_ledger() {
    let mut c = follower();
    hear(
        &mut c,
        B,
        M::Election {
            id: id(50_000, B),
            without: None,
        },
    );
    let newcomer = claim(id(50_000, B), 9, 6, ledger(&[(9, T + 40, Alive)]));
    let fx = hear(&mut c, 9, M::Winner(newcomer));
    assert!(said(&fx, AlmightyRule::EldersTellNewcomer));
    assert!(matches!(
        broadcasts(&fx)[..],
        [M::Ledger {
            purpose: LedgerPurpose::Merge,
            ..
        }]
    ));
    let fair = claim(id(50_000, B), A, 7, ledger(&[(A, 1, Alive)]));
    let fx = hear(&mut c, A, M::Winner(fair));
    assert!(said(&fx, AlmightyRule::AcceptsWinner) && said(&fx, AlmightyRule::StrangerWinsToo));
    assert!(called(&fire(&mut c, AlmightyTimer::Merge)));
}

#[test]
fn a14_a_good_bye_is_final_and_the_oldest_left_calls_at_once() {
    let mut c = follower();
    hear(&mut c, B, M::Goodbye);
    let fx = hear(&mut c, A, M::Goodbye);
    assert!(said(&fx, AlmightyRule::LeaderLeft) && called(&fx));
    assert!(said(&fx, AlmightyRule::EldestClaims));
    let fx = hear(
        &mut c,
        A,
        M::Join {
            joined: Some(Micros(1)),
        },
    );
    assert!(said(&fx, AlmightyRule::MessageIgnored));
    let fx = c.give(Input::Control(Control::Leave));
    assert_eq!(vec![&M::Goodbye], broadcasts(&fx));
    assert!(fire(&mut c, AlmightyTimer::Winner).is_empty());
}

#[test]
fn a15_a_joiner_joins_the_open_election_or_calls_one() {
    let (mut c, fx) = peer_with(C, settings());
    assert_eq!(
        vec![&M::Join {
            joined: Some(Micros(T))
        }],
        broadcasts(&fx)
    );
    hear(
        &mut c,
        B,
        M::Election {
            id: id(50, B),
            without: None,
        },
    );
    assert_eq!(Role::Follower, c.node.inspect().role);
    let fx = fire(&mut c, AlmightyTimer::Join);
    assert!(said(&fx, AlmightyRule::JoinsOpenElection) && !called(&fx));
    assert_eq!(id(50, B), reign(&c));
    let (mut c, _) = peer_with(C, settings());
    let fx = fire(&mut c, AlmightyTimer::Join);
    assert!(said(&fx, AlmightyRule::NoLeaderAnswers) && called(&fx));
}

#[test]
fn a16_a_return_is_younger_and_a_false_suspicion_keeps_its_age() {
    let mut c = follower();
    hear_life(
        &mut c,
        B,
        2,
        M::Join {
            joined: Some(Micros(T + 99)),
        },
    );
    let row = |c: &Bench<Almighty>, n| {
        c.node
            .inspect()
            .ledger
            .into_iter()
            .find(|row| row.node == NodeId(n))
            .unwrap()
    };
    assert_eq!(
        (Incarnation(2), Micros(T + 99)),
        (row(&c, B).incarnation, row(&c, B).joined)
    );
    let fx = hear(
        &mut c,
        B,
        M::Join {
            joined: Some(Micros(2)),
        },
    );
    assert!(said(&fx, AlmightyRule::MessageIgnored));
    fire(&mut c, AlmightyTimer::Silence);
    assert!(!row(&c, A).alive);
    let fx = hear(
        &mut c,
        A,
        M::Election {
            id: id(90, A),
            without: None,
        },
    );
    assert!(said(&fx, AlmightyRule::PeerRevived));
    assert!(row(&c, A).alive && row(&c, A).joined == Micros(1));
}

#[test]
fn a17_three_missed_pongs_and_three_silent_intervals_mean_death() {
    let mut c = follower();
    for missed in 1..=3 {
        let fx = fire(&mut c, AlmightyTimer::Ping);
        assert!(said(&fx, AlmightyRule::PongMissed));
        assert_eq!(missed, c.node.inspect().unanswered);
    }
    let fx = fire(&mut c, AlmightyTimer::Silence);
    assert!(fx.contains(&Effect::Observe(Observation::LeaderFoundDead {
        leader: NodeId(A)
    })));
    assert!(called(&fx));

    let mut a = leader();
    let mut told = Vec::new();
    (0..4).for_each(|_| told.extend(fire(&mut a, AlmightyTimer::Ping)));
    assert!(said(&told, AlmightyRule::PeerMarkedDead));
    assert!(matches!(
        broadcasts(&told)[..],
        [M::Ledger {
            purpose: LedgerPurpose::Marks,
            ..
        }]
    ));
}

#[test]
fn a18_an_election_id_is_later_than_any_seen_and_the_silent_are_passed_over() {
    let mut c = follower();
    hear(
        &mut c,
        B,
        M::Election {
            id: id(90_000_000, B),
            without: None,
        },
    );
    let fx = fire(&mut c, AlmightyTimer::Winner);
    assert!(said(&fx, AlmightyRule::NoWinnerInTime));
    assert_eq!(id(90_000_001, C), reign(&c));
    let (at, caller) = (id(90_000_000, B).at, NodeId(B));
    assert!(fx.contains(&Effect::Observe(Observation::ElectionFailed(
        Mandate::Election { at, caller }
    ))));
    let fx = fire(&mut c, AlmightyTimer::Winner);
    assert!(said(&fx, AlmightyRule::EldestClaims));
    // A poisoned id uses up nothing.
    let (at, without) = (Micros::MAX, None);
    let fx = hear(
        &mut c,
        B,
        M::Election {
            id: ElectionId { at, caller },
            without,
        },
    );
    assert!(said(&fx, AlmightyRule::Malformed));
}

#[test]
fn a18_who_is_older_than_its_leader_calls() {
    let (mut c, _) = peer_with(C, settings());
    let young = claim(id(10, D), D, 9, ledger(&[(D, T + 5, Alive)]));
    let fx = hear(&mut c, D, M::Welcome(young));
    assert!(said(&fx, AlmightyRule::OlderThanLeader) && called(&fx));
    let mut a = leader();
    let (id, turn) = (reign(&a), 0);
    let fx = hear(
        &mut a,
        B,
        M::Ping {
            id,
            turn,
            joined: Micros(1),
        },
    );
    assert!(said(&fx, AlmightyRule::OlderPeerLives) && called(&fx));
}

#[test]
fn a19_a_closed_election_gains_no_winner_but_a_face_off() {
    let mut c = follower();
    let late = claim(id(10, A), B, 3, ledger(&[(B, 0, Alive)]));
    let fx = hear(&mut c, B, M::Winner(late));
    assert!(said(&fx, AlmightyRule::IgnoresClosedElection));
    let mut a = leader();
    let late = claim(reign(&a), D, 3, ledger(&[(D, T + 5, Alive)]));
    let fx = hear(&mut a, D, M::Winner(late));
    assert!(matches!(sends(&fx, D)[..], [M::FaceOff { .. }]));
}

#[test]
fn a20_the_leader_announces_itself_again() {
    let mut a = leader();
    let (id, turn, joined) = (reign(&a), 0, Micros(T + 5));
    for interval in 1..=10 {
        hear(&mut a, D, M::Ping { id, turn, joined });
        let fx = fire(&mut a, AlmightyTimer::Ping);
        let again = broadcasts(&fx).iter().any(|m| matches!(m, M::Winner(_)));
        assert_eq!(interval == 10, again);
    }
}
