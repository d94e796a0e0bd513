//! A key-value store on three Raft servers, outside the simulator: real time, real files, real
//! channels.
//!
//! ```text
//! cargo run -p consensus --example key_value [DIRECTORY]
//! ```
//!
//! It is what a program does that embeds the core. Each server is a thread with an inbox
//! (`server.rs`): it hands the node one input at a time and carries out the effects. Timers are due
//! times (`timers.rs`), the disk is a file that a thread of its own appends to and that is on the
//! disk when the node is told so (`journal.rs`), the network carries encoded bytes between inboxes
//! (`network.rs`), and the state machine is a map with its snapshots (`store.rs`).
//!
//! The story: three servers elect a leader and take some writes; the leader is killed in the midst
//! of its work; the other two go on; it comes back from its files; in the end all three hold the
//! same.

mod cluster;
mod journal;
mod network;
mod server;
mod snapshots;
mod store;
mod timers;

use cluster::{Cluster, ClusterError};
use std::path::PathBuf;
use std::process::ExitCode;
use store::Ask;

fn main() -> ExitCode {
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    let directory = given.unwrap_or_else(|| {
        let name = format!("key-value-{}", std::process::id());
        std::env::temp_dir().join(name)
    });
    println!("The servers keep their files in {}", directory.display());
    match tell(Cluster::start(directory)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The story ended early: {error}");
            ExitCode::FAILURE
        }
    }
}

fn tell(cluster: Result<Cluster, ClusterError>) -> Result<(), ClusterError> {
    let mut cluster = cluster?;
    for (key, value) in [("colour", "blue"), ("river", "Soča"), ("boat", "canoe")] {
        cluster.write(key, value)?;
    }
    let leader = cluster.leader()?;
    println!("{leader} leads; it takes a snapshot, and loses its power");
    cluster.take_snapshot(leader);
    cluster.kill(leader);

    cluster.write("colour", "green")?;
    println!("{} leads now", cluster.leader()?);
    println!("colour is {}", cluster.ask(&Ask::Get("colour".into()))?);

    println!("{leader} comes back from its files");
    cluster.revive(leader)?;
    cluster.write("weather", "fair")?;
    let state = cluster.wait_until_equal()?;
    println!("All three servers hold the same:");
    for (key, value) in state {
        println!("  {key} = {value}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_ends_well() {
        let directory = std::env::temp_dir().join(format!("key-value-test-{}", std::process::id()));
        tell(Cluster::start(directory.clone())).expect("the story ends");
        std::fs::remove_dir_all(directory).expect("the files are there");
    }
}
