//! Two runs in lock-step: the same seed, the same script, the same moment.

use crate::document::ProtocolName;
use crate::setup::Setup;
use alloc::vec::Vec;
use consensus::{Answer, CallId, Micros, NodeId, Output};
use litemap::LiteMap;
use simulator::{Action, Playback, Record, TimedAction, What};

/// How far one side may lag behind the other before that counts as a difference.
const LAG: Micros = Micros::from_millis(500);

/// The first moment at which two runs differ: in who claims to lead, or in what a client is told.
/// What both do, one a little later than the other, is no difference; what one does and the other
/// has not done half a second later is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// When.
    pub at: Micros,
}

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
}

impl Duel {
    /// The same under two protocols.
    #[must_use]
    pub fn new(setup: Setup, left: ProtocolName, right: ProtocolName) -> Self {
        let mut duel = Self {
            left: Playback::new(setup.engine(left)),
            right: Playback::new(setup.engine(right)),
            sides: [left, right],
            script: Vec::new(),
            setup,
            acts: Vec::new(),
            branches: Vec::new(),
            reached: Micros::ZERO,
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
        let later = self.acts.iter().any(|it| it.at > at);
        if at < self.reached {
            self.branches.push(Branch {
                acts: self.acts.clone(),
                parted: at,
                reached: self.reached,
            });
        }
        if later {
            let kept = self.acts.iter().filter(|it| it.at <= at).cloned();
            let mut acts: Vec<TimedAction> = kept.collect();
            acts.push(timed);
            self.play(acts, at);
        } else {
            self.left.act(timed.clone());
            self.right.act(timed.clone());
            insert(&mut self.script, timed.clone());
            self.acts.push(timed);
            self.reached = at;
        }
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
        self.branches[branch] = Branch {
            acts: core::mem::take(&mut self.acts),
            parted: taken.parted,
            reached: self.reached,
        };
        self.play(taken.acts, taken.reached);
    }

    /// Plays the scenario with these deeds from its beginning to `at`.
    fn play(&mut self, acts: Vec<TimedAction>, at: Micros) {
        let [left, right] = self.sides;
        let mut fresh = Self::new(self.setup.clone(), left, right);
        for timed in &acts {
            fresh.left.act(timed.clone());
            fresh.right.act(timed.clone());
            insert(&mut fresh.script, timed.clone());
        }
        fresh.acts = acts;
        fresh.branches = core::mem::take(&mut self.branches);
        fresh.seek(at);
        *self = fresh;
    }

    /// The first moment, of those reached, at which the two sides differ.
    #[must_use]
    pub fn first_difference(&self) -> Option<Difference> {
        let (left, right) = (self.left.record(), self.right.record());
        let claims = first_unlike(&claims(left), &claims(right), self.reached);
        let answers = unlike_answers(&answers(left), &answers(right), self.reached);
        let at = claims.into_iter().chain(answers).min()?;
        Some(Difference { at })
    }
}

fn insert(script: &mut Vec<TimedAction>, timed: TimedAction) {
    let place = script.partition_point(|it| it.at <= timed.at);
    script.insert(place, timed);
}

/// Who began to claim leadership, and when. Who goes on under a new mandate does not begin.
fn claims(record: &Record) -> Vec<(Micros, NodeId)> {
    let leads = record.leads.iter().enumerate();
    let begun = leads.filter(|(place, it)| {
        let mut before = record.leads[..*place].iter();
        !before.any(|old| old.node == it.node && old.until == Some(it.from))
    });
    begun.map(|(_, it)| (it.from, it.node)).collect()
}

/// Every call that a client was told to be done, when, and with what result.
fn answers(record: &Record) -> LiteMap<CallId, (Micros, &Output)> {
    let done = record.story.iter().filter_map(|it| match &it.what {
        What::Answered {
            call,
            answer: Answer::Done(output),
            ..
        } => Some((*call, (it.at, output))),
        _ => None,
    });
    done.collect()
}

fn first_unlike(
    left: &[(Micros, NodeId)],
    right: &[(Micros, NodeId)],
    reached: Micros,
) -> Option<Micros> {
    for place in 0..left.len().max(right.len()) {
        match (left.get(place), right.get(place)) {
            (Some(left), Some(right)) => {
                let (first, second) = (left.0.min(right.0), left.0.max(right.0));
                if left.1 != right.1 || second.since(first) > LAG {
                    return Some(first);
                }
            }
            (Some(one), None) | (None, Some(one)) => {
                return (reached.since(one.0) > LAG).then_some(one.0);
            }
            (None, None) => {}
        }
    }
    None
}

fn unlike_answers(
    left: &LiteMap<CallId, (Micros, &Output)>,
    right: &LiteMap<CallId, (Micros, &Output)>,
    reached: Micros,
) -> Option<Micros> {
    let calls = left.keys().chain(right.keys());
    let unlike = calls.filter_map(|call| match (left.get(call), right.get(call)) {
        (Some(one), Some(other)) => {
            let (first, second) = (one.0.min(other.0), one.0.max(other.0));
            let late = (second.since(first) > LAG).then_some(first);
            late.or((one.1 != other.1).then_some(second))
        }
        (Some((at, _)), None) | (None, Some((at, _))) => (reached.since(*at) > LAG).then_some(*at),
        (None, None) => None,
    });
    unlike.min()
}
