//! What is chosen to be played: scenario and seed, and on each page which protocols.

use crate::address::Page;
use crate::engines::Engines;
use crate::header::SeedField;
use crate::presets::{self, TITLES};
use crate::stepper::Stepper;
use crate::text;
use crate::{mount, seed};
use scenario::{NodeName, ProtocolName, Run};

/// A wish for something else to be played.
#[derive(Clone)]
pub(crate) enum ChoiceMsg {
    /// Another scenario, with its own seed.
    Scenario(usize),
    /// Another protocol on a side, from 0: the place in [`ProtocolName::ALL`].
    Protocol(usize, usize),
    /// So many nodes, on the page of one cluster.
    Nodes(u64),
    /// The seed that stands in its field.
    SeedTyped,
    /// A seed from the browser's randomness.
    SeedDrawn,
}

/// What is played.
pub(crate) struct Choice {
    /// Which page.
    pub(crate) page: Page,
    /// The place in [`scenario::PRESETS`].
    pub(crate) preset: usize,
    /// Where all draws come from.
    pub(crate) seed: u64,
    /// What plays each protocol.
    pub(crate) engines: Engines,
    /// Where the seed is typed.
    pub(crate) seed_field: SeedField,
    /// Where the number of nodes is typed.
    pub(crate) stepper: Stepper,
    /// How many nodes one cluster has; `None` for as many as the scenario says.
    nodes: Option<u16>,
    alone: ProtocolName,
    beside: [ProtocolName; 2],
}

impl Choice {
    /// What a first visit finds on a page.
    pub(crate) fn new(page: Page) -> Self {
        Self {
            page,
            preset: 0,
            seed: 0,
            engines: Engines::default(),
            seed_field: SeedField::default(),
            stepper: Stepper::default(),
            nodes: None,
            alone: ProtocolName::Raft,
            beside: [ProtocolName::Raft, ProtocolName::Almighty],
        }
    }

    /// After a rendering of a run of so many nodes: the fields follow what is played.
    pub(crate) fn rendered(&mut self, nodes: u16) {
        self.seed_field.rendered(self.seed);
        self.stepper.rendered(nodes);
    }

    /// The protocols of the page, from the first side on.
    pub(crate) fn protocols(&self) -> &[ProtocolName] {
        self.protocols_of(self.page)
    }

    /// The protocols of any page.
    pub(crate) fn protocols_of(&self, page: Page) -> &[ProtocolName] {
        match page {
            Page::Play => core::slice::from_ref(&self.alone),
            Page::Compare => &self.beside,
        }
    }

    /// The protocols that this wish needs.
    pub(crate) fn needed(&self, msg: &ChoiceMsg) -> &[ProtocolName] {
        match msg {
            ChoiceMsg::Protocol(_, place) => {
                ProtocolName::ALL.get(*place..=*place).unwrap_or_default()
            }
            _ => self.protocols(),
        }
    }

    /// Chooses something else. The run to be played then, or none where what was wished for makes
    /// none: its field says why.
    pub(crate) fn update(&mut self, msg: ChoiceMsg) -> Option<Result<Run, &'static str>> {
        match msg {
            ChoiceMsg::Scenario(preset) => {
                self.nodes = None;
                return Some(self.run_of(preset, None));
            }
            ChoiceMsg::Protocol(side, place) => self.choose_protocol(side, place),
            ChoiceMsg::Nodes(nodes) => {
                let nodes = nodes.clamp(1, NodeName::COUNT.into());
                self.nodes = u16::try_from(nodes).ok();
                self.stepper.forget();
            }
            ChoiceMsg::SeedTyped => {
                let typed = self.seed_field.typed();
                return self.reseed(typed);
            }
            ChoiceMsg::SeedDrawn => {
                let drawn = seed::fresh().ok_or_else(|| text::NO_RANDOMNESS.to_string());
                return self.reseed(drawn);
            }
        }
        Some(self.again())
    }

    /// What is chosen, from its beginning.
    pub(crate) fn again(&mut self) -> Result<Run, &'static str> {
        self.run_of(self.preset, Some(self.seed))
    }

    /// A run of a preset, with the seed given or its own.
    pub(crate) fn run_of(&mut self, preset: usize, seed: Option<u64>) -> Result<Run, &'static str> {
        let mut setup = presets::setup(preset).ok_or(text::NO_SUCH_SCENARIO)?;
        setup.world.seed = seed.unwrap_or(setup.world.seed);
        (self.preset, self.seed) = (preset, setup.world.seed);
        self.seed_field.trouble.clear();
        mount::note_run(TITLES[preset].0, self.seed);
        match self.page {
            Page::Play => {
                let nodes = self.nodes.unwrap_or(setup.world.nodes);
                let side = self.engines.side(self.alone, setup.with_nodes(nodes))?;
                Ok(Run::one(side))
            }
            Page::Compare => {
                let [left, right] = self.beside;
                let left = self.engines.side(left, setup.clone())?;
                let right = self.engines.side(right, setup)?;
                Run::two(left, right).map_err(|_| text::NO_SUCH_SCENARIO)
            }
        }
    }

    /// Two sides never play the same protocol: what was taken from the other one gives it its place.
    fn choose_protocol(&mut self, side: usize, place: usize) {
        let chosen = ProtocolName::ALL[place.min(ProtocolName::ALL.len() - 1)];
        match self.page {
            Page::Play => self.alone = chosen,
            Page::Compare => {
                if let Some(other) = self.beside.iter().position(|it| *it == chosen) {
                    self.beside.swap(side, other);
                }
                self.beside[side] = chosen;
            }
        }
    }

    /// Plays the same scenario with another seed, or says why there is none.
    fn reseed(&mut self, seed: Result<u64, String>) -> Option<Result<Run, &'static str>> {
        match seed {
            Ok(seed) => Some(self.run_of(self.preset, Some(seed))),
            Err(trouble) => {
                self.seed_field.trouble = trouble;
                None
            }
        }
    }
}
