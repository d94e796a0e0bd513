//! Everything that can happen, as a sentence for people.

use crate::caption::{Caption, Segment, caption, names};
use crate::facts::number_in;
use crate::name::ordinal;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{
    Answer, ClientId, Mandate, NodeId, Observation, Operation, Refusal, Reign, Role, WriteSummary,
};
use simulator::{DropCause, Endpoint, Happening, Power, What};

/// What sentences are made with.
pub struct Telling<'a> {
    /// The reigns of the run, as [`simulator::View::reigns`] has them: they are known by number.
    pub reigns: &'a [Reign],
    /// The fill that a node wears in a sentence: 1 to 8, 0 for neutral.
    pub fills: &'a dyn Fn(NodeId) -> u8,
}

/// What happened in words, with the `past` before it.
#[must_use]
pub fn tell(past: &[Happening], happening: &Happening, telling: &Telling<'_>) -> Caption {
    let words = match &happening.what {
        What::Power {
            node,
            power,
            incarnation,
        } => telling.power(*node, *power, incarnation.0),
        What::Stored(node, write) => telling.stored(*node, write),
        What::Observed(node, seen) => telling.observed(*node, seen),
        What::Applied { node, index, .. } => telling.say(
            "@ carries out the command at position #.",
            &[*node],
            &[*index],
        ),
        What::Sent { kind, from, to, .. } => {
            telling.message(kind, " leaves @ for @.", *from, *to, "")
        }
        What::Arrived { kind, from, to, .. } => {
            telling.message(kind, " of @ reaches @.", *from, *to, "")
        }
        What::Dropped {
            kind,
            from,
            to,
            cause,
            ..
        } => telling.message(kind, " of @ never reaches @: ", *from, *to, fall(*cause)),
        What::Doubled { flight, copy } => telling.say(
            "Message # is doubled on its wire; its double is message #.",
            &[],
            &[*flight, *copy],
        ),
        What::Called { .. } | What::BacksOff { .. } | What::Answered { .. } => {
            telling.client(&happening.what)
        }
        _ => return caption(past, happening, telling.fills),
    };
    Caption {
        at: happening.at,
        segments: words,
        ..Caption::plain("")
    }
}

