//! An order of functions in which those that are alike stand side by side. gzip looks back no
//! further than 32 KiB: in this order it finds what it has seen before.

use std::collections::{HashMap, VecDeque};

/// Functions are alike in the runs of so many bytes that they share.
const RUN: usize = 5;
/// A run in more functions than this tells nothing, and takes long to count.
const COMMON: usize = 400;
/// How many bytes before a function it is compared with: somewhat less than gzip sees, for the
/// nearer is the cheaper to point at.
const WINDOW: usize = 20_000;

/// The order, as places in `functions`: the largest first, then whichever shares most with those
/// just before it, for its size. The same functions always come in the same order.
pub(crate) fn order(functions: &[&[u8]]) -> Vec<usize> {
    let mut likeness = Likeness::of(functions);
    let mut left: Vec<usize> = (0..functions.len()).collect();
    let mut order = Vec::with_capacity(left.len());
    let mut next = (0..left.len()).max_by_key(|&place| functions[place].len());
    while let Some(place) = next {
        let function = left.swap_remove(place);
        order.push(function);
        likeness.pass(function);
        next = (0..left.len()).max_by(|&a, &b| {
            let worth = |place: usize| likeness.worth(left[place]);
            worth(a).total_cmp(&worth(b)).then(left[b].cmp(&left[a]))
        });
    }
    order
}

/// What each function shares with those in the window.
struct Likeness {
    sizes: Vec<usize>,
    /// The runs of each function.
    runs: Vec<Vec<usize>>,
    /// The functions of each run.
    holders: Vec<Vec<usize>>,
    /// How often each run is in the window.
    seen: Vec<usize>,
    window: VecDeque<usize>,
    window_size: usize,
    /// The weight of the runs that each function shares with the window.
    shared: Vec<f64>,
}

impl Likeness {
    fn of(functions: &[&[u8]]) -> Self {
        let mut holders: Vec<Vec<usize>> = Vec::new();
        let mut numbers: HashMap<&[u8], usize> = HashMap::new();
        for (function, code) in functions.iter().enumerate() {
            for run in code.windows(RUN) {
                let number = *numbers.entry(run).or_insert(holders.len());
                if number == holders.len() {
                    holders.push(Vec::new());
                }
                if holders[number].last() != Some(&function) {
                    holders[number].push(function);
                }
            }
        }
        let mut runs = vec![Vec::new(); functions.len()];
        for (run, holders) in holders.iter().enumerate() {
            if (2..COMMON).contains(&holders.len()) {
                holders.iter().for_each(|&holder| runs[holder].push(run));
            }
        }
        Self {
            sizes: functions.iter().map(|code| code.len()).collect(),
            runs,
            seen: vec![0; holders.len()],
            holders,
            window: VecDeque::new(),
            window_size: 0,
            shared: vec![0.0; functions.len()],
        }
    }

    /// What is shared for each byte that the function takes, smaller ones somewhat preferred.
    fn worth(&self, function: usize) -> f64 {
        self.shared[function] / ((self.sizes[function] as f64).powf(0.7) + RUN as f64)
    }

    /// This function comes next: it enters the window, and the oldest leave where it is full.
    fn pass(&mut self, function: usize) {
        self.window.push_back(function);
        self.window_size += self.sizes[function];
        self.weigh(function, true);
        while self.window_size > WINDOW && self.window.len() > 1 {
            let Some(oldest) = self.window.pop_front() else {
                return;
            };
            self.window_size -= self.sizes[oldest];
            self.weigh(oldest, false);
        }
    }

    /// A run weighs the more the fewer functions have it.
    fn weigh(&mut self, function: usize, enters: bool) {
        for &run in &self.runs[function] {
            let holders = &self.holders[run];
            let weight = 1.0 / holders.len() as f64;
            if enters {
                self.seen[run] += 1;
                if self.seen[run] == 1 {
                    holders.iter().for_each(|&it| self.shared[it] += weight);
                }
            } else {
                self.seen[run] -= 1;
                if self.seen[run] == 0 {
                    holders.iter().for_each(|&it| self.shared[it] -= weight);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn those_that_are_alike_stand_side_by_side() {
        let functions: [&[u8]; 5] = [
            b"a long one about rivers",
            b"votes are counted",
            b"about rivers",
            b"counted votes are counted here",
            b"rivers",
        ];
        let order = order(&functions);
        assert_eq!(order, [3, 1, 0, 2, 4]);
    }

    #[test]
    fn every_function_has_one_place() {
        let functions: Vec<Vec<u8>> = (0..200_u8).map(|n| vec![n % 7; usize::from(n)]).collect();
        let functions: Vec<&[u8]> = functions.iter().map(Vec::as_slice).collect();
        let mut order = order(&functions);
        order.sort_unstable();
        assert!(order.into_iter().eq(0..200));
        assert!(super::order(&[]).is_empty());
    }
}
