//! How much was said, and how much of it was lost.

use super::Driver;
use crate::choose::Choose;
use crate::engine::Engine;
use crate::flight::DropCause;
use crate::measure::{Measures, Traffic};
use consensus::Protocol;

impl<P: Protocol, C: Choose> Driver<P, C> {
    /// Counts and times since the start of the run.
    #[must_use]
    pub fn measures(&self) -> Measures {
        self.run.measures(self.now)
    }

    /// The messages of one kind, such as `vote request`, that nodes sent each other so far, and
    /// their bytes as encoded.
    #[must_use]
    pub fn sent(&self, kind: &str) -> Traffic {
        let measures = self.measures();
        measures.by_kind.get(kind).copied().unwrap_or_default()
    }

    /// All requests that nodes sent each other so far.
    #[must_use]
    pub fn requests(&self) -> Traffic {
        self.sum(false)
    }

    /// All replies that nodes sent each other so far.
    #[must_use]
    pub fn replies(&self) -> Traffic {
        self.sum(true)
    }

    fn sum(&self, reply: bool) -> Traffic {
        let none = Traffic {
            reply,
            ..Traffic::default()
        };
        let measures = self.measures();
        let kinds = measures.by_kind.values().filter(|it| it.reply == reply);
        kinds.fold(none, |sum, it| Traffic {
            messages: sum.messages + it.messages,
            bytes: sum.bytes + it.bytes,
            ..sum
        })
    }

    /// How many messages reached nobody who took them so far, for this cause; those to and from
    /// clients included.
    #[must_use]
    pub fn dropped(&self, cause: DropCause) -> u64 {
        let drops = self.run.network.drops();
        drops.get(&cause).copied().unwrap_or_default()
    }
}
