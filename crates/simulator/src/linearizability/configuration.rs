//! One way in which calls may have taken effect so far.

use super::past::Past;
use super::pending::Effects;

/// What an order of the calls leaves behind, besides the key's value: all that matters for what may
/// be answered next.
///
/// Writes are put into the order as late as can be. One that nobody is known to have seen can still
/// be put in front of the latest change of the value, if it was asked for before that: the change
/// hides it from all but the reads that were open then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Configuration {
    /// When the value changed last; 0 at the start.
    pub(super) since: u64,
    /// The pending writes that took effect.
    pub(super) effects: Effects,
    /// Earlier values, as far as they are not known to all configurations.
    pub(super) past: Past,
}

impl Configuration {
    /// A pending write of this value takes effect.
    pub(super) fn with_effect(mut self, value: u64, time: u64) -> Self {
        self.effects.add(value, time);
        self
    }

    /// The value was this one until now.
    pub(super) fn changed(mut self, before: Option<u64>, now: u64) -> Self {
        self.past.add(before, now);
        self.since = now;
        self
    }

    /// The key had this value for a moment, right before the latest change.
    pub(super) fn hide(&mut self, value: u64) {
        self.past.add(Some(value), self.since);
    }

    /// Whether a read that was asked for then may have seen this earlier value.
    pub(super) fn showed(&self, value: Option<u64>, asked: u64) -> bool {
        self.past.until(value).is_some_and(|until| until > asked)
    }

    /// Whether whatever `other`, with the same value, may explain from here on, this one explains
    /// too.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let seen = |(value, until)| self.past.until(value).is_some_and(|it| it >= until);
        self.since >= other.since
            && self.effects.leave_as_much_as(&other.effects)
            && other.past.iter().all(seen)
    }

    /// How many entries it has.
    pub(super) fn size(&self) -> usize {
        1 + self.effects.len() + self.past.len()
    }
}
