//! Rule-breakers: a node that ignores one rule of its protocol, to prove that a check notices.

use super::settings::WatercraftSettings;
#[cfg(feature = "mutants")]
use serde::{Deserialize, Serialize};

/// A rule that a node breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "mutants",
    derive(Serialize, Deserialize),
    serde(rename_all = "kebab-case")
)]
#[cfg_attr(not(feature = "mutants"), allow(unreachable_pub))]
pub enum Mutant {
    /// A host that removes a node tells nobody, and counts on as if it had not (W3, W5). Broken by
    /// it: the others' lists.
    RemovalsUntold,
    /// A host keeps hosting whoever is older (W10). Broken by it: the oldest leads.
    YoungerKeepsHosting,
    /// A node that crashed gets the number of its earlier life (W10). Broken by it: the crashed is
    /// the youngest.
    NumberOutlivesCrash,
    /// A node that is not the host serves clients as if it were (W9, F6). Broken by it: writes
    /// that were acknowledged are lost without any host having failed.
    EverybodyServes,
    /// A host that cannot be reached is waited for without end (W6). Broken by it: the oldest
    /// leads.
    DeadElderKept,
    /// A host that another yields to takes nothing from its list (W10). Broken by it: the older
    /// host goes on calling whom the younger one had removed.
    ListNotMerged,
    /// A host admits everybody under its own number (W2). Broken by it: who hosts after whom.
    NumbersEqual,
    /// A node keeps the list that it was first told by its host (W4). Broken by it: ledgers agree.
    ListUntaken,
    /// The oldest that is left does not host (W7). Broken by it: the oldest leads.
    HeirDeclines,
}

#[cfg(feature = "mutants")]
impl Mutant {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::RemovalsUntold,
        Self::YoungerKeepsHosting,
        Self::NumberOutlivesCrash,
        Self::EverybodyServes,
        Self::DeadElderKept,
        Self::ListNotMerged,
        Self::NumbersEqual,
        Self::ListUntaken,
        Self::HeirDeclines,
    ];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RemovalsUntold => "removals-untold",
            Self::YoungerKeepsHosting => "younger-keeps-hosting",
            Self::NumberOutlivesCrash => "number-outlives-crash",
            Self::EverybodyServes => "everybody-serves",
            Self::DeadElderKept => "dead-elder-kept",
            Self::ListNotMerged => "list-not-merged",
            Self::NumbersEqual => "numbers-equal",
            Self::ListUntaken => "list-untaken",
            Self::HeirDeclines => "heir-declines",
        }
    }
}

impl WatercraftSettings {
    /// Whether a node is to break this rule. Without the `mutants` feature none ever does.
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
