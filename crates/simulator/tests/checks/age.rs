//! Elections by age, identities and secrets.

use crate::toy::{Behaviour, Toy, follows};
use crate::trial::{A, B, BY_AGE, C, broken, broken_by, crash, holds};
use consensus::{Effects, Incarnation, Mandate, Micros, NodeId, Observation, Role};
use simulator::Property;

const EARLIER: Mandate = Mandate::Election {
    at: Micros(8),
    caller: C,
};

fn closes<P: Behaviour>(fx: &mut Effects<Toy<P>>) {
    fx.observe(Observation::ElectionClosed(BY_AGE));
}

behaviour!(
    FollowsAnEarlierWinner,
    |_toy, _now, fx| { follows(A, BY_AGE, fx) },
    {
        follows(B, EARLIER, fx);
    }
);
behaviour!(
    FollowsAWinnerOfTheElectionBefore,
    |_toy, _now, fx| {
        fx.observe(Observation::Role {
            role: Role::Candidate,
            mandate: BY_AGE,
        });
    },
    {
        follows(B, EARLIER, fx);
    }
);
behaviour!(
    FollowsAnotherWinnerOfAClosedElection,
    |_toy, _now, fx| {
        follows(A, BY_AGE, fx);
        closes(fx);
    },
    {
        follows(B, BY_AGE, fx);
    }
);
behaviour!(
    FollowsRight,
    |_toy, now, fx| {
        if now.monotonic.0 > 0 {
            // A new life knows nothing of the elections of the last one.
            return follows(C, EARLIER, fx);
        }
        follows(C, EARLIER, fx);
        follows(A, BY_AGE, fx);
        follows(B, BY_AGE, fx);
        closes(fx);
    },
    {
        if now.monotonic < Micros::from_millis(300) {
            follows(B, BY_AGE, fx);
        }
    }
);

#[test]
fn a_closed_or_earlier_election_that_gives_a_leader_is_caught() {
    for violation in [
        broken::<FollowsAnEarlierWinner>(Property::ClosedElections),
        broken::<FollowsAWinnerOfTheElectionBefore>(Property::ClosedElections),
    ] {
        assert_eq!((&*violation.nodes, violation.place), (&[A, B][..], 8));
    }
    let closed = broken::<FollowsAnotherWinnerOfAClosedElection>(Property::ClosedElections);
    assert_eq!(closed.place, 9);
    holds::<FollowsRight>(&crash());
}

fn identified<P: Behaviour>(incarnation: u32, joined: u64, fx: &mut Effects<Toy<P>>) {
    fx.observe(Observation::Identified {
        incarnation: Incarnation(incarnation),
        joined: Micros(joined),
    });
}

behaviour!(
    ChangesItsStamp,
    |_toy, _now, fx| { identified(1, 5, fx) },
    {
        identified(1, 6, fx);
    }
);
behaviour!(KeepsAnOldLife, |_toy, _now, fx| { identified(1, 5, fx) }, {
});
behaviour!(
    IdentifiedRight,
    |_toy, now, fx| {
        let life = if now.monotonic.0 == 0 { 1 } else { 2 };
        identified(life, now.monotonic.0, fx);
        identified(life, now.monotonic.0, fx);
    },
    {}
);

#[test]
fn an_identity_that_changes_within_a_life_or_outlives_it_is_caught() {
    let changed = broken::<ChangesItsStamp>(Property::LastingIdentity);
    assert_eq!((&*changed.nodes, changed.place), (&[A][..], 1));
    broken_by::<KeepsAnOldLife>(Property::LastingIdentity, &crash());
    holds::<KeepsAnOldLife>(&[]);
    holds::<IdentifiedRight>(&crash());
}

fn secret<P: Behaviour>(leader: NodeId, turn: u32, digest: u64, fx: &mut Effects<Toy<P>>) {
    fx.observe(Observation::Secret {
        mandate: BY_AGE,
        leader,
        incarnation: Incarnation(1),
        turn,
        digest,
    });
}

behaviour!(
    LeaderMakesTwoSecrets,
    |toy, _now, fx| {
        if toy.me == A {
            secret(A, 0, 7, fx);
            secret(A, 0, 8, fx);
        }
    },
    {}
);
behaviour!(
    FollowerKnowsAnotherSecret,
    |toy, _now, fx| {
        secret(A, 0, 7 + u64::from(toy.me.0), fx);
    },
    {}
);
behaviour!(
    FollowerRotates,
    |toy, _now, fx| {
        secret(A, 0, 7, fx);
        if toy.me == C {
            secret(A, 1, 8, fx);
        }
    },
    {}
);
behaviour!(
    SecretsRight,
    |toy, _now, fx| {
        if toy.me != C {
            // Two winners of one election, each with a secret of its own.
            secret(toy.me, 0, u64::from(toy.me.0), fx);
        }
        secret(A, 0, 0, fx);
    },
    {
        if toy.me == A {
            secret(A, 1, 9, fx);
        }
    }
);

#[test]
fn a_secret_that_is_not_the_leaders_is_caught() {
    let two = broken::<LeaderMakesTwoSecrets>(Property::OneSecretPerReign);
    assert_eq!((&*two.nodes, two.place), (&[A][..], 0));
    let another = broken::<FollowerKnowsAnotherSecret>(Property::OneSecretPerReign);
    assert_eq!(another.nodes, [A, B]);
    let rotates = broken::<FollowerRotates>(Property::OneSecretPerReign);
    assert_eq!((&*rotates.nodes, rotates.place), (&[A, C][..], 1));
    holds::<SecretsRight>(&[]);
}
