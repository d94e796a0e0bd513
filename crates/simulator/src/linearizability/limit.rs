//! How much a check may cost.

/// What keeps a history from being judged: it is not known to be linearizable, nor not to be.
///
/// To tell whether a history is linearizable can take time that grows with the number of orders in
/// which its calls may have taken effect. Clients that have one call open each keep that small; a
/// history that was made up may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Limit {
    /// Too many calls of one key were open at once and were answered later.
    #[error("more than {} calls of one key are open at once", Self::OPEN_CALLS)]
    OpenCalls,
    /// Too much befell the calls of one key while a read of it was open.
    #[error(
        "more than {} things befall the calls of one key while a read is open",
        Self::WAITING
    )]
    Waiting,
    /// Too many writes of one key are in doubt.
    #[error("more than {} writes of one key may yet take effect", Self::PENDING)]
    Pending,
    /// Too many configurations explain what was answered.
    #[error(
        "its calls leave more orders open than are kept apart, {} entries in all",
        Self::ENTRIES
    )]
    Configurations,
    /// It took too many steps.
    #[error(
        "it takes more than {} steps to judge, or {} where answers are judged as they come",
        Self::STEPS,
        Self::STEPS_LIVE
    )]
    Steps,
}

impl Limit {
    /// How many calls of one key may be open at once, besides those that are never done.
    pub const OPEN_CALLS: u32 = 1 << 10;
    /// How many writes of one key may be pending: those that are open, and those of which nobody
    /// will ever tell whether they took effect.
    pub const PENDING: u32 = 1 << 16;
    /// How many things may befall the calls of one key while a read is open.
    pub const WAITING: u32 = 1 << 16;
    /// How many entries the configurations of one key may have together: each is one, and has one
    /// more for each call or value that it remembers.
    pub const ENTRIES: u32 = 1 << 14;
    /// How many steps a whole history may take: looks of a configuration at an event or at another
    /// one, or at sixteen entries.
    pub const STEPS: u64 = 1 << 30;
    /// How many steps one key's calls may be behind, where each answer is judged as it comes.
    pub const STEPS_LIVE: u64 = 1 << 26;
    /// How many steps whatever befalls a call pays for there, so that a run can last.
    pub(super) const STEPS_PAID: u64 = 1 << 10;
}
