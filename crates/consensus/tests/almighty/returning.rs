//! A peer that comes back is another peer under the same name: row A16.

use crate::peer::*;

/// C takes part in an election of D, and waits for B's first life, the oldest that it knows of.
fn waits_for_a_life_that_is_over() -> Bench<Almighty> {
    let mut c = follower();
    hear(&mut c, A, M::Goodbye);
    let (id, without) = (id(50_000, D), None);
    let fx = hear(&mut c, D, M::Election { id, without });
    assert!(said(&fx, AlmightyRule::WaitsForOlder));
    c
}

#[test]
fn a16_any_word_from_a_later_life_ends_the_wait_for_an_earlier_one() {
    let mut c = waits_for_a_life_that_is_over();
    let (earlier, without) = (id(20_000, B), None);
    let word = M::Election {
        id: earlier,
        without,
    };
    let fx = hear_life(&mut c, B, 2, word);
    assert!(said(&fx, AlmightyRule::EarlierLifeOver));
    assert!(said(&fx, AlmightyRule::EldestClaims), "{fx:?}");
    // The earlier life is over for good, and the later one is as old as it says.
    let fx = hear_life(&mut c, B, 1, M::Join { joined: None });
    assert!(said(&fx, AlmightyRule::MessageIgnored));
    let joined = Some(Micros(T + 9));
    let fx = hear_life(&mut c, B, 2, M::Join { joined });
    assert!(said(&fx, AlmightyRule::PeerEntered) && !said(&fx, AlmightyRule::WaitsForOlder));
}

/// An older peer that waits in vain objects to every winner, and everyone waits for it in turn:
/// nobody led for as long as the network was quiet.
#[test]
fn a16_the_ledger_of_a_winner_that_is_refused_tells_of_lives_that_are_over() {
    let mut c = waits_for_a_life_that_is_over();
    let returned = Identity {
        joined: Micros(T + 7),
        node: NodeId(B),
        incarnation: Incarnation(2),
    };
    let rows = [(D, T + 5, Alive)];
    let mut theirs = ledger(&rows);
    assert_eq!(Entered::New, theirs.enter(returned));
    let young = claim(id(50_000, D), D, 6, theirs);
    let fx = hear(&mut c, D, M::Winner(young));
    assert!(said(&fx, AlmightyRule::YoungerClaims));
    assert!(said(&fx, AlmightyRule::EldestClaims), "{fx:?}");
    let fx = draw(&mut c, 8);
    assert!(said(&fx, AlmightyRule::Leads) && said(&fx, AlmightyRule::TwoWinners));
    assert!(called(&fire(&mut c, AlmightyTimer::Merge)));
}
