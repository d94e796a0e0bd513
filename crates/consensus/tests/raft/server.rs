//! A server on the bench, and short words for what goes in and comes out.

use crate::support::Bench;
use consensus::raft::{
    Append, AppendAnswer, AppendOutcome, Configuration, Entry, EntryContent, HeartbeatRound,
    LogIndex, LogPosition, PreVoteRound, Raft, RaftDurable, RaftMessage, RaftRule, RaftSettings,
    RaftTimer, ReplicationSession, Term,
};
use consensus::{
    Answer, Boot, Call, CallId, ClientId, ClusterId, Command, Commands, Effect, Envelope,
    Incarnation, Input, Micros, NodeId, Observation, Operation, Protocol, Receiver, SessionId,
};

pub(crate) const A: NodeId = NodeId(0);
pub(crate) const B: NodeId = NodeId(1);
pub(crate) const C: NodeId = NodeId(2);
pub(crate) const D: NodeId = NodeId(3);
pub(crate) const E: NodeId = NodeId(4);

pub(crate) type Done = Vec<Effect<Raft>>;

pub(crate) fn boot(node: NodeId, size: u16, durable: RaftDurable, settings: RaftSettings) -> Raft {
    Raft::boot(Boot {
        node,
        cluster: ClusterId(0),
        incarnation: Incarnation(1),
        members: (0..size).map(NodeId).collect(),
        settings,
        durable,
    })
}

/// Server A of `size`, started.
pub(crate) fn server(size: u16) -> Bench<Raft> {
    revived(size, RaftDurable::default())
}

/// Server A of `size`, started on a disk that is not empty.
pub(crate) fn revived(size: u16, durable: RaftDurable) -> Bench<Raft> {
    set_up(size, RaftSettings::default(), durable)
}

/// Server A of `size`, started with these settings on this disk.
pub(crate) fn set_up(size: u16, settings: RaftSettings, durable: RaftDurable) -> Bench<Raft> {
    let mut bench = Bench::new(boot(A, size, durable.clone(), settings));
    bench.durable = durable;
    bench.give(Input::Start);
    bench
}

/// Server A of `size` with one entry of each of `terms`, in the last one's term.
pub(crate) fn with_log(size: u16, terms: &[u64]) -> Bench<Raft> {
    revived(size, disk_of(terms))
}

/// A disk with one entry of each of `terms`, in the last one's term.
pub(crate) fn disk_of(terms: &[u64]) -> RaftDurable {
    let mut durable = RaftDurable::default();
    for entry in entries(terms) {
        durable.term = entry.term();
        durable.log.push(entry);
    }
    durable
}

/// Server A of `size`, leading term 1 with the votes it needs, its followers probed.
pub(crate) fn leader(size: u16) -> Bench<Raft> {
    let mut bench = server(size);
    elect(&mut bench, size, 1);
    for peer in 1..size {
        bench.give(matched(NodeId(peer), 1, 0));
    }
    bench
}

/// Has A elected in `term`, the next one.
pub(crate) fn elect(bench: &mut Bench<Raft>, size: u16, term: u64) {
    bench.give(Input::Timer(RaftTimer::Election));
    for peer in 1..=size / 2 {
        bench.give(vote(NodeId(peer), term, true));
    }
    assert_eq!(bench.node.inspect().role, consensus::Role::Leader);
}

pub(crate) fn crash(bench: &Bench<Raft>, size: u16) -> Bench<Raft> {
    revived(size, bench.durable.clone())
}

pub(crate) fn command(sequence: u64) -> Command {
    Command {
        call: CallId {
            client: ClientId(1),
            sequence,
        },
        session: SessionId::LASTING,
        payload: vec![sequence as u8].into(),
    }
}

/// Entries of these terms, each with its place as its call's number.
/// An entry of `term` with the command of this number.
fn entry_of(term: u64, sequence: u64) -> Entry {
    let content = EntryContent::Command(command(sequence));
    Entry::new(Term(term), Micros::ZERO, content)
}

pub(crate) fn entries(terms: &[u64]) -> Vec<Entry> {
    let entry = |(term, sequence): (&u64, u64)| entry_of(*term, sequence);
    terms.iter().zip(1..).map(entry).collect()
}

