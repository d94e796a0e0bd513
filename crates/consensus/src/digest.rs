//! Digests that are the same on every machine.

use core::hash::{Hash, Hasher};
use siphasher::sip::SipHasher13;

/// A hasher whose result does not depend on the width of a pointer or on the order of bytes.
///
/// `derive(Hash)` writes lengths as `usize` and discriminants as `isize`; both are widened to 64
/// bits here, so that a 32-bit wasm run and a 64-bit native run agree.
#[derive(Clone, Debug)]
pub struct StableHasher(SipHasher13);

impl Default for StableHasher {
    fn default() -> Self {
        Self(SipHasher13::new_with_keys(0, 0))
    }
}

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        self.0.finish()
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }
    #[inline]
    fn write_u8(&mut self, value: u8) {
        self.0.write_u8(value);
    }
    #[inline]
    fn write_u16(&mut self, value: u16) {
        self.0.write_u16(value);
    }
    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.0.write_u32(value);
    }
    #[inline]
    fn write_u64(&mut self, value: u64) {
        self.0.write_u64(value);
    }
    fn write_u128(&mut self, value: u128) {
        self.0.write(&value.to_le_bytes());
    }
    #[inline]
    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
    #[inline]
    fn write_isize(&mut self, value: isize) {
        self.write_u64(value as i64 as u64);
    }
}

/// The digest of one value.
#[must_use]
pub fn digest_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = StableHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
