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
    /// Too many configurations explain what was answered.
    #[error(
        "its calls leave more orders open than are kept apart, {} entries in all",
        Self::ENTRIES
    )]
    Configurations,
    /// It took too many steps.
    #[error("it takes more than {} steps to judge", Self::STEPS)]
    Steps,
}

impl Limit {
    /// How many calls of one key may be open at once, besides those that are never done.
    pub const OPEN_CALLS: u32 = 1 << 10;
    /// How many things may befall the calls of one key while a read is open.
    pub(super) const WAITING: u32 = 1 << 16;
    /// How many entries the configurations of one key may have together: each is one, and has one
    /// more for each call or value that it remembers.
    pub const ENTRIES: u32 = 1 << 14;
    /// How many steps a history may take, that of a run for each key: looks of a configuration at an
    /// event or at another one.
    pub const STEPS: u64 = 1 << 30;
}
