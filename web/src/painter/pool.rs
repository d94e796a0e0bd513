//! Marks that come and go: kept by key, hidden when they are not needed, and used again.

use super::mark::Pen;

/// Something drawn that can be put away and taken out again.
pub(super) trait Drawn {
    /// Shows or hides it.
    fn show(&mut self, pen: &mut Pen, shown: bool);
}

/// Drawn things by key.
pub(super) struct Pool<K, T> {
    used: Vec<(K, T, bool)>,
    free: Vec<T>,
}

impl<K: Copy + Eq, T: Drawn> Pool<K, T> {
    pub(super) const fn new() -> Self {
        Self {
            used: Vec::new(),
            free: Vec::new(),
        }
    }

    /// The thing of this key, made or taken out again where there is none. `hint` is where it is
    /// looked for first: keys mostly come in the same order from frame to frame.
    pub(super) fn get(
        &mut self,
        pen: &mut Pen,
        key: K,
        hint: usize,
        make: impl FnOnce() -> T,
    ) -> &mut T {
        let hinted = self.used.get(hint).is_some_and(|(known, ..)| *known == key);
        let found = if hinted {
            Some(hint)
        } else {
            self.used.iter().position(|(known, ..)| *known == key)
        };
        let index = found.unwrap_or_else(|| {
            let mut thing = self.free.pop().unwrap_or_else(make);
            thing.show(pen, true);
            self.used.push((key, thing, true));
            self.used.len() - 1
        });
        let (_, thing, seen) = &mut self.used[index];
        *seen = true;
        thing
    }

    /// Puts away everything that was not asked for since the last time.
    pub(super) fn sweep(&mut self, pen: &mut Pen) {
        let mut index = 0;
        while index < self.used.len() {
            if core::mem::take(&mut self.used[index].2) {
                index += 1;
                continue;
            }
            let (_, mut thing, _) = self.used.remove(index);
            thing.show(pen, false);
            self.free.push(thing);
        }
    }
}
