//! The choices of a run that is told what comes next.

use crate::choose::{Choose, Seeded, Stream};
use consensus::NodeId;
use litemap::LiteMap;

/// Makes the choice that it is told for the environment. What else is drawn from a range is the
/// least of it, and what is drawn from all 64-bit values is new each time.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// Which of the things that may come next is taken, from 0.
    pub(crate) pick: u64,
    /// How many words each node drew.
    words: LiteMap<NodeId, u32>,
    /// Makes all choices instead while the run goes its ordinary way.
    pub(crate) ordinary: Option<Seeded>,
}

impl Told {
    /// The ordinary choices of a seed, until somebody tells.
    pub(crate) const fn new(seed: u64) -> Self {
        Self {
            pick: 0,
            words: LiteMap::new(),
            ordinary: Some(Seeded::new(seed)),
        }
    }
}

impl Choose for Told {
    /// Where it is told: a node's words depend on how many it drew before and on nothing else, so
    /// that the order of what other nodes do leaves the state as it is.
    fn word(&mut self, stream: Stream) -> u64 {
        if let Some(ordinary) = &mut self.ordinary {
            return ordinary.word(stream);
        }
        let Stream::Node(node) = stream else { return 0 };
        let count = self.words.entry(node).or_insert(0);
        *count += 1;
        u64::from(node.0) << 32 | u64::from(*count)
    }

    fn between(&mut self, stream: Stream, least: u64, most: u64) -> u64 {
        match &mut self.ordinary {
            Some(ordinary) => ordinary.between(stream, least, most),
            None if stream == Stream::Environment => self.pick.clamp(least, most.max(least)),
            None => least,
        }
    }
}
