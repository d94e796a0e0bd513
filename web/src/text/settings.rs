//! The settings of the protocols, and the dialog in which they are changed.

pub(crate) const SETTINGS: &str = "Settings";
pub(crate) const USUAL: &str = "Defaults";
pub(crate) const PLAY_WITH_THESE: &str = "Play with these";
pub(crate) const PLAYS_ANEW: &str = "The same scenario and seed begin anew with these.";
pub(crate) const MS: &str = "ms";
pub(crate) const ON: &str = "on";
pub(crate) const OFF: &str = "off";
pub(crate) const NEVER: &str = "never";
pub(crate) const NO_NUMBER: &str = "Write a number, such as 150.";

// The parts of a protocol.
pub(crate) const ELECTIONS: &str = "Elections";
pub(crate) const REPLICATION: &str = "Replication";
pub(crate) const READS_AND_SESSIONS: &str = "Reads and sessions";
pub(crate) const SNAPSHOTS: &str = "Snapshots";
pub(crate) const HEARTBEATS: &str = "Heartbeats";
pub(crate) const JOINING: &str = "Joining";
pub(crate) const REIGNS: &str = "Reigns";
pub(crate) const MEETING: &str = "Meeting";

// What is counted.
pub(crate) const ENTRIES: &str = "entries";
pub(crate) const BYTES: &str = "bytes";
pub(crate) const MESSAGES: &str = "messages";
pub(crate) const PONGS: &str = "pongs";
pub(crate) const PINGS: &str = "pings";
pub(crate) const CALLS: &str = "calls";
pub(crate) const ROUNDS: &str = "rounds";

// Raft: each setting's name, how it is called among others, and what it means.
pub(crate) const SHORTEST_TIMEOUT: [&str; 3] = [
    "Shortest election timeout",
    "shortest election timeout",
    "How long a follower bears its leader’s silence at least.",
];
pub(crate) const LONGEST_TIMEOUT: [&str; 3] = [
    "Longest election timeout",
    "longest election timeout",
    "How long at most; each wait is drawn between the two.",
];
pub(crate) const HEARTBEAT: [&str; 3] = [
    "Heartbeat",
    "heartbeat",
    "How often a leader tells the others that it is there.",
];
pub(crate) const PRE_VOTE: [&str; 3] = [
    "Pre-vote",
    "pre-vote",
    "A server asks who would vote for it before it enters a new term.",
];
pub(crate) const CHECK_QUORUM: [&str; 3] = [
    "Check quorum",
    "check quorum",
    "A leader whom no majority answers steps down; a live one is stood by.",
];
pub(crate) const NO_OP: [&str; 3] = [
    "Empty first entry",
    "empty first entry",
    "A leader begins with an empty entry, which commits all before it.",
];
pub(crate) const REPLICATE: [&str; 3] = [
    "New entries are sent",
    "entries are sent",
    "At once is quicker; with heartbeats there are fewer messages.",
];
pub(crate) const WHENS: [&str; 2] = ["at once", "with the next heartbeat"];
pub(crate) const BATCH: [&str; 3] = [
    "Batch",
    "batch",
    "How many entries one message carries at most.",
];
pub(crate) const BATCH_BYTES: [&str; 3] = [
    "Batch in bytes",
    "batch",
    "How many bytes one message carries at most, where it has several entries.",
];
pub(crate) const IN_FLIGHT: [&str; 3] = [
    "Pipeline",
    "pipeline",
    "How many messages with entries may be on their way to one follower.",
];
pub(crate) const IN_FLIGHT_BYTES: [&str; 3] = [
    "Pipeline in bytes",
    "pipeline",
    "How many bytes of commands may be on their way to one follower.",
];
pub(crate) const UNCOMMITTED: [&str; 3] = [
    "Uncommitted at most",
    "uncommitted at most",
    "How much a leader keeps uncommitted before it refuses more.",
];
pub(crate) const FOLLOWER_READS: [&str; 3] = [
    "Followers answer reads",
    "follower reads",
    "Followers answer reads, too, once they have asked their leader.",
];
pub(crate) const READS: [&str; 3] = [
    "A leader reads",
    "reads",
    "How a leader makes sure that a read sees every finished write.",
];
pub(crate) const PATHS: [&str; 3] = ["through the log", "after a round of heartbeats", "by lease"];
pub(crate) const CLOCK_DRIFT: [&str; 3] = [
    "Clock drift",
    "clock drift",
    "By how much the speeds of two clocks may differ, as leases assume.",
];
pub(crate) const SESSIONS: [&str; 3] = [
    "Exactly once",
    "exactly once",
    "A command takes effect once, however often its client asks.",
];
pub(crate) const SESSION_EXPIRY: [&str; 3] = [
    "A session ends after",
    "sessions end after",
    "How long a client’s session lives without a command.",
];
pub(crate) const SNAPSHOT_EVERY: [&str; 3] = [
    "Snapshot after",
    "snapshot after",
    "After how many applied entries a server takes a snapshot.",
];
pub(crate) const ENTRIES_KEPT: [&str; 3] = [
    "Kept behind it",
    "kept behind a snapshot:",
    "How many entries stay in the log for followers a little behind.",
];
pub(crate) const SNAPSHOT_CHUNK: [&str; 3] = [
    "Piece of a snapshot",
    "pieces of snapshots",
    "How many bytes of a snapshot one message carries at most.",
];

