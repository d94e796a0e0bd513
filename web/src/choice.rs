//! What is chosen to be played: scenario and seed, and on each page which protocols.

use crate::address::Page;
use crate::breakers::Breaker;
use crate::callbacks::Link;
use crate::chunk::Absent;
use crate::chunks::Chunks;
use crate::files::Opened;
use crate::header::SeedField;
use crate::presets::{NOTES, TITLES};
use crate::protocol;
use crate::settings::{Form, Own};
use crate::stepper::Stepper;
use crate::text;
use crate::{mount, seed};
use scenario::{NodeName, ProtocolName, Run, Setup, Side};
use std::rc::Rc;

/// A wish for something else to be played.
#[derive(Clone)]
pub(crate) enum ChoiceMsg {
    /// Another scenario, with its own seed.
    Scenario(usize),
    /// Another scenario, under a protocol that it says something of.
    Preset(usize),
    /// What is in a file.
    File(Rc<Opened>),
    /// Another protocol on a side, from 0: the place in [`ProtocolName::ALL`].
    Protocol(usize, usize),
    /// So many nodes, on the page of one cluster.
    Nodes(u64),
    /// This rule-breaker, in the water in which it is caught; none for nobody.
    Breaker(Option<&'static Breaker>),
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
    /// Who breaks a rule.
    breaker: Option<&'static Breaker>,
    /// Whether the water is that in which the rule-breaker is caught, in place of the preset's.
    pub(crate) in_its_water: bool,
    /// What is played in place of the preset, where it comes from a file.
    pub(crate) opened: Option<Rc<Opened>>,
    /// Where all draws come from.
    pub(crate) seed: u64,
    /// Where the seed is typed.
    pub(crate) seed_field: SeedField,
    /// Where the number of nodes is typed.
    pub(crate) stepper: Stepper,
    /// How many nodes one cluster has; `None` for as many as the scenario says.
    nodes: Option<u16>,
    alone: ProtocolName,
    beside: [ProtocolName; 2],
    /// What plays the protocols.
    chunks: Chunks,
    /// The settings that a person chose, for each protocol on each side at most once.
    own: Vec<Own>,
}

impl Choice {
    /// What a first visit finds on a page.
    pub(crate) fn new(page: Page, chunks: Chunks) -> Self {
        Self {
            page,
            preset: 0,
            breaker: None,
            in_its_water: false,
            opened: None,
            seed: 0,
            seed_field: SeedField::default(),
            stepper: Stepper::default(),
            nodes: None,
            alone: ProtocolName::Raft,
            beside: [ProtocolName::Raft, ProtocolName::Almighty],
            chunks,
            own: Vec::new(),
        }
    }

    /// After a rendering of a run of so many nodes: the fields follow what is played.
    pub(crate) fn rendered(&mut self, nodes: u16) {
        self.seed_field.rendered(self.seed);
        self.stepper.rendered(nodes);
    }

