//! All chunks of the page.

use crate::charts::{Charts, charts};
use crate::chunk::Chunk;
use crate::dialogs::{Dialogs, dialogs};
use crate::files::{FilesChunk, files};
use crate::panes::views;
use crate::settings_dialog::{SettingsDialog, settings};
use crate::travel::{Travel, travel};
use crate::views::Views;

/// Each chunk; nobody asked for any yet.
pub(crate) struct Chunks {
    pub(crate) charts: Chunk<Charts>,
    pub(crate) dialogs: Chunk<Dialogs>,
    pub(crate) files: Chunk<FilesChunk>,
    pub(crate) travel: Chunk<Travel>,
    pub(crate) settings: Chunk<SettingsDialog>,
    pub(crate) views: Chunk<Views>,
}

impl Default for Chunks {
    fn default() -> Self {
        Self {
            charts: Chunk::new(charts),
            dialogs: Chunk::new(dialogs),
            files: Chunk::new(files),
            travel: Chunk::new(travel),
            settings: Chunk::new(settings),
            views: Chunk::new(views),
        }
    }
}
