//! What is told to those who listen.

use crate::announcer::{News, Rank};
use crate::protocol;
use crate::text;
use consensus::{Mandate, Micros, Observation, Role};
use scenario::ProtocolName;
use scenario::simulator::{Action, Happening, TimedAction, What};

/// The latest election or leader.
pub(super) fn leader(protocol: ProtocolName, story: &[Happening]) -> News {
    let title = protocol::title(protocol);
    let term = |mandate| match mandate {
        Mandate::Term(term) => Some(term),
        Mandate::Election { .. } => None,
    };
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
            ) => Some((Rank::Leader, text::leads(title, node, term(mandate)))),
            What::Observed(node, Observation::ElectionCalled(mandate)) => {
                Some((Rank::Election, text::asks(title, node, term(mandate))))
            }
            _ => None,
        });
    let (rank, words) = told.unwrap_or_default();
    News { rank, words }
}

/// The latest cut, or that there is none any more.
pub(super) fn cut(script: &[TimedAction], at: Micros) -> News {
    let told = script
        .iter()
        .rev()
        .filter(|timed| timed.at <= at)
        .find_map(|timed| match timed.action {
            Action::Cut(_) => Some(text::NETWORK_CUT),
            Action::CutOneWay { .. } => Some(text::NETWORK_CUT_ONE_WAY),
            Action::Heal => Some(text::NETWORK_WHOLE),
            _ => None,
        });
    News {
        rank: Rank::Cut,
        words: told.unwrap_or_default().to_string(),
    }
}
