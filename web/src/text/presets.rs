//! The presets, by their names in links.

pub(crate) const PRESETS: &str = "Scenarios of one click";
pub(crate) const WATCH: &str = "Watch: ";
pub(crate) const SAYS_NOTHING: &str =
    "this scenario was not made for this protocol; see what happens.";

pub(crate) fn preset(name: &str) -> Option<&'static str> {
    Some(match name {
        "calm" => "Calm",
        "leader-stops" => "Leader stops",
        "cut" => "Cut",
        "split-vote" => "Split vote",
        "minority-leader" => "Minority leader",
        "resurrected-leader" => "Resurrected leader",
        "newcomer" => "Newcomer",
        "face-off" => "Face-off",
        "overload" => "Overload",
        "flaky-network" => "Flaky network",
        _ => return None,
    })
}
