//! Bounded model checking: every order in which the events of a run can come, up to a depth.

mod counterexample;
mod fingerprint;
mod free_run;
mod headline;
mod search;
mod told;

pub use counterexample::{Counterexample, Step};
pub use search::{Exploration, Explorer};

/// How far to go, and what may befall the cluster on the way.
///
/// # What is explored
///
/// The start is a cluster that has settled. From there anything that is under way may happen next,
/// whenever it is due: any message on its wire arrives, any timer that runs fires, any write
/// reaches its disk; and so may the acts of the environment, as often as [`Bounds`] allows: any
/// node crashes, one that crashed comes back or another one joins, a cut divides the nodes into
/// any two sides, the cut is healed. Each of these is one event, and every sequence of up to
/// [`Self::depth`] events is followed. The guarantees of the run are checked in each.
///
/// A sequence is a run like any other whose [`crate::Choose`] is told, event after event, which
/// of the pending ones comes next; the rest of its draws are the least of their range. A message
/// that never arrives within the depth is as good as lost, so that loss and delay need no choice
/// of their own. A cut lets pass what was on its wire before it, for the same reason; and what was
/// sent to a node that is down waits for its return.
///
/// # What counts as one state
///
/// Two sequences lead to the same state where everything is equal that what comes next can depend
/// on: the nodes and their disks, which timers run, which messages are on their wires, the cut,
/// which acts are left, and what the checks remember. How they came there is left out: numbers of
/// messages, generations of timers, counts of events and of words drawn. So is time, because
/// nothing waits for it: when a timer was armed and when it is due decides nothing here. What is
/// left of time are the clocks. They stand still between acts, and each act comes a second after
/// the one before, so that they show how many acts there were and nothing else.
///
/// States are told apart by digests of 64 bits. That two of a million states share one has
/// a chance below one in 30 million; the second would then not be followed.
///
/// # What is not
///
/// - Clocks that differ from each other, or move while nothing is done to the cluster. Two
///   elections that are called between the same two acts are ordered by what their callers had
///   seen and by their ids, never by the time.
/// - Messages that are doubled or damaged, one-way cuts, pauses and clients.
/// - Sequences that are longer, but for one each: with [`Self::calm`] every state is followed
///   further, in due time, until the network has been whole and quiet for long enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// How many events a sequence has at most.
    pub depth: u32,
    /// How many nodes crash.
    pub crashes: u32,
    /// How many nodes join: newcomers, and those that crashed and come back.
    pub joins: u32,
    /// How many times the network is cut in two, in one of `2^(n - 1) - 1` ways for `n` nodes.
    /// Each cut can be healed.
    pub cuts: u32,
    /// Whether each state is followed further: the cut is healed, nothing more befalls the
    /// cluster, and events come in due time for as long as [`crate::World::quiet`] says, so that
    /// [`crate::Property::OldestLeads`] is checked, too.
    pub calm: bool,
}
