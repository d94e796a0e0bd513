//! What the paper demands and no other test shows, section by section: `PAPER.md` lists it all.

mod clients;
mod crashes;
mod elections;
mod members;
mod replication;
mod safety;
mod samples;
mod terms;
mod timing;
