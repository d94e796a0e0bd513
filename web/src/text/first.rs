//! What a first visit is invited to.

use consensus::NodeId;

/// What stands alone where there is little room, and how it goes on.
pub(crate) fn stop_it(leader: NodeId) -> [String; 2] {
    [
        format!("{leader} leads. Stop it"),
        ", and see who takes over".to_string(),
    ]
}
