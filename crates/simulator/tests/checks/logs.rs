//! Logs, and what is committed in them.

use crate::toy::{entries, leads};
use crate::trial::{A, B, C, appended, broken, committed, holds, persists};
use consensus::{Mandate, Observation, Role};
use simulator::Property;

const FIRST: Mandate = Mandate::Term(1);
const SECOND: Mandate = Mandate::Term(2);

behaviour!(
    LeaderTruncates,
    |toy, _now, fx| {
        if toy.me == A {
            appended(1, 1, fx);
            leads(toy, FIRST, fx);
            fx.observe(Observation::Truncated { from: 1 });
        }
    },
    {}
);
behaviour!(
    LeaderOverwrites,
    |toy, _now, fx| {
        if toy.me == A {
            appended(1, 1, fx);
            leads(toy, FIRST, fx);
            appended(1, 1, fx);
        }
    },
    {}
);
behaviour!(
    FollowerTruncates,
    |toy, _now, fx| {
        if toy.me == A {
            leads(toy, FIRST, fx);
            appended(1, 1, fx);
            fx.observe(Observation::Role {
                role: Role::Follower,
                mandate: SECOND,
            });
            fx.observe(Observation::Truncated { from: 1 });
            appended(2, 1, fx);
        }
    },
    {}
);

#[test]
fn a_leader_that_takes_entries_out_is_caught() {
    let violation = broken::<LeaderTruncates>(Property::LeaderAppendOnly);
    assert_eq!((&*violation.nodes, violation.place), (&[A][..], 1));
    broken::<LeaderOverwrites>(Property::LeaderAppendOnly);
    holds::<FollowerTruncates>(&[]);
}

behaviour!(
    LaterLeaderLacksIt,
    |toy, _now, fx| {
        persists(fx, &[entries(1, 0, 1)]);
        if toy.me == A {
            leads(toy, FIRST, fx);
            appended(1, 1, fx);
        }
    },
    {
        match toy.me {
            A => committed(1, 1, fx),
            B => leads(toy, SECOND, fx),
            _ => {}
        }
    }
);
behaviour!(
    LaterLeaderHoldsIt,
    |toy, _now, fx| {
        persists(fx, &[entries(1, 0, 1)]);
        if toy.me == A {
            leads(toy, FIRST, fx);
        }
        appended(1, 1, fx);
    },
    {
        match toy.me {
            A => committed(1, 1, fx),
            B => leads(toy, SECOND, fx),
            _ => {}
        }
    }
);
behaviour!(
    CommitComesToLightLate,
    |toy, _now, fx| {
        persists(fx, &[entries(1, 0, 1)]);
        match toy.me {
            A => leads(toy, FIRST, fx),
            B => leads(toy, SECOND, fx),
            _ => {}
        }
    },
    {
        if toy.me == A {
            committed(1, 1, fx);
        }
    }
);
behaviour!(
    EarlierLeaderLacksIt,
    |toy, _now, fx| {
        persists(fx, &[entries(2, 0, 1)]);
        if toy.me == A {
            leads(toy, SECOND, fx);
        }
    },
    {
        match toy.me {
            A => committed(2, 1, fx),
            B => leads(toy, FIRST, fx),
            _ => {}
        }
    }
);

#[test]
fn a_later_leader_without_a_committed_entry_is_caught() {
    for violation in [
        broken::<LaterLeaderLacksIt>(Property::LeaderCompleteness),
        broken::<CommitComesToLightLate>(Property::LeaderCompleteness),
    ] {
        assert_eq!((&*violation.nodes, violation.place), (&[A, B][..], 1));
    }
    holds::<LaterLeaderHoldsIt>(&[]);
    holds::<EarlierLeaderLacksIt>(&[]);
}

behaviour!(
    CommitsAlone,
    |toy, _now, fx| {
        if toy.me == A {
            persists(fx, &[entries(1, 0, 2)]);
        }
        if toy.me == B {
            persists(fx, &[entries(1, 0, 1)]);
        }
    },
    {
        if toy.me == A {
            committed(1, 1, fx);
            committed(1, 2, fx);
        }
    }
);
behaviour!(
    CommitsWithAMajority,
    |toy, _now, fx| {
        if toy.me != C {
            persists(fx, &[entries(1, 0, 2)]);
        }
    },
    {
        committed(1, 1, fx);
        committed(1, 2, fx);
    }
);
behaviour!(
    CommittedLeavesADisk,
    |toy, _now, fx| {
        if toy.me != C {
            persists(fx, &[entries(1, 0, 2)]);
        }
    },
    {
        if toy.me == A {
            committed(1, 1, fx);
            committed(1, 2, fx);
        }
        if toy.me == B {
            persists_second(fx, entries(2, 1, 1));
        }
    }
);
behaviour!(
    CommittedIsWrittenAgain,
    |toy, _now, fx| {
        if toy.me != C {
            persists(fx, &[entries(1, 0, 2)]);
        }
    },
    {
        if toy.me == A {
            committed(1, 1, fx);
        }
        if toy.me == B {
            persists_second(fx, entries(1, 0, 1));
        }
    }
);

/// Asks for a write after the first.
fn persists_second<P: crate::toy::Behaviour>(
    fx: &mut consensus::Effects<crate::toy::Toy<P>>,
    write: u64,
) {
    fx.push(consensus::Effect::Persist {
        token: consensus::Token(2),
        write,
    });
}

#[test]
fn what_is_committed_without_a_majority_of_disks_is_caught() {
    let alone = broken::<CommitsAlone>(Property::CommittedIsDurable);
    assert_eq!((&*alone.nodes, alone.place), (&[A][..], 2));
    let left = broken::<CommittedLeavesADisk>(Property::CommittedIsDurable);
    assert_eq!((&*left.nodes, left.place), (&[B, A][..], 2));
    holds::<CommitsWithAMajority>(&[]);
    holds::<CommittedIsWrittenAgain>(&[]);
}

behaviour!(
    CommitsDiffer,
    |toy, _now, fx| {
        if toy.me != C {
            persists(fx, &[entries(1, 0, 1)]);
        }
    },
    {
        match toy.me {
            A => committed(1, 1, fx),
            B => committed(2, 1, fx),
            _ => {}
        }
    }
);

#[test]
fn different_commits_at_one_position_are_caught_before_anybody_applies_them() {
    let violation = broken::<CommitsDiffer>(Property::StateMachineSafety);
    assert_eq!((&*violation.nodes, violation.place), (&[A, B][..], 1));
}
