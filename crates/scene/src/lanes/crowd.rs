//! Where marks crowd, the weightiest stand for all.

use super::{Mark, Sign, Window};
use crate::order::order_by;
use alloc::format;
use alloc::vec::Vec;

/// A mark tells of so many others in words; of more it says how many.
const TOLD: usize = 3;
/// So many marks have room beside one that has a word behind it.
const WORD: f64 = 3.0;

/// Marks in order of time that do not cover each other: whichever has no room is told of by the
/// nearest that has.
pub(super) fn thinned(mut marks: Vec<Mark>, window: &Window) -> Vec<Mark> {
    // Places are rounded.
    let room = window.room() - 0.011;
    order_by(&mut marks, |it| (weight(it.sign), it.at));
    let mut kept: Vec<(Mark, Vec<Mark>)> = Vec::new();
    for mark in marks {
        let far = |(other, _): &(Mark, Vec<Mark>)| libm::fabs(other.place - mark.place);
        let nearest = kept.iter_mut().min_by(|a, b| far(a).total_cmp(&far(b)));
        match nearest {
            Some(near) if far(near) < room => near.1.push(mark),
            _ => kept.push((mark, Vec::new())),
        }
    }
    order_by(&mut kept, |(it, _)| it.at);
    let places: Vec<f64> = kept.iter().map(|(it, _)| it.place).collect();
    let alone = |place: usize| {
        let next = places.get(place + 1).copied().unwrap_or(100.0 + room);
        next - places[place] >= room * WORD
    };
    let told = kept.into_iter().enumerate();
    told.map(|(place, (mark, others))| Mark {
        alone: alone(place),
        ..tell(mark, others)
    })
    .collect()
}

/// A mark that stands for others too, with what it says of them.
fn tell(mut mark: Mark, mut others: Vec<Mark>) -> Mark {
    // At one moment the old ends before the new begins.
    order_by(&mut others, |it| (it.at, u8::MAX - weight(it.sign)));
    let told = if others.len() > TOLD { TOLD - 1 } else { TOLD };
    for other in others.iter().take(told) {
        mark.said.push('\n');
        mark.said.push_str(&other.said);
    }
    if let Some(last) = others.last().filter(|_| others.len() > told) {
        let more = others.len() - told;
        mark.said
            .push_str(&format!("\nand {more} more, the last at {}", last.at));
    }
    mark.more = others.len() as u32;
    mark
}

/// The smaller, the sooner it takes its place.
const fn weight(sign: Sign) -> u8 {
    match sign {
        Sign::Broken => 0,
        Sign::Crown | Sign::Cut | Sign::CutOneWay | Sign::Heal => 1,
        Sign::Stop | Sign::Start | Sign::Join | Sign::Leave => 2,
        Sign::Down | Sign::Ask => 4,
        _ => 3,
    }
}
