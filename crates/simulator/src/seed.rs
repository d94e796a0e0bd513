//! The seeds of a run's streams of draws.

use crate::choose::Stream;
use core::hash::{Hash, Hasher};
use siphasher::sip::SipHasher13;

/// The seed of one stream: unrelated to that of any other, and the same on every machine. It is
/// made apart from digests, so that a run keeps its draws whatever digests are made by.
pub(crate) fn seed_of(seed: u64, stream: Stream) -> u64 {
    let mut hasher = Wide(SipHasher13::new_with_keys(0, 0));
    (seed, stream).hash(&mut hasher);
    hasher.finish()
}

/// SipHash, for which a discriminant has 64 bits everywhere.
struct Wide(SipHasher13);

impl Hasher for Wide {
    fn finish(&self) -> u64 {
        self.0.finish()
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    fn write_u16(&mut self, value: u16) {
        self.0.write_u16(value);
    }

    fn write_u32(&mut self, value: u32) {
        self.0.write_u32(value);
    }

    fn write_u64(&mut self, value: u64) {
        self.0.write_u64(value);
    }

    fn write_isize(&mut self, value: isize) {
        self.0.write_u64(value as i64 as u64);
    }
}
