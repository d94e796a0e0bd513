//! Messages travel from rim to rim, keep right, and fall into the river.

mod support;

use consensus::{ClientId, Incarnation, MessageShape, NodeId, Role};
use proptest::prelude::*;
use scene::{RuleFace, Scene, Seating, Stage, Style, compose};
use simulator::{DropCause, Endpoint, Fate, Flight, Power, View};
use support::{Built, election, followers, ids, message, ms, node, term};

const DESIGN: Stage = Stage::new(490.0, 436.0);

fn scene(view: &View, stage: Stage) -> Scene {
    compose(
        view,
        ms(1000),
        &Seating::target(view, stage),
        stage,
        Style::default(),
    )
}

#[test]
fn two_on_one_wire_keep_right() {
    let mut view = followers(5);
    view.flights = vec![
        message(1, 0, 1, MessageShape::Call, 50),
        message(2, 1, 0, MessageShape::Call, 50),
    ];
    let scene = scene(&view, DESIGN);
    let (there, back) = (&scene.flights[0], &scene.flights[1]);
    assert!(there.at.y > -118.0 && back.at.y < -118.0);
    assert!((there.at.y - back.at.y).abs() > 21.0);
    assert!(there.at.x.abs() < 1.0 && there.direction.abs() < 0.01);
}

#[test]
fn what_the_cut_takes_sinks_in_the_river() {
    let mut view = followers(5);
    view.sides = vec![ids(&[0, 1]), ids(&[2, 3, 4])];
    let mut lost = message(1, 0, 2, MessageShape::Entry, 90);
    lost.fate = Fate::Cut(ms(910 + 20));
    view.flights.push(lost);
    let scene = scene(&view, DESIGN);
    let river = &scene.rivers[0];
    assert!(river.distance(scene.flights[0].at) < 0.0);
    assert!(scene.notes.iter().any(|note| note.text == "lost"));
    assert!(scene.flights[0].fall.is_some_and(|fall| fall.ripple > 0.0));
}

#[test]
fn what_has_arrived_is_gone() {
    let mut view = followers(3);
    view.flights.push(message(1, 0, 1, MessageShape::Call, 100));
    assert!(scene(&view, DESIGN).flights.is_empty());
}

#[test]
fn many_messages_are_drawn_without_tails() {
    let mut view = followers(5);
    let one = |id| {
        message(
            id,
            (id % 5) as u16,
            (id % 4) as u16,
            MessageShape::Call,
            id % 90,
        )
    };
    view.flights = (0..160).map(one).collect();
    assert!(scene(&view, DESIGN).dense);
}

fn fate() -> impl Strategy<Value = Fate> {
    let at = 0..2000u64;
    prop_oneof![
        Just(Fate::Arrives),
        at.clone().prop_map(|at| Fate::Lost(ms(at))),
        at.clone().prop_map(|at| Fate::Cut(ms(at))),
        at.clone().prop_map(|at| Fate::Held(ms(at))),
        at.prop_map(|at| Fate::Refused(ms(at), DropCause::InboxFull)),
    ]
}

prop_compose! {
    fn any_flight()(
        id: u64,
        from in 0..12u16,
        to in 0..12u16,
        sent in 0..2000u64,
        takes in 0..300u64,
        fate in fate(),
        damaged: bool,
        answer: Option<bool>,
        value: Option<u64>,
        shape in 0..3usize,
        number in 0..30u64,
    ) -> Flight {
        let end = |id: u16| match id {
            11 => Endpoint::Client(ClientId(u32::from(id))),
            id => Endpoint::Node(NodeId(id)),
        };
        let shape = [MessageShape::Call, MessageShape::Claim, MessageShape::Entry][shape];
        Flight {
            id,
            from: end(from),
            to: end(to),
            sent: ms(sent),
            due: ms(sent + takes),
            fate,
            damaged,
            copy_of: None,
            kind: "call",
            shape,
            answer,
            reign: (number < 25).then(|| term(number, None)),
            value,
        }
    }
}

prop_compose! {
    fn any_node(id: u16)(
        role in 0..3usize,
        power in 0..5usize,
        left in 0..101u64,
        log in proptest::collection::vec((0..20u64, any::<u64>(), any::<bool>()), 0..14),
        order in proptest::collection::vec(0..10u16, 0..8),
        votes in proptest::collection::vec((0..12u16, any::<Option<bool>>()), 0..12),
        quorum in 0..5u32,
        leader in 0..12u16,
        by_age: bool,
    ) -> simulator::NodeView {
        let role = [Role::Follower, Role::Candidate, Role::Leader][role];
        let reign = if by_age { election(5, leader) } else { term(left, Some(leader)) };
        let mut node = node(id, role, reign).waiting(left).holding(&log).aged(&order).voted(&votes, quorum);
        node.power = [Power::Running, Power::Running, Power::Paused, Power::Stopped, Power::Absent][power];
        node.waiting = quorum;
        node.incarnation = Incarnation(u32::from(leader % 3));
        node
    }
}

fn any_view() -> impl Strategy<Value = View> {
    let nodes = (0..10u16).prop_flat_map(|count| (0..count).map(any_node).collect::<Vec<_>>());
    let flights = proptest::collection::vec(any_flight(), 0..40);
    let sides = proptest::collection::vec(proptest::collection::vec(0..10u16, 0..5), 0..4);
    (nodes, flights, sides, 0..4u32, 0..1500u64).prop_map(
        |(nodes, flights, sides, clients, now)| {
            let mut view = support::view(nodes);
            view.flights = flights;
            view.sides = sides.iter().map(|side| ids(side)).collect();
            view.clients = (0..clients).map(support::client).collect();
            view.now = ms(now);
            view
        },
    )
}

proptest! {
    #[test]
    fn every_view_can_be_drawn(
        view in any_view(),
        width in 200.0..1600.0f64,
        height in 180.0..1200.0f64,
        age: bool,
    ) {
        let stage = Stage::new(width, height);
        let rule = if age { RuleFace::Age } else { RuleFace::Votes };
        let style = Style { rule, arrows: true, selected: Some(NodeId(0)) };
        let seating = Seating::target(&view, stage);
        let scene = compose(&view, view.now, &seating, stage, style);
        let [left, top, width, height] = scene.view_box;
        for flight in &scene.flights {
            let at = flight.at;
            prop_assert!(at.x >= left && at.x <= left + width, "{flight:?} is off stage");
            prop_assert!(at.y >= top && at.y <= top + height, "{flight:?} is off stage");
        }
        for log in &scene.cells {
            prop_assert!(log.at.x >= left && log.at.x <= left + width);
        }
    }

    #[test]
    fn odd_stages_do_no_harm(view in any_view(), width: f64, height: f64) {
        let stage = Stage::new(width, height);
        let seating = Seating::target(&view, stage);
        let _ = compose(&view, view.now, &seating, stage, Style::default());
    }
}
