//! Any input whatever, true or forged, as the noise makes it.

use crate::server::*;
use consensus::raft::{
    Append, AppendAnswer, AppendOutcome, Configuration, Entry, EntryContent, HeartbeatRound,
    LogIndex, LogPosition, PreVoteRound, Raft, RaftMessage, RaftTimer, ReadNumber,
    ReplicationSession, Snapshot, SnapshotAnswer, SnapshotChunk, SnapshotOutcome, Term,
};
use consensus::{
    Applied, Call, ClusterId, Command, Control, Envelope, Incarnation, Input, MembershipChange,
    Micros, NodeId, Operation, Output, Receiver, SessionId, SnapshotId, Token,
};
use proptest::prelude::*;
use std::sync::Arc;

/// One thing that happens.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    Input(Input<Raft>),
    /// Time passes, in milliseconds: writes complete, and timers may fire.
    Pass(u64),
    /// The server crashes, and comes back on what its disk kept.
    Crash,
    /// It stands, and gets the votes: without such help, noise alone makes few leaders.
    Win,
    /// C answers its latest pre-vote request.
    PreVoted(bool),
    /// B leads its term or the next one, and sends entries that may follow after a place in its
    /// log, of this or an older term.
    Led {
        next: bool,
        place: prop::sample::Index,
        terms: Vec<u64>,
    },
    /// B leads its term, changes the members at a place in its log, and says that it is done.
    Reformed {
        place: prop::sample::Index,
        configuration: Configuration,
    },
    /// A peer answers its latest append.
    Asserted(NodeId),
    /// A peer asks about a read.
    Asked {
        peer: NodeId,
        number: u64,
    },
    /// B answers its latest question about reads.
    Told(Option<LogIndex>),
    /// A peer confirms its log up to a place, or refuses there.
    Answered {
        peer: NodeId,
        session: u64,
        place: prop::sample::Index,
        yes: bool,
    },
}

fn number() -> impl Strategy<Value = u64> {
    prop_oneof![20 => 0..6_u64, 1 => Just(u64::MAX), 1 => Just(u64::MAX / 2), 1 => any::<u64>()]
}

fn term() -> impl Strategy<Value = Term> {
    number().prop_map(Term)
}

fn index() -> impl Strategy<Value = LogIndex> {
    number().prop_map(LogIndex)
}

fn position() -> impl Strategy<Value = LogPosition> {
    (term(), index()).prop_map(|(term, index)| LogPosition { term, index })
}

/// A command of one of few calls, in one of few sessions.
fn any_command() -> impl Strategy<Value = Command> {
    let sequence = prop_oneof![2 => 0..9_u64, 1 => 0..40_u64];
    (sequence, 0..4_u64).prop_map(|(sequence, session)| Command {
        session: SessionId(session),
        ..command(sequence)
    })
}

/// Stamps that now and then fall.
fn stamp() -> impl Strategy<Value = Micros> {
    prop_oneof![20 => 0..9_u64, 1 => number()].prop_map(Micros::from_millis)
}

/// Of the servers that speak in this noise; some make no sense.
fn configuration() -> impl Strategy<Value = Configuration> {
    let nodes = || prop::sample::subsequence((0..4).map(NodeId).collect::<Vec<_>>(), 0..=4);
    (nodes(), nodes(), nodes(), any::<bool>()).prop_map(|(voters, outgoing, learners, joint)| {
        Configuration {
            learners: learners
                .into_iter()
                .filter(|it| !voters.contains(it))
                .collect(),
            voters: voters.into(),
            outgoing: if joint { outgoing.into() } else { [].into() },
        }
    })
}

fn change() -> impl Strategy<Value = MembershipChange> {
    let node = || (0..4_u16).prop_map(NodeId);
    prop_oneof![
        2 => node().prop_map(MembershipChange::AddLearner),
        2 => node().prop_map(MembershipChange::Promote),
        1 => node().prop_map(MembershipChange::Remove),
        1 => configuration().prop_map(|it| MembershipChange::Replace {
            voters: it.voters,
            learners: it.learners,
        }),
    ]
}

