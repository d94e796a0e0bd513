//! A peer on the bench: what it hears, what it does, and the peers that the tests begin with.

pub(crate) use crate::support::Bench;
pub(crate) use consensus::almighty::AlmightyMessage as M;
pub(crate) use consensus::almighty::*;
pub(crate) use consensus::*;

pub(crate) type Fx = Vec<Effect<Almighty>>;

pub(crate) const A: u16 = 0;
pub(crate) const B: u16 = 1;
pub(crate) const C: u16 = 2;
pub(crate) const D: u16 = 3;
/// The bench's wall clock at its start.
pub(crate) const T: u64 = 3_600_000_000;

pub(crate) fn settings() -> AlmightySettings {
    AlmightySettings::default()
}

pub(crate) fn by_leader() -> AlmightySettings {
    AlmightySettings {
        stamp: IdentityStamp::Leader,
        ..settings()
    }
}

pub(crate) fn peer_with(node: u16, settings: AlmightySettings) -> (Bench<Almighty>, Fx) {
    let mut bench = Bench::new(Almighty::boot(Boot {
        node: NodeId(node),
        cluster: ClusterId(0),
        incarnation: Incarnation(1),
        members: vec![NodeId(7), NodeId(8)],
        settings,
        durable: AlmightyDurable,
    }));
    let fx = bench.give(Input::Start);
    (bench, fx)
}

pub(crate) fn hear_life(bench: &mut Bench<Almighty>, from: u16, life: u32, message: M) -> Fx {
    bench.pass(Micros(1_000));
    bench.give(Input::Receive(Envelope {
        cluster: ClusterId(0),
        sender: NodeId(from),
        incarnation: Incarnation(life),
        receiver: Receiver::Everyone,
        message,
    }))
}

pub(crate) fn hear(bench: &mut Bench<Almighty>, from: u16, message: M) -> Fx {
    hear_life(bench, from, 1, message)
}

pub(crate) fn fire(bench: &mut Bench<Almighty>, timer: AlmightyTimer) -> Fx {
    bench.pass(Micros(1_000));
    bench.give(Input::Timer(timer))
}

pub(crate) fn draw(bench: &mut Bench<Almighty>, value: u64) -> Fx {
    bench.give(Input::Drawn {
        purpose: Purpose::Secret,
        value,
    })
}

pub(crate) fn life(node: u16) -> Life {
    Life {
        node: NodeId(node),
        incarnation: Incarnation(1),
    }
}

pub(crate) fn ledger(rows: &[(u16, u64, Standing)]) -> Ledger {
    rows.iter()
        .map(|(node, joined, standing)| {
            let identity = Identity {
                joined: Micros(*joined),
                node: NodeId(*node),
                incarnation: Incarnation(1),
            };
            (identity, *standing)
        })
        .collect()
}

pub(crate) fn id(at: u64, caller: u16) -> ElectionId {
    ElectionId {
        at: Micros(T + at),
        caller: NodeId(caller),
    }
}

pub(crate) fn claim(id: ElectionId, leader: u16, secret: u64, ledger: Ledger) -> Announcement {
    Announcement {
        id,
        leader: life(leader),
        secret: Secret(secret),
        turn: 0,
        ledger,
    }
}

pub(crate) use Standing::{Alive, Dead};

/// C follows A under the id (10, A) with secret 9; B and D are known.
pub(crate) fn follower() -> Bench<Almighty> {
    let (mut c, _) = peer_with(C, settings());
    let rows = [
        (A, 1, Alive),
        (B, 2, Alive),
        (C, T, Alive),
        (D, T + 5, Alive),
    ];
    let fx = hear(&mut c, A, M::Welcome(claim(id(10, A), A, 9, ledger(&rows))));
    assert!(said(&fx, AlmightyRule::AcceptsWinner));
    fire(&mut c, AlmightyTimer::Settle);
    c
}

/// A leads with secret 5; D is known.
pub(crate) fn leader() -> Bench<Almighty> {
    leader_with(settings())
}

pub(crate) fn leader_with(settings: AlmightySettings) -> Bench<Almighty> {
    let (mut a, _) = peer_with(A, settings);
    hear(
        &mut a,
        D,
        M::Join {
            joined: Some(Micros(T + 5)),
        },
    );
    fire(&mut a, AlmightyTimer::Join);
    let fx = draw(&mut a, 5);
    assert!(said(&fx, AlmightyRule::Leads));
    fire(&mut a, AlmightyTimer::Settle);
    a
}

pub(crate) fn reign(bench: &Bench<Almighty>) -> ElectionId {
    match bench.node.inspect().reign.mandate {
        Mandate::Election { at, caller } => ElectionId { at, caller },
        Mandate::Term(_) => ElectionId::default(),
    }
}

pub(crate) fn said(fx: &Fx, wanted: AlmightyRule) -> bool {
    fx.iter()
        .any(|e| matches!(e, Effect::Why { rule, .. } if *rule == wanted))
}

pub(crate) fn broadcasts(fx: &Fx) -> Vec<&M> {
    fx.iter()
        .filter_map(|e| match e {
            Effect::Broadcast { message } => Some(message),
            _ => None,
        })
        .collect()
}

pub(crate) fn sends(fx: &Fx, node: u16) -> Vec<&M> {
    fx.iter()
        .filter_map(|e| match e {
            Effect::Send { to, message } if to.0 == node => Some(message),
            _ => None,
        })
        .collect()
}

pub(crate) fn called(fx: &Fx) -> bool {
    broadcasts(fx)
        .iter()
        .any(|m| matches!(m, M::Election { .. }))
}

pub(crate) fn write(sequence: u64) -> Input<Almighty> {
    let call = CallId {
        client: ClientId(1),
        sequence,
    };
    let command = Command {
        call,
        session: SessionId::LASTING,
        payload: [7].into(),
    };
    Input::Call(Call {
        operation: Operation::Write,
        command,
    })
}
