//! All chunks of the page.

use crate::chunk::Chunk;
use crate::dialogs::{Dialogs, dialogs};
use crate::panes::views;
use crate::views::Views;

/// Each chunk; nobody asked for any yet.
pub(crate) struct Chunks {
    pub(crate) dialogs: Chunk<Dialogs>,
    pub(crate) views: Chunk<Views>,
}

impl Default for Chunks {
    fn default() -> Self {
        Self {
            dialogs: Chunk::new(dialogs),
            views: Chunk::new(views),
        }
    }
}
