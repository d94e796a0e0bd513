//! Rough water: broken, doubled, held and refused messages, slowed nodes, one-way cuts.

mod support;

use consensus::{MessageShape, Micros, NodeId, Role};
use scene::{
    Badge, Current, FlightShape, Form, NodeShape, RuleFace, Scene, Seating, Stage, Style, Tone,
    compose,
};
use simulator::{DropCause, Fate, Flight, OneWayCut, Power, View};
use support::{Built, election, followers, ids, message, ms, node, term, view};

const DESIGN: Stage = Stage::new(490.0, 436.0);
const PAUSED: Style = Style {
    rule: RuleFace::Votes,
    arrows: true,
    selected: None,
};

fn scene(view: &View, at: Micros, style: Style) -> Scene {
    compose(view, at, &Seating::target(view, DESIGN), DESIGN, style)
}

/// The scene of one message among five followers, seen while time runs.
fn flying(flight: Flight, at: u64) -> Scene {
    let mut view = followers(5);
    view.flights = vec![flight];
    scene(&view, ms(at), Style::default())
}

fn words(scene: &Scene) -> Vec<(&str, Tone)> {
    let notes = scene.notes.iter();
    notes.map(|note| (note.text.as_str(), note.tone)).collect()
}

fn only(scene: &Scene) -> &FlightShape {
    assert_eq!(scene.flights.len(), 1);
    &scene.flights[0]
}

fn shape(scene: &Scene, id: u16) -> &NodeShape {
    let mut nodes = scene.nodes.iter();
    nodes
        .find(|node| node.id == NodeId(id))
        .expect("it is drawn")
}

fn damaged(percent: u64) -> Flight {
    let mut flight = message(1, 0, 1, MessageShape::Entry, percent);
    flight.damaged = true;
    flight.value = Some(7);
    flight
}

#[test]
fn a_damaged_message_cracks_on_its_way_and_shows_no_value() {
    let (early, late) = (flying(damaged(5), 1000), flying(damaged(60), 1000));
    let (early, late) = (only(&early), only(&late));
    assert!(early.body.broken && late.body.broken);
    assert_eq!((early.crack, late.crack), (0.0, 1.0));
    assert_eq!(late.body.text, None);
    let sound = flying(message(1, 0, 1, MessageShape::Entry, 60), 1000);
    assert!(!only(&sound).body.broken);
}

#[test]
fn what_befell_a_message_is_named_while_time_stands() {
    let mut view = followers(5);
    view.flights = vec![damaged(60)];
    let paused = scene(&view, ms(1000), PAUSED);
    assert_eq!(words(&paused), [("broken", Tone::Broken)]);
    assert_eq!(words(&flying(damaged(60), 1000)), []);
}

#[test]
fn a_refused_message_bounces_off_the_rim_of_its_receiver() {
    for (cause, damaged, word) in [
        (DropCause::Damaged, true, ("broken", Tone::Broken)),
        (DropCause::InboxFull, false, ("full", Tone::Plain)),
    ] {
        let mut flight = message(1, 0, 1, MessageShape::Call, 100);
        flight.damaged = damaged;
        let due = flight.due;
        let mut arriving = flight.clone();
        arriving.fate = Fate::Arrives;
        let rim = only(&flying(arriving, 999)).at;
        flight.fate = Fate::Refused(due, cause);
        let bounced = flying(flight.clone(), 1035);
        let fall = only(&bounced).fall.expect("it has left its wire");
        assert!(fall.bounced);
        let back = only(&bounced).at;
        assert!(
            back.x < rim.x - 10.0 && back.y > rim.y + 5.0,
            "{rim:?} {back:?}"
        );
        assert_eq!(words(&bounced), [word]);
        assert_eq!(only(&bounced).fate, Some(word.0));
        assert!(flying(flight, 1099).flights.is_empty(), "it is forgotten");
    }
}

#[test]
fn each_cause_has_its_word() {
    for (fate, word) in [
        (Fate::Lost(ms(950)), "lost"),
        (Fate::Overflowed(ms(900)), "wire full"),
        (Fate::Dropped(ms(930)), "dropped"),
    ] {
        let mut flight = message(1, 0, 1, MessageShape::Call, 100);
        flight.fate = fate;
        assert_eq!(words(&flying(flight.clone(), 1000)), [(word, Tone::Lost)]);
        assert!(
            !only(&flying(flight, 1000))
                .fall
                .is_some_and(|fall| fall.bounced)
        );
    }
}

#[test]
fn a_held_message_stands_on_its_wire_for_as_long_as_it_takes() {
    let mut flight = message(1, 0, 1, MessageShape::Call, 40);
    let free = only(&flying(flight.clone(), 1000)).at;
    flight.fate = Fate::Held(ms(1000));
    for at in [1000, 1030, 9000] {
        let held = flying(flight.clone(), at);
        assert!(only(&held).held);
        assert_eq!(only(&held).at, free);
    }
}

