//! The measures: in full, and where there is little room.

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
