//! Where each node sits.

use crate::arc::Spread;
use crate::geometry::{Point, Stage, Within};
use crate::layout::Layout;
use crate::order::order_by;
use crate::parting::Parting;
use crate::river::{RiverShape, half_arm};
use alloc::vec::Vec;
use consensus::NodeId;
use simulator::View;

/// From this many nodes on, equal distances matter more than equal angles.
const MANY: usize = 10;

/// One node's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seat {
    /// Who sits there.
    pub node: NodeId,
    /// Where.
    pub at: Point,
}

/// Where everybody sits, and the river between them. The sides of a cut sit together: the first
/// above the river, the others below.
#[derive(Clone, Debug, PartialEq)]
pub struct Seating {
    seats: Vec<Seat>,
    pub(crate) river: Option<RiverShape>,
    pub(crate) clients: Vec<Point>,
    pub(crate) layout: Layout,
}

impl Seating {
    /// Where everybody should sit. Depends on the nodes present, the cut and the stage only, so
    /// that two stages of one size show their river at one height.
    #[must_use]
    pub fn target(view: &View, stage: Stage) -> Self {
        let parting = Parting::of(view);
        let mut shrink = 1.0;
        loop {
            let mut seating = Self::attempt(&parting.sides, stage, shrink);
            if seating.is_roomy() || shrink < 0.1 {
                if let Some(river) = &mut seating.river {
                    river.current = parting.current;
                }
                seating.clients = clients(&seating, view.clients.len());
                return seating;
            }
            shrink *= 0.95;
        }
    }

    /// Moves everybody by this fraction of the way to their place in `target`. Who is new sits
    /// down at once; the river lies where `target` has it.
    pub fn ease(&mut self, target: &Self, fraction: f64) {
        let fraction = if fraction.is_finite() {
            fraction.within(0.0, 1.0)
        } else {
            1.0
        };
        let settle = |from: Point, to: Point| {
            let at = from.toward(to, fraction);
            if (to - at).length() < 0.25 { to } else { at }
        };
        let radius = self.layout.radius + (target.layout.radius - self.layout.radius) * fraction;
        let mut next = target.clone();
        for seat in &mut next.seats {
            seat.at = self
                .position(seat.node)
                .map_or(seat.at, |from| settle(from, seat.at));
        }
        for (client, &from) in next.clients.iter_mut().zip(&self.clients) {
            *client = settle(from, *client);
        }
        if (target.layout.radius - radius).abs() > 0.1 {
            next.layout.radius = radius;
        }
        *self = next;
    }

    /// Where a node sits.
    #[must_use]
    pub fn position(&self, node: NodeId) -> Option<Point> {
        self.seats
            .binary_search_by_key(&node, |seat| seat.node)
            .ok()
            .map(|index| self.seats[index].at)
    }

    /// Every seat, by node.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// A node's radius.
    #[must_use]
    pub const fn radius(&self) -> f64 {
        self.layout.radius
    }

    /// The river, where there is a cut.
    #[must_use]
    pub const fn river(&self) -> Option<&RiverShape> {
        self.river.as_ref()
    }

    fn attempt(sides: &[Vec<NodeId>], stage: Stage, shrink: f64) -> Self {
        let sizes: Vec<usize> = sides.iter().map(Vec::len).collect();
        let count = sizes.iter().sum();
        let layout = Layout::new(stage, count, shrink);
        let arm = 2.0 * (layout.radius * 1.2 + half_arm(&layout));
        let spread = Spread {
            ring: layout.ring,
            rift: 2.0 * layout.clearance() / layout.ring.y,
            strait: arm / ((layout.ring.x + layout.ring.y) / 2.0),
            berth: (2.0 * layout.radius + 6.0) / layout.ring.y,
            even: count >= MANY,
        };
        let angles = spread.angles(&sizes);
        let mut seats = Vec::with_capacity(count);
        for (side, angles) in sides.iter().zip(&angles) {
            let open = sides.len() > 1;
            seats.extend(seat_arc(&layout, side, angles, open));
        }
        let river = (sides.len() > 1).then(|| river(&layout, &sizes, &angles, &seats));
        order_by(&mut seats, |seat| seat.node);
        Self {
            seats,
            river,
            clients: Vec::new(),
            layout,
        }
    }

