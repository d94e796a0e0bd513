//! What the page offers with one click.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::{PRESETS, Scenario, Span};

/// The most words of a caption.
const MOST_WORDS: usize = 18;
/// By when something is done, where anything is: a reader waits no longer.
const BEGUN: Span = Span::millis(300);
/// How long one lasts at most, but for calm water, which is there to be disturbed.
const MOST: Span = Span::millis(6_000);

fn all() -> impl Iterator<Item = (&'static str, Scenario)> {
    PRESETS.iter().map(|preset| {
        let scenario = Scenario::parse(preset.text).expect(preset.name);
        assert_eq!(scenario.title, preset.title, "{}", preset.name);
        (preset.name, scenario)
    })
}

#[test]
fn every_one_says_in_a_sentence_what_to_watch_for() {
    for (name, scenario) in all() {
        let words = scenario.watch.split_whitespace().count();
        assert!((4..=MOST_WORDS).contains(&words), "{name}: {words}");
        let ends = scenario.watch.matches(['.', '?']).count();
        assert!(ends == 1 && scenario.watch.ends_with(['.', '?']), "{name}");
    }
}

#[test]
fn every_one_begins_at_once_and_is_short() {
    for (name, scenario) in all() {
        let Some(first) = scenario.steps.iter().map(|it| it.at).min() else {
            assert_eq!(name, "calm");
            continue;
        };
        assert!(first <= BEGUN && scenario.until <= MOST, "{name}: {first}");
    }
}
