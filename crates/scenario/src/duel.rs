//! Two runs in lock-step: the same seed, the same script, the same moment.

use crate::difference::{Difference, LAG};
use crate::divergence::Comparison;
use crate::document::ProtocolName;
use crate::setup::Setup;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::Micros;
use core::cell::Cell;
use simulator::{Action, Engine, Playback, TimedAction};

/// A script that was left behind when somebody acted in the past of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// What was done by hand, in order of time.
    pub acts: Vec<TimedAction>,
    /// Where it parted from the script that is played now.
    pub parted: Micros,
    /// How far it had been played.
    pub reached: Micros,
}

/// Two runs, left and right, that share a clock and a script.
pub struct Duel {
    /// What the Compare page shows left.
    pub left: Playback,
    /// What it shows right.
    pub right: Playback,
    setup: Setup,
    sides: [ProtocolName; 2],
    script: Vec<TimedAction>,
    acts: Vec<TimedAction>,
    branches: Vec<Branch>,
    reached: Micros,
    /// The first difference, where nothing that is to come can change it.
    difference: Cell<Option<Difference>>,
}

impl Duel {
    /// The same under two protocols.
    #[must_use]
    pub fn new(setup: Setup, left: ProtocolName, right: ProtocolName) -> Self {
        let engines = [left, right].map(|protocol| setup.engine(protocol));
        Self::of(setup, [left, right], engines)
    }

    /// The same from runs of this setup at their beginning, left and right, under the protocols
    /// that are named.
    #[must_use]
    pub fn of(setup: Setup, sides: [ProtocolName; 2], engines: [Box<dyn Engine>; 2]) -> Self {
        let [left, right] = engines.map(Playback::new);
        let mut duel = Self {
            left,
            right,
            sides,
            script: Vec::new(),
            setup,
            acts: Vec::new(),
            branches: Vec::new(),
            reached: Micros::ZERO,
            difference: Cell::new(None),
        };
        for timed in &duel.setup.script {
            insert(&mut duel.script, timed.clone());
        }
        duel.seek(Micros::ZERO);
        duel
    }

    /// What both play.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The common moment.
    #[must_use]
    pub fn at(&self) -> Micros {
        self.left.at().max(self.right.at())
    }

    /// The furthest moment that was played so far.
    #[must_use]
    pub fn reached(&self) -> Micros {
        self.reached
    }

    /// Moves both to `at`, forward or back.
    pub fn seek(&mut self, at: Micros) {
        self.left.seek(at);
        self.right.seek(at);
        self.reached = self.reached.max(at);
    }

    /// When the next event comes, on whichever side has it.
    #[must_use]
    pub fn next_event(&self) -> Option<Micros> {
        match (self.left.next_event(), self.right.next_event()) {
            (Some(left), Some(right)) => Some(left.min(right)),
            (one, other) => one.or(other),
        }
    }

    /// One event forward on whichever side has the next, the left one first; false where neither
    /// has one.
    pub fn step_forward(&mut self) -> bool {
        let (left, right) = (self.left.next_event(), self.right.next_event());
        let Some(at) = self.next_event() else {
            return false;
        };
        if left == Some(at) {
            self.left.seek_event(self.left.event() + 1);
            self.right.linger(at);
        } else if right == Some(at) {
            self.right.seek_event(self.right.event() + 1);
            self.left.linger(at);
        }
        self.reached = self.reached.max(at);
        true
    }

    /// One event back, on whichever side had the latest; false at the beginning.
    pub fn step_back(&mut self) -> bool {
        let (left, right) = (self.left.engine().now(), self.right.engine().now());
        let (left_event, right_event) = (self.left.event(), self.right.event());
        if left_event == 0 && right_event == 0 {
            return false;
        }
        if right_event > 0 && (right >= left || left_event == 0) {
            self.right.seek_event(right_event - 1);
        } else {
            self.left.seek_event(left_event - 1);
        }
        let at = self.left.engine().now().max(self.right.engine().now());
        self.left.linger(at);
        self.right.linger(at);
        true
    }

