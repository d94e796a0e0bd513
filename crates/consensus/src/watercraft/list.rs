//! The list of all known nodes (W3, W4): who they are, how old, and who of them is alive.

use super::seniority::{AdmissionNumber, Seniority};
use crate::inspection::LedgerRow;
use crate::node::{Incarnation, Life, NodeId};
use crate::time::Micros;
use alloc::vec::Vec;
use core::cmp::Ordering;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// What a list says about a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Presumed alive: it counts.
    Alive,
    /// It could not be reached (W5): taken back when it calls.
    Removed,
    /// It said good-bye (W9): final for this life.
    Left,
}

/// One entry, under its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Which life of the node.
    pub incarnation: Incarnation,
    /// Under which number it was admitted (W2).
    pub number: AdmissionNumber,
    /// Alive, removed or left.
    pub standing: Standing,
}

/// One entry for each node that was ever admitted, that of its latest known life. Removed nodes
/// stay in it, so that somebody goes on calling them (W10) and no late message of theirs counts;
/// it never holds more than one entry for each node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct List {
    #[serde(deserialize_with = "crate::wire::read_rows")]
    entries: LiteMap<NodeId, Entry>,
}

impl List {
    /// The entry of a node.
    #[must_use]
    pub fn entry(&self, node: NodeId) -> Option<Entry> {
        self.entries.get(&node).copied()
    }

    /// All entries, in order of node.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, Entry)> + '_ {
        self.entries.iter().map(|(node, entry)| (*node, *entry))
    }

    /// The nodes presumed alive, in order of node.
    pub fn alive(&self) -> impl Iterator<Item = Seniority> + '_ {
        self.iter()
            .filter(|(_, entry)| entry.standing == Standing::Alive)
            .map(|(node, entry)| seniority(node, entry))
    }

    /// How many nodes are presumed alive: the number that a call reports (W5).
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.alive().count()).unwrap_or(u32::MAX)
    }

    /// Who has been in the network longest, of those presumed alive (W2).
    #[must_use]
    pub fn oldest(&self) -> Option<Seniority> {
        self.alive().min()
    }

    /// How old exactly this life is, where it is presumed alive.
    #[must_use]
    pub fn living(&self, life: Life) -> Option<Seniority> {
        let entry = self.entry(life.node)?;
        let lives = entry.incarnation == life.incarnation && entry.standing == Standing::Alive;
        lives.then_some(seniority(life.node, entry))
    }

    /// What it says about this life; one that is over has left. `None` where it knows no more than
    /// earlier ones.
    pub(super) fn standing(&self, life: Life) -> Option<Standing> {
        let entry = self.entry(life.node)?;
        match entry.incarnation.cmp(&life.incarnation) {
            Ordering::Less => None,
            Ordering::Equal => Some(entry.standing),
            Ordering::Greater => Some(Standing::Left),
        }
    }

    /// Whether an honest host could have made it.
    pub(super) fn is_plausible(&self) -> bool {
        self.entries.values().all(|entry| entry.number.is_given())
    }

    /// The life of a node that this list speaks of.
    #[must_use]
    pub fn life(&self, node: NodeId) -> Option<Life> {
        let incarnation = self.entry(node)?.incarnation;
        Some(Life { node, incarnation })
    }

    /// The highest number given so far.
    #[must_use]
    pub fn highest(&self) -> AdmissionNumber {
        let numbers = self.entries.values().map(|entry| entry.number);
        numbers.max().unwrap_or_default()
    }

    /// Enters a life, whatever stood under its node; whether that changed anything.
    pub fn enter(&mut self, life: Life, number: AdmissionNumber, standing: Standing) -> bool {
        let entry = Entry {
            incarnation: life.incarnation,
            number,
            standing,
        };
        self.entries.insert(life.node, entry) != Some(entry)
    }

    /// Says that this life is removed, or has left; whether that was new.
    pub fn strike(&mut self, life: Life, standing: Standing) -> bool {
        match self.entries.get_mut(&life.node) {
            Some(entry) if entry.incarnation == life.incarnation && entry.standing < standing => {
                entry.standing = standing;
                true
            }
            _ => false,
        }
    }

    /// Merges two lists (W10): the union by node, the latest life of each. A life that either
    /// presumes alive is alive, unless it said good-bye; of two numbers the smaller holds, until
    /// the node itself says which it has. Returns how many entries changed.
    pub fn merge(&mut self, other: &Self) -> u32 {
        let mut changed = 0_u32;
        for (node, theirs) in other.iter() {
            let merged = match self.entry(node) {
                Some(mine) if mine.incarnation > theirs.incarnation => mine,
                Some(mine) if mine.incarnation == theirs.incarnation => Entry {
                    incarnation: mine.incarnation,
                    number: mine.number.min(theirs.number),
                    standing: merged_standing(mine.standing, theirs.standing),
                },
                _ => theirs,
            };
            if self.entries.insert(node, merged) != Some(merged) {
                changed = changed.saturating_add(1);
            }
        }
        changed
    }

    /// The entries for people, oldest first.
    #[must_use]
    pub fn by_age(&self) -> Vec<LedgerRow> {
        let mut rows: Vec<(NodeId, Entry)> = self.iter().collect();
        rows.sort_unstable_by_key(|(node, entry)| seniority(*node, *entry));
        let row = |(node, entry): (NodeId, Entry)| LedgerRow {
            node,
            incarnation: entry.incarnation,
            joined: Micros(entry.number.0),
            alive: entry.standing == Standing::Alive,
        };
        rows.into_iter().map(row).collect()
    }
}

impl FromIterator<(NodeId, Entry)> for List {
    fn from_iter<I: IntoIterator<Item = (NodeId, Entry)>>(entries: I) -> Self {
        Self {
            entries: entries.into_iter().collect(),
        }
    }
}

const fn seniority(node: NodeId, entry: Entry) -> Seniority {
    Seniority {
        number: entry.number,
        node,
    }
}

fn merged_standing(mine: Standing, theirs: Standing) -> Standing {
    match (mine, theirs) {
        (Standing::Left, _) | (_, Standing::Left) => Standing::Left,
        _ => mine.min(theirs),
    }
}
