//! First in, first out.

use alloc::collections::{VecDeque, vec_deque};
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};
use core::ops::{Deref, DerefMut};
use serde::{Deserialize, Serialize};

/// A [`VecDeque`], which copies and hashes its two halves in one loop. The standard one has a loop
/// for each, with the code of an item in both, and a page carries every kind of queue.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue<T>(VecDeque<T>);

impl<T> Queue<T> {
    /// Nothing waits.
    #[must_use]
    pub const fn new() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Clone> Clone for Queue<T> {
    fn clone(&self) -> Self {
        let mut items = Vec::with_capacity(self.len());
        for item in self.iter() {
            items.push(item.clone());
        }
        Self(items.into())
    }
}

/// As for a [`VecDeque`].
impl<T: Hash> Hash for Queue<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.len());
        for item in self.iter() {
            item.hash(state);
        }
    }
}

impl<T> Deref for Queue<T> {
    type Target = VecDeque<T>;

    fn deref(&self) -> &VecDeque<T> {
        &self.0
    }
}

impl<T> DerefMut for Queue<T> {
    fn deref_mut(&mut self) -> &mut VecDeque<T> {
        &mut self.0
    }
}

impl<T> IntoIterator for Queue<T> {
    type Item = T;
    type IntoIter = vec_deque::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest_of;

    /// 3, 4, 5, 6 in a ring of four places, whose end lies before its beginning.
    fn ring() -> Queue<u32> {
        let mut ring = VecDeque::with_capacity(4);
        ring.extend([1, 2, 3, 4]);
        ring.drain(..2);
        ring.extend([5, 6]);
        assert!(!ring.as_slices().1.is_empty(), "two halves");
        Queue(ring)
    }

    #[test]
    fn a_copy_holds_the_same_in_the_same_order() {
        assert_eq!(ring().clone(), ring());
        assert!(ring().clone().into_iter().eq([3, 4, 5, 6]));
        assert_eq!(Queue::<u32>::new().clone(), Queue::default());
    }

    #[test]
    fn its_digest_is_that_of_the_standard_queue() {
        let ring = ring();
        assert_eq!(digest_of(&ring), digest_of(&*ring));
        assert_ne!(digest_of(&ring), digest_of(&Queue::<u32>::new()));
    }
}
