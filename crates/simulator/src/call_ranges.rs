//! Which calls something happened to, as ranges of their numbers.

use alloc::vec::Vec;
use consensus::{CallId, ClientId};
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// The most ranges that are kept of one client's calls.
const MOST_RANGES: usize = 32;

/// A set of calls whose size does not follow from how many there are. Nearly all calls of a client
/// follow each other, so a few ranges hold them. Where there would be more than [`MOST_RANGES`],
/// the oldest two become one: what lay between them counts as in the set from then on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct CallRanges(LiteMap<ClientId, Ranges>);

/// Those of one client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Ranges {
    /// First and last number of each, by rising numbers.
    ranges: Vec<(u64, u64)>,
    /// Numbers below this one may count as in the set without being there.
    blurred: u64,
}

impl CallRanges {
    /// Puts a call in.
    pub(crate) fn insert(&mut self, call: CallId) {
        self.0.entry(call.client).or_default().insert(call.sequence);
    }

    /// Whether the call is there, or lies where that is no longer known.
    pub(crate) fn contains(&self, call: CallId) -> bool {
        let ranges = self.0.get(&call.client);
        ranges.is_some_and(|it| it.contains(call.sequence))
    }

    /// Whether it is known that the call is there.
    pub(crate) fn surely_contains(&self, call: CallId) -> bool {
        let ranges = self.0.get(&call.client);
        ranges.is_some_and(|it| it.blurred <= call.sequence && it.contains(call.sequence))
    }
}

impl Ranges {
    fn contains(&self, number: u64) -> bool {
        let place = self.ranges.partition_point(|it| it.1 < number);
        self.ranges.get(place).is_some_and(|it| it.0 <= number)
    }

    fn insert(&mut self, number: u64) {
        // The first range that does not end well before it.
        let place = self
            .ranges
            .partition_point(|it| it.1.saturating_add(1) < number);
        match self.ranges.get_mut(place) {
            Some(range) if range.0 <= number.saturating_add(1) => {
                *range = (range.0.min(number), range.1.max(number));
                self.join(place);
            }
            _ => self.ranges.insert(place, (number, number)),
        }
        if self.ranges.len() > MOST_RANGES {
            let first = self.ranges.remove(0);
            if let Some(second) = self.ranges.first_mut() {
                self.blurred = second.0;
                second.0 = first.0;
            }
        }
    }

    /// Joins the range at `place` with the one behind it, where nothing lies between them.
    fn join(&mut self, place: usize) {
        let behind = self.ranges.get(place + 1).copied();
        if let (Some(range), Some(behind)) = (self.ranges.get_mut(place), behind)
            && range.1.saturating_add(1) >= behind.0
        {
            range.1 = range.1.max(behind.1);
            self.ranges.remove(place + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(sequence: u64) -> CallId {
        let client = ClientId(1);
        CallId { client, sequence }
    }

    fn holds(set: &CallRanges, numbers: impl Iterator<Item = u64>) -> Vec<u64> {
        numbers.filter(|it| set.contains(call(*it))).collect()
    }

    #[test]
    fn calls_in_any_order_are_there_and_no_others() {
        let mut set = CallRanges::default();
        for number in [5, 1, 2, 9, 4, 3, 11, u64::MAX, 5, 0] {
            set.insert(call(number));
            assert!(set.surely_contains(call(number)), "{number}");
        }
        assert_eq!(holds(&set, 0..14), [0, 1, 2, 3, 4, 5, 9, 11]);
        assert_eq!(holds(&set, u64::MAX - 1..=u64::MAX), [u64::MAX]);
        let client = ClientId(2);
        assert!(!set.contains(CallId {
            client,
            sequence: 1
        }));
    }

    #[test]
    fn it_stays_small_and_is_exact_for_the_latest() {
        let mut set = CallRanges::default();
        let all = 2_000;
        for number in (0..all).step_by(2) {
            set.insert(call(number));
        }
        let ranges = &set.0.get(&ClientId(1)).expect("it is there").ranges;
        assert_eq!(ranges.len(), MOST_RANGES);
        let exact = all - 2 * MOST_RANGES as u64 + 2..all;
        let there: Vec<u64> = exact.clone().step_by(2).collect();
        assert_eq!(holds(&set, exact), there);
        assert!(set.contains(call(7)) && !set.surely_contains(call(7)));
        assert!(!set.surely_contains(call(8)), "nobody knows any longer");
    }
}