#[test]
fn a_copy_is_told_from_what_it_doubles() {
    let mut copy = message(2, 0, 1, MessageShape::Call, 40);
    copy.copy_of = Some(1);
    assert!(only(&flying(copy, 1000)).body.copy);
    assert!(
        !only(&flying(message(1, 0, 1, MessageShape::Call, 40), 1000))
            .body
            .copy
    );
}

#[test]
fn a_paused_node_keeps_its_form_and_its_state() {
    let mut leader = node(0, Role::Leader, term(2, Some(0)));
    leader.power = Power::Paused;
    leader.waiting = 3;
    let scene = scene(
        &view(vec![leader, node(1, Role::Follower, term(2, Some(0)))]),
        ms(1000),
        PAUSED,
    );
    let paused = shape(&scene, 0);
    assert_eq!(paused.form, Form::Leader);
    assert_eq!(
        paused.name,
        "Node A, leader, term 2, paused, 3 messages wait"
    );
    let badge = paused.badge.as_ref().expect("it has a badge");
    assert_eq!(
        (badge.badge, badge.count.as_deref()),
        (Badge::Paused, Some("3"))
    );
    assert_eq!(shape(&scene, 1).badge, None);
}

#[test]
fn a_pause_ends_no_identity() {
    let order = [0, 1];
    let reign = election(100, 0);
    let mut view = view(vec![
        node(0, Role::Leader, reign).aged(&order),
        node(1, Role::Follower, reign).aged(&order),
    ]);
    view.nodes[0].power = Power::Paused;
    let style = Style {
        rule: RuleFace::Age,
        ..PAUSED
    };
    let scene = scene(&view, ms(1000), style);
    assert_eq!(shape(&scene, 0).name, "Peer A, leader, 1st oldest, paused");
    assert_eq!(shape(&scene, 1).sub.as_deref(), Some("2nd"));
}

#[test]
fn a_slow_node_shows_how_many_messages_wait() {
    for (service, waiting, badge, name) in [
        (40, 0, Some((Badge::Slow, None)), ", slow"),
        (
            40,
            1,
            Some((Badge::Slow, Some("1"))),
            ", slow, 1 message waits",
        ),
        (
            0,
            12,
            Some((Badge::Behind, Some("12"))),
            ", 12 messages wait",
        ),
        (0, 0, None, ""),
    ] {
        let mut slow = node(0, Role::Follower, term(1, None));
        slow.service = ms(service);
        slow.waiting = waiting;
        let scene = scene(&view(vec![slow]), ms(1000), PAUSED);
        let drawn = shape(&scene, 0);
        let seen = drawn.badge.as_ref();
        assert_eq!(seen.map(|one| (one.badge, one.count.as_deref())), badge);
        assert_eq!(drawn.name, format!("Node A, follower, term 1{name}"));
    }
}

fn deaf(from: &[u16], to: &[u16]) -> OneWayCut {
    OneWayCut {
        from: ids(from),
        to: ids(to),
    }
}

fn parted(cuts: Vec<OneWayCut>) -> Scene {
    let mut view = followers(5);
    view.one_way = cuts;
    scene(&view, ms(1000), PAUSED)
}

#[test]
fn a_one_way_cut_is_a_river_that_shows_the_open_way() {
    let (down, up) = (
        parted(vec![deaf(&[0, 1], &[2, 3, 4])]),
        parted(vec![deaf(&[2, 3, 4], &[0, 1])]),
    );
    for (scene, current) in [(&down, Current::Up), (&up, Current::Down)] {
        assert_eq!(scene.rivers[0].current, Some(current));
        assert_eq!(scene.dams, []);
        for node in &scene.nodes {
            let above = node.centre.y < scene.rivers[0].y;
            assert_eq!(
                above,
                node.id.0 < 2,
                "the smaller side sits above: {}",
                node.letter
            );
        }
    }
    let mut both = followers(5);
    both.sides = vec![ids(&[0, 1]), ids(&[2, 3, 4])];
    assert_eq!(scene(&both, ms(1000), PAUSED).rivers[0].current, None);
}

#[test]
fn what_no_river_can_show_is_dammed() {
    let some = parted(vec![deaf(&[0], &[2, 3])]);
    assert_eq!((some.rivers.len(), some.dams.len()), (0, 2));
    let river_and_dam = parted(vec![deaf(&[0, 1], &[2, 3, 4]), deaf(&[2], &[0])]);
    assert_eq!(
        (river_and_dam.rivers.len(), river_and_dam.dams.len()),
        (1, 1)
    );
    let mut sides = followers(5);
    sides.sides = vec![ids(&[0, 1]), ids(&[2, 3, 4])];
    sides.one_way = vec![deaf(&[0], &[1, 2])];
    assert_eq!(scene(&sides, ms(1000), PAUSED).dams.len(), 1);
}
