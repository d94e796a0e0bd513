//! A scenario played through, and judged.

use crate::document::{ProtocolName, Scenario};
use crate::in_order::Progress;
use crate::report::{Report, Verdict};
use crate::story::Story;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::{Engine, Happening, Property, Standing};

impl Scenario {
    /// Runs it to its end and judges its expectations. `watch` sees every event as it happens.
    pub fn run(&self, protocol: ProtocolName, mut watch: impl FnMut(&[Happening])) -> Report {
        let mut engine = self.engine(protocol);
        let mut expected: Vec<(Micros, usize)> = self
            .expect
            .iter()
            .enumerate()
            .filter(|(_, it)| it.of.is_none_or(|of| of == protocol))
            .map(|(place, it)| (it.at.unwrap_or(self.until).0, place))
            .collect();
        expected.sort_unstable();
        let mut verdicts = Vec::new();
        let mut story = Story::of(self.expect.iter().map(|it| &it.that));
        let lists = expected.iter().map(|it| (it.1, &self.expect[it.1].that));
        let mut progress = Progress::new(lists);
        for (at, place) in expected {
            play(&mut *engine, at, &mut story, &mut progress, &mut watch);
            let that = &self.expect[place].that;
            let come = progress.come(place);
            verdicts.push(Verdict {
                place,
                at,
                found: that.judge(&*engine, at, &story, come),
            });
        }
        let end = self.until.0;
        play(&mut *engine, end, &mut story, &mut progress, &mut watch);
        Report {
            protocol,
            seed: self.seed,
            until: self.until.0,
            events: engine.events(),
            digest: engine.digest(),
            state_digest: engine.state_digest(),
            measures: engine.measures(self.until.0.max(engine.now())),
            violation: engine.violation().cloned(),
            undecided: undecided(&*engine),
            verdicts,
        }
    }
}

/// What was not judged to the end, and of how many keys not.
fn undecided(engine: &dyn Engine) -> Vec<(Property, u64)> {
    let checks = engine.checks(engine.now()).into_iter();
    let undecided = checks.filter_map(|(property, standing)| match standing {
        Standing::Undecided { keys } => Some((property, keys)),
        _ => None,
    });
    undecided.collect()
}

/// Plays up to and including `until`.
fn play(
    engine: &mut dyn Engine,
    until: Micros,
    story: &mut Story,
    progress: &mut Progress<'_>,
    watch: &mut impl FnMut(&[Happening]),
) {
    let mut told = Vec::new();
    while engine.next_event().is_some_and(|next| next <= until) && engine.step(&mut told) {
        watch(&told);
        for happening in &told {
            story.add(happening);
        }
        progress.add(engine, &told, story);
        told.clear();
    }
}
