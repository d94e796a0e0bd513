//! How far a run has come through the `in-order` lists of its expectations.

use crate::expect::{Decided, That};
use crate::story::Story;
use alloc::vec::Vec;
use consensus::NodeId;
use simulator::{Engine, Happening, What};

/// The lists of one run, and how far each has come.
pub(crate) struct Progress<'a>(Vec<List<'a>>);

struct List<'a> {
    /// Its expectation's place in the scenario.
    place: usize,
    steps: &'a [That],
    /// How many of them came true.
    come: usize,
}

impl<'a> Progress<'a> {
    /// At the beginning of a run with these expectations.
    pub(crate) fn new(expected: impl Iterator<Item = (usize, &'a That)>) -> Self {
        let lists = expected.filter_map(|(place, that)| {
            let steps = that.steps()?;
            let come = 0;
            Some(List { place, steps, come })
        });
        Self(lists.collect())
    }

    /// Where so many statements of each list came true, by place.
    #[cfg(feature = "files")]
    pub(crate) fn resumed(
        expected: impl Iterator<Item = (usize, &'a That)>,
        come: &[usize],
    ) -> Self {
        let mut progress = Self::new(expected);
        for list in &mut progress.0 {
            list.come = come.get(list.place).copied().unwrap_or(0);
        }
        progress
    }

    /// Writes down how many statements of each list came true, by place.
    #[cfg(feature = "files")]
    pub(crate) fn keep(&self, come: &mut [usize]) {
        for list in &self.0 {
            if let Some(place) = come.get_mut(list.place) {
                *place = list.come;
            }
        }
    }

    /// How many statements of an expectation's list came true.
    pub(crate) fn come(&self, place: usize) -> usize {
        let list = self.0.iter().find(|it| it.place == place);
        list.map_or(0, |it| it.come)
    }

    /// Takes in one event, which `story` has taken in already.
    pub(crate) fn add(&mut self, engine: &dyn Engine, told: &[Happening], story: &Story) {
        for list in &mut self.0 {
            let mut rest = told;
            while let Some(step) = list.steps.get(list.come) {
                match step {
                    That::Rule(rule) => {
                        let Some(at) = rest.iter().position(|it| rule.decides(it)) else {
                            break;
                        };
                        rest = rest.get(at + 1..).unwrap_or_default();
                    }
                    // A state is that after the whole event: what follows comes in a later one.
                    state if state.judge(engine, engine.now(), story, 0).is_ok() => rest = &[],
                    _ => break,
                }
                list.come += 1;
            }
        }
    }
}

impl That {
    /// The list of an `in-order`, or of one that must not come true.
    fn steps(&self) -> Option<&[Self]> {
        match self {
            Self::InOrder(steps) => Some(steps),
            Self::Not(that) => that.steps(),
            _ => None,
        }
    }
}

impl Decided {
    /// Whether it speaks of a decision of this rule by this node, about this peer.
    pub(crate) fn fits(&self, node: NodeId, rule: &str, peer: Option<NodeId>) -> bool {
        self.name == rule
            && self.by.is_none_or(|by| by.0 == node)
            && self.about.is_none_or(|about| Some(about.0) == peer)
    }

    fn decides(&self, happening: &Happening) -> bool {
        match &happening.what {
            What::Why(node, why) => self.fits(*node, why.rule.name, why.facts.peer),
            _ => false,
        }
    }
}
