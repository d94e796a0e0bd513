//! WaterCraft's settings as a scenario writes them.

use crate::span::Span;
use consensus::Micros;
use consensus::watercraft::{self, ReportKind, WatercraftSettings};
use serde::{Deserialize, Serialize};

/// WaterCraft's settings (W1, W5, W6, W10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct WatercraftTiming {
    /// How often a node calls its host.
    pub call_interval: Span,
    /// How many missed answers mean that a host is dead, and how many missed calls that a node is.
    pub missed_calls: u32,
    /// How long a node's first call waits for an answer.
    pub contact_timeout: Span,
    /// After how many rounds a host calls the nodes that are not on its list; 0 for never.
    pub host_call_every: u32,
    /// What a call reports: the number of nodes, or the version of the list.
    pub report: ReportKind,
    /// The rule that every node breaks, to see a check catch it; left out for none.
    pub mutant: Option<watercraft::Mutant>,
}

impl Default for WatercraftTiming {
    fn default() -> Self {
        Self::of(&WatercraftSettings::default())
    }
}

impl WatercraftTiming {
    /// What a file says of settings like these.
    #[must_use]
    pub fn of(settings: &WatercraftSettings) -> Self {
        Self {
            call_interval: Span(settings.call_interval),
            missed_calls: settings.missed_calls,
            contact_timeout: Span(settings.contact_timeout),
            host_call_every: settings.host_call_every.unwrap_or(0),
            report: settings.report,
            mutant: settings.mutant,
        }
    }

    /// The settings as the protocol takes them.
    #[must_use]
    pub fn settings(&self) -> WatercraftSettings {
        WatercraftSettings {
            call_interval: self.call_interval.0,
            missed_calls: self.missed_calls,
            contact_timeout: self.contact_timeout.0,
            host_call_every: (self.host_call_every > 0).then_some(self.host_call_every),
            report: self.report,
            mutant: self.mutant,
        }
    }
}

/// How long it takes, besides [`quiet_per_node`], until the oldest hosts alone:
/// `(m + 1)(n + 2) + 3r` rounds and `1½ (n + m)` contact timeouts, for `n` nodes, `m` answers that
/// may be missed, and `r` rounds between a host's calls to whom it does not list.
pub(crate) fn quiet(settings: &WatercraftSettings) -> Micros {
    let calls = u64::from(settings.host_call_every.unwrap_or(0));
    let rounds = settings.call_interval * (2 * missed(settings) + 3 * calls);
    rounds + contact(settings) * u64::from(settings.missed_calls)
}

/// The share of each node.
pub(crate) fn quiet_per_node(settings: &WatercraftSettings) -> Micros {
    settings.call_interval * missed(settings) + contact(settings)
}

/// How long one contact is waited for at most.
fn contact(settings: &WatercraftSettings) -> Micros {
    settings.contact_timeout + Micros(settings.contact_timeout.0 / 2)
}

/// The longest one-way delay at which nobody alive is taken for dead.
pub(crate) fn quiet_delay(settings: &WatercraftSettings) -> Micros {
    let calls = settings.call_interval * u64::from(settings.missed_calls);
    let wait = settings.contact_timeout.min(calls);
    Micros(wait.0.saturating_sub(1) / 2)
}

fn missed(settings: &WatercraftSettings) -> u64 {
    u64::from(settings.missed_calls) + 1
}
