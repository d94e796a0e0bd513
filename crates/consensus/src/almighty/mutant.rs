//! Rule-breakers: a peer that ignores one rule of its protocol, to prove that a check notices.

use super::settings::AlmightySettings;
#[cfg(feature = "mutants")]
use serde::{Deserialize, Serialize};

/// A rule that a peer breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "mutants",
    derive(Serialize, Deserialize),
    serde(rename_all = "kebab-case")
)]
#[cfg_attr(not(feature = "mutants"), allow(unreachable_pub))]
pub enum Mutant {
    /// Any pong proves the leader, whatever secret it carries, or none (A5). Broken by it: the
    /// oldest leads.
    AnyPongAccepted,
    /// A winner is accepted whichever election it won, a later one or not (A3, A19). Broken by it:
    /// a closed election gains no leader.
    ElectionIdsIgnored,
}

#[cfg(feature = "mutants")]
impl Mutant {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::AnyPongAccepted, Self::ElectionIdsIgnored];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AnyPongAccepted => "any-pong-accepted",
            Self::ElectionIdsIgnored => "election-ids-ignored",
        }
    }
}

impl AlmightySettings {
    /// Whether a peer is to break this rule. Without the `mutants` feature none ever does.
    #[inline]
    pub(super) fn breaks(&self, rule: Mutant) -> bool {
        #[cfg(feature = "mutants")]
        return self.mutant == Some(rule);
        #[cfg(not(feature = "mutants"))]
        {
            let _ = rule;
            false
        }
    }
}
