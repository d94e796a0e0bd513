//! What happened to nodes, as marks on their lines that never cover each other.

use super::rows::Rows;
use super::{LabelShape, LifeShape, Scale, SignShape, start_of};
use crate::compose::RuleFace;
use crate::facts::{fill, number_in};
use crate::geometry::Point;
use crate::lanes::Sign;
use crate::node::Form;
use crate::order::order_by;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::{Micros, NodeId, Observation, Reign, Role};
use simulator::{Excerpt, NodeState, Power, What};

/// More marks than this are not looked at.
const MOST: usize = 400;

/// The marks that have room, the weightiest first, and the numbers of leaders' terms and reigns
/// where there is room beside them.
pub(super) fn signs(
    excerpt: &Excerpt,
    reigns: &[Reign],
    rows: &Rows,
    lives: &[LifeShape],
    scale: &Scale,
    rule: RuleFace,
) -> (Vec<SignShape>, Vec<LabelShape>) {
    let mut wanted = Vec::new();
    for row in &rows.list {
        let one = One {
            node: row.node,
            y: row.y,
            reigns,
            scale,
            rule,
        };
        one.signs(excerpt, &mut wanted);
        wanted.extend(one.writes(excerpt));
    }
    order_by(&mut wanted, |it| (weight(it.sign), it.when));
    wanted.truncate(MOST);
    let mut ground = Ground(Vec::new());
    let half = 10.5 * rows.mark;
    // A crown stands on the line.
    let high = |it: &SignShape| {
        if it.sign == Sign::Crown {
            9.0 * rows.mark
        } else {
            0.0
        }
    };
    wanted.retain(|it| ground.takes(it.at.x, it.at.y - high(it), half, half));
    order_by(&mut wanted, |it| it.when);
    let label = |(place, life): (usize, &LifeShape)| {
        // Once for each: standing still changes no term.
        let before = place.checked_sub(1).and_then(|it| lives.get(it));
        let known =
            |it: &LifeShape| (it.node, it.form, it.number) == (life.node, life.form, life.number);
        if before.is_some_and(known) {
            return None;
        }
        let letter = match rule {
            RuleFace::Votes => 'T',
            RuleFace::Age => 'R',
        };
        let text = format!("{letter}{}", life.number);
        let half = text.len() as f64 * 4.2 + 5.0;
        let at = Point::new(life.from + half + 14.0 * rows.mark, life.y);
        let fits = rows.mark > 0.55 && at.x + half <= life.to;
        let leads = life.form == Form::Leader && life.number > 0;
        (leads && fits && ground.takes(at.x, at.y, half, 9.0)).then_some(LabelShape {
            at,
            half,
            text,
            fill: life.fill,
        })
    };
    let labels = lives.iter().enumerate().filter_map(label).collect();
    (wanted, labels)
}

/// The smaller, the sooner it takes its place.
const fn weight(sign: Sign) -> u8 {
    match sign {
        Sign::Crown => 0,
        Sign::Stop | Sign::Start | Sign::Pause | Sign::Resume => 1,
        Sign::Write(_) => 2,
        Sign::Down => 4,
        _ => 3,
    }
}

/// What is taken: centres, and half of each width and height.
struct Ground(Vec<(f64, f64, f64, f64)>);

impl Ground {
    /// Takes a place unless a part of it is taken.
    fn takes(&mut self, x: f64, y: f64, wide: f64, high: f64) -> bool {
        let free = self.0.iter().all(|(other_x, other_y, w, h)| {
            libm::fabs(other_x - x) >= w + wide || libm::fabs(other_y - y) >= h + high
        });
        if free {
            self.0.push((x, y, wide, high));
        }
        free
    }
}

/// One node's row.
struct One<'a> {
    node: NodeId,
    y: f64,
    reigns: &'a [Reign],
    scale: &'a Scale,
    rule: RuleFace,
}

impl One<'_> {
    fn signs(&self, excerpt: &Excerpt, wanted: &mut Vec<SignShape>) {
        let Some(mut state) = start_of(excerpt, self.node) else {
            return;
        };
        for happening in excerpt.told() {
            let before = state;
            state.hear(&happening.what);
            let seen = match &happening.what {
                What::Observed(node, Observation::ElectionCalled(mandate))
                    if *node == self.node =>
                {
                    let leader = Some(self.node);
                    let mandate = *mandate;
                    let number = number_in(self.reigns, Reign { mandate, leader });
                    let said = match self.rule {
                        RuleFace::Votes => format!("asks for votes in term {number}"),
                        RuleFace::Age => String::from("calls an election"),
                    };
                    Some((Sign::Ask, fill(number), said))
                }
                _ => self.change(&before, &state),
            };
            if let Some((sign, fill, said)) = seen {
                wanted.extend(self.sign(happening.at, sign, fill, &said));
            }
        }
    }

    /// The mark of a change, where it is worth one.
    fn change(&self, before: &NodeState, after: &NodeState) -> Option<(Sign, u8, String)> {
        let number = number_in(self.reigns, after.reign);
        let plain = |sign: Sign, said: &str| Some((sign, 0, String::from(said)));
        let leads = |it: &NodeState| it.role == Role::Leader;
        match (before.power, after.power) {
            (Power::Running, Power::Paused) => return plain(Sign::Pause, "stands still"),
            (Power::Paused, Power::Running) => return plain(Sign::Resume, "goes on"),
            (Power::Absent, Power::Running) => return plain(Sign::Start, "joins"),
            (Power::Stopped, Power::Running) => return plain(Sign::Start, "starts again"),
            (_, Power::Stopped) if before.power != Power::Stopped => {
                return plain(Sign::Stop, "stops");
            }
            (_, Power::Absent) if before.power != Power::Absent => {
                return plain(Sign::Stop, "leaves");
            }
            _ => {}
        }
        if leads(after) && (!leads(before) || before.reign != after.reign) {
            let what = match self.rule {
                RuleFace::Votes => "term",
                RuleFace::Age => "reign",
            };
            return Some((Sign::Crown, fill(number), format!("leads {what} {number}")));
        }
        let deposed = leads(before) && !leads(after);
        deposed.then(|| {
            let worn = fill(number_in(self.reigns, before.reign));
            (Sign::Down, worn, String::from("leads no longer"))
        })
    }

    /// The writes that reached this node from clients.
    fn writes(&self, excerpt: &Excerpt) -> Vec<SignShape> {
        let flights = excerpt.flights().iter();
        let here = flights.filter(|it| it.from.node().is_none() && it.to.node() == Some(self.node));
        let taken = here.filter(|it| it.has_arrived(excerpt.to()));
        let write = |it: &simulator::Flight| {
            let value = it.value?;
            let said = format!("is asked to write {value}");
            self.sign(it.due, Sign::Write(value), 0, &said)
        };
        taken.filter_map(write).collect()
    }

    fn sign(&self, when: Micros, sign: Sign, fill: u8, said: &str) -> Option<SignShape> {
        self.scale.shows(when).then(|| SignShape {
            when,
            at: Point::new(self.scale.x(when), self.y),
            node: self.node,
            sign,
            fill,
            said: format!("{when}: {} {said}", self.node),
        })
    }
}
