//! The scenarios that the page offers, written down as Rust when it is built. The page begins with
//! the first; the others are in a chunk.

use crate::chunk::chunk;
// Whatever these scenarios name.
use consensus::{Micros, NodeId};
use scenario::simulator::{
    Action::{Cut, Heal, Join, Link, Slow, Start, Stop, TimeOut, Write},
    InboxSettings, LinkChange, LinkSettings, Links, PerMillion, SpanRange,
    Spread::LongTail,
    Target::{Leader, Node},
    TimedAction, Workload, World,
};
use scenario::{ProtocolName, Setup};

/// Makes what is played.
pub(crate) type Make = fn() -> Setup;

/// What is played first.
pub(crate) const FIRST: Make = include!(concat!(env!("OUT_DIR"), "/first.rs"));

/// What is played in all but the first, in the order of [`scenario::PRESETS`].
pub(crate) struct Presets(pub(crate) &'static [Make]);

chunk! {
    /// Fetches them.
    presets: Presets = Presets(include!(concat!(env!("OUT_DIR"), "/setups.rs")));
}

/// The name of each in links, and its title, in the same order.
pub(crate) const TITLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/titles.rs"));

/// What to watch for in each, and the protocols that it says something of, in the same order.
pub(crate) const NOTES: &[(&str, &[ProtocolName])] =
    include!(concat!(env!("OUT_DIR"), "/notes.rs"));
