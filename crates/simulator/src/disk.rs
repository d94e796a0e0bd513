//! A node's disk: writes on their way to it, and what a crash leaves of them.

use crate::action::PerMillion;
use crate::choose::{Choose, Stream};
use crate::world::SpanRange;
use consensus::Queue;
use consensus::{Durable, Micros, NodeId, Protocol, Token, WriteSummary};
use serde::{Deserialize, Serialize};

/// What a crash leaves of the writes that were not stored yet. A write is never kept without all
/// those before it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum CrashLoss {
    /// All of them are lost.
    #[default]
    Everything,
    /// The first few had reached the disk, though nobody had been told; the rest is lost.
    Suffix,
    /// As [`CrashLoss::Suffix`], and the first of the lost ones was cut short: what is left of it
    /// is kept.
    Torn,
}

/// How a disk writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DiskSettings {
    /// How long one write takes. Writes are done one after the other.
    pub latency: SpanRange,
    /// What share of the writes is done beside the others, so that they may complete before
    /// earlier ones.
    pub disorder: PerMillion,
    /// What a crash leaves of the writes that were not stored yet.
    pub crash_loss: CrashLoss,
}

impl DiskSettings {
    /// A disk that writes in order, and from which a crash takes all that it had not stored.
    #[must_use]
    pub const fn sound(latency: SpanRange) -> Self {
        Self {
            latency,
            disorder: PerMillion(0),
            crash_loss: CrashLoss::Everything,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pending<W> {
    token: Token,
    write: W,
    complete: bool,
}

/// One disk, what it holds and what is on its way to it.
#[derive(Clone, Debug)]
pub(crate) struct Disk<P: Protocol> {
    pub(crate) settings: DiskSettings,
    stored: P::Durable,
    /// In the order of their tokens; the first is never complete.
    pending: Queue<Pending<P::Write>>,
    free_at: Micros,
}

impl<P: Protocol> Disk<P> {
    /// A disk that holds this.
    pub(crate) fn new(settings: DiskSettings, stored: P::Durable) -> Self {
        Self {
            settings,
            stored,
            pending: Queue::new(),
            free_at: Micros::ZERO,
        }
    }

    /// What it holds, whatever happens.
    pub(crate) const fn stored(&self) -> &P::Durable {
        &self.stored
    }

    /// Exchanges what it holds; the node must not be up.
    pub(crate) fn replace(&mut self, stored: P::Durable) {
        self.stored = stored;
    }

    /// The writes that a crash could lose, in the order in which they were asked for.
    pub(crate) fn pending(&self) -> impl Iterator<Item = (Token, &P::Write)> {
        self.pending.iter().map(|it| (it.token, &it.write))
    }

    /// Takes a write and says when it will be complete. Takes two draws whatever the faults.
    pub(crate) fn write<C: Choose>(
        &mut self,
        choose: &mut C,
        node: NodeId,
        now: Micros,
        (token, write): (Token, P::Write),
    ) -> Micros {
        let stream = Stream::Disk(node);
        let SpanRange { least, most } = self.settings.latency;
        let latency = choose.span(stream, least, most);
        let overtakes = choose.chance(stream, self.settings.disorder);
        self.pending.push_back(Pending {
            token,
            write,
            complete: false,
        });
        if overtakes {
            return now + latency;
        }
        self.free_at = self.free_at.max(now) + latency;
        self.free_at
    }

    /// A write is complete. Calls `stored` for each write that would now survive a crash, in
    /// order.
    pub(crate) fn complete(&mut self, token: Token, mut stored: impl FnMut(WriteSummary)) {
        let Ok(place) = self.pending.binary_search_by_key(&token, |it| it.token) else {
            return;
        };
        self.pending[place].complete = true;
        while self.pending.front().is_some_and(|it| it.complete) {
            if let Some(first) = self.pending.pop_front() {
                self.stored.store(&first.write);
                stored(self.stored.describe(&first.write));
            }
        }
    }

    /// The node crashed. Takes two draws whatever the faults.
    pub(crate) fn crash<C: Choose>(
        &mut self,
        choose: &mut C,
        node: NodeId,
        mut stored: impl FnMut(WriteSummary),
    ) {
        let stream = Stream::Disk(node);
        let kept = choose.between(stream, 0, self.pending.len() as u64);
        let rest = choose.word(stream);
        self.free_at = Micros::ZERO;
        let pending = core::mem::take(&mut self.pending);
        if self.settings.crash_loss == CrashLoss::Everything {
            return;
        }
        for (place, Pending { write, .. }) in (0..).zip(pending) {
            let torn = self.settings.crash_loss == CrashLoss::Torn && place == kept;
            let left = match place {
                place if place < kept => Some(write),
                _ if torn => P::Durable::tear(&write, rest),
                _ => None,
            };
            let Some(left) = left else { break };
            self.stored.store(&left);
            stored(self.stored.describe(&left));
        }
    }
}
