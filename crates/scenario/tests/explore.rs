//! The oldest-peer protocols under every order of events: three nodes that have settled, of which
//! one crashes, one joins (the one that crashed, or another), and which one cut divides.
//!
//! `WHITEWATER_DEPTH` says how far to go; what is stated here are the numbers up to there.
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

/// How many events there are in a test, unless told.
const DEPTH: u32 = 5;
/// In so many events fewer, each state is followed by a calm, too.
const CALM_EARLIER: u32 = 1;

const ALMIGHTY: &[Property] = &[
    Property::ClosedElections,
    Property::LastingIdentity,
    Property::OneSecretPerReign,
    Property::OldestLeads,
];
const WATERCRAFT: &[Property] = &[Property::LastingIdentity, Property::OldestLeads];

/// For each depth: how many states are reached in so many events and not in fewer, and how many
/// events were followed up to there.
type Counts = &'static [(u64, u64)];

const STATES_OF_ALMIGHTY: Counts = &[
    (1, 0),
    (12, 12),
    (109, 154),
    (953, 1_526),
    (8_014, 14_208),
    (66_496, 130_018),
    (556_456, 1_190_203),
];
const STATES_OF_WATERCRAFT: Counts = &[(1, 0)];

fn depth() -> u32 {
    let told = std::env::var("WHITEWATER_DEPTH").ok();
    told.map_or(DEPTH, |it| it.parse().expect("a depth is a number"))
}

fn explore<P: Protocol>(
    settings: P::Settings,
    guarantees: &'static [Property],
    depth: u32,
    calm: bool,
) -> Exploration {
    let world = World {
        nodes: 3,
        link: LinkSettings::sound(SpanRange::millis(5, 15)),
        // As WaterCraft's rules state it for four nodes.
        quiet: Micros::from_millis(50 * (4 * (4 + 2) + 3 * 10)),
        promises: Promises {
            guarantees,
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
        "{}{}, {depth} events: {:?} states, {} in all, {} transitions",
        P::name(&settings),
        if calm { " with a calm after each" } else { "" },
        explored.states,
        explored.found(),
        explored.transitions,
    );
    explored
}

/// Nothing is broken, and the search is as large as stated.
fn holds<P: Protocol>(settings: P::Settings, guarantees: &'static [Property], counts: Counts) {
    for (depth, calm) in [(depth(), false), (depth().saturating_sub(CALM_EARLIER), true)] {
        let explored = explore::<P>(settings.clone(), guarantees, depth, calm);
        if let Some(example) = &explored.counterexample {
            panic!("{example}");
        }
        let stated = counts.iter().take(depth as usize + 1);
        for (place, (states, _)) in stated.clone().enumerate() {
            assert_eq!(explored.states[place], *states, "after {place} events");
        }
        if let Some((_, transitions)) = counts.get(depth as usize) {
            assert_eq!(explored.transitions, *transitions);
        } else {
            assert!(depth > DEPTH, "how large the search is ought to be stated");
        }
        assert_eq!(explored.calmed, if calm { explored.found() } else { 0 });
    }
}

/// How a rule-breaker is caught: by the check named, in so many events.
fn caught(explored: Exploration, property: Property) -> Counterexample {
    let example = explored.counterexample.expect("it breaks a rule");
    println!("{example}");
    assert_eq!(example.violation.property, property, "{example}");
    example
}

fn events(example: &Counterexample) -> Vec<&str> {
    example.steps.iter().map(|step| &*step.event).collect()
}

#[test]
fn almighty_keeps_its_promises_in_every_order_of_events() {
    holds::<Almighty>(AlmightySettings::default(), ALMIGHTY, STATES_OF_ALMIGHTY);
}

#[test]
fn watercraft_keeps_its_promises_in_every_order_of_events() {
    holds::<Watercraft>(WatercraftSettings::default(), WATERCRAFT, STATES_OF_WATERCRAFT);
}

#[test]
fn watercraft_rule_breakers_are_caught() {
    for mutant in watercraft::Mutant::ALL {
        for depth in 1..=3 {
            let settings = WatercraftSettings { mutant: Some(mutant), ..WatercraftSettings::default() };
            let explored = explore::<Watercraft>(settings, WATERCRAFT, depth, true);
            println!("{mutant:?} {:?}", explored.decided);
            if let Some(example) = explored.counterexample {
                println!("{example}");
                break;
            }
        }
    }
}
