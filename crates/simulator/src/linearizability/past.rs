//! The values that a key had earlier, as far as open reads may have seen them.

use litemap::LiteMap;

/// Each earlier value, and until when the key had it last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Past(LiteMap<Option<u64>, u64>);

impl Past {
    /// Until when the key had this value.
    pub(super) fn until(&self, value: Option<u64>) -> Option<u64> {
        self.0.get(&value).copied()
    }

    /// The key had this value until then.
    pub(super) fn add(&mut self, value: Option<u64>, until: u64) {
        let latest = self.0.entry(value).or_insert(until);
        *latest = until.max(*latest);
    }

    /// Keeps what fits.
    pub(super) fn retain(&mut self, fits: impl Fn(Option<u64>, u64) -> bool) {
        if !self.0.is_empty() {
            self.0.retain(|value, until| fits(*value, *until));
        }
    }

    /// Each value, and until when the key had it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Option<u64>, u64)> {
        self.0.iter().map(|(value, until)| (*value, *until))
    }

    /// Whether nothing is remembered.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many values are remembered.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
