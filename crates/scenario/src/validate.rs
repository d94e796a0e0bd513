//! Reading a scenario, and refusing what cannot be run.

use crate::deed::{Deed, NodeName, Whom};
use crate::document::Scenario;
use crate::error::ScenarioError;
use crate::expect::That;
use crate::locate::{line_of, path_at};
use crate::span::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::Explain;
use consensus::almighty::{AlmightyRule, SettingsError};
use consensus::raft::{RaftRule, RaftSettingsError};

/// The longest file that is read, in bytes: far more than any scenario takes.
const MOST_BYTES: usize = 1 << 20;
/// The most steps or expectations.
const MOST_ENTRIES: usize = 10_000;

/// A field and what is wrong with it.
pub(crate) type Fault = (String, String);

impl Scenario {
    /// Reads a scenario from its file's text.
    ///
    /// # Errors
    /// Whatever keeps it from being run, with the line, the field and the remedy.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        if text.len() > MOST_BYTES {
            return Err(ScenarioError {
                line: 1,
                field: "the file".to_string(),
                problem: format!("it is too long; a scenario has at most {MOST_BYTES} bytes"),
            });
        }
        let scenario: Self = serde_json::from_str(text).map_err(|error| refused(text, &error))?;
        match scenario.fault() {
            Some((field, problem)) => Err(ScenarioError {
                line: line_of(text, &field),
                field,
                problem,
            }),
            None => Ok(scenario),
        }
    }

    /// The first thing that keeps it from being run.
    fn fault(&self) -> Option<Fault> {
        self.size_fault()
            .or_else(|| self.timing_fault())
            .or_else(|| self.step_faults().next())
            .or_else(|| self.expectation_faults().next())
    }

    fn size_fault(&self) -> Option<Fault> {
        let nodes = u64::from(self.nodes);
        within("nodes", nodes, 1, u64::from(NodeName::COUNT))
            .or_else(|| within("clients", u64::from(self.clients), 1, 16))
            .or_else(|| within("steps", self.steps.len() as u64, 0, MOST_ENTRIES as u64))
            .or_else(|| within("expect", self.expect.len() as u64, 0, MOST_ENTRIES as u64))
            .or_else(|| {
                let loss = u64::from(self.network.loss_per_million);
                within("network.loss-per-million", loss, 0, 1_000_000)
            })
            .or_else(|| self.client_size_fault())
            .or_else(|| {
                let empty = self.protocols.is_empty();
                empty.then(|| fault("protocols", "name at least one: \"raft\", \"almighty\""))
            })
            .or_else(|| {
                let place = repeated(&self.protocols)?;
                Some(fault(&format!("protocols[{place}]"), "name it once"))
            })
    }

    fn timing_fault(&self) -> Option<Fault> {
        range("network.delay", self.network.delay)
            .or_else(|| range("disk.latency", self.disk.latency))
            .or_else(|| self.client_timing_fault())
            .or_else(|| raft_fault(&self.raft.settings().check().err()?))
            .or_else(|| almighty_fault(&self.almighty.settings().check().err()?))
            .or_else(|| {
                let longest = self.longest();
                (self.until > longest).then(|| {
                    let problem = format!(
                        "it takes too many steps with so many nodes and such short timing; end at {longest}, or lengthen {}",
                        self.quickest().0
                    );
                    fault("until", &problem)
                })
            })
    }

    fn step_faults(&self) -> impl Iterator<Item = Fault> + '_ {
        let present = self.every_node();
        self.steps.iter().enumerate().filter_map(move |(at, step)| {
            let place = format!("steps[{at}].do");
            if step.at > self.until {
                let problem = format!(
                    "the run ends at {}; act before it or run longer",
                    self.until
                );
                return Some((format!("steps[{at}].at"), problem));
            }
            self.deed_fault(&place, &step.deed, &present)
        })
    }

    fn deed_fault(&self, place: &str, deed: &Deed, present: &[NodeName]) -> Option<Fault> {
        let known = |field: String, node: NodeName| self.unknown(field, node, present);
        let whom = |field: &str, whom: Whom| match whom {
            Whom::Node(node) => known(format!("{place}.{field}"), node),
            Whom::Leader => None,
        };
        let client = |field: &str, client: u32| {
            within(
                &format!("{place}.{field}.client"),
                u64::from(client),
                1,
                u64::from(self.clients),
            )
        };
        let to = |field: &str, to: Option<NodeName>| {
            to.and_then(|node| known(format!("{place}.{field}.to"), node))
        };
        match deed {
            Deed::Stop(it) => whom("stop", *it),
            Deed::TimeOut(it) => whom("time-out", *it),
            Deed::Leave(it) => whom("leave", *it),
            Deed::Start(node) => known(format!("{place}.start"), *node),
            Deed::Join(_) | Deed::Heal => None,
            Deed::Cut(sides) => self.cut_fault(&format!("{place}.cut"), sides, present),
            Deed::LossPerMillion(share) => {
                let field = format!("{place}.loss-per-million");
                within(&field, u64::from(*share), 0, 1_000_000)
            }
            Deed::Delay(delay) => range(&format!("{place}.delay"), *delay),
            Deed::Write(it) => client("write", it.client).or_else(|| to("write", it.to)),
            Deed::Read(it) => client("read", it.client).or_else(|| to("read", it.to)),
        }
    }

    fn cut_fault(
        &self,
        place: &str,
        sides: &[Vec<NodeName>],
        present: &[NodeName],
    ) -> Option<Fault> {
        let mut seen = Vec::new();
        for (side, nodes) in sides.iter().enumerate() {
            if nodes.is_empty() {
                let field = format!("{place}[{side}]");
                return Some(fault(&field, "nobody stands on this side; leave it out"));
            }
            for (at, node) in nodes.iter().enumerate() {
                let field = format!("{place}[{side}][{at}]");
                if seen.contains(node) {
                    let problem = format!("node {node} stands on two sides; name it once");
                    return Some((field, problem));
                }
                seen.push(*node);
                if let Some(fault) = self.unknown(field, *node, present) {
                    return Some(fault);
                }
            }
        }
        sides
            .is_empty()
            .then(|| fault(place, "name at least one side, such as [[\"A\", \"B\"]]"))
    }

    fn expectation_faults(&self) -> impl Iterator<Item = Fault> + '_ {
        let present = self.every_node();
        self.expect.iter().enumerate().filter_map(move |(at, it)| {
            if it.at.is_some_and(|at| at > self.until) {
                let problem = format!("the run ends at {}; expect it before", self.until);
                return Some((format!("expect[{at}].at"), problem));
            }
            if it.of.is_some_and(|of| !self.protocols.contains(&of)) {
                let problem = "the scenario is not run under this protocol; add it to `protocols`";
                return Some(fault(&format!("expect[{at}].of"), problem));
            }
            let place = format!("expect[{at}].that");
            let strange = it.that.nodes().into_iter();
            strange
                .filter_map(|node| self.unknown(place.clone(), node, &present))
                .next()
                .or_else(|| statement_fault(place, &it.that))
        })
    }

    /// Every node that is ever part of the run.
    fn every_node(&self) -> Vec<NodeName> {
        let mut names: Vec<NodeName> = (0..self.nodes)
            .map(|id| NodeName(consensus::NodeId(id)))
            .collect();
        for step in &self.steps {
            match step.deed {
                Deed::Join(node) if !names.contains(&node) => names.push(node),
                _ => {}
            }
        }
        names
    }

    fn unknown(&self, field: String, node: NodeName, present: &[NodeName]) -> Option<Fault> {
        (!present.contains(&node)).then(|| {
            let last = NodeName(consensus::NodeId(self.nodes.saturating_sub(1)));
            let problem = format!("there is no node {node}; this cluster has A to {last}");
            (field, problem)
        })
    }
}

