//! What is done to the bytes of messages.

use crate::cluster::Cluster;
use crate::dice::Dice;
use consensus::wire::{self, CHECKSUM_BYTES, WireError};
use consensus::{Envelope, Protocol};

/// A CRC-32 finds every three flipped bits in messages of up to so many bits, checksum included.
const SURE_BITS: usize = 91_607;
/// How many forged messages one cluster gets.
const FORGED_PER_CLUSTER: u64 = 1_000;
/// How many turns a cluster has before the first of them.
const TURNS_BEFORE: u32 = 300;

/// Messages of one protocol, by kind, and how its nodes are set.
pub struct Attack<P: Protocol> {
    samples: Vec<Vec<Envelope<P::Message>>>,
    settings: P::Settings,
}

impl<P: Protocol> Attack<P> {
    pub fn new(samples: Vec<Vec<Envelope<P::Message>>>, settings: P::Settings) -> Self {
        Self { samples, settings }
    }

    /// The bytes of a real message; the kinds take turns.
    fn real(&self, dice: &mut Dice, turn: u64) -> Vec<u8> {
        let kinds = self.samples.len() as u64;
        let kind = &self.samples[usize::try_from(turn % kinds).expect("few kinds")];
        wire::encode(&kind[dice.place(kind.len())]).expect("it was sent")
    }

    /// One to three different bits flipped: refused, whatever bits they are.
    pub fn flip(&self, count: u64) {
        let mut dice = Dice(count);
        for turn in 0..count {
            let mut bytes = self.real(&mut dice, turn);
            let bits = bytes.len() * 8;
            assert!(bits <= SURE_BITS);
            let mut flipped = Vec::new();
            while flipped.len() as u64 <= turn % 3 {
                let bit = dice.place(bits);
                if !flipped.contains(&bit) {
                    bytes[bit / 8] ^= 1 << (bit % 8);
                    flipped.push(bit);
                }
            }
            let found = wire::decode::<P::Message>(&bytes);
            assert_eq!(found, Err(WireError::Damaged), "bits {flipped:?}");
        }
        println!("{}: {count} with flipped bits, all refused", P::NAME);
    }

    /// Bytes taken off the end: refused, but for one in 2³² that the checksum cannot tell, which
    /// these are not.
    pub fn cut_short(&self, count: u64) {
        let mut dice = Dice(count);
        for turn in 0..count {
            let bytes = self.real(&mut dice, turn);
            let len = dice.place(bytes.len());
            let refused = if len < CHECKSUM_BYTES {
                WireError::TooShort { len }
            } else {
                WireError::Damaged
            };
            let found = wire::decode::<P::Message>(&bytes[..len]);
            assert_eq!(found, Err(refused), "{len} of {bytes:?}");
        }
        println!("{}: {count} cut short, all refused", P::NAME);
    }

    /// Bytes that nobody sent: refused where the checksum does not fit.
    pub fn make_up(&self, count: u64) {
        let mut dice = Dice(count);
        let mut fitting = 0_u64;
        for _ in 0..count {
            let bytes = noise(&mut dice);
            let found = wire::decode::<P::Message>(&bytes);
            let fits = bytes
                .split_first_chunk()
                .is_some_and(|(sum, body)| checksum(body) == *sum);
            fitting += u64::from(fits);
            assert!(fits || found.is_err(), "{bytes:?}");
        }
        println!(
            "{}: {count} made up, {fitting} with a checksum that fits",
            P::NAME
        );
    }

    /// Messages under a checksum that fits: decoding never panics, nor does a running node that
    /// gets what was decoded.
    pub fn forge(&self, count: u64) {
        let mut dice = Dice(count);
        let mut cluster = self.cluster(0);
        let mut decoded = 0;
        for turn in 0..count {
            if turn % FORGED_PER_CLUSTER == 0 {
                cluster = self.cluster(turn);
            }
            let body = if dice.below(4) == 0 {
                noise(&mut dice)
            } else {
                self.distorted(&mut dice, turn)
            };
            let bytes = [&checksum(&body)[..], &body].concat();
            match wire::decode::<P::Message>(&bytes) {
                Ok(envelope) => {
                    decoded += 1;
                    cluster.lie(envelope);
                }
                Err(refused) => assert_eq!(refused, WireError::Unknown, "{bytes:?}"),
            }
            cluster.turn();
        }
        assert!(decoded > count / 10, "only {decoded} got through to a node");
        println!(
            "{}: {count} forged, {decoded} decoded and given to nodes",
            P::NAME
        );
    }

    fn cluster(&self, seed: u64) -> Cluster<P> {
        let mut cluster = Cluster::new(self.settings.clone(), seed);
        for _ in 0..TURNS_BEFORE {
            cluster.turn();
        }
        cluster
    }

    /// The body of a real message with a few bytes changed, added or taken out.
    fn distorted(&self, dice: &mut Dice, turn: u64) -> Vec<u8> {
        let mut body = self.real(dice, turn).split_off(CHECKSUM_BYTES);
        for _ in 0..=dice.below(3) {
            let place = dice.place(body.len());
            let byte = odd(dice);
            match dice.below(8) {
                0 if !body.is_empty() => drop(body.remove(place)),
                1 => body.insert(place, byte),
                // A number at the end of its range, in place of what stood there.
                2 => drop(body.splice(place.., [[0xff; 9].as_slice(), &[1]].concat())),
                _ => body
                    .iter_mut()
                    .skip(place)
                    .take(1)
                    .for_each(|it| *it = byte),
            }
        }
        body
    }
}

/// A byte, often one of those at which encodings turn.
fn odd(dice: &mut Dice) -> u8 {
    const ODD: [u8; 6] = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
    match dice.below(2) {
        0 => ODD[dice.place(ODD.len())],
        _ => dice.word().to_le_bytes()[0],
    }
}

/// Up to 64 bytes.
fn noise(dice: &mut Dice) -> Vec<u8> {
    let len = dice.below(65);
    (0..len).map(|_| odd(dice)).collect()
}

fn checksum(body: &[u8]) -> [u8; CHECKSUM_BYTES] {
    crc32fast::hash(body).to_le_bytes()
}
