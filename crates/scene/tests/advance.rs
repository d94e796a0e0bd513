//! A scene that is taken on is the one that would be composed, and messages in it can be pointed at.

mod support;

use consensus::{MessageShape, NodeId, Role};
use proptest::prelude::*;
use scene::{Point, RuleFace, Scene, Seating, Stage, Style, advance, compose, hit};
use simulator::{Fate, View};
use support::{Built, election, followers, message, ms, node, term, view};

const STAGE: Stage = Stage::new(490.0, 436.0);

fn busy(rule: RuleFace) -> View {
    let mut view = match rule {
        RuleFace::Votes => followers(7),
        RuleFace::Age => view(
            (0..7)
                .map(|id| node(id, Role::Follower, election(5, 0)).aged(&[0, 1, 2, 3, 4, 5, 6]))
                .collect(),
        ),
    };
    view.nodes[1] = node(1, Role::Candidate, term(2, None))
        .waiting(80)
        .voted(&[(0, None), (1, Some(true)), (2, None)], 4);
    for (id, percent) in (1..6).zip([0, 30, 55, 80, 95]) {
        view.flights
            .push(message(id, id as u16, 0, MessageShape::Call, percent));
    }
    let mut lost = message(9, 2, 1, MessageShape::Claim, 60);
    lost.fate = Fate::Lost(ms(960));
    view.flights.push(lost);
    view
}

proptest! {
    #[test]
    fn it_is_what_would_be_composed(by_age: bool, later in 0_u64..400, still: bool) {
        let rule = if by_age { RuleFace::Age } else { RuleFace::Votes };
        let style = Style { rule, arrows: still, selected: Some(NodeId(2)) };
        let view = busy(rule);
        let seating = Seating::target(&view, STAGE);
        let at = ms(1000 + later);
        let mut scene = compose(&view, ms(1000), &seating, STAGE, style);
        advance(&mut scene, &view, at, &seating, style);
        prop_assert_eq!(&scene, &compose(&view, at, &seating, STAGE, style));
    }
}

fn two() -> Scene {
    let mut view = followers(5);
    view.flights = vec![
        message(1, 0, 1, MessageShape::Call, 50),
        message(2, 1, 0, MessageShape::Call, 50),
    ];
    let seating = Seating::target(&view, STAGE);
    compose(&view, ms(1000), &seating, STAGE, Style::default())
}

#[test]
fn who_points_at_a_message_hits_it() {
    let scene = two();
    for flight in &scene.flights {
        let found = hit(&scene, flight.at + Point::new(3.0, 4.0), 0.0);
        assert_eq!(found.map(|it| it.id), Some(flight.id));
    }
}

#[test]
fn who_points_between_two_hits_the_nearer() {
    let scene = two();
    let [one, other] = [scene.flights[0].at, scene.flights[1].at];
    let nearest = |part: f64| hit(&scene, one.toward(other, part), 40.0).map(|it| it.id);
    assert_eq!((nearest(0.45), nearest(0.55)), (Some(1), Some(2)));
}

#[test]
fn who_points_beside_all_hits_none() {
    let scene = two();
    let beside = |away: f64| scene.flights[0].at + Point::new(0.0, away);
    assert!(hit(&scene, beside(40.0), 24.0).is_none());
    assert!(hit(&scene, beside(30.0), 24.0).is_some());
    let mut empty = scene.clone();
    empty.flights.clear();
    assert!(hit(&empty, Point::default(), f64::MAX).is_none());
}

#[test]
fn of_two_on_one_spot_the_upper_is_hit() {
    let mut scene = two();
    scene.flights[1].at = scene.flights[0].at;
    assert_eq!(
        hit(&scene, scene.flights[0].at, 5.0).map(|it| it.id),
        Some(2)
    );
}
