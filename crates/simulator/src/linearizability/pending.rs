//! Writes that may take effect, and which of them already have.

use alloc::sync::Arc;
use alloc::vec::Vec;

/// The writes of a key that are not done, whether their clients still wait or not, by value, and
/// those of one value by when they were asked for.
#[derive(Clone, Debug, Default, Hash)]
pub(super) struct Pending(Arc<Vec<(u64, u64)>>);

/// When pending writes took effect, by value, and those of one value by time. Which write each was
/// is left open: of those of one value nobody can tell, and each write that is done will do for the
/// earliest that it can be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Effects(Vec<(u64, u64)>);

impl Pending {
    /// A write is asked for.
    pub(super) fn add(&mut self, value: u64, asked: u64) {
        let place = self.0.partition_point(|it| *it < (value, asked));
        Arc::make_mut(&mut self.0).insert(place, (value, asked));
    }

    /// A write is done.
    pub(super) fn remove(&mut self, value: u64, asked: u64) {
        if let Ok(place) = self.0.binary_search(&(value, asked)) {
            Arc::make_mut(&mut self.0).remove(place);
        }
    }

    /// How many there are of this value.
    pub(super) fn count(&self, value: u64) -> usize {
        of(&self.0, value).len()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All writes of this value took effect.
    pub(super) fn settle(&mut self, value: u64) {
        Arc::make_mut(&mut self.0).retain(|it| it.0 != value);
    }

    /// Whether these effects leave a write of this value that can take effect at that time: each
    /// effect needs one of its own that was asked for before.
    pub(super) fn serve(&self, effects: &Effects, value: u64, time: u64) -> bool {
        let asked = of(&self.0, value);
        let taken = of(&effects.0, value);
        let place = taken.partition_point(|it| it.1 < time);
        let (before, behind) = taken.split_at(place);
        let new = [(value, time)];
        let times = before.iter().chain(&new).chain(behind);
        // The earliest effect needs the earliest write, and so on.
        let mut served = asked.iter().map(|it| it.1);
        times
            .map(|it| it.1)
            .all(|time| served.next().is_some_and(|asked| asked < time))
    }
}

impl Effects {
    /// A write of this value takes effect.
    pub(super) fn add(&mut self, value: u64, time: u64) {
        let place = self.0.partition_point(|it| *it < (value, time));
        self.0.insert(place, (value, time));
    }

    /// A write that was asked for then is done: whether it was one of these.
    pub(super) fn take(&mut self, value: u64, asked: u64) -> bool {
        let place = self.0.partition_point(|it| *it <= (value, asked));
        let is_one = self.0.get(place).is_some_and(|it| it.0 == value);
        if is_one {
            self.0.remove(place);
        }
        is_one
    }

    /// Whether whatever writes are left for others after `other` are left after this: of each value
    /// it has no more effects up to any time.
    pub(super) fn leave_as_much_as(&self, other: &Self) -> bool {
        let mut values = self.0.chunk_by(|one, next| one.0 == next.0);
        self.0.len() <= other.0.len()
            && values.all(|mine| {
                let theirs = mine.first().map_or(&[][..], |it| of(&other.0, it.0));
                mine.len() <= theirs.len() && mine.iter().zip(theirs).all(|(it, other)| it >= other)
            })
    }

    /// The values, each once.
    pub(super) fn values(&self) -> impl Iterator<Item = u64> {
        let values = self.0.chunk_by(|one, next| one.0 == next.0);
        values.filter_map(|it| Some(it.first()?.0))
    }

    /// How many there are of this value.
    pub(super) fn count(&self, value: u64) -> usize {
        of(&self.0, value).len()
    }

    /// Nobody asks for those of this value any more.
    pub(super) fn settle(&mut self, value: u64) {
        self.0.retain(|it| it.0 != value);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Those of one value.
fn of(list: &[(u64, u64)], value: u64) -> &[(u64, u64)] {
    let first = list.partition_point(|it| it.0 < value);
    let rest = list.get(first..).unwrap_or_default();
    let end = rest.partition_point(|it| it.0 == value);
    rest.get(..end).unwrap_or_default()
}
