//! A run whose events come in any order.

use super::Bounds;
use super::told::Told;
use crate::action::{Action, Target};
use crate::choose::{Choose, Stream};
use crate::flight::Endpoint;
use crate::happening::Happening;
use crate::simulation::{Event, Simulation};
use crate::view::Power;
use crate::world::World;
use alloc::vec::Vec;
use consensus::{Micros, NodeId, Protocol};

/// How much later than the one before an act of the environment comes.
const BETWEEN_ACTS: Micros = Micros::from_secs(1);

/// Something that may come next.
#[derive(Clone, Debug)]
pub(super) enum Next {
    /// The event with this place in the order of asking.
    Pending(u64),
    /// An act of the environment.
    Act(Action),
}

/// A run of which any pending event may come next, and the acts that are left.
#[derive(Clone, Debug)]
pub(super) struct FreeRun<P: Protocol> {
    pub(super) run: Simulation<P, Told>,
    pub(super) left: Bounds,
}

impl<P: Protocol> FreeRun<P> {
    /// A run that went its ordinary way until `settled`, without clients, and whose events come in
    /// any order from then on.
    pub(super) fn new(world: World, settings: P::Settings, settled: Micros, left: Bounds) -> Self {
        let choose = Told::new(world.seed);
        let world = World {
            clients: 0,
            ..world
        };
        let mut run = Simulation::with_choices(world, settings, choose);
        let mut story = Vec::new();
        while run.next().is_some_and(|next| next <= settled) && run.advance(&mut story) {}
        run.choose.ordinary = None;
        run.watch.disturb(None);
        let mut free = Self { run, left };
        free.forget_stale();
        free
    }

    /// Everything that may come next: what is pending in the order in which it was asked for, then
    /// the acts.
    pub(super) fn options(&self) -> Vec<Next> {
        let pending = self.run.queue.iter();
        let able = pending.filter(|(_, _, event)| self.is_able(event));
        let mut places: Vec<u64> = able.map(|(_, place, _)| place).collect();
        places.sort_unstable();
        let mut options: Vec<Next> = places.into_iter().map(Next::Pending).collect();
        options.extend(self.acts().into_iter().map(Next::Act));
        options
    }

    /// Whether an event can happen now: what was sent to a node that is down waits for its return.
    fn is_able(&self, event: &Event<P>) -> bool {
        let Event::Arrive(number) = event else {
            return true;
        };
        let transit = self.run.network.get(*number);
        transit.is_some_and(|it| match it.to {
            Endpoint::Node(node) => self.is_up(node),
            Endpoint::Client(_) => true,
        })
    }

    /// Whether a node is up.
    pub(super) fn is_up(&self, node: NodeId) -> bool {
        self.run.hosts.get(node).is_some_and(|host| host.is_up())
    }

    fn acts(&self) -> Vec<Action> {
        let mut acts = Vec::new();
        let hosts = || self.run.hosts.values();
        if self.left.crashes > 0 {
            let up = hosts().filter(|host| host.is_up());
            acts.extend(up.map(|host| Action::Stop(Target::Node(host.id))));
        }
        if self.left.joins > 0 {
            let down = hosts().filter(|host| host.power == Power::Stopped);
            acts.extend(down.map(|host| Action::Start(Target::Node(host.id))));
            let last = self.run.hosts.nodes().last();
            let newcomer = last.map_or(0, |last| last.0.saturating_add(1));
            acts.push(Action::Join(NodeId(newcomer)));
        }
        if self.run.network.cuts.is_cut() {
            acts.push(Action::Heal);
        } else if self.left.cuts > 0 {
            let sides = sides(&self.run.attached());
            acts.extend(sides.into_iter().map(|side| Action::Cut(Vec::from([side]))));
        }
        acts
    }

    /// Lets the next event happen, as it is chosen among what may come next; false where nothing
    /// may.
    pub(super) fn advance(&mut self, story: &mut Vec<Happening>) -> bool {
        let options = self.options();
        let Some(last) = options.len().checked_sub(1) else {
            return false;
        };
        let choose = &mut self.run.choose;
        let chosen = choose.between(Stream::Environment, 0, last as u64);
        match options.into_iter().nth(chosen as usize) {
            Some(Next::Pending(place)) => self.let_happen(place, story),
            Some(Next::Act(act)) => self.act(act, story),
            None => return false,
        }
        self.forget_stale();
        true
    }

    fn let_happen(&mut self, place: u64, story: &mut Vec<Happening>) {
        let mut taken = None;
        self.run.queue.retain(|_, other, event| {
            let it = other == place;
            if it {
                taken = Some(event.clone());
            }
            !it
        });
        if let Some(event) = taken {
            self.run.begin(self.run.now, place);
            self.run.carry_out(event, story);
            self.run.end(story);
        }
    }

    fn act(&mut self, act: Action, story: &mut Vec<Happening>) {
        match act {
            Action::Stop(_) => self.left.crashes -= 1,
            Action::Start(_) | Action::Join(_) => self.left.joins -= 1,
            Action::Cut(_) => self.left.cuts -= 1,
            _ => {}
        }
        self.run.queue.put_off(BETWEEN_ACTS);
        self.run.network.put_off(BETWEEN_ACTS);
        self.run.begin(self.run.now + BETWEEN_ACTS, 0);
        self.run.perform(act, story);
        self.run.end(story);
    }

    /// Drops what can no longer happen.
    fn forget_stale(&mut self) {
        let mut queue = core::mem::take(&mut self.run.queue);
        queue.retain(|at, _, event| !self.run.is_stale(at, event));
        self.run.queue = queue;
    }

    /// Heals the cut and lets events come in due time, until the network has been whole and quiet
    /// for long enough and the checks have looked at it; false where they never did.
    pub(super) fn calm_down(&mut self, story: &mut Vec<Happening>) -> bool {
        let run = &mut self.run;
        run.choose.ordinary = Some(crate::Seeded::new(run.world.seed));
        if run.network.cuts.is_cut() {
            self.act(Action::Heal, story);
        } else {
            run.disturb();
        }
        let run = &mut self.run;
        while !run.watch.is_quiet(run.now) {
            if !run.advance(story) {
                return false;
            }
        }
        true
    }
}

/// Every way to cut these nodes in two, each named by the side that the last node is not on.
fn sides(nodes: &[NodeId]) -> Vec<Vec<NodeId>> {
    let Some((_, others)) = nodes.split_last() else {
        return Vec::new();
    };
    let chosen = |set: u32| {
        let members = (0..)
            .zip(others)
            .filter(move |(bit, _)| set >> bit & 1 == 1);
        members.map(|(_, node)| *node).collect()
    };
    let sets = 1_u32.checked_shl(others.len() as u32);
    (1..sets.unwrap_or(u32::MAX)).map(chosen).collect()
}
