//! Every decision of the oldest-peer rule, and the sentence that tells it.

use crate::rule_table::rules;

rules! {
    /// A decision of the oldest-peer rule.
    AlmightyRule:
    Joins, "joins", 2, "rule A15":
        "{node} joins and tells everyone who it is.",
        "a broadcast reaches peers that it does not know yet";
    PeerEntered, "peer-entered", 1, "rule A2":
        "{node} writes {peer} into its ledger.",
        "every peer keeps a ledger of whom it knows and how old they are";
    LeaderWelcomes, "leader-welcomes", 2, "rule A7":
        "{node} leads, so it alone sends {peer} the ledger and the secret.",
        "only the leader answers a joiner";
    StampedByLeader, "stamped-by-leader", 1, "rule A1":
        "{node} takes the age that {peer} gives it.",
        "here the leader's clock says when somebody joined";
    AsksForStamp, "asks-for-stamp", 1, "rule A1":
        "{node} has no age yet, and asks again: {peer} was here before it.",
        "its own clock must not make it older than it is";
    HearsElectionWhileJoining, "hears-election-while-joining", 1, "rule A15":
        "{node} hears of an election and still waits for a leader's answer.",
        "a leader that lives would send it the ledger";
    JoinsOpenElection, "joins-open-election", 2, "rule A15":
        "No leader answers, so {node} joins the election that {peer} called.",
        "an election that is open needs no second call";
    NoLeaderAnswers, "no-leader-answers", 2, "rule A15":
        "No leader answers {node}, so it calls an election.",
        "somebody has to found the cluster";
    LeaderlessCalls, "leaderless-calls", 2, "rule A15":
        "{node} finds no leader, so it calls an election.",
        "whoever is without a leader asks who is the oldest";
    JoinsElection, "joins-election", 1, "rule A18":
        "{node} takes part in the election that {peer} called.",
        "only the latest election counts";
    EldestClaims, "eldest-claims", 2, "rule A1":
        "{node} knows no older peer alive, so it claims to lead.",
        "the oldest wins, and nobody can outvote it";
    WaitsForOlder, "waits-for-older", 1, "rule A18":
        "{node} waits, because {peer} is older and has to win.",
        "no newer peer can outvote an older one";
    Leads, "leads", 2, "rule A4":
        "{node} leads, and tells everyone its new secret and its ledger.",
        "a secret made for this reign will prove that it never died";
    AcceptsWinner, "accepts-winner", 1, "rule A18":
        "{node} follows {peer}.",
        "it knows no older peer that lives";
    NoWinnerInTime, "no-winner-in-time", 2, "rule A18":
        "{peer} claims nothing in time, so {node} marks it dead and calls again.",
        "an older peer that lives would have spoken";
    AgreesOnDeath, "agrees-on-death", 1, "rule A18":
        "{node} has waited for {peer} in vain too, and marks it dead.",
        "the caller names it, and its own wait agrees";
    OlderThanLeader, "older-than-leader", 2, "rule A18":
        "{node} is older than {peer}, so it calls an election.",
        "the oldest leads, even one that comes late";
    OlderPeerLives, "older-peer-lives", 2, "rule A18":
        "{node} hears from {peer}, who is older, and calls an election.",
        "a leader that is not the oldest has to give way";
    IgnoresOldElection, "ignores-old-election", 1, "rule A3":
        "{node} ignores the election of {peer}, because a later one counts.",
        "only the latest election id counts";
    IgnoresOldWinner, "ignores-old-winner", 1, "rule A3":
        "{node} ignores {peer}, who won an earlier election.",
        "results of earlier elections change nothing";
    IgnoresClosedElection, "ignores-closed-election", 1, "rule A19":
        "{node} ignores {peer}, because that election is closed.",
        "a closed election gains no other winner";
    ElectionCloses, "election-closes", 0, "rule A19":
        "{node} closes the election for good.",
        "one settle window has passed since its first winner";
    RefusesYoungerWinner, "refuses-younger-winner", 1, "rule A1":
        "{node} accepts no younger winner while {peer} may live.",
        "an older peer has not been found dead";
    YoungerClaims, "younger-claims", 2, "rule A1":
        "{peer} claims to lead, but {node} is older and objects.",
        "there is no way for a new peer to outvote an older one";
    EldersTellNewcomer, "elders-tell-newcomer", 2, "rule A13":
        "{node} is older than the newcomer {peer}, and broadcasts its ledger.",
        "the newcomer does not know who else is here";
    TwoWinners, "two-winners", 2, "rule A12":
        "{node} sees that {peer} won the same election too.",
        "two secrets for one election: the winners knew different peers";
    StrangerWinsToo, "stranger-wins-too", 2, "rule A13":
        "{node} sees a newcomer win against it: {peer} is in the conflict.",
        "somebody took part without a ledger";
    TellsLedger, "tells-ledger", 1, "rule A12":
        "{node} broadcasts its ledger, so that all can merge it.",
        "a fair election needs everyone in every ledger";
    LedgerMerged, "ledger-merged", 1, "rule A20":
        "{node} learns of {number} peers from the ledger of {peer}.",
        "ledgers are joined: each node once, in its latest life";
    MergedCalls, "merged-calls", 2, "rule A18":
        "{node} has merged the ledgers and calls a fresh election.",
        "now everyone knows everyone, so the election is fair";
    FaceOffSent, "face-off-sent", 2, "rule A10":
        "{node} meets another leader, {peer}, and sends it a face-off.",
        "two leaders mean a split brain";
    FaceOffReceived, "face-off-received", 2, "rule A10":
        "{node} takes the face-off of {peer} and shares its ledger.",
        "both leaders broadcast whom they know";
    FaceOffTooLate, "face-off-too-late", 1, "rule A10":
        "{node} ignores the face-off of {peer}: that reign is over.",
        "it no longer leads where the face-off points";
    FaceOffAgain, "face-off-again", 1, "rule A11":
        "{peer} does not answer, so {node} sends its face-off again: {number} of {of}.",
        "the other leader may be dead, or the message lost";
    FaceOffUnanswered, "face-off-unanswered", 2, "rule A11":
        "{peer} never answers the face-off, so {node} calls an election.",
        "the peers of a dead leader must not stay outside";
    ChecksLeader, "checks-leader", 1, "rule A11":
        "{node} hears of {peer}'s cluster and asks its own leader at once.",
        "its leader may have died unnoticed";
    PongWithSecret, "pong-with-secret", 0, "rule A5":
        "{node} answers {peer} with the secret.",
        "only who has led all along knows it";
    PongWithoutSecret, "pong-without-secret", 1, "rule A5":
        "{node} has no secret to answer {peer} with.",
        "it does not lead";
    PongProves, "pong-proves", 0, "rule A5":
        "{node} gets the right secret from {peer}.",
        "its leader lives, and never died in between";
    PongMissed, "pong-missed", 1, "rule A17":
        "{node} misses a pong from {peer}: {number} of {of}.",
        "so many missed pongs in a row mean death";
    IgnoresLatePong, "ignores-late-pong", 0, "rule A5":
        "{node} ignores a late pong from {peer}.",
        "it answers an earlier question";
    LeaderDead, "leader-dead", 2, "rule A17":
        "{peer} missed {number} pongs, so {node} drops the secret and calls an election.",
        "a leader that stays silent is dead";
    LeaderResurrected, "leader-resurrected", 2, "rule A5":
        "{peer} does not know the secret, so {node} calls an election.",
        "it died and came back without its data, however short the gap";
    LeaderStoodDown, "leader-stood-down", 1, "rule A7":
        "{peer} says that it leads no more, and {node} asks who does.",
        "it missed an election, and the leader will tell it";
    LeaderLeft, "leader-left", 2, "rule A14":
        "{peer} leaves, so {node}, the oldest left, calls an election at once.",
        "a good-bye needs no waiting";
    LeaderLeftWait, "leader-left-wait", 1, "rule A14":
        "{peer} leaves, and {node} lets an older peer call first.",
        "one call is enough";
    PeerLeaves, "peer-leaves", 2, "rule A14":
        "{node} hears {peer} say good-bye, and strikes it out.",
        "a good-bye is final for this life";
    Leaves, "leaves", 2, "rule A14":
        "{node} says good-bye to everyone.",
        "who tells the others spares them the wait";
    PeerMarkedDead, "peer-marked-dead", 2, "rule A17":
        "{peer} has not pinged for {number} intervals, so {node} marks it dead.",
        "peers that live ask for the secret";
    PeerRevived, "peer-revived", 1, "rule A16":
        "{node} hears from {peer}, believed dead, and counts it as alive.",
        "a false suspicion costs no age";
    EarlierLifeOver, "earlier-life-over", 1, "rule A16":
        "{node} hears {peer} speak in a later life, so the earlier one is over.",
        "a return is another peer under the same name, with an age of its own";
    ReportsUnknown, "reports-unknown", 1, "rule A2":
        "{node} tells its leader {peer} of peers that it lacks.",
        "ledgers should be equal";
    TellsStalePeer, "tells-stale-peer", 1, "rule A7":
        "{node} tells {peer} of the newer reign that it missed.",
        "the leader sends the secret to a peer that lacks it";
    AnnouncesAgain, "announces-again", 0, "rule A20":
        "{node} announces again that it leads.",
        "clusters that were apart would not notice each other otherwise";
    RotatesSecret, "rotates-secret", 1, "rule A8":
        "{node} changes its secret for the {number}. time.",
        "an old secret is worth less";
    SecretChanges, "secret-changes", 0, "rule A8":
        "{node} takes the new secret of {peer}.",
        "whoever knows the old secret may change it";
    StoresAlone, "stores-alone", 2, "rule A9":
        "{node} stores change {number}, alone.",
        "shared data lives with the leader and dies with it";
    ReadsAlone, "reads-alone", 1, "rule A9":
        "{node} answers a read from its own data.",
        "nobody else has the data";
    ClientRedirected, "client-redirected", 2, "rule F6":
        "{node} sends the client on to {peer}.",
        "only the leader serves clients";
    ClientRefused, "client-refused", 2, "rule F6":
        "{node} refuses the client, because it knows no leader.",
        "an election has to end first";
    CallRepeated, "call-repeated", 0, "rule F6":
        "{node} already works on this call.",
        "the same call is not carried out twice at once";
    CallsLost, "calls-lost", 1, "rule F6":
        "{node} leads no more, and a waiting call is lost.",
        "whether it took effect is unknown";
    DataDropped, "data-dropped", 2, "rule A9":
        "{node} drops its {number} changes, because another leads now.",
        "data belongs to the leader alone";
    OperatorCalls, "operator-calls", 2, "rule A18":
        "{node} is told to call an election, and does.",
        "the oldest wins it again, so it does no harm";
    Malformed, "malformed", 1, "rule F4":
        "{node} ignores a message from {peer} that makes no sense.",
        "no message may harm a peer";
    MessageIgnored, "message-ignored", 0, "rule F6":
        "{node} ignores a message from {peer}.",
        "it comes from an earlier life, or is for somebody else";
}
