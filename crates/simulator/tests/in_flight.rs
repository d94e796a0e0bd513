//! One message on its way: held, let go, dropped, delayed, damaged, while all others travel on.
#![allow(missing_docs)]

mod teller;
mod toy;

use consensus::Micros;
use simulator::{DriverError, DropCause, IdleReason};
use teller::{A, B, C, Tellers, counted, heard, ms, number, numbers, tellers};

/// 5 ms after the second number was told, and that number on its way from A to B.
fn second_number() -> Result<(Tellers, u64), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(25))?;
    let messages = driver.messages();
    let found = messages
        .iter()
        .find(|it| (it.from, it.to, it.message()) == (A, B, &number(2)));
    let flight = found.expect("it is on its way");
    assert_eq!((flight.sent, flight.due), (ms(20), ms(30)));
    let number = flight.number;
    Ok((driver, number))
}

fn arrival(driver: &Tellers, number: u64) -> Option<Micros> {
    let all = heard(driver, A, B);
    let found = all.iter().find(|it| it.1 == number);
    found.map(|it| it.0)
}

#[test]
fn left_alone_it_arrives_when_it_is_due() -> Result<(), DriverError> {
    let (mut driver, _) = second_number()?;
    driver.run_to(ms(100))?;
    assert_eq!(arrival(&driver, 2), Some(ms(30)));
    Ok(())
}

#[test]
fn held_it_stands_still_and_released_it_goes_the_rest_of_its_way() -> Result<(), DriverError> {
    let (mut driver, second) = second_number()?;
    driver.hold(second)?;
    driver.run_to(ms(95))?;
    assert_eq!(numbers(&driver, A, B), [1, 3, 4, 5], "others pass it");
    let held = driver.messages().into_iter().find(|it| it.held.is_some());
    assert_eq!(
        held.map(|it| (it.number, it.held)),
        Some((second, Some(ms(25))))
    );
    driver.release(second)?;
    driver.run_to(ms(105))?;
    assert_eq!(arrival(&driver, 2), Some(ms(100)), "5 ms were left");
    assert_eq!(numbers(&driver, A, C), counted(5));
    Ok(())
}

#[test]
fn dropped_it_never_arrives_and_is_counted() -> Result<(), DriverError> {
    let (mut driver, second) = second_number()?;
    driver.drop_message(second)?;
    driver.run_to(ms(100))?;
    assert_eq!(numbers(&driver, A, B), [1, 3, 4, 5]);
    assert_eq!(driver.dropped(DropCause::ByHand), 1);
    assert_eq!(driver.measures().dropped, 1);
    Ok(())
}

#[test]
fn delayed_it_arrives_so_much_later() -> Result<(), DriverError> {
    let (mut driver, second) = second_number()?;
    driver.delay(second, ms(45))?;
    driver.run_to(ms(100))?;
    assert_eq!(arrival(&driver, 2), Some(ms(75)));
    assert_eq!(numbers(&driver, A, B), [1, 3, 4, 2, 5]);
    Ok(())
}

#[test]
fn corrupted_it_is_refused_whichever_bits_were_flipped() -> Result<(), DriverError> {
    for draw in (0..4_000).map(|it: u64| it.wrapping_mul(0x9E37_79B9_7F4A_7C15)) {
        let (mut driver, second) = second_number()?;
        driver.corrupt(second, draw)?;
        driver.run_to(ms(35))?;
        assert_eq!(numbers(&driver, A, B), [1], "flips {draw}");
        assert_eq!(driver.dropped(DropCause::Damaged), 1);
        assert_eq!(numbers(&driver, A, C), counted(2));
    }
    Ok(())
}

#[test]
fn what_is_not_on_its_way_cannot_be_handled() -> Result<(), DriverError> {
    let (mut driver, second) = second_number()?;
    let gone = |result| {
        let Err(DriverError::Idle { reason, .. }) = result else {
            return false;
        };
        reason == IdleReason::NoSuchMessage
    };
    assert!(gone(driver.release(second)), "it travels");
    driver.run_to(ms(30))?;
    assert!(gone(driver.hold(second)), "it has arrived");
    assert!(gone(driver.drop_message(1_000)), "it was never sent");
    Ok(())
}