impl Telling<'_> {
    /// A sentence in which each `@` is the next of the nodes and each `#` the next of the numbers.
    fn say(&self, sentence: &str, nodes: &[NodeId], numbers: &[u64]) -> Vec<Segment> {
        let (mut nodes, mut numbers) = (nodes.iter(), numbers.iter());
        let mut segments = Vec::new();
        let mut text = String::new();
        for letter in sentence.chars() {
            match letter {
                '#' => text.push_str(&numbers.next().copied().unwrap_or(0).to_string()),
                '@' => {
                    if !text.is_empty() {
                        segments.push(Segment::Text(core::mem::take(&mut text)));
                    }
                    segments.extend(nodes.next().map(|node| Segment::Node {
                        node: *node,
                        fill: (self.fills)(*node),
                    }));
                }
                _ => text.push(letter),
            }
        }
        if !text.is_empty() {
            segments.push(Segment::Text(text));
        }
        segments
    }

    fn power(&self, node: NodeId, power: Power, life: u32) -> Vec<Segment> {
        let sentence = match power {
            Power::Running => &*format!("@ is up, in its {} life.", ordinal(life as usize)),
            Power::Paused => "@ stands still.",
            Power::Stopped => "@ is down.",
            Power::Absent => "@ is gone.",
        };
        self.say(sentence, &[node], &[])
    }

    fn stored(&self, node: NodeId, write: &WriteSummary) -> Vec<Segment> {
        match write {
            WriteSummary::Ballot { term, vote } => match vote {
                Some(vote) => self.say(
                    "The disk of @ holds its vote for @ in term #.",
                    &[node, *vote],
                    &[*term],
                ),
                None => self.say("The disk of @ holds term #.", &[node], &[*term]),
            },
            WriteSummary::Entries { after, entries } => {
                let last = after + entries.len() as u64;
                self.say(
                    "The disk of @ holds the log up to position #.",
                    &[node],
                    &[last],
                )
            }
            WriteSummary::Snapshot { index, .. } => self.say(
                "The disk of @ holds a snapshot up to position #.",
                &[node],
                &[*index],
            ),
        }
    }

    /// The term or reign as the end of a sentence.
    fn under(&self, mandate: Mandate, leader: Option<NodeId>) -> String {
        match (mandate, number_in(self.reigns, Reign { mandate, leader })) {
            (Mandate::Term(term), _) => format!(" in term {term}."),
            (_, 0) => String::from("."),
            (_, number) => format!(" in reign {number}."),
        }
    }

    fn observed(&self, node: NodeId, seen: &Observation) -> Vec<Segment> {
        let one = |sentence: &str, number: u64| self.say(sentence, &[node], &[number]);
        let two = |sentence: &str, other: NodeId| self.say(sentence, &[node, other], &[]);
        let under = |sentence: &str, mandate: Mandate, leader: Option<NodeId>| {
            one(&format!("{sentence}{}", self.under(mandate, leader)), 0)
        };
        match seen {
            Observation::Role { role, mandate } => match role {
                Role::Follower => under("@ follows", *mandate, None),
                Role::Candidate => under("@ stands for election", *mandate, None),
                Role::Leader => under("@ leads", *mandate, Some(node)),
            },
            Observation::Follows(reign) => match reign.leader {
                Some(leader) if leader == node => {
                    under("@ sees itself lead", reign.mandate, reign.leader)
                }
                Some(leader) => two("@ now takes @ for its leader.", leader),
                None => one("@ knows of no leader.", 0),
            },
            Observation::ElectionCalled(mandate) => under("@ calls an election", *mandate, None),
            Observation::Voted { term, candidate } => {
                self.say("@ votes for @ in term #.", &[node, *candidate], &[*term])
            }
            Observation::ElectionFailed(mandate) => {
                under("Nobody wins the election of @", *mandate, None)
            }
            Observation::ElectionClosed(_) => one("@ closes an election for good.", 0),
            Observation::Identified { .. } => {
                one("@ takes an identity; its age counts from it.", 0)
            }
            Observation::Secret { leader, .. } if *leader == node => {
                one("@ makes the secret of its reign.", 0)
            }
            Observation::Secret { leader, .. } => two("@ takes over the secret of @.", *leader),
            Observation::FaceOff { with } => {
                two("@ meets @, which leads too, and faces it off.", *with)
            }
            Observation::LeaderFoundDead { leader } => two("@ finds its leader @ dead.", *leader),
            Observation::LeaderFoundResurrected { leader } => {
                two("@ finds its leader @ in another life.", *leader)
            }
            Observation::Merged { from, changed } => self.say(
                "@ learns from @; rows that were new: #.",
                &[node, *from],
                &[u64::from(*changed)],
            ),
            _ => self.log(node, seen),
        }
    }

    fn log(&self, node: NodeId, seen: &Observation) -> Vec<Segment> {
        let one = |sentence: &str, numbers: &[u64]| self.say(sentence, &[node], numbers);
        match seen {
            Observation::Appended { index, term, .. } => one(
                "@ puts an entry of term # at position # of its log.",
                &[*term, *index],
            ),
            Observation::Truncated { from } => {
                one("@ takes out of its log all from position # on.", &[*from])
            }
            Observation::SnapshotInstalled { index, .. } => one(
                "@ gets a snapshot in place of its log up to position #.",
                &[*index],
            ),
            Observation::Compacted { index } => one(
                "@ lets a snapshot stand for its log up to position #.",
                &[*index],
            ),
            Observation::Committed { index, .. } => one(
                "@ knows its log to be committed up to position #.",
                &[*index],
            ),
            Observation::Members {
                voters, learners, ..
            } => {
                let learn = match learners.len() {
                    0 => String::new(),
                    _ => format!("; learning: {}", names(learners)),
                };
                one(
                    &format!("@ works with the voters {}{learn}.", names(voters)),
                    &[],
                )
            }
            _ => Vec::new(),
        }
    }

    fn message(
        &self,
        kind: &str,
        sentence: &str,
        from: Endpoint,
        to: Endpoint,
        end: &str,
    ) -> Vec<Segment> {
        let mut nodes = Vec::new();
        let mut text = String::new();
        let mut letters = kind.chars();
        text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        text.push_str(letters.as_str());
        let mut ends = [from, to].into_iter();
        for letter in sentence.chars() {
            match (letter, if letter == '@' { ends.next() } else { None }) {
                ('@', Some(Endpoint::Client(client))) => text.push_str(&caller(client)),
                (_, Some(Endpoint::Node(node))) => {
                    nodes.push(node);
                    text.push('@');
                }
                _ => text.push(letter),
            }
        }
        text.push_str(end);
        self.say(&text, &nodes, &[])
    }

    fn client(&self, what: &What) -> Vec<Segment> {
        match what {
            What::Called {
                call,
                operation,
                key,
                written,
                node,
                attempt,
            } => {
                let wish = match (operation, written) {
                    (_, Some(value)) => format!("to write {value} at key {key}"),
                    (Operation::OpenSession, _) => String::from("for a session"),
                    _ => format!("for the value at key {key}"),
                };
                let again = match attempt {
                    0 | 1 => String::new(),
                    _ => format!(", for the {} time", ordinal(*attempt as usize)),
                };
                let text = format!("{} asks @ {wish}{again}.", capital(&caller(call.client)));
                self.say(&text, &[*node], &[])
            }
            What::BacksOff { call, until } => {
                let text = format!(
                    "{} asks nobody until {until}.",
                    capital(&caller(call.client))
                );
                self.say(&text, &[], &[])
            }
            What::Answered {
                call,
                by,
                answer,
                value,
                ..
            } => {
                let told = match (answer, value) {
                    (Answer::Done(_), Some(value)) => format!("done, the value is {value}"),
                    (Answer::Done(_), None) => String::from("done, there is no value"),
                    (Answer::Refused { reason, .. }, _) => refusal(*reason).to_string(),
                };
                let text = format!("@ tells {}: {told}.", caller(call.client));
                self.say(&text, &[*by], &[])
            }
            _ => Vec::new(),
        }
    }
}

/// A client as people count.
fn caller(client: ClientId) -> String {
    format!("client {}", client.0 + 1)
}

fn capital(words: &str) -> String {
    words.replacen('c', "C", 1)
}

const fn fall(cause: DropCause) -> &'static str {
    match cause {
        DropCause::Lost => "it is lost.",
        DropCause::Cut => "the network is cut between them.",
        DropCause::LinkFull => "its wire is full.",
        DropCause::ByHand => "somebody takes it off its wire.",
        DropCause::InboxFull => "the inbox is full.",
        DropCause::NodeDown => "nobody is up there.",
        DropCause::Damaged => "it is damaged, and refused.",
    }
}

const fn refusal(reason: Refusal) -> &'static str {
    match reason {
        Refusal::NotLeader => "it does not lead",
        Refusal::LostLeadership => "it lost its office before the call was done",
        Refusal::HandingOver => "it is handing over its leadership",
        Refusal::TooMuchUncommitted => "too much is uncommitted already",
        Refusal::NoSession => "there is no such session",
        Refusal::OutOfDate => "later calls were done already",
    }
}
