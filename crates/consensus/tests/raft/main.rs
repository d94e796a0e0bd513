//! Raft, black box: what one server does, sentence by sentence of the paper, and what a cluster
//! keeps under any order of events.

#[path = "../support/mod.rs"]
mod support;

mod cluster;
mod commitment;
mod durability;
mod election;
mod noise;
mod replication;
mod server;
mod words;
