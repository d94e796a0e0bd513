//! Timers by real time: the core says between which bounds, the host draws and remembers.

use consensus::Micros;
use consensus::raft::RaftTimer;
use std::collections::BTreeMap;
use std::io;
use std::time::{Duration, Instant};

/// The timers that run, each with the time at which it fires.
#[derive(Default)]
pub(crate) struct Timers {
    due: BTreeMap<RaftTimer, Instant>,
}

impl Timers {
    /// Starts a timer anew, at a moment drawn uniformly from `least..=most` from now.
    pub(crate) fn arm(&mut self, timer: RaftTimer, least: Micros, most: Micros) -> io::Result<()> {
        let span = most.since(least).0.saturating_add(1);
        // From the operating system: two servers must not draw alike.
        let drawn = getrandom::u64().map_err(io::Error::other)? % span;
        let delay = Duration::from_micros(least.0.saturating_add(drawn));
        self.due.insert(timer, Instant::now() + delay);
        Ok(())
    }

    /// Stops a timer.
    pub(crate) fn disarm(&mut self, timer: RaftTimer) {
        self.due.remove(&timer);
    }

    /// How long until the next one fires.
    pub(crate) fn until_next(&self) -> Duration {
        let next = self.due.values().min().copied();
        let until = next.map(|due| due.saturating_duration_since(Instant::now()));
        until.unwrap_or(Duration::from_secs(1))
    }

    /// Takes one that is due.
    pub(crate) fn fired(&mut self) -> Option<RaftTimer> {
        let now = Instant::now();
        let timer = *self.due.iter().find(|(_, due)| **due <= now)?.0;
        self.due.remove(&timer);
        Some(timer)
    }
}
