//! Two implementations of Raft under the same load: [`Ours`], the `raft` module of `consensus`,
//! and [`Theirs`], the `raft` crate. `cargo bench -p peer-bench` lets them race.
//!
//! # What is the same for both
//!
//! - One thread. A message is moved into its receiver's inbox; it is neither encoded nor delayed.
//! - A *turn* lets the leader and then each follower work off all that has reached it. A server
//!   takes all its messages before its host looks at what it wants, so both may batch.
//! - The client keeps `window` commands outstanding. Whenever the leader has applied some, it is
//!   given as many new ones, all of them before the next turn ([`serve`]).
//! - Every server applies every command to a [`Machine`] of its own. A command is retired when the
//!   leader has applied it. At the end heartbeats run until every server has applied everything.
//! - A command carries [`PAYLOAD`] bytes, allocated afresh by the client.
//! - Disks are memory: a write is stored as soon as it is asked for, a turn's writes together.
//! - PreVote and CheckQuorum are on. A heartbeat comes every [`HEARTBEAT`] commands.
//! - Every server compacts its log after every 8,192 applied commands, down to 1,024 entries.
//!
//! # What each is tuned by
//!
//! [`Ours`] runs with [`RaftSettings::production`](consensus::raft::RaftSettings::production), but
//! for two things: a message has room for a whole window, and there are no sessions
//! ([`RaftSettings::sessions`](consensus::raft::RaftSettings::sessions)), which the `raft` crate does not
//! have either. [`OursWithSessions`] has them, and runs beside the others. Commands that may be issued at once are handed over at
//! once ([`Input::Calls`](consensus::Input::Calls)), and nobody watches
//! ([`Effects::unwatched`](consensus::Effects::unwatched)).
//!
//! [`Theirs`] keeps its log in a `MemStorage`. It joins appends that have not left yet
//! (`batch_append`), sends no message only to tell of a commit (`skip_bcast_commit`, as ours
//! does), has room for every command of a window in flight, and no limit on the size of a message.
//! Each of these makes it faster than its default does. Commands are proposed by
//! `RawNode::propose`, one after another; it joins them into one append, too.
//!
//! [`TheirsJoined`] is the same, but that commands issued at once are proposed in one message,
//! which `RawNode` has no method for and takes all the same, if it is stepped with what a follower
//! would forward. The race runs it beside the others and says how much faster ours is than it, too.
//! The line `ratio` compares with [`Theirs`], which is how the crate offers to be used; ours is
//! given its commands by the input that it offers.

#![forbid(unsafe_code)]

mod cluster;
mod load;
mod machine;
mod ours;
mod theirs;

pub use cluster::Cluster;
pub use load::{HEARTBEAT, PAYLOAD, payload, serve};
pub use machine::Machine;
pub use ours::{Ours, OursWithSessions, Servers};
pub use theirs::{RawNodes, Theirs, TheirsJoined};
