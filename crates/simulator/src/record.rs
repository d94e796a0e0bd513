//! What is remembered of a run: its story, its curves, and who led when.

use crate::engine::Engine;
use crate::happening::{Happening, What};
use crate::view::Power;
use alloc::vec::Vec;
use consensus::{Micros, NodeId, Observation, Reign, Role};

/// How much virtual time lies between two samples of the measures at first.
const SAMPLE_EVERY: Micros = Micros::from_millis(20);
/// The most samples. Where there would be more, every other one is dropped and they lie twice as far
/// apart from then on.
const MOST_SAMPLES: usize = 2_048;

/// A rule worth a caption is kept if none follows it within this time. Where the run is shown, what
/// was told in the latest such span is known anyway: it was played again.
pub(crate) const BURST: Micros = Micros::from_millis(100);

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
#[derive(Clone, Debug)]
pub struct Record {
    /// The milestones, in order: what was done to the run, who was up, who stood for election and who
    /// led, what a breaker did, what broke, and the rules worth a caption, but for those that
    /// another followed within a tenth of a second. Rules that are worth a line only, and calls that
    /// were given up, are there as long as there is no rule worth a caption. For all else the run is
    /// played again.
    pub story: Vec<Happening>,
    /// The measures, every 20 ms of virtual time at first and more rarely in a long run.
    pub samples: Vec<Sample>,
    sample_every: Micros,
    /// Whether the story has a rule worth a caption.
    captioned: bool,
    /// Who led when, in the order of beginning.
    pub leads: Vec<Lead>,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            story: Vec::new(),
            samples: Vec::new(),
            sample_every: SAMPLE_EVERY,
            captioned: false,
            leads: Vec::new(),
        }
    }
}

impl Record {
    /// Adds what one event brought, and a sample where one is due.
    pub(crate) fn extend(&mut self, told: impl Iterator<Item = Happening>, engine: &dyn Engine) {
        for happening in told {
            note_lead(&mut self.leads, &happening);
            if is_milestone(&happening.what) {
                self.tell(happening);
            }
        }
        let now = engine.now();
        let due = self.samples.last().map(|it| it.at + self.sample_every);
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
            if self.samples.len() > MOST_SAMPLES {
                let mut place = 0_usize;
                self.samples.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
                self.sample_every = self.sample_every * 2;
            }
        }
    }

    /// Adds a milestone to the story, in place of the last rule where that was told just before.
    fn tell(&mut self, happening: Happening) {
        let weight = weight(&happening.what);
        if weight < 2 && self.captioned {
            return;
        }
        self.captioned |= weight_of_rule(&happening) > 1;
        let rules = self.story.iter().rposition(|it| weight_of_rule(it) > 0);
        let before = rules.filter(|_| weight_of_rule(&happening) > 0);
        if let Some(before) = before
            && let Some(last) = self.story.get(before)
            && weight_of_rule(last) <= weight
            && happening.at.since(last.at) <= BURST
        {
            self.story.remove(before);
        }
        self.story.push(happening);
    }

    /// Forgets what came after so many events, or after `at`. `recent` is what was told in the span
    /// before it, all of it.
    pub(crate) fn forget_after(&mut self, events: u64, at: Micros, recent: &[Happening]) {
        let first = recent.first().map_or(u64::MAX, |it| it.event);
        let kept = self.story_until(events.min(first.saturating_sub(1))).len();
        self.story.truncate(kept);
        self.captioned = self.story.iter().any(|it| weight_of_rule(it) > 1);
        recent.iter().for_each(|it| self.tell(it.clone()));
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

/// Whether something can belong into the story.
pub(crate) const fn is_milestone(what: &What) -> bool {
    match what {
        What::Acted(_) | What::Idle { .. } | What::Power { .. } => true,
        What::Breaker { .. } | What::GaveUp { .. } | What::Violated(_) => true,
        What::Observed(_, Observation::Role { .. } | Observation::ElectionCalled(_)) => true,
        What::Why(_, why) => why.rule.weight > 0,
        _ => false,
    }
}

/// As [`crate::Why::weight`].
const fn weight(what: &What) -> u8 {
    match what {
        What::Why(_, why) => why.rule.weight,
        What::GaveUp { .. } => 1,
        _ => 2,
    }
}

fn weight_of_rule(happening: &Happening) -> u8 {
    match &happening.what {
        What::Why(_, why) => why.rule.weight,
        _ => 0,
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
