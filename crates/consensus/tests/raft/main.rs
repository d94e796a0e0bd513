//! Raft, black box: what one server does, sentence by sentence of the paper, and what a cluster
//! keeps under any order of events.

#[path = "../support/mod.rs"]
mod support;

mod any_input;
mod clauses;
mod cluster;
mod commitment;
mod costs;
mod durability;
mod election;
mod figure_eight;
mod figure_seven;
mod forwarded_reads;
mod journal;
mod lease;
mod membership;
mod membership_changes;
mod membership_isolation;
mod membership_liveness;
mod membership_stories;
mod no_op;
mod noise;
mod paper;
mod prevote;
mod quorum_check;
mod read_cluster;
mod reads;
mod replication;
#[cfg(feature = "mutants")]
mod rule_breakers;
mod runs;
mod server;
mod session_expiry;
mod session_model;
mod sessions;
mod snapshots;
mod together;
mod transfer;
mod unwatched;
mod words;
