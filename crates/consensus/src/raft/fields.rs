//! A server's state, variable by variable (Raft figure 2 and what came to it).

use super::Raft;
use super::durable::RaftDurable;
use super::leader::Leader;
use super::message::{HeartbeatRound, PreVoteRound, ReadNumber, ReplicationSession};
use super::position::{LogIndex, LogPosition, Term};
use super::progress::Progress;
use super::role::Role;
use super::server::Server;
use super::votes::Votes;
use crate::field::{Field, Label, Value, labels, values};
use crate::node::NodeId;
use alloc::vec::Vec;

labels! {
    TERM: "term", "The latest term that it has seen; it never falls.";
    VOTED_FOR: "voted for", "Who got its one vote of this term.";
    ROLE: "role", "What it is in this term.";
    LEADER: "leader", "Whom it takes for the leader of this term.";
    HEARD: "leader heard at", "When it last heard from a leader, by its own clock.";
    LOG_START: "log begins after", "A snapshot stands for everything up to here.";
    LOG_END: "log ends at", "Its last entry and the term that made it: a vote goes to no shorter log.";
    SNAPSHOT: "snapshot", "The last entry that its latest snapshot stands for.";
    COMMIT: "commit index", "Up to here it knows that a majority holds the log for good.";
    APPLIED: "last applied", "Up to here its state machine has carried the log out.";
    VOTERS: "voters", "Who votes, by the latest configuration in its log.";
    OUTGOING: "old voters", "The other majority that must agree while a joint change runs.";
    LEARNERS: "learners", "Who gets the log and decides nothing.";
    SINCE: "configured at", "The entry that says who the members are; 0 for what it was started with.";
    SESSIONS: "sessions", "The clients that it remembers, so that no command takes effect twice.";
    CALLS: "open calls", "The clients' calls that wait for an entry of the log.";
    READS: "open reads", "The reads that wait until it is certain that they see every write.";
    UNSTORED: "waits for the disk", "Writes under way, and answers held back until they are stored.";
    PRE_VOTES: "pre-vote round", "How often in this life it asked who would vote for it.";
    MATCHED: "matches leader to", "Up to here its log is the leader's.";
    RECEIVING: "receives a snapshot", "Whether the leader sends it a snapshot in place of old entries.";
    VOTES: "votes", "What each voter has answered so far.";
    QUORUM: "votes needed", "How many votes win: more than half of all voters, reachable or not.";
    STORED: "own log stored to", "Only what is on its own disk counts for a majority.";
    NEXT: "next index", "The entry that each follower is sent next.";
    MATCH: "match index", "Up to where each follower is known to hold the leader's log.";
    FED_BY: "fed by", "Whether a follower is probed, sent entries, or sent a snapshot.";
    IN_FLIGHT: "in flight", "Messages with entries on their way to each follower.";
    ANSWERED: "last answer", "When each follower last answered, by the leader's clock.";
    ROUND: "heartbeat round", "The latest round of heartbeats in its term.";
    TRANSFER: "hands over to", "Who is to lead in its place.";
}

impl From<LogPosition> for Value {
    fn from(it: LogPosition) -> Self {
        Self::Place {
            index: it.index.0,
            term: it.term.0,
        }
    }
}

values! {
    Term: |it| Self::Number(it.0);
    LogIndex: |it| Self::Number(it.0);
    HeartbeatRound: |it| Self::Number(it.0);
    ReplicationSession: |it| Self::Number(it.0);
    PreVoteRound: |it| Self::Number(it.number);
    ReadNumber: |it| Self::Number(it.number);
}

impl Raft {
    /// Every variable, those of all roles first.
    pub(super) fn list(&self) -> Vec<Field> {
        let mut fields = Vec::from([
            ROLE.is(self.role_name()),
            TERM.is(self.server.term),
            VOTED_FOR.is(self.server.vote),
            LEADER.is(self.believed_leader()),
        ]);
        self.server.list(&mut fields);
        match &self.role {
            Role::Follower(it) => {
                fields.extend([MATCHED.is(it.matched), RECEIVING.is(it.receiving.is_some())])
            }
            Role::PreCandidate(it) => tally(&self.server, &it.votes, &mut fields),
            Role::Candidate(it) => tally(&self.server, &it.votes, &mut fields),
            Role::Leader(it) => it.list(&mut fields),
        }
        fields
    }

    const fn role_name(&self) -> &'static str {
        match self.role {
            Role::Follower(_) => "follower",
            Role::PreCandidate(_) => "pre-candidate",
            Role::Candidate(_) => "candidate",
            Role::Leader(_) => "leader",
        }
    }
}

impl Server {
    fn list(&self, fields: &mut Vec<Field>) {
        let members = self.configuration();
        fields.extend([
            LOG_END.is(self.log.last()),
            COMMIT.is(self.commit),
            APPLIED.is(self.application.applied()),
            LOG_START.is(self.log.start()),
            SNAPSHOT.is(self.snapshots.last()),
            VOTERS.is(&*members.voters),
            OUTGOING.is(&*members.outgoing),
            LEARNERS.is(&*members.learners),
            SINCE.is(self.membership.since()),
            SESSIONS.is(self.application.sessions.count()),
            CALLS.is(self.calls.bookkeeping()),
            READS.is(self.reads.bookkeeping()),
            UNSTORED.is(self.disk.bookkeeping()),
            HEARD.is(self.heard),
            PRE_VOTES.is(self.round),
        ]);
    }
}

fn tally(server: &Server, votes: &Votes, fields: &mut Vec<Field>) {
    let answered = votes.view(server.configuration().all_voters());
    let answers = answered.into_iter().map(|vote| {
        let said = match vote.granted {
            Some(true) => "yes",
            Some(false) => "no",
            None => "no answer",
        };
        (vote.voter, said)
    });
    fields.extend([
        VOTES.is(Value::each(answers)),
        QUORUM.is(server.quorum(|| server.size()).needed()),
    ]);
}

impl Leader {
    fn list(&self, fields: &mut Vec<Field>) {
        fields.extend([
            self.each(&NEXT, |it| it.next.into()),
            self.each(&MATCH, |it| it.matched.into()),
            self.each(&FED_BY, |it| it.name().into()),
            self.each(&IN_FLIGHT, |it| it.in_flight().into()),
            self.each(&ANSWERED, |it| it.last_answer.into()),
            STORED.is(self.stored),
            ROUND.is(self.rounds.latest()),
            TRANSFER.is(self.transfer.as_ref().map(|it| it.target())),
        ]);
    }

    fn each(&self, label: &'static Label, of: fn(&Progress) -> Value) -> Field {
        let each = self.followers.iter();
        label.is(Value::each(
            each.map(|(node, it)| -> (NodeId, Value) { (*node, of(it)) }),
        ))
    }
}

impl RaftDurable {
    /// What the disk holds, under the names that the variables have in memory.
    pub(super) fn list(&self) -> Vec<Field> {
        let snapshot = self.snapshot.as_ref().map(|it| it.snapshot.last);
        Vec::from([
            TERM.is(self.term),
            VOTED_FOR.is(self.vote),
            LOG_END.is(self.log.last()),
            LOG_START.is(self.log.start()),
            SNAPSHOT.is(snapshot),
        ])
    }
}
