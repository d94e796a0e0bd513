//! The clients' sessions (Raft §8, thesis §6.3).

use crate::any_input::entry_list;
use crate::server::*;
use crate::session_model::{KEPT, carried_out};
use crate::support::Bench;
use consensus::raft::{
    Append, Entry, EntryContent, LogIndex, LogPosition, Raft, RaftDurable, RaftMessage, RaftRule,
    RaftSettings, RaftTimer, Term,
};
use consensus::{
    Answer, Applied, Call, CallId, ClientId, Command, Effect, Input, Micros, NodeId, Operation,
    Output, Protocol, Refusal, SessionId, digest_of,
};
use proptest::prelude::*;
use simulator::{Driver, DriverError, What};
use std::collections::BTreeMap;

pub(crate) const EXPIRY: Micros = Micros::from_secs(10);

/// Sessions that have to be opened, and expire.
pub(crate) fn expiring() -> RaftSettings {
    RaftSettings {
        session_expiry: Some(EXPIRY),
        ..RaftSettings::paper()
    }
}

/// The only server of its cluster, leading: what it appends is committed at once.
pub(crate) fn alone(settings: RaftSettings, durable: RaftDurable) -> Bench<Raft> {
    let mut bench = set_up(1, settings, durable);
    bench.give(Input::Timer(RaftTimer::Election));
    assert_eq!(bench.node.inspect().role, consensus::Role::Leader);
    bench
}

pub(crate) fn in_session(session: u64, sequence: u64) -> Command {
    Command {
        session: SessionId(session),
        ..command(sequence)
    }
}

pub(crate) fn ask(operation: Operation, command: Command) -> Input<Raft> {
    Input::Call(Call { operation, command })
}

pub(crate) fn write(command: Command) -> Input<Raft> {
    ask(Operation::Write, command)
}

/// Opens a session, and gives its name.
pub(crate) fn open(bench: &mut Bench<Raft>, sequence: u64) -> u64 {
    let done = bench.give(ask(Operation::OpenSession, command(sequence)));
    let [(answered, Answer::Done(output))] = &answers(&done)[..] else {
        panic!("no session: {done:?}")
    };
    assert_eq!(*answered, sequence);
    u64::from_le_bytes(output.as_bytes().try_into().expect("eight bytes"))
}

pub(crate) fn refusal(done: &Done) -> Option<Refusal> {
    answers(done)
        .into_iter()
        .find_map(|(_, answer)| match answer {
            Answer::Refused { reason, .. } => Some(reason),
            Answer::Done(_) => None,
        })
}

pub(crate) fn is_done(done: &Done, sequence: u64) -> bool {
    let output = Output::new(command(sequence).payload);
    answers(done) == [(sequence, Answer::Done(output))]
}

pub(crate) fn entry(term: u64, at: Micros, content: EntryContent) -> Entry {
    Entry::new(Term(term), at, content)
}

/// A log whose second half repeats its first: the client of call 1 asked two leaders.
fn doubled() -> RaftDurable {
    let mut durable = disk_of(&[1, 1]);
    let first = durable.log.get(LogIndex(1)).expect("an entry").clone();
    durable.log.push(first);
    durable
}

/// §8: a command whose number was executed before is answered at once, and not executed again.
#[test]
fn a_call_that_was_answered_is_answered_again_without_an_entry() {
    let mut bench = alone(RaftSettings::paper(), RaftDurable::default());
    assert!(is_done(&bench.give(call(1)), 1));
    let again = bench.give(call(1));
    assert!(is_done(&again, 1) && said(&again, RaftRule::ClientAnsweredAgain));
    assert_eq!((log(&bench).len(), handed_at(&again)), (1, vec![]));
}

#[test]
fn what_stands_in_the_log_twice_is_carried_out_once_and_its_client_gets_the_one_answer() {
    let mut bench = alone(RaftSettings::paper(), doubled());
    // The client asks a third leader, who cannot know yet what is committed.
    let done = bench.give(call(2));
    assert_eq!(handed_at(&done), [1, 2], "not 3, and not the fourth entry");
    let repeated = |effect: &&Effect<Raft>| matches!(effect, Effect::Why { rule, .. } if *rule == RaftRule::CommandRepeated);
    assert_eq!(done.iter().filter(repeated).count(), 2);
    assert!(is_done(&done, 2));
}

