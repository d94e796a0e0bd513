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
    /// An election is called by the caller's clock alone, as if no later id had been seen (A18).
    /// Broken by it: a closed election gains no leader.
    ElectionIdByClockAlone,
    /// A peer that no leader answers takes a new stamp, though it has one (A1). Broken by it: an
    /// identity never changes.
    StampedAnew,
    /// A node that returns counts as old as its earlier life (A16). Broken by it: ledgers agree.
    EarlierAgeKept,
    /// An election is won by the newest (A1). Broken by it: the oldest leads.
    NewestWins,
    /// A peer that is older than its leader lets it be (A18). Broken by it: the oldest leads.
    OlderPeerSilent,
    /// Whoever has the secret answers a joiner with it, in its own name (A7). Broken by it: one
    /// secret per reign.
    JoinAnsweredByEveryone,
    /// The secret before is no good from the moment at which the next one is there (A8). Broken by
    /// it: the oldest leads.
    PreviousSecretRefused,
    /// A leader that hears of another lets it be (A10). Broken by it: the oldest leads.
    FaceOffIgnored,
    /// A ledger of another cluster is no reason to ask one's own leader at once (A11). Broken by
    /// it: a scenario's expectation.
    LeaderNotChecked,
    /// A ledger that is to be merged is dropped (A10, A12, A13). Broken by it: the oldest leads.
    LedgersNotMerged,
    /// Who is older than a newcomer that wins does not broadcast its ledger (A13). Broken by it:
    /// what a newcomer knows.
    EldersSilent,
    /// A good-bye means nothing (A14). Broken by it: a scenario's expectation.
    GoodbyeIgnored,
    /// A leader never marks a silent peer dead (A17). Broken by it: ledgers agree.
    SilentPeerKept,
    /// An elder that is silent in an election is not marked dead (A18). Broken by it: the oldest
    /// leads.
    DeadElderKept,
    /// A late winner of a closed election is adopted (A19). Broken by it: a closed election gains
    /// no leader.
    ClosedElectionReopened,
    /// A joiner that no leader answers asks again instead of calling an election (A15). Broken by
    /// it: the oldest leads.
    FounderWaits,
    /// A leader that is found dead is followed on, and its secret kept (A6). Broken by it: the oldest
    /// leads.
    DeadLeaderFollowed,
}

#[cfg(feature = "mutants")]
impl Mutant {
    /// Every one.
    pub const ALL: [Self; 19] = [
        Self::AnyPongAccepted,
        Self::ElectionIdsIgnored,
        Self::ElectionIdByClockAlone,
        Self::StampedAnew,
        Self::EarlierAgeKept,
        Self::NewestWins,
        Self::OlderPeerSilent,
        Self::JoinAnsweredByEveryone,
        Self::PreviousSecretRefused,
        Self::FaceOffIgnored,
        Self::LeaderNotChecked,
        Self::LedgersNotMerged,
        Self::EldersSilent,
        Self::GoodbyeIgnored,
        Self::SilentPeerKept,
        Self::DeadElderKept,
        Self::ClosedElectionReopened,
        Self::FounderWaits,
        Self::DeadLeaderFollowed,
    ];

    /// The name in scenario files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AnyPongAccepted => "any-pong-accepted",
            Self::ElectionIdsIgnored => "election-ids-ignored",
            Self::ElectionIdByClockAlone => "election-id-by-clock-alone",
            Self::StampedAnew => "stamped-anew",
            Self::EarlierAgeKept => "earlier-age-kept",
            Self::NewestWins => "newest-wins",
            Self::OlderPeerSilent => "older-peer-silent",
            Self::JoinAnsweredByEveryone => "join-answered-by-everyone",
            Self::PreviousSecretRefused => "previous-secret-refused",
            Self::FaceOffIgnored => "face-off-ignored",
            Self::LeaderNotChecked => "leader-not-checked",
            Self::LedgersNotMerged => "ledgers-not-merged",
            Self::EldersSilent => "elders-silent",
            Self::GoodbyeIgnored => "goodbye-ignored",
            Self::SilentPeerKept => "silent-peer-kept",
            Self::DeadElderKept => "dead-elder-kept",
            Self::ClosedElectionReopened => "closed-election-reopened",
            Self::FounderWaits => "founder-waits",
            Self::DeadLeaderFollowed => "dead-leader-followed",
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
