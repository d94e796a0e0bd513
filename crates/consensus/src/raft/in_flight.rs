//! What is on its way to one follower: the window of replication (Raft thesis §10.2.1).

use super::log::EntryContent;
use super::position::LogIndex;
use super::settings::RaftSettings;
use crate::queue::Queue;

/// What an entry counts for besides its command's payload, in bytes: without it, commands without
/// a payload would fill no window.
const ENTRY: u64 = 32;

impl EntryContent {
    /// What an entry counts for where bytes are counted: its command's payload, and 32 more.
    pub(super) fn weight(&self) -> u64 {
        let payload = match self {
            Self::Command(command) => command.payload.len() as u64,
            Self::NoOp | Self::OpenSession(_) | Self::Membership(_) => 0,
        };
        ENTRY + payload
    }
}

/// One append with entries that was sent and not confirmed yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Sent {
    /// Its last entry.
    last: LogIndex,
    /// The weight of its entries, in bytes.
    bytes: u64,
}

/// The appends with entries that are on their way to one follower, oldest first. Their entries
/// follow each other without a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct InFlight {
    sent: Queue<Sent>,
    /// The weight of them all, in bytes.
    bytes: u64,
}

impl InFlight {
    /// How many bytes the next append may carry; `None` where no append may be sent at all. With
    /// nothing on its way, one entry always may.
    pub(super) fn room(&self, settings: &RaftSettings) -> Option<u64> {
        let most = u64::from(settings.bytes_per_message);
        if self.sent.is_empty() {
            return Some(most);
        }
        let left = u64::from(settings.in_flight_bytes).saturating_sub(self.bytes);
        let full = self.count() >= u64::from(settings.in_flight_messages) || left == 0;
        (!full).then_some(most.min(left))
    }

    /// Notes an append that was sent.
    pub(super) fn add(&mut self, last: LogIndex, bytes: u64) {
        self.sent.push_back(Sent { last, bytes });
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Takes out every append whose entries all stand at or below `index`. One answer confirms all
    /// before it, so that lost answers cost nothing.
    pub(super) fn confirm(&mut self, index: LogIndex) {
        while let Some(oldest) = self.sent.pop_front_if(|oldest| oldest.last <= index) {
            self.bytes = self.bytes.saturating_sub(oldest.bytes);
        }
    }

    /// How many appends are on their way.
    pub(super) fn count(&self) -> u64 {
        self.sent.len() as u64
    }

    /// Whether none is.
    pub(super) fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(messages: u32, bytes: u32) -> RaftSettings {
        RaftSettings {
            in_flight_messages: messages,
            in_flight_bytes: bytes,
            bytes_per_message: 100,
            ..RaftSettings::default()
        }
    }

    #[test]
    fn a_window_fills_in_messages_and_in_bytes_and_one_answer_frees_all_before_it() {
        let mut window = InFlight::default();
        for last in 1..=3 {
            window.add(LogIndex(last), 50);
        }
        assert_eq!(window.room(&settings(3, 1_000)), None, "in messages");
        assert_eq!(window.room(&settings(9, 150)), None, "in bytes");
        assert_eq!(window.room(&settings(9, 170)), Some(20), "what is left");
        assert_eq!(window.room(&settings(9, 1_000)), Some(100), "one message");
        window.confirm(LogIndex(2));
        assert_eq!(window.count(), 1);
        assert_eq!(window.room(&settings(2, 150)), Some(100));
        window.confirm(LogIndex(3));
        assert_eq!(window, InFlight::default());
        assert_eq!(window.room(&settings(1, 1)), Some(100), "one always may");
    }
}
