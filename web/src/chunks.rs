//! All chunks of the page.

use crate::chunk::Chunk;
use crate::dialogs::{Dialogs, dialogs};
use crate::files::{FilesChunk, files};

/// Each chunk; nobody asked for any yet.
pub(crate) struct Chunks {
    pub(crate) dialogs: Chunk<Dialogs>,
    pub(crate) files: Chunk<FilesChunk>,
}

impl Default for Chunks {
    fn default() -> Self {
        Self {
            dialogs: Chunk::new(dialogs),
            files: Chunk::new(files),
        }
    }
}
