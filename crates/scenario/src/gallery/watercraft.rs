//! The mutants of WaterCraft.

use super::water::{leader_falls, storm, watercraft as water};
use super::{Catcher, Exhibit};
use crate::mutant::Mutant;
use consensus::watercraft::Mutant as M;
use simulator::Property;

pub(super) const EXHIBITS: &[Exhibit] = &[
    Exhibit {
        mutant: Mutant::Watercraft(M::RemovalsUntold),
        breaks: "A host that removes a node tells nobody, and counts on as if it had not (W3, W5).",
        catcher: Catcher::Check(Property::LedgersAgree),
        seeds: 20,
        counterexample: include_str!("../../mutants/watercraft-removals-untold.json"),
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Watercraft(M::YoungerKeepsHosting),
        breaks: "A host keeps hosting whoever is older (W10).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 10,
        counterexample: include_str!("../../mutants/watercraft-younger-keeps-hosting.json"),
        water: storm,
    },
    Exhibit {
        mutant: Mutant::Watercraft(M::NumberOutlivesCrash),
        breaks: "A node that crashed gets the number of its earlier life (W10).",
        catcher: Catcher::Expectation,
        seeds: 5,
        counterexample: include_str!("../../mutants/watercraft-number-outlives-crash.json"),
        water: water::node_returns,
    },
    Exhibit {
        mutant: Mutant::Watercraft(M::EverybodyServes),
        breaks: "A node that is not the host serves clients as if it were (W9, F6).",
        catcher: Catcher::Expectation,
        seeds: 5,
        counterexample: include_str!("../../mutants/watercraft-everybody-serves.json"),
        water: water::call_to_everyone,
    },
    Exhibit {
        mutant: Mutant::Watercraft(M::DeadElderKept),
        breaks: "A host that cannot be reached is waited for without end (W6).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 5,
        counterexample: include_str!("../../mutants/watercraft-dead-elder-kept.json"),
        water: leader_falls,
    },
    Exhibit {
        mutant: Mutant::Watercraft(M::ListNotMerged),
        breaks: "A host that another yields to takes nothing from its list (W10).",
        catcher: Catcher::Expectation,
        seeds: 5,
        counterexample: include_str!("../../mutants/watercraft-list-not-merged.json"),
        water: water::hosts_meet,
    },
    Exhibit {
        mutant: Mutant::Watercraft(M::NumbersEqual),
        breaks: "A host admits everybody under its own number (W2).",
        catcher: Catcher::Expectation,
        seeds: 5,
        counterexample: include_str!("../../mutants/watercraft-numbers-equal.json"),
        water: water::host_dies_after_joins,
    },
    Exhibit {
        mutant: Mutant::Watercraft(M::ListUntaken),
        breaks: "A node keeps the list that it was first told by its host (W4).",
        catcher: Catcher::Check(Property::LedgersAgree),
        seeds: 5,
        counterexample: include_str!("../../mutants/watercraft-list-untaken.json"),
        water: water::nodes_join,
    },
    Exhibit {
        mutant: Mutant::Watercraft(M::HeirDeclines),
        breaks: "The oldest that is left does not host (W7).",
        catcher: Catcher::Check(Property::OldestLeads),
        seeds: 5,
        counterexample: include_str!("../../mutants/watercraft-heir-declines.json"),
        water: leader_falls,
    },
];
