//! The scenarios that the page offers, written down as Rust when it is built.

// Whatever these scenarios name.
use consensus::{Micros, NodeId};
use scenario::Setup;
use scenario::simulator::{
    Action::{Cut, Heal, Join, Link, Slow, Start, Stop, TimeOut, Write},
    InboxSettings, LinkChange, LinkSettings, Links, PerMillion, SpanRange,
    Spread::LongTail,
    Target::{Leader, Node},
    TimedAction, Workload, World,
};

/// What is played, in the order of [`scenario::PRESETS`].
const SETUPS: &[fn() -> Setup] = include!(concat!(env!("OUT_DIR"), "/setups.rs"));

/// The name of each in links, and its title, in the same order.
pub(crate) const TITLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/titles.rs"));

/// What is played behind a place in [`scenario::PRESETS`]; none where there is no such place.
pub(crate) fn setup(place: usize) -> Option<Setup> {
    SETUPS.get(place).map(|setup| setup())
}
