//! What both clusters can be asked to do.

use crate::machine::Machine;
use std::ops::Range;

/// A cluster of servers on one thread, under the leadership of its first server.
pub trait Cluster: Sized {
    /// What it is called in the table of results.
    const NAME: &'static str;

    /// A cluster of so many servers that has elected its leader and has nothing left to do. At
    /// most `window` commands will be outstanding at once.
    ///
    /// # Panics
    /// Where the election fails.
    fn elected(servers: u16, window: u64) -> Self;

    /// Gives the leader these commands, by number.
    fn propose(&mut self, commands: Range<u64>);

    /// Lets the leader, and then every follower, work off what has reached it.
    fn turn(&mut self);

    /// Lets the leader assert itself.
    fn heartbeat(&mut self);

    /// How many commands the client knows to be done.
    fn retired(&self) -> u64;

    /// How many messages were sent so far.
    fn messages(&self) -> u64;

    /// The state machine of every server, the leader's first.
    fn machines(&self) -> impl Iterator<Item = &Machine>;
}