#[test]
fn a_copy_that_is_passed_over_while_the_first_one_is_carried_out_is_answered_with_it() {
    let mut durable = disk_of(&[1]);
    durable.term = Term(1);
    let mut raft = boot(A, 1, durable, RaftSettings::paper());
    let mut out = consensus::Effects::new();
    let mut step = |input| {
        let (monotonic, wall) = (Micros::ZERO, Micros::ZERO);
        raft.step(consensus::Now { monotonic, wall }, input, &mut out);
        out.drain().collect::<Vec<_>>()
    };
    let inputs = [Input::Start, Input::Timer(RaftTimer::Election)];
    inputs.into_iter().for_each(|input| drop(step(input)));
    step(Input::Stored(consensus::Token(1)));
    // The same call, in another entry; both are committed at once, and neither is carried out.
    step(call(1));
    let done = step(Input::Stored(consensus::Token(2)));
    assert_eq!(handed_at(&done), [1]);
    assert!(said(&done, RaftRule::CommandRepeated) && answers(&done).is_empty());
    let output = Output::new(command(1).payload);
    let done = step(Input::Applied(Applied::one(1, output)));
    assert!(is_done(&done, 1));
}

/// Thesis §6.3: a client may have several calls open at a time, and its session keeps an answer for
/// each. They reach the log in any order, and their numbers rise by any step.
#[test]
fn calls_that_are_open_together_are_carried_out_in_any_order_and_each_once() {
    let mut bench = alone(RaftSettings::paper(), RaftDurable::default());
    let order = [9, 3, 70, 1, 5];
    for sequence in order {
        assert!(is_done(&bench.give(call(sequence)), sequence));
    }
    for sequence in order {
        let again = bench.give(call(sequence));
        assert!(is_done(&again, sequence) && said(&again, RaftRule::ClientAnsweredAgain));
        assert_eq!(handed_at(&again), []);
    }
}

/// A session keeps so many commands; what is older than these is refused, whether it was carried
/// out or not.
#[test]
fn a_call_that_is_older_than_all_that_its_session_keeps_is_out_of_date() {
    let kept = KEPT as u64;
    let mut bench = alone(RaftSettings::paper(), RaftDurable::default());
    for sequence in 1..kept {
        bench.give(call(sequence * 10));
    }
    assert!(is_done(&bench.give(call(1)), 1), "one has room");
    assert!(
        is_done(&bench.give(call(11)), 11),
        "it takes the place of 1"
    );
    for late in [0, 1, 9] {
        let refused = bench.give(call(late));
        assert_eq!(refusal(&refused), Some(Refusal::OutOfDate));
        assert!(said(&refused, RaftRule::CallRefusedOutOfDate));
    }
    assert!(
        is_done(&bench.give(call(10)), 10),
        "the oldest that is kept"
    );
}

/// The same in the log, where no leader stands before it.
#[test]
fn an_entry_that_is_older_than_all_that_its_session_keeps_is_passed_over() {
    let mut durable = disk_of(&[1; KEPT + 1]);
    let first = durable.log.get(LogIndex(1)).expect("an entry").clone();
    durable.log.push(first);
    let mut bench = alone(RaftSettings::paper(), durable);
    let done = bench.give(call(99));
    assert_eq!(handed_at(&done).len(), KEPT + 2);
    assert!(said(&done, RaftRule::CommandOutOfDate));
}

#[test]
fn clients_have_sessions_of_their_own() {
    let mut bench = alone(RaftSettings::paper(), RaftDurable::default());
    bench.give(call(7));
    let call = CallId {
        client: ClientId(2),
        sequence: 3,
    };
    let other = Command { call, ..command(3) };
    assert_eq!(handed_at(&bench.give(write(other))), [2]);
}

#[test]
fn where_sessions_never_end_the_first_command_opens_one_and_nobody_has_to_ask() {
    let mut bench = alone(RaftSettings::paper(), RaftDurable::default());
    assert_eq!(open(&mut bench, 1), SessionId::LASTING.0);
    assert!(log(&bench).is_empty());
    let unknown = bench.give(write(in_session(5, 1)));
    assert_eq!(refusal(&unknown), Some(Refusal::NoSession));
}

/// Thesis §6.3: a client registers, and the index of the entry that does it becomes its name.
#[test]
fn a_session_is_named_after_the_entry_that_opened_it() {
    let mut bench = alone(expiring(), RaftDurable::default());
    let first = open(&mut bench, 1);
    let second = open(&mut bench, 1);
    assert_eq!((first, second), (1, 2), "asked twice, two are opened");
    assert!(is_done(&bench.give(write(in_session(first, 2))), 2));
    let stranger = Command {
        call: CallId {
            client: ClientId(2),
            sequence: 1,
        },
        ..in_session(first, 1)
    };
    let refused = bench.give(write(stranger));
    assert_eq!(refusal(&refused), Some(Refusal::NoSession), "not its own");
}

