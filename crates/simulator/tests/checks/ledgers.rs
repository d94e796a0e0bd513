//! Ledgers once the water is calm.

use crate::toy::{Behaviour, Toy, follows, leads};
use crate::trial::{A, B, BY_AGE, C, broken};
use consensus::{Effects, Incarnation, LedgerRow, Micros, NodeId};
use simulator::Property;

fn row(node: NodeId, life: u32, alive: bool) -> LedgerRow {
    LedgerRow {
        node,
        incarnation: Incarnation(life),
        joined: Micros(u64::from(node.0)),
        alive,
    }
}

/// A leads, and everyone's ledger holds these lives of A, B and C, and a dead D.
pub(crate) fn stands_by<P: Behaviour>(toy: &mut Toy<P>, lives: [u32; 3], fx: &mut Effects<Toy<P>>) {
    follows(A, BY_AGE, fx);
    if toy.me == A {
        leads(toy, BY_AGE, fx);
    }
    let rows = [A, B, C].into_iter().zip(lives);
    toy.ledger = rows.map(|(node, life)| row(node, life, true)).collect();
    toy.ledger.push(row(NodeId(3), 1, false));
}

behaviour!(OneLacksAnother, |toy, fx| {
    stands_by(toy, [1; 3], fx);
    if toy.me == B {
        toy.ledger.remove(2);
    }
});
behaviour!(OneBelievesAnotherAge, |toy, fx| {
    stands_by(toy, [1; 3], fx);
    if toy.me == C {
        toy.ledger[1].joined = Micros(7);
    }
});
behaviour!(OneIsLeftOutside, |toy, fx| {
    stands_by(toy, [1; 3], fx);
    toy.ledger[2].alive = false;
});
behaviour!(TheDeadIsPresumedAlive, |toy, fx| {
    stands_by(toy, [1; 3], fx);
    toy.ledger[3].alive = true;
});
behaviour!(AnEarlierLifeIsPresumedAlive, |toy, fx| {
    stands_by(toy, [1, 0, 1], fx);
});

#[test]
fn a_ledger_that_differs_or_lacks_a_live_peer_or_keeps_a_dead_one_is_caught() {
    let lacks = broken::<OneLacksAnother>(Property::LedgersAgree);
    assert_eq!(lacks.nodes, [B]);
    assert!(lacks.at >= Micros::from_secs(1) && lacks.at < Micros::from_millis(1_100));
    let age = broken::<OneBelievesAnotherAge>(Property::LedgersAgree);
    assert_eq!(age.nodes, [C]);
    for violation in [
        broken::<OneIsLeftOutside>(Property::LedgersAgree),
        broken::<TheDeadIsPresumedAlive>(Property::LedgersAgree),
        broken::<AnEarlierLifeIsPresumedAlive>(Property::LedgersAgree),
    ] {
        assert_eq!(violation.nodes, [A, B, C]);
    }
}
