//! Which message somebody points at.

use crate::compose::Scene;
use crate::flight::FlightShape;
use crate::geometry::Point;

/// The radius of a message's body in the design, in pixels.
const BODY: f64 = 10.0;

/// The message nearest to `point`, in the scene's own pixels, of those that lie within `reach` pixels
/// of it; of two that are equally near, the one that is drawn on top. A body is near as far as it
/// reaches, so a large one is met before a small one whose centre is as far away.
#[must_use]
pub fn hit(scene: &Scene, point: Point, reach: f64) -> Option<&FlightShape> {
    let mut nearest: Option<(f64, &FlightShape)> = None;
    for flight in &scene.flights {
        let away = ((flight.at - point).length() - BODY * flight.body.scale).max(0.0);
        if away <= reach && nearest.is_none_or(|(least, _)| away <= least) {
            nearest = Some((away, flight));
        }
    }
    nearest.map(|(_, flight)| flight)
}
