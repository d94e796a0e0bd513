//! One node and what belongs to it alone: its power, disk, timers and state machine.

use crate::register::Register;
use crate::view::{Power, TimerView};
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use consensus::{
    Boot, ClusterId, Durable, Incarnation, Mandate, Micros, NodeId, Protocol, Role, TimerKind,
    Token, WriteSummary,
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

/// One node and all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Host<P: Protocol> {
    pub(crate) id: NodeId,
    pub(crate) power: Power,
    pub(crate) incarnation: Incarnation,
    pub(crate) node: P,
    pub(crate) register: Register,
    pub(crate) reported: Reported,
    members: Vec<NodeId>,
    settings: P::Settings,
    durable: P::Durable,
    unsynced: VecDeque<(Token, P::Write)>,
    disk_free_at: Micros,
    timers: LiteMap<P::Timer, Armed>,
    armed: u64,
}

impl<P: Protocol> Host<P> {
    /// A node that has not booted yet.
    pub(crate) fn new(id: NodeId, members: Vec<NodeId>, settings: P::Settings) -> Self {
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
            reported: Reported::default(),
            members,
            settings,
            durable: P::Durable::default(),
            unsynced: VecDeque::new(),
            disk_free_at: Micros::ZERO,
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
            durable: self.durable.clone(),
        })
    }

    /// Whether it is up.
    pub(crate) fn is_up(&self) -> bool {
        self.power == Power::Running
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
        self.unsynced.clear();
        self.register = Register::default();
        self.reported = Reported::default();
        self.disk_free_at = Micros::ZERO;
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

    /// Asks for a write that takes `latency`; says when it will be on the disk. The disk does one
    /// write after the other.
    pub(crate) fn persist(
        &mut self,
        token: Token,
        write: P::Write,
        now: Micros,
        latency: Micros,
    ) -> Micros {
        self.unsynced.push_back((token, write));
        self.disk_free_at = self.disk_free_at.max(now) + latency;
        self.disk_free_at
    }

    /// The oldest write reaches the disk; says what it was, if this is the one.
    pub(crate) fn sync(&mut self, token: Token) -> Option<WriteSummary> {
        self.unsynced
            .front()
            .filter(|(oldest, _)| *oldest == token)?;
        let (_, write) = self.unsynced.pop_front()?;
        self.durable.store(&write);
        Some(self.durable.describe(&write))
    }

    /// Whether the command of this call stands in its state machine, or at this position on its
    /// disk. A state machine may hold it elsewhere: two leaders number what they apply alone, and a
    /// client may have asked both.
    pub(crate) fn holds(&self, index: u64, call: consensus::CallId) -> bool {
        self.register.position_of(call).is_some() || self.durable.holds(index, call)
    }

    /// What its disk holds.
    pub(crate) fn durable(&self) -> &P::Durable {
        &self.durable
    }

    /// The timer drawn as an arc: of those that say how long it waits, the first to fire.
    pub(crate) fn patience(&self) -> Option<TimerView> {
        self.timers
            .iter()
            .filter(|(timer, _)| timer.is_patience())
            .min_by_key(|(_, armed)| armed.due)
            .map(|(timer, armed)| TimerView {
                name: timer.name(),
                armed: armed.since,
                due: armed.due,
            })
    }

    /// Every timer that runs.
    pub(crate) fn timers(&self) -> &LiteMap<P::Timer, Armed> {
        &self.timers
    }
}
