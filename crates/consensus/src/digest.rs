//! Digests that are the same on every machine.
//!
//! # Which function, and why
//!
//! A digest stands for a log or for a whole node, and is made of every entry on every server: it
//! has to be cheap for many small values, the same on every platform and in every version, and so
//! well mixed that two states that differ at all have equal digests only by the chance of 64 bits.
//! Nobody attacks it, so it needs no key.
//!
//! Hashers made for tables are fast and promise no stable output; those that promise it work on
//! streams of bytes, and spend most of their time on cutting small values to blocks. So this is one
//! of its own: each 64-bit word is spread by a multiplication, a rotation and a multiplication
//! before it meets the state, which is rotated, multiplied and added to, so that the order of words
//! counts; at the end the state, with the number of words, is mixed until every bit depends on
//! every other. These are the steps and constants of MurmurHash3's 128-bit variant and of its
//! finalizer, of which each is a bijection: words of equal number that differ in one place never
//! collide. There are tests for avalanche, for collisions among small values, and for its values.

use core::hash::{Hash, Hasher};

/// A hasher whose result does not depend on the width of a pointer or on the order of bytes.
///
/// `derive(Hash)` writes lengths as `usize` and discriminants as `isize`; both are widened to 64
/// bits here, so that a 32-bit wasm run and a 64-bit native run agree.
#[derive(Clone, Debug, Default)]
pub struct StableHasher {
    state: u64,
    /// How many words were taken in.
    words: u64,
}

impl StableHasher {
    #[inline]
    fn take(&mut self, word: u64) {
        let spread = word
            .wrapping_mul(0x87c3_7b91_1142_53d5)
            .rotate_left(31)
            .wrapping_mul(0x4cf5_ad43_2745_937f);
        let mixed = (self.state ^ spread).rotate_left(27).wrapping_mul(5);
        self.state = mixed.wrapping_add(0x52dc_e729);
        self.words = self.words.wrapping_add(1);
    }
}

impl Hasher for StableHasher {
    #[inline]
    fn finish(&self) -> u64 {
        let mut state = self.state ^ self.words;
        for factor in [0xff51_afd7_ed55_8ccd_u64, 0xc4ce_b9fe_1a85_ec53] {
            state = (state ^ (state >> 33)).wrapping_mul(factor);
        }
        state ^ (state >> 33)
    }

    /// Takes the bytes eight at a time, the last word filled up with zeros. Where that could be
    /// mistaken for other bytes, their number is hashed as well, as slices and strings do.
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.take(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let last = rest.iter().rev();
            self.take(last.fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.take(value.into());
    }

    #[inline]
    fn write_u16(&mut self, value: u16) {
        self.take(value.into());
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.take(value.into());
    }

    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.take(value);
    }

    #[inline]
    fn write_u128(&mut self, value: u128) {
        self.write(&value.to_le_bytes());
    }

    #[inline]
    fn write_usize(&mut self, value: usize) {
        self.take(value as u64);
    }

    #[inline]
    fn write_isize(&mut self, value: isize) {
        self.take(value as i64 as u64);
    }
}

/// The digest of a list with one more item, from the list's digest and the item's. The first list
/// has the digest 0.
///
/// The item's digest is mixed already, and spreading it waits for no digest before it: a long list
/// costs a few cycles for each item.
#[must_use]
pub(crate) fn digest_with(list: u64, item: u64) -> u64 {
    let mut hasher = StableHasher {
        state: list,
        words: 0,
    };
    hasher.take(item);
    hasher.state
}

/// The digest of one value.
#[must_use]
pub fn digest_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = StableHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
