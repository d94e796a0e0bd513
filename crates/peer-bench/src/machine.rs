//! The state machine that every server applies its log to.

use crate::load::payload;

/// A state machine that remembers what it was told, and in which order, as a digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    applied: u64,
    digest: u64,
}

impl Machine {
    /// A machine to which the first `commands` commands were applied in order.
    #[must_use]
    pub fn after(commands: u64) -> Self {
        let mut machine = Self::default();
        for number in 0..commands {
            machine.apply(&payload(number));
        }
        machine
    }

    /// How many commands were applied to it.
    #[must_use]
    pub const fn applied(&self) -> u64 {
        self.applied
    }

    /// Applies one command.
    pub fn apply(&mut self, payload: &[u8]) {
        let (words, _) = payload.as_chunks();
        for word in words {
            let folded = self.digest.rotate_left(5) ^ u64::from_le_bytes(*word);
            // An odd multiplier, so that no two digests fold into one.
            self.digest = folded.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        self.applied += 1;
    }
}
