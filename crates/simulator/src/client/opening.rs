//! A client's session with the cluster, by which a write that is asked for twice takes effect once
//! (Raft thesis §6.3). A client opens one before its first write, and another when it learns that
//! the last one has expired.

use super::open_call::OpenCall;
use super::session::Session;
use super::{ClientEffect, ClientSettings, Surroundings};
use crate::choose::Choose;
use alloc::vec::Vec;
use consensus::{CallId, Operation, Output, SessionId};

/// Calls that open sessions are numbered from here on, so that all others have the same numbers
/// with sessions and without.
const OPENINGS: u64 = 1 << 63;

impl Session {
    /// Begins a call that was taken up: asks somebody, or opens the session that it needs first.
    /// False where there is nobody to ask.
    pub(super) fn set_out<C: Choose>(
        &mut self,
        sequence: u64,
        settings: &ClientSettings,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) -> bool {
        let held = self.held;
        let Some(open) = self.call_mut(sequence) else {
            return true;
        };
        if let Some(session) = held {
            open.call.command.session = session;
        } else if settings.opens_sessions && open.call.operation == Operation::Write {
            open.parked = true;
            return self.open_session(settings, around, effects);
        }
        self.ask(sequence, settings, around, effects)
    }

    fn open_session<C: Choose>(
        &mut self,
        settings: &ClientSettings,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) -> bool {
        if self.open().any(|(_, open)| open.is_opening()) {
            return true;
        }
        self.openings += 1;
        let sequence = OPENINGS + self.openings;
        let client = self.id();
        self.add(sequence, OpenCall::opening(CallId { client, sequence }));
        self.ask(sequence, settings, around, effects)
    }

    /// The session is open: whoever waited for it sets out. Gives those for whom nobody is left to
    /// ask.
    pub(super) fn opened<C: Choose>(
        &mut self,
        sequence: u64,
        output: &Output,
        settings: &ClientSettings,
        around: &mut Surroundings<'_, C>,
        effects: &mut Vec<ClientEffect>,
    ) -> Vec<u64> {
        let mut parked = self.parked();
        self.end(sequence);
        let number = <[u8; 8]>::try_from(output.as_bytes()).map_or(0, u64::from_le_bytes);
        self.held = Some(SessionId(number));
        parked.retain(|sequence| {
            if let Some(open) = self.call_mut(*sequence) {
                open.parked = false;
            }
            !self.set_out(*sequence, settings, around, effects)
        });
        parked
    }

    /// The session of this call is over, unless another was opened since.
    pub(super) fn lose_session(&mut self, sequence: u64) {
        let over = self.call_mut(sequence).map(|it| it.call.command.session);
        self.held = self.held.filter(|held| Some(*held) != over);
    }

    /// The calls that wait for a session, where this is the call that was to open it.
    pub(super) fn parked_by(&mut self, call: CallId) -> Vec<u64> {
        match self.call_mut(call.sequence) {
            Some(open) if open.is_opening() => self.parked(),
            _ => Vec::new(),
        }
    }

    fn parked(&self) -> Vec<u64> {
        let parked = self.open().filter(|(_, open)| open.parked);
        parked.map(|(sequence, _)| sequence).collect()
    }
}
