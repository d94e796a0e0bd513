//! Messages on their way, and what a test does to one of them.

use super::{Driver, DriverError};
use crate::action::{Action, MessageDeed};
use crate::choose::Choose;
use crate::flight::{Endpoint, Fate};
use crate::network::{Cargo, Transit};
use alloc::vec::Vec;
use consensus::{Envelope, Micros, NodeId, Protocol};

/// A message between two nodes that is on its way, or stands still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight<'a, M> {
    /// Its place in the order of sending, from 1; messages to and from clients count, too.
    pub number: u64,
    /// Who sent it.
    pub from: NodeId,
    /// Who is to get it.
    pub to: NodeId,
    /// When it was sent.
    pub sent: Micros,
    /// When it arrives, as things stand.
    pub due: Micros,
    /// Since when it has stood still; `None` while it travels.
    pub held: Option<Micros>,
    /// Whether bits of it were flipped: the receiver will refuse it.
    pub damaged: bool,
    /// The message that it doubles, where it is a copy.
    pub copy_of: Option<u64>,
    /// The message with its addresses.
    pub envelope: &'a Envelope<M>,
}

impl<'a, M> InFlight<'a, M> {
    /// What it says.
    #[must_use]
    pub const fn message(&self) -> &'a M {
        &self.envelope.message
    }
}

fn in_flight<M>(number: u64, transit: &Transit<M>) -> Option<InFlight<'_, M>> {
    let (Endpoint::Node(from), Endpoint::Node(to)) = (transit.from, transit.to) else {
        return None;
    };
    let Cargo::Message(envelope) = &transit.cargo else {
        return None;
    };
    let held = match transit.fate {
        Fate::Arrives => None,
        Fate::Held(since) => Some(since),
        _ => return None,
    };
    Some(InFlight {
        number,
        from,
        to,
        sent: transit.sent,
        due: transit.due,
        held,
        damaged: transit.damaged.is_some(),
        copy_of: transit.copy_of,
        envelope,
    })
}

/// Messages on their way.
///
/// # Errors
/// All methods that change one: [`DriverError::Idle`] where no such message is on its way or
/// nothing would change, [`DriverError::Violated`] where a guarantee is broken.
impl<P: Protocol, C: Choose> Driver<P, C> {
    /// Every message between nodes that is on its way or held there, in the order of sending.
    /// What is lost or falls into a cut is not among them.
    #[must_use]
    pub fn messages(&self) -> Vec<InFlight<'_, P::Message>> {
        let transits = self.run.network.transits();
        let mut messages: Vec<_> = transits
            .filter_map(|(number, transit)| in_flight(number, transit))
            .collect();
        messages.sort_unstable_by_key(|it| it.number);
        messages
    }

    /// Lets a message stand still on its wire.
    pub fn hold(&mut self, number: u64) -> Result<(), DriverError> {
        self.handle(number, MessageDeed::Hold)
    }

    /// Lets a message that stands still go on: the rest of its way takes as long as it would have.
    pub fn release(&mut self, number: u64) -> Result<(), DriverError> {
        self.handle(number, MessageDeed::Release)
    }

    /// Takes a message off its wire.
    pub fn drop_message(&mut self, number: u64) -> Result<(), DriverError> {
        self.handle(number, MessageDeed::Drop)
    }

    /// Lets a message arrive so much later.
    pub fn delay(&mut self, number: u64, span: Micros) -> Result<(), DriverError> {
        self.handle(number, MessageDeed::Delay(span))
    }

    /// Flips one to three bits of a message as it is encoded, chosen by `draw`.
    pub fn corrupt(&mut self, number: u64, draw: u64) -> Result<(), DriverError> {
        self.handle(number, MessageDeed::Corrupt(draw))
    }

    fn handle(&mut self, number: u64, deed: MessageDeed) -> Result<(), DriverError> {
        self.act(Action::Message { number, deed })
    }
}
