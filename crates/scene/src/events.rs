//! The list of events: everything that happened, in words, with the reason where a rule decided.

mod kind;
mod words;

use crate::caption::Caption;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::NodeId;
use simulator::{Happening, What};

pub use kind::{EventKind, EventKinds};
pub use words::{Telling, tell};

/// Which events a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Of which kinds.
    pub kinds: EventKinds,
    /// What befell or was done by this node; all where it is `None`.
    pub node: Option<NodeId>,
    /// Words that the sentence, its reason or its source holds, in capitals or not.
    pub search: String,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// How many events of the run there are up to and including it.
    pub event: u64,
    /// Of which kind it is.
    pub kind: EventKind,
    /// The message that it is about, where it is about one.
    pub message: Option<u64>,
    /// The position in the log that it is about, from 1, where it is about one.
    pub entry: Option<u64>,
    /// The nodes that it concerns.
    pub nodes: [Option<NodeId>; 2],
    /// When, what, why, and where the rule is written.
    pub caption: Caption,
}

/// A part of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Events {
    /// How many lines there are in all.
    pub total: usize,
    /// The place of the first of these among them, from 0.
    pub first: usize,
    /// Those asked for.
    pub rows: Vec<EventRow>,
}

/// The lines from the `first` on, at most `count`, of what was `told`. Only these are put into words,
/// unless somebody searches.
#[must_use]
pub fn events(
    told: &[Happening],
    telling: &Telling<'_>,
    filter: &Filter,
    first: usize,
    count: usize,
) -> Events {
    let sought = filter.search.trim().to_lowercase();
    let mut events = Events {
        first,
        ..Events::default()
    };
    for (place, happening) in told.iter().enumerate() {
        if !filter.fits(&happening.what) {
            continue;
        }
        let shown = events.total >= first && events.rows.len() < count;
        if !shown && sought.is_empty() {
            events.total += 1;
            continue;
        }
        let caption = tell(&told[..place], happening, telling);
        if !sought.is_empty() && !holds(&caption, &sought) {
            continue;
        }
        events.total += 1;
        if shown {
            events.rows.push(EventRow {
                event: happening.event,
                kind: EventKind::of(&happening.what),
                message: kind::message(&happening.what),
                entry: kind::entry(&happening.what),
                nodes: kind::nodes(&happening.what),
                caption,
            });
        }
    }
    events
}

impl Filter {
    /// Every event.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            kinds: EventKinds::ALL,
            node: None,
            search: String::new(),
        }
    }

    fn fits(&self, what: &What) -> bool {
        let concerns = |node: NodeId| kind::nodes(what).contains(&Some(node));
        self.kinds.has(EventKind::of(what)) && self.node.is_none_or(concerns)
    }
}

/// Whether a line holds the words, in small letters, that somebody looks for.
fn holds(caption: &Caption, sought: &str) -> bool {
    let texts = [&*caption.text(), caption.because, caption.source];
    texts.iter().any(|it| it.to_lowercase().contains(sought))
}
