//! A run that was played is written as a file, and the file plays the same run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use scenario::consensus::{MembershipChange, Micros, NodeId};
use scenario::simulator::{
    Action, ClockSettings, CrashLoss, DiskSettings, LinkChange, Links, MessageDeed, PerMillion,
    Playback, SpanRange, Spread, Target, TimedAction,
};
use scenario::{PRESETS, Played, ProtocolName, Run, STORIES, Scenario, Setup, Storm, Unsayable};

const A: NodeId = NodeId(0);
/// Every file that is played has at least so many nodes.
const NODES: u16 = 3;
/// Who is not here at the start of any of them.
const NEWCOMER: NodeId = NodeId(20);
const UNTIL: Micros = Micros::from_secs(3);

fn node() -> impl Strategy<Value = NodeId> {
    (0..NODES).prop_map(NodeId)
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![Just(Target::Leader), node().prop_map(Target::Node)]
}

fn span() -> impl Strategy<Value = Micros> {
    (0..80_000_u64).prop_map(Micros)
}

fn spans() -> impl Strategy<Value = SpanRange> {
    (span(), span()).prop_map(|(one, other)| SpanRange {
        least: one.min(other),
        most: one.max(other),
    })
}

fn share() -> impl Strategy<Value = PerMillion> {
    (0..=1_000_000_u32).prop_map(PerMillion)
}

fn some_nodes() -> impl Strategy<Value = Vec<NodeId>> {
    subsequence((0..NODES).map(NodeId).collect::<Vec<_>>(), 1..=2)
}

/// The two parts of some nodes, of which neither is empty.
fn two_sides() -> impl Strategy<Value = (Vec<NodeId>, Vec<NodeId>)> {
    some_nodes().prop_map(|from| {
        let others = (0..NODES).map(NodeId).filter(|it| !from.contains(it));
        let to = others.collect();
        (from, to)
    })
}

fn power() -> impl Strategy<Value = Action> {
    let one = || node().prop_map(Target::Node);
    prop_oneof![
        target().prop_map(Action::Stop),
        one().prop_map(Action::Start),
        target().prop_map(Action::Pause),
        one().prop_map(Action::Resume),
        target().prop_map(Action::TimeOut),
        target().prop_map(Action::Leave),
        node().prop_map(Action::Wipe),
        Just(Action::Join(NEWCOMER)),
        (target(), span()).prop_map(|(node, service)| Action::Slow { node, service }),
        (target(), -3_000_000..3_000_000_i64, -900..900).prop_map(|(node, offset, drift)| {
            let settings = ClockSettings { offset, drift };
            Action::Clock { node, settings }
        }),
        (any::<bool>(), spans(), share(), 0..3_usize).prop_map(|(one, latency, disorder, loss)| {
            let losses = [CrashLoss::Everything, CrashLoss::Suffix, CrashLoss::Torn];
            let crash_loss = losses[loss];
            let settings = DiskSettings {
                latency,
                disorder,
                crash_loss,
            };
            let node = one.then_some(A);
            Action::Disk { node, settings }
        }),
    ]
}

fn network() -> impl Strategy<Value = Action> {
    let change = prop_oneof![
        spans().prop_map(LinkChange::Delay),
        any::<bool>().prop_map(|it| LinkChange::Spread(match it {
            true => Spread::LongTail,
            false => Spread::Even,
        })),
        share().prop_map(LinkChange::Loss),
        share().prop_map(LinkChange::Duplication),
        share().prop_map(LinkChange::Reordering),
        share().prop_map(LinkChange::Corruption),
        (0..5_u32).prop_map(LinkChange::Capacity),
        any::<bool>().prop_map(LinkChange::Clogged),
    ];
    let links = (prop::option::of(node()), any::<bool>()).prop_map(|(from, to)| Links {
        from,
        to: to.then_some(NEWCOMER),
    });
    prop_oneof![
        two_sides().prop_map(|(one, other)| Action::Cut(vec![one, other])),
        two_sides().prop_map(|(from, to)| Action::CutOneWay { from, to }),
        Just(Action::Heal),
        (links, change).prop_map(|(links, change)| Action::Link { links, change }),
    ]
}

