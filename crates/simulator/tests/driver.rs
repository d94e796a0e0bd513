//! The driver keeps its word: time, errors, calls, injected inputs, durable states, counts.
#![allow(missing_docs)]

mod toy;

use consensus::raft::{
    Entry, EntryContent, LogPosition, Raft, RaftDurable, RaftMessage, RaftRule, RaftTimer, Term,
};
use consensus::{
    CallId, Command, Control, Effects, Incarnation, Input, Mandate, Micros, NodeId, Now, Refusal,
    Role, SessionId,
};
use simulator::{
    Action, Driver, DriverError, Engine, Insight, Outcome, Power, Property, Simulation, Target,
    TimedAction, What, World,
};
use toy::{Behaviour, Toy, leads};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);
const C: NodeId = NodeId(2);
const NOBODY: NodeId = NodeId(9);
const SECOND: Micros = Micros::from_secs(1);
const GUARANTEES: &[Property] = &[
    Property::ElectionSafety,
    Property::LeaderCompleteness,
    Property::CommittedIsDurable,
    Property::NothingGoesBack,
];

type Cluster = Driver<Raft>;

fn cluster() -> Cluster {
    let builder = Driver::builder().nodes(3).seed(3);
    builder.guarantees(GUARANTEES).build()
}

fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

#[test]
fn everybody_has_booted_and_no_time_has_passed() -> Result<(), DriverError> {
    let driver = cluster();
    assert_eq!(driver.now(), Micros::ZERO);
    for node in [A, B, C] {
        assert_eq!(driver.power(node)?, Power::Running);
        assert_eq!(driver.incarnation(node)?, Incarnation(1));
        assert_eq!(driver.role(node)?, Role::Follower);
        assert_eq!(driver.decided(node, RaftRule::Started), 1);
    }
    assert_eq!(driver.leader(), None);
    Ok(())
}

#[test]
fn time_passes_as_far_as_asked_and_events_come_in_theirs() -> Result<(), DriverError> {
    let mut driver = cluster();
    driver.run_for(ms(100))?;
    driver.run_to(ms(50))?;
    assert_eq!(driver.now(), ms(100));
    let due = driver.next_event().expect("patience ends");
    assert!(due > ms(100));
    let told = driver.story().len();
    let happenings = driver.step().expect("an event").to_vec();
    assert!(happenings.iter().all(|it| it.at == due));
    assert_eq!(driver.story()[told..], happenings);
    assert_eq!(driver.now(), due);
    Ok(())
}

#[test]
fn what_does_not_come_in_time_is_an_error_that_names_it() {
    let mut driver = cluster();
    let error = driver.run_until("a miracle", SECOND, |_| false);
    assert_eq!(
        error,
        Err(DriverError::NotInTime {
            awaited: "a miracle".into(),
            since: Micros::ZERO,
            limit: SECOND,
            seed: 3,
        })
    );
    assert_eq!(driver.now(), SECOND);
    assert_eq!(driver.run_until("now", Micros::ZERO, |_| true), Ok(()));
}

/// Everybody leads the same term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Usurper;

impl Behaviour for Usurper {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        if let Input::Control(Control::TimeOut) = input {
            leads(toy, Mandate::Term(1), fx);
        }
    }
}

#[test]
fn a_broken_guarantee_is_an_error_from_then_on() -> Result<(), DriverError> {
    let builder = Driver::<Toy<Usurper>>::builder().seed(4);
    let mut driver = builder.guarantees(&[Property::ElectionSafety]).build();
    driver.time_out(A)?;
    driver.run_for(SECOND)?;
    let broken = |result| match result {
        Err(DriverError::Violated(violation)) => {
            assert_eq!(violation.property, Property::ElectionSafety);
            assert_eq!((violation.nodes, violation.seed), (vec![A, B], 4));
        }
        other => panic!("{other:?}"),
    };
    broken(driver.time_out(B));
    broken(driver.run_for(SECOND));
    broken(driver.crash(A));
    assert_eq!(driver.step(), None);
    assert!(driver.tell().contains("Election Safety"));
    Ok(())
}

#[test]
fn what_cannot_be_is_an_error() -> Result<(), DriverError> {
    let mut driver = cluster();
    assert_eq!(driver.role(NOBODY), Err(DriverError::NoSuchNode(NOBODY)));
    assert!(matches!(driver.restart(A), Err(DriverError::Idle { .. })));
    assert!(matches!(
        driver.write(7, 0, 0),
        Err(DriverError::Idle { .. })
    ));
    let heartbeat = driver.fire(A, RaftTimer::Heartbeat);
    assert_eq!(heartbeat, Err(DriverError::NotArmed(A)));
    let exchanged = driver.start_from(A, RaftDurable::default());
    assert_eq!(exchanged, Err(DriverError::StillUp(A)));
    driver.crash(A)?;
    let given = driver.give(A, Input::Timer(RaftTimer::Election));
    assert_eq!(given, Err(DriverError::NotUp(A)));
    assert_eq!(driver.node(A), Err(DriverError::NotUp(A)));
    assert_eq!(
        driver.fire(A, RaftTimer::Election),
        Err(DriverError::NotUp(A))
    );
    Ok(())
}

