//! Clients: they ask, are sent elsewhere, back off, ask again, and give up (F5, F6).

mod backoff;
mod breaker;
mod open_call;
mod opening;
mod session;
mod settings;
mod view;
mod workload;

pub use backoff::Backoff;
pub use breaker::{BreakerSettings, BreakerState};
pub use settings::ClientSettings;
pub use view::{BreakerView, CallView, ClientView};
pub use workload::Workload;

use crate::choose::Choose;
use crate::happening::What;
use crate::history::{CallRecord, History, Outcome, Return};
use crate::register::{Ask, told};
use alloc::vec::Vec;
use consensus::{Answer, Call, CallId, ClientId, Micros, NodeId, Refusal};
use open_call::Purpose;
use session::Session;

/// What a client waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientEvent {
    /// A call has waited long enough: for an answer, or to be asked again.
    Due { call: CallId, turn: u32 },
    /// A breaker that was open until `cools` has cooled.
    Cooled {
        client: ClientId,
        node: NodeId,
        cools: Micros,
    },
    /// The workload's next call.
    Invoke(ClientId),
}

/// What a client does.
#[derive(Clone, Debug)]
pub(crate) enum ClientEffect {
    /// It asks a node.
    Send { node: NodeId, call: Call },
    /// It waits for something.
    Wake { at: Micros, event: ClientEvent },
    /// It has something to tell.
    Tell(What),
}

/// What clients act in.
pub(crate) struct Surroundings<'a, C> {
    pub(crate) now: Micros,
    /// The nodes that are attached to the network.
    pub(crate) attached: &'a [NodeId],
    pub(crate) choose: &'a mut C,
}

/// All clients of a run.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Clients {
    settings: ClientSettings,
    workload: Option<Workload>,
    sessions: Vec<Session>,
    history: History,
}

impl Clients {
    /// So many clients that have asked nothing yet.
    pub(crate) fn new(count: u32, settings: ClientSettings, workload: Option<Workload>) -> Self {
        Self {
            settings,
            workload,
            sessions: (0..count).map(|id| Session::new(ClientId(id))).collect(),
            history: History::default(),
        }
    }

    /// Every call so far.
    pub(crate) fn history(&self) -> &History {
        &self.history
    }

    /// All of them as people see them.
    pub(crate) fn view(&self) -> Vec<ClientView> {
        self.sessions.iter().map(ClientView::of).collect()
    }

    fn session(&self, client: ClientId) -> Option<&Session> {
        self.sessions.get(client.0 as usize)
    }

    fn session_mut(&mut self, client: ClientId) -> Option<&mut Session> {
        self.sessions.get_mut(client.0 as usize)
    }

    /// Whether nobody waits for this any more.
    pub(crate) fn is_stale(&self, event: &ClientEvent) -> bool {
        let waits =
            |client, awaits: &dyn Fn(&Session) -> bool| self.session(client).is_some_and(awaits);
        !match *event {
            ClientEvent::Due { call, turn } => {
                waits(call.client, &|it| it.is_in_turn(call.sequence, turn))
            }
            ClientEvent::Cooled {
                client,
                node,
                cools,
            } => waits(client, &|it| it.cools_at(node, cools)),
            ClientEvent::Invoke(client) => waits(client, &|_| true),
        }
    }

    /// Lets the workload begin.
    pub(crate) fn start<C: Choose>(&self, choose: &mut C, effects: &mut Vec<ClientEffect>) {
        let start = self.workload.map_or(Micros::ZERO, |it| it.start);
        for session in &self.sessions {
            self.plan(session.id(), start, choose, effects);
        }
    }

    /// Plans the workload's next call.
    fn plan<C: Choose>(
        &self,
        client: ClientId,
        from: Micros,
        choose: &mut C,
        effects: &mut Vec<ClientEffect>,
    ) {
        if let Some(workload) = self.workload {
            let at = from + workload.think(choose, client);
            let event = ClientEvent::Invoke(client);
            effects.push(ClientEffect::Wake { at, event });
        }
    }

    /// A client makes up a call; none where there is no such client or nobody to ask.
    pub(crate) fn begin<C: Choose>(
        &mut self,
        client: ClientId,
        ask: impl FnOnce(u64, &mut C) -> Ask,
        to: Option<NodeId>,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) -> Option<u64> {
        let settings = self.settings;
        // A call that finds nobody counts too: the same call has the same number under every
        // protocol.
        let sequence = self.session_mut(client)?.count_call();
        let ask = ask(sequence, around.choose);
        if around.attached.is_empty() {
            return None;
        }
        let place = self.history.open(CallRecord {
            call: CallId { client, sequence },
            key: ask.key(),
            written: ask.written(),
            invoked: around.now,
            returned: None,
        });
        let session = self.session_mut(client)?;
        session.take_up(sequence, ask, to, place);
        // Somebody is attached, so it asks or waits.
        session.set_out(sequence, &settings, around, effects);
        Some(sequence)
    }

