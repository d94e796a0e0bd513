//! Calls that clients make by themselves, and the history of all calls.
#![allow(missing_docs)]

mod calls;
mod toy;

use calls::{Deaf, Willing, ms, refused, reply, world, write};
use consensus::raft::{Raft, RaftSettings};
use consensus::{
    Answer, CallId, ClientId, Effects, Input, NodeId, Now, Observation, Refusal, Role,
};
use simulator::{
    Action, CallRecord, ClientSettings, Engine, Outcome, PerMillion, Simulation, SpanRange, Target,
    What, Workload, World,
};
use std::collections::BTreeSet;
use toy::{Behaviour, Toy, play, toy};

const BUSY: Workload = Workload {
    start: ms(100),
    think: SpanRange::millis(20, 40),
    keys: 4,
    reads: PerMillion::percent(25),
};

fn busy(clients: u32, workload: Workload) -> World {
    World {
        clients,
        workload: Some(workload),
        ..world(ClientSettings::default())
    }
}

fn records(run: &dyn Engine) -> Vec<CallRecord> {
    run.history().iter().collect()
}

/// What a client asked, without the values that it wrote.
fn asks(run: &dyn Engine, client: u32) -> Vec<(u32, bool)> {
    let own = run.history().iter();
    let own = own.filter(|it| it.call.client == ClientId(client));
    own.map(|it| (it.key, it.written.is_some())).collect()
}

