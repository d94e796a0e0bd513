//! What is told to those who listen.

use crate::protocol;
use consensus::{Mandate, Micros, Observation, Role};
use scenario::ProtocolName;
use scenario::simulator::{Action, Happening, TimedAction, What};

/// The latest election or leader.
pub(super) fn leader(protocol: ProtocolName, story: &[Happening]) -> String {
    let told = story
        .iter()
        .rev()
        .find_map(|happening| match happening.what {
            What::Observed(
                node,
                Observation::Role {
                    role: Role::Leader,
                    mandate,
                },
            ) => Some(match mandate {
                Mandate::Term(term) => format!("{node} leads term {term}."),
                Mandate::Election { .. } => format!("{node} leads."),
            }),
            What::Observed(node, Observation::ElectionCalled(mandate)) => Some(match mandate {
                Mandate::Term(term) => format!("{node} asks for votes in term {term}."),
                Mandate::Election { .. } => format!("{node} calls an election."),
            }),
            _ => None,
        });
    told.map_or_else(String::new, |told| {
        format!("{}: {told}", protocol::title(protocol))
    })
}

/// The latest cut, or that there is none any more.
pub(super) fn cut(script: &[TimedAction], at: Micros) -> String {
    let told = script
        .iter()
        .rev()
        .filter(|timed| timed.at <= at)
        .find_map(|timed| match timed.action {
            Action::Cut(_) => Some("The network is cut."),
            Action::CutOneWay { .. } => Some("The network is cut one way."),
            Action::Heal => Some("The network is whole again."),
            _ => None,
        });
    told.unwrap_or_default().to_string()
}
