//! What a first visit is invited to.

use consensus::NodeId;

pub(crate) fn stop_it(leader: NodeId) -> String {
    format!("{leader} leads. Stop it, and see who takes over.")
}
