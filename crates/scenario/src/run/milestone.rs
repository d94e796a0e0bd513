//! Stepping from milestone to milestone, on whichever side has the next.

use super::Run;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::{Milestone, MilestoneKinds, MilestoneSearch, Progress};

/// The nearest milestone of a run: that of one side, or one of each at the same moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunMilestone {
    /// When.
    pub at: Micros,
    /// What each side comes to.
    pub sides: Vec<Option<Milestone>>,
}

/// How far a search is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunProgress {
    /// It is to go on.
    Searching,
    /// It has come to this one: [`Run::go_to`] goes there.
    Found(RunMilestone),
    /// There is none: before the moment, or after it within a minute of virtual time; or somebody
    /// has acted meanwhile.
    Nothing,
}

/// A search for the nearest milestone on any side, which goes on for as long as it is asked to.
pub struct RunSearch {
    sides: Vec<(MilestoneSearch, Progress)>,
    forward: bool,
}

impl RunSearch {
    /// Goes on for at most so many events on each side of the run by which it was begun.
    pub fn go_on(&mut self, run: &Run, most: u64) -> RunProgress {
        for ((search, progress), side) in self.sides.iter_mut().zip(&run.sides) {
            if *progress == Progress::Searching {
                *progress = search.go_on(&side.playback, most);
            }
        }
        let found = self.sides.iter().filter_map(|(_, it)| milestone(*it));
        let nearest = match self.forward {
            true => found.map(|it| it.at).min(),
            false => found.map(|it| it.at).max(),
        };
        let open = |(search, progress): &(MilestoneSearch, Progress)| {
            *progress == Progress::Searching && !nearest.is_some_and(|at| search.has_passed(at))
        };
        match nearest {
            _ if self.sides.iter().any(open) => RunProgress::Searching,
            None => RunProgress::Nothing,
            Some(at) => {
                let comes = |(_, it): &(_, Progress)| milestone(*it).filter(|it| it.at == at);
                let sides = self.sides.iter().map(comes).collect();
                RunProgress::Found(RunMilestone { at, sides })
            }
        }
    }
}

fn milestone(progress: Progress) -> Option<Milestone> {
    match progress {
        Progress::Found(found) => Some(found),
        Progress::Searching | Progress::Nothing => None,
    }
}

impl Run {
    /// A search for the nearest milestone after the moment, or before it. The run stays where it is.
    #[must_use]
    pub fn search(&self, forward: bool) -> RunSearch {
        let sides = self.sides.iter().map(|side| {
            let search = match forward {
                true => side.playback.next_milestone(MilestoneKinds::ALL),
                false => side.playback.previous_milestone(MilestoneKinds::ALL),
            };
            (search, Progress::Searching)
        });
        RunSearch {
            sides: sides.collect(),
            forward,
        }
    }

    /// Moves every side to a milestone. A side that has none there stands just before that moment,
    /// unless it is in the midst of it already.
    pub fn go_to(&mut self, milestone: &RunMilestone) {
        let at = milestone.at;
        for (side, comes) in self.sides.iter_mut().zip(&milestone.sides) {
            let playback = &mut side.playback;
            match comes {
                Some(comes) => playback.seek_event(comes.event),
                None if playback.engine().now() == at => {}
                None => match at.0.checked_sub(1) {
                    Some(before) => playback.seek(Micros(before)),
                    None => playback.seek_event(0),
                },
            }
        }
        self.linger(at);
        self.reached = self.reached.max(at);
    }
}