#[test]
fn a_call_is_followed_to_its_end() -> Result<(), DriverError> {
    let mut driver = cluster();
    let leader = driver.expect_leader(SECOND)?;
    let write = driver.write(0, 5, 42)?;
    assert_eq!(driver.outcome(write), None);
    assert_eq!(driver.expect_done(write, SECOND)?, Some(42));
    let record = driver.call_record(write).expect("it was made");
    assert_eq!((record.key, record.written), (5, Some(42)));
    assert_eq!(record.returned.and_then(|it| it.by), Some(leader));
    let read = driver.read(0, 5)?;
    assert_eq!(driver.expect_done(read, SECOND)?, Some(42));
    let follower = [A, B, C].into_iter().find(|it| *it != leader);
    let refused = driver.read_from(follower.expect("there are three"), 0, 5)?;
    let reason = Refusal::NotLeader;
    assert_eq!(
        driver.expect_done(refused, SECOND),
        Err(DriverError::NotDone {
            call: refused,
            outcome: Outcome::Refused { reason },
        })
    );
    assert_eq!(driver.engine().history().len(), 3);
    Ok(())
}

#[test]
fn a_timer_fires_when_told_and_only_then() -> Result<(), DriverError> {
    let mut driver = cluster();
    let due = |driver: &Cluster| -> Result<Vec<_>, DriverError> {
        Ok(driver
            .timers(A)?
            .map(|(timer, due)| (timer, due > driver.now()))
            .collect())
    };
    assert_eq!(due(&driver)?, [(RaftTimer::Election, true)]);
    driver.fire(A, RaftTimer::Election)?;
    assert_eq!(driver.role(A)?, Role::Candidate);
    assert_eq!(driver.mandate(A)?, Mandate::Term(1));
    driver.run_for(ms(100))?;
    assert_eq!(driver.leaders().collect::<Vec<_>>(), [A]);
    assert_eq!(driver.decided(A, RaftRule::ElectionStarted), 1);
    assert_eq!(due(&driver)?, [(RaftTimer::Heartbeat, true)]);
    Ok(())
}

#[test]
fn a_forged_message_is_taken_for_a_true_one_only_by_its_envelope() -> Result<(), DriverError> {
    let mut driver = cluster();
    let message = RaftMessage::VoteRequest {
        term: Term(4),
        last: LogPosition::default(),
        transfer: false,
    };
    let mut envelope = driver.envelope(B, A, message)?;
    assert_eq!(envelope.incarnation, driver.incarnation(B)?);
    envelope.cluster.0 += 1;
    driver.deliver(A, envelope.clone())?;
    assert_eq!(driver.mandate(A)?, Mandate::Term(0), "another deployment's");
    envelope.cluster.0 -= 1;
    driver.deliver(A, envelope)?;
    assert_eq!(driver.mandate(A)?, Mandate::Term(4));
    assert_eq!(
        driver.durable(A)?.term,
        Term(0),
        "it is on its way to the disk"
    );
    assert!(driver.pending_writes(A)?.count() > 0);
    driver.run_for(ms(2))?;
    assert_eq!(driver.durable(A)?.vote, Some(B));
    assert_eq!(driver.pending_writes(A)?.count(), 0);
    Ok(())
}

/// A disk with three entries of these terms.
fn disk(terms: [u64; 3]) -> RaftDurable {
    let mut durable = RaftDurable::default();
    for (term, sequence) in terms.into_iter().zip(1..) {
        let call = CallId {
            sequence,
            ..CallId::default()
        };
        let payload = [].into();
        let command = Command {
            call,
            session: SessionId::LASTING,
            payload,
        };
        durable.term = Term(term);
        let content = EntryContent::Command(command);
        let entry = Entry::new(durable.term, Micros::ZERO, content);
        durable.log.push(entry);
    }
    durable
}

