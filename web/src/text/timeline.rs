//! The timeline, playback and the names of branches.

use consensus::Micros;

// The timeline and playback.
pub(crate) const TIMELINE: &str = "Timeline";
pub(crate) const TIME: &str = "Time";
pub(crate) const ACTS: &str = "Acts";
pub(crate) const ACTS_ON_BOTH: &str = "On both";
pub(crate) const BRANCH_HINT: &str = "Earlier future kept: take it up again";
pub(crate) const BRANCH_SAID: &str = "Earlier future kept. Take it up: ";
pub(crate) const FIRST_DIFFERENCE: &str = "First difference ";
pub(crate) const CANNOT_COMMIT: &str = "cannot commit";
pub(crate) const TWO_LEAD: &str = "two leaders";
pub(crate) const MARK_CUT: &str = "cut";
pub(crate) const MARK_ONE_WAY: &str = "one way";
pub(crate) const MARK_HEALED: &str = "healed";
pub(crate) const PLAYBACK: &str = "Playback";
pub(crate) const RESTART: &str = "Restart";
/// A control's name, and what a pointer is told of it.
pub(crate) const STEP_BACK: [&str; 2] = ["Step back", "One event back (,)"];
pub(crate) const STEP_FORWARD: [&str; 2] = ["Step forward", "One event forward (.)"];
pub(crate) const PLAY: [&str; 2] = ["Play", "Play (space)"];
pub(crate) const PAUSE: [&str; 2] = ["Pause", "Pause (space)"];
pub(crate) const STEP_THROUGH: [&str; 2] = ["Step through", "Step through (space)"];
pub(crate) const SPEED: &str = "Speed";

pub(crate) fn in_seconds(clock: &str) -> String {
    format!("{clock} seconds")
}

pub(crate) fn of(clock: &str) -> String {
    format!(" of {clock}")
}

/// A speed as it is heard: so many times, or one part of so many.
pub(crate) fn real_time(times: u32, parts: u32) -> String {
    match (times, parts) {
        (1, 1) => "real time".to_string(),
        (times, 1) => format!("{times} times real time"),
        (_, parts) => format!("one {parts}th of real time"),
    }
}

// The names of branches.
pub(crate) const THE_LEADER: &str = "the leader";
pub(crate) const IT_IS_CUT: &str = "it is cut";
pub(crate) const IT_IS_CUT_ONE_WAY: &str = "it is cut one way";
pub(crate) const IT_HEALS: &str = "it heals";
pub(crate) const WATER_CHANGES: &str = "the water changes";
pub(crate) const IT_GOES_ON: &str = "it goes on";
pub(crate) const IS_PAUSED: &str = " is paused";
pub(crate) const GOES_ON: &str = " goes on";
pub(crate) const CHANGES_PACE: &str = " changes pace";
pub(crate) const STOPS: &str = " stops";
pub(crate) const STARTS: &str = " starts";
pub(crate) const TIMES_OUT: &str = " times out";
pub(crate) const IS_WRITTEN: &str = " is written";

pub(crate) fn if_at(what: &str, at: Micros) -> String {
    format!("If {what} at {at}")
}

pub(crate) fn if_nothing(at: Micros) -> String {
    format!("If nothing is done at {at}")
}
