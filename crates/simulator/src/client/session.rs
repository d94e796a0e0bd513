//! One client: its numbered calls, whom it believes to lead, and its breakers.

use super::breaker::Breaker;
use super::open_call::OpenCall;
use super::{ClientEffect, ClientEvent, ClientSettings, Surroundings};
use crate::choose::{Choose, Stream};
use crate::happening::What;
use crate::register::Ask;
use alloc::vec;
use alloc::vec::Vec;
use consensus::{CallId, ClientId, Micros, NodeId, Operation, SessionId};
use litemap::LiteMap;

/// One client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Session {
    id: ClientId,
    calls: u64,
    leader: Option<NodeId>,
    open: LiteMap<u64, OpenCall>,
    /// Those that are not as they were at the start.
    breakers: LiteMap<NodeId, Breaker>,
    /// The workload's call that is open.
    pub(crate) looping: Option<u64>,
    /// Its session with the cluster, where it has opened one.
    pub(super) held: Option<SessionId>,
    /// How many calls it made to open one.
    pub(super) openings: u64,
}

impl Session {
    /// A client that has asked nothing yet.
    pub(crate) fn new(id: ClientId) -> Self {
        Self {
            id,
            calls: 0,
            leader: None,
            open: LiteMap::new(),
            breakers: LiteMap::new(),
            looping: None,
            held: None,
            openings: 0,
        }
    }

    /// Who it is.
    pub(crate) const fn id(&self) -> ClientId {
        self.id
    }

    /// Whom it believes to lead.
    pub(crate) const fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    /// Its open calls by number.
    pub(crate) fn open(&self) -> impl Iterator<Item = (u64, &OpenCall)> {
        self.open.iter().map(|(sequence, open)| (*sequence, open))
    }

    /// Its breakers that are not as they were at the start.
    pub(crate) fn breakers(&self) -> impl Iterator<Item = (NodeId, &Breaker)> {
        self.breakers.iter().map(|(node, it)| (*node, it))
    }

    /// The number of its next call, which is used up whatever becomes of it.
    pub(crate) fn count_call(&mut self) -> u64 {
        self.calls += 1;
        self.calls
    }

    /// The call of this number, while it is open.
    pub(crate) fn call_mut(&mut self, sequence: u64) -> Option<&mut OpenCall> {
        self.open.get_mut(&sequence)
    }

    /// Whether the call still waits for what it waited for in this turn.
    pub(crate) fn is_in_turn(&self, sequence: u64, turn: u32) -> bool {
        self.open
            .get(&sequence)
            .is_some_and(|open| open.turn == turn)
    }

    /// Whether its breaker for a node is open until this very moment.
    pub(crate) fn cools_at(&self, node: NodeId, cools: Micros) -> bool {
        let breaker = self.breakers.get(&node);
        breaker.is_some_and(|it| it.cools() == Some(cools))
    }

    /// Takes a call up, without asking anybody yet.
    pub(crate) fn take_up(&mut self, sequence: u64, ask: Ask, to: Option<NodeId>, place: u32) {
        let call = CallId {
            client: self.id,
            sequence,
        };
        self.add(sequence, OpenCall::new(call, ask, to, place));
    }

    /// Adds an open call.
    pub(super) fn add(&mut self, sequence: u64, open: OpenCall) {
        self.open.insert(sequence, open);
    }

    /// Asks somebody, or waits where every breaker forbids it. False where there is nobody to ask.
    pub(crate) fn ask<C: Choose>(
        &mut self,
        sequence: u64,
        settings: &ClientSettings,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) -> bool {
        let Some(open) = self.open.get(&sequence) else {
            return true;
        };
        let anybody =
            settings.reads_anywhere && open.call.operation == Operation::Read && open.attempt == 0;
        let led = self.leader.filter(|_| !anybody);
        let (passed, stopped_until) = self.sift(open, led, around.attached);
        if !passed.is_empty() {
            self.attempt(sequence, &passed, settings, around, effects);
            return true;
        }
        let Some(until) = stopped_until else {
            return false;
        };
        // Later than now, so that waiting always ends.
        self.wait(sequence, until.max(around.now + Micros(1)), effects);
        true
    }

    /// Whom it may ask; where that is nobody, when a breaker may let a call through again.
    fn sift(
        &self,
        open: &OpenCall,
        leader: Option<NodeId>,
        attached: &[NodeId],
    ) -> (Vec<NodeId>, Option<Micros>) {
        let stop = |node: NodeId| self.breakers.get(&node)?.stops_until();
        let pinned = open.pinned.map(|node| vec![node]);
        let led = leader.filter(|node| stop(*node).is_none());
        let wanted = pinned.or_else(|| led.map(|node| vec![node]));
        let nodes = wanted.as_deref().unwrap_or(attached);
        let mut passed: Vec<NodeId> = nodes.to_vec();
        passed.retain(|node| stop(*node).is_none());
        // Whoever just failed is asked again only where nobody else is left.
        if passed.len() > 1 {
            passed.retain(|node| Some(*node) != open.asked);
        }
        let until = nodes.iter().filter_map(|node| stop(*node)).min();
        (passed, until)
    }

