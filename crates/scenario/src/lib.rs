//! Runs as data: which protocols, which cluster, which faults, what is expected.
//!
//! A [`Scenario`] is a JSON file that people write, share and keep. It is read strictly: a field
//! that nobody knows, a number out of its range or a node that does not exist is refused with the
//! line, the field and the remedy. The same file runs under every protocol.
//!
#![doc = include_str!("../FORMAT.md")]
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;

mod almighty_storm;
mod almighty_timing;
#[cfg(feature = "json")]
mod audit;
mod clock;
mod deed;
mod dice;
mod difference;
mod disk;
mod divergence;
mod document;
#[cfg(feature = "files")]
mod error;
mod expect;
mod fault;
#[cfg(feature = "json")]
pub mod gallery;
#[cfg(feature = "json")]
mod in_order;
mod inbox;
#[cfg(feature = "json")]
mod judge;
#[cfg(feature = "json")]
pub mod lesson;
#[cfg(feature = "files")]
mod locate;
mod message;
#[cfg(feature = "json")]
mod moment;
mod mutant;
mod name;
mod network;
#[cfg(feature = "files")]
mod played;
#[cfg(feature = "json")]
mod playthrough;
mod preset;
mod promise;
mod raft_storm;
mod raft_timing;
#[cfg(feature = "json")]
mod report;
mod run;
mod setup;
#[cfg(feature = "json")]
pub mod shrink;
mod span;
mod storm;
#[cfg(feature = "json")]
mod story;
pub mod swarm;
#[cfg(feature = "files")]
mod text;
mod timing;
#[cfg(feature = "files")]
mod validate;
#[cfg(feature = "files")]
mod validate_clients;
#[cfg(feature = "files")]
mod validate_deeds;
#[cfg(feature = "files")]
mod validate_expectations;
#[cfg(feature = "files")]
mod validate_raft;
#[cfg(feature = "files")]
mod validate_start;
mod watercraft_storm;
mod watercraft_timing;

pub use almighty_timing::AlmightyTiming;
#[cfg(feature = "json")]
pub use audit::{Fault, Mark, audit};
pub use clock::WrongClock;
pub use consensus;
pub use deed::{Deed, OneWay, Read, Replacement, Slow, Step, Write};
pub use difference::{Difference, Unlike};
pub use disk::{DiskDeed, DiskTiming};
pub use divergence::{Comparison, Divergence, Stepped};
pub use document::{ClientTiming, ProtocolName, Scenario, WorkloadTiming};
#[cfg(feature = "files")]
pub use error::ScenarioError;
pub use expect::{
    BackedOff, Bound, Decided, Dropped, Expectation, Followed, Guarded, Held, Known, Measure,
    Outcome, Sent, That, Told,
};
pub use inbox::InboxTiming;
pub use message::{MessageStep, Touch};
pub use mutant::Mutant;
pub use name::{NodeName, Whom};
pub use network::{LinkDeed, NetworkTiming};
#[cfg(feature = "files")]
pub use played::{Played, Unsayable};
pub use preset::{PRESETS, Preset, STORIES};
pub use raft_timing::{RaftPreset, RaftTiming};
#[cfg(feature = "json")]
pub use report::{Report, Verdict};
pub use run::{
    Branch, Parting, RefusedAction, Run, RunMilestone, RunProgress, RunSearch, Side, Twig,
    UnlikeSides,
};
pub use setup::Setup;
pub use simulator;
pub use span::{SignedSpan, Span};
pub use storm::Storm;
pub use watercraft_timing::WatercraftTiming;
