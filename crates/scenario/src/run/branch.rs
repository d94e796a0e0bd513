//! The futures of a run that were left behind, and the tree that they grow on.

use alloc::vec::Vec;
use consensus::Micros;
use simulator::TimedAction;

/// A future that was left behind: somebody acted in the past of it, or took its last act back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// What was done by hand, in order of time.
    pub acts: Vec<TimedAction>,
    /// How far it had been played.
    pub reached: Micros,
}

/// Where a branch grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twig {
    /// The branch that it parts from; `None` for the future that is played now.
    pub parent: Option<usize>,
    /// When it parts from it.
    pub parted: Micros,
}

impl Branch {
    /// Up to when this future and another one are the same.
    fn shared(&self, other: &Self) -> Micros {
        let (gone, come) = unlike(&self.acts, &other.acts);
        let first = gone.iter().chain(come).map(|it| it.at).min();
        let both = self.reached.min(other.reached);
        first.unwrap_or(both).min(both)
    }

    /// Whether another future is the same as far as this one was played, and was played as far.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let (gone, come) = unlike(&self.acts, &other.acts);
        gone.is_empty()
            && self.reached <= other.reached
            && come.iter().all(|it| it.at >= self.reached)
    }
}

/// The acts that only the one script has, and those that only the other has.
pub(super) fn unlike<'a>(
    one: &'a [TimedAction],
    other: &'a [TimedAction],
) -> (&'a [TimedAction], &'a [TimedAction]) {
    let alike = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    (&one[alike..], &other[alike..])
}

/// Where each branch grows: on the future with which it has the most in common, so that the tree has
/// the future that is played now at its root.
pub(super) fn twigs(played: &Branch, branches: &[Branch]) -> Vec<Twig> {
    let on_root = |branch: &Branch| Twig {
        parent: None,
        parted: branch.shared(played),
    };
    let mut twigs: Vec<Twig> = branches.iter().map(on_root).collect();
    let mut loose: Vec<usize> = (0..branches.len()).collect();
    // Whoever shares the most joins the tree next; of equals the older one.
    while let Some((place, &grown)) = loose
        .iter()
        .enumerate()
        .min_by_key(|(_, it)| (core::cmp::Reverse(twigs[**it].parted), **it))
    {
        loose.remove(place);
        for other in &loose {
            let parted = branches[*other].shared(&branches[grown]);
            if parted > twigs[*other].parted {
                twigs[*other] = Twig {
                    parent: Some(grown),
                    parted,
                };
            }
        }
    }
    twigs
}
