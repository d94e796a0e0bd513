//! Refusing expectations that say nothing, or speak of what is not there.

use crate::document::Scenario;
use crate::expect::That;
use crate::name::NodeName;
use crate::validate::{Fault, fault, repeated, within};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Explain;
use consensus::almighty::AlmightyRule;
use consensus::raft::RaftRule;
use consensus::watercraft::WatercraftRule;

impl Scenario {
    /// What is wrong with its expectations, in order.
    pub(crate) fn expectation_faults(&self) -> impl Iterator<Item = Fault> + '_ {
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
            self.that_fault(place, &it.that, &present)
        })
    }

    /// What is wrong with a statement, or with one inside it.
    pub(crate) fn that_fault(
        &self,
        place: String,
        that: &That,
        present: &[NodeName],
    ) -> Option<Fault> {
        match that {
            That::Not(that) => self.that_fault(format!("{place}.not"), that, present),
            That::InOrder(steps) => {
                let place = format!("{place}.in-order");
                if steps.len() < 2 {
                    let problem = "an order takes two statements or more";
                    return Some(fault(&place, problem));
                }
                let each = |(at, step): (usize, &That)| {
                    let place = format!("{place}[{at}]");
                    if step.is_list() {
                        let problem = "it cannot hold another list; put its statements here";
                        return Some(fault(&place, problem));
                    }
                    self.that_fault(place, step, present)
                };
                steps.iter().enumerate().find_map(each)
            }
            that => {
                let strange = that.nodes().into_iter();
                strange
                    .filter_map(|node| self.unknown(place.clone(), node, present))
                    .next()
                    .or_else(|| statement_fault(place, that, self.clients))
            }
        }
    }
}

impl That {
    fn is_list(&self) -> bool {
        match self {
            Self::InOrder(_) => true,
            Self::Not(that) => that.is_list(),
            _ => false,
        }
    }

    /// The nodes that it names.
    fn nodes(&self) -> Vec<NodeName> {
        match self {
            Self::Leaders(nodes)
            | Self::CoreLeads(nodes)
            | Self::SameElection(nodes)
            | Self::SameSecret(nodes) => nodes.clone(),
            Self::Follow(it) => it.nodes.iter().copied().chain(it.leader).collect(),
            Self::Ledger(it) => it.alive.iter().copied().chain([it.node]).collect(),
            Self::Log(held) | Self::Committed(held) | Self::Data(held) => Vec::from([held.node]),
            Self::Rule(rule) => rule.by.into_iter().chain(rule.about).collect(),
            Self::Breaker(breaker) => breaker.node.into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

/// What makes a statement say nothing: it could only ever be true, or only ever be false.
fn statement_fault(place: String, that: &That, clients: u32) -> Option<Fault> {
    let client = |field: String, client: Option<u32>| {
        client.and_then(|client| within(&field, u64::from(client), 1, u64::from(clients)))
    };
    match that {
        That::Leaders(nodes) => twice(&format!("{place}.leaders"), nodes),
        That::CoreLeads(nodes) => few(&format!("{place}.core-leads"), nodes, 1),
        That::Ledger(it) => twice(&format!("{place}.ledger.alive"), &it.alive),
        That::Follow(it) => few(&format!("{place}.follow.nodes"), &it.nodes, 1),
        That::SameElection(nodes) => few(&format!("{place}.same-election"), nodes, 2),
        That::SameSecret(nodes) => few(&format!("{place}.same-secret"), nodes, 1),
        That::Sent(it) if it.least == 0 => {
            let problem = "name one at least: a misspelt kind was never sent";
            Some(fault(&format!("{place}.sent.least"), problem))
        }
        That::Sent(it) => bounds_fault(format!("{place}.sent"), it.least, it.most),
        That::Measure(it) => bounds_fault(format!("{place}.measure"), it.least, it.most),
        That::Drops(it) => bounds_fault(format!("{place}.drops"), it.least, it.most),
        That::BackedOff(it) => client(format!("{place}.backed-off.client"), it.client)
            .or_else(|| bounds_fault(format!("{place}.backed-off"), it.least, it.most)),
        That::Breaker(it) => client(format!("{place}.breaker.client"), it.client),
        That::Rule(rule) if !is_rule(&rule.name) => {
            let problem = format!("no protocol has a rule `{}`; a trace names them", rule.name);
            Some((format!("{place}.rule.name"), problem))
        }
        _ => None,
    }
}

fn twice(place: &str, nodes: &[NodeName]) -> Option<Fault> {
    let twice = repeated(nodes)?;
    Some(fault(&format!("{place}[{twice}]"), "name it once"))
}

/// Too few nodes to say anything about, or one of them twice.
fn few(place: &str, nodes: &[NodeName], least: usize) -> Option<Fault> {
    if nodes.len() < least {
        let problem = format!("too few; name at least {least}");
        return Some(fault(place, &problem));
    }
    twice(place, nodes)
}

fn bounds_fault(place: String, least: u64, most: Option<u64>) -> Option<Fault> {
    let problem = match (least, most.unwrap_or(u64::MAX)) {
        (0, u64::MAX) => "it is true of every run; give `least`, `most` or both",
        (least, most) if least > most => "`least` is more than `most`; put them right",
        _ => return None,
    };
    Some(fault(&place, problem))
}

/// Whether a rule has this name; without names, any may be one.
fn is_rule(name: &str) -> bool {
    cfg!(not(feature = "json"))
        || RaftRule::ALL.iter().any(|it| it.name() == name)
        || AlmightyRule::ALL.iter().any(|it| it.name() == name)
        || WatercraftRule::ALL.iter().any(|it| it.name() == name)
}
