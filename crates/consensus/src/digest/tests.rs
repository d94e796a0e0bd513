//! Whether digests tell states apart, and stay what they are.

use super::*;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

#[test]
fn values_are_the_same_for_ever() {
    assert_eq!(digest_of(&()), 0);
    assert_eq!(digest_of(&1_u8), digest_of(&1_u64));
    let pinned = [
        digest_of(&0_u64),
        digest_of(&(1_u64, 2_u64)),
        digest_of("whitewater"),
        digest_of(&[1_u8, 2, 3, 4, 5, 6, 7, 8, 9][..]),
    ];
    let expected = [
        0xd8b3_117e_1f8f_2c94,
        0xd6ef_9e78_e90f_bf4d,
        0x406a_55cd_589a_4abc,
        0x3896_0604_b65c_d607,
    ];
    assert_eq!(pinned, expected);
}

/// Flips each bit of a few words in turn: each bit of the digest is to change about every other
/// time.
#[test]
fn every_bit_depends_on_every_bit() {
    const SAMPLES: u64 = 2_000;
    let bits = 3 * u64::BITS;
    for flipped in 0..bits {
        let mut changed = [0_u64; 64];
        for sample in 0..SAMPLES {
            let mut words = [sample, sample << 20, sample.wrapping_mul(3)];
            let before = digest_of(&words);
            words[(flipped / 64) as usize] ^= 1 << (flipped % 64);
            let difference = before ^ digest_of(&words);
            for (bit, count) in changed.iter_mut().enumerate() {
                *count += difference >> bit & 1;
            }
        }
        // More than seven standard deviations from the half.
        let fair = SAMPLES / 2 - 160..SAMPLES / 2 + 160;
        assert!(changed.iter().all(|it| fair.contains(it)), "bit {flipped}");
    }
}

#[test]
fn small_values_never_collide() {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    let mut note = |digest| {
        count += 1;
        seen.insert(digest);
        assert_eq!(seen.len(), count);
    };
    for a in 0..60_u64 {
        for b in 0..60_u64 {
            note(digest_of(&(a, b)));
            for c in 0..20_u64 {
                note(digest_of(&(a, b, c)));
                note(digest_of(&(u64::MAX, a << 32 | b, c << 48)));
            }
        }
    }
    for length in 0..200 {
        let zeros = [0_u8; 200];
        note(digest_of(&(u64::MAX - 1, &zeros[..length])));
    }
}

#[test]
fn a_state_and_its_parts_in_another_order_differ() {
    let list: Vec<u64> = (0..50).collect();
    let mut digests = BTreeSet::new();
    for turn in 0..50 {
        let mut turned = list.clone();
        turned.rotate_left(turn);
        digests.insert(digest_of(&turned));
    }
    assert_eq!(digests.len(), 50);
}