pub(crate) fn at(index: u64, term: u64) -> LogPosition {
    LogPosition {
        term: Term(term),
        index: LogIndex(index),
    }
}

pub(crate) fn from(sender: NodeId, message: RaftMessage) -> Input<Raft> {
    Input::Receive(Envelope {
        cluster: ClusterId(0),
        sender,
        incarnation: Incarnation(1),
        receiver: Receiver::Node(A),
        message,
    })
}

pub(crate) fn vote_request(sender: NodeId, term: u64, last: LogPosition) -> Input<Raft> {
    let term = Term(term);
    let transfer = false;
    let request = RaftMessage::VoteRequest {
        term,
        last,
        transfer,
    };
    from(sender, request)
}

pub(crate) fn vote(sender: NodeId, term: u64, granted: bool) -> Input<Raft> {
    let term = Term(term);
    from(sender, RaftMessage::VoteAnswer { term, granted })
}

/// The round of A's first life with this number.
pub(crate) fn round(number: u64) -> PreVoteRound {
    PreVoteRound {
        incarnation: Incarnation(1),
        number,
    }
}

pub(crate) fn pre_vote_request(sender: NodeId, term: u64, last: LogPosition) -> Input<Raft> {
    let (term, round) = (Term(term), round(1));
    from(sender, RaftMessage::PreVoteRequest { term, round, last })
}

pub(crate) fn pre_vote(sender: NodeId, term: u64, number: u64, granted: bool) -> Input<Raft> {
    let answer = RaftMessage::PreVoteAnswer {
        term: Term(term),
        round: round(number),
        granted,
    };
    from(sender, answer)
}

pub(crate) fn timeout_now(sender: NodeId, term: u64) -> Input<Raft> {
    from(sender, RaftMessage::TimeoutNow { term: Term(term) })
}

pub(crate) fn append(
    sender: NodeId,
    term: u64,
    previous: LogPosition,
    terms: &[u64],
    commit: u64,
) -> Input<Raft> {
    let mut list = entries(terms);
    for (entry, place) in list
        .iter_mut()
        .zip(previous.index.0.saturating_add(1)..=u64::MAX)
    {
        *entry = entry_of(entry.term().0, place);
    }
    append_of(sender, term, previous, list, commit)
}

pub(crate) fn append_of(
    sender: NodeId,
    term: u64,
    previous: LogPosition,
    entries: Vec<Entry>,
    commit: u64,
) -> Input<Raft> {
    from(
        sender,
        RaftMessage::Append(Append {
            term: Term(term),
            previous,
            entries: entries.into(),
            commit: LogIndex(commit),
            ..Append::default()
        }),
    )
}

/// An entry of `term` that changes the members.
pub(crate) fn membership(term: u64, configuration: Configuration) -> Entry {
    let content = EntryContent::Membership(configuration.into());
    Entry::new(Term(term), Micros::ZERO, content)
}

pub(crate) fn heartbeat(sender: NodeId, term: u64) -> Input<Raft> {
    append(sender, term, LogPosition::ZERO, &[], 0)
}

fn append_answer(sender: NodeId, term: u64, session: u64, outcome: AppendOutcome) -> Input<Raft> {
    from(
        sender,
        RaftMessage::AppendAnswer(AppendAnswer {
            term: Term(term),
            session: ReplicationSession(session),
            round: HeartbeatRound(1),
            carried: true,
            outcome,
        }),
    )
}

pub(crate) fn matched(sender: NodeId, term: u64, index: u64) -> Input<Raft> {
    matched_in(1, sender, term, index)
}

/// As [`matched`], in a later session.
pub(crate) fn matched_in(session: u64, sender: NodeId, term: u64, index: u64) -> Input<Raft> {
    let outcome = AppendOutcome::Matched(LogIndex(index));
    append_answer(sender, term, session, outcome)
}

pub(crate) fn differs(sender: NodeId, term: u64, at: u64, agree: LogPosition) -> Input<Raft> {
    differs_in(1, sender, term, at, agree)
}

