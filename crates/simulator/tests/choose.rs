//! Draws: in range, uniform enough, independent of each other, and pinned.
#![allow(missing_docs)]

use consensus::{ClientId, NodeId};
use proptest::prelude::*;
use simulator::{Choose, Endpoint, PerMillion, Seeded, Stream};

const STREAMS: [Stream; 5] = [
    Stream::Link(Endpoint::Node(NodeId(0)), Endpoint::Node(NodeId(1))),
    Stream::Link(Endpoint::Node(NodeId(1)), Endpoint::Node(NodeId(0))),
    Stream::Node(NodeId(0)),
    Stream::Disk(NodeId(0)),
    Stream::Client(ClientId(0)),
];

/// Every golden digest follows from these: another generator, another seeding or another way of
/// naming streams is another product.
#[test]
fn known_answers() {
    let mut choose = Seeded::new(1);
    let first = STREAMS.map(|stream| choose.word(stream));
    assert_eq!(first, KNOWN);
    let spans: Vec<u64> = (0..8)
        .map(|_| choose.between(Stream::Environment, 15, 25))
        .collect();
    assert_eq!(spans, KNOWN_SPANS);
}

#[test]
fn every_value_of_a_range_is_about_as_likely() {
    let mut choose = Seeded::new(7);
    let mut counts = [0_u32; 11];
    for _ in 0..110_000 {
        counts[choose.between(Stream::Environment, 0, 10) as usize] += 1;
    }
    // Five standard deviations of a binomial with n = 110,000 and p = 1/11.
    for count in counts {
        assert!(count.abs_diff(10_000) < 480, "{counts:?}");
    }
}

#[test]
fn chances_come_true_in_proportion() {
    let mut choose = Seeded::new(7);
    let mut came_true = |share| {
        let draws = (0..100_000).filter(|_| choose.chance(Stream::Environment, PerMillion(share)));
        draws.count()
    };
    assert_eq!(came_true(0), 0);
    assert_eq!(came_true(1_000_000), 100_000);
    assert!(came_true(250_000).abs_diff(25_000) < 700);
}

proptest! {
    #[test]
    fn a_draw_lies_in_its_range(seed: u64, least: u64, most: u64) {
        let value = Seeded::new(seed).between(Stream::Environment, least, most);
        if least <= most {
            prop_assert!((least..=most).contains(&value));
        } else {
            prop_assert_eq!(value, least);
        }
    }

    #[test]
    fn a_range_of_any_kind_takes_one_draw(seed: u64, least: u64, most: u64) {
        let (mut one, mut other) = (Seeded::new(seed), Seeded::new(seed));
        one.between(Stream::Environment, least, most);
        one.chance(Stream::Environment, PerMillion(least as u32));
        other.word(Stream::Environment);
        other.word(Stream::Environment);
        prop_assert_eq!(one.word(Stream::Environment), other.word(Stream::Environment));
    }

    #[test]
    fn streams_do_not_see_each_other(seed: u64, others in prop::collection::vec(1..5_usize, 0..40)) {
        let mut alone = Seeded::new(seed);
        let alone: Vec<u64> = (0..=others.len()).map(|_| alone.word(STREAMS[0])).collect();
        let mut among = Seeded::new(seed);
        let mut seen = vec![among.word(STREAMS[0])];
        for other in others {
            among.word(STREAMS[other]);
            seen.push(among.word(STREAMS[0]));
        }
        prop_assert_eq!(alone, seen);
    }

    #[test]
    fn one_seed_draws_alike_and_two_streams_or_seeds_do_not(seed: u64) {
        let draw = |seed, stream| {
            let mut choose = Seeded::new(seed);
            [choose.word(stream), choose.word(stream)]
        };
        prop_assert_eq!(draw(seed, STREAMS[0]), draw(seed, STREAMS[0]));
        prop_assert_ne!(draw(seed, STREAMS[0]), draw(seed.wrapping_add(1), STREAMS[0]));
        for other in &STREAMS[1..] {
            prop_assert_ne!(draw(seed, STREAMS[0]), draw(seed, *other));
        }
    }
}

const KNOWN: [u64; 5] = [
    4_206_062_829_046_211_142,
    8_704_249_162_155_077_368,
    4_453_125_319_769_040_693,
    2_553_380_144_585_249_141,
    15_710_622_873_789_686_246,
];
const KNOWN_SPANS: [u64; 8] = [23, 23, 20, 17, 15, 24, 20, 17];
