//! Small builders for views.
#![allow(dead_code, unreachable_pub)]

use consensus::{
    ClientId, Incarnation, Inspection, LedgerRow, Mandate, MembersView, MessageShape, Micros,
    NodeId, Reign, Role, VoteView,
};
use simulator::{
    CellView, ClientView, ClockSettings, DataView, Endpoint, Fate, Flight, LinkSettings, NodeView,
    Power, SpanRange, TimerView, View,
};

pub fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

pub fn term(number: u64, leader: Option<u16>) -> Reign {
    Reign {
        mandate: Mandate::Term(number),
        leader: leader.map(NodeId),
    }
}

pub fn election(at: u64, leader: u16) -> Reign {
    let caller = NodeId(leader);
    Reign {
        mandate: Mandate::Election { at: ms(at), caller },
        leader: Some(caller),
    }
}

pub fn inspection(role: Role, reign: Reign) -> Inspection {
    Inspection {
        role,
        reign,
        votes: Vec::new(),
        quorum: 0,
        voted_for: None,
        members: MembersView::default(),
        earlier: 0,
        log: Vec::new(),
        committed: 0,
        ledger: Vec::new(),
        secret: None,
        unanswered: 0,
        followers: Vec::new(),
    }
}

pub fn node(id: u16, role: Role, reign: Reign) -> NodeView {
    NodeView {
        id: NodeId(id),
        power: Power::Running,
        incarnation: Incarnation(1),
        clock: ClockSettings::default(),
        service: Micros::ZERO,
        waiting: 0,
        inspection: inspection(role, reign),
        patience: None,
        earlier: 0,
        log: Vec::new(),
        data: Vec::new(),
    }
}

pub trait Built: Sized {
    fn stopped(self) -> Self;
    fn waiting(self, left_percent: u64) -> Self;
    fn voted(self, votes: &[(u16, Option<bool>)], quorum: u32) -> Self;
    fn holding(self, log: &[(u64, u64, bool)]) -> Self;
    fn storing(self, data: &[u64]) -> Self;
    fn aged(self, order: &[u16]) -> Self;
    fn unanswered(self) -> Self;
}

impl Built for NodeView {
    fn stopped(mut self) -> Self {
        self.power = Power::Stopped;
        self
    }
    fn waiting(mut self, left_percent: u64) -> Self {
        // Seen at one second, of a timer of a hundred milliseconds.
        let due = ms(1000 + left_percent);
        self.patience = Some(TimerView {
            name: "election",
            meaning: "When it fires, it stands.",
            armed: due - ms(100),
            due,
        });
        self
    }
    fn voted(mut self, votes: &[(u16, Option<bool>)], quorum: u32) -> Self {
        let vote = |&(voter, granted)| VoteView {
            voter: NodeId(voter),
            granted,
        };
        self.inspection.votes = votes.iter().map(vote).collect();
        self.inspection.quorum = quorum;
        self
    }
    fn holding(mut self, log: &[(u64, u64, bool)]) -> Self {
        let cell = |(index, &(term, value, committed)): (usize, &(u64, u64, bool))| CellView {
            index: index as u64 + 1,
            term,
            value: Some(value),
            committed,
        };
        self.log = log.iter().enumerate().map(cell).collect();
        self
    }
    fn storing(mut self, data: &[u64]) -> Self {
        let held = |(index, &value): (usize, &u64)| DataView {
            index: index as u64 + 1,
            value,
            acknowledged: true,
        };
        self.data = data.iter().enumerate().map(held).collect();
        self
    }
    fn aged(mut self, order: &[u16]) -> Self {
        let row = |(age, &node): (usize, &u16)| LedgerRow {
            node: NodeId(node),
            incarnation: Incarnation(1),
            joined: ms(age as u64),
            alive: true,
        };
        self.inspection.ledger = order.iter().enumerate().map(row).collect();
        self
    }
    fn unanswered(mut self) -> Self {
        self.inspection.unanswered = 1;
        self
    }
}

pub fn client(id: u32) -> ClientView {
    ClientView {
        id: ClientId(id),
        leader: None,
        calls: Vec::new(),
        breakers: Vec::new(),
    }
}

pub fn view(nodes: Vec<NodeView>) -> View {
    View {
        now: ms(1000),
        nodes,
        flights: Vec::new(),
        sides: Vec::new(),
        one_way: Vec::new(),
        link: LinkSettings::sound(SpanRange::millis(15, 25)),
        drops: Vec::new(),
        clients: vec![client(0)],
        reigns: Vec::new(),
    }
}

pub fn followers(count: u16) -> View {
    view(
        (0..count)
            .map(|id| node(id, Role::Follower, term(1, None)))
            .collect(),
    )
}

pub fn ids(nodes: &[u16]) -> Vec<NodeId> {
    nodes.iter().copied().map(NodeId).collect()
}

/// A message seen at one second, `percent` of its way.
pub fn message(id: u64, from: u16, to: u16, shape: MessageShape, percent: u64) -> Flight {
    let sent = ms(1000 - percent);
    Flight {
        id,
        from: Endpoint::Node(NodeId(from)),
        to: Endpoint::Node(NodeId(to)),
        sent,
        due: sent + ms(100),
        fate: Fate::Arrives,
        damaged: false,
        copy_of: None,
        kind: "message",
        shape,
        answer: None,
        reign: Some(term(1, Some(0))),
        value: None,
    }
}
