//! The swarm.

mod kind;

pub use kind::FaultKind;