/// Thesis §6.3: without a session a command could be carried out twice, so it must not be at all.
#[test]
fn where_sessions_expire_a_command_needs_one() {
    let mut bench = alone(expiring(), RaftDurable::default());
    let refused = bench.give(call(1));
    assert_eq!(refusal(&refused), Some(Refusal::NoSession));
    assert!(said(&refused, RaftRule::CallRefusedNoSession));
    assert!(log(&bench).is_empty(), "at once, where the table shows it");
    // It could be opened by an entry that this leader has yet to hand over; it is not.
    let refused = bench.give(write(in_session(9, 1)));
    assert_eq!(refusal(&refused), Some(Refusal::NoSession));
    assert!(said(&refused, RaftRule::CommandWithoutSession));
    assert_eq!(handed_at(&refused), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Every server comes to the same, from the log alone and in whatever portions it is
    /// committed.
    #[test]
    fn what_is_carried_out_follows_from_the_log_alone(
        lists in prop::collection::vec(entry_list(), 0..12),
        expiry in prop::option::of((1..9_u64).prop_map(Micros::from_millis)),
        portions in prop::collection::vec(1..7_u64, 60),
    ) {
        let mut entries: Vec<Entry> = lists.concat();
        // Who is a member is another matter.
        entries.retain(|it| !matches!(it.content(), EntryContent::Membership(_)));
        for it in &mut entries {
            *it = Entry::new(Term(1), it.at(), it.content().clone());
        }
        let mut durable = RaftDurable { term: Term(1), ..RaftDurable::default() };
        for entry in &entries {
            durable.log.push(entry.clone());
        }
        let settings = RaftSettings { session_expiry: expiry, ..RaftSettings::paper() };
        let mut bench = set_up(3, settings, durable);
        let (end, mut commit, mut done) = (entries.len() as u64, 0, Vec::new());
        for portion in portions {
            commit = end.min(commit + portion);
            let append = Append {
                term: Term(1),
                previous: if end > 0 { at(end, 1) } else { LogPosition::ZERO },
                commit: LogIndex(commit),
                ..Append::default()
            };
            done.extend(handed_at(&bench.give(from(B, RaftMessage::Append(append)))));
        }
        prop_assert_eq!(done, carried_out(&entries, expiry));
    }
}

/// How often each node's state machine carried each command out in one life.
fn times_applied(cluster: &Driver<Raft>) -> BTreeMap<(NodeId, u64), u32> {
    let mut times = BTreeMap::new();
    for it in cluster.story() {
        if let What::Applied { node, digest, .. } = it.what {
            *times.entry((node, digest)).or_default() += 1;
        }
    }
    times
}

/// Thesis §6.3: a client whose leader is lost asks the next one, and the log holds the command
/// twice (R11).
#[test]
fn a_command_that_two_leaders_took_takes_effect_once_on_every_server() -> Result<(), DriverError> {
    let second = Micros::from_secs(1);
    for settings in [RaftSettings::paper(), RaftSettings::production()] {
        let mut cluster = Driver::<Raft>::builder().settings(settings).build();
        let first = cluster.expect_leader(second)?;
        cluster.give(first, call(1))?;
        // It replicates the command, and is gone before it can answer.
        cluster.run_until("a second copy", second, |it| {
            let holds = |node| {
                it.log(node)
                    .is_ok_and(|log| log.iter().any(|e| e.command.is_some()))
            };
            it.nodes().filter(|node| holds(*node)).count() >= 3
        })?;
        cluster.crash(first)?;
        cluster.run_until("another leader", second * 9, |it| {
            it.leader().is_some_and(|leader| leader != first)
        })?;
        let next = cluster.expect_leader(second)?;
        cluster.give(next, call(1))?;
        cluster.give(next, call(2))?;
        cluster.restart(first)?;
        cluster.run_for(second)?;
        let copies = cluster.log(next)?.into_iter().filter_map(|it| it.command);
        assert_eq!(copies.filter(|it| *it == command(1)).count(), 2);
        let times = times_applied(&cluster);
        for node in cluster.nodes() {
            let (once, also) = (digest_of(&command(1)), digest_of(&command(2)));
            assert_eq!(times.get(&(node, once)), Some(&1));
            assert_eq!(times.get(&(node, also)), Some(&1));
            assert!(cluster.decided(node, RaftRule::CommandRepeated) > 0);
        }
    }
    Ok(())
}
