//! What a scenario file says is what the simulator is told: every action and every starting
//! condition can be written.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use scenario::consensus::{MembershipChange, Micros, NodeId};
use scenario::simulator::{
    Action, ClockSettings, CrashLoss, DiskSettings, InboxSettings, LinkChange, LinkSettings, Links,
    MessageDeed, PerMillion, SpanRange, Spread, Target,
};
use scenario::{ProtocolName, Scenario, Step};

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);

fn scenario(fields: &str) -> Scenario {
    let text = format!(
        r#"{{ "title": "x", "nodes": 3, "seed": 1, "until": "2s", "protocols": ["raft"], {fields} }}"#
    );
    Scenario::parse(&text).unwrap_or_else(|error| panic!("{fields}: {error}"))
}

#[track_caller]
fn says(deed: &str, actions: &[Action]) {
    let fields = format!(r#""steps": [{{ "at": "1500ms", "do": {deed} }}]"#);
    let scenario = scenario(&fields);
    let timed: Vec<_> = scenario.steps.iter().flat_map(Step::timed).collect();
    assert!(timed.iter().all(|it| it.at == Micros::from_millis(1_500)));
    let told: Vec<Action> = timed.into_iter().map(|it| it.action).collect();
    assert_eq!(told, actions, "{deed}");
    let written = serde_json::to_string(&scenario).expect("it can be written");
    assert_eq!(Scenario::parse(&written), Ok(scenario), "{deed}");
}

#[test]
fn a_stopped_node_gets_an_empty_disk() {
    says(r#"{"wipe": "B"}"#, &[Action::Wipe(B)]);
}

#[test]
fn raft_hands_over_takes_snapshots_and_changes_its_members() {
    let d = NodeId(3);
    says(r#"{"transfer": "B"}"#, &[Action::Transfer(B)]);
    let leader = Target::Leader;
    says(r#"{"snapshot": "leader"}"#, &[Action::TakeSnapshot(leader)]);
    says(
        r#"{"snapshot": "A"}"#,
        &[Action::TakeSnapshot(Target::Node(A))],
    );
    let change = |it| [Action::ChangeMembership(it)];
    let learner = MembershipChange::AddLearner(d);
    says(r#"{"add-learner": "D"}"#, &change(learner));
    says(r#"{"promote": "B"}"#, &change(MembershipChange::Promote(B)));
    says(r#"{"remove": "B"}"#, &change(MembershipChange::Remove(B)));
    says(
        r#"{"replace": {"voters": ["A", "D"], "learners": ["B"]}}"#,
        &change(MembershipChange::Replace {
            voters: [A, d].into(),
            learners: [B].into(),
        }),
    );
    says(
        r#"{"replace": {"voters": ["B"]}}"#,
        &change(MembershipChange::Replace {
            voters: [B].into(),
            learners: [].into(),
        }),
    );
}

#[test]
fn nodes_stop_pause_and_slow_down() {
    let node = Target::Node(A);
    says(r#"{"stop": "leader"}"#, &[Action::Stop(Target::Leader)]);
    says(r#"{"start": "A"}"#, &[Action::Start(node)]);
    says(r#"{"pause": "leader"}"#, &[Action::Pause(Target::Leader)]);
    says(r#"{"resume": "A"}"#, &[Action::Resume(node)]);
    let service = Micros::from_millis(20);
    says(
        r#"{"slow": {"node": "A", "service": "20ms"}}"#,
        &[Action::Slow { node, service }],
    );
    let settings = ClockSettings {
        offset: -1_500_000,
        drift: 200,
    };
    says(
        r#"{"clock": {"node": "A", "offset": "-1.5s", "drift-per-million": 200}}"#,
        &[Action::Clock { node, settings }],
    );
    let settings = ClockSettings {
        offset: 0,
        drift: -500_000,
    };
    let node = Target::Leader;
    says(
        r#"{"clock": {"node": "leader", "drift-per-million": -500000}}"#,
        &[Action::Clock { node, settings }],
    );
}

#[test]
fn disks_fail_one_by_one_or_all_together() {
    let torn = DiskSettings {
        latency: SpanRange::millis(2, 9),
        disorder: PerMillion(5),
        crash_loss: CrashLoss::Torn,
    };
    says(
        r#"{"disk": {"node": "B", "writes": {"latency": ["2ms", "9ms"], "disorder-per-million": 5, "crash-loss": "torn"}}}"#,
        &[Action::Disk {
            node: Some(B),
            settings: torn,
        }],
    );
    let settings = DiskSettings {
        crash_loss: CrashLoss::Suffix,
        ..DiskSettings::sound(SpanRange::millis(1, 1))
    };
    says(
        r#"{"disk": {"writes": {"crash-loss": "suffix"}}}"#,
        &[Action::Disk {
            node: None,
            settings,
        }],
    );
}

#[test]
fn a_cut_has_sides_or_one_direction() {
    says(
        r#"{"cut": [["A"], ["B", "C"]]}"#,
        &[Action::Cut(vec![vec![A], vec![B, NodeId(2)]])],
    );
    let (from, to) = (vec![A, B], vec![NodeId(2)]);
    says(
        r#"{"cut-one-way": {"from": ["A", "B"], "to": ["C"]}}"#,
        &[Action::CutOneWay { from, to }],
    );
}

#[test]
fn a_link_changes_in_whatever_is_named() {
    let on = |links: Links, change| Action::Link { links, change };
    let all = |change| on(Links::ALL, change);
    says(
        r#"{"link": {"clogged": true, "capacity": 8, "corruption-per-million": 4, "reordering-per-million": 3,
        "duplication-per-million": 2, "loss-per-million": 1, "spread": "long-tail", "delay": ["1ms", "2ms"]}}"#,
        &[
            all(LinkChange::Delay(SpanRange::millis(1, 2))),
            all(LinkChange::Spread(Spread::LongTail)),
            all(LinkChange::Loss(PerMillion(1))),
            all(LinkChange::Duplication(PerMillion(2))),
            all(LinkChange::Reordering(PerMillion(3))),
            all(LinkChange::Corruption(PerMillion(4))),
            all(LinkChange::Capacity(8)),
            all(LinkChange::Clogged(true)),
        ],
    );
    says(
        r#"{"link": {"from": "A", "to": "B", "clogged": false}}"#,
        &[on(Links::one(A, B), LinkChange::Clogged(false))],
    );
    let to_b = Links {
        from: None,
        to: Some(B),
    };
    says(
        r#"{"link": {"to": "B", "loss-per-million": 1000000}}"#,
        &[on(to_b, LinkChange::Loss(PerMillion::ONE))],
    );
}

#[test]
fn a_message_is_touched_by_its_number() {
    for (touch, deed) in [
        (r#""hold""#, MessageDeed::Hold),
        (r#""release""#, MessageDeed::Release),
        (r#""drop""#, MessageDeed::Drop),
        (
            r#"{"delay": "30ms"}"#,
            MessageDeed::Delay(Micros::from_millis(30)),
        ),
        (r#"{"corrupt": 7}"#, MessageDeed::Corrupt(7)),
    ] {
        let action = Action::Message { number: 12, deed };
        says(
            &format!(r#"{{"message": {{"number": 12, "do": {touch}}}}}"#),
            &[action],
        );
    }
}

#[test]
fn starting_conditions_are_as_they_are_written() {
    let fields = r#""network": {"delay": ["1ms", "2ms"], "spread": "long-tail", "loss-per-million": 1,
        "duplication-per-million": 2, "reordering-per-million": 3, "corruption-per-million": 4,
        "capacity": 5, "clogged": true},
        "disk": {"latency": ["3ms", "4ms"], "disorder-per-million": 6, "crash-loss": "suffix"},
        "inbox": {"capacity": 7, "service": "8us"},
        "clocks": [{"node": "C", "offset": "2s", "drift-per-million": -9}]"#;
    let scenario = scenario(fields);
    let network = LinkSettings {
        delay: SpanRange::millis(1, 2),
        spread: Spread::LongTail,
        loss: PerMillion(1),
        duplication: PerMillion(2),
        reordering: PerMillion(3),
        corruption: PerMillion(4),
        capacity: 5,
        clogged: true,
    };
    assert_eq!(scenario.network.settings(), network);
    let disk = DiskSettings {
        latency: SpanRange::millis(3, 4),
        disorder: PerMillion(6),
        crash_loss: CrashLoss::Suffix,
    };
    assert_eq!(scenario.disk.settings(), disk);
    let inbox = InboxSettings {
        capacity: 7,
        service: Micros(8),
    };
    assert_eq!(scenario.inbox.settings(), inbox);
    let view = scenario.engine(ProtocolName::Raft).view();
    assert_eq!(view.link, network);
    let clocks: Vec<ClockSettings> = view.nodes.iter().map(|it| it.clock).collect();
    let wrong = ClockSettings {
        offset: 2_000_000,
        drift: -9,
    };
    let right = ClockSettings::default();
    assert_eq!(clocks, [right, right, wrong]);
    assert_eq!(view.nodes[0].service, Micros(8));
}
