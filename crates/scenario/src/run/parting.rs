//! Where the two sides of a run part: between protocols in what people see of them, between
//! settings of one protocol in the first step.

use super::Side;
use crate::difference::{Difference, LAG};
use crate::divergence::{Divergence, step_both};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use consensus::Micros;
use simulator::Engine;

/// The first place at which two sides are unlike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parting {
    /// Of two protocols: in who claims to lead, or in what a client is told.
    Difference(Difference),
    /// Of two settings of one protocol: in a step.
    Divergence(Divergence),
}

impl Parting {
    /// When.
    #[must_use]
    pub fn at(&self) -> Micros {
        match self {
            Self::Difference(difference) => difference.at,
            Self::Divergence(divergence) => divergence.at(),
        }
    }

    /// What one side did, a line each.
    #[must_use]
    pub fn words(&self, side: usize) -> Vec<String> {
        match self {
            Self::Difference(difference) => Vec::from([difference.words(side)]),
            Self::Divergence(divergence) => divergence.words(side),
        }
    }
}

/// How far two sides were compared, and what was found.
#[derive(Default)]
pub(super) struct Compared {
    /// What no future can change any more.
    settled: Option<Parting>,
    /// Both runs at the last step up to which they were found to be the same.
    alike: Option<[Box<dyn Engine>; 2]>,
}

impl Compared {
    /// Forgets what an act at `after` may change.
    pub(super) fn forget(&mut self, after: Micros) {
        self.alike = None;
        let stays = |it: &Parting| match it {
            Parting::Difference(it) => it.at + LAG * 2 < after,
            Parting::Divergence(it) => {
                let steps = it.sides.iter().flatten();
                it.sides.iter().all(Option::is_some) && steps.map(|it| it.at).all(|at| at < after)
            }
        };
        if !self.settled.as_ref().is_some_and(stays) {
            self.settled = None;
        }
    }

    /// The first place, up to `reached`, at which two sides are unlike.
    pub(super) fn first(&mut self, sides: [&Side; 2], reached: Micros) -> Option<Parting> {
        if self.settled.is_some() {
            return self.settled.clone();
        }
        let [left, right] = sides;
        let (parting, settled) = if left.protocol() == right.protocol() {
            let found = self.divergence(sides, reached)?;
            let settled = found.sides.iter().all(Option::is_some);
            (Parting::Divergence(found), settled)
        } else {
            let first = Difference::first(&left.playback, &right.playback, reached)?;
            // Before that, whatever one side did, the other had time to do.
            let settled = reached.since(first.at) > LAG * 2;
            (Parting::Difference(first), settled)
        };
        self.settled = settled.then(|| parting.clone());
        Some(parting)
    }

    /// Goes on with the comparison, step by step, from where it ended.
    fn divergence(&mut self, sides: [&Side; 2], reached: Micros) -> Option<Divergence> {
        let begin = || sides.map(|side| side.playback.fork_before(Micros::ZERO));
        let [left, right] = self.alike.get_or_insert_with(begin);
        let comes = |run: &dyn Engine| run.next_event().is_some_and(|next| next <= reached);
        loop {
            let (stepped, told) = match [comes(&**left), comes(&**right)] {
                [false, false] => return None,
                [true, true] => step_both(&mut **left, &mut **right, reached),
                // The other side may still do the same: both have to be there then.
                _ => {
                    let [mut left, mut right] = [left.fork(), right.fork()];
                    let (stepped, told) = step_both(&mut *left, &mut *right, reached);
                    return Some(Divergence::between(&*left, &*right, stepped, told));
                }
            };
            let alike = left.digest() == right.digest() && left.now() == right.now();
            match stepped {
                [false, false] => return None,
                [true, true] if alike => {}
                _ => return Some(Divergence::between(&**left, &**right, stepped, told)),
            }
        }
    }
}
