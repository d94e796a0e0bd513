//! What every node holds, read from a side.

use super::{Pane, Shown};
use crate::protocol;
use scenario::Side;
use scene::logs::{Table, logs};
use scene::{Facts, RuleFace};

/// The logs of all nodes, or their ledgers.
pub(super) struct Logs {
    pub(super) table: Table,
    /// Whether these are logs.
    pub(super) numbered: bool,
}

/// Reads the logs as far as there is room for them.
pub(super) fn read(pane: &Pane, side: &Side) -> Shown {
    if pane.size.0 < 1.0 {
        return Shown::Nothing;
    }
    let rule = protocol::face(side.protocol());
    let view = side.playback().engine().view();
    let facts = Facts::new(&view, rule);
    let table = logs(&facts, pane.first, pane.size.0);
    Shown::Logs(Box::new(Logs {
        table,
        numbered: rule == RuleFace::Votes,
    }))
}
