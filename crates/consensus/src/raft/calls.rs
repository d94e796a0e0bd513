//! The clients' calls that a leader works on.

use super::log::EntryContent;
use super::position::LogIndex;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::sessions::{self, Fate};
use crate::client::{Answer, Call, CallId, Command, Operation, Output, Refusal, SessionId};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::queue::Queue;

/// The calls that an entry of the log is to answer. Only a leader has any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct OpenCalls {
    /// Where the entry stands that was written for each, by call. A client's calls come and go in
    /// order, so what is done with is mostly at the front.
    entries: Queue<(CallId, LogIndex)>,
}

impl OpenCalls {
    /// Notes that the entry at `index` is to answer `call`.
    pub(super) fn open(&mut self, call: CallId, index: LogIndex) {
        match self.place(call) {
            Ok(place) => self.entries[place].1 = index,
            Err(place) if place == self.entries.len() => self.entries.push_back((call, index)),
            Err(place) => self.entries.insert(place, (call, index)),
        }
    }

    /// Where the entry stands that is to answer `call`.
    pub(super) fn entry_of(&self, call: CallId) -> Option<LogIndex> {
        let place = self.place(call).ok()?;
        self.entries.get(place).map(|it| it.1)
    }

    /// Whether somebody waited for `call`; from here on nobody does.
    pub(super) fn close(&mut self, call: CallId) -> bool {
        match self.place(call) {
            Ok(0) => self.entries.pop_front().is_some(),
            Ok(place) => self.entries.remove(place).is_some(),
            Err(_) => false,
        }
    }

    /// Gives up on all of them.
    pub(super) fn abandon(&mut self) -> impl Iterator<Item = CallId> + use<> {
        let all = core::mem::take(&mut self.entries);
        all.into_iter().map(|it| it.0)
    }

    /// Where a call stands among them, or would stand.
    fn place(&self, call: CallId) -> Result<usize, usize> {
        match (self.entries.front(), self.entries.back()) {
            (Some((first, _)), _) if *first == call => Ok(0),
            (_, Some((last, _))) if *last < call => Err(self.entries.len()),
            _ => self.entries.binary_search_by_key(&call, |it| it.0),
        }
    }

    /// How many there are.
    pub(super) fn bookkeeping(&self) -> u64 {
        self.entries.len() as u64
    }
}

impl Server {
    /// The entry that a leader has to write for a call, and the rule that says so; `None` where
    /// the call is settled without one.
    pub(super) fn entry_for(
        &mut self,
        call: Call,
        out: &mut Out,
    ) -> Option<(RaftRule, EntryContent)> {
        let id = call.command.call;
        match call.operation {
            Operation::OpenSession if self.opens_sessions() => {
                Some((RaftRule::SessionAppended, EntryContent::OpenSession(id)))
            }
            // The client has the session that all have.
            Operation::OpenSession => {
                let answer = Answer::Done(sessions::name_as_output(SessionId::LASTING));
                out.push(Effect::Answer { call: id, answer });
                None
            }
            Operation::Write | Operation::Read if self.settles_at_once(&call.command, out) => None,
            Operation::Write | Operation::Read => {
                let content = EntryContent::Command(call.command);
                Some((RaftRule::CommandAppended, content))
            }
        }
    }

    /// Whether a client has to open a session before its first command.
    pub(super) const fn opens_sessions(&self) -> bool {
        self.settings.sessions && self.settings.session_expiry.is_some()
    }

    /// Deals with a command that needs no entry, or must have none, as far as the table shows that
    /// already; says whether it did.
    fn settles_at_once(&mut self, command: &Command, out: &mut Out) -> bool {
        if !self.settings.sessions {
            return false;
        }
        let expiry = self.settings.session_expiry;
        let (call, handed) = (command.call, self.application.handed());
        let facts = Facts::number(handed.0);
        let (rule, answer) = match self.application.sessions.judge(command, expiry) {
            Fate::New => return false,
            // Its session may be about to be opened.
            Fate::NoSession if expiry.is_some() && command.session.0 > handed.0 => return false,
            // The answer was lost on its way.
            Fate::Repeated(Some(output)) => (RaftRule::ClientAnsweredAgain, Answer::Done(output)),
            // The state machine is at it, for an earlier leader's client.
            Fate::Repeated(None) => {
                out.why(RaftRule::CallRepeated, facts);
                self.calls.open(call, handed);
                return true;
            }
            Fate::OutOfDate => (RaftRule::CallRefusedOutOfDate, refused(Refusal::OutOfDate)),
            Fate::NoSession => (RaftRule::CallRefusedNoSession, refused(Refusal::NoSession)),
        };
        out.why(rule, facts);
        out.push(Effect::Answer { call, answer });
        true
    }

    /// Answers the client that waits for this call, where one does.
    pub(super) fn answer_waiting(
        &mut self,
        rule: RaftRule,
        call: CallId,
        index: LogIndex,
        output: Output,
        out: &mut Out,
    ) {
        if self.calls.close(call) {
            out.why(rule, Facts::number(index.0));
            let answer = Answer::Done(output);
            out.push(Effect::Answer { call, answer });
        }
    }

    /// Refuses the client that waits for this call, where one does.
    pub(super) fn refuse_waiting(&mut self, reason: Refusal, call: CallId, out: &mut Out) {
        if self.calls.close(call) {
            let answer = refused(reason);
            out.push(Effect::Answer { call, answer });
        }
    }
}

/// A refusal that no other server would take back.
const fn refused(reason: Refusal) -> Answer {
    Answer::Refused { reason, hint: None }
}
