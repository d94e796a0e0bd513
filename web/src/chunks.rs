//! All chunks of the page.

use crate::chunk::Chunk;
use crate::dialogs::{Dialogs, dialogs};
use crate::sentences::{Sentences, sentences};

/// Each chunk; nobody asked for any yet.
pub(crate) struct Chunks {
    pub(crate) dialogs: Chunk<Dialogs>,
    pub(crate) sentences: Chunk<Sentences>,
}

impl Default for Chunks {
    fn default() -> Self {
        Self {
            dialogs: Chunk::new(dialogs),
            sentences: Chunk::new(sentences),
        }
    }
}
