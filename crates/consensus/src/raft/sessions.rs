//! The clients' sessions: a command takes effect once, however often it comes (Raft §8, thesis
//! §6.3).
//!
//! The table is replicated like the state machine: it changes only as entries are handed over, and
//! by nothing but what stands in them, so that it is the same on every server at the same index.
//! It travels in snapshots.
//!
//! A client numbers its calls upwards, by any step, and may have several open at a time, which reach
//! the log in any order. So a session keeps its [`KEPT`] latest commands, those of the highest
//! numbers, and what came of each. A command that is older than all of these is out of date: whether
//! it was carried out is forgotten, so it must not be now. A client that makes fewer than [`KEPT`]
//! later calls while one is open never meets that.

use super::cluster_time;
use super::position::LogIndex;
use crate::client::{CallId, ClientId, Command, Output, SessionId};
use crate::queue::Queue;
use crate::time::Micros;
use alloc::sync::Arc;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// So many commands a session keeps, with what came of them.
const KEPT: usize = 16;

/// What is known of every client that has a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sessions {
    /// The cluster's time: the latest stamp of the entries that were handed over.
    now: Micros,
    /// When those that are over are looked for next.
    sweep: Micros,
    /// What a snapshot has of it, it shares with the server.
    table: LiteMap<Name, Arc<Session>>,
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
    /// The commands of the highest numbers, and what the state machine answered to each; `None`
    /// until it has.
    latest: Queue<(u64, Option<Output>)>,
}

/// A session's name as a client is told it: eight bytes, the least first.
pub(super) fn name_as_output(session: SessionId) -> Output {
    Output::new(session.0.to_le_bytes())
}

/// What is to become of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is new: the state machine is to carry it out.
    New,
    /// It was handed over before, with this output where that is known.
    Repeated(Option<Output>),
    /// It is older than all that its session keeps.
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
    const fn new(used: Micros) -> Self {
        Self {
            used,
            latest: Queue::new(),
        }
    }

    /// What is to become of its command of this number.
    fn judge(&self, sequence: u64) -> Fate {
        let known = self.place(sequence).ok();
        match (
            known.and_then(|place| self.latest.get(place)),
            self.latest.front(),
        ) {
            (Some((_, output)), _) => Fate::Repeated(output.clone()),
            (None, Some((oldest, _))) if self.latest.len() >= KEPT && sequence < *oldest => {
                Fate::OutOfDate
            }
            (None, _) => Fate::New,
        }
    }

    /// Hands over its command of this number, if it is new.
    fn admit(&mut self, sequence: u64, now: Micros) -> Fate {
        // A client that asks again is there.
        self.used = now;
        let fate = self.judge(sequence);
        if fate == Fate::New {
            self.hand_over(sequence);
        }
        fate
    }

    /// Its command of this number is handed over.
    fn hand_over(&mut self, sequence: u64) {
        let Err(mut place) = self.place(sequence) else {
            return;
        };
        // The oldest goes first, so that a full session never takes more room.
        if self.latest.len() >= KEPT {
            self.latest.pop_front();
            place = place.saturating_sub(1);
        }
        self.latest.insert(place, (sequence, None));
    }

    /// Where its command of this number is, or would be.
    fn place(&self, sequence: u64) -> Result<usize, usize> {
        match (self.latest.front(), self.latest.back()) {
            // In order, as most are.
            (_, Some((last, _))) if *last < sequence => Err(self.latest.len()),
            (Some((first, _)), _) if sequence < *first => Err(0),
            _ => self.latest.binary_search_by_key(&sequence, |it| it.0),
        }
    }

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

    /// Whether some correct server could have sent it.
    pub(super) fn is_plausible(&self) -> bool {
        let times = || self.table.values().map(|it| it.used);
        let in_order = |it: &Arc<Session>| it.latest.iter().is_sorted_by(|a, b| a.0 < b.0);
        self.now <= cluster_time::MOST
            && times().all(|used| used <= self.now)
            && self.table.values().all(in_order)
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
        let name = Name::of(SessionId(index.0), client);
        self.table.insert(name, Arc::new(Session::new(self.now)));
    }

    /// What is to become of this command if it is handed over now.
    pub(super) fn judge(&self, command: &Command, expiry: Option<Micros>) -> Fate {
        let CallId { client, sequence } = command.call;
        let known = self.table.get(&Name::of(command.session, client));
        match known.filter(|it| !it.is_over(self.now, expiry)) {
            Some(session) => session.judge(sequence),
            // Where sessions never end, the first command opens one.
            None if expiry.is_none() && command.session == SessionId::LASTING => Fate::New,
            None => Fate::NoSession,
        }
    }

    /// Hands a command over: what is to become of it stands from here on.
    pub(super) fn admit(&mut self, command: &Command, expiry: Option<Micros>) -> Fate {
        let CallId { client, sequence } = command.call;
        let (name, now) = (Name::of(command.session, client), self.now);
        if let Some(session) = self.table.get_mut(&name)
            && !session.is_over(now, expiry)
        {
            return Arc::make_mut(session).admit(sequence, now);
        }
        let fate = self.judge(command, expiry);
        if fate == Fate::New {
            let mut session = Session::new(now);
            session.hand_over(sequence);
            self.table.insert(name, Arc::new(session));
        }
        fate
    }

    /// Keeps what the state machine answered to a command, while its session keeps that.
    pub(super) fn keep_output(&mut self, command: &Command, output: &Output) {
        let (call, session) = (command.call, command.session);
        if let Some(known) = self.table.get_mut(&Name::of(session, call.client))
            && let Ok(place) = known.place(call.sequence)
            && let Some((_, kept)) = Arc::make_mut(known).latest.get_mut(place)
        {
            *kept = Some(output.clone());
        }
    }
}
