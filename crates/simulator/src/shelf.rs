//! Things that are looked up by number, each at a place that it keeps.

use alloc::vec::Vec;
use litemap::LiteMap;

/// How many numbers are found without a search.
const SLOTS: usize = 256;

/// Things by number.
#[derive(Debug)]
pub(crate) struct Shelf<T> {
    places: LiteMap<u64, u32>,
    /// By a hash of the number: the place that was asked for last.
    recent: Vec<u32>,
    things: Vec<(u64, T)>,
}

/// A clone that only waits to be taken up again, as a checkpoint does, needs no shortcuts.
impl<T: Clone> Clone for Shelf<T> {
    fn clone(&self) -> Self {
        Self {
            places: self.places.clone(),
            recent: Vec::new(),
            things: self.things.clone(),
        }
    }
}

impl<T> Shelf<T> {
    /// Nothing on it.
    pub(crate) const fn new() -> Self {
        Self {
            places: LiteMap::new(),
            recent: Vec::new(),
            things: Vec::new(),
        }
    }

    /// The place of the thing with this number, which is made where there is none.
    pub(crate) fn place(&mut self, number: u64, fresh: impl FnOnce() -> T) -> usize {
        let slot = slot(number);
        let recent = self.recent.get(slot).map(|place| *place as usize);
        if let Some(place) = recent.filter(|place| self.has(*place, number)) {
            return place;
        }
        let things = &mut self.things;
        let place = *self.places.entry(number).or_insert_with(|| {
            things.push((number, fresh()));
            things.len() as u32 - 1
        });
        self.recent.resize(SLOTS, 0);
        self.recent[slot] = place;
        place as usize
    }

    fn has(&self, place: usize, number: u64) -> bool {
        self.things.get(place).is_some_and(|it| it.0 == number)
    }

    /// The thing with this number, if there is one.
    pub(crate) fn find(&self, number: u64) -> Option<&T> {
        let place = *self.places.get(&number)?;
        self.things.get(place as usize).map(|it| &it.1)
    }

    /// The thing at a place that was given before.
    pub(crate) fn at(&mut self, place: usize) -> &mut T {
        &mut self.things[place].1
    }

    /// Everything, in the order of being put there.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.things.iter_mut().map(|it| &mut it.1)
    }
}

/// Numbers that differ in few bits get slots of their own.
const fn slot(number: u64) -> usize {
    (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize
}
