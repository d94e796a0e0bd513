//! What just happened, as a sentence: the latest rule worth telling, its facts filled in.

use crate::RuleFace;
use crate::facts::{self, fill};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{
    Action, Happening, IdleReason, LinkChange, MessageDeed, Piece, Target, View, What, Why,
};

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
    for happening in story.iter().rev().filter(|one| one.at <= cursor) {
        match weight(&happening.what) {
            2.. => return caption(happening, fills),
            1 if line.is_none() => line = Some(happening),
            _ => {}
        }
    }
    line.map_or_else(
        || Caption::plain(start),
        |happening| caption(happening, fills),
    )
}

/// How much a happening matters to somebody watching, on the scale of [`Why::weight`].
fn weight(what: &What) -> u8 {
    match what {
        What::Why(_, why) => why.weight,
        What::Violated(_) | What::Idle { .. } => 2,
        What::Acted(
            Action::Cut(_) | Action::Heal | Action::Stop(_) | Action::Start(_) | Action::TimeOut(_),
        ) => 2,
        What::Acted(_) | What::GaveUp { .. } => 1,
        _ => 0,
    }
}

fn caption(happening: &Happening, fills: &dyn Fn(NodeId) -> u8) -> Caption {
    let at = happening.at;
    match &happening.what {
        What::Why(node, why) => Caption {
            at,
            segments: fill_sentence(why, *node, fills),
            because: why.because,
            source: why.source,
        },
        What::Acted(action) => Caption {
            at,
            ..acted(action, fills)
        },
        What::Idle { action, reason } => Caption {
            at,
            ..Caption::plain(idle(action, *reason))
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

fn acted(action: &Action, fills: &dyn Fn(NodeId) -> u8) -> Caption {
    let about = |target: &Target, words: &str| {
        let segments = match target {
            Target::Node(node) => {
                vec![
                    Segment::Node {
                        node: *node,
                        fill: fills(*node),
                    },
                    Segment::Text(words.to_string()),
                ]
            }
            Target::Leader => vec![Segment::Text(format!("The leader{words}"))],
        };
        Caption {
            segments,
            ..Caption::plain("")
        }
    };
    match action {
        Action::Stop(target) => about(target, " stops. Only its disk remembers."),
        Action::Start(target) => about(target, " starts again, with what its disk holds."),
        Action::TimeOut(target) => about(target, "’s patience is ended by hand."),
        Action::Leave(target) => about(target, " leaves."),
        Action::Join(node) => about(&Target::Node(*node), " joins."),
        Action::Cut(groups) => Caption::plain(&format!("{}.", cut_words(groups))),
        Action::Heal => Caption::plain("The network is whole again."),
        Action::Link { change, .. } => Caption::plain(link_words(change)),
        Action::CutOneWay { from, to } => {
            let words = format!(
                "Nothing passes from {} to {} any more.",
                names(from),
                names(to)
            );
            Caption::plain(&words)
        }
        Action::Message { deed, .. } => Caption::plain(match deed {
            MessageDeed::Hold => "A message is held on its wire.",
            MessageDeed::Release => "A message that was held goes on.",
            MessageDeed::Drop => "A message is taken off its wire.",
            MessageDeed::Delay(_) => "A message is delayed.",
            MessageDeed::Corrupt(_) => "A message is damaged on its wire.",
        }),
        Action::Pause(target) => about(target, " stands still. It keeps all it knows."),
        Action::Resume(target) => about(target, " goes on from where it stood."),
        Action::Slow { node, service } if *service == Micros::ZERO => {
            about(node, " works at full speed again.")
        }
        Action::Slow { node, .. } => about(node, " works slowly: messages wait in its inbox."),
        Action::Clock { node, .. } => about(node, "’s clock is set."),
        Action::Disk { .. } => Caption::plain("Disks write differently from now on."),
        Action::Write { value, .. } => Caption::plain(&format!("A client writes {value}.")),
        Action::Read { .. } => Caption::plain("A client reads."),
    }
}

fn link_words(change: &LinkChange) -> &'static str {
    match change {
        LinkChange::Delay(_) | LinkChange::Spread(_) => "Delays change from now on.",
        LinkChange::Loss(_) => "The network loses more, or less, from now on.",
        LinkChange::Duplication(_) => "More messages arrive twice, or fewer, from now on.",
        LinkChange::Reordering(_) => "More messages are overtaken, or fewer, from now on.",
        LinkChange::Corruption(_) => "More messages are damaged, or fewer, from now on.",
        LinkChange::Capacity(_) => "A wire holds more messages, or fewer, from now on.",
        LinkChange::Clogged(true) => "A link is clogged: nothing on it moves.",
        LinkChange::Clogged(false) => "A clogged link is open again.",
    }
}

fn names(nodes: &[NodeId]) -> String {
    let names: Vec<String> = nodes.iter().map(ToString::to_string).collect();
    names.join(" ")
}

fn cut_words(groups: &[Vec<NodeId>]) -> String {
    let names: Vec<String> = groups.iter().map(|group| names(group)).collect();
    match names.len() {
        0 => "The network is cut".to_string(),
        1 => format!("The network is cut: {} from the rest", names[0]),
        _ => format!("The network is cut: {}", names.join(" | ")),
    }
}

fn idle(action: &Action, reason: IdleReason) -> &'static str {
    match (action, reason) {
        (Action::TimeOut(_), _) => "Nothing happens: it has no election timer to run out.",
        (_, IdleReason::AlreadySo) => "Nothing happens: it is so already.",
        (_, IdleReason::NoSuchNode) => "Nothing happens: nobody leads.",
        (_, IdleReason::NoSuchMessage) => "Nothing happens: it is not on its way.",
        (_, IdleReason::FixedMembership) => "Nothing happens: membership is fixed for now.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use consensus::Facts;

    const WHY: Why = Why {
        rule: "test/rule",
        sentence: "{node} asks {peer}: {number} of {of}.",
        because: "a majority wins",
        source: "Raft §5.2",
        weight: 2,
        facts: Facts {
            peer: Some(NodeId(1)),
            number: Some(2),
            of: Some(3),
        },
    };

    fn why(at: u64, weight: u8, sentence: &'static str) -> Happening {
        let why = Why {
            weight,
            sentence,
            ..WHY
        };
        Happening {
            at: Micros(at),
            event: at,
            what: What::Why(NodeId(0), why),
        }
    }

    fn fills(node: NodeId) -> u8 {
        node.0 as u8 + 1
    }

    #[test]
    fn facts_take_their_places_in_the_sentence() {
        assert_eq!(
            fill_sentence(&WHY, NodeId(0), &fills),
            [
                Segment::Node {
                    node: NodeId(0),
                    fill: 1
                },
                Segment::Text(" asks ".into()),
                Segment::Node {
                    node: NodeId(1),
                    fill: 2
                },
                Segment::Text(": 2 of 3.".into()),
            ]
        );
    }

    #[test]
    fn a_missing_fact_never_shows_its_braces() {
        for sentence in [WHY.sentence, "{", "{node", "}{unknown}{", "{}"] {
            let why = Why {
                sentence,
                facts: Facts::NONE,
                ..WHY
            };
            let segments = fill_sentence(&why, NodeId(0), &fills);
            let caption = Caption {
                segments,
                ..Caption::plain("")
            };
            assert!(!caption.text().contains("{peer}") && !caption.text().contains("{number}"));
        }
    }

    #[test]
    fn the_latest_of_the_greatest_weight_is_told() {
        let story = [
            why(1, 2, "first."),
            why(2, 2, "second."),
            why(3, 1, "line."),
            why(4, 0, "no."),
        ];
        let told = |cursor| choose(&story, Micros(cursor), "start.", &fills).text();
        assert_eq!(told(0), "start.");
        assert_eq!(told(1), "first.");
        assert_eq!(told(9), "second.");
        assert_eq!(
            choose(&story[2..], Micros(9), "start.", &fills).text(),
            "line."
        );
    }

    #[test]
    fn what_a_person_does_is_told_without_a_source() {
        let cut = Action::Cut(vec![vec![NodeId(0), NodeId(1)], vec![NodeId(2)]]);
        let story = [Happening {
            at: Micros(5),
            event: 1,
            what: What::Acted(cut),
        }];
        let caption = choose(&story, Micros(5), "", &fills);
        assert_eq!(caption.text(), "The network is cut: A B | C.");
        assert_eq!((caption.because, caption.source), ("", ""));
    }
}
