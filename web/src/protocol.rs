//! How the page speaks of each protocol.

use scenario::ProtocolName;
use scene::RuleFace;

/// The name that people read.
pub(crate) const fn title(protocol: ProtocolName) -> &'static str {
    match protocol {
        ProtocolName::Raft => "Raft",
        ProtocolName::Almighty => "Oldest peer",
        ProtocolName::Watercraft => "WaterCraft",
    }
}

/// Who leads, in a few words.
pub(crate) const fn subtitle(protocol: ProtocolName) -> &'static str {
    match protocol {
        ProtocolName::Raft => "Most votes lead",
        ProtocolName::Almighty => "The longest here leads",
        ProtocolName::Watercraft => "The first admitted leads",
    }
}

/// What is told before anything has happened.
pub(crate) const fn beginning(protocol: ProtocolName) -> &'static str {
    match protocol {
        ProtocolName::Raft => "Nobody leads yet. The first timer to run out asks for votes.",
        ProtocolName::Almighty => "Nobody leads yet. Whoever has been here longest will.",
        ProtocolName::Watercraft => "Nobody leads yet. A will, and admits whoever calls.",
    }
}

/// What its nodes show.
pub(crate) const fn face(protocol: ProtocolName) -> RuleFace {
    match protocol {
        ProtocolName::Raft => RuleFace::Votes,
        ProtocolName::Almighty | ProtocolName::Watercraft => RuleFace::Age,
    }
}
