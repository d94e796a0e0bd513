//! What was reached, in words.

use crate::journey::Reached;
use crate::protocol;
use crate::text;
use scenario::simulator::{Milestone, MilestoneKind, View};
use scenario::{Run, RunMilestone, RunProgress, RunSearch, Side};
use scene::RuleFace;
use scene::caption::{Caption, Segment, node_fill};

/// A search from where the run stands.
pub(crate) fn search(run: &Run, forward: bool) -> RunSearch {
    run.search(forward)
}

/// Goes on with it.
pub(crate) fn go_on(search: &mut RunSearch, run: &Run, most: u64) -> RunProgress {
    search.go_on(run, most)
}

/// What a run has reached that was moved to a milestone.
pub(crate) fn reached(run: &Run, milestone: &RunMilestone) -> Reached {
    let sides = run.sides().iter().zip(&milestone.sides);
    let told = sides.map(|(side, milestone)| milestone.as_ref().map(|it| caption(side, it)));
    let captions: Vec<Option<Caption>> = told.collect();
    let mut said = String::new();
    for (side, caption) in run.sides().iter().zip(&captions) {
        if let Some(caption) = caption {
            let title = protocol::title(side.protocol());
            said.push_str(&text::reached(title, &caption.text()));
        }
    }
    said.push_str(&text::at(milestone.at));
    Reached::here(run, captions, said)
}

fn caption(side: &Side, milestone: &Milestone) -> Caption {
    let view = side.playback().engine().glance();
    Caption {
        at: milestone.at,
        segments: sentence(side, milestone, &view),
        ..Caption::plain("")
    }
}

fn sentence(side: &Side, milestone: &Milestone, view: &View) -> Vec<Segment> {
    let disc = |node| Segment::Node {
        node,
        fill: node_fill(view, node),
    };
    let words = |words: &str| Segment::Text(words.to_string());
    let index = milestone.index.unwrap_or_default();
    let told = match milestone.kind {
        MilestoneKind::Election => words(text::CALLS_AN_ELECTION),
        MilestoneKind::Vote if milestone.candidate != milestone.node => {
            let voter = milestone.node.map(disc);
            let candidate = milestone.candidate.map(disc);
            let between = Some(words(text::VOTES_FOR));
            let all = [voter, between, candidate, Some(words(text::FULL_STOP))];
            return all.into_iter().flatten().collect();
        }
        MilestoneKind::Vote => words(text::VOTES_FOR_ITSELF),
        MilestoneKind::Leader => words(text::BECOMES_LEADER),
        MilestoneKind::Commit => match protocol::face(side.protocol()) {
            RuleFace::Votes => words(&text::commits(index)),
            RuleFace::Age => words(&text::carries_out(index)),
        },
        MilestoneKind::Crash => words(text::CRASHES),
        MilestoneKind::Restart => words(text::BOOTS_AGAIN),
        MilestoneKind::Cut => words(text::NETWORK_IS_CUT),
        MilestoneKind::Heal => words(text::NETWORK_IS_WHOLE),
        MilestoneKind::Violation => words(text::GUARANTEE_BREAKS),
    };
    let who = milestone.node.map(disc);
    who.into_iter().chain([told]).collect()
}
