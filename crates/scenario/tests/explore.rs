//! Every order of events up to a depth.
#![allow(missing_docs)]

use scenario::consensus::Micros;
use scenario::consensus::almighty::{Almighty, AlmightySettings, Mutant};
use scenario::simulator::{Bounds, Explorer, LinkSettings, Promises, Property, SpanRange, World};

const GUARANTEES: &[Property] = &[
    Property::ClosedElections,
    Property::LastingIdentity,
    Property::OneSecretPerReign,
    Property::OldestLeads,
];

fn world() -> World {
    World {
        nodes: 3,
        link: LinkSettings::sound(SpanRange::millis(5, 15)),
        quiet: Micros::from_secs(2),
        promises: Promises {
            guarantees: GUARANTEES,
            measures: &[],
        },
        ..World::default()
    }
}

fn env(name: &str, or: u32) -> u32 {
    std::env::var(name)
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(or)
}

#[test]
fn experiment() {
    let mutant = match env("MUTANT", 0) {
        1 => Some(Mutant::AnyPongAccepted),
        2 => Some(Mutant::ElectionIdsIgnored),
        _ => None,
    };
    for depth in 0..=env("DEPTH", 4) {
        let bounds = Bounds {
            depth,
            crashes: env("CRASHES", 1),
            joins: env("JOINS", 1),
            cuts: env("CUTS", 1),
            calm: env("CALM", 0) > 0,
        };
        let settings = AlmightySettings {
            mutant,
            ..AlmightySettings::default()
        };
        let begin = std::time::Instant::now();
        let explorer = Explorer::<Almighty>::new(world(), settings, Micros::from_secs(2), bounds);
        let explored = explorer.explore();
        println!(
            "depth {depth}: {:?} = {} states, {} transitions, {} calmed, {:?}",
            explored.states,
            explored.found(),
            explored.transitions,
            explored.calmed,
            begin.elapsed()
        );
        if let Some(example) = explored.counterexample {
            println!("{example}");
            return;
        }
        if depth == env("DEPTH", 4) {
            println!("{:?}", explored.decided);
        }
    }
}
