//! What else can happen.

pub(crate) const MORE_CAN_HAPPEN: &str = "More that can happen";
pub(crate) const A_CLIENT_ASKS: &str = "A client asks";
pub(crate) const A_NODE_COMES: &str = "A node comes";
pub(crate) const CLIENT: &str = "Who";
pub(crate) const ASKS: &str = "asks";
pub(crate) const WHOEVER_LEADS: &str = "whoever leads";
pub(crate) const KEY_OF_REGISTER: &str = "Key";
pub(crate) const VALUE_SHORT: &str = "Value";
pub(crate) const READ: &str = "Read";
pub(crate) const WHO: &str = "Which";
pub(crate) const JOINS: &str = "Join";
pub(crate) const NEEDS_LEADER: &str = "A learner is added by a leader: nobody leads now.";
pub(crate) const JOIN_HINT: &str =
    "Who joins Raft learns first and then votes; a learner gets the log until it is promoted.";
pub(crate) const NOBODY_CAN_COME: &str = "Everybody is here: there are no more names.";
