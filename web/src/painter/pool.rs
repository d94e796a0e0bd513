//! Marks that come and go: kept by key, hidden when they are not needed, and used again.

use super::mark::Pen;

/// Something drawn that can be put away and taken out again.
pub(super) trait Drawn {
    /// Shows or hides it.
    fn show(&mut self, pen: &mut Pen, shown: bool);
}

/// Drawn things by key.
pub(super) struct Pool<T> {
    things: Vec<T>,
    places: Places,
}

/// Which thing is whose: what a pool does that is the same whatever it holds.
struct Places {
    used: Vec<Place>,
    /// Places of things that nobody needs.
    free: Vec<usize>,
}

struct Place {
    key: u64,
    thing: usize,
    /// Whether it was asked for since the last sweep.
    seen: bool,
}

impl<T: Drawn> Pool<T> {
    pub(super) const fn new() -> Self {
        Self {
            things: Vec::new(),
            places: Places {
                used: Vec::new(),
                free: Vec::new(),
            },
        }
    }

    /// The thing of this key, made or taken out again where there is none. `hint` is where it is
    /// looked for first: keys mostly come in the same order from frame to frame.
    pub(super) fn get(
        &mut self,
        pen: &mut Pen,
        key: u64,
        hint: usize,
        make: impl FnOnce() -> T,
    ) -> &mut T {
        let (thing, is_new) = self.places.get(key, hint, self.things.len());
        if thing == self.things.len() {
            self.things.push(make());
        }
        let found = &mut self.things[thing];
        if is_new {
            found.show(pen, true);
        }
        found
    }

    /// The thing of this key, where it is drawn already.
    pub(super) fn known(&mut self, key: u64, hint: usize) -> Option<&mut T> {
        let thing = self.places.find(key, hint)?;
        self.things.get_mut(thing)
    }

    /// Puts away everything that was not asked for since the last time.
    pub(super) fn sweep(&mut self, pen: &mut Pen) {
        while let Some(thing) = self.places.put_away() {
            self.things[thing].show(pen, false);
        }
        self.places.begin();
    }
}

impl Places {
    /// Where the thing of this key is, `next` where it is yet to be made, and whether the key is
    /// new to it.
    #[inline(never)]
    fn get(&mut self, key: u64, hint: usize, next: usize) -> (usize, bool) {
        if let Some(place) = self.place(key, hint) {
            place.seen = true;
            return (place.thing, false);
        }
        let thing = self.free.pop().unwrap_or(next);
        self.used.push(Place {
            key,
            thing,
            seen: true,
        });
        (thing, true)
    }

    fn find(&mut self, key: u64, hint: usize) -> Option<usize> {
        self.place(key, hint).map(|place| place.thing)
    }

    fn place(&mut self, key: u64, hint: usize) -> Option<&mut Place> {
        let hinted = self.used.get(hint).is_some_and(|place| place.key == key);
        let found = if hinted {
            Some(hint)
        } else {
            self.used.iter().position(|place| place.key == key)
        };
        found.map(|found| &mut self.used[found])
    }

    /// Frees one thing that was not asked for; none where all were.
    #[inline(never)]
    fn put_away(&mut self) -> Option<usize> {
        let unseen = self.used.iter().position(|place| !place.seen)?;
        let thing = self.used.remove(unseen).thing;
        self.free.push(thing);
        Some(thing)
    }

    /// From now on nothing has been asked for.
    fn begin(&mut self) {
        for place in &mut self.used {
            place.seen = false;
        }
    }
}