fn message() -> impl Strategy<Value = Action> {
    let deed = prop_oneof![
        Just(MessageDeed::Hold),
        Just(MessageDeed::Release),
        Just(MessageDeed::Drop),
        (1..80_000_u64).prop_map(|it| MessageDeed::Delay(Micros(it))),
        any::<u64>().prop_map(MessageDeed::Corrupt),
    ];
    (1..400_u64, deed).prop_map(|(number, deed)| Action::Message { number, deed })
}

fn call() -> impl Strategy<Value = Action> {
    let change = prop_oneof![
        Just(MembershipChange::AddLearner(NEWCOMER)),
        node().prop_map(MembershipChange::Promote),
        node().prop_map(MembershipChange::Remove),
        two_sides().prop_map(|(voters, learners)| MembershipChange::Replace {
            voters: voters.into(),
            learners: learners.into(),
        }),
    ];
    let to = || prop::option::of(node());
    prop_oneof![
        (any::<u32>(), any::<u64>(), to()).prop_map(|(key, value, to)| Action::Write {
            client: 0,
            key,
            value,
            to,
        }),
        (any::<u32>(), to()).prop_map(|(key, to)| Action::Read { client: 0, key, to }),
        node().prop_map(Action::Transfer),
        target().prop_map(Action::TakeSnapshot),
        change.prop_map(Action::ChangeMembership),
    ]
}

/// What somebody does, and when. The newcomer joins at some time: who is named comes.
fn acts() -> impl Strategy<Value = Vec<TimedAction>> {
    let action = prop_oneof![power(), network(), message(), call()];
    let timed = (0..UNTIL.0, action).prop_map(|(at, action)| TimedAction {
        at: Micros(at),
        action,
    });
    prop::collection::vec(timed, 0..12).prop_map(|mut acts| {
        acts.push(TimedAction {
            at: UNTIL,
            action: Action::Join(NEWCOMER),
        });
        acts.sort_by_key(|it| it.at);
        acts
    })
}

/// A file that ships, or a storm; and one of its protocols.
fn beginning() -> impl Strategy<Value = (Setup, ProtocolName)> {
    let shipped = any::<(Index, Index)>().prop_map(|(file, protocol)| {
        let files = PRESETS.iter().chain(STORIES);
        let files = files.map(|it| Scenario::parse(it.text).expect("it ships"));
        let files: Vec<Scenario> = files.filter(|it| it.nodes >= NODES).collect();
        let scenario = file.get(&files);
        (scenario.setup(), *protocol.get(&scenario.protocols))
    });
    let storm = (0..1_000_u64, any::<Index>()).prop_map(|(seed, protocol)| {
        let storm = Storm {
            seed,
            nodes: NODES,
            rough: UNTIL,
            calm: Micros::ZERO,
        };
        let protocol = *protocol.get(&ProtocolName::ALL);
        (storm.scenario(protocol).setup(), protocol)
    });
    prop_oneof![shipped, storm]
}

fn played<'a>(
    setup: &'a Setup,
    protocols: &'a [ProtocolName],
    acts: &'a [TimedAction],
) -> Played<'a> {
    Played {
        title: "Played",
        protocols,
        setup,
        acts,
        until: UNTIL,
    }
}

/// Acts while it plays, as a person does.
fn play(setup: &Setup, protocol: ProtocolName, acts: &[TimedAction]) -> Playback {
    let mut playback = Playback::new(setup.engine(protocol));
    for act in acts {
        playback.seek(act.at);
        playback.act(act.clone());
    }
    playback
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn its_file_has_the_digests_of_the_run((setup, protocol) in beginning(), acts in acts()) {
        let mut playback = play(&setup, protocol, &acts);
        let file = played(&setup, &[protocol], &acts).scenario();
        let text = file.map_err(|error| TestCaseError::fail(error.to_string()))?.text();
        let read = Scenario::parse(&text).expect("it was written just now");
        playback.seek(read.until.0);
        let report = read.run(protocol, |_| {});
        let engine = playback.engine();
        prop_assert_eq!(report.events, engine.events(), "{}", &text);
        prop_assert_eq!(report.digest, engine.digest(), "{}", &text);
        prop_assert_eq!(report.state_digest, engine.state_digest(), "{}", &text);
    }
}