    /// The place of what is played among the presets, where it is one.
    pub(crate) fn shown_preset(&self) -> Option<usize> {
        self.own_title().is_none().then_some(self.preset)
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

    /// Asks for what a wish needs; false where something of it is not here.
    pub(crate) fn ask_for(&self, link: &Link, msg: &ChoiceMsg) -> bool {
        self.chunks.ask_for_preset(link, self.place(msg));
        self.chunks.ask_for(link, &self.needed(msg)) && self.absent(msg).is_none()
    }

    /// Why something that a wish needs is not here; nothing where all of it is.
    pub(crate) fn absent(&self, msg: &ChoiceMsg) -> Option<Absent> {
        let preset = self.chunks.absent_preset(self.place(msg));
        preset.or_else(|| self.chunks.absent(&self.needed(msg)))
    }

    /// The place of the scenario that a wish is for.
    fn place(&self, msg: &ChoiceMsg) -> usize {
        match msg {
            ChoiceMsg::Scenario(place) | ChoiceMsg::Preset(place) => *place,
            _ => self.preset,
        }
    }

    /// The protocols that a wish needs.
    fn needed(&self, msg: &ChoiceMsg) -> Vec<ProtocolName> {
        match (self.page, msg) {
            (_, ChoiceMsg::Protocol(_, place)) => vec![protocol_at(*place)],
            (Page::Play, ChoiceMsg::Preset(preset)) => vec![self.suited(suits(*preset))],
            (Page::Play, ChoiceMsg::File(opened)) => vec![self.suited(&opened.protocols)],
            (Page::Compare, ChoiceMsg::File(opened)) if opened.protocols.len() > 1 => {
                opened.protocols.clone()
            }
            _ => self.protocols().to_vec(),
        }
    }

    /// Chooses something else. The run to be played then, or none where what was wished for makes
    /// none: its field says why.
    pub(crate) fn update(&mut self, msg: ChoiceMsg) -> Option<Result<Run, &'static str>> {
        match msg {
            ChoiceMsg::Scenario(preset) => {
                self.leave_file();
                self.in_its_water = false;
                return Some(self.run_of(preset, None));
            }
            ChoiceMsg::Breaker(breaker) => {
                self.leave_file();
                (self.breaker, self.in_its_water) = (breaker, breaker.is_some());
                if breaker.is_some() {
                    // Its water comes with settings.
                    self.own.clear();
                }
                return Some(self.run_of(self.preset, None));
            }
            ChoiceMsg::Preset(preset) => {
                self.leave_file();
                self.in_its_water = false;
                self.alone = self.suited(suits(preset));
                self.keep_breaker();
                return Some(self.run_of(preset, None));
            }
            ChoiceMsg::File(opened) => return Some(self.open(opened)),
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

    /// What is in a file, from its beginning, under a protocol that it is about. Nobody breaks a
    /// rule in it.
    fn open(&mut self, opened: Rc<Opened>) -> Result<Run, &'static str> {
        (self.nodes, self.breaker, self.in_its_water) = (None, None, false);
        self.alone = self.suited(&opened.protocols);
        if let [left, right, ..] = opened.protocols[..] {
            self.beside = [left, right];
        }
        self.opened = Some(opened);
        self.run_of(self.preset, None)
    }

    /// Another scenario is played than that of the file, with as many nodes as it says.
    fn leave_file(&mut self) {
        (self.nodes, self.opened) = (None, None);
    }

    /// What people read above that which is played, where it is none of the presets.
    pub(crate) fn own_title(&self) -> Option<&str> {
        let opened = self.opened.as_deref();
        opened
            .map(Opened::title)
            .or(self.in_its_water.then_some(text::ITS_WATER))
    }

    /// What people read above that which is played.
    pub(crate) fn title(&self) -> &str {
        let preset = || TITLES.get(self.preset).map(|it| it.1);
        self.own_title().or_else(preset).unwrap_or(text::UNNAMED)
    }

    /// What is chosen, from its beginning.
    pub(crate) fn again(&mut self) -> Result<Run, &'static str> {
        self.keep_breaker();
        self.run_of(self.preset, Some(self.seed))
    }

    /// A run of a preset, with the seed given or its own.
    pub(crate) fn run_of(&mut self, preset: usize, seed: Option<u64>) -> Result<Run, &'static str> {
        let (name, mut setup) = self.water(preset)?;
        setup.world.seed = seed.unwrap_or(setup.world.seed);
        (self.preset, self.seed) = (preset, setup.world.seed);
        self.seed_field.trouble.clear();
        mount::note_run(name, self.seed);
        match self.page {
            Page::Play => {
                let nodes = self.nodes.unwrap_or(setup.world.nodes);
                Ok(Run::one(self.side(0, setup.with_nodes(nodes))?))
            }
            Page::Compare => {
                let sides = (self.side(0, setup.clone())?, self.side(1, setup)?);
                Run::two(sides.0, sides.1).map_err(|_| text::UNLIKE_SIDES)
            }
        }
    }

