//! A stretch of a run with every message in it, for a space-time diagram and a list of events.

use crate::engine::Engine;
use crate::flight::{Fate, Flight};
use crate::happening::{Happening, What};
use crate::playback::Playback;
use crate::view::{Power, View};
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::{Mandate, Micros, NodeId, Observation, Reign, Role};

/// What can be told of a node along its line in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeState {
    /// Who.
    pub node: NodeId,
    /// Whether it is up.
    pub power: Power,
    /// What it is in its cluster.
    pub role: Role,
    /// Whom it believes to lead, and by what right.
    pub reign: Reign,
}

impl NodeState {
    /// Takes in what happened; false where it changes nothing of this node.
    pub fn hear(&mut self, what: &What) -> bool {
        let before = *self;
        match what {
            What::Power { node, power, .. } if *node == self.node => self.power = *power,
            What::Observed(node, seen) if *node == self.node => match seen {
                Observation::Role { role, mandate } => {
                    self.role = *role;
                    let leads = *role == Role::Leader;
                    if leads || self.reign.mandate != *mandate {
                        self.reign = Reign {
                            mandate: *mandate,
                            leader: leads.then_some(*node),
                        };
                    }
                }
                Observation::Follows(reign) => self.reign = *reign,
                _ => {}
            },
            _ => {}
        }
        *self != before
    }
}

/// A stretch of a run, played again from a checkpoint and kept while it is shown.
#[derive(Default)]
pub struct Excerpt {
    /// The run at the end of it, to be played on.
    run: Option<Box<dyn Engine>>,
    edition: u64,
    from: Micros,
    to: Micros,
    /// Whether the run has come to the beginning.
    begun: bool,
    start: Vec<NodeState>,
    flights: Vec<Flight>,
    told: Vec<Happening>,
}

impl Excerpt {
    /// Where it begins.
    #[must_use]
    pub const fn from(&self) -> Micros {
        self.from
    }

    /// Up to where it is known: every event at this moment is part of it.
    #[must_use]
    pub const fn to(&self) -> Micros {
        self.to
    }

    /// How the nodes were just before it, by id.
    #[must_use]
    pub fn start(&self) -> &[NodeState] {
        &self.start
    }

    /// Every message that was on its way within it, in order of sending. One whose fate is to
    /// arrive has arrived where [`Flight::due`] is not after [`Self::to`].
    #[must_use]
    pub fn flights(&self) -> &[Flight] {
        &self.flights
    }

    /// Everything that happened within it, in order.
    #[must_use]
    pub fn told(&self) -> &[Happening] {
        &self.told
    }

    /// Shows the stretch from `from` to `to`, as far as `playback` was ever played. What is known
    /// already is kept, so that a window that moves on costs only the events that are new in it.
    /// At most `most` events are played; false where more are needed: then call it again.
    pub fn show(&mut self, playback: &Playback, from: Micros, to: Micros, most: u64) -> bool {
        let reached = playback.furthest().now().max(playback.at());
        let to = to.min(reached).max(from);
        let known = self.edition == playback.edition() && (self.from..=self.to).contains(&from);
        let mut run = match self.run.take() {
            Some(run) if known => run,
            _ => {
                *self = Self {
                    edition: playback.edition(),
                    from,
                    to: from,
                    ..Self::default()
                };
                playback.fork_before(from)
            }
        };
        let before = self.to;
        let done = self.play(&mut *run, to, most);
        self.refresh(before, &*run);
        self.run = Some(run);
        self.forget(from);
        done
    }

    /// Plays on to `to`, or as far as `most` events go.
    fn play(&mut self, run: &mut dyn Engine, to: Micros, most: u64) -> bool {
        let mut told = Vec::new();
        for _ in 0..most {
            let next = run.next_event();
            if !self.begun && next.is_some_and(|next| next < self.from) {
                run.step_untold();
                continue;
            }
            self.begin(run);
            if next.is_none_or(|next| next > to) || !run.step(&mut told) {
                self.to = self.to.max(to);
                return true;
            }
            self.to = self.to.max(run.now());
            for happening in told.drain(..) {
                self.hear(happening, run);
            }
        }
        false
    }

    /// Notes how things are as it begins.
    fn begin(&mut self, run: &dyn Engine) {
        if self.begun {
            return;
        }
        self.begun = true;
        let View { nodes, flights, .. } = run.view();
        let state = |it: &crate::NodeView| NodeState {
            node: it.id,
            power: it.power,
            role: it.inspection.role,
            reign: it.inspection.reign,
        };
        self.start = nodes.iter().map(state).collect();
        self.flights = flights;
    }

    fn hear(&mut self, happening: Happening, run: &dyn Engine) {
        match happening.what {
            What::Sent { flight, .. } => self.flights.extend(run.flight(flight)),
            What::Doubled { copy, .. } => self.flights.extend(run.flight(copy)),
            What::Arrived { flight, .. } => {
                if let Some(known) = self.flight(flight) {
                    (known.due, known.fate) = (happening.at, Fate::Arrives);
                }
            }
            What::Dropped { flight, cause, .. } => {
                let now = run.flight(flight);
                if let Some(known) = self.flight(flight) {
                    match now {
                        Some(now) => *known = now,
                        // A message to a node that is down leaves no trace.
                        None => known.fate = Fate::Refused(happening.at, cause),
                    }
                }
            }
            What::Power { node, .. } if !self.start.iter().any(|it| it.node == node) => {
                // It was not there before.
                self.start.push(NodeState {
                    node,
                    power: Power::Absent,
                    role: Role::Follower,
                    reign: Reign {
                        mandate: Mandate::Term(0),
                        leader: None,
                    },
                });
            }
            _ => {}
        }
        self.told.push(happening);
    }

    fn flight(&mut self, number: u64) -> Option<&mut Flight> {
        let place = self
            .flights
            .binary_search_by_key(&number, |it| it.id)
            .ok()?;
        self.flights.get_mut(place)
    }

    /// Somebody may have held, delayed or damaged what was on its way after `before`.
    fn refresh(&mut self, before: Micros, run: &dyn Engine) {
        for flight in &mut self.flights {
            let is_open = match flight.fate {
                Fate::Arrives => flight.due > before,
                Fate::Held(_) => true,
                _ => false,
            };
            if is_open && let Some(now) = run.flight(flight.id) {
                *flight = now;
            }
        }
    }

    /// Lets go of what ended before `from`.
    fn forget(&mut self, from: Micros) {
        let gone = self.told.partition_point(|it| it.at < from);
        if !self.begun || gone < self.told.len() / 2 {
            return;
        }
        for happening in self.told.drain(..gone) {
            for state in &mut self.start {
                state.hear(&happening.what);
            }
        }
        self.flights.retain(|it| ends(it) >= from);
        self.from = from;
    }
}

/// When a message leaves its wire.
fn ends(flight: &Flight) -> Micros {
    match flight.fate {
        Fate::Held(_) => Micros::MAX,
        fate => fate.dropped_at().unwrap_or(flight.due),
    }
}

impl Flight {
    /// Whether somebody has taken it by `at`.
    #[must_use]
    pub fn has_arrived(&self, at: Micros) -> bool {
        self.fate == Fate::Arrives && self.due <= at
    }
}
