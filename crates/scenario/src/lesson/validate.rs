//! Reading a lesson, and refusing what cannot be played.

use super::document::Lesson;
use super::words::{MOST_WORDS, words};
use crate::error::ScenarioError;
use crate::name::NodeName;
use crate::span::Span;
use crate::validate::{Fault, fault, placed, read, repeated, within};
use alloc::format;
use alloc::vec::Vec;
use consensus::Micros;

/// The most steps: far more than eight minutes hold.
const MOST_STEPS: u64 = 64;
/// The families of requirements.
const FAMILIES: [char; 5] = ['R', 'A', 'W', 'F', 'P'];

impl Lesson {
    /// Reads a lesson from its file's text, with or without a byte order mark.
    ///
    /// # Errors
    /// Whatever keeps it from being played, with the line, the field and the remedy.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let mut lesson: Self = read(text, "lesson")?;
        if lesson.protocols.is_empty() {
            lesson.protocols.clone_from(&lesson.scenario.protocols);
        } else {
            lesson.scenario.protocols.clone_from(&lesson.protocols);
        }
        match lesson.fault() {
            Some(fault) => Err(placed(text, fault)),
            None => Ok(lesson),
        }
    }

    /// The first thing that keeps it from being played.
    fn fault(&self) -> Option<Fault> {
        let present = self.every_node();
        empty("title", &self.title)
            .or_else(|| empty("about", &self.about))
            .or_else(|| self.covers_fault())
            .or_else(|| within("minutes", u64::from(self.minutes), 3, 8))
            .or_else(|| self.protocol_fault())
            .or_else(|| {
                let (field, problem) = self.scenario.fault()?;
                Some((format!("scenario.{field}"), problem))
            })
            .or_else(|| within("steps", self.steps.len() as u64, 1, MOST_STEPS))
            .or_else(|| {
                let mut numbered = self.steps.iter().enumerate();
                numbered.find_map(|(at, step)| self.step_fault(at, step, &present))
            })
            .or_else(|| self.length_fault())
    }

    /// Every node that is ever part of it: those of its scenario, and those that join in a step.
    fn every_node(&self) -> Vec<NodeName> {
        let mut names = self.scenario.every_node();
        let deeds = self.steps.iter().flat_map(|step| &step.deeds);
        for node in deeds.flat_map(|deed| deed.newcomers()) {
            if !names.contains(&node) {
                names.push(node);
            }
        }
        names
    }

    fn covers_fault(&self) -> Option<Fault> {
        let is_row = |id: &str| {
            let number = id.strip_prefix(FAMILIES).unwrap_or_default();
            (1..=2).contains(&number.len()) && number.bytes().all(|it| it.is_ascii_digit())
        };
        let mut numbered = self.covers.iter().enumerate();
        numbered.find_map(|(at, id)| {
            let problem = format!("`{id}` is no requirement; they are called such as \"R9\"");
            (!is_row(id)).then(|| (format!("covers[{at}]"), problem))
        })
    }

    fn protocol_fault(&self) -> Option<Fault> {
        if !(1..=2).contains(&self.protocols.len()) {
            let problem = "a lesson plays one protocol, or two side by side; name them here";
            return Some(fault("protocols", problem));
        }
        let twice = repeated(&self.protocols)?;
        Some(fault(&format!("protocols[{twice}]"), "name it once"))
    }

    /// Whether its scenario may end before its last step does.
    fn length_fault(&self) -> Option<Fault> {
        let mut length = Micros::ZERO;
        for (at, step) in self.steps.iter().enumerate() {
            // The moment that lies between the step before and what is done in this one.
            length = length + step.longest().0 + Micros(1);
            if length > self.scenario.until.0 {
                let field = if step.gate.is_some() { "within" } else { "for" };
                let problem = format!(
                    "up to here the lesson may take {}, and its scenario ends at {}; shorten a step, or let the scenario run longer",
                    Span(length),
                    self.scenario.until
                );
                return Some((format!("steps[{at}].{field}"), problem));
            }
        }
        None
    }
}

/// A list that is no longer than what people take in, and what a page plays without a halt.
pub(super) fn crowded(field: &str, length: usize, most: u64) -> Option<Fault> {
    within(field, length as u64, 0, most)
}

/// A text that has to say something.
pub(super) fn empty(field: &str, text: &str) -> Option<Fault> {
    (words(text) == 0).then(|| fault(field, "it says nothing; write a sentence"))
}

/// A text that has to say something in few words.
pub(super) fn wordy(field: &str, text: &str) -> Option<Fault> {
    empty(field, text).or_else(|| {
        let words = words(text);
        (words > MOST_WORDS).then(|| {
            let problem = format!(
                "it has {words} words, and people read {MOST_WORDS} at a glance; say one idea, and put the rest into `deeper`"
            );
            fault(field, &problem)
        })
    })
}
