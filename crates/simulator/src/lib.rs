//! A deterministic world for consensus protocols.
//!
//! A run is a script and a seed and nothing else: virtual time in whole microseconds, a network
//! with delay, loss and cuts, nodes that crash and keep only what their disk has stored, clients
//! that write and read, and checks that look at every step. Nodes tell it what happened through
//! [`consensus::Observation`]; it knows nothing of any one protocol's insides.

#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;

mod action;
mod carry;
mod check;
mod choose;
mod client;
mod engine;
mod flight;
mod happening;
mod host;
mod look;
mod measure;
mod network;
mod perform;
mod playback;
mod queue;
mod record;
mod register;
mod simulation;
mod tally;
mod view;
mod world;

pub use action::{Action, PerMillion, Target, TimedAction};
pub use check::{Promises, Property, Standing, Violation};
pub use choose::{Choose, Seeded, Stream};
pub use engine::Engine;
pub use flight::{Endpoint, Fate, Flight};
pub use happening::{Happening, IdleReason, Piece, What, Why};
pub use measure::Measures;
pub use playback::Playback;
pub use record::{Lead, Record, Sample};
pub use simulation::Simulation;
pub use view::{CellView, DataView, NodeView, Power, TimerView, View};
pub use world::{ClientSettings, SpanRange, World};
