//! A node on the bench: what it hears, what it does, and the nodes that the tests begin with.

use crate::support::Bench;
pub(crate) use consensus::watercraft::{
    AdmissionNumber, Entry, List, ReignNumber, Report, ReportKind, Standing, Standing::*, Version,
    Watercraft, WatercraftDurable, WatercraftMessage as M, WatercraftRule as R, WatercraftSettings,
    WatercraftTimer as T,
};
pub(crate) use consensus::*;

pub(crate) type Fx = Vec<Effect<Watercraft>>;

pub(crate) const A: u16 = 0;
pub(crate) const B: u16 = 1;
pub(crate) const C: u16 = 2;
pub(crate) const D: u16 = 3;
pub(crate) const E: u16 = 4;
pub(crate) const ALL: &[u16] = &[A, B, C, D, E];

/// One node, and its name.
pub(crate) struct Node {
    id: NodeId,
    pub(crate) bench: Bench<Watercraft>,
}

impl Node {
    /// A node in one of its lives, told of these members.
    pub(crate) fn boot(id: u16, life: u32, members: &[u16], settings: WatercraftSettings) -> Self {
        let id = NodeId(id);
        let node = Watercraft::boot(Boot {
            node: id,
            cluster: ClusterId(0),
            incarnation: Incarnation(life),
            members: members.iter().copied().map(NodeId).collect(),
            settings,
            durable: WatercraftDurable,
        });
        let bench = Bench::new(node);
        Self { id, bench }
    }

    pub(crate) fn give(&mut self, input: Input<Watercraft>) -> Fx {
        self.bench.give(input)
    }

    /// A message from a life of a node.
    pub(crate) fn hear_life(&mut self, from: u16, life: u32, message: M) -> Fx {
        self.bench.pass(Micros(1_000));
        self.bench.give(Input::Receive(Envelope {
            cluster: ClusterId(0),
            sender: NodeId(from),
            incarnation: Incarnation(life),
            receiver: Receiver::Node(self.id),
            message,
        }))
    }

    /// A message from the first life of a node.
    pub(crate) fn hear(&mut self, from: u16, message: M) -> Fx {
        self.hear_life(from, 1, message)
    }

    pub(crate) fn fire(&mut self, timer: T) -> Fx {
        self.bench.pass(Micros(1_000));
        self.bench.give(Input::Timer(timer))
    }

    pub(crate) fn view(&self) -> Inspection {
        self.bench.node.inspect()
    }

    pub(crate) fn hosts(&self) -> bool {
        self.view().role == Role::Leader
    }

    pub(crate) fn follows(&self) -> Option<u16> {
        self.view().reign.leader.map(|node| node.0)
    }

    /// Who stands in its list, and whether alive, oldest first.
    pub(crate) fn rows(&self) -> Vec<(u16, u64, bool)> {
        let rows = self.view().ledger;
        rows.iter()
            .map(|row| (row.node.0, row.joined.0, row.alive))
            .collect()
    }
}

pub(crate) fn by_count() -> WatercraftSettings {
    WatercraftSettings {
        report: ReportKind::Count,
        ..WatercraftSettings::default()
    }
}

pub(crate) fn life(node: u16) -> Life {
    Life {
        node: NodeId(node),
        incarnation: Incarnation(1),
    }
}

/// First lives, under these numbers.
pub(crate) fn list(entries: &[(u16, u64, Standing)]) -> List {
    let entry = |(node, number, standing): &(u16, u64, Standing)| {
        let entry = Entry {
            incarnation: Incarnation(1),
            number: AdmissionNumber(*number),
            standing: *standing,
        };
        (NodeId(*node), entry)
    };
    entries.iter().map(entry).collect()
}

pub(crate) fn version(reign: u64, host: u16, change: u64) -> Version {
    let host = NodeId(host);
    Version {
        reign: ReignNumber {
            number: reign,
            host,
        },
        change,
    }
}

pub(crate) fn call(number: u64, report: Report) -> M {
    M::Call {
        number: AdmissionNumber(number),
        report,
    }
}

/// A founded the network in reign 1 and admitted B and C as numbers 2 and 3: its list is in the
/// third version.
pub(crate) fn host_with(settings: WatercraftSettings) -> Node {
    let mut a = Node::boot(A, 1, ALL, settings);
    a.give(Input::Start);
    a.hear(B, M::Contact);
    a.hear(C, M::Contact);
    assert_eq!(a.rows(), [(A, 1, true), (B, 2, true), (C, 3, true)]);
    a
}

pub(crate) fn host() -> Node {
    host_with(WatercraftSettings::default())
}

pub(crate) const FOUR: &[(u16, u64, Standing)] =
    &[(A, 1, Alive), (B, 2, Alive), (C, 3, Alive), (D, 4, Alive)];

/// C is number 3 in the network of A, whose list it has in version (2, A, 5); B and D are in it.
pub(crate) fn follower_with(settings: WatercraftSettings) -> Node {
    let mut c = Node::boot(C, 1, ALL, settings);
    c.give(Input::Start);
    let (version, list) = (version(2, A, 5), list(FOUR));
    let fx = c.hear(A, M::List { version, list });
    assert!(said(&fx, R::Joined) && c.follows() == Some(A));
    c
}

pub(crate) fn follower() -> Node {
    follower_with(WatercraftSettings::default())
}

/// C hosts in reign 3, since A and B could not be reached; D is in its network.
pub(crate) fn lone_host() -> Node {
    let mut c = follower();
    c.fire(T::Silence);
    assert!(said(&c.fire(T::Silence), R::BecomesHost));
    c
}

/// B, number 2, answers the word of C as a host in this reign.
pub(crate) fn answer_of_b(reign: u64) -> M {
    M::HostCall {
        version: version(3, B, 1),
        number: AdmissionNumber(2),
        answers: Some(version(reign, C, 1).reign),
    }
}

pub(crate) fn said(fx: &Fx, wanted: R) -> bool {
    fx.iter()
        .any(|e| matches!(e, Effect::Why { rule, .. } if *rule == wanted))
}

/// Who was sent what, in order.
pub(crate) fn sent(fx: &Fx) -> Vec<(u16, &M)> {
    fx.iter()
        .filter_map(|e| match e {
            Effect::Send { to, message } => Some((to.0, message)),
            _ => None,
        })
        .collect()
}

/// The kinds of what was sent, and to whom.
pub(crate) fn kinds(fx: &Fx) -> Vec<(u16, &'static str)> {
    sent(fx)
        .into_iter()
        .map(|(to, message)| (to, message.describe().kind))
        .collect()
}

pub(crate) fn write(sequence: u64) -> Input<Watercraft> {
    Input::Call(Call {
        operation: Operation::Write,
        command: command(sequence),
    })
}

pub(crate) fn command(sequence: u64) -> Command {
    let client = ClientId(1);
    Command {
        call: CallId { client, sequence },
        session: SessionId::LASTING,
        payload: [7].into(),
    }
}
