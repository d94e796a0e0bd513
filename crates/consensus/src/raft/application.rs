//! Handing committed entries to the state machine, in order and each once (Raft §5.3).
//!
//! Between "committed" and "applied" an entry passes one point, where it is *handed over*. All that
//! must come out the same on every server is decided there, from the log alone: above all whether
//! a command was handed over before. What the state machine says comes later.

use super::log::EntryContent;
use super::position::LogIndex;
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::sessions::{self, Fate, Sessions};
use crate::client::{CallId, Command, Output, Refusal, SessionId};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::observation::Observation;
use crate::queue::Queue;

/// How far the state machine is with the log. Always `applied <= handed <= commit`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Application {
    /// Up to here the log was handed over.
    handed: LogIndex,
    /// The commands that were handed over and are not carried out yet, oldest first.
    under_way: Queue<UnderWay>,
    /// Whether nothing more is handed over for now.
    held: bool,
    /// The clients' sessions, as of `handed`; they know all outputs up to `applied`.
    pub(super) sessions: Sessions,
}

/// A command that the state machine has yet to carry out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct UnderWay {
    index: LogIndex,
    call: CallId,
    session: SessionId,
}

impl Application {
    /// Up to where the log was handed over.
    pub(super) const fn handed(&self) -> LogIndex {
        self.handed
    }

    /// Up to where the state machine has carried the log out. Entries without work for it count
    /// as soon as all before them are done.
    pub(super) fn applied(&self) -> LogIndex {
        match self.under_way.front() {
            Some(first) => first.index.before(),
            None => self.handed,
        }
    }

    /// Hands nothing more over until [`Server::resume_application`].
    pub(super) const fn hold(&mut self) {
        self.held = true;
    }

    /// The state machine now stands where the log up to `index` leads to: whatever was under way
    /// is settled. `sessions` are those of that place.
    pub(super) fn restore(&mut self, index: LogIndex, sessions: Sessions) {
        self.handed = index;
        self.under_way.clear();
        self.sessions = sessions;
    }

    /// How many commands the state machine has yet to carry out, and how many sessions there are.
    pub(super) fn bookkeeping(&self) -> u64 {
        self.under_way.len() as u64 + self.sessions.count()
    }

    /// Notes that the command at `index` was carried out, and gives its call; `None` where it was
    /// not under way.
    fn carried_out(&mut self, index: LogIndex, output: &Output) -> Option<CallId> {
        // A state machine that does one thing after the other is done with the first.
        let first = self.under_way.pop_front_if(|it| it.index == index);
        let found = first.or_else(|| {
            let place = self.under_way.binary_search_by_key(&index, |it| it.index);
            self.under_way.remove(place.ok()?)
        });
        let UnderWay { call, session, .. } = found?;
        self.sessions.keep_output(session, call, output);
        Some(call)
    }
}

impl Server {
    /// Commits up to `index`, and hands the new entries over.
    pub(super) fn commit_to(&mut self, index: LogIndex, out: &mut Out) {
        let index = index.min(self.log.last_index());
        if out.is_watched() {
            let placed = self.log.placed_after(self.commit);
            for placed in placed.take_while(|it| it.index <= index) {
                out.observe(Observation::Committed {
                    index: placed.index.0,
                    term: placed.entry.term.0,
                    digest: placed.digest,
                });
            }
        }
        self.commit = self.commit.max(index);
        self.hand_over(out);
    }

    /// Hands over what waited.
    pub(super) fn resume_application(&mut self, out: &mut Out) {
        self.application.held = false;
        self.hand_over(out);
    }

    /// The state machine has carried a command out: the client that waits for it is answered.
    pub(super) fn applied(&mut self, index: LogIndex, output: Output, out: &mut Out) {
        if let Some(call) = self.application.carried_out(index, &output) {
            self.answer_waiting(RaftRule::ClientAnswered, call, index, output, out);
        }
    }

    /// Hands over every committed entry that is not yet, unless that is held back.
    fn hand_over(&mut self, out: &mut Out) {
        while self.application.handed < self.commit && !self.application.held {
            let index = self.application.handed.next();
            let Some(entry) = self.log.get(index) else {
                return;
            };
            self.application.handed = index;
            let expiry = self.settings.session_expiry;
            let forgotten = self.application.sessions.pass_time(entry.at, expiry);
            if forgotten > 0 {
                out.why(RaftRule::SessionsExpired, Facts::number(forgotten));
            }
            match &entry.content {
                EntryContent::Command(command) => {
                    // Two references are cheaper than a second look into the log.
                    let command = command.clone();
                    self.hand_over_command(index, command, out);
                }
                EntryContent::OpenSession(call) if expiry.is_some() => {
                    let call = *call;
                    self.open_session(index, call, out);
                }
                // The state machine has nothing to do for these.
                EntryContent::NoOp | EntryContent::OpenSession(_) | EntryContent::Membership(_) => {
                }
            }
        }
        self.query_reads(out);
    }

    /// Has a command carried out, unless its session says that it must not be.
    fn hand_over_command(&mut self, index: LogIndex, command: Command, out: &mut Out) {
        let (call, session) = (command.call, command.session);
        let expiry = self.settings.session_expiry;
        let facts = Facts::number(index.0);
        match self.application.sessions.admit(&command, expiry) {
            Fate::New => {
                let under_way = UnderWay {
                    index,
                    call,
                    session,
                };
                self.application.under_way.push_back(under_way);
                let index = index.0;
                out.push(Effect::Apply { index, command });
            }
            // Two entries hold it, and the first one has counted.
            Fate::Repeated(output) => {
                out.why(RaftRule::CommandRepeated, facts);
                // Where the output is not known yet, it comes with the first one.
                if let Some(output) = output {
                    self.answer_waiting(RaftRule::ClientAnsweredAgain, call, index, output, out);
                }
            }
            // Its client has gone on: whether an earlier copy counted is forgotten.
            Fate::OutOfDate => {
                out.why(RaftRule::CommandOutOfDate, facts);
                self.refuse_waiting(Refusal::OutOfDate, call, out);
            }
            // What an earlier copy of it did is forgotten, so this one must do nothing.
            Fate::NoSession => {
                out.why(RaftRule::CommandWithoutSession, facts);
                self.refuse_waiting(Refusal::NoSession, call, out);
            }
        }
    }

    /// Opens the session that the entry at `index` names.
    fn open_session(&mut self, index: LogIndex, call: CallId, out: &mut Out) {
        out.why(RaftRule::SessionOpened, Facts::number(index.0));
        self.application.sessions.open(index, call.client);
        let output = sessions::name_as_output(SessionId(index.0));
        self.answer_waiting(RaftRule::ClientAnswered, call, index, output, out);
    }
}
