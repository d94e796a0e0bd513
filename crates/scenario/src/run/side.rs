//! One side of a run: a protocol, the settings it plays under, and how far it is.

use crate::document::ProtocolName;
use crate::setup::Setup;
use alloc::boxed::Box;
use simulator::{Engine, Playback};

/// A protocol that plays a setup.
pub struct Side {
    protocol: ProtocolName,
    setup: Setup,
    pub(super) playback: Playback,
}

impl Side {
    /// A side at its beginning.
    #[must_use]
    pub fn new(protocol: ProtocolName, setup: Setup) -> Self {
        Self::played_by(setup.engine(protocol), protocol, setup)
    }

    /// The same, played by what [`Setup::engine`] makes of this setup under this protocol: for
    /// whoever does not carry the simulators of all protocols.
    #[must_use]
    pub fn played_by(engine: Box<dyn Engine>, protocol: ProtocolName, setup: Setup) -> Self {
        Self {
            protocol,
            setup,
            playback: Playback::new(engine),
        }
    }

    /// Which protocol is played.
    #[must_use]
    pub const fn protocol(&self) -> ProtocolName {
        self.protocol
    }

    /// The world at the start, and the settings of the protocol.
    #[must_use]
    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// What is played, at the run's moment.
    #[must_use]
    pub const fn playback(&self) -> &Playback {
        &self.playback
    }
}
