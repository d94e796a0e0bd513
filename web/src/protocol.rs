//! How the page speaks of each protocol.

use crate::text;
use scenario::ProtocolName;
use scene::RuleFace;

const fn words(protocol: ProtocolName) -> [&'static str; 3] {
    match protocol {
        ProtocolName::Raft => text::RAFT,
        ProtocolName::Almighty => text::OLDEST_PEER,
        ProtocolName::Watercraft => text::WATERCRAFT,
    }
}

/// The name that people read.
pub(crate) const fn title(protocol: ProtocolName) -> &'static str {
    words(protocol)[0]
}

/// The name of a side among those that are played: two of one protocol have a number each.
pub(crate) fn name(played: &[ProtocolName], place: usize) -> &'static str {
    let Some(protocol) = played.get(place).copied() else {
        return "";
    };
    let twins = played.iter().filter(|it| **it == protocol).count() > 1;
    match (protocol, place) {
        _ if !twins => title(protocol),
        (ProtocolName::Raft, place) => text::RAFTS[place.min(1)],
        (ProtocolName::Almighty, place) => text::OLDEST_PEERS[place.min(1)],
        (ProtocolName::Watercraft, place) => text::WATERCRAFTS[place.min(1)],
    }
}

/// Who leads, in a few words.
pub(crate) const fn subtitle(protocol: ProtocolName) -> &'static str {
    words(protocol)[1]
}

/// What is told before anything has happened.
pub(crate) const fn beginning(protocol: ProtocolName) -> &'static str {
    words(protocol)[2]
}

/// What its nodes show.
pub(crate) const fn face(protocol: ProtocolName) -> RuleFace {
    match protocol {
        ProtocolName::Raft => RuleFace::Votes,
        ProtocolName::Almighty | ProtocolName::Watercraft => RuleFace::Age,
    }
}
