//! Futures left behind, on the timeline's scale.

use crate::text;
use consensus::Micros;
use scenario::simulator::{Action, Target, TimedAction};
use scenario::{Branch, Run};
use scene::lanes::Window;

/// A future left behind.
#[derive(Clone, PartialEq)]
pub(crate) struct Twig {
    /// Which branch.
    pub(crate) branch: usize,
    /// The branch that it grows on; `None` for what is played now.
    pub(crate) parent: Option<usize>,
    /// When it parts from that.
    pub(crate) parted: Micros,
    /// How many rows above it stands what it grows on.
    pub(crate) up: usize,
    /// Where it parts, in percent.
    pub(crate) from: f64,
    /// How far it was played, in percent.
    pub(crate) to: f64,
    /// What makes it different.
    pub(crate) label: String,
}

/// Every branch below what it grows on, the latest first.
pub(super) fn twigs(run: &Run, window: &Window) -> Vec<Twig> {
    let (branches, grown) = (run.branches(), &run.twigs()[..]);
    let children = |parent| (0..grown.len()).filter(move |it| grown[*it].parent == parent);
    let mut rows: Vec<usize> = children(None).rev().collect();
    let mut place = 0;
    while let Some(row) = rows.get(place).copied() {
        place += 1;
        rows.splice(place..place, children(Some(row)).rev());
    }
    let row_of = |branch| rows.iter().position(|it| *it == branch);
    let twig = |(place, branch): (usize, &usize)| {
        let (left, twig) = (&branches[*branch], grown[*branch]);
        let above = twig.parent.and_then(row_of);
        Twig {
            branch: *branch,
            parent: twig.parent,
            parted: twig.parted,
            up: above.map_or(place + 1, |above| place - above),
            from: window.place(twig.parted),
            to: window.place(left.reached.max(twig.parted)),
            label: label(left, twig.parted),
        }
    };
    rows.iter().enumerate().map(twig).collect()
}

fn label(branch: &Branch, parted: Micros) -> String {
    let next = branch.acts.iter().find(|timed| timed.at >= parted);
    let Some(TimedAction { at, action }) = next else {
        return text::if_nothing(parted);
    };
    let who = |target: &Target| match target {
        Target::Node(node) => node.to_string(),
        Target::Leader => text::THE_LEADER.to_string(),
    };
    let what = match action {
        Action::Cut(_) => text::IT_IS_CUT.to_string(),
        Action::CutOneWay { .. } => text::IT_IS_CUT_ONE_WAY.to_string(),
        Action::Heal => text::IT_HEALS.to_string(),
        Action::Link { .. } => text::WATER_CHANGES.to_string(),
        Action::Pause(target) => who(target) + text::IS_PAUSED,
        Action::Resume(target) => who(target) + text::GOES_ON,
        Action::Slow { node, .. } => who(node) + text::CHANGES_PACE,
        Action::Stop(target) => who(target) + text::STOPS,
        Action::Start(target) => who(target) + text::STARTS,
        Action::TimeOut(target) => who(target) + text::TIMES_OUT,
        Action::Write { value, .. } => value.to_string() + text::IS_WRITTEN,
        _ => text::IT_GOES_ON.to_string(),
    };
    text::if_at(&what, *at)
}
