//! All chunks of the page.

use crate::chunk::Chunk;
use crate::dialogs::{Dialogs, dialogs};
use crate::travel::{Travel, travel};

/// Each chunk; nobody asked for any yet.
pub(crate) struct Chunks {
    pub(crate) dialogs: Chunk<Dialogs>,
    pub(crate) travel: Chunk<Travel>,
}

impl Default for Chunks {
    fn default() -> Self {
        Self {
            dialogs: Chunk::new(dialogs),
            travel: Chunk::new(travel),
        }
    }
}
