//! WaterCraft, the oldest-peer rule with one host: a test for each row, and the whole of it in
//! rough water.
#![allow(missing_docs, clippy::unwrap_used)]

mod liveness;
mod meeting;
mod node;
mod rows;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/weather.rs"]
mod weather;
mod words;
