//! Which of two scenarios is smaller.

use crate::document::Scenario;
use crate::name::NodeName;
use crate::span::SignedSpan;
use serde_json::Value;

/// Shares of messages and writes.
const SHARES: [&str; 5] = [
    "loss-per-million",
    "duplication-per-million",
    "reordering-per-million",
    "corruption-per-million",
    "disorder-per-million",
];
/// A share of all.
const ALL: u64 = 1_000_000;
/// Fields that weigh nothing, or are weighed by themselves.
const APART: [&str; 8] = [
    "title",
    "about",
    "watch",
    "covers",
    "protocols",
    "nodes",
    "clients",
    "seed",
];

/// How much there is to read and to understand in a scenario: what comes first counts first. Every
/// part is a whole number, so no scenario can be made smaller without end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weight {
    /// Shares that leave it to chance what befalls a message or a write.
    chance: u64,
    steps: u64,
    /// Nodes of the start, and those that come later.
    pub(super) nodes: u64,
    clients: u64,
    /// Fields that are not as by default, those of steps included.
    fields: u64,
    /// Ranges of time that are not as by default and hold more than one.
    ranges: u64,
    /// Digits of all numbers and spans of time but for the noughts at their ends; whoever leads
    /// counts as one, since only the run tells who that is.
    digits: u64,
    /// The sum of all numbers and of all spans in microseconds.
    sum: u64,
    seed: u64,
}

impl Weight {
    /// The weight of a scenario, given as a file without what is as by default as well.
    pub(super) fn of(scenario: &Scenario, file: &Value) -> Self {
        let mut weight = Self {
            steps: scenario.steps.len() as u64,
            nodes: scenario.every_node().len() as u64,
            clients: u64::from(scenario.clients),
            seed: scenario.seed,
            ..Self::default()
        };
        for (name, value) in file.as_object().into_iter().flatten() {
            if !APART.contains(&&**name) && name != "expect" {
                weight.add(name, value);
            }
        }
        weight
    }

    /// Whether any share of messages or writes is left to chance.
    pub(super) const fn leaves_to_chance(&self) -> bool {
        self.chance > 0
    }

    fn add(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, it)| self.add(name, it)),
            Value::Array(entries) => {
                if let [least, most] = &**entries {
                    let is_range = span(least).is_some() && least != most;
                    self.ranges += u64::from(is_range);
                }
                entries.iter().for_each(|it| self.add(name, it));
            }
            value => {
                self.fields += 1;
                self.add_number(name, value);
            }
        }
    }

    fn add_number(&mut self, name: &str, value: &Value) {
        if let Some(number) = value.as_u64().or_else(|| signed(value.as_i64()?)) {
            // How much later one comes that is overtaken is drawn even where all are.
            let is_certain = number == 0 || number == ALL && name != "reordering-per-million";
            let is_chance = SHARES.contains(&name) && !is_certain;
            self.chance += u64::from(is_chance);
            self.digits += digits(number);
            self.sum = self.sum.saturating_add(number);
        } else if let Some(span) = span(value) {
            self.digits += digits(span);
            self.sum = self.sum.saturating_add(span);
        } else if let Some(node) = value.as_str().and_then(|it| NodeName::parse(it).ok()) {
            self.sum = self.sum.saturating_add(u64::from(node.0.0));
        } else if value == "leader" {
            self.digits += 1;
        }
    }
}

const fn signed(number: i64) -> Option<u64> {
    Some(number.unsigned_abs())
}

/// A span of time in microseconds, whichever way it leads.
fn span(value: &Value) -> Option<u64> {
    let span = SignedSpan::parse(value.as_str()?).ok()?;
    Some(span.0.unsigned_abs())
}

/// How many digits a number has without the noughts at its end.
fn digits(mut number: u64) -> u64 {
    while number > 0 && number.is_multiple_of(10) {
        number /= 10;
    }
    u64::from(number.checked_ilog10().map_or(0, |it| it + 1))
}
