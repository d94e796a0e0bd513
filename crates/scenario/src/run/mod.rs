//! A run of one side, or of two in lock-step: the same seed, the same script, the same moment.

mod branch;
mod milestone;
mod parting;
mod side;

pub use branch::{Branch, Twig};
pub use milestone::{RunMilestone, RunProgress, RunSearch};
pub use parting::Parting;
pub use side::Side;

use crate::divergence::Comparison;
use crate::document::ProtocolName;
use crate::setup::Setup;
use alloc::vec::Vec;
use branch::{twigs, unlike};
use consensus::Micros;
use core::cell::RefCell;
use core::fmt;
use parting::Compared;
use simulator::{Action, TimedAction};

/// Why two sides cannot be one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlikeSides {
    /// Their seeds are not the same.
    Seed,
    /// Their scripts are not the same.
    Script,
}

impl fmt::Display for UnlikeSides {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seed => "the sides have different seeds; give both the same one",
            Self::Script => "the sides have different scripts; give both the same one",
        })
    }
}

impl core::error::Error for UnlikeSides {}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedAction {
    /// It names one message by its number, which is another message on each of two sides.
    MessageOnTwoSides,
}

impl fmt::Display for RefusedAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one message cannot be chosen on two sides at once; play one side alone")
    }
}

impl core::error::Error for RefusedAction {}

/// A run of one side, or of two that share a clock and a script.
pub struct Run {
    /// One or two.
    sides: Vec<Side>,
    script: Vec<TimedAction>,
    acts: Vec<TimedAction>,
    branches: Vec<Branch>,
    reached: Micros,
    compared: RefCell<Compared>,
}

impl Run {
    /// One side alone.
    #[must_use]
    pub fn one(side: Side) -> Self {
        let mut run = Self {
            script: Vec::new(),
            sides: Vec::from([side]),
            acts: Vec::new(),
            branches: Vec::new(),
            reached: Micros::ZERO,
            compared: RefCell::default(),
        };
        for timed in &run.sides[0].setup().script {
            insert(&mut run.script, timed.clone());
        }
        run.seek(Micros::ZERO);
        run
    }

    /// Two sides in lock-step: two protocols, or two settings of one.
    ///
    /// # Errors
    ///
    /// Where the two have not the same seed and the same script.
    pub fn two(left: Side, right: Side) -> Result<Self, UnlikeSides> {
        let (one, other) = (left.setup(), right.setup());
        if one.world.seed != other.world.seed {
            return Err(UnlikeSides::Seed);
        }
        if one.script != other.script {
            return Err(UnlikeSides::Script);
        }
        Ok(Self::pair(left, right))
    }

    /// One setup under two protocols.
    #[must_use]
    pub fn between(setup: Setup, [left, right]: [ProtocolName; 2]) -> Self {
        Self::pair(Side::new(left, setup.clone()), Side::new(right, setup))
    }

    fn pair(left: Side, right: Side) -> Self {
        let mut run = Self::one(left);
        run.sides.push(right);
        run.seek(Micros::ZERO);
        run
    }

    /// The one side, or left and right.
    #[must_use]
    pub fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// The common moment.
    #[must_use]
    pub fn at(&self) -> Micros {
        self.latest(|side| side.playback.at())
    }

    fn latest(&self, of: impl Fn(&Side) -> Micros) -> Micros {
        self.sides.iter().map(of).max().unwrap_or_default()
    }

    /// The furthest moment that was played so far.
    #[must_use]
    pub fn reached(&self) -> Micros {
        self.reached
    }

    /// Moves every side to `at`, forward or back.
    pub fn seek(&mut self, at: Micros) {
        for side in &mut self.sides {
            side.playback.seek(at);
        }
        self.reached = self.reached.max(at);
    }

    fn linger(&mut self, at: Micros) {
        for side in &mut self.sides {
            side.playback.linger(at);
        }
    }

    /// When the next event comes, on whichever side has it.
    #[must_use]
    pub fn next_event(&self) -> Option<Micros> {
        let next = self.sides.iter().map(|side| side.playback.next_event());
        next.flatten().min()
    }

    /// One event forward on whichever side has the next, the left one first; false where none is to
    /// come.
    pub fn step_forward(&mut self) -> bool {
        let Some(at) = self.next_event() else {
            return false;
        };
        let mut sides = self.sides.iter_mut();
        if let Some(side) = sides.find(|side| side.playback.next_event() == Some(at)) {
            side.playback.seek_event(side.playback.event() + 1);
        }
        self.linger(at);
        self.reached = self.reached.max(at);
        true
    }