    /// The protocols, left and right.
    #[must_use]
    pub const fn sides(&self) -> [ProtocolName; 2] {
        self.sides
    }

    /// Acts on both sides at the common moment. In the past of what was done by hand, the later
    /// deeds are kept as a [`Branch`] and a new one begins here. An action on one message belongs
    /// into a run of its own instead: its number means another message on each side.
    pub fn act(&mut self, action: Action) {
        let at = self.at();
        let timed = TimedAction { at, action };
        if at < self.reached {
            self.branches.push(Branch {
                acts: self.acts.clone(),
                parted: at,
                reached: self.reached,
            });
        }
        let (kept, later) = self.acts.drain(..).partition(|it| it.at <= at);
        self.acts = kept;
        self.exchange(&later, &[]);
        self.seek(at);
        self.left.act(timed.clone());
        self.right.act(timed.clone());
        insert(&mut self.script, timed.clone());
        self.acts.push(timed);
        self.reached = at;
        self.forget_difference(at);
    }

    /// The script as played: the scenario's steps and everything done since, in order of time.
    #[must_use]
    pub fn script(&self) -> &[TimedAction] {
        &self.script
    }

    /// Scripts left behind, oldest first.
    #[must_use]
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// Takes up a branch again, from its beginning to the moment it had reached; the script left
    /// becomes a branch in its place. Nothing happens where there is no such branch.
    pub fn take_up(&mut self, branch: usize) {
        let Some(taken) = self.branches.get(branch).cloned() else {
            return;
        };
        let (gone, come) = unlike_acts(&self.acts, &taken.acts);
        self.branches[branch] = Branch {
            acts: core::mem::replace(&mut self.acts, taken.acts),
            parted: taken.parted,
            reached: self.reached,
        };
        self.exchange(&gone, &come);
        self.reached = taken.reached;
        self.forget_difference(Micros::ZERO);
        self.seek(taken.reached);
    }

    /// Takes deeds out of the script and puts others into it.
    fn exchange(&mut self, gone: &[TimedAction], come: &[TimedAction]) {
        self.left.branch(gone, come);
        self.right.branch(gone, come);
        for timed in gone {
            if let Some(place) = self.script.iter().rposition(|it| it == timed) {
                self.script.remove(place);
            }
        }
        for timed in come {
            insert(&mut self.script, timed.clone());
        }
    }

    /// Compares a branch with the script that is played now, on both sides, up to where both were
    /// played; `None` where there is no such branch. It plays what lies behind the place where they
    /// part.
    #[must_use]
    pub fn compare(&self, branch: usize) -> Option<[Comparison; 2]> {
        let branch = self.branches.get(branch)?;
        let (gone, come) = unlike_acts(&self.acts, &branch.acts);
        let until = self.reached.min(branch.reached);
        let side = |run: &Playback| Comparison::of_branches(run, &gone, &come, until);
        Some([side(&self.left), side(&self.right)])
    }

    /// The first moment, of those reached, at which the two sides differ.
    #[must_use]
    pub fn first_difference(&self) -> Option<Difference> {
        if let Some(known) = self.difference.get() {
            return Some(known);
        }
        let first = Difference::first(&self.left, &self.right, self.reached);
        // Before that, whatever one side did, the other had time to do.
        let settled = first.filter(|it| self.reached.since(it.at) > LAG * 2);
        self.difference.set(settled);
        first
    }

    fn forget_difference(&self, after: Micros) {
        let known = self.difference.get();
        let earlier = known.filter(|it| it.at + LAG * 2 < after);
        self.difference.set(earlier);
    }
}

/// The deeds that only the one script has, and those that only the other has.
fn unlike_acts(one: &[TimedAction], other: &[TimedAction]) -> (Vec<TimedAction>, Vec<TimedAction>) {
    let alike = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    (one[alike..].to_vec(), other[alike..].to_vec())
}

fn insert(script: &mut Vec<TimedAction>, timed: TimedAction) {
    let place = script.partition_point(|it| it.at <= timed.at);
    script.insert(place, timed);
}
