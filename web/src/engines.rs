//! What plays each protocol: Raft's simulator is here from the start, each other one in a chunk.

use crate::callbacks::Link;
use crate::chunk::{Absent, Chunk, chunk};
use crate::chunks::Chunks;
use crate::text;
use consensus::almighty::Almighty;
use consensus::watercraft::Watercraft;
use scenario::simulator::{Engine, Insight, insight};
use scenario::{ProtocolName, Setup, Side};

/// A closer look at a run; nothing where it is one of another protocol.
pub(crate) type LookInto = fn(&dyn Engine) -> Option<&dyn Insight>;

/// What plays a protocol.
pub(crate) struct Player {
    /// A run at its beginning.
    engine: fn(&Setup) -> Box<dyn Engine>,
    /// A closer look at one.
    insight: LookInto,
}

chunk! {
    /// Fetches what plays Almighty.
    almighty: Player = Player {
        engine: Setup::almighty_engine,
        insight: insight::<Almighty>,
    };
}

chunk! {
    /// Fetches what plays WaterCraft.
    watercraft: Player = Player {
        engine: Setup::watercraft_engine,
        insight: insight::<Watercraft>,
    };
}

impl Chunks {
    fn player(&self, protocol: ProtocolName) -> Option<&Chunk<Player>> {
        match protocol {
            ProtocolName::Raft => None,
            ProtocolName::Almighty => Some(&self.almighty),
            ProtocolName::Watercraft => Some(&self.watercraft),
        }
    }

    /// Asks for what plays these protocols; false where something of it is not here.
    pub(crate) fn ask_for(&self, link: &Link, protocols: &[ProtocolName]) -> bool {
        let chunks = protocols.iter().filter_map(|it| self.player(*it));
        chunks.for_each(|chunk| chunk.ask(link));
        self.absent(protocols).is_none()
    }

    /// Why something that plays these protocols is not here; nothing where all of it is.
    pub(crate) fn absent(&self, protocols: &[ProtocolName]) -> Option<Absent> {
        let mut chunks = protocols.iter().filter_map(|it| self.player(*it));
        chunks.find_map(|chunk| chunk.contents().err())
    }

    /// A side under a protocol.
    ///
    /// # Errors
    ///
    /// Where what plays it is not here.
    pub(crate) fn side(&self, protocol: ProtocolName, setup: Setup) -> Result<Side, &'static str> {
        let make = match self.player(protocol) {
            None => Setup::raft_engine,
            Some(chunk) => chunk.contents().map_err(|_| text::NOT_FETCHED)?.engine,
        };
        Ok(Side::played_by(make(&setup), protocol, setup))
    }

    /// A closer look at a side, where what takes it is here.
    pub(crate) fn insight<'a>(&self, side: &'a Side) -> Option<&'a dyn Insight> {
        let look = match self.player(side.protocol()) {
            None => self.dialogs.contents().ok()?.raft,
            Some(chunk) => chunk.contents().ok()?.insight,
        };
        look(side.playback().engine())
    }
}
