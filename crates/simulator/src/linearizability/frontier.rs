//! All that the calls of one key leave possible, call by call.

use super::configuration::Configuration;
use super::configurations::{Configurations, Steps};
use super::limit::Limit;
use super::past::Past;
use super::pending::Pending;
use alloc::vec::Vec;
use consensus::CallId;
use litemap::LiteMap;

/// A call that is open, and may still be answered.
#[derive(Clone, Copy, Debug, Hash)]
struct Open {
    /// When it was asked for.
    asked: u64,
    /// What it does.
    deed: Deed,
}

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Deed {
    /// It writes this value.
    Write(u64),
    /// It reads, and finds this value in the end.
    Read(Option<u64>),
}

impl Open {
    /// Whether it finds a value that the key had until then.
    fn finds(&self, value: Option<u64>, until: u64) -> bool {
        self.deed == Deed::Read(value) && self.asked < until
    }
}

/// Every way in which the calls of one key may have taken effect so far (just-in-time
/// linearization: Lowe 2017). Calls take effect when an answer asks for it, and not before.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Frontier {
    /// Counts what clients ask and are told: their time.
    now: u64,
    open: LiteMap<CallId, Open>,
    pending: Pending,
    configurations: Configurations,
    /// Earlier values that every configuration knows.
    shared: Past,
}

impl Frontier {
    /// A key that has no value, before its first call, where these steps were taken already.
    pub(crate) fn after(steps: Steps) -> Self {
        let mut configurations = Configurations::after(steps);
        configurations.restart(None, 0);
        Self {
            now: 0,
            open: LiteMap::new(),
            pending: Pending::default(),
            configurations,
            shared: Past::default(),
        }
    }

    /// A client asks for something.
    pub(crate) fn called(&mut self, call: CallId, deed: Deed) -> Result<(), Limit> {
        match deed {
            Deed::Write(value) => self.called_in_doubt(value)?,
            Deed::Read(_) => self.now += 1,
        }
        let asked = self.now;
        self.open.insert(call, Open { asked, deed });
        match self.open.len() > Limit::OPEN_CALLS as usize {
            true => Err(Limit::OpenCalls),
            false => Ok(()),
        }
    }

    /// The steps that were taken.
    pub(crate) const fn steps(&self) -> Steps {
        self.configurations.steps()
    }

    /// The same, to be changed.
    pub(crate) const fn steps_mut(&mut self) -> &mut Steps {
        self.configurations.steps_mut()
    }

    /// A client asks for a write that it will never be told is done.
    pub(crate) fn called_in_doubt(&mut self, value: u64) -> Result<(), Limit> {
        self.now += 1;
        self.pending.add(value, self.now);
        match self.pending.len() > Limit::PENDING as usize {
            true => Err(Limit::Pending),
            false => Ok(()),
        }
    }

    /// A call is over, and nobody can tell whether it took effect or will.
    pub(crate) fn in_doubt(&mut self, call: CallId) {
        // A write stays pending.
        self.open.remove(&call);
    }

    /// A client is told that its call is done. False where no order explains it: from here on the
    /// value that it found is taken for the truth.
    pub(crate) fn done(&mut self, call: CallId) -> Result<bool, Limit> {
        let Some(Open { asked, deed }) = self.open.remove(&call) else {
            return Ok(true);
        };
        self.now += 1;
        match deed {
            Deed::Write(value) => self.wrote(value, asked)?,
            Deed::Read(found) => self.read(found, asked)?,
        }
        let explained = !self.configurations.is_empty();
        if !explained {
            self.shared = Past::default();
            let (Deed::Read(value), now) = (deed, self.now) else {
                return Ok(false);
            };
            self.configurations.restart(value, now);
        }
        self.settle();
        self.tidy();
        self.configurations.check()?;
        Ok(explained)
    }

    /// A write is done: it took effect already, or unseen before the latest change, or does now.
    fn wrote(&mut self, value: u64, asked: u64) -> Result<(), Limit> {
        self.pending.remove(value, asked);
        let now = self.now;
        let mut changed = Configurations::after(self.steps().none_taken());
        let mut fits = Ok(());
        self.configurations.retain(|before, it| {
            if it.effects.take(value, asked) {
                return true;
            }
            if fits.is_ok() {
                fits = changed.put(Some(value), it.clone().changed(before, now));
            }
            let hides = asked < it.since;
            if hides {
                it.hide(value);
            }
            hides
        });
        fits?;
        self.join(changed)
    }

    /// A read found this value: the key has it, or had it since the read was asked for, or a write
    /// takes effect for it, now or right before the latest change.
    fn read(&mut self, found: Option<u64>, asked: u64) -> Result<(), Limit> {
        if self.shared.until(found).is_some_and(|until| until > asked) {
            return Ok(());
        }
        let (now, pending) = (self.now, &self.pending);
        let mut changed = Configurations::after(self.steps().none_taken());
        let mut fits = Ok(());
        self.configurations.retain(|before, it| {
            if before == found || it.showed(found, asked) {
                return true;
            }
            let Some(value) = found else {
                return false;
            };
            if fits.is_ok() && pending.serve(&it.effects, value, now) {
                let took_effect = it.clone().with_effect(value, now).changed(before, now);
                fits = changed.put(found, took_effect);
            }
            let since = it.since;
            let hides = asked < since && pending.serve(&it.effects, value, since);
            if hides {
                it.effects.add(value, since);
                it.hide(value);
            }
            hides
        });
        fits?;
        self.join(changed)
    }

    fn join(&mut self, others: Configurations) -> Result<(), Limit> {
        self.steps_mut().take(others.steps().taken);
        for (value, it) in others.iter() {
            self.configurations.put(value, it.clone())?;
        }
        Ok(())
    }

    /// Forgets the values of which every write took effect, in whatever order, and none is open.
    fn settle(&mut self) {
        let first = self.configurations.iter().next();
        let values = first.map(|(_, it)| it.effects.values().collect());
        let values: Vec<u64> = values.unwrap_or_default();
        let looks = values.len() * self.open.len();
        self.steps_mut().take_entries(looks);
        for value in values {
            let count = self.pending.count(value);
            let open = self.open.values();
            let none_open = !open.map(|it| it.deed).any(|it| it == Deed::Write(value));
            let used = |(_, it): (_, &Configuration)| it.effects.count(value) == count;
            let all_used = self.configurations.iter().all(used);
            if none_open && all_used {
                let looks = self.pending.len() + self.configurations.size();
                self.steps_mut().take_entries(looks);
                self.pending.settle(value);
                self.configurations.retain(|_, it| {
                    it.effects.settle(value);
                    true
                });
            }
        }
    }

    /// Forgets earlier values that no open read can have seen.
    fn tidy(&mut self) {
        let earlier = self.shared.len() + self.configurations.size();
        let looks = earlier * (1 + self.open.len());
        self.steps_mut().take_entries(looks);
        let open = &self.open;
        let wanted = |value, until| open.values().any(|it| it.finds(value, until));
        self.shared.retain(wanted);
        if self.configurations.iter().all(|(_, it)| it.past.is_empty()) {
            return;
        }
        for (value, until) in self.configurations.known_to_all() {
            if wanted(value, until) {
                self.shared.add(value, until);
            }
        }
        let shared = &self.shared;
        let news = |value, until| shared.until(value).is_none_or(|known| known < until);
        self.configurations
            .forget(|value, until| news(value, until) && wanted(value, until));
    }
}
