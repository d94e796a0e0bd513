//! What reached a node and was not taken up yet: an overloaded or paused node falls behind (F2, F3).

use consensus::Micros;
use consensus::Queue;
use serde::{Deserialize, Serialize};

/// How a node works through what reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InboxSettings {
    /// How many messages and calls can wait; what comes beyond is dropped and counted. At least 1.
    pub capacity: u32,
    /// How long the node works on one of them: zero for no time at all.
    pub service: Micros,
}

impl Default for InboxSettings {
    /// Room for 64, and a node that takes no time.
    fn default() -> Self {
        Self {
            capacity: 64,
            service: Micros::ZERO,
        }
    }
}

/// One node's inbox.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Inbox<T> {
    pub(crate) settings: InboxSettings,
    waiting: Queue<T>,
    /// Tells the work that goes on from work that was broken off.
    turn: u64,
    working: bool,
}

impl<T> Inbox<T> {
    /// An empty one.
    pub(crate) const fn new(settings: InboxSettings) -> Self {
        Self {
            settings,
            waiting: Queue::new(),
            turn: 0,
            working: false,
        }
    }

    /// How many wait.
    pub(crate) fn len(&self) -> u32 {
        self.waiting.len() as u32
    }

    /// Whether something that arrives now is taken up at once.
    pub(crate) fn is_idle(&self) -> bool {
        self.settings.service == Micros::ZERO && self.waiting.is_empty()
    }

    /// Whether there is no room.
    pub(crate) fn is_full(&self) -> bool {
        self.len() >= self.settings.capacity.max(1)
    }

    /// Puts something in.
    pub(crate) fn push(&mut self, arrived: T) {
        self.waiting.push_back(arrived);
    }

    /// Takes up the oldest.
    pub(crate) fn pop(&mut self) -> Option<T> {
        self.waiting.pop_front()
    }

    /// Begins to work on the oldest, where there is one and the node is free: for how long, and
    /// which turn it is.
    pub(crate) fn begin(&mut self) -> Option<(Micros, u64)> {
        if self.working || self.waiting.is_empty() {
            return None;
        }
        self.working = true;
        self.turn += 1;
        Some((self.settings.service, self.turn))
    }

    /// Whether this turn is still worked on.
    pub(crate) const fn is_at(&self, turn: u64) -> bool {
        self.working && self.turn == turn
    }

    /// The work is done, or broken off.
    pub(crate) fn rest(&mut self) {
        self.working = false;
    }

    /// Everything that waits is gone.
    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
        self.rest();
    }
}
