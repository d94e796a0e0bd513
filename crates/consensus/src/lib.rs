//! Consensus protocols as pure state machines.
//!
//! Every protocol here is a value with one method, [`Protocol::step`]: it takes the time and one
//! [`Input`] and pushes [`Effect`]s. It opens no socket, reads no clock and owns no random number
//! generator; whoever hosts it does, be it the simulator, a model checker or a program with real
//! disks. That is why the same code can be tested over millions of seeds and then shown in a
//! browser tab.
//!
//! `examples/key_value` is such a program: three servers of a key-value store on real time, real
//! files and real channels (`cargo run -p consensus --example key_value`).
//!
//! - [`raft`]: leadership by a majority of votes (the extended Raft paper; requirements R1 to R12).
//! - [`almighty`]: leadership by age, the oldest-peer rule (requirements A1 to A20).
//! - [`watercraft`]: leadership by age, through one host and without a clock (requirements W1 to
//!   W10).

#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;

pub mod almighty;
mod alone;
mod client;
mod commands;
mod digest;
mod diskless;
mod effect;
mod explain;
mod field;
mod input;
mod inspection;
mod node;
mod observation;
mod protocol;
mod queue;
pub mod raft;
mod rule_table;
mod time;
pub mod watercraft;
pub mod wire;
mod write;

pub use client::{Answer, Call, CallId, ClientId, Command, Operation, Output, Refusal, SessionId};
pub use commands::{Applied, Commands, SingleCommand};
pub use digest::{StableHasher, digest_of};
pub use diskless::{Diskless, NoWrite};
pub use effect::{Effect, Effects};
pub use explain::{Explain, Explanation, Facts};
pub use field::{Field, Label, Value};
pub use input::{Control, Input, MembershipChange, SnapshotId, Token};
pub use inspection::{
    EntryKind, EntryView, FollowerView, Inspection, LedgerRow, MembersView, VoteView,
};
pub use node::{Boot, ClusterId, Envelope, Incarnation, Life, NodeId, Receiver};
pub use observation::{Mandate, Observation, Reign, Role};
pub use protocol::{
    Describe, Durable, Membership, MessageShape, MessageSummary, Protocol, TimerKind,
};
pub use queue::Queue;
pub use time::{Micros, Now};
pub use write::{EntrySummary, WriteSummary};
