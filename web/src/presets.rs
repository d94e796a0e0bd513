//! The scenarios that the page offers, written down as Rust when it is built.

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

/// What is played, in the order of [`scenario::PRESETS`].
const SETUPS: &[fn() -> Setup] = include!(concat!(env!("OUT_DIR"), "/setups.rs"));

/// The name of each in links, and its title, in the same order.
pub(crate) const TITLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/titles.rs"));

/// What to watch for in each, and the protocols that it says something of, in the same order.
pub(crate) const NOTES: &[(&str, &[ProtocolName])] =
    include!(concat!(env!("OUT_DIR"), "/notes.rs"));

/// What is played behind a place in [`scenario::PRESETS`]; none where there is no such place.
pub(crate) fn setup(place: usize) -> Option<Setup> {
    SETUPS.get(place).map(|setup| setup())
}
