//! What somebody points at in a diagram.

use super::{Frame, RayShape, RowShape, Spacetime};
use crate::geometry::{Point, Within, distance_to_segment};
use consensus::Micros;

impl Spacetime {
    /// The message whose line is nearest to `point`, of those that pass within `reach` pixels of it.
    #[must_use]
    pub fn ray_at(&self, point: Point, reach: f64) -> Option<&RayShape> {
        let mut nearest: Option<(f64, &RayShape)> = None;
        for ray in &self.rays {
            let away = distance_to_segment(point, ray.from, ray.to);
            if away <= reach && nearest.is_none_or(|(least, _)| away <= least) {
                nearest = Some((away, ray));
            }
        }
        nearest.map(|(_, ray)| ray)
    }

    /// The row of the node whose name stands at `point`, left of where time begins.
    #[must_use]
    pub fn name_at(&self, point: Point) -> Option<&RowShape> {
        let named = self.rows.iter().filter(|_| point.x < self.left);
        let away = |row: &RowShape| libm::fabs(row.y - point.y);
        let nearest = named.min_by(|left, right| away(left).total_cmp(&away(right)));
        nearest.filter(|row| away(row) <= 18.0)
    }

    /// The moment at `x`, as `frame` shows it; one of its edges for what lies beyond them.
    #[must_use]
    pub fn moment_at(&self, x: f64, frame: &Frame) -> Micros {
        let share = ((x - self.left) / (self.right - self.left).max(1.0)).within(0.0, 1.0);
        let whole = frame.to.0.saturating_sub(frame.from.0) as f64;
        frame.from + Micros((whole * share) as u64)
    }
}
