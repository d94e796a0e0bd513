//! What already stands on the stage, so that cells and notes find a free place.

use crate::geometry::{Point, Within};
use crate::seating::Seating;
use alloc::vec::Vec;

/// An upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Patch {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Patch {
    /// A rectangle from its left edge's middle.
    pub(crate) fn beside(left: f64, middle: f64, width: f64, height: f64) -> Self {
        Self {
            left,
            top: middle - height / 2.0,
            right: left + width,
            bottom: middle + height / 2.0,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn nearest(&self, point: Point) -> Point {
        Point::new(
            point.x.within(self.left, self.right),
            point.y.within(self.top, self.bottom),
        )
    }
}

/// The stage, and what is taken of it.
pub(crate) struct Ground<'a> {
    seating: &'a Seating,
    taken: Vec<Patch>,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(seating: &'a Seating) -> Self {
        let sizes = seating.layout.sizes();
        let label = if seating.clients.len() == 1 { 7.5 } else { 4.5 } * sizes.note;
        let client = |at: &Point| Patch {
            left: at.x - sizes.client,
            top: at.y - sizes.client,
            right: at.x + sizes.client + label,
            bottom: at.y + sizes.client,
        };
        Self {
            seating,
            taken: seating.clients.iter().map(client).collect(),
        }
    }

    /// Whether nothing stands there yet: no node, no river, no cells, no words, and the stage does
    /// not end there.
    pub(crate) fn is_free(&self, patch: Patch) -> bool {
        let layout = &self.seating.layout;
        let on_stage = patch.left >= -layout.wall() + 1.0
            && patch.right <= layout.wall() - 1.0
            && patch.top >= layout.ceiling + 1.0
            && patch.bottom <= layout.floor() - 1.0;
        let rim = layout.radius * 1.27 + 2.0;
        let clear = |centre: Point| (patch.nearest(centre) - centre).length() >= rim;
        on_stage
            && self.seating.seats().iter().all(|seat| clear(seat.at))
            && !self.taken.iter().any(|taken| taken.meets(&patch))
            && self.is_dry(patch)
    }

    pub(crate) fn take(&mut self, patch: Patch) {
        self.taken.push(patch);
    }

    fn is_dry(&self, patch: Patch) -> bool {
        let Some(river) = self.seating.river() else {
            return true;
        };
        let middle = Point::new(
            (patch.left + patch.right) / 2.0,
            (patch.top + patch.bottom) / 2.0,
        );
        let corners = [
            middle,
            Point::new(patch.left, patch.top),
            Point::new(patch.right, patch.top),
            Point::new(patch.left, patch.bottom),
            Point::new(patch.right, patch.bottom),
        ];
        corners.iter().all(|&corner| river.distance(corner) >= 0.0)
    }
}
