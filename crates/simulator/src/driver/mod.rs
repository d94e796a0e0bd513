//! One way to drive a protocol from a test: build, act, let time pass, and look.

mod build;
mod calls;
mod counts;
mod error;
mod faults;
mod inject;
mod messages;
mod nodes;
mod tell;

pub use build::DriverBuilder;
pub use error::DriverError;
pub use messages::InFlight;

use crate::action::{Action, TimedAction};
use crate::choose::{Choose, Seeded};
use crate::engine::Engine;
use crate::happening::{Happening, What};
use crate::insight::Insight;
use crate::simulation::Simulation;
use crate::world::World;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::{Explain, Micros, NodeId, Protocol};

/// A run of one protocol, driven by a test. The crate's documentation teaches how.
///
/// Its clock is virtual. It stands still until a method named `run` or [`Driver::step`] moves it;
/// every fault, call and injected input takes effect at once, at [`Driver::now`], as one event of
/// the run. Two drivers that are built alike and asked for the same behave alike, bit for bit; so
/// does a clone.
#[derive(Clone, Debug)]
pub struct Driver<P: Protocol, C: Choose = Seeded> {
    run: Simulation<P, C>,
    /// At or after the latest event, and not after the next.
    now: Micros,
    story: Vec<Happening>,
}

impl<P: Protocol> Driver<P>
where
    P::Settings: Default,
{
    /// A run with the protocol's own settings in the [`World`] that is the default, to be changed
    /// before it is built.
    #[must_use]
    pub fn builder() -> DriverBuilder<P> {
        DriverBuilder::new(World::default(), P::Settings::default())
    }
}

impl<P: Protocol, C: Choose> Driver<P, C> {
    /// The present moment, in virtual time since the start.
    #[must_use]
    pub fn now(&self) -> Micros {
        self.now
    }

    /// When the next event comes; `None` where nothing is to come, or where a guarantee is broken.
    #[must_use]
    pub fn next_event(&self) -> Option<Micros> {
        self.run.next_event()
    }

    /// Lets so much time pass.
    ///
    /// # Errors
    /// [`DriverError::Violated`] where a guarantee breaks on the way.
    pub fn run_for(&mut self, span: Micros) -> Result<(), DriverError> {
        self.run_to(self.now + span)
    }

    /// Lets time pass up to this moment, the events of the moment included. One that is past
    /// changes nothing.
    ///
    /// # Errors
    /// [`DriverError::Violated`] where a guarantee breaks on the way.
    pub fn run_to(&mut self, at: Micros) -> Result<(), DriverError> {
        while self.advance(at)? {}
        self.now = self.now.max(at);
        Ok(())
    }

    /// Lets time pass until the condition holds, for `limit` at most; it is asked now and after
    /// each event. `awaited` says in words what is waited for.
    ///
    /// # Errors
    /// [`DriverError::NotInTime`] where it never held, or [`DriverError::Violated`].
    pub fn run_until(
        &mut self,
        awaited: &str,
        limit: Micros,
        mut condition: impl FnMut(&Self) -> bool,
    ) -> Result<(), DriverError> {
        self.run_until_some(awaited, limit, |driver| condition(driver).then_some(()))
    }

    /// As [`Driver::run_until`], and gives what was found.
    ///
    /// # Errors
    /// As there.
    pub fn run_until_some<T>(
        &mut self,
        awaited: &str,
        limit: Micros,
        mut find: impl FnMut(&Self) -> Option<T>,
    ) -> Result<T, DriverError> {
        let since = self.now;
        let end = since + limit;
        loop {
            if let Some(found) = find(self) {
                return Ok(found);
            }
            if !self.advance(end)? {
                break;
            }
        }
        self.now = end;
        Err(DriverError::NotInTime {
            awaited: String::from(awaited),
            since,
            limit,
            seed: self.run.world.seed,
        })
    }

    /// Lets time pass until somebody leads, for `limit` at most, and says who: of several, whoever
    /// leads under the latest mandate.
    ///
    /// # Errors
    /// As [`Driver::run_until`].
    pub fn expect_leader(&mut self, limit: Micros) -> Result<NodeId, DriverError> {
        self.run_until_some("a leader", limit, Self::leader)
    }

    /// Carries out the next event and gives what happened in it; `None` where nothing is to come,
    /// or where a guarantee is broken and the run stands still.
    pub fn step(&mut self) -> Option<&[Happening]> {
        let told = self.story.len();
        if !self.run.step(&mut self.story) {
            return None;
        }
        self.now = self.now.max(self.run.now());
        Some(&self.story[told..])
    }

    /// Puts an action into the run's script, to be carried out when its time comes. One in the
    /// past comes with the next event.
    pub fn schedule(&mut self, at: Micros, action: Action) {
        self.run.schedule(TimedAction { at, action });
    }

    /// Carries out an action now. Every fault has a method of its own beside this one.
    ///
    /// # Errors
    /// [`DriverError::Idle`] where it has no effect, or [`DriverError::Violated`].
    pub fn act(&mut self, action: Action) -> Result<(), DriverError> {
        let told = self.story.len();
        self.event(|run, story| run.perform(action, story))?;
        let idle = self.story[told..].iter().find_map(|it| match &it.what {
            What::Idle { action, reason } => Some((action.clone(), *reason)),
            _ => None,
        });
        idle.map_or(Ok(()), |(action, reason)| {
            Err(DriverError::Idle { action, reason })
        })
    }

    /// The run itself, for what [`Engine`] shows: measures, checks, the history of calls, digests,
    /// and everything at once.
    #[must_use]
    pub fn engine(&self) -> &(impl Engine + Insight) {
        &self.run
    }

    /// Everything that happened so far, in order.
    #[must_use]
    pub fn story(&self) -> &[Happening] {
        &self.story
    }

    /// How often this rule decided something at this node so far.
    #[must_use]
    pub fn decided(&self, node: NodeId, rule: P::Rule) -> u64 {
        self.decisions(rule).filter(|by| *by == node).count() as u64
    }

    /// Who decided something by this rule so far: a node for each time, in order.
    pub fn decisions(&self, rule: P::Rule) -> impl Iterator<Item = NodeId> {
        self.story.iter().filter_map(move |it| match &it.what {
            What::Why(node, why) if why.rule.name == rule.name() => Some(*node),
            _ => None,
        })
    }

    /// Carries out the next event, where it comes at `end` or before; whether there was one.
    fn advance(&mut self, end: Micros) -> Result<bool, DriverError> {
        self.unbroken()?;
        if self.next_event().is_none_or(|next| next > end) {
            return Ok(false);
        }
        self.step();
        self.unbroken()?;
        Ok(true)
    }

    fn unbroken(&self) -> Result<(), DriverError> {
        let violation = self.run.violation();
        violation.map_or(Ok(()), |it| Err(DriverError::Violated(it.clone())))
    }

    /// Makes something happen now, as an event of its own.
    fn event(
        &mut self,
        happen: impl FnOnce(&mut Simulation<P, C>, &mut Vec<Happening>),
    ) -> Result<(), DriverError> {
        self.unbroken()?;
        self.run.begin(self.now, 0);
        happen(&mut self.run, &mut self.story);
        self.run.end(&mut self.story);
        self.unbroken()
    }
}
