//! What clients wait for, and whom their breakers spare.

mod support;

use consensus::NodeId;
use scene::{ClientShape, Seating, Stage, Style, compose};
use simulator::{BreakerState, BreakerView, CallView, ClientView};
use support::{client, followers, ms};

const DESIGN: Stage = Stage::new(490.0, 436.0);

fn call(node: u16, waits_until: Option<u64>) -> CallView {
    CallView {
        sequence: 1,
        key: 0,
        written: Some(7),
        node: Some(NodeId(node)),
        attempt: 1,
        waits_until: waits_until.map(ms),
    }
}

fn breaker(node: u16, state: BreakerState) -> BreakerView {
    BreakerView {
        node: NodeId(node),
        state,
        failures: 3,
        cools: None,
    }
}

fn drawn(clients: Vec<ClientView>, stage: Stage, at: u64) -> Vec<ClientShape> {
    let mut view = followers(5);
    view.clients = clients;
    let seating = Seating::target(&view, stage);
    compose(&view, ms(at), &seating, stage, Style::default()).clients
}

fn one(client: ClientView) -> ClientShape {
    drawn(vec![client], DESIGN, 1000).remove(0)
}

#[test]
fn a_client_says_whom_it_asks() {
    let mut asks = client(0);
    asks.calls = vec![call(0, Some(1200)), call(2, None)];
    let shape = one(asks);
    assert_eq!(shape.label, "client asks C");
    assert_eq!(shape.name, "Client, asks C");
    assert_eq!(shape.backoff, None);
    let idle = one(client(0));
    assert_eq!(
        (idle.label.as_str(), idle.name.as_str()),
        ("client", "Client, asks nobody")
    );
}

#[test]
fn the_arc_of_one_that_backs_off_runs_down() {
    let mut waits = client(0);
    waits.calls = vec![call(0, Some(1250)), call(1, Some(3000))];
    assert_eq!(one(waits.clone()).name, "Client, backs off");
    let left = |at| drawn(vec![waits.clone()], DESIGN, at)[0].backoff;
    assert_eq!(
        left(1000),
        Some(0.5),
        "a quarter of a second is half of the arc"
    );
    assert!(left(1100) < left(1000));
    assert_eq!(left(1250), Some(0.0));
}

#[test]
fn breakers_that_are_not_closed_are_seen_towards_their_nodes() {
    let mut spares = client(0);
    spares.breakers = vec![
        breaker(0, BreakerState::Open),
        breaker(1, BreakerState::Closed),
        breaker(2, BreakerState::HalfOpen),
        breaker(4, BreakerState::Open),
    ];
    let shape = one(spares.clone());
    let seen: Vec<_> = shape
        .breakers
        .iter()
        .map(|one| (one.letter.as_str(), one.half_open))
        .collect();
    assert_eq!(seen, [("C", true), ("E", false), ("A", false)]);
    for pair in shape.breakers.windows(2) {
        let apart = (pair[1].at - pair[0].at).length();
        assert!(apart > 18.0, "their letters keep apart: {apart}");
    }
    assert_eq!(
        shape.name,
        "Client, asks nobody, breakers for A and E are open, breaker for C is half-open"
    );
}

#[test]
fn several_clients_go_by_their_numbers() {
    let mut spares = client(1);
    spares.calls = vec![call(1, Some(1100))];
    spares.breakers = vec![breaker(0, BreakerState::Open)];
    let shapes = drawn(vec![client(0), spares], DESIGN, 1000);
    assert_eq!(shapes[0].label, "1");
    assert_eq!(shapes[1].name, "Client 2, backs off, breaker for A is open");
}

#[test]
fn what_a_client_says_stays_on_the_stage() {
    for width in [280.0, 390.0, 720.0] {
        let stage = Stage::new(width, 360.0);
        let clients = (0..6).map(|id| {
            let mut spares = client(id);
            spares.breakers = (0..5)
                .map(|node| breaker(node, BreakerState::Open))
                .collect();
            spares
        });
        for shape in drawn(clients.collect(), stage, 1000) {
            let left = shape.at.x + shape.tip_left;
            assert!(left >= -width / 2.0 && left + shape.tip_width <= width / 2.0);
        }
    }
}