impl That {
    /// The nodes that it names.
    fn nodes(&self) -> Vec<NodeName> {
        match self {
            Self::Leaders(nodes) => nodes.clone(),
            Self::Log(held) | Self::Committed(held) | Self::Data(held) => Vec::from([held.node]),
            Self::Rule(rule) => rule.by.into_iter().collect(),
            Self::Not(that) => that.nodes(),
            _ => Vec::new(),
        }
    }
}

fn refused(text: &str, error: &serde_json::Error) -> ScenarioError {
    // The parser puts its own place behind the message; the place is told before it here.
    let told = error.to_string();
    let problem = told.rsplit_once(" at line ").map_or(&*told, |it| it.0);
    let mut path = path_at(text, error.line(), error.column());
    if problem.starts_with("missing field") {
        // What is missing was looked for in the object round the last field that was read.
        path.truncate(path.rfind('.').unwrap_or(0));
    }
    ScenarioError {
        line: error.line().max(1),
        field: if path.is_empty() {
            "the file".to_string()
        } else {
            path
        },
        problem: problem.to_string(),
    }
}

/// What makes a statement say nothing: it could only ever be true, or only ever be false.
fn statement_fault(place: String, that: &That) -> Option<Fault> {
    match that {
        That::Not(that) => statement_fault(format!("{place}.not"), that),
        That::Leaders(nodes) => {
            let twice = repeated(nodes)?;
            Some(fault(&format!("{place}.leaders[{twice}]"), "name it once"))
        }
        That::Measure(bound) => {
            let most = bound.most.unwrap_or(u64::MAX);
            let problem = match (bound.least, most) {
                (0, u64::MAX) => "it is true of every run; give `least`, `most` or both",
                (least, most) if least > most => "`least` is more than `most`; put them right",
                _ => return None,
            };
            Some(fault(&format!("{place}.measure"), problem))
        }
        That::Rule(rule) if !is_rule(&rule.name) => {
            let problem = format!("no protocol has a rule `{}`; a trace names them", rule.name);
            Some((format!("{place}.rule.name"), problem))
        }
        _ => None,
    }
}

