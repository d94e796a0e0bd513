//! What plays each protocol: Raft's simulator is here from the start, each other one in a chunk.

use crate::account::{Account, LookInto, account};
use crate::callbacks::Link;
use crate::chunk::{Absent, Chunk, chunk};
use crate::text;
use consensus::almighty::Almighty;
use consensus::watercraft::Watercraft;
use scenario::simulator::{Checks, Engine, Insight, insight};
use scenario::{ProtocolName, Run, Setup, Side};

/// What plays a protocol.
pub(crate) struct Player {
    /// A run at its beginning.
    engine: fn(&Setup, Checks) -> Box<dyn Engine>,
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

/// The simulators of all protocols, and the account of what they play; clones hold the same.
#[derive(Clone)]
pub(crate) struct Engines {
    /// What there is to tell of a run.
    pub(crate) account: Chunk<Account>,
    almighty: Chunk<Player>,
    watercraft: Chunk<Player>,
}

impl Default for Engines {
    fn default() -> Self {
        Self {
            account: Chunk::new(account),
            almighty: Chunk::new(almighty),
            watercraft: Chunk::new(watercraft),
        }
    }
}

impl Engines {
    fn chunk(&self, protocol: ProtocolName) -> Option<&Chunk<Player>> {
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

    /// A run at its beginning; nothing where what plays it is not here. It is checked where the
    /// account is here.
    fn engine(&self, protocol: ProtocolName, setup: &Setup) -> Option<Box<dyn Engine>> {
        let account = self.account.contents();
        let checks = account.map_or(Checks::NONE, |account| account.checks);
        Some(match self.chunk(protocol) {
            None => setup.raft_engine(checks),
            Some(chunk) => (chunk.contents().ok()?.engine)(setup, checks),
        })
    }

    /// A side under a protocol.
    ///
    /// # Errors
    ///
    /// Where what plays it is not here.
    pub(crate) fn side(&self, protocol: ProtocolName, setup: Setup) -> Result<Side, &'static str> {
        let engine = self.engine(protocol, &setup).ok_or(text::NOT_FETCHED)?;
        Ok(Side::played_by(engine, protocol, setup))
    }

    /// Checks what was played without checks, from its beginning on, once they are here.
    pub(crate) fn check(&self, run: &mut Run) {
        let unchecked = |side: &Side| {
            let engine = side.playback().engine();
            engine.checks(engine.now()).is_empty()
        };
        if self.account.contents().is_ok() && run.sides().iter().any(unchecked) {
            run.replay(&|side| self.engine(side.protocol(), side.setup()));
        }
    }

    /// The digest of a run's full state, where what tells it is here.
    pub(crate) fn state_digest(&self, side: &Side) -> Option<u64> {
        let look: LookInto = match self.chunk(side.protocol()) {
            None => self.account.contents().ok()?.raft,
            Some(chunk) => chunk.contents().ok()?.insight,
        };
        look(side.playback().engine()).map(Insight::state_digest)
    }
}