#[test]
fn each_client_makes_one_call_after_the_other() {
    let mut run = toy::<Willing>(busy(3, BUSY), &[]);
    play(&mut *run, 20_000);
    let records = records(&*run);
    assert!(records.len() > 1_000, "{}", records.len());
    let reads = records.iter().filter(|it| it.written.is_none()).count();
    // Five standard deviations round a quarter.
    assert!((reads * 4).abs_diff(records.len()) < 300, "{reads}");
    let keys: BTreeSet<u32> = records.iter().map(|it| it.key).collect();
    assert_eq!(keys, (0..4).collect());
    let written: Vec<u64> = records.iter().filter_map(|it| it.written).collect();
    let distinct: BTreeSet<&u64> = written.iter().collect();
    assert_eq!(distinct.len(), written.len(), "no value is written twice");
    for client in 0..3 {
        let own = records.iter().filter(|it| it.call.client.0 == client);
        let own: Vec<&CallRecord> = own.collect();
        assert!((ms(120)..=ms(140)).contains(&own[0].invoked));
        for pair in own.windows(2) {
            let end = pair[0].returned.expect("one at a time").at;
            let think = pair[1].invoked.since(end);
            assert!((ms(20)..=ms(40)).contains(&think), "{think}");
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_calls() {
    let play_out = |seed| {
        let world = World {
            seed,
            ..busy(2, BUSY)
        };
        let mut run = toy::<Willing>(world, &[]);
        play(&mut *run, 2_000);
        (records(&*run), run.state_digest())
    };
    assert_eq!(play_out(1), play_out(1));
    assert_ne!(play_out(1).0, play_out(2).0);
}

#[test]
fn a_client_asks_the_same_whoever_else_asks_and_whatever_becomes_of_it() {
    let mut alone = toy::<Willing>(busy(1, BUSY), &[]);
    play(&mut *alone, 3_000);
    let mut among_others = toy::<Willing>(busy(4, BUSY), &[]);
    play(&mut *among_others, 3_000);
    assert_eq!(asks(&*alone, 0), asks(&*among_others, 0));
    let nodes = [0, 1, 2].map(|id| Target::Node(NodeId(id)));
    let stops = nodes.map(|node| (500, Action::Stop(node)));
    let starts = nodes.map(|node| (1_200, Action::Start(node)));
    let mut harmed = toy::<Willing>(busy(1, BUSY), &[stops, starts].concat());
    play(&mut *harmed, 3_000);
    let (whole, part) = (asks(&*alone, 0), asks(&*harmed, 0));
    assert!(part.len() > 20 && part.len() < whole.len());
    assert_eq!(part, whole[..part.len()]);
}

#[test]
fn what_a_client_waits_for_is_part_of_the_state() {
    let after_a_time_out = |base: u64| {
        let mut settings = ClientSettings::default();
        settings.backoff.base = ms(base);
        let mut run = toy::<Deaf>(world(settings), &[(10, write(0, 1, None))]);
        play(&mut *run, 261);
        (run.digest(), run.state_digest())
    };
    let (short, long) = (after_a_time_out(10), after_a_time_out(20));
    assert_eq!(short.0, long.0, "nothing else differs yet");
    assert_ne!(short.1, long.1);
}

#[test]
fn without_a_workload_nobody_calls() {
    let mut run = toy::<Willing>(world(ClientSettings::default()), &[]);
    play(&mut *run, 5_000);
    assert!(run.history().is_empty());
}

#[test]
fn the_history_says_what_the_story_says() {
    let world = World {
        nodes: 5,
        clients: 4,
        workload: Some(BUSY),
        client: ClientSettings {
            attempts: 3,
            ..ClientSettings::default()
        },
        ..World::default()
    };
    let mut run: Box<dyn Engine> =
        Box::new(Simulation::<Raft>::new(world, RaftSettings::default()));
    let mut story = play(&mut *run, 2_000);
    run.act(Action::Stop(Target::Leader));
    story.extend(play(&mut *run, 2_500));
    run.act(write(0, 7, Some(NodeId(9))));
    story.extend(play(&mut *run, 5_000));
    let mut outcomes = [0; 3];
    let find = |call: CallId| run.history().iter().find(move |it| it.call == call);
    for happening in &story {
        match &happening.what {
            What::Called {
                call,
                key,
                written,
                attempt: 1,
                ..
            } => {
                let record = find(*call).expect("every call stands in it");
                assert_eq!((record.key, record.written), (*key, *written));
                assert_eq!(record.invoked, happening.at);
            }
            What::Answered { call, by, .. } => {
                let returned = find(*call).and_then(|it| it.returned).expect("it ended");
                assert_eq!((returned.at, returned.by), (happening.at, Some(*by)));
                outcomes[usize::from(matches!(returned.outcome, Outcome::Done { .. }))] += 1;
            }
            What::GaveUp { call, .. } => {
                let returned = find(*call).and_then(|it| it.returned).expect("it ended");
                assert_eq!((returned.at, returned.by), (happening.at, None));
                assert_eq!(returned.outcome, Outcome::GaveUp);
                outcomes[2] += 1;
            }
            _ => {}
        }
    }
    let ended = run.history().iter().filter(|it| it.returned.is_some());
    assert_eq!(ended.count(), outcomes.iter().sum::<usize>());
    assert!(outcomes[1] > 100 && outcomes[2] > 0, "{outcomes:?}");
    for record in run.history().iter() {
        let returned = record.returned;
        let attempts = story
            .iter()
            .filter(|it| matches!(it.what, What::Called { call, .. } if call == record.call));
        if let Some(returned) = returned {
            assert_eq!(returned.attempts as usize, attempts.count());
        }
    }
}

#[test]
fn a_read_tells_what_was_written_last() {
    let mut run: Box<dyn Engine> = Box::new(Simulation::<Raft>::new(
        World::default(),
        RaftSettings::default(),
    ));
    let story = play(&mut *run, 1_000);
    let leads = |it: &simulator::Happening| match it.what {
        What::Observed(node, Observation::Role { role, .. }) => {
            (role == Role::Leader).then_some(node)
        }
        _ => None,
    };
    let leader = story.iter().rev().find_map(leads);
    for action in [
        Action::Read {
            client: 0,
            key: 0,
            to: leader,
        },
        write(0, 7, leader),
        Action::Read {
            client: 0,
            key: 0,
            to: leader,
        },
    ] {
        run.act(action);
        let until = run.now().0 / 1_000 + 500;
        play(&mut *run, until);
    }
    let outcomes = records(&*run)
        .into_iter()
        .map(|it| it.returned.map(|it| it.outcome));
    let values = [None, Some(7), Some(7)];
    let expected = values.map(|value| Some(Outcome::Done { value }));
    assert_eq!(outcomes.collect::<Vec<_>>(), expected);
}

/// The first call goes unanswered, every other one is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct SlowToRefuse;

impl Behaviour for SlowToRefuse {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        if matches!(input, Input::Call(_)) {
            toy.written += 1;
        }
        let answer = match toy.written {
            1 => return,
            2 => refused(None),
            _ => Answer::Refused {
                reason: Refusal::LostLeadership,
                hint: None,
            },
        };
        reply(input, answer, fx);
    }
}

#[test]
fn a_refused_call_is_in_doubt_where_an_attempt_may_have_got_through() {
    let at = Some(NodeId(0));
    let script = [(10, write(0, 1, at)), (1_000, write(0, 2, at))];
    let mut run = toy::<SlowToRefuse>(world(ClientSettings::default()), &script);
    play(&mut *run, 2_000);
    let ends: Vec<_> = records(&*run)
        .into_iter()
        .filter_map(|it| it.returned)
        .collect();
    let seen: Vec<_> = ends.iter().map(|it| (it.attempts, it.in_doubt)).collect();
    assert_eq!(seen, [(2, true), (1, true)]);
    let reasons = [Refusal::NotLeader, Refusal::LostLeadership];
    let expected = reasons.map(|reason| Outcome::Refused { reason });
    assert_eq!([ends[0].outcome, ends[1].outcome], expected);
}

#[test]
fn what_comes_later_changes_no_fork() {
    let mut run = toy::<Deaf>(busy(4, BUSY), &[]);
    play(&mut *run, 30_000);
    assert!(run.history().len() > 4);
    let fork = run.fork();
    let (before, digest) = (records(&*fork), fork.state_digest());
    assert!(
        before.iter().any(|it| it.returned.is_none()),
        "some are open"
    );
    play(&mut *run, 60_000);
    assert!(run.history().len() > fork.history().len());
    assert_eq!(
        (records(&*fork), fork.state_digest()),
        (before.clone(), digest)
    );
    let closed = run.history().iter().take(before.len());
    assert!(
        closed.zip(&before).any(|(now, then)| now != *then),
        "they ended since"
    );
}