    /// One event back, on whichever side had the latest, the right one first; false at the
    /// beginning.
    pub fn step_back(&mut self) -> bool {
        let begun = self.sides.iter_mut().filter(|it| it.playback.event() > 0);
        let Some(side) = begun.max_by_key(|it| it.playback.engine().now()) else {
            return false;
        };
        side.playback.seek_event(side.playback.event() - 1);
        let at = self.latest(|side| side.playback.engine().now());
        self.linger(at);
        true
    }

    /// Acts on every side at the common moment. In the past of what was played, the future that was
    /// there is kept as a [`Branch`] and a new one begins here.
    ///
    /// # Errors
    ///
    /// Where two sides are played and the action is on one message.
    pub fn act(&mut self, action: Action) -> Result<(), RefusedAction> {
        if self.sides.len() > 1 && matches!(action, Action::Message { .. }) {
            return Err(RefusedAction::MessageOnTwoSides);
        }
        let at = self.at();
        if at < self.reached {
            self.keep();
        }
        let later = self
            .acts
            .split_off(self.acts.partition_point(|it| it.at <= at));
        self.exchange(&later, &[]);
        self.seek(at);
        let timed = TimedAction { at, action };
        for side in &mut self.sides {
            side.playback.act(timed.clone());
        }
        insert(&mut self.script, timed.clone());
        self.acts.push(timed);
        self.reached = at;
        self.compared.get_mut().forget(at);
        Ok(())
    }

    /// Takes the last act back and goes to its moment; what came of it is kept as a [`Branch`].
    /// False where nothing was done.
    pub fn undo(&mut self) -> bool {
        let Some(last) = self.acts.last().cloned() else {
            return false;
        };
        self.keep();
        self.acts.pop();
        let at = last.at;
        self.exchange(&[last], &[]);
        self.reached = at;
        self.compared.get_mut().forget(at);
        self.seek(at);
        true
    }

    /// The future that is played now, as a branch.
    fn played(&self) -> Branch {
        Branch {
            acts: self.acts.clone(),
            reached: self.reached,
        }
    }

    /// Keeps what is played now, unless a branch is the same and more.
    fn keep(&mut self) {
        let played = self.played();
        if !self.branches.iter().any(|it| played.is_within(it)) {
            self.branches.push(played);
        }
    }

    /// The script as played: the setup's and everything done since, in order of time.
    #[must_use]
    pub fn script(&self) -> &[TimedAction] {
        &self.script
    }

    /// What was done by hand, in order of time.
    #[must_use]
    pub fn acts(&self) -> &[TimedAction] {
        &self.acts
    }

    /// Futures left behind, oldest first.
    #[must_use]
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// Where each of the [branches](Self::branches) grows.
    #[must_use]
    pub fn twigs(&self) -> Vec<Twig> {
        twigs(&self.played(), &self.branches)
    }

    /// Takes up a branch again, from its beginning to the moment it had reached; the future left
    /// becomes a branch in its place. Nothing happens where there is no such branch.
    pub fn take_up(&mut self, branch: usize) {
        let played = self.played();
        let Some(place) = self.branches.get_mut(branch) else {
            return;
        };
        let taken = core::mem::replace(place, played.clone());
        let (gone, come) = unlike(&played.acts, &taken.acts);
        self.exchange(gone, come);
        self.acts = taken.acts.clone();
        self.reached = taken.reached;
        self.compared.get_mut().forget(Micros::ZERO);
        self.seek(taken.reached);
    }

    /// Takes deeds out of the script and puts others into it.
    fn exchange(&mut self, gone: &[TimedAction], come: &[TimedAction]) {
        for side in &mut self.sides {
            side.playback.branch(gone, come);
        }
        for timed in gone {
            if let Some(place) = self.script.iter().rposition(|it| it == timed) {
                self.script.remove(place);
            }
        }
        for timed in come {
            insert(&mut self.script, timed.clone());
        }
    }

    /// Compares a branch with what is played now, on every side, up to where both were played;
    /// `None` where there is no such branch. It plays what lies behind the place where they part.
    #[must_use]
    pub fn compare(&self, branch: usize) -> Option<Vec<Comparison>> {
        let branch = self.branches.get(branch)?;
        let (gone, come) = unlike(&self.acts, &branch.acts);
        let until = self.reached.min(branch.reached);
        let compare = |side: &Side| Comparison::of_branches(&side.playback, gone, come, until);
        Some(self.sides.iter().map(compare).collect())
    }

    /// The first place, of those reached, at which two sides are unlike; `None` where there is none,
    /// or one side alone.
    #[must_use]
    pub fn parting(&self) -> Option<Parting> {
        let [left, right] = self.sides.as_slice() else {
            return None;
        };
        let mut compared = self.compared.borrow_mut();
        compared.first([left, right], self.reached)
    }
}

fn insert(script: &mut Vec<TimedAction>, timed: TimedAction) {
    let place = script.partition_point(|it| it.at <= timed.at);
    script.insert(place, timed);
}
