//! The network: delays, losses, cuts, and every message on its way.

use crate::action::PerMillion;
use crate::choose::{Choose, Stream};
use crate::flight::{Endpoint, Fate};
use crate::world::SpanRange;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use consensus::{Answer, Call, CallId, Envelope, Micros, NodeId};
use litemap::LiteMap;

/// What travels.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Cargo<M> {
    /// A message between nodes.
    Message(Envelope<M>),
    /// A client's call.
    Call(Call),
    /// A node's answer to a client, and the position that the command was applied at (0: none).
    Answer {
        call: CallId,
        answer: Answer,
        index: u64,
    },
}

/// One message on its way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Transit<M> {
    pub(crate) from: Endpoint,
    pub(crate) to: Endpoint,
    pub(crate) sent: Micros,
    pub(crate) due: Micros,
    pub(crate) fate: Fate,
    pub(crate) cargo: Cargo<M>,
}

impl<M> Transit<M> {
    /// When it is half-way: a cut drops what has not passed the middle of its wire.
    fn middle(&self) -> Micros {
        Micros(self.sent.0 + self.due.since(self.sent).0 / 2)
    }
}

/// All links, and what is on them.
#[derive(Clone, Debug)]
pub(crate) struct Network<M> {
    pub(crate) delay: SpanRange,
    pub(crate) loss: PerMillion,
    cut: Vec<Vec<NodeId>>,
    /// Those sent last, oldest first; an empty place is a message that arrived or was forgotten.
    transits: VecDeque<Option<Transit<M>>>,
    /// Dropped messages by the time at which they are forgotten. They are kept for as long again as
    /// they would have travelled, so that they are seen to sink.
    sinking: LiteMap<(Micros, u64), ()>,
    sent: u64,
    dropped: u64,
}

impl<M: Clone> Network<M> {
    /// A whole network with nothing on it.
    pub(crate) fn new(delay: SpanRange, loss: PerMillion) -> Self {
        Self {
            delay,
            loss,
            cut: Vec::new(),
            transits: VecDeque::new(),
            sinking: LiteMap::new(),
            sent: 0,
            dropped: 0,
        }
    }

    /// Puts a message on its wire and gives its number, and its arrival where it has one.
    /// Takes two draws whatever the faults.
    pub(crate) fn send<C: Choose>(
        &mut self,
        choose: &mut C,
        now: Micros,
        from: Endpoint,
        to: Endpoint,
        cargo: Cargo<M>,
    ) -> (u64, Option<Micros>) {
        let stream = Stream::Link(from, to);
        let delay = choose.span(stream, self.delay.least, self.delay.most);
        let unlucky = choose.chance(stream, self.loss);
        let between_nodes = from.node().is_some() && to.node().is_some();
        let mut transit = Transit {
            from,
            to,
            sent: now,
            due: now + delay,
            fate: Fate::Arrives,
            cargo,
        };
        if self.separates(from, to) {
            transit.fate = Fate::Cut(transit.middle());
        } else if unlucky && between_nodes {
            transit.fate = Fate::Lost(transit.middle());
        }
        self.sent += 1;
        let number = self.sent;
        let arrival = match transit.fate {
            Fate::Arrives => Some(transit.due),
            Fate::Lost(_) | Fate::Cut(_) => {
                self.sink(number, transit.due + delay);
                None
            }
        };
        self.transits.push_back(Some(transit));
        (number, arrival)
    }

    /// The number of the oldest message that is kept.
    fn oldest(&self) -> u64 {
        self.sent + 1 - self.transits.len() as u64
    }

    fn place(&self, number: u64) -> Option<usize> {
        usize::try_from(number.checked_sub(self.oldest())?).ok()
    }

    fn take(&mut self, number: u64) -> Option<Transit<M>> {
        let place = self.place(number)?;
        let taken = self.transits.get_mut(place)?.take();
        while self.transits.front().is_some_and(Option::is_none) {
            self.transits.pop_front();
        }
        taken
    }

    fn sink(&mut self, number: u64, forget_at: Micros) {
        self.dropped += 1;
        self.sinking.insert((forget_at, number), ());
    }

    /// Takes an arriving message off its wire.
    pub(crate) fn arrive(&mut self, number: u64) -> Option<Transit<M>> {
        self.take(number)
    }

    /// Whether the message still travels and will arrive.
    pub(crate) fn will_arrive(&self, number: u64) -> bool {
        let transit = self.place(number).and_then(|it| self.transits.get(it));
        matches!(transit, Some(Some(transit)) if transit.fate == Fate::Arrives)
    }

    /// Forgets dropped messages that nobody can see any more.
    pub(crate) fn forget_sunk(&mut self, now: Micros) {
        while let Some((&(at, number), ())) = self.sinking.first() {
            if at > now {
                break;
            }
            self.sinking.remove(&(at, number));
            self.take(number);
        }
    }

    /// Cuts the network into sides; nodes in none of them form one more together. A side without
    /// nodes is none.
    pub(crate) fn cut(&mut self, mut sides: Vec<Vec<NodeId>>, now: Micros) {
        sides.retain(|side| !side.is_empty());
        self.cut = sides;
        let mut sunk = Vec::new();
        let numbers = self.oldest()..;
        for (number, transit) in numbers.zip(&mut self.transits) {
            let Some(transit) = transit else {
                continue;
            };
            let middle = transit.middle();
            let apart = separates(&self.cut, transit.from, transit.to);
            if transit.fate == Fate::Arrives && apart && middle >= now {
                transit.fate = Fate::Cut(middle);
                let whole = transit.due.since(transit.sent);
                sunk.push((number, transit.due + whole));
            }
        }
        for (number, forget_at) in sunk {
            self.sink(number, forget_at);
        }
    }

    /// Makes the network whole; what has sunk stays sunk.
    pub(crate) fn heal(&mut self) {
        self.cut.clear();
    }

    /// Whether there is a cut.
    pub(crate) fn is_cut(&self) -> bool {
        !self.cut.is_empty()
    }

    /// The sides of the cut among `attached` nodes; none where the network is whole.
    pub(crate) fn sides(&self, attached: &[NodeId]) -> Vec<Vec<NodeId>> {
        if self.cut.is_empty() {
            return Vec::new();
        }
        let mut sides: Vec<Vec<NodeId>> = self.cut.iter().map(|_| Vec::new()).collect();
        sides.push(Vec::new());
        for node in attached {
            sides[side_of(&self.cut, *node)].push(*node);
        }
        sides.retain(|side| !side.is_empty());
        sides
    }

    fn separates(&self, from: Endpoint, to: Endpoint) -> bool {
        separates(&self.cut, from, to)
    }

    /// How many messages were dropped so far.
    pub(crate) const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Everything on the wires, oldest first.
    pub(crate) fn transits(&self) -> impl Iterator<Item = (u64, &Transit<M>)> {
        let numbered = (self.oldest()..).zip(&self.transits);
        numbered.filter_map(|(number, transit)| Some((number, transit.as_ref()?)))
    }
}

fn side_of(cut: &[Vec<NodeId>], node: NodeId) -> usize {
    cut.iter()
        .position(|side| side.contains(&node))
        .unwrap_or(cut.len())
}

/// Clients stand outside of every cut.
fn separates(cut: &[Vec<NodeId>], from: Endpoint, to: Endpoint) -> bool {
    match (from, to) {
        (Endpoint::Node(from), Endpoint::Node(to)) if !cut.is_empty() => {
            side_of(cut, from) != side_of(cut, to)
        }
        _ => false,
    }
}
