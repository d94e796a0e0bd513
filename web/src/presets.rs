//! The scenarios that the page offers, packed when it is built.

use scenario::Setup;

/// The packed scenarios, in the order of [`scenario::PRESETS`].
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/presets.postcard"));

/// The name of each in links, and its title, in the same order.
pub(crate) const TITLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/titles.rs"));

/// What is played behind a place in [`scenario::PRESETS`]; none where there is no such place.
pub(crate) fn setup(place: usize) -> Option<Setup> {
    let setups: Vec<Setup> = postcard::from_bytes(PACKED).ok()?;
    setups.into_iter().nth(place)
}
