//! One step of a lesson: what is said, what is done, and what is waited for.

use super::highlight::Highlight;
use super::question::Question;
use crate::deed::Deed;
use crate::document::ProtocolName;
use crate::expect::That;
use crate::span::Span;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;
use simulator::Action;

/// A statement about one side of a run, or about each.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Under which protocol; under each where it is left out.
    #[serde(default)]
    pub of: Option<ProtocolName>,
    /// What.
    pub that: That,
}

/// A part of a lesson that has one caption.
///
/// With a gate it plays until the gate holds, with a span for so long, and with neither it stands
/// still.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LessonStep {
    /// What is said: one idea in at most eighteen words.
    pub caption: String,
    /// More of it, for those who ask; empty for nothing.
    #[serde(default)]
    pub deeper: String,
    /// What a speaker may add or ask; empty for nothing.
    #[serde(default)]
    pub notes: String,
    /// What to look at.
    #[serde(default)]
    pub highlight: Vec<Highlight>,
    /// What is done as the step is entered, in order.
    #[serde(default, rename = "do")]
    pub deeds: Vec<Deed>,
    /// What it plays for.
    #[serde(default)]
    pub gate: Option<That>,
    /// The protocol that the gate is about; each where it is left out.
    #[serde(default)]
    pub of: Option<ProtocolName>,
    /// What must hold at the same moment as the gate.
    #[serde(default)]
    pub also: Vec<Claim>,
    /// How long the gate may take, in the time of the run.
    #[serde(default)]
    pub within: Option<Span>,
    /// How long it plays, where it waits for nothing.
    #[serde(default, rename = "for")]
    pub span: Option<Span>,
    /// What is asked before it plays.
    #[serde(default)]
    pub ask: Option<Question>,
}

/// A statement and the protocol that it is about.
pub(super) type Stated<'a> = (Option<ProtocolName>, &'a That);

/// A statement and those that must hold with it.
pub(super) fn stated<'a>(
    of: Option<ProtocolName>,
    that: &'a That,
    also: &'a [Claim],
) -> impl Iterator<Item = Stated<'a>> {
    let also = also.iter().map(|it| (it.of, &it.that));
    core::iter::once((of, that)).chain(also)
}

impl LessonStep {
    /// Whether it plays at all.
    #[must_use]
    pub const fn plays(&self) -> bool {
        self.gate.is_some() || self.span.is_some()
    }

    /// How long it plays at most.
    #[must_use]
    pub fn longest(&self) -> Span {
        self.within.or(self.span).unwrap_or_default()
    }

    /// What is done as it is entered, as the simulator takes it.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        self.deeds.iter().flat_map(Deed::actions).collect()
    }

    /// All that its gate asks for; nothing where it has none.
    pub(super) fn gates(&self) -> impl Iterator<Item = Stated<'_>> {
        let gate = self.gate.iter();
        gate.flat_map(|that| stated(self.of, that, &self.also))
    }

    /// All that it states: its gate's, then what makes each answer true.
    pub(super) fn statements(&self) -> impl Iterator<Item = Stated<'_>> {
        let asked = self.ask.iter().flat_map(|it| &it.answers);
        self.gates().chain(asked.flat_map(|it| it.statements()))
    }
}
