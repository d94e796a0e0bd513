//! The account of a run: what just happened in words, whether what was promised holds, and what
//! proves it. It is a chunk of its own, for a run plays without it; the page asks for it at once.

use crate::chunk::chunk;
use crate::protocol;
use consensus::Micros;
use consensus::raft::Raft;
use scenario::Side;
use scenario::simulator::{Checks, Engine, Happening, Insight, View, insight};
use scene::caption::{Caption, choose, node_fill};

/// A closer look at a run; nothing where it is one of another protocol.
pub(crate) type LookInto = fn(&dyn Engine) -> Option<&dyn Insight>;

/// What there is to tell of a run.
pub(crate) struct Account {
    /// The sentence for a side at a moment, from its story and what can be seen: with the words of
    /// all rules.
    pub(crate) caption: fn(&Side, &mut [Happening], &View, Micros) -> Caption,
    /// What is checked.
    pub(crate) checks: Checks,
    /// A closer look at a run of Raft.
    pub(crate) raft: LookInto,
}

chunk! {
    /// Fetches the account.
    account: Account = Account {
        caption,
        checks: Checks::ALL,
        raft: insight::<Raft>,
    };
}

fn caption(side: &Side, story: &mut [Happening], view: &View, at: Micros) -> Caption {
    let protocol = side.protocol();
    protocol.put_words_into(story);
    let fill = |node| node_fill(view, node);
    choose(story, at, protocol::beginning(protocol), &fill)
}