    /// A side in this water, under its own settings where it has some.
    fn side(&self, place: usize, setup: Setup) -> Result<Side, &'static str> {
        let setup = match self.own(place) {
            Some(own) => own.put_into(setup),
            None => setup,
        };
        self.chunks.side(self.protocols()[place], setup)
    }

    /// What a person chose for the protocol on a side.
    fn own(&self, place: usize) -> Option<&Own> {
        let protocol = self.protocols().get(place)?;
        let here = |own: &&Own| own.place == (self.page, place) && own.protocol == *protocol;
        self.own.iter().find(here)
    }

    /// How a side's settings differ from the usual, in words; empty where they do not.
    pub(crate) fn unlike(&self, place: usize) -> &str {
        self.own(place).map_or("", |own| &own.words)
    }

    /// A side's name, which no other side has.
    pub(crate) fn name(&self, place: usize) -> &'static str {
        protocol::name(self.protocols(), place)
    }

    /// The settings of a side, to be changed.
    pub(crate) fn form(&self, place: usize) -> Form {
        let from = match self.own(place) {
            Some(own) => Some(own.settings.clone()),
            None => self.water(self.preset).ok().map(|(_, setup)| setup),
        };
        Form::of(from.unwrap_or_default())
    }

    /// Lets a side play under these settings, which differ from the usual as these words say, from
    /// the beginning; what is usual follows the scenario again.
    pub(crate) fn play_under(
        &mut self,
        place: usize,
        settings: Setup,
        words: String,
    ) -> Result<Run, &'static str> {
        let protocol = self.protocols()[place];
        let place = (self.page, place);
        self.own
            .retain(|own| own.place != place || own.protocol != protocol);
        if !words.is_empty() {
            self.own.push(Own {
                place,
                protocol,
                settings,
                words,
            });
        }
        self.again()
    }

    /// The name of the water that is played, and the water, with the rule-breaker in it.
    fn water(&self, preset: usize) -> Result<(&'static str, Setup), &'static str> {
        if let Some(opened) = &self.opened {
            return Ok((text::A_FILE, opened.setup.clone()));
        }
        let (name, setup) = match self.breaker.filter(|_| self.in_its_water) {
            Some(breaker) => (breaker.mutant.name(), (breaker.water)()),
            None => {
                let title = TITLES.get(preset).ok_or(text::NO_SUCH_SCENARIO)?;
                (title.0, self.chunks.preset(preset)?)
            }
        };
        let broken = match self.breaker {
            Some(breaker) => setup.with_mutant(breaker.mutant),
            None => setup,
        };
        Ok((name, broken))
    }

    /// Who breaks a rule of this protocol, where it is played and somebody does.
    pub(crate) fn breaker_of(&self, protocol: ProtocolName) -> Option<&'static Breaker> {
        self.breaker.filter(|it| it.mutant.protocol() == protocol)
    }

    /// A rule-breaker whose protocol is played no more is gone, and its water with it.
    fn keep_breaker(&mut self) {
        let mut played = self.protocols().iter();
        if !played.any(|it| self.breaker_of(*it).is_some()) {
            (self.breaker, self.in_its_water) = (None, false);
        }
    }

    /// On the page of one cluster: the protocol stays where a scenario says something of it.
    fn suited(&self, suited: &[ProtocolName]) -> ProtocolName {
        match suited.first() {
            Some(first) if !suited.contains(&self.alone) => *first,
            _ => self.alone,
        }
    }

    /// Two sides may play the same protocol: each has settings of its own.
    fn choose_protocol(&mut self, side: usize, place: usize) {
        let chosen = protocol_at(place);
        match self.page {
            Page::Play => self.alone = chosen,
            Page::Compare => self.beside[side] = chosen,
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

fn protocol_at(place: usize) -> ProtocolName {
    ProtocolName::ALL[place.min(ProtocolName::ALL.len() - 1)]
}

/// The protocols that a preset says something of.
fn suits(preset: usize) -> &'static [ProtocolName] {
    NOTES.get(preset).map_or(&[], |(_, protocols)| *protocols)
}
