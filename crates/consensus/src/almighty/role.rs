//! What a peer is at the moment, each role with the data that only it has.

use super::election::ElectionId;
use super::identity::Identity;
use super::mutant::Mutant;
use super::secret::{Secret, Session};
use super::settings::AlmightySettings;
use crate::node::{Life, NodeId};
use crate::time::Micros;
use litemap::LiteMap;

/// What a peer is at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Seat {
    /// It knows no leader and waits to hear of one (A15).
    Seeking {
        /// The latest election that it heard of meanwhile.
        heard: Option<ElectionId>,
    },
    /// It takes part in an open election (A18).
    Electing(Electing),
    /// It follows a leader.
    Following(Following),
    /// It leads.
    Leading(Leading),
    /// It said good-bye (A14).
    Gone,
}

/// A part in an open election.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Electing {
    pub(super) id: ElectionId,
    /// Whom it waits for; itself while it waits for its secret.
    pub(super) expected: Life,
}

/// A follower's view of its leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Following {
    pub(super) id: ElectionId,
    pub(super) leader: Identity,
    pub(super) session: Session,
    /// Whether the last ping has no good pong yet.
    pub(super) awaiting: bool,
    /// How many pings in a row went unanswered (A17).
    pub(super) unanswered: u32,
}

impl Following {
    /// Whether a pong that carries this comes from the leader that was followed all along (A5).
    pub(super) fn proved_by(&self, secret: Option<Secret>, settings: &AlmightySettings) -> bool {
        let refused =
            settings.breaks(Mutant::PreviousSecretRefused) && secret != Some(self.session.current);
        settings.breaks(Mutant::AnyPongAccepted)
            || secret.is_some_and(|secret| self.session.proves(secret) && !refused)
    }
}

/// A leader's own data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Leading {
    pub(super) id: ElectionId,
    pub(super) session: Session,
    /// What it hears of each peer presumed alive.
    pub(super) hearings: LiteMap<NodeId, Hearing>,
    /// Ping intervals since its last announcement (A20).
    pub(super) intervals: u32,
    /// Whether its ledger's marks changed since they were last told (A17).
    pub(super) untold: bool,
    /// The face-off under way (A10).
    pub(super) facing: Option<Facing>,
    /// Whether it waits for a new secret (A8).
    pub(super) rotating: bool,
}

/// What a leader hears of one peer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Hearing {
    /// Ping intervals that passed without a ping.
    pub(super) silent: u32,
    /// When it last pinged, by the monotonic clock.
    pub(super) last: Option<Micros>,
    /// Whether it pinged under this reign.
    pub(super) follows: bool,
}

/// A face-off that waits for its answer (A10, A11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Facing {
    pub(super) with: NodeId,
    pub(super) theirs: ElectionId,
    /// How often it was sent.
    pub(super) tries: u32,
    /// Whether the own ledger went out to everyone.
    pub(super) told: bool,
}

impl Seat {
    /// The election that the peer takes part in or lives under.
    pub(super) fn election(&self) -> Option<ElectionId> {
        match self {
            Self::Seeking { .. } | Self::Gone => None,
            Self::Electing(electing) => Some(electing.id),
            Self::Following(following) => Some(following.id),
            Self::Leading(leading) => Some(leading.id),
        }
    }

    /// The secret that the peer expects or gives.
    pub(super) fn secret(&self) -> Option<Secret> {
        match self {
            Self::Following(following) => Some(following.session.current),
            Self::Leading(leading) => Some(leading.session.current),
            _ => None,
        }
    }
}
