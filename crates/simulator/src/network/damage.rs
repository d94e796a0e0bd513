//! Bit flips on the wire (F4).

use super::transit::Cargo;
use alloc::sync::Arc;
use consensus::wire;
use serde::Serialize;

/// The message's encoding with one to three different bits flipped, as the draw says; `None` for
/// what is not encoded: clients stand beside the nodes.
pub(crate) fn flip<M: Serialize>(cargo: &Cargo<M>, draw: u64) -> Option<Arc<[u8]>> {
    let Cargo::Message(envelope) = cargo else {
        return None;
    };
    let mut bytes = wire::encode(envelope).ok()?;
    let bits = bytes.len() as u64 * 8;
    let third = (bits / 3).max(1);
    let mut bit = (draw >> 2) % bits;
    for step in 0..=(draw & 3) % 3 {
        let place = usize::try_from(bit / 8).ok()?;
        *bytes.get_mut(place)? ^= 1 << (bit % 8);
        // Three steps of less than a third each never come back to a bit.
        bit = (bit + 1 + (draw >> (20 + 20 * step)) % (third - 1).max(1)) % bits;
    }
    Some(bytes.into())
}
