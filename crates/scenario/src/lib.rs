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

mod deed;
mod document;
mod duel;
#[cfg(feature = "json")]
mod error;
mod expect;
#[cfg(feature = "json")]
mod locate;
mod preset;
mod report;
mod run;
mod span;
mod storm;
mod timing;
#[cfg(feature = "json")]
mod validate;
#[cfg(feature = "json")]
mod validate_clients;

pub use consensus;
pub use deed::{Deed, NodeName, Read, Step, Whom, Write};
pub use document::{
    AlmightyTiming, ClientTiming, DiskTiming, NetworkTiming, ProtocolName, RaftTiming, Scenario,
    WorkloadTiming,
};
pub use duel::{Branch, Difference, Duel};
#[cfg(feature = "json")]
pub use error::ScenarioError;
pub use expect::{Bound, Decided, Expectation, Held, Measure, Outcome, That, Told};
pub use preset::{PRESETS, Preset, STORIES};
pub use report::{Report, Verdict};
pub use simulator;
pub use span::Span;
pub use storm::Storm;
