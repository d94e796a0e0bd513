//! The wire under attack (F4): damaged, cut short and made-up bytes, for every kind of message of
//! every protocol, are refused without a panic; and what is made up well enough to be decoded
//! harms no node that gets it. `WHITEWATER_MESSAGES` sets how many there are of each; the soak run
//! sets far more.
#![allow(missing_docs, unreachable_pub)]

mod attack;
mod cluster;
mod dice;

use attack::Attack;
use cluster::Cluster;
use consensus::almighty::{Almighty, AlmightySettings};
use consensus::raft::{Raft, RaftSettings};
use consensus::watercraft::{Watercraft, WatercraftSettings};
use consensus::{Describe, Envelope, Micros, Protocol};
use std::collections::BTreeMap;

/// How many turns of a cluster give messages of every kind.
const TURNS: u32 = 60_000;
/// How many messages of a kind are kept.
const KEPT: usize = 200;

const RAFT_KINDS: [&str; 6] = [
    "append",
    "append answer",
    "heartbeat",
    "heartbeat answer",
    "vote",
    "vote request",
];
const ALMIGHTY_KINDS: [&str; 10] = [
    "election",
    "face-off",
    "goodbye",
    "join",
    "ledger",
    "new secret",
    "ping",
    "pong",
    "welcome",
    "winner",
];
const WATERCRAFT_KINDS: [&str; 10] = [
    "call",
    "contact",
    "goodbye",
    "hand-over",
    "host call",
    "list",
    "not host",
    "removal",
    "right",
    "yield",
];

fn count() -> u64 {
    let asked = std::env::var("WHITEWATER_MESSAGES").ok();
    asked.map_or(100_000, |it| {
        it.parse().expect("WHITEWATER_MESSAGES is a number")
    })
}

/// Messages that nodes really sent, by kind.
fn samples<P: Protocol>(settings: P::Settings, kinds: &[&str]) -> Vec<Vec<Envelope<P::Message>>> {
    let mut samples: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    let mut cluster = Cluster::<P>::new(settings, 1);
    for _ in 0..TURNS {
        cluster.turn();
        for envelope in cluster.sent.drain(..) {
            let kept = samples.entry(envelope.message.describe().kind).or_default();
            if kept.len() < KEPT {
                kept.push(envelope);
            }
        }
    }
    let found: Vec<&str> = samples.keys().copied().collect();
    assert_eq!(found, kinds);
    samples.into_values().collect()
}

fn raft() -> Attack<Raft> {
    let settings = RaftSettings::default();
    Attack::new(samples::<Raft>(settings.clone(), &RAFT_KINDS), settings)
}

fn almighty() -> Attack<Almighty> {
    let settings = AlmightySettings {
        secret_rotation: Some(Micros::from_secs(1)),
        ..AlmightySettings::default()
    };
    Attack::new(samples::<Almighty>(settings, &ALMIGHTY_KINDS), settings)
}

fn watercraft() -> Attack<Watercraft> {
    let settings = WatercraftSettings::default();
    Attack::new(samples::<Watercraft>(settings, &WATERCRAFT_KINDS), settings)
}

#[test]
fn every_message_of_raft_with_flipped_bits_is_refused() {
    raft().flip(count());
}

#[test]
fn every_message_of_raft_that_is_cut_short_is_refused() {
    raft().cut_short(count());
}

#[test]
fn random_bytes_are_no_message_of_raft() {
    raft().make_up(count());
}

#[test]
fn forged_messages_harm_no_server() {
    raft().forge(count());
}

#[test]
fn every_message_of_the_oldest_peer_with_flipped_bits_is_refused() {
    almighty().flip(count());
}

#[test]
fn every_message_of_the_oldest_peer_that_is_cut_short_is_refused() {
    almighty().cut_short(count());
}

#[test]
fn random_bytes_are_no_message_of_the_oldest_peer() {
    almighty().make_up(count());
}

#[test]
fn forged_messages_harm_no_peer() {
    almighty().forge(count());
}

#[test]
fn every_message_of_watercraft_with_flipped_bits_is_refused() {
    watercraft().flip(count());
}

#[test]
fn every_message_of_watercraft_that_is_cut_short_is_refused() {
    watercraft().cut_short(count());
}

#[test]
fn random_bytes_are_no_message_of_watercraft() {
    watercraft().make_up(count());
}

#[test]
fn forged_messages_harm_no_node() {
    watercraft().forge(count());
}
