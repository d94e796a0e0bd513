//! What links do to messages: each fault alone, and the same link without it.
#![allow(missing_docs)]

mod teller;
mod toy;

use consensus::Micros;
use simulator::{
    DriverError, DropCause, LinkChange, LinkSettings, Links, PerMillion, SpanRange, Spread, What,
};
use teller::{A, B, BEAT, C, Tellers, counted, delays, heard, ms, numbers, tellers};

const SOME: PerMillion = PerMillion::percent(30);
const A_TO_B: Links = Links::one(A, B);

/// Numbers told until everything told has arrived, on links that take 10 ms.
const TOLD: u64 = 500;

/// A run in which everybody has told 500 numbers and a change holds from A to B.
fn changed(change: LinkChange) -> Result<Tellers, DriverError> {
    let mut driver = tellers().build();
    // The first number is told at once, before any change.
    driver.run_for(ms(10))?;
    driver.change_links(A_TO_B, change)?;
    driver.run_to(BEAT * (TOLD - 1) + ms(15))?;
    Ok(driver)
}

/// Five standard deviations of what comes out of 499 numbers at 30 in 100, round the mean.
fn is_some_of_them(count: usize) -> bool {
    count.abs_diff(150) < 52
}

fn others_are_sound(driver: &Tellers) -> bool {
    let links = [(A, C), (B, A), (B, C), (C, A), (C, B)];
    let sound = |(from, to)| numbers(driver, from, to) == counted(TOLD);
    links.into_iter().all(sound)
}

#[test]
fn a_sound_link_delivers_everything_once_in_order_and_after_its_delay() -> Result<(), DriverError> {
    let driver = changed(LinkChange::Loss(PerMillion(0)))?;
    assert!(others_are_sound(&driver));
    assert_eq!(numbers(&driver, A, B), counted(TOLD));
    assert!(delays(&driver).iter().all(|delay| *delay == ms(10)));
    assert_eq!(driver.measures().dropped, 0);
    Ok(())
}

fn spread_over(spread: Spread) -> Result<Vec<Micros>, DriverError> {
    let sound = LinkSettings::sound(SpanRange::millis(8, 16));
    let mut driver = tellers().links(LinkSettings { spread, ..sound }).build();
    driver.run_to(BEAT * TOLD)?;
    Ok(delays(&driver))
}

fn in_first_eighth(delays: &[Micros]) -> usize {
    delays.iter().filter(|delay| **delay < ms(9)).count()
}

#[test]
fn delays_lie_in_their_range_evenly_or_with_a_long_tail() -> Result<(), DriverError> {
    for (spread, expected) in [(Spread::Even, 3_000 / 8), (Spread::LongTail, 3_000 / 2)] {
        let delays = spread_over(spread)?;
        assert_eq!(delays.len(), 3_000);
        assert!(delays.iter().all(|it| (ms(8)..=ms(16)).contains(it)));
        assert!(delays.iter().any(|it| *it > ms(15)), "up to the longest");
        // Five standard deviations of a binomial are 91 and 137.
        let early = in_first_eighth(&delays);
        assert!(early.abs_diff(expected) < 140, "{spread:?}: {early}");
    }
    Ok(())
}

#[test]
fn a_delay_is_changed_for_what_is_sent_after() -> Result<(), DriverError> {
    let driver = changed(LinkChange::Delay(SpanRange::millis(15, 15)))?;
    let arrivals = heard(&driver, A, B);
    let delay = |place: usize| arrivals[place].0 - teller::sent(arrivals[place].1);
    assert_eq!([delay(0), delay(1), delay(2)], [ms(10), ms(15), ms(15)]);
    assert!(others_are_sound(&driver));
    Ok(())
}

#[test]
fn loss_takes_its_share_and_counts_it() -> Result<(), DriverError> {
    let driver = changed(LinkChange::Loss(SOME))?;
    let arrived = numbers(&driver, A, B);
    let lost = TOLD as usize - arrived.len();
    assert!(is_some_of_them(lost), "{lost}");
    assert_eq!(driver.dropped(DropCause::Lost), lost as u64);
    assert!(arrived.is_sorted_by(|one, next| one < next));
    assert!(others_are_sound(&driver));
    Ok(())
}

#[test]
fn duplication_doubles_its_share() -> Result<(), DriverError> {
    let driver = changed(LinkChange::Duplication(SOME))?;
    let mut arrived = numbers(&driver, A, B);
    let doubled = arrived.len() - TOLD as usize;
    assert!(is_some_of_them(doubled), "{doubled}");
    let told = |what: &What| matches!(what, What::Doubled { .. });
    let told = driver.story().iter().filter(|it| told(&it.what)).count();
    assert_eq!(told, doubled);
    arrived.dedup();
    assert_eq!(arrived, counted(TOLD), "nothing is missing");
    assert!(others_are_sound(&driver));
    Ok(())
}

