//! The clients' calls that a leader works on.

use super::position::LogIndex;
use crate::client::CallId;
use litemap::LiteMap;

/// The calls that an entry of the log is to answer. Only a leader has any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct OpenCalls {
    /// Where the entry stands that was written for each.
    entries: LiteMap<CallId, LogIndex>,
}

impl OpenCalls {
    /// Notes that the entry at `index` is to answer `call`.
    pub(super) fn open(&mut self, call: CallId, index: LogIndex) {
        self.entries.insert(call, index);
    }

    /// Where the entry stands that is to answer `call`.
    pub(super) fn entry_of(&self, call: CallId) -> Option<LogIndex> {
        self.entries.get(&call).copied()
    }

    /// Whether somebody waited for `call`; from here on nobody does.
    pub(super) fn close(&mut self, call: CallId) -> bool {
        self.entries.remove(&call).is_some()
    }

    /// Gives up on all of them.
    pub(super) fn abandon(&mut self) -> impl Iterator<Item = CallId> + use<> {
        let all = core::mem::take(&mut self.entries);
        all.into_tuple_vec().into_iter().map(|it| it.0)
    }

    /// How many there are.
    pub(super) fn bookkeeping(&self) -> u64 {
        self.entries.len() as u64
    }
}
