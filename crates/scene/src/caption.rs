//! What just happened, as a sentence: the latest rule worth telling, its facts filled in.

mod acts;
mod clients;
mod water;

use crate::RuleFace;
use crate::facts::{self, fill};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{Action, Happening, Piece, View, What, Why};

pub(crate) use acts::names;
pub use water::{delay_words, link_words, percent};

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Words.
    Text(String),
    /// A node, drawn as the small disc that ties the words to the stage.
    Node {
        /// Who.
        node: NodeId,
        /// Its fill, 1 to 8; 0 before any term or reign.
        fill: u8,
    },
}

/// A sentence, and the reason for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// When it happened.
    pub at: Micros,
    /// The sentence.
    pub segments: Vec<Segment>,
    /// The reason in a clause; empty where a person did it.
    pub because: &'static str,
    /// Where the rule is written; empty where none decided.
    pub source: &'static str,
}

impl Caption {
    /// A sentence that stands before anything happened.
    #[must_use]
    pub fn plain(sentence: &str) -> Self {
        Self {
            at: Micros::ZERO,
            segments: vec![Segment::Text(sentence.to_string())],
            because: "",
            source: "",
        }
    }

    /// The sentence without its discs.
    #[must_use]
    pub fn text(&self) -> String {
        self.segments
            .iter()
            .map(|segment| match segment {
                Segment::Text(text) => text.clone(),
                Segment::Node { node, .. } => node.to_string(),
            })
            .collect()
    }
}

/// The fill that a node wears in `view`.
#[must_use]
pub fn node_fill(view: &View, node: NodeId) -> u8 {
    let facts = facts::Facts::new(view, RuleFace::Votes);
    facts
        .node(node)
        .map_or(0, |one| fill(facts.number(one.inspection.reign)))
}

/// Fills a rule's sentence with the node that applied it and the facts.
#[must_use]
pub fn fill_sentence(why: &Why, node: NodeId, fills: &dyn Fn(NodeId) -> u8) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for piece in why.pieces(node) {
        let words = match piece {
            Piece::Node(node) => {
                let fill = fills(node);
                segments.push(Segment::Node { node, fill });
                continue;
            }
            Piece::Text(words) => words.to_string(),
            Piece::Number(number) => number.to_string(),
        };
        match segments.last_mut() {
            Some(Segment::Text(before)) => before.push_str(&words),
            _ => segments.push(Segment::Text(words)),
        }
    }
    segments
}

/// The caption at `cursor`: the latest happening worth one, else the latest worth a line, else
/// `start`.
#[must_use]
pub fn choose(
    story: &[Happening],
    cursor: Micros,
    start: &str,
    fills: &dyn Fn(NodeId) -> u8,
) -> Caption {
    let mut line = None;
    let past = &story[..story.partition_point(|one| one.at <= cursor)];
    for (place, happening) in past.iter().enumerate().rev() {
        match weight(&happening.what) {
            2.. => return caption(&past[..place], happening, fills),
            1 if line.is_none() => line = Some(place),
            _ => {}
        }
    }
    line.map_or_else(
        || Caption::plain(start),
        |place| caption(&past[..place], &past[place], fills),
    )
}

/// How much a happening matters to somebody watching, on the scale of [`Why::weight`].
fn weight(what: &What) -> u8 {
    match what {
        What::Why(_, why) => why.rule.weight,
        What::Violated(_) | What::Idle { .. } | What::Breaker { .. } => 2,
        What::Acted(
            Action::Cut(_)
            | Action::CutOneWay { .. }
            | Action::Heal
            | Action::Stop(_)
            | Action::Start(_)
            | Action::Pause(_)
            | Action::Resume(_)
            | Action::Slow { .. }
            | Action::TimeOut(_)
            | Action::Link { .. },
        ) => 2,
        What::Acted(_) | What::GaveUp { .. } => 1,
        _ => 0,
    }
}

/// The caption of a happening, with the `past` before it.
pub(crate) fn caption(
    past: &[Happening],
    happening: &Happening,
    fills: &dyn Fn(NodeId) -> u8,
) -> Caption {
    let at = happening.at;
    match &happening.what {
        What::Why(node, why) => Caption {
            at,
            segments: fill_sentence(why, *node, fills),
            because: why.rule.because,
            source: why.rule.source,
        },
        What::Acted(action) => Caption {
            at,
            ..acts::acted(action, fills)
        },
        What::Idle { action, reason } => Caption {
            at,
            ..Caption::plain(acts::idle(action, *reason))
        },
        What::Breaker {
            client,
            node,
            state,
        } => Caption {
            at,
            ..clients::breaker(past, *client, *node, *state, fills)
        },
        What::GaveUp { .. } => Caption {
            because: "without an answer, whether the write took effect is unknown",
            at,
            ..Caption::plain("A client gave its call up.")
        },
        What::Violated(violation) => Caption {
            at,
            because: violation.property.sentence(),
            source: violation.property.source(),
            ..Caption::plain(&format!(
                "{} is broken. The run stops here.",
                violation.property.name()
            ))
        },
        _ => Caption {
            at,
            ..Caption::plain("")
        },
    }
}

/// Happenings as captions, such as those that led to a violation.
#[must_use]
pub fn captions(story: &[Happening], fills: &dyn Fn(NodeId) -> u8) -> Vec<Caption> {
    let told = story.iter().enumerate();
    told.map(|(place, it)| caption(&story[..place], it, fills))
        .collect()
}

#[cfg(test)]
mod tests;
