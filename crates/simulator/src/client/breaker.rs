//! A circuit breaker: it keeps a client from hammering a node that does not answer (F5).

use consensus::Micros;
use serde::{Deserialize, Serialize};

/// When a breaker opens, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BreakerSettings {
    /// After how many attempts in a row without an answer in time it opens; 0 counts as 1.
    pub failures: u32,
    /// How long it stays open before it lets one call through to try the node.
    pub cooling: Micros,
}

/// What a breaker does with calls to its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BreakerState {
    /// It lets them through.
    Closed,
    /// It lets none through.
    Open,
    /// It lets one through, the probe; what becomes of that decides.
    HalfOpen,
}

impl BreakerState {
    /// The name that traces and pages use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half-open",
        }
    }
}

/// The call that tries a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Probe {
    sequence: u64,
    due: Micros,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Phase {
    #[default]
    Closed,
    Open {
        cools: Micros,
    },
    HalfOpen {
        probe: Option<Probe>,
    },
}

/// One client's breaker for one node. While it is open nothing but time moves it; while it is
/// half-open, nothing but its probe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Breaker {
    failures: u32,
    phase: Phase,
}

impl Breaker {
    /// What it does with calls.
    pub(crate) const fn state(&self) -> BreakerState {
        match self.phase {
            Phase::Closed => BreakerState::Closed,
            Phase::Open { .. } => BreakerState::Open,
            Phase::HalfOpen { .. } => BreakerState::HalfOpen,
        }
    }

    /// How many attempts in a row got no answer in time.
    pub(crate) const fn failures(&self) -> u32 {
        self.failures
    }

    /// Until when it is open.
    pub(crate) const fn cools(&self) -> Option<Micros> {
        match self.phase {
            Phase::Open { cools } => Some(cools),
            Phase::Closed | Phase::HalfOpen { .. } => None,
        }
    }

    /// When it may let a call through that it stops now; `None` where it lets one through now.
    pub(crate) fn stops_until(&self) -> Option<Micros> {
        match self.phase {
            Phase::Closed => None,
            Phase::Open { cools } => Some(cools),
            Phase::HalfOpen { probe } => probe.map(|probe| probe.due),
        }
    }

    /// A call goes through, to be answered by `due`.
    pub(crate) fn pass(&mut self, sequence: u64, due: Micros) {
        if let Phase::HalfOpen { probe } = &mut self.phase {
            *probe = Some(Probe { sequence, due });
        }
    }

    /// An attempt was answered in time; true where that closes the breaker.
    pub(crate) fn succeed(&mut self, sequence: u64) -> bool {
        let closes = self.is_probed_by(sequence);
        if closes || self.phase == Phase::Closed {
            *self = Self::default();
        }
        closes
    }

    /// An attempt was not answered in time; true where that opens the breaker.
    pub(crate) fn fail(&mut self, sequence: u64, settings: BreakerSettings, now: Micros) -> bool {
        self.failures = self.failures.saturating_add(1);
        let opens = match self.phase {
            Phase::Closed => self.failures >= settings.failures,
            Phase::Open { .. } => false,
            Phase::HalfOpen { .. } => self.is_probed_by(sequence),
        };
        if opens {
            let cools = now + settings.cooling;
            self.phase = Phase::Open { cools };
        }
        opens
    }

    /// It has cooled.
    pub(crate) fn half_open(&mut self) {
        self.phase = Phase::HalfOpen { probe: None };
    }

    /// A call ended elsewhere: where it was the probe, another may be.
    pub(crate) fn release(&mut self, sequence: u64) {
        if self.is_probed_by(sequence) {
            self.half_open();
        }
    }

    fn is_probed_by(&self, sequence: u64) -> bool {
        matches!(self.phase, Phase::HalfOpen { probe: Some(probe) } if probe.sequence == sequence)
    }
}
