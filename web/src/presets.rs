//! The scenarios that the page offers, packed when it is built.

use scenario::{PRESETS, Scenario};

/// The packed scenarios, in the order of [`PRESETS`].
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/presets.postcard"));

/// The scenario behind a place in [`PRESETS`]; none where there is no such place.
pub(crate) fn scenario(place: usize) -> Option<Scenario> {
    let wanted = PRESETS.get(place)?.name;
    let scenarios: Vec<(String, Scenario)> = postcard::from_bytes(PACKED).ok()?;
    let found = scenarios.into_iter().find(|(name, _)| name == wanted);
    found.map(|(_, scenario)| scenario)
}
