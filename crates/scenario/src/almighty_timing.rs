//! Almighty's settings as a scenario writes them.

use crate::span::Span;
use consensus::Micros;
use consensus::almighty::{self, AlmightySettings, IdentityStamp};
use serde::{Deserialize, Serialize};

/// Almighty's settings (A1, A8, A15, A17 to A20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct AlmightyTiming {
    /// How often a peer pings its leader.
    pub ping_interval: Span,
    /// How many missed pongs mean that the leader is dead.
    pub missed_pongs: u32,
    /// How long a joiner waits for a leader's answer.
    pub join_timeout: Span,
    /// How long an election waits for its winner.
    pub winner_timeout: Span,
    /// How long an election id stays open after its first winner.
    pub settle_window: Span,
    /// After how many ping intervals a leader announces itself again; 0 for never.
    pub reannounce_every: u32,
    /// How often a leader makes a new secret; left out for never.
    pub secret_rotation: Option<Span>,
    /// Whether the leader stamps a joiner's identity, instead of the joiner's own clock.
    pub leader_stamps: bool,
    /// The rule that every peer breaks, to see a check catch it; left out for none.
    pub mutant: Option<almighty::Mutant>,
}

impl Default for AlmightyTiming {
    fn default() -> Self {
        Self::of(&AlmightySettings::default())
    }
}

impl AlmightyTiming {
    /// What a file says of settings like these.
    #[must_use]
    pub fn of(settings: &AlmightySettings) -> Self {
        Self {
            ping_interval: Span(settings.ping_interval),
            missed_pongs: settings.missed_pongs,
            join_timeout: Span(settings.join_timeout),
            winner_timeout: Span(settings.winner_timeout),
            settle_window: Span(settings.settle_window),
            reannounce_every: settings.reannounce_every.unwrap_or(0),
            secret_rotation: settings.secret_rotation.map(Span),
            leader_stamps: settings.stamp == IdentityStamp::Leader,
            mutant: settings.mutant,
        }
    }

    /// The settings as the protocol takes them.
    #[must_use]
    pub fn settings(&self) -> AlmightySettings {
        AlmightySettings {
            ping_interval: self.ping_interval.0,
            missed_pongs: self.missed_pongs,
            join_timeout: self.join_timeout.0,
            winner_timeout: self.winner_timeout.0,
            settle_window: self.settle_window.0,
            reannounce_every: (self.reannounce_every > 0).then_some(self.reannounce_every),
            secret_rotation: self.secret_rotation.map(|span| span.0),
            stamp: if self.leader_stamps {
                IdentityStamp::Leader
            } else {
                IdentityStamp::Joiner
            },
            mutant: self.mutant,
        }
    }
}

/// How long it takes, besides [`quiet_per_node`], until the oldest leads alone: to meet again
/// (A20), to find a leader dead (A17), to join (A15), which takes longer without a stamp of one's
/// own (A1), and to settle (A19); all of it twice, since a merged ledger presumes the dead alive.
pub(crate) fn quiet(settings: &AlmightySettings) -> Micros {
    let ping = settings.ping_interval;
    let missed = u64::from(settings.missed_pongs);
    let meet = ping * u64::from(settings.reannounce_every.unwrap_or(0));
    let find = ping * (missed + 2);
    let stamp = match settings.stamp {
        IdentityStamp::Leader => ping * (missed + 1),
        IdentityStamp::Joiner => Micros::ZERO,
    };
    let join = settings.join_timeout + stamp;
    let join = join + Micros(join.0 / 2);
    (meet + find + join + settings.settle_window) * 2
}

/// How long an election waits for one silent winner (A18), twice for the same reason.
pub(crate) fn quiet_per_node(settings: &AlmightySettings) -> Micros {
    (settings.winner_timeout + Micros(settings.winner_timeout.0 / 3)) * 2
}

/// The longest one-way delay at which nobody alive is taken for dead: each wait is longer than
/// there and back (A15, A17, A18).
pub(crate) fn quiet_delay(settings: &AlmightySettings) -> Micros {
    let pongs = settings.ping_interval * u64::from(settings.missed_pongs);
    let wait = settings
        .join_timeout
        .min(settings.winner_timeout)
        .min(pongs);
    Micros(wait.0.saturating_sub(1) / 2)
}
