//! A mutant of any protocol.

use crate::document::{ProtocolName, Scenario};
use crate::setup::Setup;
use consensus::{almighty, raft, watercraft};

/// A mutant of any protocol: every node breaks one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mutant {
    /// Of Raft.
    Raft(raft::Mutant),
    /// Of Almighty.
    Almighty(almighty::Mutant),
    /// Of WaterCraft.
    Watercraft(watercraft::Mutant),
}

impl Mutant {
    /// Every mutant of every protocol.
    pub fn all() -> impl Iterator<Item = Self> {
        let raft = raft::Mutant::ALL.into_iter().map(Self::Raft);
        let almighty = almighty::Mutant::ALL.into_iter().map(Self::Almighty);
        let watercraft = watercraft::Mutant::ALL.into_iter().map(Self::Watercraft);
        raft.chain(almighty).chain(watercraft)
    }

    /// The mutant that the scenario names for this protocol.
    #[must_use]
    pub fn of(scenario: &Scenario, protocol: ProtocolName) -> Option<Self> {
        match protocol {
            ProtocolName::Raft => scenario.raft.mutant.map(Self::Raft),
            ProtocolName::Almighty => scenario.almighty.mutant.map(Self::Almighty),
            ProtocolName::Watercraft => scenario.watercraft.mutant.map(Self::Watercraft),
        }
    }

    /// The name in scenario files; two protocols may each have one of the same name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Raft(mutant) => mutant.name(),
            Self::Almighty(mutant) => mutant.name(),
            Self::Watercraft(mutant) => mutant.name(),
        }
    }

    /// Whose rule it breaks.
    #[must_use]
    pub const fn protocol(self) -> ProtocolName {
        match self {
            Self::Raft(_) => ProtocolName::Raft,
            Self::Almighty(_) => ProtocolName::Almighty,
            Self::Watercraft(_) => ProtocolName::Watercraft,
        }
    }

    /// Lets every node of the scenario break the rule.
    pub const fn put_into(self, scenario: &mut Scenario) {
        match self {
            Self::Raft(mutant) => scenario.raft.mutant = Some(mutant),
            Self::Almighty(mutant) => scenario.almighty.mutant = Some(mutant),
            Self::Watercraft(mutant) => scenario.watercraft.mutant = Some(mutant),
        }
    }
}

impl Scenario {
    /// The same where nobody breaks a rule.
    #[must_use]
    pub fn honest(&self) -> Self {
        let mut honest = self.clone();
        honest.raft.mutant = None;
        honest.almighty.mutant = None;
        honest.watercraft.mutant = None;
        honest
    }
}

impl Setup {
    /// The same where every node breaks the rule, and no other rule of that protocol.
    #[must_use]
    pub const fn with_mutant(mut self, mutant: Mutant) -> Self {
        match mutant {
            Mutant::Raft(mutant) => self.raft.mutant = Some(mutant),
            Mutant::Almighty(mutant) => self.almighty.mutant = Some(mutant),
            Mutant::Watercraft(mutant) => self.watercraft.mutant = Some(mutant),
        }
        self
    }

    /// The same where nobody breaks a rule.
    #[must_use]
    pub const fn honest(mut self) -> Self {
        self.raft.mutant = None;
        self.almighty.mutant = None;
        self.watercraft.mutant = None;
        self
    }

    /// The mutant that nodes are under this protocol.
    #[must_use]
    pub fn mutant(&self, protocol: ProtocolName) -> Option<Mutant> {
        match protocol {
            ProtocolName::Raft => self.raft.mutant.map(Mutant::Raft),
            ProtocolName::Almighty => self.almighty.mutant.map(Mutant::Almighty),
            ProtocolName::Watercraft => self.watercraft.mutant.map(Mutant::Watercraft),
        }
    }
}
