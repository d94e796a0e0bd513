//! All checks under one roof, so that a run carries only those that its protocol asks for.

use super::bounded_bookkeeping::BoundedBookkeeping;
use super::closed_elections::ClosedElections;
use super::committed_is_durable::CommittedIsDurable;
use super::election_safety::ElectionSafety;
use super::exactly_once::ExactlyOnce;
use super::known::Known;
use super::lasting_identity::LastingIdentity;
use super::leader_append_only::LeaderAppendOnly;
use super::leader_completeness::LeaderCompleteness;
use super::ledgers_agree::LedgersAgree;
use super::linearizable::Linearizable;
use super::log_matching::LogMatching;
use super::no_acknowledged_write_lost::NoAcknowledgedWriteLost;
use super::no_stale_read::NoStaleRead;
use super::nothing_goes_back::NothingGoesBack;
use super::oldest_leads::OldestLeads;
use super::one_secret_per_reign::OneSecretPerReign;
use super::one_vote_per_term::OneVotePerTerm;
use super::promise::Conflict;
use super::property::Property;
use super::sight::{Kinds, Sight};
use super::state_machine_safety::StateMachineSafety;

/// A check with what it remembers.
#[derive(Clone, Debug, Hash)]
pub(crate) enum Checker {
    ElectionSafety(ElectionSafety),
    OneVotePerTerm(OneVotePerTerm),
    LeaderAppendOnly(LeaderAppendOnly),
    LogMatching(LogMatching),
    LeaderCompleteness(LeaderCompleteness),
    CommittedIsDurable(CommittedIsDurable),
    StateMachineSafety(StateMachineSafety),
    NothingGoesBack(NothingGoesBack),
    BoundedBookkeeping(BoundedBookkeeping),
    ExactlyOnce(ExactlyOnce),
    NoStaleRead(NoStaleRead),
    NoAcknowledgedWriteLost(NoAcknowledgedWriteLost),
    Linearizable(Linearizable),
    ClosedElections(ClosedElections),
    LastingIdentity(LastingIdentity),
    OneSecretPerReign(OneSecretPerReign),
    OldestLeads(OldestLeads),
    LedgersAgree(LedgersAgree),
}

impl Checker {
    /// The check of a property, before it has seen anything.
    pub(crate) fn of(property: Property) -> Self {
        match property {
            Property::ElectionSafety => Self::ElectionSafety(ElectionSafety::default()),
            Property::OneVotePerTerm => Self::OneVotePerTerm(OneVotePerTerm::default()),
            Property::LeaderAppendOnly => Self::LeaderAppendOnly(LeaderAppendOnly),
            Property::LogMatching => Self::LogMatching(LogMatching::default()),
            Property::LeaderCompleteness => Self::LeaderCompleteness(LeaderCompleteness),
            Property::CommittedIsDurable => Self::CommittedIsDurable(CommittedIsDurable),
            Property::StateMachineSafety => Self::StateMachineSafety(StateMachineSafety::default()),
            Property::NothingGoesBack => Self::NothingGoesBack(NothingGoesBack::default()),
            Property::BoundedBookkeeping => Self::BoundedBookkeeping(BoundedBookkeeping::default()),
            Property::ExactlyOnce => Self::ExactlyOnce(ExactlyOnce),
            Property::NoStaleRead => Self::NoStaleRead(NoStaleRead::default()),
            Property::NoAcknowledgedWriteLost => {
                Self::NoAcknowledgedWriteLost(NoAcknowledgedWriteLost)
            }
            Property::Linearizable => Self::Linearizable(Linearizable::default()),
            Property::ClosedElections => Self::ClosedElections(ClosedElections::default()),
            Property::LastingIdentity => Self::LastingIdentity(LastingIdentity::default()),
            Property::OneSecretPerReign => Self::OneSecretPerReign(OneSecretPerReign::default()),
            Property::OldestLeads => Self::OldestLeads(OldestLeads),
            Property::LedgersAgree => Self::LedgersAgree(LedgersAgree),
        }
    }

    /// No log goes back beyond this position any more: what is remembered of those before it goes.
    pub(crate) fn forget_before(&mut self, index: u64) {
        match self {
            Self::LogMatching(check) => check.forget_before(index),
            Self::StateMachineSafety(check) => check.forget_before(index),
            _ => {}
        }
    }

    /// Of how many keys it has stopped to judge the calls, because that would take too much.
    pub(crate) fn undecided(&self) -> u64 {
        match self {
            Self::Linearizable(check) => check.undecided(),
            _ => 0,
        }
    }

    /// The kinds of sight that it looks at. It need not be shown others.
    pub(crate) const fn looks_at(&self) -> Kinds {
        match self {
            Self::ElectionSafety(_) => Kinds::ROLE,
            Self::OneVotePerTerm(_) => Kinds::VOTED.and(Kinds::STORED),
            Self::LeaderAppendOnly(_) => Kinds::APPENDED.and(Kinds::TRUNCATED),
            Self::LogMatching(_) => Kinds::APPENDED,
            Self::LeaderCompleteness(_) => Kinds::ROLE.and(Kinds::COMMITTED),
            Self::CommittedIsDurable(_) => Kinds::COMMITTED.and(Kinds::STORED),
            Self::StateMachineSafety(_) => Kinds::APPLIED.and(Kinds::COMMITTED),
            Self::NothingGoesBack(_) => Kinds::BORN
                .and(Kinds::WIPED)
                .and(Kinds::OBSERVED)
                .and(Kinds::APPLIED)
                .and(Kinds::STORED),
            Self::BoundedBookkeeping(_) => Kinds::KEPT.and(Kinds::CALLED).and(Kinds::RETURNED),
            Self::ExactlyOnce(_) => Kinds::APPLIED,
            Self::NoStaleRead(_) => Kinds::CALLED.and(Kinds::RETURNED).and(Kinds::DONE),
            Self::NoAcknowledgedWriteLost(_) => Kinds::RETURNED,
            Self::Linearizable(_) => Kinds::CALLED.and(Kinds::RETURNED),
            Self::ClosedElections(_) => Kinds::BORN.and(Kinds::OBSERVED),
            Self::LastingIdentity(_) | Self::OneSecretPerReign(_) => Kinds::OBSERVED,
            Self::OldestLeads(_) | Self::LedgersAgree(_) => Kinds::CALM,
        }
    }

    /// Looks at one thing; `known` is what was known before it.
    pub(crate) fn see(&mut self, sight: &Sight, known: &Known) -> Option<Conflict> {
        match self {
            Self::ElectionSafety(check) => check.see(sight),
            Self::OneVotePerTerm(check) => check.see(sight),
            Self::LeaderAppendOnly(check) => check.see(sight, known),
            Self::LogMatching(check) => check.see(sight),
            Self::LeaderCompleteness(check) => check.see(sight, known),
            Self::CommittedIsDurable(check) => check.see(sight, known),
            Self::StateMachineSafety(check) => check.see(sight, known),
            Self::NothingGoesBack(check) => check.see(sight),
            Self::BoundedBookkeeping(check) => check.see(sight, known),
            Self::ExactlyOnce(check) => check.see(sight),
            Self::NoStaleRead(check) => check.see(sight),
            Self::NoAcknowledgedWriteLost(check) => check.see(sight, known),
            Self::Linearizable(check) => check.see(sight),
            Self::ClosedElections(check) => check.see(sight),
            Self::LastingIdentity(check) => check.see(sight, known),
            Self::OneSecretPerReign(check) => check.see(sight),
            Self::OldestLeads(check) => check.see(sight),
            Self::LedgersAgree(check) => check.see(sight),
        }
    }
}
