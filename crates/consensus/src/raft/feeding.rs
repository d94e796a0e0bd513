//! Sending a follower what it lacks, each entry once (Raft §5.3, thesis §10.2.1).

use super::leader::Leader;
use super::log::Entry;
use super::message::{Append, HeartbeatRound, RaftMessage};
use super::position::{LogIndex, LogPosition};
use super::progress::{Progress, ProgressState};
use super::rule::RaftRule;
use super::server::{Out, Server};
use super::settings::ReplicateWhen;
use super::snapshot;
use crate::explain::Facts;
use crate::node::NodeId;
use crate::time::Micros;
use alloc::sync::Arc;

/// What all messages to followers have in common at one moment.
pub(super) struct Feeding<'a> {
    server: &'a Server,
    round: HeartbeatRound,
}

/// Entries for one message, and their weight in bytes.
struct Batch {
    entries: Arc<[Entry]>,
    bytes: u64,
}

impl Leader {
    /// Sends every follower that is fed as entries come what it lacks, where the settings say that
    /// entries are sent at once.
    pub(super) fn feed_all(&mut self, server: &Server, out: &mut Out) {
        if server.settings.replicate != ReplicateWhen::AtOnce {
            return;
        }
        let feeding = Feeding::new(server, self.rounds.latest());
        for (peer, progress) in &mut self.followers {
            feeding.feed(*peer, progress, out);
        }
    }

    /// Sends one follower what it lacks, whatever the settings say of when.
    pub(super) fn feed(&mut self, server: &Server, to: NodeId, out: &mut Out) {
        let feeding = Feeding::new(server, self.rounds.latest());
        if let Some(progress) = self.followers.get_mut(&to) {
            feeding.feed(to, progress, out);
        }
    }

    /// Asks one follower, where it probes, whether the logs meet just before what it would send
    /// next.
    pub(super) fn probe(&mut self, server: &Server, to: NodeId, out: &mut Out) {
        let feeding = Feeding::new(server, self.rounds.latest());
        if let Some(progress) = self.followers.get_mut(&to)
            && progress.state == ProgressState::Probe
        {
            feeding.assert(to, progress, false, out);
        }
    }

    /// Sends everybody a heartbeat, with entries for those that lack some and have room for them:
    /// a new round.
    pub(super) fn begin_round(&mut self, server: &Server, now: Micros, out: &mut Out) {
        out.why(RaftRule::HeartbeatSent, Facts::NONE);
        let feeding = Feeding::new(server, self.rounds.begin(now));
        // With the first message of a reign comes its first entry: nothing speaks against the
        // logs' meeting yet.
        let first = feeding.round == HeartbeatRound(1);
        for (peer, progress) in &mut self.followers {
            if !feeding.feed(*peer, progress, out) {
                feeding.assert(*peer, progress, first, out);
            }
        }
        self.confirm_rounds(server);
    }
}

impl<'a> Feeding<'a> {
    const fn new(server: &'a Server, round: HeartbeatRound) -> Self {
        Self { server, round }
    }

    /// Sends what the follower lacks, as far as its window has room; says whether that was
    /// anything.
    fn feed(&self, to: NodeId, progress: &mut Progress, out: &mut Out) -> bool {
        let first = progress.next;
        if first < self.server.log.first_index() && !progress.gets_snapshot() {
            snapshot::begin(self.server, to, progress, out);
            return false;
        }
        while let Some(batch) = self.next_batch(progress) {
            let previous = self.server.log.position(progress.next.before());
            let last = progress.next.before().plus(batch.entries.len() as u64);
            progress.sent(last, batch.bytes);
            self.send(to, progress, previous, batch.entries, out);
        }
        let left = progress.replicates() && progress.next <= self.server.log.last_index();
        if left {
            let facts = Facts::peer(to).with_number(progress.in_flight());
            out.why(RaftRule::WindowFull, facts);
        }
        progress.next > first
    }

    /// Sends a message that says who leads, and asks whether the logs meet where they should; with
    /// entries only where it is told so.
    fn assert(&self, to: NodeId, progress: &Progress, carries: bool, out: &mut Out) {
        let log = &self.server.log;
        let entries = match carries {
            true => log.copy_from(progress.next, self.server.settings.entries_per_message),
            false => Arc::default(),
        };
        let previous = match progress.state {
            ProgressState::Probe | ProgressState::Replicate(_) => {
                log.position(progress.next.before())
            }
            // Every log meets every other one before the first entry.
            ProgressState::Snapshot(_) => Some(LogPosition::ZERO),
        };
        self.send(to, progress, previous, entries, out);
    }

    fn send(
        &self,
        to: NodeId,
        progress: &Progress,
        previous: Option<LogPosition>,
        entries: Arc<[Entry]>,
        out: &mut Out,
    ) {
        let server = self.server;
        debug_assert!(previous.is_some(), "what is compacted away is not sent");
        let message = RaftMessage::Append(Append {
            term: server.term,
            session: progress.session,
            round: self.round,
            previous: previous.unwrap_or_default(),
            entries,
            commit: server.commit,
        });
        out.send(to, message);
    }

    /// What to send next; `None` where the follower lacks nothing or may be sent nothing now.
    fn next_batch(&self, progress: &Progress) -> Option<Batch> {
        let ProgressState::Replicate(in_flight) = &progress.state else {
            return None;
        };
        let server = self.server;
        if progress.next > server.log.last_index() {
            return None;
        }
        let room = in_flight.room(&server.settings)?;
        let (count, bytes) = self.fitting(progress.next, room);
        // Where nothing is on its way, an entry that is larger than everything allowed goes alone.
        let (count, bytes) = match server.log.get(progress.next) {
            Some(entry) if count == 0 && in_flight.is_empty() => (1, entry.content().weight()),
            _ if count == 0 => return None,
            _ => (count, bytes),
        };
        let entries = server.log.copy_from(progress.next, count);
        Some(Batch { entries, bytes })
    }

    /// How many entries from `first` on one message carries within `room` bytes, and their weight.
    fn fitting(&self, first: LogIndex, room: u64) -> (u32, u64) {
        let (mut count, mut bytes) = (0, 0_u64);
        let most = self.server.settings.entries_per_message.max(1);
        for entry in self.server.log.entries_from(first) {
            let with_it = bytes.saturating_add(entry.content().weight());
            if count == most || with_it > room {
                break;
            }
            (count, bytes) = (count + 1, with_it);
        }
        (count, bytes)
    }
}
