//! A prediction: asked before a step plays, decided by what the engine then does.

use super::step::{Claim, Stated, stated};
use crate::document::ProtocolName;
use crate::expect::That;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;

/// A question about what will happen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What is asked, in at most eighteen words.
    pub question: String,
    /// The answers to choose from, two to five.
    pub answers: Vec<Answer>,
    /// The number, from 1, of the answer that the author expects the engine to prove right.
    pub right: usize,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What it says.
    pub text: String,
    /// What whoever chose it is told after the reveal.
    pub feedback: String,
    /// What must hold at the end of the step for it to be right.
    pub that: That,
    /// Under which protocol; under each where it is left out.
    #[serde(default)]
    pub of: Option<ProtocolName>,
    /// What must hold besides.
    #[serde(default)]
    pub also: Vec<Claim>,
}

impl Answer {
    /// All that must hold for it to be right.
    pub(super) fn statements(&self) -> impl Iterator<Item = Stated<'_>> {
        stated(self.of, &self.that, &self.also)
    }
}
