//! Everybody has a seat: on the stage, apart from each other, out of the water.

mod support;

use consensus::NodeId;
use proptest::prelude::*;
use scene::{Point, Seating, Stage};
use support::{followers, ids};

const DESIGN: Stage = Stage::new(490.0, 436.0);

fn near(point: Option<Point>, x: f64, y: f64) {
    let point = point.expect("a seat");
    assert!(
        (point.x - x).abs() < 0.6 && (point.y - y).abs() < 0.6,
        "{point:?} is not {x}, {y}"
    );
}

#[test]
fn five_nodes_sit_as_designed() {
    let seating = Seating::target(&followers(5), DESIGN);
    assert!((seating.radius() - 38.0).abs() < 0.01);
    near(seating.position(NodeId(0)), -110.5, -118.1);
    near(seating.position(NodeId(1)), 110.5, -118.1);
    near(seating.position(NodeId(2)), 178.8, 45.1);
    near(seating.position(NodeId(3)), 0.0, 146.0);
    near(seating.position(NodeId(4)), -178.8, 45.1);
}

#[test]
fn a_cut_that_fits_moves_nobody() {
    let whole = Seating::target(&followers(5), DESIGN);
    let mut view = followers(5);
    view.sides = vec![ids(&[0, 1]), ids(&[2, 3, 4])];
    let cut = Seating::target(&view, DESIGN);
    for seat in whole.seats() {
        near(cut.position(seat.node), seat.at.x, seat.at.y);
    }
    let river = cut.river().expect("a river");
    assert!(
        (river.y + 38.0).abs() < 0.5 && (river.half - 24.0).abs() < 0.01,
        "{river:?}"
    );
}

#[test]
fn sides_are_seated_together() {
    let mut view = followers(5);
    view.sides = vec![ids(&[4]), ids(&[0, 1, 2, 3])];
    let seating = Seating::target(&view, DESIGN);
    let river = seating.river().expect("a river");
    near(seating.position(NodeId(4)), 0.0, -146.0);
    for id in 0..4 {
        assert!(seating.position(NodeId(id)).expect("a seat").y > river.y + river.half);
    }
}

#[test]
fn seats_are_reached_by_gliding() {
    let mut seating = Seating::target(&followers(5), DESIGN);
    let mut view = followers(5);
    view.sides = vec![ids(&[2]), ids(&[0, 1, 3, 4])];
    let target = Seating::target(&view, DESIGN);
    let start = seating.position(NodeId(2));
    seating.ease(&target, 0.5);
    assert_ne!(seating.position(NodeId(2)), start);
    assert_ne!(seating.position(NodeId(2)), target.position(NodeId(2)));
    for _ in 0..40 {
        seating.ease(&target, 0.5);
    }
    assert_eq!(seating, target);
}

#[test]
fn clients_arrive_where_they_glide_to() {
    let mut view = followers(5);
    view.clients = vec![support::client(0)];
    let mut seating = Seating::target(&view, DESIGN);
    view.clients = (0..2).map(support::client).collect();
    let target = Seating::target(&view, DESIGN);
    seating.ease(&target, 0.5);
    assert_ne!(seating, target);
    for _ in 0..40 {
        seating.ease(&target, 0.5);
    }
    assert_eq!(seating, target);
}

/// Checks a seating of `count` nodes with the first `upper` of them cut off.
fn check(count: u16, sides: &[Vec<NodeId>], stage: Stage) -> Result<f64, TestCaseError> {
    let mut view = followers(count);
    view.sides = sides.to_vec();
    let seating = Seating::target(&view, stage);
    let radius = seating.radius();
    let scene = scene::compose(&view, view.now, &seating, stage, scene::Style::default());
    let [left, top, width, height] = scene.view_box;
    for (index, seat) in seating.seats().iter().enumerate() {
        let at = seat.at;
        prop_assert!(
            at.x - radius >= left && at.x + radius <= left + width,
            "{at:?} is off stage"
        );
        prop_assert!(
            at.y - radius >= top && at.y + radius <= top + height,
            "{at:?} is off stage"
        );
        for other in &seating.seats()[..index] {
            let apart = (other.at - at).length();
            prop_assert!(
                apart >= 2.0 * radius,
                "{count} nodes, {stage:?}: {apart} < 2 × {radius}"
            );
        }
        if let Some(river) = seating.river() {
            prop_assert!(
                river.distance(at) >= radius,
                "{:?} is in the water",
                seat.node
            );
        }
    }
    prop_assert_eq!(seating.seats().len(), usize::from(count));
    Ok(radius)
}

#[test]
fn every_size_and_every_cut_in_two_fits_the_design_stage() {
    for count in 1..=31u16 {
        for upper in 0..count {
            let all: Vec<u16> = (0..count).collect();
            let (above, below) = all.split_at(usize::from(upper));
            let sides = if upper == 0 {
                vec![]
            } else {
                vec![ids(above), ids(below)]
            };
            let radius = check(count, &sides, DESIGN).expect("fits");
            let least = if upper == 0 || count <= 20 {
                16.0
            } else {
                13.0
            };
            assert!(radius >= least - 0.1, "{upper} of {count}: {radius}");
        }
    }
}

proptest! {
    #[test]
    fn everybody_fits(
        count in 1..=31u16,
        mask: u32,
        width in 200.0..1600.0f64,
        height in 180.0..1200.0f64,
    ) {
        let (above, below): (Vec<u16>, Vec<u16>) = (0..count).partition(|id| mask >> id & 1 == 1);
        check(count, &[ids(&above), ids(&below)], Stage::new(width, height))?;
    }

    #[test]
    fn many_sides_fit(
        assigned in proptest::collection::vec(0..5usize, 3..16),
        width in 320.0..1200.0f64,
        height in 300.0..900.0f64,
    ) {
        let mut sides = vec![Vec::new(); 5];
        for (id, side) in assigned.iter().enumerate() {
            sides[*side].push(NodeId(id as u16));
        }
        check(assigned.len() as u16, &sides, Stage::new(width, height))?;
    }
}
