//! Counterexamples made small: what fails is left alone, and all else is taken away.

mod chance;
mod failure;
mod fewer;
mod removals;
mod search;
mod simpler;
mod weight;

pub use failure::Failure;

use crate::document::{ProtocolName, Scenario};
use crate::mutant::Mutant;
use crate::span::Span;
use alloc::format;
use alloc::string::String;
use search::Search;

/// As many runs as are enough for nearly every scenario.
pub const USUAL_RUNS: u64 = 20_000;

/// A scenario that fails as a larger one did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shrunk {
    /// The scenario. It expects what fails in it: where that is a guarantee, that the checks hold.
    /// With a calm, it expects all that it did.
    pub scenario: Scenario,
    /// What fails.
    pub failure: Failure,
    /// How many runs it took to find.
    pub runs: u64,
    /// Whether nothing can be left out: without any one step, with any one field as by default, or
    /// with one node or client fewer it no longer fails in this way from its seed, or no longer
    /// because of its rule-breaker. False where there were too few runs to tell.
    pub is_minimal: bool,
    /// Whether the honest protocol comes through it unharmed, so that its rule-breaker is to blame.
    /// False, too, where there is none.
    pub honest_holds: bool,
}

/// Makes a scenario that fails small; `None` where all that it promises and expects holds.
///
/// What fails stays the same: the guarantee, or the expectation. A rule-breaker stays, too, and
/// where the honest protocol came through the scenario unharmed, it does so to the end. It is
/// found by leaving things out and trying simpler values, with the scenario's seed and then with a
/// few others, until nothing makes it any smaller, within `most_runs` runs. What chance did to
/// single messages becomes steps. The same scenario always gives the same.
///
/// Where an expectation fails and no rule-breaker is to blame, it may fail for another reason in
/// the end: nobody leads where nothing is healed. [`shrink_before`] leaves the healing alone.
#[must_use]
pub fn shrink(scenario: &Scenario, protocol: ProtocolName, most_runs: u64) -> Option<Shrunk> {
    shrink_while(scenario, protocol, None, &|runs| runs < most_runs)
}

/// As [`shrink`], for what is expected to come once the trouble is over: what is done from `calm`
/// on stays as it is, and so do the end, the settings of protocols and clients, all that is
/// expected, and the nodes that are named there. Exactly the same expectations fail.
#[must_use]
pub fn shrink_before(
    scenario: &Scenario,
    protocol: ProtocolName,
    calm: Span,
    most_runs: u64,
) -> Option<Shrunk> {
    shrink_while(scenario, protocol, Some(calm), &|runs| runs < most_runs)
}

/// As [`shrink`], or with a `calm` as [`shrink_before`], for as long as `goes_on` says so; it is
/// asked before each run, and given how many there were.
#[must_use]
pub fn shrink_while(
    scenario: &Scenario,
    protocol: ProtocolName,
    calm: Option<Span>,
    goes_on: &dyn Fn(u64) -> bool,
) -> Option<Shrunk> {
    let calm = calm.map(|calm| calm.0);
    Some(made_small(Search::new(scenario, protocol, calm, goes_on)?))
}

fn made_small(mut search: Search) -> Shrunk {
    let mut is_minimal = false;
    loop {
        is_minimal |= settle(&mut search);
        search.tries_seeds = true;
        let smaller =
            leave_out(&mut search) || simpler::sooner(&mut search) || simpler::seed(&mut search);
        search.tries_seeds = false;
        if !smaller {
            break;
        }
        is_minimal = false;
    }
    let protocol = search.protocol();
    let (failure, honest_holds) = (search.failure_there(), search.honest_holds());
    let mut scenario = search.best.scenario;
    // Steps of one moment stay in their order.
    scenario.steps.sort_by_key(|step| step.at);
    let report = scenario.run(protocol, |_| {});
    scenario.title = title(&scenario, protocol, &failure);
    scenario.about = match &report.violation {
        Some(broken) => broken.sentence(),
        None => String::new(),
    };
    Shrunk {
        scenario,
        failure,
        runs: search.runs + 1,
        is_minimal,
        honest_holds,
    }
}

/// Leaves out and simplifies until nothing more comes of it from this seed; false where the runs
/// did not suffice.
fn settle(search: &mut Search) -> bool {
    loop {
        let mut smaller = search.end_early();
        smaller |= removals::kinds(search);
        smaller |= leave_out(search);
        smaller |= simpler::times(search);
        smaller |= simpler::sooner(search);
        smaller |= simpler::values(search);
        smaller |= simpler::each(search);
        if !smaller && !removals::pairs(search) && !chance::single_choices(search) {
            return !search.is_spent;
        }
    }
}

fn leave_out(search: &mut Search) -> bool {
    let mut smaller = removals::stretches(search);
    smaller |= fewer::nodes(search);
    smaller |= fewer::clients(search);
    smaller | removals::entries(search)
}

fn title(scenario: &Scenario, protocol: ProtocolName, failure: &Failure) -> String {
    let name = failure.name();
    match Mutant::of(scenario, protocol) {
        Some(mutant) => format!("{name} broken by {}", mutant.name()),
        None => format!("{name} broken"),
    }
}
