//! How clients behave.

use super::backoff::Backoff;
use super::breaker::BreakerSettings;
use consensus::Micros;
use serde::{Deserialize, Serialize};

/// How clients behave (F5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClientSettings {
    /// How long a client waits for the answer to one attempt; above 0.
    pub timeout: Micros,
    /// How often it asks in all before it gives a call up; 0 counts as 1.
    pub attempts: u32,
    /// How often in a row it follows a hint at once; after that it backs off first.
    pub redirects: u32,
    /// How long it waits after an attempt that failed.
    pub backoff: Backoff,
    /// When it leaves a node alone that does not answer; `None` for never.
    pub breaker: Option<BreakerSettings>,
    /// Whether it opens a session before it writes, and another when that one has expired (Raft
    /// thesis §6.3).
    pub opens_sessions: bool,
    /// Whether it asks anybody for a read first, instead of whoever it believes to lead (Raft
    /// thesis §6.4).
    pub reads_anywhere: bool,
}

impl Default for ClientSettings {
    /// 250 ms for an answer, 20 attempts, 3 redirects, a backoff from 50 ms to a second, and a
    /// breaker that opens for a second after 3 failures.
    fn default() -> Self {
        Self {
            timeout: Micros::from_millis(250),
            attempts: 20,
            redirects: 3,
            backoff: Backoff {
                base: Micros::from_millis(50),
                cap: Micros::from_secs(1),
            },
            breaker: Some(BreakerSettings {
                failures: 3,
                cooling: Micros::from_secs(1),
            }),
            opens_sessions: false,
            reads_anywhere: false,
        }
    }
}
