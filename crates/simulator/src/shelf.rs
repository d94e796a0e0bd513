//! Things that are looked up by number, each at a place that it keeps.

use alloc::vec::Vec;
use litemap::LiteMap;

/// Things by number. Whoever needs one of them often looks it up once, and remembers its place.
#[derive(Clone, Debug)]
pub(crate) struct Shelf<T> {
    places: LiteMap<u64, u32>,
    things: Vec<T>,
}

impl<T> Shelf<T> {
    /// Nothing on it.
    pub(crate) const fn new() -> Self {
        Self {
            places: LiteMap::new(),
            things: Vec::new(),
        }
    }

    /// The place of the thing with this number, which is made where there is none.
    pub(crate) fn place(&mut self, number: u64, fresh: impl FnOnce() -> T) -> usize {
        let things = &mut self.things;
        let place = self.places.entry(number).or_insert_with(|| {
            things.push(fresh());
            things.len() as u32 - 1
        });
        *place as usize
    }

    /// The thing with this number, if there is one.
    pub(crate) fn find(&self, number: u64) -> Option<&T> {
        self.things.get(*self.places.get(&number)? as usize)
    }

    /// The thing at a place that was given before.
    pub(crate) fn at(&mut self, place: usize) -> &mut T {
        &mut self.things[place]
    }

    /// Everything, in the order of being put there.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.things.iter_mut()
    }
}