    /// Asks one of these nodes. Two draws, whatever becomes of the attempt.
    fn attempt<C: Choose>(
        &mut self,
        sequence: u64,
        nodes: &[NodeId],
        settings: &ClientSettings,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) {
        let Some(open) = self.open.get_mut(&sequence) else {
            return;
        };
        let last = (nodes.len() as u64).saturating_sub(1);
        let at = around.choose.between(Stream::Client(self.id), 0, last);
        let Some(&node) = nodes.get(at as usize) else {
            return;
        };
        open.pause = settings.backoff.draw(around.choose, self.id, open.backoffs);
        open.asked = Some(node);
        open.attempt += 1;
        open.waits = false;
        open.until = around.now + settings.timeout;
        open.turn += 1;
        if let Some(breaker) = self.breakers.get_mut(&node) {
            breaker.pass(sequence, open.until);
        }
        let call = open.call.command.call;
        let (key, written) = open.subject();
        effects.push(ClientEffect::Tell(What::Called {
            call,
            operation: open.call.operation,
            key,
            written,
            node,
            attempt: open.attempt,
        }));
        effects.push(ClientEffect::Wake {
            at: open.until,
            event: ClientEvent::Due {
                call,
                turn: open.turn,
            },
        });
        let call = open.call.clone();
        effects.push(ClientEffect::Send { node, call });
    }

    fn wait(&mut self, sequence: u64, until: Micros, effects: &mut Vec<ClientEffect>) {
        let Some(open) = self.open.get_mut(&sequence) else {
            return;
        };
        open.waits = true;
        open.until = until;
        open.turn += 1;
        let call = open.call.command.call;
        let turn = open.turn;
        effects.push(ClientEffect::Tell(What::BacksOff { call, until }));
        effects.push(ClientEffect::Wake {
            at: until,
            event: ClientEvent::Due { call, turn },
        });
    }

    /// An attempt failed: backs off. False where it was the last that the settings allow.
    fn back_off(
        &mut self,
        sequence: u64,
        settings: &ClientSettings,
        now: Micros,
        effects: &mut Vec<ClientEffect>,
    ) -> bool {
        let Some(open) = self.open.get_mut(&sequence) else {
            return true;
        };
        if open.attempt >= settings.attempts {
            return false;
        }
        open.redirects = 0;
        open.backoffs = open.backoffs.saturating_add(1);
        let until = now + open.pause;
        self.wait(sequence, until, effects);
        true
    }

    /// No answer came in time. False where the call is given up.
    pub(crate) fn time_out(
        &mut self,
        sequence: u64,
        settings: &ClientSettings,
        now: Micros,
        effects: &mut Vec<ClientEffect>,
    ) -> bool {
        let Some(open) = self.open.get_mut(&sequence) else {
            return true;
        };
        open.in_doubt = true;
        if let Some(asked) = open.asked {
            // Whoever did not answer is not believed to lead any longer.
            self.leader = self.leader.filter(|leader| *leader != asked);
            self.count_failure(asked, sequence, settings, now, effects);
        }
        self.back_off(sequence, settings, now, effects)
    }

    fn count_failure(
        &mut self,
        node: NodeId,
        sequence: u64,
        settings: &ClientSettings,
        now: Micros,
        effects: &mut Vec<ClientEffect>,
    ) {
        let Some(rules) = settings.breaker else {
            return;
        };
        let breaker = self.breakers.entry(node).or_default();
        if !breaker.fail(sequence, rules, now) {
            return;
        }
        if let Some(cools) = breaker.cools() {
            let client = self.id;
            effects.push(ClientEffect::Wake {
                at: cools,
                event: ClientEvent::Cooled {
                    client,
                    node,
                    cools,
                },
            });
        }
        self.tell_breaker(node, effects);
    }

    /// A breaker has cooled: it lets one call through.
    pub(crate) fn half_open(&mut self, node: NodeId, effects: &mut Vec<ClientEffect>) {
        if let Some(breaker) = self.breakers.get_mut(&node) {
            breaker.half_open();
        }
        self.tell_breaker(node, effects);
    }

    fn tell_breaker(&self, node: NodeId, effects: &mut Vec<ClientEffect>) {
        let breaker = self.breakers.get(&node).copied().unwrap_or_default();
        effects.push(ClientEffect::Tell(What::Breaker {
            client: self.id,
            node,
            state: breaker.state(),
        }));
    }

    /// An answer came from a node; where the call waits for that node's answer, it came in time
    /// and counts for its breaker. Gives whether it came in time.
    pub(crate) fn hear(
        &mut self,
        sequence: u64,
        by: NodeId,
        effects: &mut Vec<ClientEffect>,
    ) -> bool {
        let open = self.open.get(&sequence);
        let in_time = open.is_some_and(|open| !open.waits && open.asked == Some(by));
        if in_time && let Some(breaker) = self.breakers.get_mut(&by) {
            let closes = breaker.succeed(sequence);
            if *breaker == Breaker::default() {
                self.breakers.remove(&by);
            }
            if closes {
                self.tell_breaker(by, effects);
            }
        }
        in_time
    }

    /// It was told who leads.
    pub(crate) fn believe(&mut self, leader: NodeId) {
        self.leader = Some(leader);
    }

    /// The node that it waits for refuses, with or without a hint. False where the call is given
    /// up.
    pub(crate) fn turn_to<C: Choose>(
        &mut self,
        sequence: u64,
        hint: Option<NodeId>,
        settings: &ClientSettings,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) -> bool {
        self.leader = hint;
        let passes = hint.is_some_and(|node| {
            let breaker = self.breakers.get(&node);
            breaker.is_none_or(|it| it.stops_until().is_none())
        });
        let Some(open) = self.open.get_mut(&sequence) else {
            return true;
        };
        let follows = passes
            && hint != open.asked
            && open.redirects < settings.redirects
            && open.attempt < settings.attempts;
        if !follows {
            return self.back_off(sequence, settings, around.now, effects);
        }
        open.redirects += 1;
        self.ask(sequence, settings, around, effects)
    }

    /// Ends a call.
    pub(crate) fn end(&mut self, sequence: u64) -> Option<OpenCall> {
        let open = self.open.remove(&sequence)?;
        let breaker = open.asked.and_then(|node| self.breakers.get_mut(&node));
        if let Some(breaker) = breaker {
            breaker.release(sequence);
        }
        Some(open)
    }
}
