//! The rule-breakers that checks catch, each with its water, written down as Rust when the page is
//! built.

// Whatever these waters name.
use consensus::MembershipChange::{AddLearner, Replace};
use consensus::almighty::{self, AlmightySettings, IdentityStamp};
use consensus::raft::{
    self, RaftSettings, ReadPath::Index, ReadPath::Lease, ReplicateWhen::WithNextHeartbeat,
};
use consensus::{Micros, NodeId, watercraft};
use scenario::simulator::{
    Action::{
        ChangeMembership, Clock, Cut, CutOneWay, Disk, Heal, Join, Leave, Link, Message, Read,
        Start, Stop, TimeOut, Write,
    },
    ClockSettings,
    CrashLoss::Everything,
    DiskSettings, LinkChange, LinkSettings, Links,
    MessageDeed::Delay,
    PerMillion, SpanRange,
    Spread::Even,
    Target::Node,
    TimedAction, World,
};
use scenario::{Mutant, Setup};
use std::sync::Arc;

/// A rule-breaker that a check catches.
pub(crate) struct Breaker {
    /// Who.
    pub(crate) mutant: Mutant,
    /// What it does that nobody may do, in a sentence.
    pub(crate) breaks: &'static str,
    /// The check that catches it.
    pub(crate) caught_by: &'static str,
    /// When it is caught in its water, where nobody acts.
    pub(crate) caught_at: Micros,
    /// The small water in which it is caught.
    pub(crate) water: fn() -> Setup,
}

/// Every rule-breaker that a check catches, protocol by protocol. Only what a chunk holds may name
/// it: the waters are many.
pub(crate) const BREAKERS: &[Breaker] = include!(concat!(env!("OUT_DIR"), "/breakers.rs"));
