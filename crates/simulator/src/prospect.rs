//! What will become of a message, as things stand.

use crate::flight::{DropCause, Fate};
use crate::view::Power;

/// What will become of a message if nobody does anything until it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prospect {
    /// It arrives and is taken up at once.
    TakenUp,
    /// It arrives and waits in the receiver's inbox.
    Queued,
    /// It stands still.
    Held,
    /// It reaches nobody who takes it.
    Dropped(DropCause),
}

/// A receiver as a message would find it now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reception {
    pub(crate) power: Power,
    /// Whether it takes up at once what arrives.
    pub(crate) idle: bool,
    /// Whether its inbox has no room.
    pub(crate) full: bool,
}

impl Prospect {
    /// Of a message of this fate, damaged or not. A client takes everything up.
    pub(crate) fn of(fate: Fate, damaged: bool, receiver: Option<Reception>) -> Self {
        match (fate.cause(), receiver) {
            (Some(cause), _) => Self::Dropped(cause),
            _ if matches!(fate, Fate::Held(_)) => Self::Held,
            _ if damaged => Self::Dropped(DropCause::Damaged),
            (None, None) => Self::TakenUp,
            (None, Some(it)) => match it.power {
                Power::Stopped | Power::Absent => Self::Dropped(DropCause::NodeDown),
                Power::Running if it.idle => Self::TakenUp,
                _ if it.full => Self::Dropped(DropCause::InboxFull),
                Power::Running | Power::Paused => Self::Queued,
            },
        }
    }

    /// It in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TakenUp => "It arrives and is taken up at once.",
            Self::Queued => "It arrives and waits in the receiver's inbox.",
            Self::Held => "It stands still until somebody lets it go.",
            Self::Dropped(DropCause::Lost) => "It gets lost on its way.",
            Self::Dropped(DropCause::Cut) => "It falls into the cut.",
            Self::Dropped(DropCause::LinkFull) => "Its wire is full: it falls off as it is sent.",
            Self::Dropped(DropCause::ByHand) => "Somebody took it off its wire.",
            Self::Dropped(DropCause::InboxFull) => "The receiver's inbox is full: it is dropped.",
            Self::Dropped(DropCause::NodeDown) => "The receiver is not up: nobody takes it.",
            Self::Dropped(DropCause::Damaged) => {
                "Bits of it were flipped: the receiver sees that and refuses it."
            }
        }
    }
}