/// As [`differs`], in a later session.
pub(crate) fn differs_in(
    session: u64,
    sender: NodeId,
    term: u64,
    at: u64,
    agree: LogPosition,
) -> Input<Raft> {
    let at = LogIndex(at);
    let outcome = AppendOutcome::Differs { at, agree };
    append_answer(sender, term, session, outcome)
}

fn write(sequence: u64) -> Call {
    Call {
        operation: Operation::Write,
        command: command(sequence),
    }
}

pub(crate) fn call(sequence: u64) -> Input<Raft> {
    Input::Call(write(sequence))
}

/// These calls together.
pub(crate) fn calls(sequences: &[u64]) -> Input<Raft> {
    Input::Calls(sequences.iter().copied().map(write).collect())
}

pub(crate) fn messages(done: &Done) -> Vec<(NodeId, RaftMessage)> {
    let sent = |effect: &Effect<Raft>| match effect {
        Effect::Send { to, message } => Some((*to, message.clone())),
        _ => None,
    };
    done.iter().filter_map(sent).collect()
}

/// The answer to a vote request, if one was sent.
pub(crate) fn voted(done: &Done) -> Option<(u64, bool)> {
    messages(done).into_iter().find_map(|(_, m)| match m {
        RaftMessage::VoteAnswer { term, granted } => Some((term.0, granted)),
        _ => None,
    })
}

/// The answer to a pre-vote request, if one was sent: its term, and whether it is a yes.
pub(crate) fn pre_voted(done: &Done) -> Option<(u64, bool)> {
    messages(done).into_iter().find_map(|(_, m)| match m {
        RaftMessage::PreVoteAnswer { term, granted, .. } => Some((term.0, granted)),
        _ => None,
    })
}

/// The answer to an append, if one was sent.
pub(crate) fn outcome(done: &Done) -> Option<AppendOutcome> {
    messages(done).into_iter().find_map(|(_, m)| match m {
        RaftMessage::AppendAnswer(answer) => Some(answer.outcome),
        _ => None,
    })
}

pub(crate) fn says_matched(done: &Done, index: u64) -> bool {
    outcome(done) == Some(AppendOutcome::Matched(LogIndex(index)))
}

pub(crate) fn said(done: &Done, rule: RaftRule) -> bool {
    done.iter()
        .any(|effect| matches!(effect, Effect::Why { rule: r, .. } if *r == rule))
}

pub(crate) fn armed(done: &Done) -> bool {
    let patience = |effect: &Effect<Raft>| {
        matches!(
            effect,
            Effect::Arm {
                timer: RaftTimer::Election,
                ..
            }
        )
    };
    done.iter().any(patience)
}

pub(crate) fn observed(done: &Done) -> Vec<Observation> {
    let seen = |effect: &Effect<Raft>| match effect {
        Effect::Observe(observation) => Some(observation.clone()),
        _ => None,
    };
    done.iter().filter_map(seen).collect()
}

pub(crate) fn answers(done: &Done) -> Vec<(u64, Answer)> {
    let answer = |effect: &Effect<Raft>| match effect {
        Effect::Answer { call, answer } => Some((call.sequence, answer.clone())),
        _ => None,
    };
    done.iter().filter_map(answer).collect()
}

/// What the state machine was given to carry out, with its positions.
pub(crate) fn handed(done: &Done) -> Vec<(u64, Command)> {
    let runs = done.iter().filter_map(|effect| match effect {
        Effect::Apply(run) => Some(run),
        _ => None,
    });
    let commands = runs.flat_map(Commands::placed);
    commands.map(|(at, it)| (at, it.clone())).collect()
}

/// Where what the state machine was given to carry out stands.
pub(crate) fn handed_at(done: &Done) -> Vec<u64> {
    handed(done).iter().map(|it| it.0).collect()
}

/// The terms of its log.
pub(crate) fn log(bench: &Bench<Raft>) -> Vec<u64> {
    let log = bench.node.inspect().log;
    log.iter().map(|entry| entry.term).collect()
}

pub(crate) fn committed(bench: &Bench<Raft>) -> u64 {
    bench.node.inspect().committed
}