pub(crate) fn entry_list() -> impl Strategy<Value = Vec<Entry>> {
    let content = prop_oneof![
        9 => any_command().prop_map(EntryContent::Command),
        1 => Just(EntryContent::NoOp),
        2 => Just(EntryContent::OpenSession(command(0).call)),
        1 => configuration().prop_map(|it| EntryContent::Membership(it.into())),
    ];
    let entry = (1..5_u64, stamp(), content)
        .prop_map(|(term, at, content)| Entry::new(Term(term), at, content));
    let sorted = (prop::collection::vec(entry, 0..5), 0..9_u8).prop_map(|(mut list, order)| {
        list.sort_by_key(Entry::term);
        if order > 0 {
            let mut stamps: Vec<_> = list.iter().map(Entry::at).collect();
            stamps.sort_unstable();
            for (entry, at) in list.iter_mut().zip(stamps) {
                *entry = Entry::new(entry.term(), at, entry.content().clone());
            }
        }
        list
    });
    sorted.boxed()
}

fn any_call() -> impl Strategy<Value = Call> {
    let operation = prop_oneof![
        2 => Just(Operation::Write),
        1 => Just(Operation::Read),
    ];
    let usual =
        (operation, any_command()).prop_map(|(operation, command)| Call { operation, command });
    prop_oneof![
        6 => usual,
        1 => Just(Call {
            operation: Operation::OpenSession,
            command: command(0),
        }),
    ]
}

fn round_of_questions() -> impl Strategy<Value = PreVoteRound> {
    (1..3_u32, 1..4_u64).prop_map(|(life, number)| PreVoteRound {
        incarnation: Incarnation(life),
        number,
    })
}

/// Mostly the first, where a reign begins; 0 is before them all.
fn session() -> impl Strategy<Value = u64> {
    prop_oneof![6 => Just(1), 1 => Just(0), 2 => 2..5_u64]
}

fn session_and_round() -> impl Strategy<Value = (ReplicationSession, HeartbeatRound)> {
    let session = prop_oneof![6 => session(), 1 => any::<u64>()];
    (session, number())
        .prop_map(|(session, round)| (ReplicationSession(session), HeartbeatRound(round)))
}

/// Pieces that never make a whole, and answers to any.
fn about_snapshots() -> impl Strategy<Value = RaftMessage> {
    let outcome = prop_oneof![
        number().prop_map(SnapshotOutcome::Received),
        Just(SnapshotOutcome::Installed),
        Just(SnapshotOutcome::Stale),
    ];
    let of = || (term(), session_and_round());
    prop_oneof![
        (of(), position(), configuration(), number(), 0..3_u64).prop_map(
            |((term, (session, round)), last, configuration, offset, len)| {
                let len = offset.saturating_add(len);
                RaftMessage::Snapshot(Box::new(SnapshotChunk {
                    term,
                    session,
                    round,
                    snapshot: Snapshot {
                        last,
                        digest: 0,
                        configuration,
                    },
                    offset,
                    len: len.saturating_add(1),
                    bytes: (offset..len).map(|it| it as u8).collect(),
                    sessions: (offset == 0).then(Arc::default),
                }))
            }
        ),
        (of(), index(), outcome).prop_map(|((term, (session, round)), last, outcome)| {
            RaftMessage::SnapshotAnswer(SnapshotAnswer {
                term,
                session,
                round,
                last,
                outcome,
            })
        }),
    ]
}

fn outcome_of_append() -> impl Strategy<Value = AppendOutcome> {
    prop_oneof![
        index().prop_map(AppendOutcome::Matched),
        (index(), position()).prop_map(|(at, agree)| AppendOutcome::Differs { at, agree }),
        Just(AppendOutcome::Stale),
    ]
}

/// The question of a server's first life with this number.
pub(crate) const fn read_number(number: u64) -> ReadNumber {
    let incarnation = Incarnation(1);
    ReadNumber {
        incarnation,
        number,
    }
}