fn is_rule(name: &str) -> bool {
    RaftRule::ALL.iter().any(|it| it.name() == name)
        || AlmightyRule::ALL.iter().any(|it| it.name() == name)
}

/// The place of the first thing that stands in the list twice.
fn repeated<T: PartialEq>(list: &[T]) -> Option<usize> {
    (1..list.len()).find(|place| list[..*place].contains(&list[*place]))
}

fn raft_fault(error: &RaftSettingsError) -> Option<Fault> {
    use RaftSettingsError as E;
    let field = match error {
        E::NoElectionTimeout | E::ElectionTimeoutsSwapped { .. } => "raft.election-timeout",
        E::NoHeartbeat | E::HeartbeatTooSlow { .. } => "raft.heartbeat",
        E::NoEntriesPerMessage => "raft",
    };
    Some((field.to_string(), error.to_string()))
}

fn almighty_fault(error: &SettingsError) -> Option<Fault> {
    let field = match error {
        SettingsError::Zero(name) | SettingsError::TooLong(name) => name,
        SettingsError::MissedPongs => "missed_pongs",
        SettingsError::ReannounceEvery => "reannounce_every",
    };
    // A file writes its fields with hyphens.
    let hyphens = |text: &str| text.replace('_', "-");
    Some((
        format!("almighty.{}", hyphens(field)),
        hyphens(&error.to_string()),
    ))
}

pub(crate) fn fault(field: &str, problem: &str) -> Fault {
    (field.to_string(), problem.to_string())
}

pub(crate) fn within(field: &str, value: u64, least: u64, most: u64) -> Option<Fault> {
    (!(least..=most).contains(&value)).then(|| {
        let problem = format!("{value} is out of range; it takes {least} to {most}");
        (field.to_string(), problem)
    })
}

pub(crate) fn range(field: &str, [least, most]: [Span; 2]) -> Option<Fault> {
    (least > most).then(|| {
        let problem =
            format!("it begins at {least} and ends at {most}; put the shorter span first");
        (field.to_string(), problem)
    })
}
