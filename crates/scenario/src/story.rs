//! What expectations can ask about of what happened.

use crate::expect::{Decided, Outcome, That};
use consensus::{Answer, ClientId, NodeId};
use litemap::LiteMap;
use simulator::{BreakerState, Happening, What};

/// What happened so far, no more of it than expectations ask about: all else would grow with every
/// heartbeat.
#[derive(Default)]
pub(crate) struct Story {
    /// Whether some expectation asks which rules decided: almost everything is decided by one.
    asks_for_rules: bool,
    /// What became of each value that was written; the last answer stands.
    answers: LiteMap<u64, Outcome>,
    rules: LiteMap<(NodeId, &'static str, Option<NodeId>), ()>,
    breakers: LiteMap<(ClientId, NodeId, BreakerState), ()>,
    backoffs: LiteMap<ClientId, u64>,
}

impl Story {
    /// A story for those who expect this.
    pub(crate) fn of<'a>(expected: impl IntoIterator<Item = &'a That>) -> Self {
        Self {
            asks_for_rules: expected.into_iter().any(asks_for_rules),
            ..Self::default()
        }
    }

    /// Takes in one thing that happened.
    pub(crate) fn add(&mut self, happening: &Happening) {
        match &happening.what {
            What::Answered {
                written: Some(value),
                answer,
                ..
            } => {
                let outcome = match answer {
                    Answer::Done(_) => Outcome::Done,
                    Answer::Refused { .. } => Outcome::Refused,
                };
                self.answers.insert(*value, outcome);
            }
            What::Why(node, why) if self.asks_for_rules => {
                self.rules
                    .insert((*node, why.rule.name, why.facts.peer), ());
            }
            What::Breaker {
                client,
                node,
                state,
            } => {
                self.breakers.insert((*client, *node, *state), ());
            }
            What::BacksOff { call, .. } => *self.backoffs.entry(call.client).or_insert(0) += 1,
            _ => {}
        }
    }

    /// What became of the write of this value.
    pub(crate) fn outcome_of(&self, value: u64) -> Outcome {
        let outcome = self.answers.get(&value);
        outcome.copied().unwrap_or(Outcome::Nothing)
    }

    /// Whether this rule decided something.
    pub(crate) fn decided(&self, rule: &Decided) -> bool {
        let mut rules = self.rules.keys();
        rules.any(|(node, name, peer)| rule.fits(*node, name, *peer))
    }

    /// Whether a client's breaker, or any, for a node, or for any, came into this state.
    pub(crate) fn reached(
        &self,
        state: BreakerState,
        client: Option<ClientId>,
        node: Option<NodeId>,
    ) -> bool {
        self.breakers.keys().any(|it| {
            it.2 == state
                && client.is_none_or(|client| client == it.0)
                && node.is_none_or(|node| node == it.1)
        })
    }

    /// How often a client, or all of them together, backed off.
    pub(crate) fn backoffs(&self, client: Option<ClientId>) -> u64 {
        let counts = self.backoffs.iter();
        let counts = counts.filter(|(who, _)| client.is_none_or(|client| client == **who));
        counts.map(|(_, count)| count).sum()
    }
}

/// Whether a statement speaks of rules.
pub(crate) fn asks_for_rules(that: &That) -> bool {
    match that {
        That::Rule(_) => true,
        That::Not(that) => asks_for_rules(that),
        That::InOrder(steps) => steps.iter().any(asks_for_rules),
        _ => false,
    }
}
