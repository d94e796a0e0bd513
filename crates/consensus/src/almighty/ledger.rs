//! The ledger: the peers that a peer knows, their ages, and who of them is marked dead (A2).

use super::identity::Identity;
use crate::inspection::LedgerRow;
use crate::node::{Incarnation, Life, NodeId};
use crate::time::Micros;
use alloc::vec::Vec;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

/// What a ledger says about a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Presumed alive.
    Alive,
    /// Marked dead (A17, A18): a suspicion, taken back by any message from the peer.
    Dead,
    /// It said good-bye (A14): final for this life.
    Gone,
}

/// One row, under its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Row {
    /// Which life of the node.
    pub incarnation: Incarnation,
    /// When it joined (A1).
    pub joined: Micros,
    /// Alive, dead or gone.
    pub standing: Standing,
}

/// What entering a peer changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entered {
    /// A peer, or a life of it, that was not known.
    New,
    /// It had been marked dead and is alive.
    Revived,
    /// Nothing.
    Known,
    /// A later life is known, or this one said good-bye.
    Stale,
}

/// One row for each known node, that of its latest known life (A2, A16).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger {
    #[serde(deserialize_with = "crate::wire::read_rows")]
    rows: LiteMap<NodeId, Row>,
}

impl Ledger {
    /// Whether nobody stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of a node.
    #[must_use]
    pub fn row(&self, node: NodeId) -> Option<Row> {
        self.rows.get(&node).copied()
    }

    /// The identity of exactly this life, where it is known.
    #[must_use]
    pub fn identity(&self, life: Life) -> Option<Identity> {
        let row = self.row(life.node)?;
        (row.incarnation == life.incarnation).then_some(identify(life.node, row))
    }

