//! WaterCraft, the oldest-peer rule with one host: a test for each row, and the whole of it in
//! rough water.
#![allow(missing_docs, clippy::unwrap_used)]

mod costs;
mod data;
mod heartbeats;
mod joining;
mod liveness;
mod meeting;
mod node;
#[cfg(feature = "mutants")]
mod rule_breakers;
mod stories;
mod succession;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/weather.rs"]
mod weather;
mod words;
