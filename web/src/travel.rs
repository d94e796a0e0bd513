//! What leads people through a run, in a chunk of its own: milestones, branches and the list of keys.

use crate::callbacks::Link;
use crate::chunk::chunk;
use crate::journey::Reached;
use crate::snapshot::Twig;
use crate::{branches, milestone, shortcut_list};
use scenario::{Run, RunMilestone, RunProgress, RunSearch};
use yew::Html;

/// The ways through a run.
pub(crate) struct Travel {
    /// A search for the next milestone, or the one before.
    pub(crate) search: fn(&Run, bool) -> RunSearch,
    /// Goes on with it for at most so many events.
    pub(crate) go_on: fn(&mut RunSearch, &Run, u64) -> RunProgress,
    /// What a run has reached that was moved to a milestone.
    pub(crate) reached: fn(&Run, &RunMilestone) -> Reached,
    /// The tree of branches.
    pub(crate) branches: fn(&Link, &Vec<Twig>) -> Html,
    /// All keys of the page, and whether those of a single character work.
    pub(crate) shortcuts: fn(&Link, bool) -> Html,
}

chunk! {
    /// Fetches the ways through a run.
    travel: Travel = Travel {
        search: milestone::search,
        go_on: milestone::go_on,
        reached: milestone::reached,
        branches: branches::tree,
        shortcuts: shortcut_list::list,
    };
}
