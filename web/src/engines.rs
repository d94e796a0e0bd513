//! What plays each protocol: Raft's simulator is here from the start, each other one in a chunk.

use crate::callbacks::Link;
use crate::chunk::{Absent, Chunk, chunk};
use crate::text;
use scenario::simulator::Engine;
use scenario::{ProtocolName, Setup, Side};

/// Makes a run at its beginning.
type Make = fn(&Setup) -> Box<dyn Engine>;

chunk! {
    /// Fetches what plays Almighty.
    almighty: Make = Setup::almighty_engine;
}

chunk! {
    /// Fetches what plays WaterCraft.
    watercraft: Make = Setup::watercraft_engine;
}

/// The simulators of all protocols.
pub(crate) struct Engines {
    almighty: Chunk<Make>,
    watercraft: Chunk<Make>,
}

impl Default for Engines {
    fn default() -> Self {
        Self {
            almighty: Chunk::new(almighty),
            watercraft: Chunk::new(watercraft),
        }
    }
}

impl Engines {
    fn chunk(&self, protocol: ProtocolName) -> Option<&Chunk<Make>> {
        match protocol {
            ProtocolName::Raft => None,
            ProtocolName::Almighty => Some(&self.almighty),
            ProtocolName::Watercraft => Some(&self.watercraft),
        }
    }

    /// Asks for what plays these protocols; false where something of it is not here.
    pub(crate) fn ask(&self, link: &Link, protocols: &[ProtocolName]) -> bool {
        let chunks = protocols.iter().filter_map(|it| self.chunk(*it));
        chunks.for_each(|chunk| chunk.ask(link));
        self.absent(protocols).is_none()
    }

    /// Why something that plays these protocols is not here; nothing where all of it is.
    pub(crate) fn absent(&self, protocols: &[ProtocolName]) -> Option<Absent> {
        let mut chunks = protocols.iter().filter_map(|it| self.chunk(*it));
        chunks.find_map(|chunk| chunk.contents().err())
    }

    /// A side under a protocol.
    ///
    /// # Errors
    ///
    /// Where what plays it is not here.
    pub(crate) fn side(&self, protocol: ProtocolName, setup: Setup) -> Result<Side, &'static str> {
        let make: Make = match self.chunk(protocol) {
            None => Setup::raft_engine,
            Some(chunk) => *chunk.contents().map_err(|_| text::NOT_FETCHED)?,
        };
        let engine = make(&setup);
        Ok(Side::played_by(engine, protocol, setup))
    }
}
