//! Wrong clocks: an offset moves the wall clock alone, a drift moves both and every timer (A1).
#![allow(missing_docs)]

mod teller;
mod toy;

use consensus::{Micros, Now};
use simulator::{ClockSettings, DriverError};
use teller::{A, B, BEAT, C, Tellers, heard, ms, tellers};

const SECOND: Micros = Micros::from_secs(1);

const fn wrong(offset: i64, drift: i32) -> ClockSettings {
    ClockSettings { offset, drift }
}

/// When C heard the first numbers of a node.
fn arrivals(driver: &Tellers, from: consensus::NodeId) -> Vec<Micros> {
    let all = heard(driver, from, C);
    all.into_iter().take(4).map(|it| it.0).collect()
}

#[test]
fn right_clocks_agree_and_pass_as_time_does() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    let start = driver.clocks(A)?;
    driver.run_for(SECOND)?;
    let expected = Now {
        monotonic: start.monotonic + SECOND,
        wall: start.wall + SECOND,
    };
    assert_eq!(driver.clocks(A)?, expected);
    assert_eq!(driver.clocks(B)?, expected);
    assert_eq!(arrivals(&driver, A), [10, 30, 50, 70].map(ms));
    Ok(())
}

#[test]
fn an_offset_moves_the_wall_clock_and_nothing_else() -> Result<(), DriverError> {
    for offset in [-1_500_000, 250_000] {
        let mut driver = tellers().clock(A, wrong(offset, 0)).build();
        driver.run_for(SECOND)?;
        let (wrong, right) = (driver.clocks(A)?, driver.clocks(B)?);
        assert_eq!(wrong.monotonic, right.monotonic);
        assert_eq!(wrong.wall.0, right.wall.0.wrapping_add_signed(offset));
        assert_eq!(arrivals(&driver, A), [10, 30, 50, 70].map(ms));
    }
    Ok(())
}

#[test]
fn a_drift_moves_both_clocks_and_every_timer() -> Result<(), DriverError> {
    // A quarter too fast, and a fifth too slow.
    for (drift, beat, shown) in [(250_000, 16, 1_250), (-200_000, 25, 800)] {
        let mut driver = tellers().clock(A, wrong(0, drift)).build();
        let start = driver.clocks(A)?;
        driver.run_for(SECOND)?;
        let now = driver.clocks(A)?;
        assert_eq!(now.monotonic - start.monotonic, ms(shown));
        assert_eq!(now.wall - start.wall, ms(shown));
        let expected = [0, 1, 2, 3].map(|it| ms(10 + it * beat));
        assert_eq!(arrivals(&driver, A), expected);
        assert_eq!(
            arrivals(&driver, B),
            [10, 30, 50, 70].map(ms),
            "only A drifts"
        );
    }
    Ok(())
}

#[test]
fn clocks_that_go_wrong_later_keep_what_they_showed() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(SECOND)?;
    let before = driver.clocks(A)?;
    driver.set_clock(A, wrong(-300_000, 100_000))?;
    let jumped = driver.clocks(A)?;
    assert_eq!(jumped.monotonic, before.monotonic, "it never jumps");
    assert_eq!(jumped.wall, before.wall - ms(300));
    driver.run_for(SECOND)?;
    assert_eq!(driver.clocks(A)?.monotonic, before.monotonic + ms(1_100));
    // The timer that ran keeps its time; the next ones are short.
    let beats: Vec<_> = heard(&driver, A, C).into_iter().map(|it| it.0).collect();
    let gaps: Vec<_> = beats.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let short = Micros(BEAT.0 * 10 / 11);
    let switch = gaps.iter().position(|gap| *gap != BEAT);
    assert_eq!(switch, Some(51));
    assert!(gaps[51..].iter().all(|gap| *gap == short), "{gaps:?}");
    Ok(())
}