    /// Something came that a client waited for.
    pub(crate) fn carry_out<C: Choose>(
        &mut self,
        event: ClientEvent,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) {
        match event {
            ClientEvent::Due { call, .. } => self.due(call, around, effects),
            ClientEvent::Cooled { client, node, .. } => {
                if let Some(session) = self.session_mut(client) {
                    session.half_open(node, effects);
                }
            }
            ClientEvent::Invoke(client) => self.invoke(client, around, effects),
        }
    }

    fn invoke<C: Choose>(
        &mut self,
        client: ClientId,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) {
        let Some(workload) = self.workload else {
            return;
        };
        let clients = self.sessions.len() as u64;
        let ask = |sequence, choose: &mut C| {
            let value = workload::unique_value(client, clients, sequence);
            workload.ask(choose, client, value)
        };
        let begun = self.begin(client, ask, None, around, effects);
        if begun.is_none() {
            self.plan(client, around.now, around.choose, effects);
        } else if let Some(session) = self.session_mut(client) {
            session.looping = begun;
        }
    }

    fn due<C: Choose>(
        &mut self,
        call: CallId,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) {
        let settings = self.settings;
        let Some(session) = self.session_mut(call.client) else {
            return;
        };
        let sequence = call.sequence;
        let waits = session.call_mut(sequence).is_some_and(|open| open.waits);
        let goes_on = if waits {
            session.ask(sequence, &settings, around, effects)
        } else {
            session.time_out(sequence, &settings, around.now, effects)
        };
        if !goes_on {
            self.give_up(call, around, effects);
        }
    }

    /// An answer reaches a client. Gives what the call asked, where the answer ends it.
    pub(crate) fn answered<C: Choose>(
        &mut self,
        call: CallId,
        by: NodeId,
        answer: &Answer,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) -> Option<Ask> {
        let settings = self.settings;
        let session = self.session_mut(call.client)?;
        let in_time = session.hear(call.sequence, by, effects);
        let open = session.call_mut(call.sequence)?;
        let outcome = match answer {
            Answer::Done(output) if open.is_opening() => {
                session.believe(by);
                let client = call.client;
                let lost = session.opened(call.sequence, output, &settings, around, effects);
                for sequence in lost {
                    self.give_up(CallId { client, sequence }, around, effects);
                }
                return None;
            }
            Answer::Done(output) => {
                session.believe(by);
                let value = told(output);
                Outcome::Done { value }
            }
            Answer::Refused { reason, hint } => {
                open.in_doubt |= *reason == Refusal::LostLeadership;
                let ends = open.pinned.is_some() || is_final(*reason);
                if *reason == Refusal::NoSession {
                    session.lose_session(call.sequence);
                }
                if !ends {
                    let goes_on = if in_time {
                        session.turn_to(call.sequence, *hint, &settings, around, effects)
                    } else {
                        // What it asked since stands; the hint serves the next attempt.
                        hint.iter().for_each(|leader| session.believe(*leader));
                        true
                    };
                    if !goes_on {
                        self.give_up(call, around, effects);
                    }
                    return None;
                }
                Outcome::Refused { reason: *reason }
            }
        };
        let ask = self.end(call, Some(by), outcome, around.now)?;
        effects.push(answered(call, ask, by, answer));
        self.go_round(call, around, effects);
        Some(ask)
    }

    fn give_up<C: Choose>(
        &mut self,
        call: CallId,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) {
        let parked = self.session_mut(call.client).map(|it| it.parked_by(call));
        for sequence in parked.into_iter().flatten() {
            let client = call.client;
            self.give_up(CallId { client, sequence }, around, effects);
        }
        if let Some(ask) = self.end(call, None, Outcome::GaveUp, around.now) {
            effects.push(ClientEffect::Tell(What::GaveUp {
                call,
                key: ask.key(),
                written: ask.written(),
            }));
            self.go_round(call, around, effects);
        }
    }

    fn end(
        &mut self,
        call: CallId,
        by: Option<NodeId>,
        outcome: Outcome,
        at: Micros,
    ) -> Option<Ask> {
        let open = self.session_mut(call.client)?.end(call.sequence)?;
        let returned = Return {
            at,
            by,
            outcome,
            attempts: open.attempt,
            in_doubt: open.in_doubt,
        };
        let Purpose::Ask { ask, place } = open.purpose else {
            return None;
        };
        self.history.close(place, returned);
        Some(ask)
    }

    /// Where the call that ended was the workload's, the next one is planned.
    fn go_round<C: Choose>(
        &mut self,
        call: CallId,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) {
        let Some(session) = self.session_mut(call.client) else {
            return;
        };
        if session.looping == Some(call.sequence) {
            session.looping = None;
            self.plan(call.client, around.now, around.choose, effects);
        }
    }
}

/// Whether asking again would be answered in the same way: the call's session is over, or is
/// further on.
const fn is_final(reason: Refusal) -> bool {
    matches!(reason, Refusal::NoSession | Refusal::OutOfDate)
}

/// The story's line of an answer that ends a call.
fn answered(call: CallId, ask: Ask, by: NodeId, answer: &Answer) -> ClientEffect {
    ClientEffect::Tell(What::Answered {
        call,
        key: ask.key(),
        written: ask.written(),
        by,
        answer: answer.clone(),
        value: match answer {
            Answer::Done(output) => told(output),
            Answer::Refused { .. } => None,
        },
    })
}
