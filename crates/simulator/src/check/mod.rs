//! Properties that are checked at every step. Each check is a small machine that is shown what
//! happens, one thing at a time, so that a step costs what it changes.

mod bounded_bookkeeping;
mod checker;
mod closed_elections;
mod committed_is_durable;
mod election_safety;
mod exactly_once;
mod known;
mod lasting_identity;
mod leader_append_only;
mod leader_completeness;
mod ledgers_agree;
mod linearizable;
mod log_matching;
mod no_acknowledged_write_lost;
mod no_stale_read;
mod nothing_goes_back;
mod oldest_leads;
mod one_secret_per_reign;
mod one_vote_per_term;
mod positions;
mod promise;
mod property;
mod sight;
mod state_machine_safety;
mod watch;

pub use promise::{Promises, Standing, Violation};
pub use property::Property;
pub(crate) use sight::{Peer, Told};
pub(crate) use watch::Watch;
