//! Milestones: the events that people step to, found by playing again.

use crate::action::Action;
use crate::engine::Engine;
use crate::happening::{Happening, What};
use crate::playback::Playback;
use crate::view::Power;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::{Micros, NodeId, Observation, Role};

/// A search forward gives up where so much virtual time brings nothing.
const HORIZON: Micros = Micros::from_secs(60);

/// What makes an event worth stepping to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MilestoneKind {
    /// An election is called.
    Election,
    /// A vote is given.
    Vote,
    /// A node begins to lead.
    Leader,
    /// A position of the log is committed for the first time; where nothing is committed, a write
    /// is carried out there for the first time.
    Commit,
    /// A node crashes.
    Crash,
    /// A node boots again.
    Restart,
    /// The network is cut, in one direction or both.
    Cut,
    /// The network is healed.
    Heal,
    /// A guarantee breaks.
    Violation,
}

/// Some kinds of milestones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MilestoneKinds(u16);

impl MilestoneKinds {
    /// Every kind.
    pub const ALL: Self = Self(0x1ff);
    /// Those of which a [`crate::Record`] has every one: no search for them plays what was played.
    const RECORDED: Self =
        Self(Self::ALL.0 & !(Self::bit(MilestoneKind::Vote) | Self::bit(MilestoneKind::Commit)));

    /// These kinds.
    #[must_use]
    pub fn of(kinds: &[MilestoneKind]) -> Self {
        Self(kinds.iter().fold(0, |all, it| all | Self::bit(*it)))
    }

    /// Whether a kind is one of them.
    #[must_use]
    pub const fn has(self, kind: MilestoneKind) -> bool {
        self.0 & Self::bit(kind) > 0
    }

    const fn bit(kind: MilestoneKind) -> u16 {
        1 << kind as u16
    }
}

/// An event worth stepping to: [`Playback::seek_event`] goes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What it is.
    pub kind: MilestoneKind,
    /// When.
    pub at: Micros,
    /// How many events there are up to and including it.
    pub event: u64,
    /// Who did it; `None` for what befalls all.
    pub node: Option<NodeId>,
    /// Whom a vote is for.
    pub candidate: Option<NodeId>,
    /// Which position of the log is committed or carried out, from 1.
    pub index: Option<u64>,
}

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It is to go on.
    Searching,
    /// It has come to this one.
    Found(Milestone),
    /// There is none: before the cursor, or after it within a minute of virtual time; or
    /// somebody has acted meanwhile.
    Nothing,
}

/// A search for the nearest milestone, which goes on for as long as it is asked to.
pub struct MilestoneSearch {
    kinds: MilestoneKinds,
    edition: u64,
    run: Box<dyn Engine>,
    spotter: Spotter,
    way: Way,
}

/// Where a search goes.
enum Way {
    /// Until this moment.
    Forward(Micros),
    /// Through one stretch after the other, each before the last.
    Back {
        /// How many events lie before the stretch.
        begin: u64,
        /// Its end.
        end: u64,
        /// The latest milestone in it so far.
        latest: Option<Milestone>,
    },
    /// Nowhere.
    Over(Progress),
}

impl Playback {
    /// A search for the first milestone of these kinds after the cursor, beyond what was played
    /// where it has to be. The cursor stays where it is.
    #[must_use]
    pub fn next_milestone(&self, kinds: MilestoneKinds) -> MilestoneSearch {
        let event = self.event();
        if let Some(found) = self.recorded(kinds, |it| it.event > event).next() {
            return self.search(
                kinds,
                self.engine().fork(),
                Way::Over(Progress::Found(found)),
            );
        }
        let run = match MilestoneKinds::RECORDED.0 & kinds.0 == kinds.0 {
            true => self.furthest().fork(),
            false => self.engine().fork(),
        };
        let until = run.now().max(self.at()) + HORIZON;
        self.search(kinds, run, Way::Forward(until))
    }

    /// A search for the last milestone of these kinds before the moment of the cursor, where it has
    /// not passed the latest event by time, before that event.
    #[must_use]
    pub fn previous_milestone(&self, kinds: MilestoneKinds) -> MilestoneSearch {
        let past = u64::from(self.at() > self.engine().now());
        let end = (self.event() + past).saturating_sub(1);
        if MilestoneKinds::RECORDED.0 & kinds.0 == kinds.0 {
            let found = self.recorded(kinds, |it| it.event <= end).last();
            let found = found.map_or(Progress::Nothing, Progress::Found);
            return self.search(kinds, self.engine().fork(), Way::Over(found));
        }
        self.search_back(kinds, end)
    }

    /// The milestones that a record has, where it has all of these kinds.
    fn recorded(
        &self,
        kinds: MilestoneKinds,
        fits: impl Fn(&Milestone) -> bool,
    ) -> impl Iterator<Item = Milestone> {
        let all = MilestoneKinds::RECORDED.0 & kinds.0 == kinds.0;
        let story = self.record().story.iter().filter(move |_| all);
        let mut spotter = Spotter::default();
        let seen = story.filter_map(move |it| spotter.spot(it));
        seen.filter(move |it| kinds.has(it.kind) && fits(it))
    }

    fn search_back(&self, kinds: MilestoneKinds, end: u64) -> MilestoneSearch {
        let run = self.fork_before_event(end);
        let begin = run.events();
        let latest = None;
        self.search(kinds, run, Way::Back { begin, end, latest })
    }

    fn search(&self, kinds: MilestoneKinds, run: Box<dyn Engine>, way: Way) -> MilestoneSearch {
        MilestoneSearch {
            kinds,
            edition: self.edition(),
            spotter: Spotter::of(&*run),
            run,
            way,
        }
    }
}

