//! What is told to those who listen.

use consensus::NodeId;

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
