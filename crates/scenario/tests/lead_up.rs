//! What led to a violation: told from the run, in order, up to the violation itself.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::Micros;
use scenario::gallery::{Catcher, Exhibit, gallery};
use scenario::simulator::{Happening, Playback, Standing, Violation, What};

const MOST: usize = 8;

/// Each mutant that a check catches, played until it is caught.
fn caught() -> impl Iterator<Item = (&'static Exhibit, Playback, Violation)> {
    gallery().filter_map(|exhibit| {
        let Catcher::Check(property) = exhibit.catcher else {
            return None;
        };
        (0..exhibit.seeds).find_map(|seed| {
            let engine = exhibit.scenario(seed).engine(exhibit.mutant.protocol());
            let mut playback = Playback::new(engine);
            playback.seek(Micros::from_secs(60));
            let violation = playback.engine().violation()?.clone();
            (violation.property == property).then_some((exhibit, playback, violation))
        })
    })
}

fn rules(story: &[Happening]) -> Vec<&'static str> {
    let rules = story.iter().filter_map(|it| match it.what {
        What::Why(_, why) => Some(why.rule.name),
        _ => None,
    });
    rules.collect()
}

#[test]
fn every_violation_has_a_story_that_ends_with_it() {
    let mut stories = 0;
    for (exhibit, playback, violation) in caught() {
        let name = exhibit.mutant.name();
        let story = playback.lead_up(&violation, MOST);
        let last = story.last().expect("it ends with the violation");
        assert_eq!(last.what, What::Violated(violation.clone()), "{name}");
        assert!((2..=MOST).contains(&story.len()), "{name}: {story:?}");
        assert!(story.is_sorted_by_key(|it| it.event), "{name}");
        // What breaks in calm water may be done by nobody: something failed to happen.
        let decided = !rules(&story).is_empty() || violation.property.needs_calm();
        assert!(decided, "{name}: nobody decided anything");
        let standings = playback.engine().checks(playback.at());
        let (at, event) = (violation.at, violation.event);
        let broken = (violation.property, Standing::Broken { at, event });
        assert!(standings.contains(&broken), "{name}");
        stories += 1;
    }
    assert!(stories >= 10, "{stories} stories");
}

#[test]
fn a_second_leader_of_a_term_is_told_by_both_victories() {
    let of_reachable = |it: &&Exhibit| it.breaks.contains("of those that answer");
    let (_, playback, violation) = caught()
        .find(|it| of_reachable(&it.0))
        .expect("it is in the gallery");
    let story = playback.lead_up(&violation, 64);
    let won = rules(&story).into_iter().filter(|it| *it == "election-won");
    assert!(won.count() >= 2, "{:?}", rules(&story));
}

/// A run tells the same of its past wherever its cursor stands.
#[test]
fn a_story_does_not_depend_on_the_cursor() {
    let (_, mut playback, violation) = caught().next().expect("there are mutants");
    let story = playback.lead_up(&violation, MOST);
    playback.seek(Micros::ZERO);
    assert_eq!(playback.lead_up(&violation, MOST), story);
}
