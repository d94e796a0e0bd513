//! How a guarantee broke, and the rules that can be switched off.

use consensus::Micros;

// How a guarantee broke.
pub(crate) const BROKEN_TITLE: &str = "A guarantee broke";
pub(crate) const BROKEN_BY: &str = "Broken by ";
pub(crate) const GO_THERE: &str = "Go there";
pub(crate) const JUST_BEFORE: &str = "Just before";
pub(crate) const TAKE_IT_BACK: &str = "Take the last act back";
pub(crate) const WHAT_LED_TO_IT: &str = "What led to it";
pub(crate) const HOW_IT_CAME: &str = "How it came to that";
pub(crate) const AND: &str = " and ";

pub(crate) fn broken_at(at: Micros) -> String {
    format!(" at {at}")
}

/// Where nodes contradict each other, such as in a term.
pub(crate) fn in_place(name: &str, place: u64) -> String {
    format!(", {name} {place}")
}

pub(crate) fn of_protocol(title: &str) -> String {
    format!("· {title}")
}

pub(crate) fn holds_since(since: Micros) -> String {
    if since == Micros::ZERO {
        return " has held since the start".to_string();
    }
    format!(" holds since {since}")
}

pub(crate) fn violated(at: Micros, by: &str) -> String {
    format!("Violated at {at} by {by}")
}

// A rule that is switched off.
pub(crate) const SWITCH_A_RULE_OFF: &str = "Switch a rule off…";
pub(crate) const WHY_SWITCH_OFF: &str =
    "Every node then breaks that rule, in water in which a check catches it.";
pub(crate) const WATCH_BREAKER: &str = "Every node breaks one rule; a check catches it.";
pub(crate) const RULE_IS_OFF: &str = "A rule is switched off: ";
pub(crate) const RULE_ON_AGAIN: &str = "Switch the rule on again";
pub(crate) const ITS_WATER: &str = "Where the broken rule shows";

pub(crate) fn caught(by: &str, at: Micros) -> String {
    format!("Caught by “{by}” at {at}")
}
