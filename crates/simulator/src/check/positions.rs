//! What checks remember of each position of a log, in pieces that clones share.

use alloc::sync::Arc;
use litemap::LiteMap;

/// How many positions a piece has.
const PIECE: u64 = 32;

/// Says where in a log something stands.
pub(crate) trait Placed: Copy + Ord {
    /// The position.
    fn index(self) -> u64;
}

impl Placed for u64 {
    fn index(self) -> u64 {
        self
    }
}

/// A position and a term.
impl Placed for (u64, u64) {
    fn index(self) -> u64 {
        self.0
    }
}

/// Values by position.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Positions<K, T> {
    pieces: LiteMap<u64, Arc<LiteMap<K, T>>>,
    /// What was before this position may have been forgotten. It never falls.
    forgotten: u64,
}

impl<K, T> Default for Positions<K, T> {
    fn default() -> Self {
        Self {
            pieces: LiteMap::new(),
            forgotten: 0,
        }
    }
}

impl<K: Placed, T: Copy> Positions<K, T> {
    /// The value there.
    pub(crate) fn get(&self, place: K) -> Option<T> {
        let number = place.index() / PIECE;
        // What is asked for stands nearly always among the last ones.
        let last = self.pieces.last().filter(|(last, _)| **last == number);
        let piece = last.map(|it| it.1).or_else(|| self.pieces.get(&number))?;
        within(piece, place)
    }

    /// Whether there is a value, or was one that may have been forgotten.
    pub(crate) fn holds(&self, place: K) -> bool {
        place.index() < self.forgotten || self.get(place).is_some()
    }

    /// The last one.
    pub(crate) fn last(&self) -> Option<(K, T)> {
        self.rev().next()
    }

    /// All of them, the last first.
    pub(crate) fn rev(&self) -> impl Iterator<Item = (K, T)> {
        let pieces = self.pieces.iter().rev();
        pieces.flat_map(|(_, piece)| piece.iter().rev().map(|(place, value)| (*place, *value)))
    }

    /// The value there, which is this one where there was none.
    pub(crate) fn first(&mut self, place: K, value: T) -> T {
        if let Some(known) = self.get(place) {
            return known;
        }
        let piece = self.pieces.entry(place.index() / PIECE).or_default();
        Arc::make_mut(piece).insert(place, value);
        value
    }

    /// Forgets pieces that end before this position, but for the last one.
    pub(crate) fn forget_before(&mut self, index: u64) {
        let gone = |piece: u64| piece < index / PIECE;
        if !self.pieces.first().is_some_and(|(piece, _)| gone(*piece)) {
            return;
        }
        self.forgotten = self.forgotten.max(index / PIECE * PIECE);
        let last = self.pieces.last().map(|(piece, _)| *piece);
        self.pieces
            .retain(|piece, _| !gone(*piece) || Some(*piece) == last);
    }
}

/// The value at a place of a piece.
fn within<K: Placed, T: Copy>(piece: &LiteMap<K, T>, place: K) -> Option<T> {
    // Nearly every piece has one value for each position.
    let guess = piece.get_indexed((place.index() % PIECE) as usize);
    match guess.filter(|(known, _)| **known == place) {
        Some((_, value)) => Some(*value),
        None => piece.get(&place).copied(),
    }
}
