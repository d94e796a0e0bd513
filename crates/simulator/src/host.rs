//! One node and what belongs to it alone: its power, disk, clocks, inbox, timers and state machine.

use crate::clock::Clock;
use crate::disk::Disk;
use crate::inbox::Inbox;
use crate::register::Register;
use crate::view::{Power, TimerView};
use crate::world::World;
use alloc::sync::Arc;
use alloc::vec::Vec;
use consensus::{
    Boot, Call, ClusterId, Durable, Envelope, Incarnation, Mandate, Micros, NodeId, Protocol, Role,
    SnapshotId, TimerKind, Token,
};
use litemap::LiteMap;

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Armed {
    /// Tells this arming from every other one, of earlier lives too.
    pub(crate) generation: u64,
    pub(crate) since: Micros,
    pub(crate) due: Micros,
}

/// What a node last reported of itself, kept so that checks and measures need not ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reported {
    pub(crate) role: Role,
    pub(crate) mandate: Mandate,
    pub(crate) follows: Option<NodeId>,
    /// When it joined, by its own word: its age is counted from here.
    pub(crate) joined: Option<Micros>,
}

impl Default for Reported {
    fn default() -> Self {
        Self {
            role: Role::Follower,
            mandate: Mandate::Term(0),
            follows: None,
            joined: None,
        }
    }
}

/// What waits in a node's inbox.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Letter<M> {
    Message(Envelope<M>),
    Call(Call),
}

/// What befell a paused node and reaches it when it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Missed<T> {
    /// This arming of a timer ran out.
    Timer(T, u64),
    /// A write is complete.
    Stored(Token),
}

/// One node and all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Host<P: Protocol> {
    pub(crate) id: NodeId,
    pub(crate) power: Power,
    pub(crate) incarnation: Incarnation,
    pub(crate) node: P,
    pub(crate) register: Register,
    /// Snapshots of the register; they survive a crash.
    pub(crate) snapshots: LiteMap<SnapshotId, Arc<[u8]>>,
    pub(crate) reported: Reported,
    /// How many commands it applied since its application last had a snapshot taken.
    pub(crate) applied_since_snapshot: u32,
    members: Vec<NodeId>,
    settings: P::Settings,
    pub(crate) disk: Disk<P>,
    pub(crate) clock: Clock,
    pub(crate) inbox: Inbox<Letter<P::Message>>,
    pub(crate) missed: Vec<Missed<P::Timer>>,
    timers: LiteMap<P::Timer, Armed>,
    armed: u64,
}

impl<P: Protocol> Host<P> {
    /// A node that has not booted yet.
    pub(crate) fn new(id: NodeId, world: &World, settings: P::Settings) -> Self {
        let founders = (0..world.nodes).map(NodeId);
        // Who comes later is told by the others who they are.
        let members: Vec<NodeId> = founders.filter(|_| id.0 < world.nodes).collect();
        let clock = world.clocks.iter().find(|(node, _)| *node == id);
        Self {
            id,
            power: Power::Absent,
            incarnation: Incarnation(0),
            node: P::boot(Boot {
                node: id,
                cluster: ClusterId(0),
                incarnation: Incarnation(0),
                members: members.clone(),
                settings: settings.clone(),
                durable: P::Durable::default(),
            }),
            register: Register::default(),
            snapshots: LiteMap::new(),
            reported: Reported::default(),
            applied_since_snapshot: 0,
            members,
            settings,
            disk: Disk::new(world.disk, P::Durable::default()),
            clock: Clock::new(clock.map_or_else(Default::default, |it| it.1)),
            inbox: Inbox::new(world.inbox),
            missed: Vec::new(),
            timers: LiteMap::new(),
            armed: 0,
        }
    }

    /// The node as it boots next, from what its disk holds.
    pub(crate) fn reborn(&self) -> P {
        P::boot(Boot {
            node: self.id,
            cluster: ClusterId(0),
            incarnation: self.incarnation,
            members: self.members.clone(),
            settings: self.settings.clone(),
            durable: self.disk.stored().clone(),
        })
    }

    /// Whether it takes up what reaches it.
    pub(crate) fn is_up(&self) -> bool {
        self.power == Power::Running
    }

    /// Whether it has a state to lose, paused or not.
    pub(crate) fn is_booted(&self) -> bool {
        matches!(self.power, Power::Running | Power::Paused)
    }

    /// Whether it is up and claims to lead.
    pub(crate) fn claims(&self) -> bool {
        self.is_up() && self.reported.role == Role::Leader
    }

    /// Boots it: a new life from what the disk holds.
    pub(crate) fn boot(&mut self) {
        self.incarnation.0 += 1;
        self.power = Power::Running;
        self.node = self.reborn();
    }

    /// Takes its power away: what is not on the disk is gone.
    pub(crate) fn halt(&mut self, power: Power) {
        self.power = power;
        self.timers.clear();
        self.inbox.clear();
        self.missed.clear();
        self.register = Register::default();
        self.reported = Reported::default();
        self.applied_since_snapshot = 0;
    }

    /// Starts a timer, replacing it where it runs.
    pub(crate) fn arm(&mut self, timer: P::Timer, since: Micros, due: Micros) -> u64 {
        self.armed += 1;
        let generation = self.armed;
        self.timers.insert(
            timer,
            Armed {
                generation,
                since,
                due,
            },
        );
        generation
    }

    /// Stops a timer.
    pub(crate) fn disarm(&mut self, timer: P::Timer) {
        self.timers.remove(&timer);
    }

    /// Whether this arming of the timer still stands.
    pub(crate) fn is_armed(&self, timer: P::Timer, generation: u64) -> bool {
        self.timers
            .get(&timer)
            .is_some_and(|armed| armed.generation == generation)
    }

    /// Whether the command of this call stands in its state machine, or at this position on its
    /// disk. A state machine may hold it elsewhere: two leaders number what they apply alone, and a
    /// client may have asked both.
    pub(crate) fn holds(&self, index: u64, call: consensus::CallId) -> bool {
        self.register.holds(call) || self.disk.stored().holds(index, call)
    }

    /// The timer drawn as an arc: of those that say how long it waits, the first to fire.
    pub(crate) fn patience(&self) -> Option<TimerView> {
        let patient = self.timers.iter().filter(|(timer, _)| timer.is_patience());
        let first = patient.min_by_key(|(_, armed)| armed.due);
        first.map(|(timer, armed)| shown(*timer, *armed))
    }

    /// Every timer that runs, as people see it.
    pub(crate) fn timer_views(&self) -> impl Iterator<Item = TimerView> {
        let all = self.timers.iter();
        all.map(|(timer, armed)| shown(*timer, *armed))
    }

    /// Every timer that runs.
    pub(crate) fn timers(&self) -> &LiteMap<P::Timer, Armed> {
        &self.timers
    }
}

fn shown(timer: impl TimerKind, armed: Armed) -> TimerView {
    TimerView {
        name: timer.name(),
        meaning: timer.meaning(),
        armed: armed.since,
        due: armed.due,
    }
}
