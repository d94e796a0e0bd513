//! What happens to a node, in its menu.

use consensus::NodeId;

pub(crate) const WHAT_CAN_BE_DONE: &str = "What can be done to it";
pub(crate) const ON_BOTH_SIDES: &str = "On both sides";
pub(crate) const STOP: [&str; 2] = ["Stop", "its disk remembers"];
pub(crate) const START: [&str; 2] = ["Start", "from its disk"];
pub(crate) const PAUSE_NODE: [&str; 2] = ["Pause", "it keeps all it knows"];
pub(crate) const GO_ON: [&str; 2] = ["Go on", "from where it stands"];
pub(crate) const FULL_SPEED: [&str; 2] = ["Full speed", "takes messages at once"];
pub(crate) const SLOW_DOWN: &str = "Slow down";
pub(crate) const TIME_OUT: [&str; 2] = ["Time out now", "it calls an election"];
pub(crate) const LEAVE: [&str; 2] = ["Leave", "says good-bye and goes"];
pub(crate) const LEAVE_RAFT: [&str; 2] = ["Leave", "is taken out, then goes"];
pub(crate) const JOIN_AGAIN: [&str; 2] = ["Join", "learns, then votes"];
pub(crate) const TRANSFER: [&str; 2] = ["Hand over to it", "the leader lets it lead"];
pub(crate) const SNAPSHOT: [&str; 2] = ["Take snapshot", "its log begins after it"];
pub(crate) const PROMOTE: [&str; 2] = ["Promote", "a learner gets a vote"];
pub(crate) const REMOVE: [&str; 2] = ["Remove server", "it votes no more"];
pub(crate) const ADD_LEARNER: [&str; 2] = ["Add as learner", "gets the log, no vote"];
pub(crate) const READ_HERE: [&str; 2] = ["Read", "as a client"];
pub(crate) const RAFT_ONLY: &str = "Raft only";
pub(crate) const HOW_SLOW: &str = "How long it works on each message";
pub(crate) const STOPPED: &str = "stopped";
pub(crate) const PAUSED: &str = "paused";
pub(crate) const SLOW: &str = "slow";
pub(crate) const FOLLOWER: &str = "follower";
pub(crate) const CANDIDATE: &str = "candidate";
pub(crate) const LEADER: &str = "leader";

pub(crate) fn node(id: NodeId) -> String {
    format!("Node {id}")
}

/// Why a leader refuses to change the members, and what to do about it.
pub(crate) fn changes_nothing_yet(leader: NodeId) -> String {
    format!(
        "{leader} has committed nothing in its term yet, and refuses to change the members until \
         then: write a value first."
    )
}

pub(crate) fn write_at(id: NodeId) -> String {
    format!("Write at {id}")
}

pub(crate) fn read_at(id: NodeId) -> String {
    format!("Read at {id}")
}

pub(crate) fn each_message(millis: u64) -> String {
    match millis {
        1_000 => "1 s each".to_string(),
        _ => format!("{millis} ms each"),
    }
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