#[test]
fn nodes_start_from_given_disks_and_the_checks_know_what_those_hold() -> Result<(), DriverError> {
    let builder = Driver::<Raft>::builder().nodes(3).guarantees(GUARANTEES);
    let builder = builder
        .durable(A, disk([1, 1, 2]))
        .durable(B, disk([1, 1, 2]));
    let mut driver = builder.build();
    assert_eq!(driver.log(A)?.len(), 3);
    assert_eq!(driver.decided(A, RaftRule::Recovered), 1);
    assert_eq!(driver.log(C)?.len(), 0);
    // Only with the others' old entries durable is a commit behind them durable on a majority.
    driver.crash(C)?;
    let leader = driver.expect_leader(SECOND)?;
    let write = driver.write_to(leader, 0, 0, 1)?;
    driver.expect_done(write, SECOND)?;
    assert_eq!(driver.committed(leader)?, 4);
    driver.start_from(C, disk([1, 1, 2]))?;
    assert_eq!(driver.mandate(C)?, Mandate::Term(2));
    assert_eq!(driver.incarnation(C)?, Incarnation(2));
    driver.run_for(SECOND)?;
    assert_eq!(driver.log(C)?, driver.log(leader)?);
    Ok(())
}

#[test]
fn a_disk_that_lost_its_term_breaks_a_guarantee() -> Result<(), DriverError> {
    let mut driver = cluster();
    driver.expect_leader(SECOND)?;
    driver.run_for(ms(100))?;
    driver.crash(A)?;
    let result = driver.start_from(A, RaftDurable::default());
    let Err(DriverError::Violated(violation)) = result else {
        panic!("{result:?}");
    };
    assert_eq!(violation.property, Property::NothingGoesBack);
    Ok(())
}

#[test]
fn requests_and_replies_add_up_to_everything_sent() -> Result<(), DriverError> {
    let mut driver = cluster();
    driver.run_for(SECOND)?;
    let (asked, replied, all) = (driver.requests(), driver.replies(), driver.measures());
    assert!(asked.messages > 0 && replied.messages > 0);
    assert_eq!(asked.messages + replied.messages, all.messages);
    assert_eq!(asked.bytes + replied.bytes, all.bytes);
    assert!(!driver.sent("heartbeat").reply && driver.sent("heartbeat answer").reply);
    assert_eq!(driver.sent("no such kind").messages, 0);
    Ok(())
}

/// What a test does by hand, and the digest that comes of it.
fn played(seed: u64) -> Result<u64, DriverError> {
    let mut driver = Driver::<Raft>::builder().nodes(3).seed(seed).build();
    driver.schedule(ms(700), Action::Stop(Target::Leader));
    let leader = driver.expect_leader(SECOND)?;
    let mut twin = driver.clone();
    for it in [&mut driver, &mut twin] {
        it.cut(&[&[leader]])?;
        it.run_to(SECOND * 2)?;
    }
    assert_eq!(driver.engine().digest(), twin.engine().digest());
    assert_eq!(driver.engine().state_digest(), twin.engine().state_digest());
    assert_eq!(driver.story(), twin.story());
    Ok(driver.engine().digest())
}

#[test]
fn the_same_test_is_the_same_run() -> Result<(), DriverError> {
    assert_eq!(played(1)?, played(1)?);
    assert_ne!(played(1)?, played(2)?);
    Ok(())
}

#[test]
fn an_action_by_hand_is_the_same_as_one_in_a_script() -> Result<(), DriverError> {
    let world = World {
        nodes: 3,
        ..World::default()
    };
    let mut scripted = Simulation::<Raft>::new(world, Default::default());
    scripted.schedule(TimedAction {
        at: ms(150),
        action: Action::Stop(Target::Node(A)),
    });
    let mut driver = Driver::<Raft>::builder().nodes(3).build();
    driver.run_to(ms(150))?;
    driver.crash(A)?;
    driver.run_to(SECOND)?;
    let mut story = Vec::new();
    while scripted.next_event().is_some_and(|at| at <= SECOND) && scripted.step(&mut story) {}
    assert_eq!(driver.engine().digest(), scripted.digest());
    assert_eq!(driver.engine().state_digest(), scripted.state_digest());
    assert_eq!(driver.story(), story);
    Ok(())
}

#[test]
fn a_story_tells_what_was_done_and_what_was_decided_and_how_to_repeat_it() -> Result<(), DriverError>
{
    let mut driver = cluster();
    driver.fire(A, RaftTimer::Election)?;
    driver.run_for(ms(200))?;
    driver.crash(B)?;
    let story = driver.tell();
    let lines: Vec<&str> = story.lines().collect();
    assert_eq!(lines[0], "raft, 3 nodes, seed 3");
    assert!(
        lines
            .iter()
            .any(|it| it.starts_with("0.000 s A") && it.ends_with("[election-started]"))
    );
    assert!(lines.contains(&"0.200 s B Stopped"));
    assert!(!story.contains("heartbeat"), "routine is left out");
    let whys = driver.story().iter();
    assert!(
        whys.filter(|it| matches!(it.what, What::Sent { .. }))
            .count()
            > 0
    );
    Ok(())
}
