//! The words of rules, for whoever plays without them.

use crate::document::ProtocolName;
use consensus::Explanation;
use consensus::almighty::AlmightyRule;
use consensus::raft::RaftRule;
use consensus::watercraft::WatercraftRule;
use simulator::{Happening, What};

impl ProtocolName {
    /// What each rule of the protocol says of itself, with its words even without the feature
    /// `rule-texts` of `consensus`.
    #[must_use]
    pub const fn explanations(self) -> &'static [Explanation] {
        match self {
            Self::Raft => RaftRule::EXPLANATIONS,
            Self::Almighty => AlmightyRule::EXPLANATIONS,
            Self::Watercraft => WatercraftRule::EXPLANATIONS,
        }
    }

    /// Puts the words of this protocol's rules into a story that was told without them.
    pub fn put_words_into(self, story: &mut [Happening]) {
        for happening in story {
            if let What::Why(_, why) = &mut happening.what
                && let Some(rule) = self.explanations().get(usize::from(why.place))
            {
                why.rule = rule;
            }
        }
    }
}
