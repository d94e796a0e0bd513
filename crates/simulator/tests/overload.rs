//! An overloaded node: it works on one message at a time, and what its inbox cannot hold is
//! dropped and counted (F3).
#![allow(missing_docs)]

mod teller;
mod toy;

use consensus::Micros;
use simulator::{DriverError, DropCause, InboxSettings};
use teller::{A, B, C, Tellers, counted, heard, ms, numbers, tellers};

/// B, who is told six numbers by A and C each, works so long on each and has room for so many.
fn overloaded(service: Micros, capacity: u32) -> Result<Tellers, DriverError> {
    let inbox = InboxSettings {
        capacity,
        service: Micros::ZERO,
    };
    let mut driver = tellers().inboxes(inbox).build();
    driver.slow(B, service)?;
    driver.run_to(ms(115))?;
    Ok(driver)
}

fn all_heard(driver: &Tellers) -> Vec<Micros> {
    let mut times: Vec<_> = heard(driver, A, B);
    times.extend(heard(driver, C, B));
    times.sort_unstable();
    times.into_iter().map(|it| it.0).collect()
}

#[test]
fn a_node_that_takes_no_time_hears_everything_at_once() -> Result<(), DriverError> {
    let driver = overloaded(Micros::ZERO, 1)?;
    assert_eq!(numbers(&driver, A, B), counted(6));
    assert!(
        heard(&driver, A, B)
            .iter()
            .all(|(at, it)| *at == teller::sent(*it) + ms(10))
    );
    assert_eq!(driver.measures().dropped, 0);
    Ok(())
}

#[test]
fn a_slow_node_takes_its_time_for_each_and_falls_behind() -> Result<(), DriverError> {
    let driver = overloaded(ms(15), 100)?;
    // Two numbers every 20 ms, from 10 ms on, and 15 ms for each.
    assert_eq!(all_heard(&driver), [25, 40, 55, 70, 85, 100, 115].map(ms));
    assert_eq!(driver.waiting(B)?, 12 - 7);
    assert_eq!(driver.measures().dropped, 0);
    assert_eq!(numbers(&driver, B, C), counted(6), "only B is slow");
    Ok(())
}

#[test]
fn what_a_full_inbox_cannot_hold_is_dropped_and_counted() -> Result<(), DriverError> {
    let driver = overloaded(ms(15), 2)?;
    let overflow = driver.dropped(DropCause::InboxFull);
    let (taken, waiting) = (
        all_heard(&driver).len() as u64,
        u64::from(driver.waiting(B)?),
    );
    assert!(overflow > 0);
    assert_eq!(taken + waiting + overflow, 12);
    assert!(waiting <= 2);
    assert_eq!(driver.measures().dropped, overflow);
    Ok(())
}

#[test]
fn a_node_that_is_quick_again_works_off_what_waits_and_then_takes_no_time()
-> Result<(), DriverError> {
    let mut driver = overloaded(ms(15), 100)?;
    driver.slow(B, Micros::ZERO)?;
    driver.run_to(ms(135))?;
    assert_eq!(driver.waiting(B)?, 0);
    assert_eq!(numbers(&driver, A, B), counted(7));
    assert_eq!(heard(&driver, A, B).last(), Some(&(ms(130), 7)));
    Ok(())
}
