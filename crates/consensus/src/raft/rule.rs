//! Every decision that a server takes, and the sentence that tells a learner of it.

use super::snapshot::with_rules_of_snapshots;
use crate::rule_table::rules;

with_rules_of_snapshots! { rules! {
    /// The rules of Raft as a server applies them.
    RaftRule:
    // A server's life.
    Started, "started", 1, "Raft §5.2":
        "{node} starts as a follower and waits to hear from a leader.",
        "every server begins as a follower";
    Recovered, "recovered", 2, "Raft §5.1":
        "{node} is back: its disk kept term {number}, its vote and its log.",
        "what it promised before the crash must still hold";
    LeavesMajorityAsIs, "leaves-majority-as-is", 1, "Raft §6":
        "{node} goes away, yet it still counts as one of the {of} servers.",
        "only the leader can take a server out of the count, by an entry in its log";

    // Elections.
    ElectionStarted, "election-started", 2, "Raft §5.2":
        "{node} heard from no leader in time, so it asks everyone for a vote.",
        "its election timeout ran out without a word from a leader";
    ElectionForced, "election-forced", 2, "Raft §5.2":
        "{node} is told to time out now, so it asks everyone for a vote.",
        "an election timeout may run out at any moment, and this one did";
    ElectionRepeated, "election-repeated", 2, "Raft §5.2":
        "{node} got no majority in time, so it tries again in term {number}.",
        "the vote was split or too few servers answered, and a new term is a new chance";
    ElectionWon, "election-won", 2, "Raft §5.2":
        "{node} has {number} of {of} votes, a majority, and becomes the leader.",
        "two majorities always share a server, so a term has at most one leader";
    ElectionLost, "election-lost", 2, "Raft §5.2":
        "{node} hears from {peer}, who won this term, and follows.",
        "a term has one leader, and whoever sends entries in it has won it";
    ElectionTransferred, "election-transferred", 2, "Raft thesis §3.10":
        "{node} is told to take over, so it asks everyone for a vote at once.",
        "its leader has chosen it, and knows its log to be complete";
    LeaderIgnoresTimeOut, "leader-ignores-time-out", 1, "Raft §5.2":
        "{node} leads already, so it has no election timeout to run out.",
        "only followers and candidates wait for a leader";

    // Votes.
    VoteGranted, "vote-granted", 2, "Raft §5.2":
        "{node} votes for {peer}, the first to ask it in term {number}.",
        "its vote was free, and the candidate's log is no older than its own";
    VoteRepeated, "vote-repeated", 0, "Raft §5.2":
        "{node} tells {peer} once more that it has its vote.",
        "a request may arrive twice, and the vote given stands";
    VoteRefusedAlreadyVoted, "vote-refused/already-voted", 1, "Raft §5.2":
        "{node} refuses {peer}: it has already voted in term {number}.",
        "each server gives one vote per term, first come, first served";
    VoteRefusedLogBehind, "vote-refused/log-behind", 2, "Raft §5.4.1":
        "{node} refuses {peer}, whose log is behind its own.",
        "a leader must hold every committed entry, so an older log must not win";
    VoteRefusedStaleTerm, "vote-refused/stale-term", 1, "Raft §5.1":
        "{node} refuses {peer}, whose term is over: it is term {number} now.",
        "a request from an older term is answered with the current one";
    VoteCounted, "vote-counted", 1, "Raft §5.2":
        "{node} now has {number} of {of} votes.",
        "a majority of all servers must agree, not only of those that answer";
    VoteDenied, "vote-denied", 1, "Raft §5.2":
        "{node} does not get the vote of {peer}.",
        "that server has voted already, or its log is newer";

    VoteRefusedLeaderLives, "vote-refused/leader-lives", 2, "Raft thesis §4.2.3":
        "{node} refuses {peer} and keeps its term: there is a leader who lives.",
        "an election that nobody needs would only disturb a leader at work";

    // Asking first.
    PreVoteStarted, "pre-vote-started", 2, "Raft thesis §9.6":
        "{node} heard from no leader in time, so it asks who would vote for it.",
        "asking changes no term, so it disturbs nobody if the election cannot be won";
    PreVoteForced, "pre-vote-forced", 2, "Raft thesis §9.6":
        "{node} is told to time out now, so it asks who would vote for it.",
        "even then an election that cannot be won is not worth calling";
    PreVoteRepeated, "pre-vote-repeated", 1, "Raft thesis §9.6":
        "{node} found no majority in time, so it asks again who would vote for it.",
        "while no majority would vote for it, its term stays as it is";
    PreVoteWon, "pre-vote-won", 1, "Raft thesis §9.6":
        "{node} would get {number} of {of} votes, a majority, so it may stand.",
        "an election is called only where it can be won";
    PreVoteEnded, "pre-vote-ended", 1, "Raft thesis §9.6":
        "{node} hears from {peer}, its leader, and asks for votes no more.",
        "the leader lives after all";
    PreVoteGranted, "pre-vote-granted", 1, "Raft thesis §9.6":
        "{node} would vote for {peer}, and tells it so.",
        "it hears from no leader, and the log that asks is no older than its own";
    PreVoteRefusedLeaderLives, "pre-vote-refused/leader-lives", 1, "Raft thesis §9.6":
        "{node} would not vote for {peer}: there is a leader who lives.",
        "no election is needed while a leader is heard from";
    PreVoteRefusedLogBehind, "pre-vote-refused/log-behind", 1, "Raft thesis §9.6":
        "{node} would not vote for {peer}, whose log is behind its own.",
        "it would refuse the vote itself for the same reason";
    PreVoteRefusedStaleTerm, "pre-vote-refused/stale-term", 1, "Raft thesis §9.6":
        "{node} would not vote for {peer}, and tells it that term {number} has begun.",
        "whoever asks must learn the current term before it can win";
    PreVoteCounted, "pre-vote-counted", 0, "Raft thesis §9.6":
        "{node} would get {number} of {of} votes so far.",
        "a majority of all servers must be ready to vote for it";
    PreVoteDenied, "pre-vote-denied", 0, "Raft thesis §9.6":
        "{node} would not get the vote of {peer}.",
        "that server hears a leader, or its log is newer";

    // Terms.
    SteppedDown, "stepped-down", 2, "Raft §5.1":
        "{node} sees the newer term {number} and steps down as leader.",
        "a newer term means that the others have moved on";
    CandidacyEnded, "candidacy-ended", 1, "Raft §5.1":
        "{node} sees the newer term {number} and gives up its candidacy.",
        "votes of an older term win nothing any more";
    TermAdopted, "term-adopted", 0, "Raft §5.1":
        "{node} sees the newer term {number} and enters it with a free vote.",
        "a vote belongs to its term, and the new term has not used it";

    QuorumLost, "quorum-lost", 2, "Raft thesis §6.2":
        "{node} hears from {number} of {of} servers only, no majority, and steps down.",
        "it can commit nothing, and its clients should look for another leader";

    // Following.
    LeaderFound, "leader-found", 1, "Raft §5.2":
        "{node} hears from {peer}, the leader of term {number}, and follows.",
        "whoever sends entries in a term has won its election";
    HeartbeatAccepted, "heartbeat-accepted", 0, "Raft §5.2":
        "{node} hears from its leader {peer} and goes on waiting.",
        "a leader that is heard from is alive, so the patience starts afresh";
    EntriesAccepted, "entries-accepted", 1, "Raft §5.3":
        "{node} takes what {peer} sent into its log, up to entry {number}, uncommitted.",
        "its log held just what stands before these entries";
    EntriesKnown, "entries-known", 0, "Raft §5.3":
        "{node} already has the entries that {peer} sent.",
        "a message may arrive twice or late, and does no harm";
    ConflictTruncated, "conflict-truncated", 2, "Raft §5.3":
        "{node} drops its entries from {number} on: its leader {peer} has others there.",
        "they were never committed, and the leader's log decides";
    AppendRefusedGap, "append-refused/gap", 1, "Raft §5.3":
        "{node} refuses entries from {peer}: its own log ends earlier, at {number}.",
        "a log must have no holes, so the leader has to start earlier";
    AppendRefusedMismatch, "append-refused/mismatch", 1, "Raft §5.3":
        "{node} refuses entries from {peer}: its own entry {number} is another one.",
        "entries may only follow where both logs agree on what came before";
    AppendRefusedStaleTerm, "append-refused/stale-term", 2, "Raft §5.1":
        "{node} refuses {peer}, a leader of the past: it is term {number} now.",
        "a leader of an older term has been replaced and must learn it";

    // Leading.
    HeartbeatSent, "heartbeat-sent", 0, "Raft §5.2":
        "{node} tells everyone that it still leads.",
        "followers that hear nothing would call an election";
    FollowerAnswered, "follower-answered", 0, "Raft §5.2":
        "{node} hears that {peer} is still there.",
        "a heartbeat also checks who is alive";
    FollowerMatched, "follower-matched", 1, "Raft §5.3":
        "{node} learns that {peer} holds everything up to entry {number}.",
        "a follower answers yes only when the entries are on its disk";
    LeaderBacksUp, "leader-backs-up", 1, "Raft §5.3":
        "{node} tries {peer} again, this time from entry {number} on.",
        "the logs differ there, so the leader looks for the place where they meet";

    // Feeding a follower.
    LogsMeet, "logs-meet", 1, "Raft thesis §10.2.1":
        "{node} knows that the log of {peer} is its own up to entry {number}, and sends on.",
        "from where two logs meet, entries can follow each other without waiting for answers";
    EntriesMissed, "entries-missed", 1, "Raft §5.3":
        "{node} learns that {peer} missed a message, and asks what it holds before entry {number}.",
        "only what is missing is sent again, and the rest may be on its way still";
    WindowFull, "window-full", 0, "Raft thesis §10.2.1":
        "{node} has {number} messages on their way to {peer}, and lets new entries wait.",
        "a follower that is slow or silent must not fill the network; entries travel together later";
    AnswerOtherSession, "answer-dropped/other-session", 1, "rule F6":
        "{node} drops an answer of {peer} from before it was taken out and added again.",
        "it is a new follower since, and may hold less than it did";
    CallRefusedTooMuchUncommitted, "call-refused/too-much-uncommitted", 2, "rule F3":
        "{node} refuses a call: it keeps as many uncommitted entries as it may.",
        "without a majority its log would grow with every call, and nothing would be done";

    TransferStarted, "transfer-started", 2, "Raft thesis §3.10":
        "{node} hands its leadership over to {peer}, and takes no new calls until then.",
        "a log that stands still is one that its successor can catch up with";
    TransferReady, "transfer-ready", 2, "Raft thesis §3.10":
        "{node} tells {peer}, whose log is complete, to stand at once.",
        "with a complete log and the first word it is all but sure to win";
    TransferAborted, "transfer-aborted", 2, "Raft thesis §3.10":
        "{node} gives up handing over to {peer} and takes calls again.",
        "it took as long as an election, and clients should not wait longer";
    TransferImpossible, "transfer-impossible", 1, "Raft thesis §3.10":
        "{node} cannot hand over to {peer}: that is not another one of its servers.",
        "only a voting member other than itself can take over";
    TransferNotLeading, "transfer-not-leading", 1, "Raft thesis §3.10":
        "{node} does not lead, so it has no leadership to hand over.",
        "only the leader can choose who leads after it";

    // Commitment.
    NoOpAppended, "no-op-appended", 1, "Raft §8":
        "{node} begins its reign with entry {number}, which is empty.",
        "committing an entry of its own term commits all that earlier terms left";
    CommandAppended, "command-appended", 2, "Raft §5.3":
        "{node} writes the client's command into its log as entry {number}, uncommitted.",
        "it counts only once a majority has it on disk";
    CommitWaits, "commit-waits", 2, "Raft §5.3":
        "{node} cannot commit yet: {number} of {of} servers hold the entry, not a majority.",
        "without a majority, others could elect a leader who lacks it";
    OldTermNotCounted, "old-term-not-counted", 2, "Raft §5.4.2":
        "{node} has entry {number} on a majority, but cannot commit an older term's entry alone.",
        "such an entry can still be overwritten until one of the current term follows it";
    Committed, "committed", 2, "Raft §5.3":
        "{node} commits entry {number}: a majority of the {of} servers holds it.",
        "every future leader is elected by a majority, so one of its voters has the entry";
    CommitLearned, "commit-learned", 1, "Raft §5.3":
        "{node} learns from {peer} that entry {number} is committed.",
        "the leader's messages say how far the log is committed";

    // Clients.
    ClientAnswered, "client-answered", 1, "Raft §5.3":
        "{node} has applied entry {number} and answers the client.",
        "a committed entry is never lost, so the answer is safe to give";
    ClientRedirected, "client-redirected", 2, "Raft §8":
        "{node} does not lead, so it sends the client to {peer}.",
        "only the leader takes commands, and others know whom to ask";
    ClientUnserved, "client-unserved", 2, "Raft §8":
        "{node} knows of no leader, so it cannot serve the client.",
        "only a leader takes commands, and none has been heard from in this term";
    CallRepeated, "call-repeated", 1, "Raft §8":
        "{node} is already working on this call and does not add it twice.",
        "a client that hears nothing asks again";
    CallsAbandoned, "calls-abandoned", 2, "Raft §8":
        "{node} no longer leads, so it tells its waiting clients that the outcome is unknown.",
        "the next leader may still commit them, or drop them";

    CallRefusedHandingOver, "call-refused/handing-over", 2, "Raft thesis §3.10":
        "{node} is handing over to {peer}, so it sends the client there.",
        "a new entry would keep its successor from catching up";

    // Sessions.
    SessionAppended, "session-appended", 1, "Raft thesis §6.3":
        "{node} writes the client's wish for a session into its log as entry {number}, uncommitted.",
        "every server has to know of the session, and when it was opened";
    SessionOpened, "session-opened", 1, "Raft thesis §6.3":
        "{node} opens a session for a client, and names it after its entry, {number}.",
        "a session remembers what its client had done, so that nothing is done twice";
    SessionsExpired, "sessions-expired", 1, "Raft thesis §6.3":
        "{node} forgets sessions that no command has used for long: {number} of them.",
        "clients go away without a word, and the table must not grow for ever";
    CommandRepeated, "command-repeated", 2, "Raft §8":
        "{node} passes over entry {number}: its command was carried out before.",
        "a client that hears nothing asks again, and must not have it done twice";
    CommandOutOfDate, "command-out-of-date", 1, "Raft thesis §6.3":
        "{node} passes over entry {number}, an old copy of a command.",
        "so many later ones were carried out that nobody knows whether it was";
    CommandWithoutSession, "command-without-session", 2, "Raft thesis §6.3":
        "{node} passes over entry {number}: its client has no session.",
        "nobody could tell whether its command was carried out before";
    ClientAnsweredAgain, "client-answered-again", 1, "Raft §8":
        "{node} knows what came of this call, and gives the client the same answer again.",
        "a session keeps the answers to its latest commands";
    CallRefusedOutOfDate, "call-refused/out-of-date", 1, "Raft thesis §6.3":
        "{node} refuses an old copy of a call.",
        "so many later ones were carried out that nobody knows whether it was";
    CallRefusedNoSession, "call-refused/no-session", 2, "Raft thesis §6.3":
        "{node} refuses a call whose client has no session.",
        "nobody could tell whether its command was carried out before";

    // Reads.
    ReadAwaitsRound, "read-awaits-round", 1, "Raft thesis §6.4":
        "{node} takes a read without an entry, and has to see that it still leads.",
        "another leader could have been elected and have written more";
    ReadByLease, "read-by-lease", 1, "Raft thesis §6.4.1":
        "{node} serves a read at once: its lease holds.",
        "a majority answered so lately that nobody else can be elected yet";
    ReadsProven, "reads-proven", 1, "Raft thesis §6.4":
        "{node} still led when reads came to it: a majority says so, for {number} of them.",
        "a later leader would have had the vote of one of them";
    ReadAnswered, "read-answered", 1, "Raft thesis §6.4":
        "{node} answers a read from its state machine.",
        "that has seen all that was answered before the read came";
    ReadsGivenUp, "reads-given-up", 1, "Raft thesis §6.4":
        "{node} gives up reads that wait: {number} of them.",
        "it may never learn whether its state is the latest, and others may know";
    ReadForwarded, "read-forwarded", 1, "Raft thesis §6.4":
        "{node} asks {peer}, its leader, how far its log must be for a read.",
        "a follower has the state as well, but cannot know whether that is the latest";
    ReadForwardedAgain, "read-forwarded-again", 0, "Raft thesis §6.4":
        "{node} asks {peer} again how far its log must be for a read.",
        "the question or its answer may be lost";
    ReadIndexAsked, "read-index-asked", 0, "Raft thesis §6.4":
        "{node} is asked by {peer} about a read, and has to see that it still leads.",
        "only a leader knows how far the log is committed";
    ReadIndexTold, "read-index-told", 1, "Raft thesis §6.4":
        "{node} tells {peer} that it may answer reads from entry {number} on.",
        "all that was answered before stands up to there";
    ReadIndexUnknown, "read-index-unknown", 1, "Raft thesis §6.4":
        "{node} cannot tell {peer} how far its log must be: it is handing over.",
        "without an entry of its own term it does not know what is committed";
    ReadIndexLearned, "read-index-learned", 1, "Raft thesis §6.4":
        "{node} learns from {peer} that it may answer its reads from entry {number} on.",
        "all that was answered before they came stands up to there";
    VoteRefusedLeaseMayHold, "vote-refused/lease-may-hold", 2, "Raft thesis §6.4.1":
        "{node} refuses {peer} and keeps its term: a leader may rely on it.",
        "a leader who was answered lately serves reads without asking anybody";
    ElectionPutOff, "election-put-off", 1, "Raft thesis §6.4.1":
        "{node} calls no election yet: a leader may rely on it.",
        "a leader who was answered lately serves reads without asking anybody";

    // Members.
    WaitsForAVote, "waits-for-a-vote", 1, "Raft thesis §4.2.2":
        "{node} has no vote, so it waits for a leader to be heard from.",
        "only those who vote can lead, and a leader has to tell it that it may";

    LearnerAdded, "learner-added", 2, "Raft thesis §4.2.1":
        "{node} sends {peer} its log from now on, and gives it no vote yet.",
        "a newcomer that votes before it has the log would hold up every commit";
    PromotionWaits, "promotion-waits", 1, "Raft thesis §4.2.1":
        "{node} will give {peer} a vote as soon as it has caught up.",
        "a voter that lags behind would hold up every commit";
    LearnerPromoted, "learner-promoted", 2, "Raft thesis §4.2.1":
        "{node} gives {peer}, which has caught up, a vote.",
        "with one voter more or less, any two majorities still share a server";
    PromotionAbandoned, "promotion-abandoned", 1, "Raft thesis §4.2.1":
        "{node} no longer leads, so it will not give {peer} a vote.",
        "what is in no log is forgotten with its leader, and has to be asked for again";
    MemberRemoved, "member-removed", 2, "Raft thesis §4.1":
        "{node} takes {peer} out of the cluster: from now on it counts no more.",
        "each server goes by the newest configuration in its log, committed or not";
    LeaderRemoved, "leader-removed", 2, "Raft §6":
        "{node} votes no more, which is committed now, so it steps down.",
        "until then it had to lead a cluster that it did not count in";
    JointBegun, "joint-begun", 2, "Raft §6":
        "{node} goes over to new members: the old and the new ones decide together.",
        "no majority of the old or the new servers can decide without the other";
    JointLeft, "joint-left", 2, "Raft §6":
        "{node} ends the joint change: from now on the new members decide alone.",
        "every future leader knows of the change, so nobody can be elected by the old ones";
    ChangeRefusedNotLeading, "change-refused/not-leading", 1, "Raft §6":
        "{node} does not lead, so it cannot change the members.",
        "the members change by an entry in the leader's log";
    ChangeRefusedUnderWay, "change-refused/under-way", 2, "Raft thesis §4.1":
        "{node} does not change the members: another change is under way.",
        "two changes at once could leave two majorities without a common server";
    ChangeRefusedTooEarly, "change-refused/too-early", 2, "Raft thesis §4.1":
        "{node} does not change the members yet: its own term has nothing committed. Write, then ask again.",
        "an earlier leader's change could come back and share no server with its own";
    ChangeRefusedHandingOver, "change-refused/handing-over", 1, "Raft thesis §3.10":
        "{node} does not change the members while it hands its leadership over.",
        "a new entry would keep its successor from catching up";
    ChangeRefusedNoChange, "change-refused/no-change", 1, "Raft §6":
        "{node} has nothing to change: the members are so already.",
        "an entry that changes nothing would only hold up other changes";
    ChangeRefusedNoLearner, "change-refused/no-learner", 1, "Raft thesis §4.2.1":
        "{node} gives {peer} no vote: only a learner can be promoted.",
        "a newcomer has to get the log before it decides";
    ChangeRefusedNoMember, "change-refused/no-member", 1, "Raft §6":
        "{node} cannot take {peer} out: it is no member.",
        "only members can be taken out";
    ChangeRefusedNoVoters, "change-refused/no-voters", 1, "Raft §6":
        "{node} does not change the members: nobody would be left to vote.",
        "without voters nothing could ever be decided again";

    // Messages that count for nothing.
    AnswerStaleTerm, "answer-dropped/stale-term", 1, "Raft §5.1":
        "{node} drops an answer from {peer} to a question of an older term.",
        "an answer counts only in the term in which it was asked for";
    AnswerUnneeded, "answer-dropped/unneeded", 0, "Raft §5.1":
        "{node} no longer needs the answer of {peer}.",
        "the question is settled";
    IgnoredOtherCluster, "ignored/other-cluster", 1, "rule F6":
        "{node} ignores a message from another cluster.",
        "clusters must not mix";
    IgnoredUnknownSender, "ignored/unknown-sender", 1, "rule F6":
        "{node} ignores {peer}, which is not one of its servers.",
        "only members take part";
    IgnoredMisaddressed, "ignored/misaddressed", 1, "rule F6":
        "{node} ignores a message that is not meant for it.",
        "a server acts only on what others say to it";
    IgnoredMalformed, "ignored/malformed", 1, "rule F6":
        "{node} ignores a message from {peer} that makes no sense.",
        "no correct server sends such a thing";
    IgnoredSecondLeader, "ignored/second-leader", 2, "Raft §5.2":
        "{node} ignores {peer}: term {number} already has another leader.",
        "two leaders in one term cannot both have a majority, so this message is false";
    IgnoredContradiction, "ignored/contradiction", 2, "Raft §5.4":
        "{node} ignores {peer}, who contradicts entry {number}, which can no longer change.",
        "a committed entry stays, and a leader never rewrites entries of its own term";
} }
