//! A paused node keeps its state and takes nothing up; when it goes on, it catches up (F2).
#![allow(missing_docs)]

mod teller;
mod toy;

use consensus::{Effect, Effects, Incarnation, Input, Micros, Now, Token};
use simulator::{Driver, DriverError, IdleReason, Power, SpanRange};
use teller::{A, B, C, counted, heard, ms, numbers, tellers};
use toy::{Behaviour, Clock, Toy, said, says};

#[test]
fn what_reaches_a_paused_node_waits_and_is_taken_up_in_order_when_it_goes_on()
-> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(35))?;
    driver.pause(B)?;
    driver.run_to(ms(95))?;
    assert_eq!(driver.power(B)?, Power::Paused);
    assert_eq!(numbers(&driver, A, B), counted(2));
    assert_eq!(driver.waiting(B)?, 6, "three numbers of each of the others");
    driver.resume(B)?;
    driver.run_to(ms(95))?;
    assert_eq!(
        heard(&driver, A, B).split_off(2),
        [(ms(95), 3), (ms(95), 4), (ms(95), 5)]
    );
    driver.run_to(ms(115))?;
    assert_eq!(
        heard(&driver, A, B).split_off(5),
        [(ms(110), 6)],
        "at once again"
    );
    Ok(())
}

#[test]
fn a_pause_keeps_a_node_s_state_and_a_crash_does_not() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(35))?;
    driver.pause(B)?;
    driver.crash(C)?;
    driver.run_to(ms(95))?;
    driver.resume(B)?;
    driver.restart(C)?;
    driver.run_to(ms(106))?;
    assert_eq!(driver.incarnation(B)?, Incarnation(1));
    assert_eq!(driver.incarnation(C)?, Incarnation(2));
    // B's timer ran out at 40 ms and fires as it goes on; C begins anew.
    assert_eq!(heard(&driver, B, A).split_off(2), [(ms(105), 3)]);
    assert_eq!(heard(&driver, C, A).split_off(2), [(ms(105), 1)]);
    assert_eq!(
        numbers(&driver, A, C),
        counted(2),
        "nobody hears while it is crashed"
    );
    Ok(())
}

#[test]
fn others_do_not_notice_a_pause() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.pause(B)?;
    driver.run_to(ms(95))?;
    assert_eq!(numbers(&driver, A, C), counted(5));
    assert_eq!(numbers(&driver, C, A), counted(5));
    let again = driver.pause(B);
    assert!(matches!(
        again,
        Err(DriverError::Idle { reason, .. }) if reason == IdleReason::AlreadySo
    ));
    Ok(())
}

/// Writes at its start, says the token when that is stored, and 0 when its alarm rings at 50 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Clerk;

impl Behaviour for Clerk {
    fn step(_: &mut Toy<Self>, _: Now, input: Input<Toy<Self>>, fx: &mut Effects<Toy<Self>>) {
        match input {
            Input::Start => {
                let (token, write) = (Token(1), 7);
                fx.push(Effect::Persist { token, write });
                fx.arm(Clock(0), ms(50));
            }
            Input::Stored(token) => says(token.0, fx),
            Input::Timer(_) => says(0, fx),
            _ => {}
        }
    }
}

#[test]
fn a_write_is_stored_and_a_timer_runs_out_in_a_pause_and_both_are_told_after_it()
-> Result<(), DriverError> {
    let clerk = |pause: Option<Micros>| {
        let builder = Driver::<Toy<Clerk>>::builder().nodes(1);
        let disk = simulator::DiskSettings::sound(SpanRange::millis(20, 20));
        let mut driver = builder.disks(disk).build();
        if let Some(at) = pause {
            driver.run_to(at)?;
            driver.pause(A)?;
            driver.run_to(ms(80))?;
            assert_eq!(driver.durable(A)?.0, [7], "the disk goes on");
            driver.resume(A)?;
        }
        driver.run_to(ms(200))?;
        Ok::<_, DriverError>(said(driver.story()))
    };
    assert_eq!(clerk(None)?, [(ms(20), A, 1), (ms(50), A, 0)]);
    assert_eq!(clerk(Some(ms(10)))?, [(ms(80), A, 1), (ms(80), A, 0)]);
    assert_eq!(clerk(Some(ms(30)))?, [(ms(20), A, 1), (ms(80), A, 0)]);
    Ok(())
}
