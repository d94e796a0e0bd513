//! The catalogue: all that the page itself says, in one place, ready for another language. What a
//! protocol or a check says of itself is its own.

use consensus::{Micros, NodeId};

// The pages.
pub(crate) const PAGES: &str = "Pages";
pub(crate) const PLAY_PAGE: &str = "Play";
pub(crate) const PLAY_TITLE: &str = "Play with a cluster";
pub(crate) const COMPARE_PAGE: &str = "Compare";
pub(crate) const COMPARE_TITLE: &str = "Two protocols in the same rough water";
pub(crate) const SCENARIO: &str = "Scenario";
pub(crate) const NO_SUCH_SCENARIO: &str = "There is no such scenario.";
pub(crate) const NO_HOST: &str = "The page has no element with the id “whitewater”.";
pub(crate) const UNKNOWN_TROUBLE: &str = "something unknown";
pub(crate) const THEME: &str = "Switch between light and dark";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const KEY: &str = "Key";

// What arrives after the page.
pub(crate) const COMING: &str = "On its way…";
pub(crate) const NOT_FETCHED: &str = "This part of the page could not be fetched.";
pub(crate) const NOT_CHECKED_YET: &str = "Checks on their way";
pub(crate) const TRY_AGAIN: &str = "Try again";

// The seed.
pub(crate) const SEED: &str = "seed";
pub(crate) const SEED_HINT: &str =
    "A number, decimal or hexadecimal; Enter plays it from the start";
pub(crate) const NEW_SEED: &str = "New seed";
pub(crate) const NO_RANDOMNESS: &str = "This browser has no randomness to give: type a seed.";
pub(crate) const SEED_MISSING: &str = "Write a number, such as 7 or 79c914fb.";
pub(crate) const SEED_TOO_LARGE: &str = "That is too large: at most 16 hexadecimal digits.";

pub(crate) fn seed_is_no_number(typed: &str) -> String {
    format!("“{typed}” is not a number: use 0–9 and a–f, such as 79c914fb.")
}

// A side and its stage.
pub(crate) const NODES: &str = "nodes";
pub(crate) const FEWER_NODES: &str = "One node fewer";
pub(crate) const MORE_NODES: &str = "One node more";
pub(crate) const VIEWS: &str = "Views";
pub(crate) const RING: &str = "Ring";
pub(crate) const WHY: &str = "Why: ";

/// The label of a side's choice of a protocol; `side` from 0.
pub(crate) const fn protocol_of(side: usize) -> &'static str {
    match side {
        0 => "Protocol of the first side",
        _ => "Protocol of the second side",
    }
}

pub(crate) fn on_ring(protocol: &str) -> String {
    format!("{protocol}: the nodes on their ring")
}

// The protocols: name, who leads, and what is told before anything has happened.
pub(crate) const RAFT: [&str; 3] = [
    "Raft",
    "Most votes lead",
    "Nobody leads yet. The first timer to run out asks for votes.",
];
pub(crate) const OLDEST_PEER: [&str; 3] = [
    "Oldest peer",
    "The longest here leads",
    "Nobody leads yet. Whoever has been here longest will.",
];
pub(crate) const WATERCRAFT: [&str; 3] = [
    "WaterCraft",
    "The first admitted leads",
    "Nobody leads yet. A will, and admits whoever calls.",
];

// What happens to a node, in its menu.
pub(crate) const WHAT_CAN_BE_DONE: &str = "What can be done to it";
pub(crate) const ON_BOTH_SIDES: &str = "On both sides";
pub(crate) const STOP: [&str; 2] = ["Stop", "its disk remembers"];
pub(crate) const START: [&str; 2] = ["Start", "from its disk"];
pub(crate) const PAUSE_NODE: [&str; 2] = ["Pause", "it keeps all it knows"];
pub(crate) const GO_ON: [&str; 2] = ["Go on", "from where it stands"];
pub(crate) const FULL_SPEED: [&str; 2] = ["Full speed", "takes messages at once"];
pub(crate) const SLOW_DOWN: [&str; 2] = ["Slow down", "40 ms a message"];
pub(crate) const TIME_OUT: [&str; 2] = ["Time out now", "Raft only"];
pub(crate) const STOPPED: &str = "stopped";
pub(crate) const PAUSED: &str = "paused";
pub(crate) const SLOW: &str = "slow";
pub(crate) const FOLLOWER: &str = "follower";
pub(crate) const CANDIDATE: &str = "candidate";
pub(crate) const LEADER: &str = "leader";

pub(crate) fn node(id: NodeId) -> String {
    format!("Node {id}")
}

pub(crate) fn write_at(id: NodeId) -> String {
    format!("Write at {id}")
}

pub(crate) fn in_term(role: &str, term: u64) -> String {
    format!("{role}, term {term}")
}

pub(crate) fn in_reign(role: &str, number: u64) -> String {
    format!("{role}, reign {number}")
}

pub(crate) fn waiting(state: &str, messages: u32) -> String {
    match messages {
        0 => state.to_string(),
        1 => format!("{state}, 1 message waits"),
        many => format!("{state}, {many} messages wait"),
    }
}

// Rough water at hand.
pub(crate) const TOOLS: &str = "Rough water";
pub(crate) const TOOLS_ON_BOTH: &str = "Rough water, on both sides";
pub(crate) const CUT: &str = "Cut";
pub(crate) const CUT_MORE: &str = "Cut…";
pub(crate) const HEAL: &str = "Heal";
pub(crate) const STOP_LEADER: &str = "Stop the leader";
/// The same in two parts, of which the second goes where there is little room.
pub(crate) const STOP_LEADER_PARTS: [&str; 2] = ["Stop ", "the leader"];
pub(crate) const WRITE: &str = "Write";
pub(crate) const VALUE: &str = "Value to write";
pub(crate) const UNDO: &str = "Undo the last act";
pub(crate) const ROUGH_WATER: &str = "Rough water";
pub(crate) const ROUGH_WATER_MORE: &str = "Rough water…";
pub(crate) const NOW_ROUGH: &str = "Now rough…";

