//! Refusing steps that cannot be done.

use crate::deed::{Deed, OneWay, Replacement};
use crate::document::Scenario;
use crate::message::{MessageStep, Touch};
use crate::name::{NodeName, Whom};
use crate::network::LinkDeed;
use crate::span::Span;
use crate::validate::{Fault, fault, range, within};
use crate::validate_start::{MOST_ON_LINK, clock_fault, disk_fault, share};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

impl Scenario {
    /// What is wrong with its steps, in order.
    pub(crate) fn step_faults(&self) -> impl Iterator<Item = Fault> + '_ {
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

    /// What is wrong with a deed, where these nodes are ever part of the run.
    pub(crate) fn deed_fault(
        &self,
        place: &str,
        deed: &Deed,
        present: &[NodeName],
    ) -> Option<Fault> {
        let node = |field: &str, node: NodeName| self.unknown(at(place, field), node, present);
        let whom = |field: &str, whom: Whom| match whom {
            Whom::Node(name) => node(field, name),
            Whom::Leader => None,
        };
        let maybe = |field: &str, name: Option<NodeName>| name.and_then(|it| node(field, it));
        let client = |field: &str, client: u32| {
            let most = u64::from(self.clients);
            within(&at(place, field), u64::from(client), 1, most)
        };
        match deed {
            Deed::Stop(it) => whom("stop", *it),
            Deed::Pause(it) => whom("pause", *it),
            Deed::TimeOut(it) => whom("time-out", *it),
            Deed::Leave(it) => whom("leave", *it),
            Deed::Start(it) => node("start", *it),
            Deed::Resume(it) => node("resume", *it),
            Deed::Wipe(it) => node("wipe", *it),
            Deed::Snapshot(it) => whom("snapshot", *it),
            Deed::Transfer(it) => node("transfer", *it),
            Deed::Promote(it) => node("promote", *it),
            Deed::Remove(it) => node("remove", *it),
            Deed::Replace(it) => replacement_fault(&at(place, "replace"), it),
            Deed::Join(_) | Deed::AddLearner(_) | Deed::Heal => None,
            Deed::Slow(it) => whom("slow.node", it.node),
            Deed::Clock(it) => {
                whom("clock.node", it.node).or_else(|| clock_fault(&at(place, "clock"), it))
            }
            Deed::Disk(it) => maybe("disk.node", it.node)
                .or_else(|| disk_fault(&at(place, "disk.writes"), &it.writes)),
            Deed::Cut(sides) => self.cut_fault(&at(place, "cut"), sides, present),
            Deed::CutOneWay(cut) => self.one_way_fault(&at(place, "cut-one-way"), cut, present),
            Deed::Link(it) => maybe("link.from", it.from)
                .or_else(|| maybe("link.to", it.to))
                .or_else(|| link_fault(&at(place, "link"), it)),
            Deed::Message(it) => self.message_fault(&at(place, "message"), it),
            Deed::Write(it) => {
                client("write.client", it.client).or_else(|| maybe("write.to", it.to))
            }
            Deed::Read(it) => client("read.client", it.client).or_else(|| maybe("read.to", it.to)),
        }
    }

    fn cut_fault(
        &self,
        place: &str,
        sides: &[Vec<NodeName>],
        present: &[NodeName],
    ) -> Option<Fault> {
        let mut seen = Vec::new();
        let mut numbered = sides.iter().enumerate();
        let fault_of = |(number, side): (usize, &Vec<NodeName>)| {
            let place = format!("{place}[{number}]");
            let twice = "stands on two sides; name it once";
            self.side_fault(&place, side, &mut seen, twice, present)
        };
        numbered.find_map(fault_of).or_else(|| {
            let none = sides.is_empty();
            none.then(|| fault(place, "name at least one side, such as [[\"A\", \"B\"]]"))
        })
    }

    fn one_way_fault(&self, place: &str, cut: &OneWay, present: &[NodeName]) -> Option<Fault> {
        let mut seen = Vec::new();
        let twice = "is named twice here; nobody is cut from itself";
        self.side_fault(&at(place, "from"), &cut.from, &mut seen, twice, present)
            .or_else(|| self.side_fault(&at(place, "to"), &cut.to, &mut seen, twice, present))
    }

    /// What is wrong with one side of a cut, where those of the sides before were `seen`.
    fn side_fault(
        &self,
        place: &str,
        nodes: &[NodeName],
        seen: &mut Vec<NodeName>,
        twice: &str,
        present: &[NodeName],
    ) -> Option<Fault> {
        if nodes.is_empty() {
            return Some(fault(place, "nobody stands on this side; leave it out"));
        }
        for (number, node) in nodes.iter().enumerate() {
            let field = format!("{place}[{number}]");
            if seen.contains(node) {
                return Some((field, format!("node {node} {twice}")));
            }
            seen.push(*node);
            if let Some(fault) = self.unknown(field, *node, present) {
                return Some(fault);
            }
        }
        None
    }

    fn message_fault(&self, place: &str, message: &MessageStep) -> Option<Fault> {
        if message.number == 0 {
            let problem = "messages are numbered from 1; a trace tells their numbers";
            return Some(fault(&at(place, "number"), problem));
        }
        if self.protocols.len() > 1 {
            let problem =
                "each protocol numbers its own messages; name one protocol in `protocols`";
            return Some(fault(place, problem));
        }
        (message.touch == Touch::Delay(Span::default())).then(|| {
            let problem = "it must be longer than no time at all";
            fault(&at(place, "do.delay"), problem)
        })
    }
}

/// A field of the place.
fn at(place: &str, field: &str) -> String {
    format!("{place}.{field}")
}

fn replacement_fault(place: &str, change: &Replacement) -> Option<Fault> {
    if change.voters.is_empty() {
        let problem = "somebody must vote; name at least one node";
        return Some(fault(&at(place, "voters"), problem));
    }
    let mut seen = Vec::new();
    let lists = [("voters", &change.voters), ("learners", &change.learners)];
    let mut named = lists.into_iter().flat_map(|(list, nodes)| {
        let numbered = nodes.iter().enumerate();
        numbered.map(move |(number, node)| (list, number, *node))
    });
    named.find_map(|(list, number, node)| {
        let twice = seen.contains(&node);
        seen.push(node);
        let problem = format!("node {node} is named twice; a node votes or learns");
        twice.then(|| (format!("{place}.{list}[{number}]"), problem))
    })
}

fn link_fault(place: &str, link: &LinkDeed) -> Option<Fault> {
    if link.from.is_some() && link.from == link.to {
        let problem = "a node has no link to itself; name two nodes";
        return Some(fault(place, problem));
    }
    if link.actions().next().is_none() {
        let problem = "it changes nothing; name what changes, such as \"loss-per-million\"";
        return Some(fault(place, problem));
    }
    let shares = [
        ("loss-per-million", link.loss_per_million),
        ("duplication-per-million", link.duplication_per_million),
        ("reordering-per-million", link.reordering_per_million),
        ("corruption-per-million", link.corruption_per_million),
    ];
    let mut shares = shares.into_iter();
    shares
        .find_map(|(field, it)| share(&at(place, field), it?))
        .or_else(|| range(&at(place, "delay"), link.delay?))
        .or_else(|| {
            let capacity = u64::from(link.capacity?);
            within(&at(place, "capacity"), capacity, 0, MOST_ON_LINK)
        })
}
