//! What is remembered of a run: its story, its curves, and who led when.

use crate::engine::Engine;
use crate::happening::{Happening, What};
use crate::view::Power;
use alloc::vec::Vec;
use consensus::{Micros, NodeId, Observation, Reign, Role};

/// How much virtual time lies between two samples of the measures.
const SAMPLE_EVERY: Micros = Micros::from_millis(20);

/// The measures that are drawn as curves, at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The moment.
    pub at: Micros,
    /// As in [`crate::Measures`].
    pub leaderless: Micros,
    /// As in [`crate::Measures`].
    pub two_claim: Micros,
    /// As in [`crate::Measures`].
    pub lost: u64,
    /// As in [`crate::Measures`].
    pub at_risk: u64,
    /// As in [`crate::Measures`].
    pub messages: u64,
}

/// One node's time as leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who led.
    pub node: NodeId,
    /// By what right.
    pub reign: Reign,
    /// The reign's number in the run, from 1, in order of beginning.
    pub number: u32,
    /// From when.
    pub from: Micros,
    /// Until when; `None` while it leads still.
    pub until: Option<Micros>,
}

/// What is known of a run up to the furthest event that was ever reached in it.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Everything that happened but routine, in order: messages, clients' attempts and rules of
    /// weight 0 are left out.
    pub story: Vec<Happening>,
    /// The measures, about every 20 ms of virtual time.
    pub samples: Vec<Sample>,
    /// Who led when, in the order of beginning.
    pub leads: Vec<Lead>,
}

impl Record {
    /// Adds what one event brought, and a sample where one is due.
    pub(crate) fn extend(&mut self, told: impl Iterator<Item = Happening>, engine: &dyn Engine) {
        for happening in told {
            note_lead(&mut self.leads, &happening);
            if is_worth_keeping(&happening) {
                self.story.push(happening);
            }
        }
        let now = engine.now();
        let due = self.samples.last().map(|it| it.at + SAMPLE_EVERY);
        if due.is_none_or(|due| due <= now) {
            let measures = engine.measures(now);
            self.samples.push(Sample {
                at: now,
                leaderless: measures.leaderless,
                two_claim: measures.two_claim,
                lost: measures.lost,
                at_risk: measures.at_risk,
                messages: measures.messages,
            });
        }
    }

    /// Forgets what came after so many events, or after `at`.
    pub(crate) fn forget_after(&mut self, events: u64, at: Micros) {
        let kept = self.story_until(events).len();
        self.story.truncate(kept);
        self.samples.retain(|sample| sample.at <= at);
        self.leads.clear();
        for happening in &self.story {
            note_lead(&mut self.leads, happening);
        }
    }

    /// The story up to and including this event.
    pub(crate) fn story_until(&self, event: u64) -> &[Happening] {
        let end = self.story.partition_point(|it| it.event <= event);
        &self.story[..end]
    }
}

fn is_worth_keeping(happening: &Happening) -> bool {
    match &happening.what {
        _ if happening.is_traffic() => false,
        What::Stored(..) | What::Applied { .. } => false,
        What::Called { .. } | What::BacksOff { .. } => false,
        What::Why(_, why) => why.rule.weight > 0,
        _ => true,
    }
}

fn note_lead(leads: &mut Vec<Lead>, happening: &Happening) {
    let (node, mandate) = match &happening.what {
        What::Observed(node, Observation::Role { role, mandate }) => {
            (*node, (*role == Role::Leader).then_some(*mandate))
        }
        What::Power {
            node,
            power: Power::Stopped | Power::Absent,
            ..
        } => (*node, None),
        _ => return,
    };
    let reign = mandate.map(|mandate| Reign {
        mandate,
        leader: Some(node),
    });
    let open = leads
        .iter_mut()
        .rev()
        .find(|lead| lead.node == node && lead.until.is_none());
    if let Some(open) = open {
        if Some(open.reign) == reign {
            return;
        }
        open.until = Some(happening.at);
    }
    if let Some(reign) = reign {
        let known = leads.iter().find(|lead| lead.reign == reign);
        let next = leads.iter().map(|lead| lead.number).max().unwrap_or(0) + 1;
        leads.push(Lead {
            node,
            reign,
            number: known.map_or(next, |lead| lead.number),
            from: happening.at,
            until: None,
        });
    }
}