/// Numbers on a link whose delays differ by several beats.
fn on_an_uneven_link(reordering: PerMillion) -> Result<Vec<u64>, DriverError> {
    let sound = LinkSettings::sound(SpanRange::millis(5, 100));
    let links = LinkSettings {
        reordering,
        ..sound
    };
    let mut driver = tellers().links(links).build();
    driver.run_to(BEAT * TOLD)?;
    Ok(numbers(&driver, A, B))
}

#[test]
fn order_is_kept_unless_messages_are_reordered() -> Result<(), DriverError> {
    let kept = on_an_uneven_link(PerMillion(0))?;
    assert!(kept.is_sorted(), "{kept:?}");
    let mut mixed = on_an_uneven_link(SOME)?;
    let overtaken = mixed.windows(2).filter(|pair| pair[0] > pair[1]).count();
    assert!(overtaken > 50, "{overtaken}");
    mixed.sort_unstable();
    let first = &mixed[..400];
    assert_eq!(first, counted(400), "nothing is missing and nothing double");
    Ok(())
}

#[test]
fn what_is_corrupted_is_refused_counted_and_never_taken_up() -> Result<(), DriverError> {
    let driver = changed(LinkChange::Corruption(SOME))?;
    let arrived = numbers(&driver, A, B);
    let refused = TOLD as usize - arrived.len();
    assert!(is_some_of_them(refused), "{refused}");
    assert_eq!(driver.dropped(DropCause::Damaged), refused as u64);
    assert!(arrived.is_sorted_by(|one, next| one < next));
    assert!(others_are_sound(&driver));
    Ok(())
}

#[test]
fn a_full_link_drops_what_does_not_fit() -> Result<(), DriverError> {
    let heard_by_b = |capacity| {
        let sound = LinkSettings::sound(SpanRange::millis(100, 100));
        let mut driver = tellers().links(LinkSettings { capacity, ..sound }).build();
        driver.run_to(ms(330))?;
        Ok::<_, DriverError>((numbers(&driver, A, B), driver.dropped(DropCause::LinkFull)))
    };
    let (arrived, dropped) = heard_by_b(2)?;
    // Two of five beats find room, as long as the wire is long.
    assert_eq!(arrived, [1, 2, 6, 7, 11, 12]);
    // 17 numbers on each of six links by then, four of five beats of three full ones.
    assert_eq!(dropped, 6 * (17 - 8));
    assert_eq!(heard_by_b(0)?, (counted(12), 0));
    Ok(())
}

#[test]
fn on_a_clogged_link_everything_stands_still_and_goes_on_in_order() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(105))?;
    driver.change_links(A_TO_B, LinkChange::Clogged(true))?;
    driver.run_to(ms(205))?;
    assert_eq!(
        numbers(&driver, A, B),
        counted(5),
        "the sixth is on its way"
    );
    assert_eq!(numbers(&driver, B, A), counted(10));
    let held = driver.messages().into_iter().filter(|it| it.held.is_some());
    assert_eq!(held.count(), 6);
    driver.change_links(A_TO_B, LinkChange::Clogged(false))?;
    driver.run_to(ms(215))?;
    assert_eq!(
        numbers(&driver, A, B),
        counted(11),
        "in order, and all of them"
    );
    assert_eq!(driver.measures().dropped, 0);
    Ok(())
}

#[test]
fn nothing_crosses_a_cut_and_everything_a_healed_network() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(115))?;
    driver.cut(&[&[A], &[B, C]])?;
    driver.run_to(ms(215))?;
    for (from, to) in [(A, B), (A, C), (B, A), (C, A)] {
        assert_eq!(numbers(&driver, from, to), counted(6));
    }
    assert_eq!(numbers(&driver, B, C), counted(11));
    assert_eq!(numbers(&driver, C, B), counted(11));
    assert_eq!(driver.dropped(DropCause::Cut), 4 * 5);
    driver.heal()?;
    driver.run_to(ms(255))?;
    assert_eq!(numbers(&driver, A, B).split_off(6), [12, 13]);
    Ok(())
}

#[test]
fn a_one_way_cut_leaves_the_way_back_open() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(115))?;
    driver.cut_one_way(&[A], &[B])?;
    driver.run_to(ms(215))?;
    assert_eq!(numbers(&driver, A, B), counted(6));
    for (from, to) in [(B, A), (A, C), (C, A), (B, C), (C, B)] {
        assert_eq!(numbers(&driver, from, to), counted(11));
    }
    driver.heal()?;
    driver.run_to(ms(235))?;
    assert_eq!(numbers(&driver, A, B).split_off(6), [12]);
    Ok(())
}
