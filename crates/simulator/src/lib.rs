//! A deterministic world for consensus protocols.
//!
//! A run is a script and a seed and nothing else: virtual time in whole microseconds, a network
//! with delay, loss and cuts, nodes that crash and keep only what their disk has stored, clients
//! that write and read, and checks that look at every step. Nodes tell it what happened through
//! [`consensus::Observation`]; it knows nothing of any one protocol's insides.
//!
//! [`Simulation`] is such a run and [`Engine`] what faces see of it; [`Playback`] steps one back
//! and forth. Tests use [`Driver`], and the rest of this page teaches how.
//!
#![doc = include_str!("../DRIVER.md")]
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;

mod acknowledged;
mod action;
mod by_node;
mod call;
mod call_ranges;
mod carry;
mod chain;
mod check;
mod checkpoints;
mod choose;
mod client;
mod clock;
mod deliver;
mod detail;
mod disk;
mod driver;
mod engine;
mod excerpt;
mod explore;
mod flight;
mod happening;
mod history;
mod host;
mod inbox;
mod insight;
mod lead_up;
pub mod linearizability;
mod link;
mod look;
mod measure;
mod membership;
mod milestone;
mod network;
mod operator;
mod perform;
mod playback;
mod prospect;
mod queue;
mod quiet;
mod record;
mod register;
mod seed;
mod shelf;
mod simulation;
mod snapshot;
mod stale;
mod tally;
mod view;
mod words;
mod world;

pub use action::{Action, MessageDeed, PerMillion, Target, TimedAction};
pub use check::{Promises, Property, Standing, Violation};
pub use choose::{Choose, Seeded, Stream};
pub use client::{
    Backoff, BreakerSettings, BreakerState, BreakerView, CallView, ClientSettings, ClientView,
    Workload,
};
pub use clock::ClockSettings;
pub use detail::{InboxDetail, MachineDetail, MessageDetail, NodeDetail, Variable};
pub use disk::{CrashLoss, DiskSettings};
pub use driver::{Driver, DriverBuilder, DriverError, InFlight};
pub use engine::{Engine, GLANCED};
pub use excerpt::{Excerpt, NodeState};
pub use explore::{Bounds, Counterexample, Exploration, Explorer, Step};
pub use flight::{DropCause, Endpoint, Fate, Flight};
pub use happening::{Happening, IdleReason, Piece, What, Why};
pub use history::{CallRecord, History, Outcome, Return};
pub use inbox::InboxSettings;
pub use insight::{Insight, Seen, insight};
pub use link::{LinkChange, LinkSettings, Links, Spread};
pub use measure::{Measures, Traffic};
pub use milestone::{Milestone, MilestoneKind, MilestoneKinds, MilestoneSearch, Progress};
pub use playback::Playback;
pub use prospect::Prospect;
pub use record::{Lead, Record, Sample};
pub use simulation::Simulation;
pub use view::{CellView, DataView, NodeView, OneWayCut, Power, TimerView, View};
pub use world::{SpanRange, World};