    /// Whether all nodes stand clear of each other, of the river and of the edges.
    fn is_roomy(&self) -> bool {
        let least = self.layout.radius * 2.0 + 1.0;
        let apart = self.seats.iter().enumerate().all(|(index, seat)| {
            self.seats[..index]
                .iter()
                .all(|other| (other.at - seat.at).length() >= least)
        });
        let dry = self.river.as_ref().is_none_or(|river| {
            self.seats
                .iter()
                .all(|seat| river.distance(seat.at) >= self.layout.radius + 1.0)
        });
        apart && dry
    }
}

/// Seats on one arc. Where an open arc is too short, every second node moves inwards.
fn seat_arc(layout: &Layout, side: &[NodeId], angles: &[f64], open: bool) -> Vec<Seat> {
    let outer: Vec<Point> = angles
        .iter()
        .map(|&angle| layout.on_ring(angle, 0.0))
        .collect();
    let nearest = outer.windows(2).fold(f64::MAX, |least, pair| {
        least.min((pair[1] - pair[0]).length())
    });
    let needed = layout.radius * 2.0 + 4.0;
    let inset = if open && nearest < needed {
        // Moving inwards also brings them nearer to each other.
        (libm::sqrt(needed * needed - nearest * nearest) * 1.2 + 1.0).min(layout.ring.y * 0.6)
    } else {
        0.0
    };
    let lone = !open && side.len() == 1;
    side.iter()
        .zip(angles)
        .enumerate()
        .map(|(index, (&node, &angle))| {
            let inset = if index % 2 == 1 { inset } else { 0.0 };
            let at = if lone {
                Point::default()
            } else {
                layout.on_ring(angle, inset)
            };
            Seat { node, at }
        })
        .collect()
}

/// The river through the gaps; `seats` lie in the order of the sides.
fn river(layout: &Layout, sizes: &[usize], angles: &[Vec<f64>], seats: &[Seat]) -> RiverShape {
    let (upper, lower) = seats.split_at(sizes[0]);
    let bottom = upper.iter().fold(f64::MIN, |y, seat| y.max(seat.at.y));
    let top = lower.iter().fold(f64::MAX, |y, seat| y.min(seat.at.y));
    // A little higher than the middle: crowns rise towards it from below.
    let y = (bottom + top) / 2.0 - 1.5 * layout.scale;
    let gaps: Vec<Point> = angles[1..]
        .windows(2)
        .filter_map(|pair| Some((*pair[0].last()? + *pair[1].first()?) / 2.0))
        .map(|angle| layout.on_ring(angle, 0.0))
        .collect();
    RiverShape::new(layout, y, &gaps)
}

/// Clients stand along the top, where no node is in the way.
fn clients(seating: &Seating, count: usize) -> Vec<Point> {
    let layout = &seating.layout;
    let count = count.min(12);
    let crowd = if layout.crowded { 36.0 } else { 0.0 };
    let reach = layout.radius * 1.7 + 24.0 * layout.scale;
    let top_taken = seating
        .seats
        .iter()
        .any(|seat| seat.at.x.abs() < reach * 0.75 && seat.at.y < layout.shore + reach + crowd);
    let room = layout.wall() - 30.0;
    if count == 1 {
        let x = if top_taken {
            -(layout.ring.x * if layout.crowded { 0.95 } else { 0.62 }).min(room)
        } else {
            0.0
        };
        return alloc::vec![Point::new(x, layout.shore)];
    }
    let step = (2.0 * room / count.max(1) as f64).min(130.0 * layout.scale.max(0.8));
    let from = -step * (count.saturating_sub(1)) as f64 / 2.0;
    (0..count)
        .map(|index| Point::new(from + step * index as f64, layout.shore))
        .collect()
}
