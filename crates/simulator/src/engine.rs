//! A run, whatever its protocol: what the faces of the house drive.

use crate::action::{Action, TimedAction};
use crate::check::{Property, Standing, Violation};
use crate::flight::Flight;
use crate::happening::Happening;
use crate::history::History;
use crate::insight::Seen;
use crate::measure::Measures;
use crate::view::View;
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::Micros;
use core::any::Any;

/// So many entries of each log a glance shows at most: more than a stage has room for.
pub const GLANCED: u64 = 32;

/// A deterministic run that can be stepped, looked at, forked and acted upon. [`crate::insight`] looks
/// closer.
pub trait Engine: Any + Seen {
    /// The protocol's name, as in scenario files.
    fn protocol(&self) -> &'static str;

    /// The time of the latest event.
    fn now(&self) -> Micros;

    /// How many events there were so far.
    fn events(&self) -> u64;

    /// When the next event comes, if there is one.
    fn next_event(&self) -> Option<Micros>;

    /// Carries out the next event, adding to `story` what happened. False where there is none, or
    /// where a guarantee is broken and the run stands still.
    fn step(&mut self, story: &mut Vec<Happening>) -> bool;

    /// As [`Self::step`], and tells nobody: it is quicker, and all else is the same.
    fn step_untold(&mut self) -> bool;

    /// Puts an action into the script. One in the past comes at once.
    fn schedule(&mut self, action: TimedAction);

    /// Takes an action that is to come out of the script, one of those that are alike; false where
    /// there is none.
    fn unschedule(&mut self, action: &TimedAction) -> bool;

    /// Puts an action into the script now.
    fn act(&mut self, action: Action) {
        let at = self.now();
        self.schedule(TimedAction { at, action });
    }

    /// The rolling digest: equal for equal runs, on every machine.
    fn digest(&self) -> u64;

    /// Everything that can be seen.
    fn view(&self) -> View;

    /// As [`Self::view`], with only the last [`GLANCED`] entries of each log: what it costs does not
    /// grow with the logs.
    fn glance(&self) -> View;

    /// The message of this number, as long as [`View::flights`] would show it: without the cost of
    /// a whole view.
    fn flight(&self, number: u64) -> Option<Flight> {
        self.view().flights.into_iter().find(|it| it.id == number)
    }

    /// The measures as they stand at `at`, which lies at or after the latest event and not after
    /// the next.
    fn measures(&self, at: Micros) -> Measures;

    /// What the checks say now.
    fn checks(&self, at: Micros) -> Vec<(Property, Standing)>;

    /// How a property was broken first, guarantee or measure; `None` where it never was.
    fn first_break(&self, property: Property) -> Option<&Violation>;

    /// The guarantee that broke, if one did.
    fn violation(&self) -> Option<&Violation>;

    /// Every call of the run so far, and what became of it.
    fn history(&self) -> &History;

    /// How much memory a fork takes, in any unit: only forks of one run are compared.
    fn weight(&self) -> u64 {
        0
    }

    /// An independent copy: the same from here on, until somebody acts.
    fn fork(&self) -> Box<dyn Engine>;
}