/// P3: the file of a comparison plays both of its sides.
#[test]
fn both_sides_of_a_comparison_are_in_one_file() {
    let cut = PRESETS
        .iter()
        .find(|it| it.name == "cut")
        .expect("it ships");
    let setup = Scenario::parse(cut.text).expect("it ships").setup();
    let protocols = [ProtocolName::Raft, ProtocolName::Almighty];
    let mut run = Run::between(setup.clone(), protocols);
    for (at, action) in [
        (1_200, Action::Stop(Target::Leader)),
        (1_900, Action::Start(Target::Node(A))),
    ] {
        run.seek(Micros::from_millis(at));
        run.act(action).expect("it names no message");
    }
    run.seek(UNTIL);
    let played = played(&setup, &protocols, run.acts()).scenario();
    let text = played.expect("a file can say so").text();
    let read = Scenario::parse(&text).expect("it was written just now");
    assert_eq!(read.protocols, protocols);
    for (protocol, side) in protocols.into_iter().zip(run.sides()) {
        let report = read.run(protocol, |_| {});
        assert_eq!(
            report.digest,
            side.playback().engine().digest(),
            "{protocol}"
        );
    }
}

fn calm() -> Setup {
    Scenario::parse(PRESETS[0].text).expect("it ships").setup()
}

/// What is wrong with a calm run in which this is done.
fn error_of(action: Action, protocols: &[ProtocolName]) -> Unsayable {
    let at = Micros::from_millis(40);
    let acts = [TimedAction { at, action }];
    played(&calm(), protocols, &acts)
        .scenario()
        .expect_err("a file cannot say so")
}

#[test]
fn what_a_file_has_no_words_for_is_named() {
    let raft = [ProtocolName::Raft];
    for action in [
        Action::Start(Target::Leader),
        Action::Resume(Target::Leader),
        Action::Read {
            client: u32::MAX,
            key: 0,
            to: None,
        },
    ] {
        let named = error_of(action.clone(), &raft);
        assert!(
            matches!(&named, Unsayable::Deed(it) if it.action == action),
            "{named}"
        );
        assert!(named.to_string().starts_with("at 40ms: "), "{named}");
    }
}

#[test]
fn what_a_file_would_be_refused_for_is_named() {
    let raft = [ProtocolName::Raft];
    let unknown = NodeId(40);
    let message = Action::Message {
        number: 1,
        deed: MessageDeed::Drop,
    };
    for (action, protocols, place) in [
        (
            Action::Stop(Target::Node(unknown)),
            &raft[..],
            "steps[0].do.stop",
        ),
        (
            Action::Cut(vec![vec![A], vec![A]]),
            &raft[..],
            "steps[0].do.cut[1][0]",
        ),
        (
            message,
            &[ProtocolName::Raft, ProtocolName::Almighty],
            "steps[0].do.message",
        ),
    ] {
        let error = error_of(action, protocols);
        let Unsayable::Refused { field, problem } = &error else {
            panic!("{error}");
        };
        assert_eq!(field, place, "{error}");
        assert!(!problem.is_empty());
    }
}

#[test]
fn a_start_that_no_file_has_is_named() {
    let mut setup = calm();
    setup.world.client.opens_sessions = true;
    let error = |setup: &Setup| played(setup, &[ProtocolName::Raft], &[]).scenario();
    assert_eq!(error(&setup), Err(Unsayable::Start("client")));
    let mut setup = calm();
    setup.almighty.reannounce_every = Some(0);
    assert_eq!(error(&setup), Err(Unsayable::Start("almighty")));
}

#[test]
fn a_run_lasts_until_its_last_step() {
    let setup = Scenario::parse(PRESETS[1].text).expect("it ships").setup();
    let early = Played {
        until: Micros::from_millis(10),
        ..played(&setup, &[ProtocolName::Raft], &[])
    };
    let scenario = early.scenario().expect("a file can say so");
    assert_eq!(scenario.until.0, Micros::from_secs(2));
}
