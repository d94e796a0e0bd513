//! Refusing steps of a lesson that cannot be played, and questions that nothing can decide.

use super::document::Lesson;
use super::highlight::Highlight;
use super::question::{Answer, Question};
use super::step::{Claim, LessonStep};
use super::validate::{crowded, empty, wordy};
use crate::document::ProtocolName;
use crate::expect::That;
use crate::name::NodeName;
use crate::span::Span;
use crate::story::asks_for_rules;
use crate::validate::{Fault, fault, within};
use alloc::format;
use alloc::string::String;

/// The most that a step does, and points at.
const MOST_AT_ONCE: u64 = 32;
/// The most statements beside another.
const MOST_BESIDE: u64 = 8;

impl Lesson {
    /// What is wrong with a step, where these nodes are ever part of the run.
    pub(super) fn step_fault(
        &self,
        at: usize,
        step: &LessonStep,
        present: &[NodeName],
    ) -> Option<Fault> {
        let place = format!("steps[{at}]");
        wordy(&format!("{place}.caption"), &step.caption)
            .or_else(|| {
                let field = format!("{place}.highlight");
                crowded(&field, step.highlight.len(), MOST_AT_ONCE)
            })
            .or_else(|| crowded(&format!("{place}.do"), step.deeds.len(), MOST_AT_ONCE))
            .or_else(|| {
                let mut numbered = step.highlight.iter().enumerate();
                numbered.find_map(|(at, it)| {
                    self.highlight_fault(&format!("{place}.highlight[{at}]"), it, present)
                })
            })
            .or_else(|| {
                let mut numbered = step.deeds.iter().enumerate();
                numbered.find_map(|(at, deed)| {
                    let place = format!("{place}.do[{at}]");
                    self.scenario.deed_fault(&place, deed, present)
                })
            })
            .or_else(|| gate_fault(&place, step))
            .or_else(|| {
                let gate = step.gate.as_ref()?;
                self.statement_fault(&place, "gate", (step.of, gate), &step.also, present)
            })
            .or_else(|| {
                let question = step.ask.as_ref()?;
                self.question_fault(&format!("{place}.ask"), question, present)
            })
    }

    fn highlight_fault(
        &self,
        place: &str,
        highlight: &Highlight,
        present: &[NodeName],
    ) -> Option<Fault> {
        let (field, nodes) = highlight.nodes();
        let place_of = |field: &str| format!("{place}.{field}");
        if let [one, other] = nodes[..]
            && one == other
        {
            let problem = "a node has no link to itself; name two nodes";
            return Some((place_of(field), problem.into()));
        }
        let strange = nodes.into_iter();
        strange
            .filter_map(|node| self.scenario.unknown(place_of(field), node, present))
            .next()
            .or_else(|| {
                let (field, client) = highlight.client()?;
                let most = u64::from(self.scenario.clients);
                within(&place_of(field), u64::from(client), 1, most)
            })
    }

    /// What is wrong with a statement that stands in `field`, or with those that go with it.
    fn statement_fault(
        &self,
        place: &str,
        field: &str,
        (of, that): (Option<ProtocolName>, &That),
        also: &[Claim],
        present: &[NodeName],
    ) -> Option<Fault> {
        let claim = |place: &str, field: &str, of, that| {
            self.protocol_of_fault(format!("{place}.of"), of)
                .or_else(|| self.that_of_fault(format!("{place}.{field}"), that, present))
        };
        let beside = || crowded(&format!("{place}.also"), also.len(), MOST_BESIDE);
        claim(place, field, of, that).or_else(beside).or_else(|| {
            let mut numbered = also.iter().enumerate();
            numbered
                .find_map(|(at, it)| claim(&format!("{place}.also[{at}]"), "that", it.of, &it.that))
        })
    }

    fn protocol_of_fault(&self, place: String, of: Option<ProtocolName>) -> Option<Fault> {
        let strange = of.is_some_and(|of| !self.protocols.contains(&of));
        let problem = "the lesson is not played under this protocol; name one of its `protocols`";
        strange.then(|| fault(&place, problem))
    }

    fn that_of_fault(&self, place: String, that: &That, present: &[NodeName]) -> Option<Fault> {
        if asks_for_rules(that) {
            let problem = "a lesson waits for what can be seen, not for a rule; say what comes of it, such as {\"leaders\": [\"A\"]}";
            return Some(fault(&place, problem));
        }
        self.scenario.that_fault(place, that, present)
    }

    fn question_fault(
        &self,
        place: &str,
        question: &Question,
        present: &[NodeName],
    ) -> Option<Fault> {
        let answers = question.answers.len() as u64;
        wordy(&format!("{place}.question"), &question.question)
            .or_else(|| within(&format!("{place}.answers"), answers, 2, 5))
            .or_else(|| {
                let mut numbered = question.answers.iter().enumerate();
                numbered.find_map(|(at, answer)| {
                    self.answer_fault(&format!("{place}.answers[{at}]"), answer, present)
                })
            })
            .or_else(|| within(&format!("{place}.right"), question.right as u64, 1, answers))
    }

    fn answer_fault(&self, place: &str, answer: &Answer, present: &[NodeName]) -> Option<Fault> {
        wordy(&format!("{place}.text"), &answer.text)
            .or_else(|| empty(&format!("{place}.feedback"), &answer.feedback))
            .or_else(|| {
                let that = (answer.of, &answer.that);
                self.statement_fault(place, "that", that, &answer.also, present)
            })
    }
}

/// What is wrong with how long a step plays, and for what.
fn gate_fault(place: &str, step: &LessonStep) -> Option<Fault> {
    let wrong = |field: &str, problem: &str| Some(fault(&format!("{place}.{field}"), problem));
    let nothing = Some(Span::default());
    match (&step.gate, step.within, step.span) {
        (Some(_), None, _) => wrong(
            "gate",
            "say beside it how long it may take, such as \"within\": \"2s\"",
        ),
        (Some(_), Some(_), Some(_)) => wrong(
            "for",
            "the step plays until its gate holds; leave out this, or the gate",
        ),
        (None, Some(_), _) => wrong(
            "within",
            "there is nothing to wait for; give a `gate`, or say `for` how long it plays",
        ),
        (_, within, _) if within == nothing => wrong("within", "give the gate some time"),
        (_, _, span) if span == nothing => {
            wrong("for", "it is no time at all; leave it out to stand still")
        }
        (None, ..) if step.of.is_some() => wrong("of", "there is no gate for it to be about"),
        (None, ..) if !step.also.is_empty() => wrong("also", "there is no gate beside it"),
        (None, None, None) if step.ask.is_some() => wrong(
            "ask",
            "nothing happens that could decide it; give the step a `gate`, or a span with `for`",
        ),
        _ => None,
    }
}
