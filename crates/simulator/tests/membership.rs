//! Nodes that join and leave a running cluster, and a protocol that lets nobody do so.
#![allow(missing_docs)]

mod teller;
mod toy;

use consensus::{Effects, Incarnation, Input, Membership, MembershipChange, NodeId, Now};
use simulator::{Driver, DriverError, DropCause, Endpoint, IdleReason, Power, What};
use teller::{A, B, C, counted, heard, ms, numbers, tellers};
use toy::{Behaviour, Toy};

const D: NodeId = NodeId(3);

#[test]
fn who_joins_hears_what_is_told_from_then_on() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(50))?;
    assert_eq!(driver.power(D), Err(DriverError::NoSuchNode(D)));
    driver.join(D)?;
    driver.run_to(ms(95))?;
    assert_eq!(driver.power(D)?, Power::Running);
    assert_eq!(numbers(&driver, A, D), [4, 5]);
    assert_eq!(heard(&driver, D, A)[0], (ms(60), 1));
    Ok(())
}

#[test]
fn who_left_is_sent_nothing_and_comes_back_as_another() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(50))?;
    driver.leave(C)?;
    driver.run_to(ms(95))?;
    assert_eq!(driver.power(C)?, Power::Absent);
    assert_eq!(numbers(&driver, A, C), counted(3));
    let sent_to_c = driver.story().iter().filter(|it| {
        let to_c = matches!(
            it.what,
            What::Sent {
                to: Endpoint::Node(C),
                ..
            }
        );
        to_c && it.at >= ms(50)
    });
    assert_eq!(sent_to_c.count(), 0);
    driver.join(C)?;
    driver.run_to(ms(115))?;
    assert_eq!(driver.incarnation(C)?, Incarnation(2));
    assert_eq!(numbers(&driver, A, C).split_off(3), [6]);
    Ok(())
}

#[test]
fn who_crashed_is_sent_to_in_vain() -> Result<(), DriverError> {
    let mut driver = tellers().build();
    driver.run_to(ms(50))?;
    driver.crash(C)?;
    driver.run_to(ms(95))?;
    assert_eq!(
        driver.dropped(DropCause::NodeDown),
        4,
        "two numbers of A and B each"
    );
    assert_eq!(numbers(&driver, A, B), counted(5));
    Ok(())
}

/// Its members are those of the start, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Founders;

impl Behaviour for Founders {
    const MEMBERSHIP: Membership = Membership::Fixed;

    fn step(_: &mut Toy<Self>, _: Now, _: Input<Toy<Self>>, _: &mut Effects<Toy<Self>>) {}
}

#[test]
fn nobody_joins_or_leaves_where_membership_is_fixed() {
    let mut driver = Driver::<Toy<Founders>>::builder().nodes(3).build();
    let change = MembershipChange::Remove(A);
    for result in [
        driver.join(D),
        driver.leave(A),
        driver.change_membership(change),
    ] {
        let Err(DriverError::Idle { reason, .. }) = result else {
            panic!("{result:?}");
        };
        assert_eq!(reason, IdleReason::FixedMembership);
    }
    assert_eq!(driver.power(D), Err(DriverError::NoSuchNode(D)));
}
