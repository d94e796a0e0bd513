//! The oldest-peer protocols under every order of events: three nodes that have settled, of which
//! one crashes, one joins (the one that crashed, or another), and which one cut divides.
//!
//! `WHITEWATER_DEEPER` says how many events more are followed than in a test.
#![allow(missing_docs)]

use scenario::consensus::almighty::{self, Almighty, AlmightyRule, AlmightySettings};
use scenario::consensus::watercraft::{self, Watercraft, WatercraftRule, WatercraftSettings};
use scenario::consensus::{Explain, Micros, Protocol};
use scenario::simulator::{
    Bounds, Counterexample, Exploration, Explorer, LinkSettings, Promises, Property, SpanRange,
    World,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What a protocol promises, and how long after the last disturbance, as its scenarios have it.
struct Promised {
    guarantees: &'static [Property],
    quiet: Micros,
    quiet_per_node: Micros,
}

const ALMIGHTY: Promised = Promised {
    guarantees: &[
        Property::ClosedElections,
        Property::LastingIdentity,
        Property::OneSecretPerReign,
        Property::OldestLeads,
        Property::LedgersAgree,
    ],
    quiet: Micros::from_millis(2_000),
    quiet_per_node: Micros::from_millis(400),
};
const WATERCRAFT: Promised = Promised {
    guarantees: &[
        Property::LastingIdentity,
        Property::OldestLeads,
        Property::LedgersAgree,
    ],
    quiet: Micros::from_millis(1_900),
    quiet_per_node: Micros::from_millis(200),
};

/// How many events are followed, and how large the search is.
struct Size {
    /// In a test.
    events: u32,
    /// Where each state is followed by a calm.
    events_before_calm: u32,
    /// How many states are reached in so many events and not in fewer, and how many events were
    /// followed from the states before them.
    counts: &'static [(u64, u64)],
}

const SIZE_OF_ALMIGHTY: Size = Size {
    events: 5,
    events_before_calm: 4,
    counts: &[
        (1, 0),
        (12, 12),
        (109, 142),
        (953, 1_372),
        (8_014, 12_682),
        (66_528, 115_821),
        (557_459, 1_060_980),
    ],
};
const SIZE_OF_WATERCRAFT: Size = Size {
    events: 6,
    events_before_calm: 5,
    counts: &[
        (1, 0),
        (12, 12),
        (91, 136),
        (566, 1_007),
        (3_075, 6_105),
        (15_250, 32_872),
        (70_756, 163_271),
        (311_562, 765_062),
    ],
};

/// How many events more are followed than in a test.
fn deeper() -> u32 {
    let told = std::env::var("WHITEWATER_DEEPER").ok();
    told.map_or(0, |it| it.parse().expect("a number of events"))
}

fn explore<P: Protocol>(
    settings: P::Settings,
    promised: &Promised,
    depth: u32,
    calm: bool,
) -> Exploration {
    let world = World {
        nodes: 3,
        link: LinkSettings::sound(SpanRange::millis(5, 15)),
        quiet: promised.quiet,
        quiet_per_node: promised.quiet_per_node,
        promises: Promises {
            guarantees: promised.guarantees,
            measures: &[],
        },
        ..World::default()
    };
    let bounds = Bounds {
        depth,
        crashes: 1,
        joins: 1,
        cuts: 1,
        calm,
    };
    let settled = Micros::from_secs(2);
    let explored = Explorer::<P>::new(world, settings.clone(), settled, bounds).explore();
    println!(
        "{}{}, depth {depth}: {:?} states, {} in all, {:?} transitions, {} in all",
        P::name(&settings),
        if calm { " with a calm after each" } else { "" },
        explored.states,
        explored.found(),
        explored.transitions,
        explored.followed(),
    );
    explored
}

/// Nothing is broken, the search is as large as stated, and every rule of these is come to.
fn holds<P: Protocol>(settings: P::Settings, promised: &Promised, size: &Size, rules: &[P::Rule]) {
    let short = [(size.events, false), (size.events_before_calm, true)];
    for (depth, calm) in short.map(|(events, calm)| (events + deeper(), calm)) {
        let explored = explore::<P>(settings.clone(), promised, depth, calm);
        if let Some(example) = &explored.counterexample {
            panic!("{example}");
        }
        let found: Vec<_> = explored.states.iter().zip(&explored.transitions).collect();
        let stated = size
            .counts
            .iter()
            .map(|(states, followed)| (states, followed));
        let stated: Vec<_> = stated.take(found.len()).collect();
        assert_eq!(found[..stated.len()], stated, "states, transitions");
        assert!(
            deeper() > 0 || found.len() == stated.len(),
            "all of a test is stated"
        );
        assert_eq!(explored.calmed, if calm { explored.found() } else { 0 });
        let missed = |rule: &&P::Rule| explored.decisions(**rule) == 0;
        let missed: Vec<_> = rules.iter().filter(missed).map(|it| it.name()).collect();
        assert!(calm || missed.is_empty(), "never decided: {missed:?}");
    }
}

#[test]
fn almighty_keeps_its_promises_in_every_order_of_events() {
    use AlmightyRule as R;
    // What needs a crash, a newcomer, a cut, or messages that overtake each other.
    let rules = [
        R::LeaderDead,
        R::LeaderResurrected,
        R::NoWinnerInTime,
        R::AgreesOnDeath,
        R::JoinsOpenElection,
        R::EldersTellNewcomer,
        R::StrangerWinsToo,
        R::TwoWinners,
        R::FaceOffReceived,
        R::FaceOffUnanswered,
        R::MergedCalls,
        R::IgnoresOldWinner,
        R::IgnoresClosedElection,
    ];
    let settings = AlmightySettings::default();
    holds::<Almighty>(settings, &ALMIGHTY, &SIZE_OF_ALMIGHTY, &rules);
}

#[test]
fn watercraft_keeps_its_promises_in_every_order_of_events() {
    use WatercraftRule as R;
    let rules = [
        R::HostUnreachable,
        R::BecomesHost,
        R::AdmitsAnew,
        R::HostCameBack,
        R::FoundsAlone,
        R::FollowsLaterHost,
        R::TakesBack,
        R::TakesIn,
        R::MeetsYounger,
        R::YieldsToOlder,
        R::IgnoresOldList,
    ];
    let settings = WatercraftSettings::default();
    holds::<Watercraft>(settings, &WATERCRAFT, &SIZE_OF_WATERCRAFT, &rules);
}

fn of_almighty(mutant: almighty::Mutant, depth: u32, calm: bool) -> Counterexample {
    let settings = AlmightySettings {
        mutant: Some(mutant),
        ..AlmightySettings::default()
    };
    let explored = explore::<Almighty>(settings, &ALMIGHTY, depth, calm);
    explored.counterexample.expect("it breaks a rule")
}

fn of_watercraft(mutant: watercraft::Mutant, depth: u32) -> Counterexample {
    let settings = WatercraftSettings {
        mutant: Some(mutant),
        ..WatercraftSettings::default()
    };
    let explored = explore::<Watercraft>(settings, &WATERCRAFT, depth, true);
    explored.counterexample.expect("it breaks a rule")
}

fn events(example: &Counterexample) -> Vec<&str> {
    example.steps.iter().map(|step| &*step.event).collect()
}

#[test]
fn a_winner_of_a_closed_election_is_followed_where_ids_are_ignored() {
    let example = of_almighty(almighty::Mutant::ElectionIdsIgnored, 3, false);
    assert_eq!(example.violation.property, Property::ClosedElections);
    let story = "\
1. C: the silence timer fires
   A missed 3 pongs, so C drops the secret and calls an election.
   C waits, because B is older and has to win.
2. B: the silence timer fires
   A missed 3 pongs, so B drops the secret and calls an election.
   B knows no older peer alive, so it claims to lead.
   B leads, and tells everyone its new secret and its ledger.
3. C gets a message of B: winner
   C follows B.
   Closed elections (rules A3, A19) was broken by C and B at";
    assert!(example.to_string().starts_with(story), "{example}");
}

#[test]
fn a_leader_that_came_back_is_followed_for_good_where_any_pong_is_accepted() {
    let example = of_almighty(almighty::Mutant::AnyPongAccepted, 4, true);
    assert_eq!(example.violation.property, Property::OldestLeads);
    let story = [
        "B: the silence timer fires",
        "B crashes",
        "B comes back",
        "A gets a message of B: join",
    ];
    assert_eq!(events(&example), story, "{example}");
    let told = example.to_string();
    let (_, calm) = told
        .split_once("Then it is calm.")
        .expect("it tells of the calm");
    assert!(calm.contains("B has no secret to answer C with."), "{told}");
}

/// Which check catches a rule-breaker, and the events that it takes before a calm; `None` where it
/// takes more of them, or others.
fn trial_of_almighty(mutant: almighty::Mutant) -> Option<(Property, &'static [&'static str])> {
    use almighty::Mutant as M;
    let trial: (_, &[&str]) = match mutant {
        M::ElectionIdsIgnored => (
            Property::ClosedElections,
            &["C: the silence timer fires", "B: the silence timer fires"],
        ),
        M::ElectionIdByClockAlone => (
            Property::ClosedElections,
            &[
                "C: the silence timer fires",
                "B gets a message of C: election",
                "B: the winner timer fires",
            ],
        ),
        M::StampedAnew => (Property::LastingIdentity, &[]),
        M::EarlierAgeKept => (Property::OldestLeads, &["A crashes", "A comes back"]),
        M::NewestWins => (Property::OldestLeads, &[]),
        M::JoinAnsweredByEveryone => (Property::OneSecretPerReign, &["A crashes", "D joins"]),
        M::FaceOffIgnored => (
            Property::OldestLeads,
            &[
                "the network is cut between A and the others",
                "B: the silence timer fires",
            ],
        ),
        M::LedgersNotMerged => (Property::OldestLeads, &["A crashes", "D joins"]),
        M::SilentPeerKept => (Property::LedgersAgree, &["B crashes"]),
        M::DeadElderKept => (Property::OldestLeads, &["A crashes"]),
        _ => return None,
    };
    Some(trial)
}

