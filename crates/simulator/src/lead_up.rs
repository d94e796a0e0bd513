//! What led to a broken property: the last few things that happened, of those that matter for it.

use crate::action::Action;
use crate::check::Violation;
use crate::happening::{Happening, What};
use crate::playback::Playback;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};

/// How far it looks back first; where too little happened, four times as far, and so on.
const FIRST_SPAN: Micros = Micros::from_millis(500);
/// How much a rule has to matter, as [`consensus::Explanation::weight`].
const WEIGHT: u8 = 2;

impl Playback {
    /// The last `most` happenings that led to this violation of the run, the violation itself as
    /// the last: what was done to the run but for clients' calls, and what the nodes that contradict
    /// each other decided, or others about them. Plays a part of the run again. Empty where the run never was there.
    #[must_use]
    pub fn lead_up(&self, violation: &Violation, most: usize) -> Vec<Happening> {
        let mut span = FIRST_SPAN;
        loop {
            let from = violation.at.since(span);
            let mut found = self.concerning(violation, from);
            if found.len() >= most || from == Micros::ZERO {
                found.drain(..found.len().saturating_sub(most));
                return found;
            }
            span = span * 4;
        }
    }

    fn concerning(&self, violation: &Violation, from: Micros) -> Vec<Happening> {
        let mut run = self.fork_before(from);
        let (mut found, mut told) = (Vec::new(), Vec::new());
        while run.events() < violation.event && run.step(&mut told) {
            let concerning = told.drain(..).filter(|it| concerns(it, violation));
            found.extend(concerning);
        }
        // A measure that broke is not told by the run itself.
        let known = |it: &Happening| matches!(it.what, What::Violated(_));
        if run.events() == violation.event && !found.last().is_some_and(known) {
            found.push(Happening {
                at: violation.at,
                event: violation.event,
                what: What::Violated(violation.clone()),
            });
        }
        found
    }
}

fn concerns(happening: &Happening, violation: &Violation) -> bool {
    let among = |node: &NodeId| violation.nodes.is_empty() || violation.nodes.contains(node);
    // What was decided in its own event led to it, however little it matters otherwise.
    let own = happening.event == violation.event;
    match &happening.what {
        // Clients ask all the time.
        What::Acted(Action::Write { .. } | Action::Read { .. }) => own,
        What::Acted(_) | What::Violated(_) => true,
        What::Why(node, why) => {
            (own || why.rule.weight >= WEIGHT)
                && (among(node) || why.facts.peer.is_some_and(|it| among(&it)))
        }
        _ => false,
    }
}
