//! Bit flips on the wire (F4).

use super::transit::Cargo;
use alloc::sync::Arc;
use consensus::wire;
use serde::Serialize;

/// Up to so many bits, CRC-32 notices any three that are flipped; beyond, any two.
const NOTICES_THREE: u64 = 91_607;

/// The message's encoding with one to three different bits flipped, as the draw says; `None` for
/// what is not encoded: clients stand beside the nodes. In the longest messages no more than two
/// are flipped, so that the checksum notices it in any.
pub(crate) fn flip<M: Serialize>(cargo: &Cargo<M>, draw: u64) -> Option<Arc<[u8]>> {
    let Cargo::Message(envelope) = cargo else {
        return None;
    };
    let mut bytes = wire::encode(envelope).ok()?;
    let bits = bytes.len() as u64 * 8;
    let third = (bits / 3).max(1);
    let mut bit = (draw >> 2) % bits;
    let most = if bits > NOTICES_THREE { 1 } else { 2 };
    for step in 0..=((draw & 3) % 3).min(most) {
        let place = usize::try_from(bit / 8).ok()?;
        *bytes.get_mut(place)? ^= 1 << (bit % 8);
        // Three steps of less than a third each never come back to a bit.
        bit = (bit + 1 + (draw >> (20 + 20 * step)) % (third - 1).max(1)) % bits;
    }
    Some(bytes.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use alloc::vec::Vec;
    use consensus::{ClusterId, Envelope, Incarnation, NodeId, Receiver};

    /// How many bits of a message of so many bytes are flipped at most.
    fn most_flipped(bytes: usize) -> Option<u32> {
        let envelope = Envelope {
            cluster: ClusterId(0),
            sender: NodeId(0),
            incarnation: Incarnation(1),
            receiver: Receiver::Everyone,
            message: vec![7_u8; bytes],
        };
        let whole = wire::encode(&envelope).ok()?;
        let cargo = Cargo::Message(envelope);
        let flipped =
            (0..999_u64).map(|draw| flip(&cargo, draw.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        let counts = flipped.map(|bytes| {
            let bytes = bytes?;
            assert!(wire::checked(&bytes).is_err(), "noticed");
            let pairs = bytes.iter().zip(&whole);
            Some(pairs.map(|(one, other)| (one ^ other).count_ones()).sum())
        });
        counts.collect::<Option<Vec<u32>>>()?.into_iter().max()
    }

    #[test]
    fn no_more_bits_are_flipped_than_the_checksum_notices() {
        assert_eq!(most_flipped(11_000), Some(3));
        assert_eq!(most_flipped(12_000), Some(2));
    }
}