// The oldest peer.
pub(crate) const PING_INTERVAL: [&str; 3] = [
    "Ping",
    "ping",
    "How often a peer asks whether its leader is there.",
];
pub(crate) const MISSED_PONGS: [&str; 3] = [
    "Patience",
    "patience",
    "How many pongs in a row may be missing before the leader counts as dead.",
];
pub(crate) const JOIN_TIMEOUT: [&str; 3] = [
    "Join timeout",
    "join timeout",
    "How long a joiner waits for a leader; up to half of it is added.",
];
pub(crate) const STAMP: [&str; 3] = [
    "The time of joining is by",
    "time of joining by",
    "Whose clock decides who is older.",
];
pub(crate) const STAMPS: [&str; 2] = ["the joiner’s clock", "the leader’s clock"];
pub(crate) const WINNER_TIMEOUT: [&str; 3] = [
    "Winner timeout",
    "winner timeout",
    "How long an election waits for its winner; up to a third of it is added.",
];
pub(crate) const SETTLE_WINDOW: [&str; 3] = [
    "Settling",
    "settling",
    "How long an election stays open after its first winner.",
];
pub(crate) const SECRET_ROTATION: [&str; 3] = [
    "New secret every",
    "new secret every",
    "How often a leader changes the secret of its reign.",
];
pub(crate) const REANNOUNCE: [&str; 3] = [
    "Announced again every",
    "announced again every",
    "How often a leader tells everybody of itself, so that clusters meet again.",
];

// WaterCraft.
pub(crate) const CALL_INTERVAL: [&str; 3] = ["Call", "call", "How often a node calls its host."];
pub(crate) const MISSED_CALLS: [&str; 3] = [
    "Patience",
    "patience",
    "How many calls in a row may fail before the other counts as dead.",
];
pub(crate) const REPORT: [&str; 3] = [
    "A call reports",
    "calls report",
    "By count, one that left and one that joined go unseen.",
];
pub(crate) const REPORTS: [&str; 2] = ["how many there are", "the version of the list"];
pub(crate) const CONTACT_TIMEOUT: [&str; 3] = [
    "Contact timeout",
    "contact timeout",
    "How long a first call waits for an answer; up to half of it is added.",
];
pub(crate) const HOST_CALL: [&str; 3] = [
    "The host calls others every",
    "host calls others every",
    "How often a host calls whom it does not list, so that hosts meet again.",
];

// What is wrong with them.
pub(crate) const LEASE_NEEDS_CHECK: &str = "Reads by lease need Check quorum: turn it on.";
pub(crate) const ROTATION_TOO_QUICK: &str = "A secret must live for a ping at least, or for ever.";
pub(crate) const TIMEOUTS_SWAPPED: &str = "The longest must not be shorter than the shortest.";

pub(crate) fn settings_of(name: &str) -> String {
    format!("Settings of {name}")
}

pub(crate) fn heartbeat_too_slow(most: &str) -> String {
    format!("At most {most}, a third of the shortest election timeout, or followers lose patience.")
}

/// The election timeout, where both its ends are told at once.
pub(crate) fn timeouts(least: &str, most: &str) -> String {
    format!("election timeout {least} to {most}")
}

pub(crate) fn and_more(count: usize) -> String {
    format!("and {count} more")
}

/// What a number may be.
pub(crate) fn from_to(least: &str, most: &str, unit: &str) -> String {
    format!("{least} to {most} {unit}")
}

pub(crate) fn or_never(range: &str) -> String {
    format!("{range}, or 0 for never")
}

pub(crate) fn usually(value: &str) -> String {
    format!("default {value}")
}

pub(crate) fn out_of_range(range: &str) -> String {
    format!("Write {range}.")
}
