//! Rules that can say what they are: the sentence a learner reads, the mark a test asserts.

use crate::node::NodeId;
use core::fmt::Debug;
use core::hash::Hash;

/// What a rule's sentence names besides the node that applied it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The other node, `{peer}` in the sentence.
    pub peer: Option<NodeId>,
    /// A count, term or index, `{number}` in the sentence.
    pub number: Option<u64>,
    /// What the count is measured against, `{of}` in the sentence.
    pub of: Option<u64>,
}

impl Facts {
    /// Nothing to name.
    pub const NONE: Self = Self {
        peer: None,
        number: None,
        of: None,
    };

    /// Names the other node.
    #[must_use]
    pub const fn peer(peer: NodeId) -> Self {
        Self {
            peer: Some(peer),
            number: None,
            of: None,
        }
    }

    /// Names a number.
    #[must_use]
    pub const fn number(number: u64) -> Self {
        Self {
            peer: None,
            number: Some(number),
            of: None,
        }
    }

    /// Adds a number.
    #[must_use]
    pub const fn with_number(mut self, number: u64) -> Self {
        self.number = Some(number);
        self
    }

    /// Adds what the number is measured against.
    #[must_use]
    pub const fn with_of(mut self, of: u64) -> Self {
        self.of = Some(of);
        self
    }
}

/// What a rule says of itself.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Explanation {
    /// A stable name for tests and traces, such as `vote-refused/log-behind`. Empty without the
    /// feature `rule-names`.
    pub name: &'static str,
    /// What happened, in at most 18 words, with `{node}`, `{peer}`, `{number}` and `{of}` where
    /// the facts belong. Whole sentences, ending in a full stop.
    pub sentence: &'static str,
    /// The reason in one short clause, without a full stop; the page puts "Why:" before it.
    pub because: &'static str,
    /// Where the rule comes from, such as `Raft §5.4.1` or `rule A3`.
    pub source: &'static str,
    /// How much it matters to somebody watching: 0 routine (a heartbeat answered), 1 worth a
    /// line in a list, 2 worth the caption.
    pub weight: u8,
}

/// A closed set of rules, one for every decision that a protocol takes.
pub trait Explain: Copy + Eq + Ord + Hash + Debug + 'static {
    /// What this rule says of itself.
    fn explanation(self) -> &'static Explanation;

    /// Its stable name, as in [`Explanation::name`].
    fn name(self) -> &'static str {
        self.explanation().name
    }
}

/// A rule's name, where names are told.
pub(crate) const fn told_name(name: &'static str) -> &'static str {
    if cfg!(feature = "rule-names") {
        name
    } else {
        ""
    }
}
