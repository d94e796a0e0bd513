//! How long a client waits before it asks again (F5).

use crate::choose::{Choose, Stream};
use consensus::{ClientId, Micros};
use serde::{Deserialize, Serialize};

/// Exponential backoff with jitter: each wait of a call is drawn from the upper half of a ceiling,
/// which starts at `base` and doubles from wait to wait up to `cap`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Backoff {
    /// The ceiling of a call's first wait; zero makes the client ask again at once.
    pub base: Micros,
    /// The highest ceiling. Where it is less than `base`, it holds from the first wait on.
    pub cap: Micros,
}

impl Backoff {
    /// The wait of a call that has waited so many times before. One draw.
    pub(crate) fn draw<C: Choose>(self, choose: &mut C, client: ClientId, before: u32) -> Micros {
        let doubled = 1_u64.checked_shl(before).unwrap_or(u64::MAX);
        let ceiling = (self.base * doubled).min(self.cap);
        let floor = Micros(ceiling.0.div_ceil(2));
        choose.span(Stream::Client(client), floor, ceiling)
    }
}
