//! Liveness mode: a core is healed, everything else is broken for good, and the core gets on.

use super::outage::Outage;
use crate::almighty_timing;
use crate::deed::{Deed, Step, Write};
use crate::dice::Dice;
use crate::disk::{DiskDeed, DiskTiming};
use crate::document::{ProtocolName, Scenario};
use crate::expect::{Expectation, Outcome, That, Told};
use crate::fault::{right_clock, slow, sound};
use crate::name::NodeName;
use crate::span::Span;
use crate::watercraft_timing;
use alloc::vec::Vec;
use consensus::Micros;
use core::fmt;
use serde::{Deserialize, Serialize};

/// How many of its longest election timeouts a healed quorum of Raft has to choose a leader that
/// all of it knows. Each is an election or more, of which about half are won; of thousands of seeds
/// the slowest took five.
pub const ELECTION_TIMEOUTS: u64 = 12;

/// How long that leader has to bring the others up to date: where one message carries one entry
/// and waits for the one before, a hundred entries and more of rough water take seconds, and a
/// session may expire before its first write is through.
pub const CAUGHT_UP_WITHIN: Micros = Micros::from_secs(4);

/// How long a client has, from then on, to find that leader and to be told that its write is done:
/// a dozen attempts, of which less than half meet a node that is no use.
pub const ACKNOWLEDGED_WITHIN: Micros = Micros::from_secs(6);

/// What liveness mode asks of a seed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// A core is healed and gets on.
    Core(Core),
    /// Everybody is healed, and one leads them all: a change of Raft's members that is under way
    /// leaves no quorum that is one before and after it.
    Whole,
    /// Everybody is healed, and nothing is asked but that no guarantee breaks: with these settings
    /// nothing is promised.
    Nothing,
}

/// Those who are healed, and those who are not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Core {
    /// Who runs, with sound disks, right clocks, and whole links among themselves.
    pub nodes: Vec<NodeName>,
    /// Everybody else, and how each is broken.
    pub outside: Vec<(NodeName, Outage)>,
    /// Whether links may lead into the core from outside, from nodes that do not hear it. Without
    /// pre-votes and the check of the quorum anybody who is heard can unseat any leader, for ever
    /// (Raft thesis §4.2.3, §9.6); the oldest peer promises nothing to those who are heard and do
    /// not hear.
    pub open: bool,
}

impl Core {
    /// These nodes as the core of a scenario; everybody else is broken.
    pub(super) fn new(
        dice: &mut Dice,
        nodes: Vec<NodeName>,
        scenario: &Scenario,
        protocol: ProtocolName,
    ) -> Self {
        let raft = scenario.raft.settings();
        let others = scenario.every_node().into_iter();
        let others = others.filter(|node| !nodes.contains(node));
        Self {
            outside: others.map(|node| (node, Outage::draw(dice))).collect(),
            nodes,
            open: protocol == ProtocolName::Raft && raft.pre_vote && raft.check_quorum,
        }
    }
}

impl Ending {
    /// What brings it about, at once.
    fn deeds(&self, scenario: &Scenario, protocol: ProtocolName) -> Vec<Deed> {
        let mut deeds = Vec::from([Deed::Heal, sound(&scenario.network)]);
        let everybody = scenario.every_node();
        let healed = match self {
            Self::Core(core) => {
                for (node, outage) in &core.outside {
                    let peers = protocol != ProtocolName::Raft;
                    deeds.extend(outage.deeds(*node, &core.nodes, !core.open, peers));
                }
                &core.nodes
            }
            Self::Whole | Self::Nothing => &everybody,
        };
        // Whoever is in the core stays, whatever the operator was told before.
        let joins = protocol != ProtocolName::Raft || scenario.changes_members();
        let joins = joins && matches!(self, Self::Core(_));
        for node in healed {
            deeds.extend(joins.then_some(Deed::Join(*node)));
            deeds.extend([slow(*node, 0), right_clock(*node), sound_disk(*node)]);
            deeds.extend([Deed::Start(*node), Deed::Resume(*node)]);
        }
        deeds
    }

    /// Adds liveness mode to a scenario that so far ends when its rough part is over.
    pub(super) fn add_to(&self, scenario: &mut Scenario, protocol: ProtocolName) {
        let from = scenario.until.0;
        let deeds = self.deeds(scenario, protocol).into_iter();
        let at = Span(from);
        let steps: Vec<Step> = deeds.map(|deed| Step { at, deed }).collect();
        scenario.steps.extend(steps);
        let led = from + patience(scenario, protocol);
        scenario.until = Span(led);
        let mut expect = |at: Option<Micros>, that| {
            let (of, at) = (None, at.map(Span));
            scenario.expect.push(Expectation { of, at, that });
        };
        expect(None, That::ChecksHold);
        match self {
            Self::Core(core) => {
                let leads = That::CoreLeads(core.nodes.clone());
                expect(None, leads.clone());
                if protocol == ProtocolName::Raft {
                    expect(Some(led), leads);
                    ask_for_a_write(scenario, led + CAUGHT_UP_WITHIN);
                }
            }
            Self::Whole => {
                expect(None, That::OneLeader);
                scenario.until = Span(led + CAUGHT_UP_WITHIN);
            }
            Self::Nothing => {}
        }
    }
}

impl Scenario {
    /// Whether members come and go.
    fn changes_members(&self) -> bool {
        self.steps.iter().any(|step| {
            let deed = &step.deed;
            !deed.newcomers().is_empty() || matches!(deed, Deed::Leave(_) | Deed::Remove(_))
        })
    }
}

/// A client that was not there before writes, and is told that it is done.
fn ask_for_a_write(scenario: &mut Scenario, asked: Micros) {
    scenario.clients += 1;
    let value = scenario.steps.len() as u64 + 1;
    scenario.steps.push(Step {
        at: Span(asked),
        deed: Deed::Write(Write {
            value,
            key: 0,
            client: scenario.clients,
            to: None,
        }),
    });
    scenario.until = Span(asked + ACKNOWLEDGED_WITHIN);
    let outcome = Outcome::Done;
    scenario.expect.push(Expectation {
        of: None,
        at: None,
        that: That::Answer(Told { value, outcome }),
    });
}

/// How long a healed core has until one of it leads, known to all of it.
fn patience(scenario: &Scenario, protocol: ProtocolName) -> Micros {
    let nodes = scenario.every_node().len() as u64;
    match protocol {
        ProtocolName::Raft => scenario.raft.settings().election_timeout_most * ELECTION_TIMEOUTS,
        ProtocolName::Almighty => {
            let settings = scenario.almighty.settings();
            almighty_timing::quiet(&settings) + almighty_timing::quiet_per_node(&settings) * nodes
        }
        ProtocolName::Watercraft => {
            let settings = scenario.watercraft.settings();
            let each = watercraft_timing::quiet_per_node(&settings);
            watercraft_timing::quiet(&settings) + each * nodes
        }
    }
}

fn sound_disk(node: NodeName) -> Deed {
    Deed::Disk(DiskDeed {
        node: Some(node),
        writes: DiskTiming::default(),
    })
}

/// `A and C are the core; B stopped`
impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let core = match self {
            Self::Core(core) => core,
            Self::Whole => return f.write_str("everybody healed"),
            Self::Nothing => return f.write_str("everybody healed, nothing promised"),
        };
        f.write_str("core")?;
        core.nodes
            .iter()
            .try_for_each(|node| write!(f, " {node}"))?;
        let mut outside = core.outside.iter();
        outside.try_for_each(|(node, outage)| write!(f, ", {node} {outage}"))
    }
}
