//! What one direction of one link does to the messages on it.

use crate::action::PerMillion;
use crate::choose::{Choose, Stream};
use crate::world::SpanRange;
use consensus::{Micros, NodeId};
use serde::{Deserialize, Serialize};

/// How delays are spread over their range.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Spread {
    /// Every delay of the range is as likely as every other.
    #[default]
    Even,
    /// Most are near the shortest, and each eighth of the range is half as likely as the one
    /// before it: a network that is quick as a rule and slow at times.
    LongTail,
}

impl Spread {
    /// A delay from the range, by two draws.
    pub(crate) fn draw<C: Choose>(
        self,
        choose: &mut C,
        stream: Stream,
        range: SpanRange,
    ) -> Micros {
        let octave = u64::from(choose.word(stream).leading_zeros()).min(7);
        match self {
            Self::Even => choose.span(stream, range.least, range.most),
            Self::LongTail => {
                let eighth = range.most.since(range.least).0 / 8;
                let least = range.least + Micros(eighth * octave);
                choose.span(stream, least, least + Micros(eighth))
            }
        }
    }
}

/// The state of one direction of one link. All shares are drawn for each message alone.
///
/// Every fault but the delay touches messages between nodes only: clients reach every node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LinkSettings {
    /// How long a message travels.
    pub delay: SpanRange,
    /// How delays are spread over that range.
    pub spread: Spread,
    /// What share is lost.
    pub loss: PerMillion,
    /// What share arrives twice; the copy has a delay of its own.
    pub duplication: PerMillion,
    /// What share takes up to the longest delay more, so that later messages overtake it. All
    /// others arrive in the order in which they were sent.
    pub reordering: PerMillion,
    /// What share has up to three bits flipped on its way (F4).
    pub corruption: PerMillion,
    /// How many messages fit on the wire at once; what is sent beyond is dropped. 0 for any number.
    pub capacity: u32,
    /// Whether it is clogged: what is on it stands still, and goes on when it is clogged no more.
    pub clogged: bool,
}

impl LinkSettings {
    /// A link that delivers everything once, unharmed and in order, after a delay of this range.
    #[must_use]
    pub const fn sound(delay: SpanRange) -> Self {
        Self {
            delay,
            spread: Spread::Even,
            loss: PerMillion(0),
            duplication: PerMillion(0),
            reordering: PerMillion(0),
            corruption: PerMillion(0),
            capacity: 0,
            clogged: false,
        }
    }

    /// Whether it delivers everything once, unharmed and in order.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let sound = Self::sound(self.delay);
        let spread = self.spread;
        *self == Self { spread, ..sound }
    }

    /// Makes one change.
    pub(crate) fn change(&mut self, change: LinkChange) {
        match change {
            LinkChange::Delay(delay) => self.delay = delay,
            LinkChange::Spread(spread) => self.spread = spread,
            LinkChange::Loss(share) => self.loss = share,
            LinkChange::Duplication(share) => self.duplication = share,
            LinkChange::Reordering(share) => self.reordering = share,
            LinkChange::Corruption(share) => self.corruption = share,
            LinkChange::Capacity(messages) => self.capacity = messages,
            LinkChange::Clogged(clogged) => self.clogged = clogged,
        }
    }
}

/// One change to [`LinkSettings`]; each variant is a field there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkChange {
    /// How long messages travel.
    Delay(SpanRange),
    /// How delays are spread.
    Spread(Spread),
    /// What share is lost.
    Loss(PerMillion),
    /// What share arrives twice.
    Duplication(PerMillion),
    /// What share is overtaken.
    Reordering(PerMillion),
    /// What share is damaged.
    Corruption(PerMillion),
    /// How many messages fit on the wire; 0 for any number.
    Capacity(u32),
    /// Whether the link is clogged.
    Clogged(bool),
}

impl LinkChange {
    /// Whether both change the same field.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        core::mem::discriminant(self) == core::mem::discriminant(other)
    }
}

/// Which directed links between nodes an action is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Links {
    /// From whom; `None` for everybody.
    pub from: Option<NodeId>,
    /// To whom; `None` for everybody.
    pub to: Option<NodeId>,
}

impl Links {
    /// Every link.
    pub const ALL: Self = Self {
        from: None,
        to: None,
    };

    /// One direction of one link.
    #[must_use]
    pub const fn one(from: NodeId, to: NodeId) -> Self {
        Self {
            from: Some(from),
            to: Some(to),
        }
    }

    /// Whether this directed link is among them.
    #[must_use]
    pub fn include(&self, from: NodeId, to: NodeId) -> bool {
        self.from.is_none_or(|it| it == from) && self.to.is_none_or(|it| it == to)
    }

    /// Whether all of `other` is among them.
    pub(crate) fn cover(&self, other: &Self) -> bool {
        (self.from.is_none() || self.from == other.from)
            && (self.to.is_none() || self.to == other.to)
    }
}
