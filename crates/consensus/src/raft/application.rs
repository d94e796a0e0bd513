//! Handing committed entries to the state machine, in order and each once (Raft §5.3).
//!
//! Between "committed" and "applied" an entry passes one point, where it is *handed over*. All that
//! must come out the same on every server is decided there, from the log alone. What the state
//! machine says comes later, and nothing here waits for it.

use super::log::EntryContent;
use super::position::LogIndex;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::client::{Answer, CallId, Output};
use crate::effect::Effect;
use crate::explain::Facts;
use crate::observation::Observation;
use alloc::collections::VecDeque;

/// How far the state machine is with the log. Always `applied <= handed <= commit`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Application {
    /// Up to here the log was handed over.
    handed: LogIndex,
    /// The commands that were handed over and are not carried out yet, oldest first.
    under_way: VecDeque<(LogIndex, CallId)>,
    /// Whether nothing more is handed over for now.
    held: bool,
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
            Some((index, _)) => index.before(),
            None => self.handed,
        }
    }

    /// Hands nothing more over until [`Server::resume_application`].
    pub(super) const fn hold(&mut self) {
        self.held = true;
    }

    /// The state machine now stands where the log up to `index` leads to: whatever was under way
    /// is settled.
    pub(super) fn restore(&mut self, index: LogIndex) {
        self.handed = index;
        self.under_way.clear();
    }

    /// How many commands the state machine has yet to carry out.
    pub(super) fn bookkeeping(&self) -> u64 {
        self.under_way.len() as u64
    }

    /// Notes that the command at `index` was carried out, and gives its call; `None` where it was
    /// not under way.
    fn carried_out(&mut self, index: LogIndex) -> Option<CallId> {
        let place = self.under_way.binary_search_by_key(&index, |it| it.0);
        let (_, call) = self.under_way.remove(place.ok()?)?;
        Some(call)
    }
}

impl Server {
    /// Commits up to `index`, and hands the new entries over.
    pub(super) fn commit_to(&mut self, index: LogIndex, out: &mut Out) {
        let index = index.min(self.log.last_index());
        while self.commit < index {
            let next = self.commit.next();
            let (Some(term), Some(digest)) = (self.log.term_at(next), self.log.digest_at(next))
            else {
                return;
            };
            self.commit = next;
            out.observe(Observation::Committed {
                index: next.0,
                term: term.0,
                digest,
            });
        }
        self.hand_over(out);
    }

    /// Hands over what waited.
    pub(super) fn resume_application(&mut self, out: &mut Out) {
        self.application.held = false;
        self.hand_over(out);
    }

    /// The state machine has carried a command out: the client that waits for it is answered.
    pub(super) fn applied(&mut self, index: LogIndex, output: Output, out: &mut Out) {
        let Some(call) = self.application.carried_out(index) else {
            return;
        };
        if self.calls.close(call) {
            out.why(RaftRule::ClientAnswered, Facts::number(index.0));
            let answer = Answer::Done(output);
            out.push(Effect::Answer { call, answer });
        }
    }

    /// Hands over every committed entry that is not yet, unless that is held back.
    fn hand_over(&mut self, out: &mut Out) {
        let application = &mut self.application;
        while application.handed < self.commit && !application.held {
            let index = application.handed.next();
            let Some(entry) = self.log.get(index) else {
                return;
            };
            application.handed = index;
            match &entry.content {
                EntryContent::Command(command) => {
                    application.under_way.push_back((index, command.call));
                    out.push(Effect::Apply {
                        index: index.0,
                        command: command.clone(),
                    });
                }
                // The state machine has nothing to do for these.
                EntryContent::NoOp | EntryContent::OpenSession(_) | EntryContent::Membership(_) => {
                }
            }
        }
    }
}
