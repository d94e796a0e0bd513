//! Refusing clients that cannot be run.

use crate::deed::{Deed, Step};
use crate::document::{Scenario, WorkloadTiming};
use crate::span::Span;
use crate::validate::{Fault, fault, range, within};
use alloc::format;
use consensus::Micros;

/// The most attempts of all clients' calls together.
const MOST_ATTEMPTS: u64 = 1_000_000;
/// The most times that all open calls together may wake up to find every breaker open still.
const MOST_WAITS: u64 = 200_000_000;
/// The most attempts, redirects or failures that a client may count to.
const MOST_COUNT: u64 = 1_000;

impl Scenario {
    /// What is wrong with the numbers of its clients.
    pub(crate) fn client_size_fault(&self) -> Option<Fault> {
        let client = &self.client;
        let count = |field, value: u32, least| within(field, u64::from(value), least, MOST_COUNT);
        count("client.attempts", client.attempts, 1)
            .or_else(|| count("client.redirects", client.redirects, 0))
            .or_else(|| count("client.breaker-failures", client.breaker_failures, 0))
            .or_else(|| {
                let workload = self.workload.as_ref()?;
                let reads = u64::from(workload.reads_per_million);
                within("workload.keys", u64::from(workload.keys), 1, 1_000_000)
                    .or_else(|| within("workload.reads-per-million", reads, 0, 1_000_000))
            })
    }

    /// What is wrong with the timing of its clients.
    pub(crate) fn client_timing_fault(&self) -> Option<Fault> {
        let client = &self.client;
        let positive = |field, span| {
            let zero = span == Span::default();
            zero.then(|| fault(field, "it must be longer than no time at all"))
        };
        positive("client.timeout", client.timeout)
            .or_else(|| range("client.backoff", client.backoff))
            .or_else(|| {
                let off = client.breaker_failures == 0;
                (!off).then(|| positive("client.breaker-cooling", client.breaker_cooling))?
            })
            .or_else(|| {
                let workload = self.workload.as_ref()?;
                positive("workload.think", workload.think[0])
                    .or_else(|| range("workload.think", workload.think))
                    .or_else(|| self.workload_fault(workload))
            })
            .or_else(|| self.attempts_fault())
            .or_else(|| self.waits_fault())
    }

    fn workload_fault(&self, workload: &WorkloadTiming) -> Option<Fault> {
        (workload.start > self.until).then(|| {
            let until = self.until;
            let problem = format!("the run ends at {until}; start before it or run longer");
            fault("workload.start", &problem)
        })
    }

    /// What keeps its clients' calls from coming to an end.
    fn attempts_fault(&self) -> Option<Fault> {
        let told = self.told();
        let looped = self.workload.as_ref().map_or(0, |it| self.looped(it));
        let calls = told + looped;
        if calls.saturating_mul(u64::from(self.client.attempts)) <= MOST_ATTEMPTS {
            return None;
        }
        if looped > told {
            let problem = format!(
                "the clients may make {calls} calls of up to {} attempts each; lengthen it, or lower client.attempts",
                self.client.attempts
            );
            return Some(fault("workload.think", &problem));
        }
        let most = MOST_ATTEMPTS / calls;
        let problem = format!("{calls} calls may each be asked {most} times at most; lower it");
        Some(fault("client.attempts", &problem))
    }

    /// What keeps calls that wait for a breaker from coming to an end: waiting uses up no attempt.
    fn waits_fault(&self) -> Option<Fault> {
        let client = &self.client;
        if client.breaker_failures == 0 {
            return None;
        }
        let open = self.told() + u64::from(self.clients);
        let (field, wait) = if client.timeout < client.breaker_cooling {
            ("client.timeout", client.timeout)
        } else {
            ("client.breaker-cooling", client.breaker_cooling)
        };
        let waits = open.saturating_mul(self.until.0.0 / wait.0.0.max(1));
        (waits > MOST_WAITS).then(|| {
            let least = (open * self.until.0.0).div_ceil(MOST_WAITS);
            let problem = format!(
                "{open} calls may wait too often for a breaker; make it {} at least, or end earlier",
                Span(Micros(least))
            );
            fault(field, &problem)
        })
    }

    /// How many calls its steps make.
    fn told(&self) -> u64 {
        let told = |step: &&Step| matches!(step.deed, Deed::Write(_) | Deed::Read(_));
        self.steps.iter().filter(told).count() as u64
    }

    /// How many calls the workload makes at most.
    fn looped(&self, workload: &WorkloadTiming) -> u64 {
        let time = self.until.0.since(workload.start.0);
        let each = time.0 / workload.think[0].0.0.max(1);
        each.saturating_mul(u64::from(self.clients))
    }
}
