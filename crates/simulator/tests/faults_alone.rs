//! A fault on one link leaves the draws of everything else as they were: delays, losses, timers
//! and disks.
#![allow(missing_docs, clippy::unwrap_used)]

mod toy;

use consensus::{Effect, Effects, Input, Micros, NodeId, Now, Token};
use proptest::prelude::*;
use simulator::{
    DiskSettings, Driver, DriverError, Endpoint, LinkChange, LinkSettings, Links, PerMillion,
    SpanRange, Spread, What,
};
use std::collections::BTreeSet;
use toy::{Behaviour, Clock, Talk, Toy, says};

const NODES: u16 = 4;
const A_TO_B: Links = Links::one(NodeId(0), NodeId(1));

/// Talks, writes, and waits for a while drawn anew each time, whatever it hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Busy;

impl Behaviour for Busy {
    fn step(toy: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        match input {
            Input::Start | Input::Timer(_) => {
                toy.written += 1;
                let (token, write) = (Token(toy.written), toy.written);
                fx.push(Effect::Persist { token, write });
                fx.push(Effect::Draw(()));
                fx.broadcast(Talk(None));
                fx.arm_between(Clock(0), Micros::from_millis(5), Micros::from_millis(25));
            }
            Input::Drawn { value, .. } => says(value, fx),
            _ => {}
        }
    }
}

/// Everything that was drawn in a run.
#[derive(Debug, Default, PartialEq, Eq)]
struct Draws {
    /// From whom to whom, when, and until when if it arrived.
    travels: BTreeSet<(NodeId, NodeId, Micros, Option<Micros>)>,
    /// Who wrote or drew what, and when it was there.
    others: BTreeSet<(NodeId, Micros, u64)>,
}

type Arrival = (NodeId, NodeId, Micros);

fn draws(driver: &Driver<Toy<Busy>>, apart: bool) -> Draws {
    let mut draws = Draws::default();
    let mut sent: std::collections::BTreeMap<u64, Arrival> = Default::default();
    for it in driver.story() {
        match it.what {
            What::Sent {
                flight,
                from: Endpoint::Node(from),
                to: Endpoint::Node(to),
                ..
            } if !(apart && A_TO_B.include(from, to)) => {
                sent.insert(flight, (from, to, it.at));
                draws.travels.insert((from, to, it.at, None));
            }
            What::Arrived { flight, .. } => {
                if let Some((from, to, at)) = sent.get(&flight) {
                    draws.travels.insert((*from, *to, *at, Some(it.at)));
                }
            }
            What::Why(node, why) => {
                let drawn = why.facts.number.unwrap_or_default();
                draws.others.insert((node, it.at, drawn));
            }
            What::Stored(node, _) => {
                draws.others.insert((node, it.at, 0));
            }
            _ => {}
        }
    }
    draws
}

/// A run in some weather, in which a link changes and changes back.
fn run(
    seed: u64,
    changes: Option<(LinkChange, LinkChange)>,
) -> Result<Driver<Toy<Busy>>, DriverError> {
    let mut driver = Driver::builder()
        .nodes(NODES)
        .seed(seed)
        .links(LinkSettings {
            loss: PerMillion::percent(10),
            duplication: PerMillion::percent(10),
            reordering: PerMillion::percent(10),
            ..LinkSettings::sound(SpanRange::millis(3, 40))
        })
        .disks(DiskSettings {
            disorder: PerMillion::percent(20),
            ..DiskSettings::sound(SpanRange::millis(0, 9))
        })
        .build();
    driver.run_to(Micros::from_millis(100))?;
    if let Some((there, back)) = changes {
        driver.change_links(A_TO_B, there)?;
        driver.run_to(Micros::from_millis(250))?;
        driver.change_links(A_TO_B, back)?;
    }
    driver.run_to(Micros::from_millis(500))?;
    Ok(driver)
}

fn change() -> impl Strategy<Value = (LinkChange, LinkChange)> {
    // Nothing and everything are where a draw is easily left out.
    let share = prop_oneof![Just(0), Just(1_000_000), 0..=1_000_000_u32].prop_map(PerMillion);
    let normal = PerMillion::percent(10);
    let usual = LinkChange::Delay(SpanRange::millis(3, 40));
    prop_oneof![
        share
            .clone()
            .prop_map(move |it| (LinkChange::Loss(it), LinkChange::Loss(normal))),
        share
            .clone()
            .prop_map(move |it| (LinkChange::Duplication(it), LinkChange::Duplication(normal))),
        share
            .clone()
            .prop_map(move |it| (LinkChange::Reordering(it), LinkChange::Reordering(normal))),
        share.prop_map(|it| (
            LinkChange::Corruption(it),
            LinkChange::Corruption(PerMillion(0))
        )),
        (0..90_u64, 0..90_u64).prop_map(move |(least, most)| {
            (LinkChange::Delay(SpanRange::millis(least, most)), usual)
        }),
        Just((
            LinkChange::Spread(Spread::LongTail),
            LinkChange::Spread(Spread::Even)
        )),
        (1..4_u32).prop_map(|it| (LinkChange::Capacity(it), LinkChange::Capacity(0))),
        Just((LinkChange::Clogged(true), LinkChange::Clogged(false))),
    ]
}

/// The draws of the faulty link itself, once the fault is over: which numbers it was sent, when
/// they arrive, and which of them never do. What it did in the fault still passes for a while.
fn afterwards(draws: Draws) -> BTreeSet<(NodeId, NodeId, Micros, Option<Micros>)> {
    let travels = draws.travels.into_iter();
    travels
        .filter(|it| it.2 >= Micros::from_millis(400))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_fault_on_one_link_leaves_the_draws_of_all_others_unchanged(
        seed: u64,
        change in change(),
    ) {
        let (calm, faulty) = (run(seed, None).unwrap(), run(seed, Some(change)).unwrap());
        prop_assert_eq!(draws(&calm, true), draws(&faulty, true));
    }

    #[test]
    fn a_fault_that_is_over_leaves_the_later_draws_of_its_own_link_unchanged(
        seed: u64,
        change in change(),
    ) {
        let (calm, faulty) = (run(seed, None).unwrap(), run(seed, Some(change)).unwrap());
        prop_assert_eq!(afterwards(draws(&calm, false)), afterwards(draws(&faulty, false)));
    }
}

#[test]
fn a_fault_changes_its_own_link() {
    for change in [
        LinkChange::Loss(PerMillion::ONE),
        LinkChange::Delay(SpanRange::millis(60, 60)),
        LinkChange::Clogged(true),
    ] {
        let (calm, faulty) = (
            run(1, None).unwrap(),
            run(1, Some((change, change))).unwrap(),
        );
        assert_ne!(draws(&calm, false), draws(&faulty, false), "{change:?}");
    }
}
