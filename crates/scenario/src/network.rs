//! How messages travel: at the start, and changed on the way.

use crate::name::NodeName;
use crate::span::{Span, range, spans};
use serde::{Deserialize, Serialize};
use simulator::{Action, LinkChange, LinkSettings, Links, PerMillion, Spread};

/// How messages travel on every link at the start (F4). Shares count in a million messages, each
/// drawn for each message alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct NetworkTiming {
    /// The shortest and the longest one-way delay.
    pub delay: [Span; 2],
    /// How delays are spread over that range.
    pub spread: Spread,
    /// How many of a million messages between nodes are lost.
    pub loss_per_million: u32,
    /// How many arrive twice.
    pub duplication_per_million: u32,
    /// How many take up to the longest delay more, so that later ones overtake them.
    pub reordering_per_million: u32,
    /// How many have up to three bits flipped on their way.
    pub corruption_per_million: u32,
    /// How many messages fit on one direction of one link; 0 for any number.
    pub capacity: u32,
    /// Whether everything between nodes stands still on its wire.
    pub clogged: bool,
}

impl Default for NetworkTiming {
    fn default() -> Self {
        Self {
            delay: [Span::millis(15), Span::millis(25)],
            spread: Spread::Even,
            loss_per_million: 0,
            duplication_per_million: 0,
            reordering_per_million: 0,
            corruption_per_million: 0,
            capacity: 0,
            clogged: false,
        }
    }
}

impl NetworkTiming {
    /// What a file says of links that are like this.
    #[must_use]
    pub const fn of(settings: &LinkSettings) -> Self {
        Self {
            delay: spans(settings.delay),
            spread: settings.spread,
            loss_per_million: settings.loss.0,
            duplication_per_million: settings.duplication.0,
            reordering_per_million: settings.reordering.0,
            corruption_per_million: settings.corruption.0,
            capacity: settings.capacity,
            clogged: settings.clogged,
        }
    }

    /// The settings as the simulator takes them.
    #[must_use]
    pub const fn settings(&self) -> LinkSettings {
        LinkSettings {
            delay: range(self.delay),
            spread: self.spread,
            loss: PerMillion(self.loss_per_million),
            duplication: PerMillion(self.duplication_per_million),
            reordering: PerMillion(self.reordering_per_million),
            corruption: PerMillion(self.corruption_per_million),
            capacity: self.capacity,
            clogged: self.clogged,
        }
    }
}

/// A change to some of the links between nodes: what is named changes, from now on; all else stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct LinkDeed {
    /// Links from this node; from everybody where it is left out.
    pub from: Option<NodeName>,
    /// Links to this node; to everybody where it is left out.
    pub to: Option<NodeName>,
    /// As in [`NetworkTiming`], and so on.
    pub delay: Option<[Span; 2]>,
    /// As there.
    pub spread: Option<Spread>,
    /// As there.
    pub loss_per_million: Option<u32>,
    /// As there.
    pub duplication_per_million: Option<u32>,
    /// As there.
    pub reordering_per_million: Option<u32>,
    /// As there.
    pub corruption_per_million: Option<u32>,
    /// As there.
    pub capacity: Option<u32>,
    /// Whether what is on these links stands still; it goes on when they are clogged no more.
    pub clogged: Option<bool>,
}

impl LinkDeed {
    /// What a file says of one change.
    #[must_use]
    pub fn of(links: Links, change: LinkChange) -> Self {
        let mut deed = Self {
            from: links.from.map(NodeName),
            to: links.to.map(NodeName),
            ..Self::default()
        };
        match change {
            LinkChange::Delay(delay) => deed.delay = Some(spans(delay)),
            LinkChange::Spread(spread) => deed.spread = Some(spread),
            LinkChange::Loss(share) => deed.loss_per_million = Some(share.0),
            LinkChange::Duplication(share) => deed.duplication_per_million = Some(share.0),
            LinkChange::Reordering(share) => deed.reordering_per_million = Some(share.0),
            LinkChange::Corruption(share) => deed.corruption_per_million = Some(share.0),
            LinkChange::Capacity(messages) => deed.capacity = Some(messages),
            LinkChange::Clogged(clogged) => deed.clogged = Some(clogged),
        }
        deed
    }

    /// Its changes as the simulator takes them.
    pub(crate) fn actions(self) -> impl Iterator<Item = Action> {
        let share = |share: Option<u32>| share.map(PerMillion);
        let changes = [
            self.delay.map(|it| LinkChange::Delay(range(it))),
            self.spread.map(LinkChange::Spread),
            share(self.loss_per_million).map(LinkChange::Loss),
            share(self.duplication_per_million).map(LinkChange::Duplication),
            share(self.reordering_per_million).map(LinkChange::Reordering),
            share(self.corruption_per_million).map(LinkChange::Corruption),
            self.capacity.map(LinkChange::Capacity),
            self.clogged.map(LinkChange::Clogged),
        ];
        let links = Links {
            from: self.from.map(|name| name.0),
            to: self.to.map(|name| name.0),
        };
        let changes = changes.into_iter().flatten();
        changes.map(move |change| Action::Link { links, change })
    }
}
