//! From milestone to milestone: a search goes on frame by frame, and what was reached is said.

use crate::snapshot::Snapshot;
use crate::text;
use crate::travel::Travel;
use consensus::Micros;
use scenario::{Run, RunProgress, RunSearch};
use scene::caption::Caption;

/// How many events of each side are looked through in a frame: a few milliseconds.
const IN_A_FRAME: u64 = 2_000;
/// More presses than this do not wait for their turn.
const MOST_WAITING: u32 = 3;

/// Where the loop is on its way between milestones.
#[derive(Default)]
pub(crate) struct Journey {
    search: Option<Search>,
    reached: Option<Reached>,
}

struct Search {
    travel: &'static Travel,
    forward: bool,
    search: RunSearch,
    /// How many more presses there were meanwhile.
    waiting: u32,
}

/// What was reached, for as long as the run stands there.
pub(crate) struct Reached {
    at: Micros,
    events: Vec<u64>,
    /// A sentence for each side that reached something.
    captions: Vec<Option<Caption>>,
    /// All of it, for those who listen.
    said: String,
}

impl Reached {
    /// What is told where the run stands now.
    pub(crate) fn here(run: &Run, captions: Vec<Option<Caption>>, said: String) -> Self {
        Self {
            at: run.at(),
            events: events(run),
            captions,
            said,
        }
    }
}

fn events(run: &Run) -> Vec<u64> {
    let sides = run.sides().iter();
    sides.map(|side| side.playback().event()).collect()
}

impl Journey {
    /// Looks for the next milestone, or the one before.
    pub(crate) fn begin(&mut self, travel: &'static Travel, forward: bool, run: &Run) {
        if let Some(search) = &mut self.search
            && search.forward == forward
        {
            search.waiting = (search.waiting + 1).min(MOST_WAITING);
            return;
        }
        self.search = Some(Search {
            travel,
            forward,
            search: (travel.search)(run, forward),
            waiting: 0,
        });
    }

    /// Whether it is still being looked for.
    pub(crate) fn goes_on(&self) -> bool {
        self.search.is_some()
    }

    /// Nobody looks for anything any more.
    pub(crate) fn end(&mut self) {
        self.search = None;
    }

    /// Goes on with the search for a frame; true where something came of it.
    pub(crate) fn advance(&mut self, run: &mut Run) -> bool {
        let Some(search) = &mut self.search else {
            return false;
        };
        let (travel, forward) = (search.travel, search.forward);
        let said = match (travel.go_on)(&mut search.search, run, IN_A_FRAME) {
            RunProgress::Searching => return false,
            RunProgress::Found(milestone) => {
                run.go_to(&milestone);
                self.reached = Some((travel.reached)(run, &milestone));
                if let Some(waiting) = search.waiting.checked_sub(1) {
                    search.waiting = waiting;
                    search.search = (travel.search)(run, forward);
                } else {
                    self.search = None;
                }
                return true;
            }
            RunProgress::Nothing if forward => text::NO_MILESTONE,
            RunProgress::Nothing => {
                run.seek(Micros::ZERO);
                text::THE_BEGINNING
            }
        };
        self.search = None;
        self.reached = Some(Reached::here(run, Vec::new(), said.to_string()));
        true
    }

    /// Tells of what was reached, while the run stands there. A sentence of that moment that gives
    /// its reason says more, and stays.
    pub(crate) fn tell(&self, run: &Run, news: &mut Snapshot) {
        let Some(reached) = &self.reached else {
            return;
        };
        if reached.at != run.at() || reached.events != events(run) {
            return;
        }
        news.reached.clone_from(&reached.said);
        for (side, caption) in news.sides.iter_mut().zip(&reached.captions) {
            if let Some(caption) = caption
                && (side.caption.at != caption.at || side.caption.because.is_empty())
            {
                side.caption.clone_from(caption);
            }
        }
    }
}
