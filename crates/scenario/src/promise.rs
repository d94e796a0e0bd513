//! What a run may count on: what each protocol promises, and how soon once the water is calm.

use crate::almighty_timing;
use crate::watercraft_timing;
use consensus::almighty::AlmightySettings;
use consensus::raft::RaftSettings;
use consensus::watercraft::WatercraftSettings;
use simulator::{Promises, Property, World};

/// What Almighty Consensus promises; what needs calm water only to clusters that meet again (A20).
const ALMIGHTY: &[Property] = &[
    Property::ClosedElections,
    Property::LastingIdentity,
    Property::OneSecretPerReign,
    Property::OldestLeads,
    Property::LedgersAgree,
];
/// The same without A20.
const ALMIGHTY_APART: &[Property] = &[
    Property::ClosedElections,
    Property::LastingIdentity,
    Property::OneSecretPerReign,
];
/// What WaterCraft promises.
const WATERCRAFT: &[Property] = &[
    Property::LastingIdentity,
    Property::OldestLeads,
    Property::LedgersAgree,
];
/// The same with reports that are counts: one node left and one joined goes unseen (W5).
const WATERCRAFT_BY_COUNT: &[Property] = &[Property::LastingIdentity, Property::OldestLeads];
/// The same where hosts never call whom they do not list (W10).
const WATERCRAFT_APART: &[Property] = &[Property::LastingIdentity];
/// What data that lives with one node does not promise, and is measured by (A9, W9).
const ALONE_MEASURES: &[Property] = &[
    Property::StateMachineSafety,
    Property::NoStaleRead,
    Property::Linearizable,
];

/// Raft's promises, and what its clients have to do.
pub(crate) fn of_raft(settings: &RaftSettings, world: &mut World) {
    // Only sessions keep a command from taking effect twice.
    let without = match settings.sessions {
        true => 0,
        false => Property::OF_SESSIONS,
    };
    let (guarantees, measures) = Property::OF_RAFT.split_at(Property::OF_RAFT.len() - without);
    world.promises = Promises {
        guarantees,
        measures,
    };
    world.client.opens_sessions = settings.sessions && settings.session_expiry.is_some();
    world.client.reads_anywhere = settings.follower_reads;
}

/// Almighty's promises.
pub(crate) fn of_almighty(settings: &AlmightySettings, world: &mut World) {
    world.promises = Promises {
        guarantees: match settings.meets_again() {
            true => ALMIGHTY,
            false => ALMIGHTY_APART,
        },
        measures: ALONE_MEASURES,
    };
    world.quiet = almighty_timing::quiet(settings);
    world.quiet_per_node = almighty_timing::quiet_per_node(settings);
    world.quiet_delay = almighty_timing::quiet_delay(settings);
}

/// WaterCraft's promises.
pub(crate) fn of_watercraft(settings: &WatercraftSettings, world: &mut World) {
    world.promises = Promises {
        guarantees: match (settings.meets_again(), settings.sees_every_change()) {
            (false, _) => WATERCRAFT_APART,
            (true, false) => WATERCRAFT_BY_COUNT,
            (true, true) => WATERCRAFT,
        },
        measures: ALONE_MEASURES,
    };
    world.quiet = watercraft_timing::quiet(settings);
    world.quiet_per_node = watercraft_timing::quiet_per_node(settings);
    world.quiet_delay = watercraft_timing::quiet_delay(settings);
}