// The chooser of a cut.
pub(crate) const CUT_THE_NETWORK: &str = "Cut the network";
pub(crate) const COMMON_CUTS: &str = "Common cuts, above and below the river";
pub(crate) const CROSS: &str = "Press a node to take it across the river";
pub(crate) const NOTHING_PASSES: &str = "Nothing passes";
pub(crate) const NOTHING_PASSES_RIVER: &str = "Nothing passes the river";
pub(crate) const EITHER_WAY: &str = "either way";
pub(crate) const DOWN: &str = "down";
pub(crate) const UP: &str = "up";
pub(crate) const NOBODY_THERE: &str = "Put at least one node on each side.";

pub(crate) fn above_river(id: NodeId) -> String {
    format!("{id} above the river")
}

pub(crate) fn parted(one: &str, other: &str) -> String {
    format!("{one} will not hear {other}, nor be heard there.")
}

/// `from` and `to` with how many they are.
pub(crate) fn parted_one_way((from, many): (&str, usize), (to, there): (&str, usize)) -> String {
    let (reach, hear) = match many {
        1 => ("reaches", "hears"),
        _ => ("reach", "hear"),
    };
    let them = if there == 1 { "it" } else { "them" };
    format!("{from} no longer {reach} {to}, but {hear} {them}.")
}

pub(crate) fn cut_one_way(from: usize, to: usize) -> String {
    format!("one way, {from} to {to}")
}

/// Between the numbers of nodes on the sides of a cut.
pub(crate) const FROM: &str = " from ";

// The panel for rough water: a fault, and what becomes of messages.
pub(crate) const ALL_LINKS: &str = "All links between nodes";
pub(crate) const CALM_AGAIN: &str = "Calm water again";
pub(crate) const LOSS: [&str; 2] = ["Loss", "fall off their wires"];
pub(crate) const DELAY: [&str; 2] = ["Delay", "on the way, one way"];
pub(crate) const DUPLICATION: [&str; 2] = ["Duplication", "arrive twice"];
pub(crate) const CORRUPTION: [&str; 2] = ["Corruption", "arrive damaged"];
pub(crate) const LOST: &str = "lost";
pub(crate) const TWICE: &str = "twice";
pub(crate) const DAMAGED: &str = "damaged";

// What is checked.
pub(crate) const HOLDS: &str = " holds";
pub(crate) const IS_BROKEN: &str = " is broken";
pub(crate) const WAITS: &str = " waits for a whole and quiet network";
pub(crate) const FOR_WHOLE_NETWORK: &str = " for a whole network";
pub(crate) const EVENT: &str = "Event ";
pub(crate) const DIGEST: &str = " · digest ";
pub(crate) const STATE: &str = "State ";
pub(crate) const EQUAL_DIGESTS: &str = "Equal digests mean equal runs, on every machine.";

pub(crate) fn checked_on(protocol: &str) -> String {
    format!("What is checked on {protocol}")
}

pub(crate) fn checks_hold(count: usize) -> String {
    match count {
        1 => "1 check holds".to_string(),
        _ => format!("{count} checks hold"),
    }
}

pub(crate) fn checks_wait(count: usize) -> String {
    match count {
        1 => "1 check waits".to_string(),
        _ => format!("{count} checks wait"),
    }
}

pub(crate) fn not_promised(count: &str) -> String {
    format!(" is not promised; broken {count} times")
}

pub(crate) fn undecided(keys: &str) -> String {
    format!(" is not judged to the end for {keys} of the keys")
}

// The measures: in full, and where there is little room.
pub(crate) const NO_LEADER: [&str; 2] = ["Time without a leader", "No leader"];
pub(crate) const TWO_LEADERS: [&str; 2] = ["Two leaders at once", "Two leaders"];
pub(crate) const AT_RISK: [&str; 2] = ["One crash would lose", "One crash loses"];
pub(crate) const WRITES_LOST: [&str; 2] = ["Writes lost", "Writes lost"];
pub(crate) const MESSAGES_SENT: [&str; 2] = ["Messages sent", "Messages"];
pub(crate) const SECONDS: &str = " s";
pub(crate) const SECONDS_NOW: &str = " s now";

pub(crate) const fn writes(count: u64) -> &'static str {
    match count {
        1 => " write",
        _ => " writes",
    }
}

// The timeline and playback.
pub(crate) const TIMELINE: &str = "Timeline";
pub(crate) const TIME: &str = "Time";
pub(crate) const ACTS: &str = "Acts";
pub(crate) const ACTS_ON_BOTH: &str = "On both";
pub(crate) const BRANCH: &str = "Branch";
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

// What is told to those who listen.
pub(crate) const NETWORK_CUT: &str = "The network is cut.";
pub(crate) const NETWORK_CUT_ONE_WAY: &str = "The network is cut one way.";
pub(crate) const NETWORK_WHOLE: &str = "The network is whole again.";

pub(crate) fn leads(protocol: &str, id: NodeId, term: Option<u64>) -> String {
    match term {
        Some(term) => format!("{protocol}: {id} leads term {term}."),
        None => format!("{protocol}: {id} leads."),
    }
}

pub(crate) fn asks(protocol: &str, id: NodeId, term: Option<u64>) -> String {
    match term {
        Some(term) => format!("{protocol}: {id} asks for votes in term {term}."),
        None => format!("{protocol}: {id} calls an election."),
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
