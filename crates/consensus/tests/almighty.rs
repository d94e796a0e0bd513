//! The oldest-peer rule, a test for each row: one peer on a bench, or several in a run.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "almighty/electing.rs"]
mod electing;
#[path = "almighty/peer.rs"]
mod peer;
#[path = "almighty/reigning.rs"]
mod reigning;
#[path = "almighty/returning.rs"]
mod returning;
#[path = "almighty/stamping.rs"]
mod stamping;
mod support;
