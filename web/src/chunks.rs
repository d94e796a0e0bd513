//! All chunks of the page.

use crate::chunk::Chunk;
use crate::dialogs::{Dialogs, dialogs};
use crate::engines::{Player, almighty, watercraft};

/// Each chunk; nobody asked for any yet. Clones hold the same.
#[derive(Clone)]
pub(crate) struct Chunks {
    pub(crate) dialogs: Chunk<Dialogs>,
    pub(crate) almighty: Chunk<Player>,
    pub(crate) watercraft: Chunk<Player>,
}

impl Default for Chunks {
    fn default() -> Self {
        Self {
            dialogs: Chunk::new(dialogs),
            almighty: Chunk::new(almighty),
            watercraft: Chunk::new(watercraft),
        }
    }
}
