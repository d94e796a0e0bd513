//! What fails, by name: a guarantee's, or one of these.

/// Something that is expected in liveness mode does not come.
pub(crate) const LIVENESS: &str = "liveness";

/// The program itself.
pub(crate) const PANIC: &str = "panic";
