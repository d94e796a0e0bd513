//! All configurations of a key.

use super::configuration::Configuration;
use super::limit::Limit;
use alloc::vec;
use alloc::vec::Vec;
use litemap::LiteMap;

/// Every way in which the calls of a key may have taken effect, by the value that it left; none of
/// one value covers another.
#[derive(Clone, Debug, Default, Hash)]
pub(super) struct Configurations {
    by_value: LiteMap<Option<u64>, Vec<Configuration>>,
    /// How many steps it took so far, and may take.
    steps: Steps,
    /// How many entries were put in since they were counted.
    put: usize,
}

/// Steps that were taken.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Steps {
    /// How many.
    pub(super) taken: u64,
    /// How many may be.
    pub(super) most: u64,
}

impl Default for Steps {
    /// None of those that a whole history may take.
    fn default() -> Self {
        Self {
            taken: 0,
            most: Limit::STEPS,
        }
    }
}

impl Steps {
    /// As many as may be, and none of them taken.
    pub(super) const fn none_taken(self) -> Self {
        Self { taken: 0, ..self }
    }

    /// Takes so many.
    pub(super) const fn take(&mut self, count: u64) {
        self.taken = self.taken.saturating_add(count);
    }

    /// Takes those of looking at so many entries: sixteen are one step.
    pub(super) const fn take_entries(&mut self, count: usize) {
        self.take((count / 16) as u64);
    }

    /// That there are not too many.
    pub(super) fn check(self) -> Result<(), Limit> {
        match self.taken > self.most {
            true => Err(Limit::Steps),
            false => Ok(()),
        }
    }
}

impl Configurations {
    /// None, after so many steps.
    pub(super) fn after(steps: Steps) -> Self {
        Self {
            by_value: LiteMap::new(),
            steps,
            put: 0,
        }
    }

    /// The steps that were taken.
    pub(super) const fn steps(&self) -> Steps {
        self.steps
    }

    /// The same, to be changed.
    pub(super) const fn steps_mut(&mut self) -> &mut Steps {
        &mut self.steps
    }

    /// How many entries they have together.
    pub(super) fn size(&self) -> usize {
        self.iter().map(|(_, it)| it.size()).sum()
    }

    /// There is one way: the key has this value.
    pub(super) fn restart(&mut self, value: Option<u64>, since: u64) {
        let one = Configuration {
            since,
            ..Configuration::default()
        };
        self.by_value.clear();
        self.by_value.insert(value, vec![one]);
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_value.is_empty()
    }

    /// Each with its value.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Option<u64>, &Configuration)> {
        let groups = self.by_value.iter();
        groups.flat_map(|(value, group)| group.iter().map(|it| (*value, it)))
    }

    /// Puts one in, unless another one covers it.
    pub(super) fn put(&mut self, value: Option<u64>, new: Configuration) -> Result<(), Limit> {
        let group = self.by_value.entry(value).or_default();
        self.steps.take(1 + group.len() as u64);
        self.steps.take_entries((1 + group.len()) * new.size());
        self.put += new.size();
        put(group, new);
        if self.put > Limit::ENTRIES as usize {
            self.put = 0;
            return self.check();
        }
        self.steps.check()
    }

    /// Lets each change in place, given its value, or go where that gives false.
    pub(super) fn retain(
        &mut self,
        mut stays: impl FnMut(Option<u64>, &mut Configuration) -> bool,
    ) {
        for (value, group) in self.by_value.iter_mut() {
            self.steps.take(group.len() as u64);
            group.retain_mut(|it| stays(*value, it));
            if group.len() > 1 {
                let size: usize = group.iter().map(Configuration::size).sum();
                self.steps.take((group.len() * group.len()) as u64);
                self.steps.take_entries(size * group.len());
                for it in core::mem::take(group) {
                    put(group, it);
                }
            }
        }
        self.by_value.retain(|_, group| !group.is_empty());
    }

    /// The earlier values that all know, and until when all do. What is the value still in some is
    /// an earlier one in none of them.
    pub(super) fn known_to_all(&self) -> Vec<(Option<u64>, u64)> {
        let mut all = self.iter();
        let Some((_, first)) = all.next() else {
            return Vec::new();
        };
        let mut known: Vec<_> = first.past.iter().collect();
        for (present, it) in all {
            known.retain_mut(|(value, until)| match it.past.until(*value) {
                _ if present == *value => true,
                Some(other) => {
                    *until = other.min(*until);
                    true
                }
                None => false,
            });
        }
        known
    }

    /// Forgets earlier values but those that fit; one that is still the value says nothing.
    pub(super) fn forget(&mut self, fits: impl Fn(Option<u64>, u64) -> bool) {
        self.retain(|present, it| {
            it.past
                .retain(|value, until| value != present && fits(value, until));
            true
        });
    }

    /// That they have not taken more steps and do not have more entries than is allowed.
    pub(super) fn check(&self) -> Result<(), Limit> {
        self.steps.check()?;
        match self.size() > Limit::ENTRIES as usize {
            true => Err(Limit::Configurations),
            false => Ok(()),
        }
    }
}

fn put(group: &mut Vec<Configuration>, new: Configuration) {
    if !group.iter().any(|it| it.covers(&new)) {
        group.retain(|it| !new.covers(it));
        group.push(new);
    }
}
