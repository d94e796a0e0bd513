//! The mutants of Almighty.

use super::water::{almighty as water, leader_falls, storm};
use super::{Catcher, Exhibit};
use crate::mutant::Mutant;
use consensus::almighty::Mutant as M;
use simulator::Property;

pub(super) const EXHIBITS: &[Exhibit] = &[
    Exhibit {
        mutant: Mutant::Almighty(M::AnyPongAccepted),
        breaks: "Any pong proves the leader, whatever secret it carries, or none (A5).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 10,
        water: water::leader_returns,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::ElectionIdsIgnored),
        breaks: "A winner is accepted whichever election it won, a later one or not (A3, A19).",
        catcher: Catcher::Check(Property::ClosedElections),
        seeds: 5,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::ElectionIdByClockAlone),
        breaks: "An election is called by the caller's clock alone, as if no later id had been seen (A18).",
        catcher: Catcher::Check(Property::ClosedElections),
        seeds: 10,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::StampedAnew),
        breaks: "A peer that no leader answers takes a new stamp, though it has one (A1).",
        catcher: Catcher::Check(Property::LastingIdentity),
        seeds: 5,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::EarlierAgeKept),
        breaks: "A node that returns counts as old as its earlier life (A16).",
        catcher: Catcher::Check(Property::LedgersAgree),
        seeds: 5,
        water: water::follower_returns,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::NewestWins),
        breaks: "An election is won by the newest (A1).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 5,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::OlderPeerSilent),
        breaks: "A peer that is older than its leader lets it be (A18).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 5,
        water: water::elder_joins,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::JoinAnsweredByEveryone),
        breaks: "Whoever has the secret answers a joiner with it, in its own name (A7).",
        catcher: Catcher::Check(Property::OneSecretPerReign),
        seeds: 10,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::PreviousSecretRefused),
        breaks: "The secret before is no good from the moment at which the next one is there (A8).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 5,
        water: water::secrets_rotate,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::FaceOffIgnored),
        breaks: "A leader that hears of another lets it be (A10).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 10,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::LeaderNotChecked),
        breaks: "A ledger of another cluster is no reason to ask one's own leader at once (A11). It harms nobody: the next ping asks, an interval later.",
        catcher: Catcher::Expectation,
        seeds: 5,
        water: water::clusters_meet,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::LedgersNotMerged),
        breaks: "A ledger that is to be merged is dropped (A10, A12, A13).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 20,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::EldersSilent),
        breaks: "Who is older than a newcomer that wins does not broadcast its ledger (A13).",
        catcher: Catcher::Expectation,
        seeds: 5,
        water: water::newcomer_declares_itself,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::GoodbyeIgnored),
        breaks: "A good-bye means nothing (A14).",
        catcher: Catcher::Expectation,
        seeds: 5,
        water: water::leader_leaves,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::SilentPeerKept),
        breaks: "A leader never marks a silent peer dead (A17).",
        catcher: Catcher::Check(Property::LedgersAgree),
        seeds: 10,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::DeadElderKept),
        breaks: "An elder that is silent in an election is not marked dead (A18).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 5,
        water: leader_falls,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::ClosedElectionReopened),
        breaks: "A late winner of a closed election is adopted (A19).",
        catcher: Catcher::Check(Property::ClosedElections),
        seeds: 5,
        water: water::winner_comes_late,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::FounderWaits),
        breaks: "A joiner that no leader answers asks again instead of calling an election (A15).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 5,
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Almighty(M::DeadLeaderFollowed),
        breaks: "A leader that is found dead is followed on, and its secret kept (A6).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 5,
        water: leader_falls,
    },
];
