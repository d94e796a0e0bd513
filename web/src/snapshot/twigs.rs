//! Futures left behind, on the timeline's scale.

use consensus::Micros;
use scenario::simulator::{Action, Target, TimedAction};
use scenario::{Branch, Run};
use scene::lanes::Window;

/// A future left behind.
pub(crate) struct Twig {
    /// Which branch.
    pub(crate) branch: usize,
    /// The branch that it grows on; `None` for what is played now.
    pub(crate) parent: Option<usize>,
    /// Where it parts, in percent.
    pub(crate) from: f64,
    /// How far it was played, in percent.
    pub(crate) to: f64,
    /// What makes it different.
    pub(crate) label: String,
}

/// The latest first.
pub(super) fn twigs(run: &Run, window: &Window) -> Vec<Twig> {
    let grown = run.branches().iter().zip(run.twigs()).enumerate();
    let shown = grown.map(|(branch, (left, twig))| Twig {
        branch,
        parent: twig.parent,
        from: window.place(twig.parted),
        to: window.place(left.reached.max(twig.parted)),
        label: label(left, twig.parted),
    });
    shown.rev().collect()
}

fn label(branch: &Branch, parted: Micros) -> String {
    let next = branch.acts.iter().find(|timed| timed.at >= parted);
    let Some(TimedAction { at, action }) = next else {
        return format!("If nothing is done at {}", parted);
    };
    let who = |target: &Target| match target {
        Target::Node(node) => node.to_string(),
        Target::Leader => "the leader".to_string(),
    };
    let what = match action {
        Action::Cut(_) => "it is cut".to_string(),
        Action::CutOneWay { .. } => "it is cut one way".to_string(),
        Action::Heal => "it heals".to_string(),
        Action::Link { .. } => "the water changes".to_string(),
        Action::Pause(target) => format!("{} is paused", who(target)),
        Action::Resume(target) => format!("{} goes on", who(target)),
        Action::Slow { node, .. } => format!("{} changes pace", who(node)),
        Action::Stop(target) => format!("{} stops", who(target)),
        Action::Start(target) => format!("{} starts", who(target)),
        Action::TimeOut(target) => format!("{} times out", who(target)),
        Action::Write { value, .. } => format!("{value} is written"),
        _ => "it goes on".to_string(),
    };
    format!("If {what} at {at}")
}
