//! Ten thousand small histories: what is found out agrees with every order tried in turn.

use crate::random::{history, small, span};
use crate::reference::is_linearizable;
use simulator::linearizability::{ClientCall, Ending, Judgement, Part, judge};

/// How many histories are tried; `WHITEWATER_SEEDS` can ask for more.
pub(crate) fn seeds() -> u64 {
    let asked = std::env::var("WHITEWATER_SEEDS").ok();
    let asked = asked.map(|it| it.parse().expect("WHITEWATER_SEEDS is a number"));
    asked.unwrap_or(0).max(10_000)
}

/// What the histories came to, so that nobody mistakes easy ones for a test.
#[derive(Debug, Default)]
struct Shares {
    linearizable: u64,
    not: u64,
    /// With calls that are never done.
    doubtful: u64,
    /// A read found what only a write in doubt wrote.
    doubtful_seen: u64,
    /// Two writes of one key have one value.
    repeated: u64,
    /// More than half of the calls were open while another was.
    concurrent: u64,
}

fn found(call: &ClientCall) -> Option<u64> {
    match call.ending {
        Ending::Done { value, .. } if call.written.is_none() => value,
        _ => None,
    }
}

impl Shares {
    fn add(&mut self, calls: &[ClientCall]) {
        let in_doubt = |it: &&ClientCall| it.ending == Ending::InDoubt;
        let writes = |key, value| {
            let of_key = calls.iter().filter(move |it| it.key == key);
            of_key.filter(move |it| it.written == Some(value))
        };
        let only_doubtful = |read: &ClientCall| {
            let value = found(read)?;
            let all = writes(read.key, value).count();
            Some(all > 0 && writes(read.key, value).filter(in_doubt).count() == all)
        };
        let repeated = |it: &ClientCall| Some(writes(it.key, it.written?).count() > 1);
        let overlaps = |it: &&ClientCall| {
            let (asked, done) = span(it);
            let meets = |other: &&ClientCall| {
                let (begun, over) = span(other);
                other.call != it.call
                    && done.is_none_or(|done| begun <= done)
                    && over.is_none_or(|over| asked <= over)
            };
            calls.iter().any(|other| meets(&other))
        };
        self.doubtful += u64::from(calls.iter().any(|it| in_doubt(&it)));
        self.doubtful_seen += u64::from(calls.iter().any(|it| only_doubtful(it) == Some(true)));
        self.repeated += u64::from(calls.iter().any(|it| repeated(it) == Some(true)));
        self.concurrent += u64::from(2 * calls.iter().filter(overlaps).count() > calls.len());
    }

    fn assert_floors(&self) {
        for share in [
            self.linearizable,
            self.not,
            self.doubtful,
            self.repeated,
            self.concurrent,
        ] {
            assert!(share > seeds() / 10, "{self:?}");
        }
        assert!(self.doubtful_seen > seeds() / 40, "{self:?}");
        assert!(
            self.linearizable > seeds() / 4 && self.not > seeds() / 4,
            "{self:?}"
        );
    }
}

/// No order explains the part, and one does without any one call that may go.
fn assert_smallest(part: &Part, calls: &[ClientCall], seed: u64) {
    assert!(!is_linearizable(&part.calls), "seed {seed}: {part}");
    assert!(part.calls.is_sorted_by_key(|it| it.asked), "seed {seed}");
    let same = |one: &ClientCall, it: &ClientCall| {
        (one.call, one.key, one.written, one.asked) == (it.call, it.key, it.written, it.asked)
    };
    for (place, call) in part.calls.iter().enumerate() {
        assert!(
            calls.iter().any(|it| same(it, call)),
            "seed {seed}: {call:?}"
        );
        let seen = |it: &ClientCall| call.written.is_some() && found(it) == call.written;
        if part.calls.iter().any(seen) {
            continue;
        }
        let mut rest = part.calls.clone();
        rest.remove(place);
        assert!(
            is_linearizable(&rest),
            "seed {seed}, without {call:?}: {part}"
        );
    }
}

#[test]
fn every_order_of_ten_thousand_histories_agrees() {
    let mut shares = Shares::default();
    for seed in 0..seeds() {
        let calls = history(small(seed), seed);
        shares.add(&calls);
        let mut all = true;
        for (key, judgement) in judge(calls.iter().copied()) {
            let of_key = calls.iter().filter(|it| it.key == key).copied();
            let of_key: Vec<ClientCall> = of_key.collect();
            let expected = is_linearizable(&of_key);
            all &= expected;
            match judgement {
                Judgement::Linearizable => assert!(expected, "seed {seed}: {of_key:#?}"),
                Judgement::Unexplained(part) => {
                    assert!(!expected, "seed {seed}: {of_key:#?}");
                    assert_smallest(&part, &of_key, seed);
                }
                Judgement::Undecided(limit) => panic!("seed {seed}: {limit}"),
            }
        }
        match all {
            true => shares.linearizable += 1,
            false => shares.not += 1,
        }
    }
    println!("{shares:?} of {} histories", seeds());
    shares.assert_floors();
}
