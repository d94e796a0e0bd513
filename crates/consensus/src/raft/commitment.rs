//! Committing by counting (Raft §5.3, §5.4.2).

use super::leader::Leader;
use super::mutant::Mutant;
use super::position::{LogIndex, Term};
use super::progress::Progress;
use super::rule::RaftRule;
use super::server::{Out, Server};
use crate::explain::Facts;
use crate::node::NodeId;

impl Leader {
    /// Its own entries up to `up_to` are stored: from here on it counts itself.
    pub(super) fn own_entries_stored(
        &mut self,
        server: &mut Server,
        term: Term,
        up_to: LogIndex,
        out: &mut Out,
    ) {
        if term == server.term {
            self.stored = self.stored.max(up_to);
            self.commit_what_counts(server, out);
        }
    }

    /// Commits what a quorum holds, if it ends in an entry of the leader's own term (§5.4.2).
    pub(super) fn commit_what_counts(&mut self, server: &mut Server, out: &mut Out) {
        let held = self.held_by_quorum(server);
        if held <= server.commit {
            return;
        }
        let facts = Facts::number(held.0).with_of(u64::from(server.size()));
        let own = server.log.term_at(held) == Some(server.term);
        if own || server.settings.breaks(Mutant::OldTermCommitted) {
            out.why(RaftRule::Committed, facts);
            self.uncommitted.committed(&server.log, held);
            server.commit_to(held, out);
        } else if held > self.counted {
            out.why(RaftRule::OldTermNotCounted, facts);
        }
        self.counted = self.counted.max(held);
    }

    /// Says, once for each, that an entry is still uncommitted a whole heartbeat after it came.
    pub(super) fn say_what_waits(&mut self, server: &Server, out: &mut Out) {
        let waits = server.commit < self.seen && self.told < self.seen;
        if waits && self.held_by_quorum(server) < self.seen {
            let voters = server.configuration().all_voters();
            let holders = voters.filter(|node| self.held_by(server, *node) >= self.seen);
            let holders = holders.map(|_| 1).sum();
            let facts = Facts::number(holders).with_of(u64::from(server.size()));
            out.why(RaftRule::CommitWaits, facts);
            self.told = self.seen;
        }
        self.seen = server.log.last_index();
    }

    /// Up to where a server is known to hold the log; this one only as far as it is stored.
    fn held_by(&self, server: &Server, node: NodeId) -> LogIndex {
        if node == server.node {
            return self.stored;
        }
        let progress = self.followers.get(&node);
        progress.map_or(LogIndex::ZERO, |it| it.matched)
    }

    /// The last index that a majority of all voters holds.
    fn held_by_quorum(&self, server: &Server) -> LogIndex {
        self.reached_by_quorum(server, |progress| match progress {
            Some(progress) => progress.matched,
            None => self.stored,
        })
    }

    /// The most that a majority of all voters has reached, each as its book says; this server,
    /// which keeps none on itself, as `reached` says of `None`.
    pub(super) fn reached_by_quorum<T: Ord + Copy + Default>(
        &self,
        server: &Server,
        reached: impl Fn(Option<&Progress>) -> T,
    ) -> T {
        let quorum = server.quorum(|| {
            let answers = || self.followers.values().filter_map(|it| it.last_answer);
            let latest = answers().max().unwrap_or_default();
            let lately = latest.since(server.settings.election_timeout_most);
            1 + answers().filter(|it| *it >= lately).map(|_| 1).sum::<u32>()
        });
        quorum.most(|node| match self.followers.get(&node) {
            Some(progress) => reached(Some(progress)),
            None if node == server.node => reached(None),
            None => T::default(),
        })
    }
}