/// As [`trial_of_almighty`].
fn trial_of_watercraft(mutant: watercraft::Mutant) -> Option<(Property, &'static [&'static str])> {
    use watercraft::Mutant as M;
    let trial: (_, &[&str]) = match mutant {
        M::RemovalsUntold => (Property::LedgersAgree, &["B crashes"]),
        M::YoungerKeepsHosting => (Property::OldestLeads, &["B: the silence timer fires"]),
        M::DeadElderKept => (Property::OldestLeads, &["A crashes"]),
        _ => return None,
    };
    Some(trial)
}

#[test]
fn rule_breakers_of_almighty_are_caught_in_the_fewest_events() {
    for mutant in almighty::Mutant::ALL {
        if let Some((property, story)) = trial_of_almighty(mutant) {
            let example = of_almighty(mutant, 3, true);
            assert_eq!(
                example.violation.property, property,
                "{mutant:?}\n{example}"
            );
            assert_eq!(events(&example), story, "{mutant:?}\n{example}");
        }
    }
}

#[test]
fn rule_breakers_of_watercraft_are_caught_in_the_fewest_events() {
    for mutant in watercraft::Mutant::ALL {
        if let Some((property, story)) = trial_of_watercraft(mutant) {
            let example = of_watercraft(mutant, 1);
            assert_eq!(
                example.violation.property, property,
                "{mutant:?}\n{example}"
            );
            assert_eq!(events(&example), story, "{mutant:?}\n{example}");
        }
    }
}
