//! The clients' sessions: a command takes effect once, however often it comes (Raft §8, thesis
//! §6.3).
//!
//! The table is replicated like the state machine: it changes only as entries are handed over, and
//! by nothing but what stands in them, so that it is the same on every server at the same index.
//! It travels in snapshots. Of each session it keeps the last command alone, because a client has
//! one call open at a time, and numbers its calls upwards.

use super::position::LogIndex;
use crate::client::{CallId, ClientId, Command, Output, SessionId};
use crate::time::Micros;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// What is known of every client that has a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sessions {
    /// The cluster's time: the latest stamp of the entries that were handed over.
    now: Micros,
    /// When those that are over are looked for next.
    sweep: Micros,
    table: LiteMap<Name, Session>,
}

/// Whose session it is: nobody else can use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
struct Name {
    session: SessionId,
    client: ClientId,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Session {
    /// When a command of it was handed over last, by the cluster's time.
    used: Micros,
    /// The number of that command, or of the last one before it that was new.
    last: Option<u64>,
    /// What the state machine answered to it; `None` until it has.
    output: Option<Output>,
}

/// A session's name as a client is told it: eight bytes, the least first.
pub(super) fn name_as_output(session: SessionId) -> Output {
    Output(session.0.to_le_bytes().into())
}

/// What is to become of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is new: the state machine is to carry it out.
    New,
    /// It was handed over before, with this output where that is known.
    Repeated(Option<Output>),
    /// A later one of its session was.
    OutOfDate,
    /// Its session was never opened, or is over.
    NoSession,
}

impl Name {
    const fn of(session: SessionId, client: ClientId) -> Self {
        Self { session, client }
    }
}

impl Session {
    /// Whether nothing was heard of it for longer than `expiry`, where sessions end at all.
    fn is_over(&self, now: Micros, expiry: Option<Micros>) -> bool {
        expiry.is_some_and(|expiry| now > self.used + expiry)
    }
}

impl Sessions {
    /// The cluster's time, as far as entries were handed over.
    pub(super) const fn now(&self) -> Micros {
        self.now
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.table.len() as u64
    }

    /// An entry with this stamp is handed over; gives how many sessions were let go of. All are
    /// looked through once in `expiry`, so that each costs no more than one look in that time, and
    /// is forgotten before it was silent for twice as long. Nobody can use it meanwhile.
    pub(super) fn pass_time(&mut self, at: Micros, expiry: Option<Micros>) -> u64 {
        self.now = self.now.max(at);
        let Some(span) = expiry.filter(|_| self.now >= self.sweep) else {
            return 0;
        };
        self.sweep = self.now + span;
        let (now, before) = (self.now, self.count());
        self.table
            .retain(|_, session| !session.is_over(now, expiry));
        before - self.count()
    }

    /// The entry at `index` opens a session for `client`.
    pub(super) fn open(&mut self, index: LogIndex, client: ClientId) {
        self.table.insert(
            Name::of(SessionId(index.0), client),
            Session {
                used: self.now,
                last: None,
                output: None,
            },
        );
    }

    /// What is to become of this command if it is handed over now.
    pub(super) fn judge(&self, command: &Command, expiry: Option<Micros>) -> Fate {
        let CallId { client, sequence } = command.call;
        let known = self.table.get(&Name::of(command.session, client));
        match known.filter(|it| !it.is_over(self.now, expiry)) {
            // Where sessions never end, the first command opens one.
            None if expiry.is_none() && command.session == SessionId::LASTING => Fate::New,
            None => Fate::NoSession,
            Some(session) if session.last < Some(sequence) => Fate::New,
            Some(session) if session.last == Some(sequence) => {
                Fate::Repeated(session.output.clone())
            }
            Some(_) => Fate::OutOfDate,
        }
    }

    /// Hands a command over: what is to become of it stands from here on.
    pub(super) fn admit(&mut self, command: &Command, expiry: Option<Micros>) -> Fate {
        let fate = self.judge(command, expiry);
        let name = Name::of(command.session, command.call.client);
        match (&fate, self.table.get_mut(&name)) {
            (Fate::NoSession, _) => {}
            (Fate::New, Some(session)) => {
                session.used = self.now;
                session.last = Some(command.call.sequence);
                session.output = None;
            }
            // A client that asks again is there.
            (_, Some(session)) => session.used = self.now,
            (_, None) => {
                let session = Session {
                    used: self.now,
                    last: Some(command.call.sequence),
                    output: None,
                };
                self.table.insert(name, session);
            }
        }
        fate
    }

    /// Keeps what the state machine answered to a session's last command.
    pub(super) fn keep_output(&mut self, session: SessionId, call: CallId, output: &Output) {
        if let Some(known) = self.table.get_mut(&Name::of(session, call.client))
            && known.last == Some(call.sequence)
        {
            known.output = Some(output.clone());
        }
    }
}
