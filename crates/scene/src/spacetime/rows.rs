//! Where the rows stand, and the rivers between them.

use super::{Scale, SpanShape};
use crate::geometry::{Stage, Within};
use crate::order::order_by;
use crate::river::Current;
use alloc::vec::Vec;
use consensus::{Micros, NodeId};
use simulator::{Action, Excerpt, Happening, Power, Record, What};

/// The room above the first row: for a crown.
pub(super) const TOP: f64 = 26.0;
/// The room under the last row: for the ticks.
pub(super) const BOTTOM: f64 = 40.0;
/// Two names need so much room.
const NAME: f64 = 17.0;
/// A river takes up so much more room than two rows need, in rows.
const GAP: f64 = 0.8;

/// A row.
pub(super) struct Row {
    pub(super) node: NodeId,
    pub(super) y: f64,
}

/// All rows, from top to bottom.
pub(super) struct Rows {
    pub(super) list: Vec<Row>,
    /// Where time begins.
    pub(super) gutter: f64,
    pub(super) floor: f64,
    /// Every so many rows there is room for a name.
    pub(super) every: usize,
    pub(super) mark: f64,
}

/// A cut, in time.
struct Cut<'a> {
    from: Micros,
    to: Option<Micros>,
    what: Kind<'a>,
}

/// How a cut divides nodes.
#[derive(Clone, Copy)]
enum Kind<'a> {
    Sides(&'a [Vec<NodeId>]),
    OneWay(&'a [NodeId], &'a [NodeId]),
}

impl Kind<'_> {
    /// On which side a node stands; who is not named stands on the last.
    fn side(&self, node: NodeId) -> usize {
        match self {
            Self::Sides(sides) => sides
                .iter()
                .position(|it| it.contains(&node))
                .unwrap_or(sides.len()),
            Self::OneWay(from, _) => usize::from(!from.contains(&node)),
        }
    }
}

impl Rows {
    /// Rows for whoever is part of the excerpt. The sides of the latest cut stand together, and
    /// stay so when it is healed, so that rows move only where somebody cuts in another way.
    pub(super) fn new(excerpt: &Excerpt, record: &Record, stage: Stage, known: Micros) -> Self {
        let comes = |node: NodeId| {
            let mut told = excerpt.told().iter().take_while(|it| it.at <= known);
            told.any(|it| matches!(it.what, What::Power { node: who, .. } if who == node))
        };
        let here = excerpt.start().iter();
        let here = here.filter(|it| it.power != Power::Absent || comes(it.node));
        let mut nodes: Vec<NodeId> = here.map(|it| it.node).collect();
        let last = cuts(&record.story, known).pop();
        let side = |node: NodeId| last.as_ref().map_or(0, |it| it.what.side(node));
        order_by(&mut nodes, |it| (side(*it), *it));
        let borders = nodes.windows(2).filter(|it| side(it[0]) != side(it[1]));
        let steps = nodes.len().saturating_sub(1) as f64 + GAP * borders.count() as f64;
        let room = (stage.height - TOP - BOTTOM).max(1.0);
        let step = (room / steps.max(1.0)).min(60.0);
        let floor = stage.height - BOTTOM + 12.0;
        let mut y = TOP + (room - step * steps) / 2.0;
        let mut list: Vec<Row> = Vec::with_capacity(nodes.len());
        for node in nodes {
            if let Some(above) = list.last() {
                let gap = if side(above.node) == side(node) {
                    0.0
                } else {
                    GAP
                };
                y += step * (1.0 + gap);
            }
            list.push(Row { node, y });
        }
        let longest = list.iter().map(|it| if it.node.0 > 25 { 2.0 } else { 1.0 });
        Self {
            gutter: 28.0 + 10.0 * longest.fold(1.0, f64::max),
            floor,
            every: libm::ceil(NAME / step.max(0.1)) as usize,
            mark: (step / 36.0).within(0.45, 1.0),
            list,
        }
    }

    /// A node's height.
    pub(super) fn y(&self, node: NodeId) -> Option<f64> {
        self.list.iter().find(|it| it.node == node).map(|it| it.y)
    }

    /// The cuts that the picture shows.
    pub(super) fn spans(
        &self,
        story: &[Happening],
        scale: &Scale,
        known: Micros,
    ) -> Vec<SpanShape> {
        let mut spans = Vec::new();
        for cut in cuts(story, known) {
            let to = cut.to.unwrap_or(known);
            if to < scale.from || cut.from > scale.to {
                continue;
            }
            let span = |y: Option<f64>, current: Option<Current>| SpanShape {
                from: scale.within(cut.from),
                to: scale.within(to),
                y,
                half: 15.0 * self.mark,
                begins: cut.from >= scale.from,
                ends: cut.to.is_some_and(|to| to <= scale.to),
                one_way: matches!(cut.what, Kind::OneWay(..)),
                current,
            };
            let borders = self.borders(cut.what);
            match borders.is_empty() {
                true => spans.push(span(None, None)),
                false => spans.extend(borders.into_iter().map(|(y, way)| span(Some(y), way))),
            }
        }
        spans
    }

    /// Between which rows a cut runs, where each side's rows stand together, and which way still
    /// leads over it.
    fn borders(&self, cut: Kind<'_>) -> Vec<(f64, Option<Current>)> {
        let mut sides: Vec<usize> = Vec::new();
        let mut borders = Vec::new();
        for pair in self.list.windows(2) {
            let [above, below] = [cut.side(pair[0].node), cut.side(pair[1].node)];
            if sides.is_empty() {
                sides.push(above);
            }
            if above == below {
                continue;
            }
            if sides.contains(&below) {
                return Vec::new();
            }
            sides.push(below);
            let current = match cut {
                Kind::OneWay(..) if above == 0 => Some(Current::Up),
                Kind::OneWay(..) => Some(Current::Down),
                Kind::Sides(_) => None,
            };
            borders.push(((pair[0].y + pair[1].y) / 2.0, current));
        }
        let whole = match cut {
            Kind::OneWay(from, to) => from.len() + to.len() == self.list.len(),
            Kind::Sides(_) => true,
        };
        if whole { borders } else { Vec::new() }
    }
}

/// The cuts that were made until `known`, in order.
fn cuts(story: &[Happening], known: Micros) -> Vec<Cut<'_>> {
    let mut cuts: Vec<Cut<'_>> = Vec::new();
    for happening in story.iter().take_while(|it| it.at <= known) {
        let What::Acted(action) = &happening.what else {
            continue;
        };
        let at = happening.at;
        let what = match action {
            Action::Cut(sides) => {
                let divides = sides.iter().any(|it| !it.is_empty());
                divides.then_some(Kind::Sides(sides))
            }
            Action::CutOneWay { from, to } => Some(Kind::OneWay(from, to)),
            Action::Heal => None,
            _ => continue,
        };
        // Sides take the place of sides, one-way cuts add up, and healing ends them all.
        let ends = |open: &Cut<'_>| match action {
            Action::Heal => true,
            Action::Cut(_) => matches!(open.what, Kind::Sides(_)),
            _ => false,
        };
        for open in cuts.iter_mut().filter(|it| it.to.is_none()) {
            if ends(open) {
                open.to = Some(at);
            }
        }
        cuts.extend(what.map(|what| Cut {
            from: at,
            to: None,
            what,
        }));
    }
    cuts
}