fn message() -> impl Strategy<Value = RaftMessage> {
    prop_oneof![
        6 => (term(), position(), any::<bool>())
            .prop_map(|(term, last, transfer)| RaftMessage::VoteRequest { term, last, transfer }),
        2 => (term(), round_of_questions(), position())
            .prop_map(|(term, round, last)| RaftMessage::PreVoteRequest { term, round, last }),
        2 => (term(), round_of_questions(), any::<bool>())
            .prop_map(|(term, round, granted)| RaftMessage::PreVoteAnswer { term, round, granted }),
        1 => term().prop_map(|term| RaftMessage::TimeoutNow { term }),
        1 => about_snapshots(),
        1 => (term(), number().prop_map(read_number))
            .prop_map(|(term, read)| RaftMessage::ReadRequest { term, read }),
        1 => (term(), number().prop_map(read_number), prop::option::of(index()))
            .prop_map(|(term, read, index)| RaftMessage::ReadAnswer { term, read, index }),
        2 => (term(), any::<bool>())
            .prop_map(|(term, granted)| RaftMessage::VoteAnswer { term, granted }),
        4 => (term(), session_and_round(), position(), entry_list(), index()).prop_map(
            |(term, (session, round), previous, entries, commit)| RaftMessage::Append(Append {
                term,
                session,
                round,
                previous,
                entries: entries.into(),
                commit,
            })
        ),
        2 => (term(), session_and_round(), any::<bool>(), outcome_of_append()).prop_map(
            |(term, (session, round), carried, outcome)| {
                RaftMessage::AppendAnswer(AppendAnswer {
                    term,
                    session,
                    round,
                    carried,
                    outcome,
                })
            }
        ),
    ]
}

fn envelope() -> impl Strategy<Value = Envelope<RaftMessage>> {
    let cluster = prop_oneof![30 => Just(0_u32), 1 => Just(1)];
    (cluster, 0..4_u16, 0..20_u16, message()).prop_map(|(cluster, sender, receiver, message)| {
        Envelope {
            cluster: ClusterId(cluster),
            sender: NodeId(sender),
            incarnation: Incarnation(1),
            receiver: match receiver {
                0 => Receiver::Node(B),
                1 => Receiver::Everyone,
                _ => Receiver::Node(A),
            },
            message,
        }
    })
}

pub(crate) fn event() -> impl Strategy<Value = Event> {
    let output = || Output::new([0]);
    let input = prop_oneof![
        12 => envelope().prop_map(Input::Receive),
        3 => Just(Input::Timer(RaftTimer::Election)),
        1 => Just(Input::Timer(RaftTimer::Heartbeat)),
        2 => any_call().prop_map(Input::Call),
        1 => prop::collection::vec(0..9_u64, 0..4).prop_map(|numbers| calls(&numbers)),
        // More than a session keeps.
        1 => Just(calls(&(10..27).collect::<Vec<_>>())),
        1 => number().prop_map(|token| Input::Stored(Token(token))),
        1 => number().prop_map(move |index| Input::Applied(Applied::one(index, output()))),
        1 => (0..9_u64)
            .prop_map(move |it| Input::Queried { call: command(it).call, output: output() }),
        1 => Just(Input::Control(Control::TimeOut)),
        1 => Just(Input::Control(Control::Leave)),
        2 => (0..4_u16).prop_map(|node| Input::Control(Control::TransferTo(NodeId(node)))),
        4 => change().prop_map(|it| Input::Control(Control::ChangeMembership(it))),
        1 => Just(Input::Start),
        1 => Just(Input::Unreachable(B)),
        1 => Just(Input::SnapshotInstalled { id: SnapshotId(1) }),
    ];
    prop_oneof![
        20 => input.prop_map(Event::Input),
        12 => (0..12_u64).prop_map(Event::Pass),
        1 => Just(Event::Crash),
        1 => Just(Event::Win),
        1 => any::<bool>().prop_map(Event::PreVoted),
        3 => (any::<bool>(), any::<prop::sample::Index>(), prop::collection::vec(0..3_u64, 0..3))
            .prop_map(|(next, place, terms)| Event::Led { next, place, terms }),
        2 => (any::<prop::sample::Index>(), configuration())
            .prop_map(|(place, configuration)| Event::Reformed { place, configuration }),
        1 => (1..3_u16).prop_map(|peer| Event::Asserted(NodeId(peer))),
        1 => (1..3_u16, 1..9_u64)
            .prop_map(|(peer, number)| Event::Asked { peer: NodeId(peer), number }),
        1 => prop::option::of(index()).prop_map(Event::Told),
        4 => (1..3_u16, session(), any::<prop::sample::Index>(), any::<bool>()).prop_map(
            |(peer, session, place, yes)| {
                let peer = NodeId(peer);
                Event::Answered { peer, session, place, yes }
            }
        ),
    ]
}
