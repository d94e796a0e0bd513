//! Votes, terms, and what a server keeps.

use crate::toy::{Behaviour, Toy, ballot, command};
use crate::trial::{A, B, C, broken, broken_by, committed, crash, holds, persists};
use consensus::{Effect, Effects, Mandate, NodeId, Observation, Role, SingleCommand};
use simulator::Property;

fn voted<P: Behaviour>(term: u64, candidate: NodeId, fx: &mut Effects<Toy<P>>) {
    fx.observe(Observation::Voted { term, candidate });
}

fn enters<P: Behaviour>(term: u64, fx: &mut Effects<Toy<P>>) {
    fx.observe(Observation::Role {
        role: Role::Follower,
        mandate: Mandate::Term(term),
    });
}

fn applied<P: Behaviour>(index: u64, fx: &mut Effects<Toy<P>>) {
    fx.push(Effect::Apply(SingleCommand {
        index,
        command: command(index as u8),
    }));
}

behaviour!(VotesTwice, |_toy, _now, fx| { voted(1, A, fx) }, {
    voted(1, B, fx);
});
behaviour!(
    VotesAnewAfterACrash,
    |_toy, now, fx| {
        voted(1, if now.monotonic.0 == 0 { A } else { B }, fx);
    },
    {}
);
behaviour!(
    ForgetsItsVote,
    |_toy, _now, fx| {
        persists(fx, &[ballot(1, Some(C)), ballot(1, None)]);
    },
    {}
);
behaviour!(
    VotesRight,
    |_toy, _now, fx| {
        persists(fx, &[ballot(1, None), ballot(1, Some(A))]);
    },
    {
        voted(1, A, fx);
        voted(1, A, fx);
        voted(2, B, fx);
    }
);

#[test]
fn two_votes_in_a_term_are_caught_and_a_crash_is_no_excuse() {
    let twice = broken::<VotesTwice>(Property::OneVotePerTerm);
    assert_eq!((&*twice.nodes, twice.place), (&[A][..], 1));
    let anew = broken_by::<VotesAnewAfterACrash>(Property::OneVotePerTerm, &crash());
    assert_eq!((&*anew.nodes, anew.place), (&[A][..], 1));
    broken::<ForgetsItsVote>(Property::OneVotePerTerm);
    holds::<VotesRight>(&[]);
    holds::<VotesAnewAfterACrash>(&[]);
}

behaviour!(TermFalls, |_toy, _now, fx| { enters(2, fx) }, {
    enters(1, fx);
});
behaviour!(
    StoredTermFalls,
    |_toy, _now, fx| {
        persists(fx, &[ballot(2, None), ballot(1, None)]);
    },
    {}
);
behaviour!(
    StoredTermIsForgotten,
    |_toy, now, fx| {
        if now.monotonic.0 == 0 {
            enters(3, fx);
            persists(fx, &[ballot(3, None)]);
        } else {
            enters(2, fx);
        }
    },
    {}
);
behaviour!(
    CommitsTwice,
    |_toy, _now, fx| {
        persists(fx, &[crate::toy::entries(1, 0, 1)]);
    },
    {
        committed(1, 1, fx);
        committed(1, 1, fx);
    }
);
behaviour!(AppliesTwice, |_toy, _now, fx| { applied(1, fx) }, {
    applied(1, fx);
});
behaviour!(
    RisesRight,
    |_toy, now, fx| {
        // A term that was never stored may be lost.
        enters(if now.monotonic.0 == 0 { 5 } else { 1 }, fx);
        persists(fx, &[ballot(1, None), crate::toy::entries(1, 0, 2)]);
        applied(1, fx);
    },
    {
        enters(6, fx);
        committed(1, 1, fx);
        committed(1, 2, fx);
        applied(2, fx);
    }
);

#[test]
fn a_term_or_an_index_that_falls_is_caught() {
    let term = broken::<TermFalls>(Property::NothingGoesBack);
    assert_eq!((&*term.nodes, term.place), (&[A][..], 1));
    broken::<StoredTermFalls>(Property::NothingGoesBack);
    let forgotten = broken_by::<StoredTermIsForgotten>(Property::NothingGoesBack, &crash());
    assert_eq!(forgotten.place, 2);
    broken::<CommitsTwice>(Property::NothingGoesBack);
    broken::<AppliesTwice>(Property::NothingGoesBack);
    holds::<StoredTermIsForgotten>(&[]);
    holds::<RisesRight>(&crash());
}

behaviour!(KeepsTooMuch, |toy, _now, _fx| { toy.keeps = 41 }, {});
behaviour!(KeepsAsMuchAsItMay, |toy, _now, _fx| { toy.keeps = 40 }, {});

#[test]
fn who_keeps_more_than_its_cluster_and_log_explain_is_caught() {
    let violation = broken::<KeepsTooMuch>(Property::BoundedBookkeeping);
    assert_eq!((&*violation.nodes, violation.place), (&[A][..], 41));
    assert!(violation.event >= 32);
    holds::<KeepsAsMuchAsItMay>(&[]);
}
