//! Rough water: a random scenario that follows from a seed.

use crate::deed::{Deed, NodeName, Step, Whom, Write};
use crate::document::{NetworkTiming, ProtocolName, Scenario};
use crate::expect::{Expectation, That};
use crate::span::Span;
use alloc::format;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{Choose, Seeded, Stream};

/// Random crashes, cuts, losses, joins, leaves and writes for some time, then calm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storm {
    /// Everything follows from it, which kinds of fault there are included.
    pub seed: u64,
    /// How many nodes there are, 1 to 31.
    pub nodes: u16,
    /// How long it is rough.
    pub rough: Micros,
    /// How long it is calm after that.
    pub calm: Micros,
}

/// The kinds of deed that a storm can do; each seed leaves some of them out.
const KINDS: u64 = 8;

impl Storm {
    /// The storm as a scenario: in the end exactly one node leads, known to all, and no guarantee
    /// broke on the way.
    #[must_use]
    pub fn scenario(&self, protocol: ProtocolName) -> Scenario {
        let mut dice = Dice(Seeded::new(self.seed));
        let kinds = dice.upto(255) as u8 | 1;
        let mut steps = Vec::new();
        let mut at = Micros::from_millis(dice.upto(800));
        while at < self.rough {
            if let Some(deed) = self.deed(&mut dice, kinds, protocol, steps.len()) {
                steps.push(step(at, deed));
            }
            at += Micros::from_millis(20 + dice.upto(380));
        }
        steps.extend(self.calm_down(protocol));
        let expect = [That::OneLeader, That::ChecksHold].map(|that| Expectation {
            of: None,
            at: None,
            that,
        });
        Scenario {
            title: format!("Storm {}", self.seed),
            about: "Random faults, then calm.".into(),
            covers: Vec::from(["F7".into()]),
            protocols: Vec::from([protocol]),
            nodes: self.nodes,
            clients: 2,
            seed: self.seed,
            until: Span(self.rough + self.calm),
            network: NetworkTiming {
                delay: [Span::millis(5), Span::millis(5 + dice.upto(25))],
                loss_per_million: 0,
            },
            disk: crate::document::DiskTiming::default(),
            client: crate::document::ClientTiming::default(),
            workload: None,
            raft: crate::document::RaftTiming::default(),
            almighty: crate::document::AlmightyTiming::default(),
            steps,
            expect: expect.into(),
        }
    }

    fn deed(
        &self,
        dice: &mut Dice,
        kinds: u8,
        protocol: ProtocolName,
        number: usize,
    ) -> Option<Deed> {
        let node = NodeName(NodeId(
            dice.upto(u64::from(self.nodes).saturating_sub(1)) as u16
        ));
        let kind = dice.upto(KINDS - 1);
        let write = Deed::Write(Write {
            value: number as u64 + 1,
            key: dice.upto(2) as u32,
            client: 1 + dice.upto(1) as u32,
            to: None,
        });
        let sides = dice.sides(self.nodes);
        let share = dice.upto(150_000) as u32;
        if kinds & (1 << kind) == 0 {
            return Some(write);
        }
        let dynamic = protocol == ProtocolName::Almighty;
        Some(match kind {
            0 => Deed::Stop(Whom::Leader),
            1 => Deed::Stop(Whom::Node(node)),
            2 | 3 => Deed::Start(node),
            4 => Deed::Cut(sides),
            5 => Deed::Heal,
            6 => Deed::LossPerMillion(share),
            _ if !dynamic => Deed::TimeOut(Whom::Node(node)),
            _ if number.is_multiple_of(2) => Deed::Leave(Whom::Node(node)),
            _ => Deed::Join(node),
        })
    }

    /// Everything that makes the network whole, and every stopped node run again. Who left stays
    /// away, but for A: somebody must be there to lead.
    fn calm_down(&self, protocol: ProtocolName) -> impl Iterator<Item = Step> + '_ {
        let first = Deed::Join(NodeName(NodeId(0)));
        let join = (protocol == ProtocolName::Almighty).then_some(first);
        let mends = [Deed::Heal, Deed::LossPerMillion(0)]
            .into_iter()
            .chain(join);
        let starts = (0..self.nodes).map(|id| Deed::Start(NodeName(NodeId(id))));
        mends.chain(starts).map(|deed| step(self.rough, deed))
    }
}

fn step(at: Micros, deed: Deed) -> Step {
    Step { at: Span(at), deed }
}

/// Draws from the stream that is kept for what befalls a run from outside.
struct Dice(Seeded);

impl Dice {
    fn upto(&mut self, most: u64) -> u64 {
        self.0.between(Stream::Environment, 0, most)
    }

    /// Two or three random sides.
    fn sides(&mut self, nodes: u16) -> Vec<Vec<NodeName>> {
        let count = 2 + usize::from(self.upto(3) == 0);
        let mut sides: Vec<Vec<NodeName>> = (0..count).map(|_| Vec::new()).collect();
        for id in 0..nodes {
            let side = self.upto(count as u64 - 1) as usize;
            sides[side].push(NodeName(NodeId(id)));
        }
        sides.retain(|side| !side.is_empty());
        sides
    }
}
