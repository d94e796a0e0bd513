//! Sizes that follow from the stage and the number of nodes.

use crate::circle;
use crate::geometry::{Point, Stage, Within};

/// The stage for which the marks were designed, and the radius of a node on it.
const DESIGN: Stage = Stage::new(490.0, 436.0);
/// A node's radius on the stage of the design.
pub(crate) const DESIGN_RADIUS: f64 = 38.0;
/// A node is never drawn smaller where the stage allows it.
const LEAST_RADIUS: f64 = 16.0;
/// From this many nodes on, tags move to the outside of the ring and logs are left to the leader.
const CROWD: usize = 13;

/// Lengths that a painter needs beside the shapes; text is never smaller than 13 px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    /// A node's radius.
    pub radius: f64,
    /// The crown, messages without text, relative to the design.
    pub mark: f64,
    /// Tags, cells, messages with text, relative to the design; at least 1.
    pub unit: f64,
    /// Font size of a node's letter.
    pub name: f64,
    /// Font size of the ordinal under the letter.
    pub sub: f64,
    /// Font size in tags, cells and messages.
    pub tag: f64,
    /// Font size of notes.
    pub note: f64,
    /// Half the side of a client's square.
    pub client: f64,
}

/// The ring and all margins round it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Layout {
    pub(crate) stage: Stage,
    pub(crate) radius: f64,
    /// Half axes of the ring.
    pub(crate) ring: Point,
    /// The stage's upper edge.
    pub(crate) ceiling: f64,
    /// The height at which clients stand.
    pub(crate) shore: f64,
    /// The stage relative to the design.
    pub(crate) scale: f64,
    pub(crate) crowded: bool,
    pub(crate) tiny: bool,
}

impl Layout {
    /// The layout for so many nodes; `shrink` < 1 makes nodes smaller where a cut needs the room.
    pub(crate) fn new(stage: Stage, nodes: usize, shrink: f64) -> Self {
        let stage = stage.sane();
        let scale = (stage.width / DESIGN.width)
            .min(stage.height / DESIGN.height)
            .min(1.7);
        let tiny = scale < 0.55;
        let crowded = nodes >= CROWD && !tiny;
        let count = nodes.max(1) as f64;
        let ideal = (12.0 + 153.0 / count).min(DESIGN_RADIUS) * scale;
        let radius = ideal.max(LEAST_RADIUS.min(stage.height / 9.0)) * shrink;
        let extra = if crowded { 14.0 } else { 0.0 };
        let (above, below, beside) = if tiny {
            (radius + 36.0, radius + 6.0, radius + 6.0)
        } else {
            let top = radius + 51.0 * scale.max(0.8);
            (
                top + extra,
                radius + 17.0 * scale + extra,
                if crowded {
                    radius * 1.42 + 30.0 * scale.max(1.0)
                } else {
                    radius + 19.0 * scale
                },
            )
        };
        let free = Point::new(
            stage.width / 2.0 - beside,
            (stage.height - above - below) / 2.0,
        );
        let free = Point::new(free.x.max(4.0), free.y.max(4.0));
        let ring = Point::new(free.x.min(free.y * 1.35), free.y.min(free.x * 1.2));
        let spare = stage.height - above - below - 2.0 * ring.y;
        let ceiling = -(ring.y + above) - spare / 2.0;
        let shore = -(ring.y + above)
            + if tiny {
                14.0
            } else {
                23.0 * scale.within(0.8, 1.4)
            };
        Self {
            stage,
            radius,
            ring,
            ceiling,
            shore,
            scale,
            crowded,
            tiny,
        }
    }

    /// The view box that puts the origin at the ring's centre.
    pub(crate) fn view_box(&self) -> [f64; 4] {
        [
            -self.stage.width / 2.0,
            self.ceiling,
            self.stage.width,
            self.stage.height,
        ]
    }

    /// The stage's right edge; the left one is its negative.
    pub(crate) fn wall(&self) -> f64 {
        self.stage.width / 2.0
    }

    /// The stage's lower edge.
    pub(crate) fn floor(&self) -> f64 {
        self.ceiling + self.stage.height
    }

    /// Half the width of the main river.
    pub(crate) fn half_river(&self) -> f64 {
        24.0 * self.scale.within(0.35, 1.2) * (self.radius / (16.0 * self.scale)).min(1.0)
    }

    /// How far a node's centre stays away from the river's middle.
    pub(crate) fn clearance(&self) -> f64 {
        self.radius + 16.0 * (self.radius / DESIGN_RADIUS).min(self.scale) + self.half_river()
    }

    /// How far outside of a node's centre nothing else is drawn: its timer and its halo.
    pub(crate) fn reach(&self, candidate: bool) -> f64 {
        self.radius * if candidate { 61.0 / 38.0 } else { 54.0 / 38.0 }
    }

    /// The point of the ring at `angle`, clockwise from the top; `inset` pixels inside of it.
    pub(crate) fn on_ring(&self, angle: f64, inset: f64) -> Point {
        Point::new(
            (self.ring.x - inset) * circle::sin(angle),
            -(self.ring.y - inset) * circle::cos(angle),
        )
    }

    /// Where on the ring a point stands, as a direction on a circle.
    pub(crate) fn bearing(&self, point: Point) -> f64 {
        Point::new(point.x / self.ring.x, point.y / self.ring.y).angle()
    }

    pub(crate) fn sizes(&self) -> Sizes {
        let unit = self.scale.within(1.0, 1.5);
        let ratio = self.radius / DESIGN_RADIUS;
        Sizes {
            radius: self.radius,
            mark: ratio.within(0.6, 1.6),
            unit,
            name: (25.0 * ratio).max(13.0),
            sub: (14.0 * ratio).max(13.0),
            tag: 13.0 * unit,
            note: (15.0 * self.scale).within(13.0, 22.0),
            client: 14.0 * self.scale.within(0.8, 1.4),
        }
    }
}
