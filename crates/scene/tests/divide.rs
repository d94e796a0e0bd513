//! A line across the stage parts those who stand on it into two.

use consensus::NodeId;
use scene::{Point, divide};

fn names(nodes: &[NodeId]) -> String {
    nodes.iter().map(NodeId::to_string).collect()
}

/// Who stands on which side where A to D stand above, right, below and left of the middle.
fn sides(from: (f64, f64), to: (f64, f64)) -> [String; 2] {
    let places = [(0.0, -100.0), (100.0, 0.0), (0.0, 100.0), (-100.0, 0.0)];
    let places: Vec<_> = (0..)
        .zip(places)
        .map(|(node, (x, y))| (NodeId(node), Point::new(x, y)))
        .collect();
    divide(&places, [from, to].map(|(x, y)| Point::new(x, y))).map(|side| names(&side))
}

#[test]
fn left_and_right_are_those_of_somebody_who_walks_the_line() {
    assert_eq!(sides((-150.0, -50.0), (150.0, -50.0)), ["A", "BCD"]);
    assert_eq!(sides((150.0, -50.0), (-150.0, -50.0)), ["BCD", "A"]);
    assert_eq!(sides((50.0, 150.0), (50.0, -150.0)), ["ACD", "B"]);
}

#[test]
fn a_short_stroke_parts_as_a_long_one() {
    assert_eq!(sides((-10.0, -10.0), (10.0, 10.0)), ["AB", "CD"]);
    assert_eq!(sides((-1000.0, -1000.0), (1000.0, 1000.0)), ["AB", "CD"]);
}

#[test]
fn beside_everybody_nobody_is_parted() {
    assert_eq!(sides((-150.0, -120.0), (150.0, -120.0)), ["", "ABCD"]);
}

#[test]
fn whoever_stands_on_the_line_stands_to_the_right() {
    assert_eq!(sides((0.0, -150.0), (0.0, 150.0)), ["B", "ACD"]);
}