    /// All rows with what the ledger says about them, in order of node.
    pub fn iter(&self) -> impl Iterator<Item = (Identity, Standing)> + '_ {
        self.rows
            .iter()
            .map(|(node, row)| (identify(*node, *row), row.standing))
    }

    /// The peers presumed alive, in order of node.
    pub fn alive(&self) -> impl Iterator<Item = Identity> + '_ {
        self.iter()
            .filter(|(_, standing)| *standing == Standing::Alive)
            .map(|(identity, _)| identity)
    }

    /// The oldest not marked dead: who ought to win (A18).
    #[must_use]
    pub fn eldest(&self) -> Option<Identity> {
        self.alive().min()
    }

    /// The youngest stamp of all.
    #[must_use]
    pub fn youngest_stamp(&self) -> Option<Micros> {
        self.rows.values().map(|row| row.joined).max()
    }

    /// Enters a peer by its own word, alive. Its word on its own stamp holds.
    pub fn enter(&mut self, identity: Identity) -> Entered {
        let row = Row {
            incarnation: identity.incarnation,
            joined: identity.joined,
            standing: Standing::Alive,
        };
        match self.rows.insert(identity.node, row) {
            None => Entered::New,
            Some(old) if old.incarnation < row.incarnation => Entered::New,
            Some(old) if old.incarnation > row.incarnation || old.standing == Standing::Gone => {
                self.rows.insert(identity.node, old);
                Entered::Stale
            }
            Some(old) if old.standing == Standing::Dead => Entered::Revived,
            Some(_) => Entered::Known,
        }
    }

    /// Sets a row, whatever stood there.
    pub(super) fn set(&mut self, (identity, standing): (Identity, Standing)) {
        let row = Row {
            incarnation: identity.incarnation,
            joined: identity.joined,
            standing,
        };
        self.rows.insert(identity.node, row);
    }

    /// Takes a suspicion back; true where there was one.
    pub fn revive(&mut self, life: Life) -> bool {
        self.turn(life, Standing::Dead, Standing::Alive)
    }

    /// Marks dead; true where it was presumed alive.
    pub fn mark_dead(&mut self, life: Life) -> bool {
        self.turn(life, Standing::Alive, Standing::Dead)
    }

    /// Marks gone for good; true where it was not yet.
    pub fn mark_gone(&mut self, life: Life) -> bool {
        self.turn(life, Standing::Alive, Standing::Gone)
            || self.turn(life, Standing::Dead, Standing::Gone)
    }

    /// Hears of a life: an earlier one of the same node is over (A16). True where that was news.
    pub fn supersede(&mut self, life: Life) -> bool {
        let earlier = self.row(life.node).map(|row| row.incarnation);
        let earlier = earlier.filter(|incarnation| *incarnation < life.incarnation);
        earlier.is_some_and(|incarnation| {
            self.mark_gone(Life {
                incarnation,
                ..life
            })
        })
    }

    fn turn(&mut self, life: Life, from: Standing, to: Standing) -> bool {
        match self.rows.get_mut(&life.node) {
            Some(row) if row.incarnation == life.incarnation && row.standing == from => {
                row.standing = to;
                true
            }
            _ => false,
        }
    }

    /// Joins two ledgers (A20): the union by node, the latest life of each, all presumed alive but
    /// those who said good-bye. Returns how many rows were new or newer.
    pub fn merge(&mut self, other: &Self) -> u32 {
        for (_, row) in self.rows.iter_mut() {
            if row.standing == Standing::Dead {
                row.standing = Standing::Alive;
            }
        }
        self.join(other, |standing| match standing {
            Standing::Gone => Standing::Gone,
            _ => Standing::Alive,
        })
    }

    /// Takes over what is new or newer in the other and leaves all marks here as they are, but for
    /// good-byes. Returns how many rows were new or newer.
    pub fn learn(&mut self, other: &Self) -> u32 {
        self.join(other, |standing| standing)
    }

    /// Takes over the leader's ledger, its marks and stamps included: who is dead is the leader's
    /// to say (A17). Returns how many rows were new or newer.
    pub fn obey(&mut self, leaders: &Self) -> u32 {
        let changed = self.learn(leaders);
        for (node, theirs) in &leaders.rows {
            if let Some(row) = self.rows.get_mut(node)
                && row.incarnation == theirs.incarnation
            {
                row.joined = theirs.joined;
                if row.standing != Standing::Gone {
                    row.standing = theirs.standing;
                }
            }
        }
        changed
    }

    fn join(&mut self, other: &Self, mark: impl Fn(Standing) -> Standing) -> u32 {
        let mut changed = 0_u32;
        for (node, theirs) in &other.rows {
            match self.rows.get_mut(node) {
                Some(row) if row.incarnation > theirs.incarnation => {}
                Some(row) if row.incarnation == theirs.incarnation => {
                    row.joined = row.joined.min(theirs.joined);
                    if theirs.standing == Standing::Gone {
                        row.standing = Standing::Gone;
                    }
                }
                _ => {
                    let standing = mark(theirs.standing);
                    self.rows.insert(
                        *node,
                        Row {
                            standing,
                            ..*theirs
                        },
                    );
                    changed = changed.saturating_add(1);
                }
            }
        }
        changed
    }

    /// Whether the other lacks a life or a good-bye that stands here.
    #[must_use]
    pub fn knows_more_than(&self, other: &Self) -> bool {
        self.rows.iter().any(|(node, row)| match other.row(*node) {
            None => true,
            Some(theirs) => {
                theirs.incarnation < row.incarnation
                    || (theirs.incarnation == row.incarnation
                        && row.standing == Standing::Gone
                        && theirs.standing != Standing::Gone)
            }
        })
    }

    /// The rows for people, eldest first.
    #[must_use]
    pub fn by_age(&self) -> Vec<LedgerRow> {
        let mut rows = LiteMap::new_vec();
        for (identity, standing) in self.iter() {
            rows.insert(identity, standing);
        }
        rows.into_tuple_vec()
            .into_iter()
            .map(|(identity, standing)| LedgerRow {
                node: identity.node,
                incarnation: identity.incarnation,
                joined: identity.joined,
                alive: standing == Standing::Alive,
            })
            .collect()
    }
}

impl FromIterator<(Identity, Standing)> for Ledger {
    fn from_iter<I: IntoIterator<Item = (Identity, Standing)>>(rows: I) -> Self {
        let rows = rows.into_iter().map(|(identity, standing)| {
            let row = Row {
                incarnation: identity.incarnation,
                joined: identity.joined,
                standing,
            };
            (identity.node, row)
        });
        Self {
            rows: rows.collect(),
        }
    }
}

const fn identify(node: NodeId, row: Row) -> Identity {
    Identity {
        joined: row.joined,
        node,
        incarnation: row.incarnation,
    }
}