impl MilestoneSearch {
    /// Whether it goes forward and has come past this moment: what it finds from now on lies later.
    #[must_use]
    pub fn has_passed(&self, at: Micros) -> bool {
        matches!(self.way, Way::Forward(_)) && self.run.now() > at
    }

    /// Goes on for at most so many events of the run in `playback`, by which it was begun.
    pub fn go_on(&mut self, playback: &Playback, most: u64) -> Progress {
        if self.edition != playback.edition() {
            self.way = Way::Over(Progress::Nothing);
        }
        let mut told = Vec::new();
        for _ in 0..most {
            match &mut self.way {
                Way::Over(progress) => return *progress,
                Way::Forward(until) => {
                    let comes = self.run.next_event().is_some_and(|next| next <= *until);
                    if !comes || !self.run.step(&mut told) {
                        self.way = Way::Over(Progress::Nothing);
                    }
                }
                Way::Back { begin, end, latest } => {
                    if self.run.events() >= *end || !self.run.step(&mut told) {
                        match (latest, *begin) {
                            (Some(found), _) => self.way = Way::Over(Progress::Found(*found)),
                            (None, 0) => self.way = Way::Over(Progress::Nothing),
                            (None, begin) => *self = playback.search_back(self.kinds, begin),
                        }
                    }
                }
            }
            for happening in told.drain(..) {
                self.hear(&happening);
            }
        }
        match self.way {
            Way::Over(progress) => progress,
            _ => Progress::Searching,
        }
    }

    fn hear(&mut self, happening: &Happening) {
        let seen = self.spotter.spot(happening);
        let Some(found) = seen.filter(|it| self.kinds.has(it.kind)) else {
            return;
        };
        // Of one event it is the weightiest.
        let outweighs = |it: &Milestone| it.event == found.event && weight(it) < weight(&found);
        match &mut self.way {
            Way::Forward(_) => self.way = Way::Over(Progress::Found(found)),
            Way::Over(Progress::Found(it)) if outweighs(it) => *it = found,
            Way::Back { latest, .. } => match latest {
                Some(it) if it.event == found.event && !outweighs(it) => {}
                _ => *latest = Some(found),
            },
            Way::Over(_) => {}
        }
    }
}

/// How much a milestone matters beside others of the same event.
const fn weight(milestone: &Milestone) -> u8 {
    match milestone.kind {
        MilestoneKind::Vote => 0,
        kind => 1 + kind as u8,
    }
}

/// What one has to know of the past to see a milestone.
#[derive(Default)]
struct Spotter {
    /// The last position committed.
    committed: u64,
    /// Who is down.
    stopped: Vec<NodeId>,
}

impl Spotter {
    fn of(run: &dyn Engine) -> Self {
        let nodes = run.view().nodes;
        let stopped = nodes.iter().filter(|it| it.power == Power::Stopped);
        let data = |it: &crate::NodeView| it.data.iter().map(|it| it.index).max();
        Self {
            committed: nodes
                .iter()
                .map(|it| it.inspection.committed.max(data(it).unwrap_or(0)))
                .max()
                .unwrap_or(0),
            stopped: stopped.map(|it| it.id).collect(),
        }
    }

    fn spot(&mut self, happening: &Happening) -> Option<Milestone> {
        let kind = self.kind(&happening.what)?;
        let (mut node, mut candidate, mut index) = (None, None, None);
        match &happening.what {
            What::Observed(who, seen) => {
                node = Some(*who);
                match seen {
                    Observation::Voted {
                        candidate: whom, ..
                    } => candidate = Some(*whom),
                    Observation::Committed { index: place, .. } => index = Some(*place),
                    _ => {}
                }
            }
            What::Applied {
                node: who,
                index: place,
                ..
            } => {
                (node, index) = (Some(*who), Some(*place));
            }
            What::Power { node: who, .. } => node = Some(*who),
            _ => {}
        }
        Some(Milestone {
            kind,
            at: happening.at,
            event: happening.event,
            node,
            candidate,
            index,
        })
    }

    fn kind(&mut self, what: &What) -> Option<MilestoneKind> {
        match what {
            What::Observed(_, seen) => match seen {
                Observation::ElectionCalled(_) => Some(MilestoneKind::Election),
                Observation::Voted { .. } => Some(MilestoneKind::Vote),
                Observation::Role {
                    role: Role::Leader, ..
                } => Some(MilestoneKind::Leader),
                Observation::Committed { index, .. } => self.commit(*index),
                _ => None,
            },
            What::Applied { index, .. } => self.commit(*index),
            What::Power {
                node,
                power,
                incarnation,
            } => self
                .power(*node, *power)
                // Its first life begins with the run.
                .filter(|it| *it == MilestoneKind::Crash || incarnation.0 > 1),
            What::Acted(Action::Cut(_) | Action::CutOneWay { .. }) => Some(MilestoneKind::Cut),
            What::Acted(Action::Heal) => Some(MilestoneKind::Heal),
            What::Violated(_) => Some(MilestoneKind::Violation),
            _ => None,
        }
    }

    fn commit(&mut self, index: u64) -> Option<MilestoneKind> {
        let first = index > self.committed;
        self.committed = self.committed.max(index);
        first.then_some(MilestoneKind::Commit)
    }

    fn power(&mut self, node: NodeId, power: Power) -> Option<MilestoneKind> {
        let place = self.stopped.iter().position(|it| *it == node);
        match (power, place) {
            (Power::Stopped, None) => {
                self.stopped.push(node);
                Some(MilestoneKind::Crash)
            }
            (Power::Running, Some(place)) => {
                self.stopped.swap_remove(place);
                Some(MilestoneKind::Restart)
            }
            _ => None,
        }
    }
}
