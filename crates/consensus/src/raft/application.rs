//! Handing committed entries to the state machine, in order and each once (Raft §5.3).
//!
//! Between "committed" and "applied" an entry passes one point, where it is *handed over*. All that
//! must come out the same on every server is decided there, from the log alone: above all whether
//! a command was handed over before. What the state machine says comes later.

use super::log::{Entry, EntryContent};
use super::position::LogIndex;
use super::rule::RaftRule;
use super::run::Run;
use super::server::{Out, Server};
use super::sessions::{self, Fate, Sessions};
use crate::client::{CallId, Command, Refusal, SessionId};
use crate::commands::{Applied, Commands};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::observation::Observation;
use crate::queue::Queue;
use alloc::sync::Arc;

/// How far the state machine is with the log. Always `applied <= handed <= commit`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Application {
    /// Up to here the log was handed over.
    handed: LogIndex,
    /// The commands that were handed over and are not carried out yet, oldest first.
    under_way: Queue<Run>,
    /// Whether nothing more is handed over for now.
    held: bool,
    /// The clients' sessions, as of `handed`; they know all outputs up to `applied`.
    pub(super) sessions: Sessions,
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
            Some(first) => first.start().before(),
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
        let under_way: u64 = self.under_way.iter().map(Run::len).sum();
        under_way + self.sessions.count()
    }

    /// Whether a command before this place is under way.
    fn leaves_out(&self, first: LogIndex) -> bool {
        let next = self.under_way.front();
        next.is_some_and(|run| run.start() < first)
    }

    /// Takes commands up to `last` as carried out, as many as were handed over together; `None`
    /// where none were.
    fn carried_out(&mut self, last: LogIndex) -> Option<Run> {
        let whole = self.under_way.pop_front_if(|it| it.end() <= last);
        whole.or_else(|| {
            let first = self.under_way.front_mut()?;
            (first.start() <= last).then(|| first.take_up_to(last))
        })
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
                    term: placed.entry.term().0,
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

    /// The state machine has carried commands out: the clients that wait for them are answered. A
    /// report that leaves out what comes first tells nothing of it, and so counts for nothing.
    pub(super) fn applied(&mut self, mut applied: Applied, out: &mut Out) {
        if self.application.leaves_out(LogIndex(applied.first)) {
            return;
        }
        while let Some(done) = self.application.carried_out(LogIndex(applied.last)) {
            for (index, command) in done.placed() {
                let output = applied.take_output(index);
                if self.settings.sessions {
                    self.application.sessions.keep_output(command, &output);
                }
                let (rule, index) = (RaftRule::ClientAnswered, LogIndex(index));
                self.answer_waiting(rule, command.call, index, output, out);
            }
        }
    }

    /// Hands over every committed entry that is not yet, unless that is held back.
    fn hand_over(&mut self, out: &mut Out) {
        while self.application.handed < self.commit && !self.application.held {
            let index = self.application.handed.next();
            // A reference to the whole list is cheaper than a look into the log for each entry.
            let Some((list, part)) = self.log.list_at(index) else {
                return;
            };
            let left = self.commit.0 - self.application.handed.0;
            let most = usize::try_from(left).unwrap_or(usize::MAX);
            // The commands that wait for one more to be carried out with them.
            let (mut first, mut from, mut len) = (index, part.start, 0);
            let entries = list.get(part.clone()).unwrap_or_default();
            for (place, entry) in part.zip(entries).take(most) {
                let index = self.application.handed.next();
                if self.hand_over_entry(index, entry, out) {
                    len += 1;
                    continue;
                }
                if len > 0 {
                    let run = Run::new(first, Arc::clone(&list), from, len);
                    self.have_carried_out(run, out);
                }
                (first, from, len) = (index.next(), place + 1, 0);
            }
            if len > 0 {
                self.have_carried_out(Run::new(first, list, from, len), out);
            }
        }
        self.query_reads(out);
    }

    /// Gives commands that were handed over to the state machine.
    fn have_carried_out(&mut self, run: Run, out: &mut Out) {
        self.application.under_way.push_back(run.clone());
        out.push(Effect::Apply(run));
    }

    /// Hands over the next entry; says whether the state machine is to carry it out.
    fn hand_over_entry(&mut self, index: LogIndex, entry: &Entry, out: &mut Out) -> bool {
        self.application.handed = index;
        if !self.settings.sessions {
            // The cluster's time goes on: a leader's first stamp may have to be read off it.
            self.application.sessions.pass_time(entry.at(), None);
            return entry.command().is_some();
        }
        let expiry = self.settings.session_expiry;
        let forgotten = self.application.sessions.pass_time(entry.at(), expiry);
        if forgotten > 0 {
            out.why(RaftRule::SessionsExpired, Facts::number(forgotten));
        }
        match entry.content() {
            EntryContent::Command(command) => self.hand_over_command(index, command, out),
            EntryContent::OpenSession(call) if expiry.is_some() => {
                self.open_session(index, *call, out);
                false
            }
            // The state machine has nothing to do for these.
            EntryContent::NoOp | EntryContent::OpenSession(_) | EntryContent::Membership(_) => {
                false
            }
        }
    }

    /// Says whether a command is to be carried out, or must not be, by its session.
    fn hand_over_command(&mut self, index: LogIndex, command: &Command, out: &mut Out) -> bool {
        let call = command.call;
        let expiry = self.settings.session_expiry;
        let facts = Facts::number(index.0);
        match self.application.sessions.admit(command, expiry) {
            Fate::New => return true,
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
        false
    }

    /// Opens the session that the entry at `index` names.
    fn open_session(&mut self, index: LogIndex, call: CallId, out: &mut Out) {
        out.why(RaftRule::SessionOpened, Facts::number(index.0));
        self.application.sessions.open(index, call.client);
        let output = sessions::name_as_output(SessionId(index.0));
        self.answer_waiting(RaftRule::ClientAnswered, call, index, output, out);
    }
}
