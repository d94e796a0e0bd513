//! WaterCraft, the oldest-peer rule with one host: a test for each row, and the whole of it in
//! rough water.
#![allow(missing_docs, clippy::unwrap_used)]

mod costs;
mod liveness;
mod meeting;
mod node;
mod rows;
#[cfg(feature = "mutants")]
mod rule_breakers;
mod stories;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/weather.rs"]
mod weather;
mod words;
