//! All chunks of the page.

use crate::chunk::Chunk;
use crate::dialogs::{Dialogs, dialogs};

/// Each chunk; nobody asked for any yet.
pub(crate) struct Chunks {
    pub(crate) dialogs: Chunk<Dialogs>,
}

impl Default for Chunks {
    fn default() -> Self {
        Self {
            dialogs: Chunk::new(dialogs),
        }
    }
}
