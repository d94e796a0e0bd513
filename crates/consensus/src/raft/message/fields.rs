//! What messages say, item by item.

use super::append::{Append, AppendAnswer, AppendOutcome};
use super::snapshot::{SnapshotAnswer, SnapshotChunk, SnapshotOutcome};
use super::{PreVoteRound, RaftMessage, ReadNumber};
use crate::field::{Field, labels};
use alloc::vec::Vec;

labels! {
    TERM: "term", "The sender's term: whoever is in an earlier one enters it.";
    LAST: "log ends at", "Where the sender's log ends: no voter helps a log that lacks what its own has.";
    TRANSFER: "told to stand", "Whether the leader itself asked for this election.";
    GRANTED: "granted", "Whether the sender gives its vote, or would give it.";
    ROUND_OF_LIFE: "in life", "In which of its lives the server asks.";
    ASKED: "question", "Which of the questions of that life this is, or answers.";
    SESSION: "session", "Which attempt of the leader to feed this follower this belongs to.";
    ROUND: "heartbeat round", "The round of heartbeats that this is of, or answers.";
    PREVIOUS: "previous entry", "What the follower must hold just before the entries that come.";
    ENTRIES: "entries", "How many entries it carries; none make a heartbeat.";
    COMMIT: "leader's commit", "Up to here the leader knows the log to be committed.";
    CARRIED: "to entries", "Whether it answers entries and not a heartbeat.";
    OUTCOME: "outcome", "How it went at the follower.";
    MATCHED: "matches to", "Up to here the follower holds the leader's log on its disk.";
    DIFFERS: "differs at", "Where the follower's log and the leader's do not meet.";
    AGREE: "may agree at", "The last place at which the two logs could still be alike.";
    SNAPSHOT: "stands for", "The last entry that the snapshot stands for.";
    VOTERS: "voters", "Who voted at that place.";
    OFFSET: "from byte", "Where this piece begins in the snapshot, or where the next is to.";
    PIECE: "bytes", "How much of the snapshot this piece has.";
    WHOLE: "of", "How many bytes the snapshot has in all.";
    SESSIONS: "with sessions", "Whether it carries what is known of the clients' commands.";
    INDEX: "read at", "Up to where the log must be applied before the read may be answered.";
}

impl RaftMessage {
    /// Every item, the sender's term first.
    pub(super) fn list(&self) -> Vec<Field> {
        let mut fields = Vec::from([TERM.is(self.term())]);
        match self {
            Self::VoteRequest { last, transfer, .. } => {
                fields.extend([LAST.is(*last), TRANSFER.is(*transfer)]);
            }
            Self::VoteAnswer { granted, .. } => fields.push(GRANTED.is(*granted)),
            Self::PreVoteRequest { round, last, .. } => {
                fields.push(LAST.is(*last));
                fields.extend(of_round(*round));
            }
            Self::PreVoteAnswer { round, granted, .. } => {
                fields.push(GRANTED.is(*granted));
                fields.extend(of_round(*round));
            }
            Self::Append(append) => append.list(&mut fields),
            Self::AppendAnswer(answer) => answer.list(&mut fields),
            Self::Snapshot(chunk) => chunk.list(&mut fields),
            Self::SnapshotAnswer(answer) => answer.list(&mut fields),
            Self::ReadRequest { read, .. } => fields.extend(of_read(*read)),
            Self::ReadAnswer { read, index, .. } => {
                fields.push(INDEX.is(*index));
                fields.extend(of_read(*read));
            }
            Self::TimeoutNow { .. } => {}
        }
        fields
    }
}

fn of_round(round: PreVoteRound) -> [Field; 2] {
    [ASKED.is(round), ROUND_OF_LIFE.is(round.incarnation.0)]
}

fn of_read(read: ReadNumber) -> [Field; 2] {
    [ASKED.is(read), ROUND_OF_LIFE.is(read.incarnation.0)]
}

impl Append {
    fn list(&self, fields: &mut Vec<Field>) {
        fields.extend([
            PREVIOUS.is(self.previous),
            ENTRIES.is(self.entries.len() as u64),
            COMMIT.is(self.commit),
            ROUND.is(self.round),
            SESSION.is(self.session),
        ]);
    }
}

impl AppendAnswer {
    fn list(&self, fields: &mut Vec<Field>) {
        match self.outcome {
            AppendOutcome::Matched(index) => fields.push(MATCHED.is(index)),
            AppendOutcome::Differs { at, agree } => {
                fields.extend([DIFFERS.is(at), AGREE.is(agree)]);
            }
            AppendOutcome::Stale => fields.push(OUTCOME.is("the sender's term is over")),
        }
        fields.extend([
            CARRIED.is(self.carried),
            ROUND.is(self.round),
            SESSION.is(self.session),
        ]);
    }
}

impl SnapshotChunk {
    fn list(&self, fields: &mut Vec<Field>) {
        fields.extend([
            SNAPSHOT.is(self.snapshot.last),
            VOTERS.is(&*self.snapshot.configuration.voters),
            OFFSET.is(self.offset),
            PIECE.is(self.bytes.len() as u64),
            WHOLE.is(self.len),
            SESSIONS.is(self.sessions.is_some()),
            ROUND.is(self.round),
            SESSION.is(self.session),
        ]);
    }
}

impl SnapshotAnswer {
    fn list(&self, fields: &mut Vec<Field>) {
        fields.push(match self.outcome {
            SnapshotOutcome::Received(bytes) => OFFSET.is(bytes),
            SnapshotOutcome::Installed => OUTCOME.is("installed"),
            SnapshotOutcome::Stale => OUTCOME.is("the sender's term is over"),
        });
        fields.extend([
            SNAPSHOT.is(self.last),
            ROUND.is(self.round),
            SESSION.is(self.session),
        ]);
    }
}
