//! Rules that are broken on purpose.

use crate::document::ProtocolName;
use consensus::{almighty, raft, watercraft};

/// The rule that every node breaks under each protocol, where there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mutants {
    /// Under Raft.
    pub raft: Option<raft::Mutant>,
    /// Under Almighty.
    pub almighty: Option<almighty::Mutant>,
    /// Under WaterCraft.
    pub watercraft: Option<watercraft::Mutant>,
}

impl Mutants {
    /// Those of this name; `None` where no protocol has one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self {
            raft: raft::Mutant::ALL.into_iter().find(|it| it.name() == name),
            almighty: almighty::Mutant::ALL
                .into_iter()
                .find(|it| it.name() == name),
            watercraft: watercraft::Mutant::ALL
                .into_iter()
                .find(|it| it.name() == name),
        };
        (found != Self::default()).then_some(found)
    }

    /// Whether a rule is broken under this protocol.
    #[must_use]
    pub const fn has(&self, protocol: ProtocolName) -> bool {
        match protocol {
            ProtocolName::Raft => self.raft.is_some(),
            ProtocolName::Almighty => self.almighty.is_some(),
            ProtocolName::Watercraft => self.watercraft.is_some(),
        }
    }
}
