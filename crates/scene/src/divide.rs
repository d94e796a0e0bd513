//! Who stands on which side of a line that somebody draws across the stage.

use crate::compose::Scene;
use crate::geometry::Point;
use alloc::vec::Vec;
use consensus::NodeId;

/// Where the nodes stand.
pub type Places = [(NodeId, Point)];

/// Who stands to the left and to the right of somebody who walks from one point of a line to
/// another, in the order of `places`; the line has no end. Whoever stands on it, stands to the right.
#[must_use]
pub fn divide(places: &Places, [from, to]: [Point; 2]) -> [Vec<NodeId>; 2] {
    let along = to - from;
    let is_left = |at: Point| {
        let away = at - from;
        along.x * away.y - along.y * away.x < 0.0
    };
    [true, false].map(|left| {
        let here = places.iter().filter(|(_, at)| is_left(*at) == left);
        here.map(|(node, _)| *node).collect()
    })
}

/// Where the nodes of a scene stand.
#[must_use]
pub fn places(scene: &Scene) -> Vec<(NodeId, Point)> {
    let nodes = scene.nodes.iter();
    nodes.map(|node| (node.id, node.centre)).collect()
}
