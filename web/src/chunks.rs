//! All chunks of the page.

use crate::callbacks::Link;
use crate::charts::{Charts, charts};
use crate::chunk::{Absent, Chunk};
use crate::dialogs::{Dialogs, dialogs};
use crate::engines::{Player, almighty, watercraft};
use crate::files::{FilesChunk, files};
use crate::panes::views;
use crate::presets::{FIRST, Presets, presets};
use crate::settings_dialog::{SettingsDialog, settings};
use crate::text;
use crate::travel::{Travel, travel};
use crate::views::Views;
use scenario::Setup;

/// Each chunk; nobody asked for any yet. Clones hold the same.
#[derive(Clone)]
pub(crate) struct Chunks {
    pub(crate) charts: Chunk<Charts>,
    pub(crate) dialogs: Chunk<Dialogs>,
    pub(crate) almighty: Chunk<Player>,
    pub(crate) watercraft: Chunk<Player>,
    pub(crate) presets: Chunk<Presets>,
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
            almighty: Chunk::new(almighty),
            watercraft: Chunk::new(watercraft),
            presets: Chunk::new(presets),
            files: Chunk::new(files),
            travel: Chunk::new(travel),
            settings: Chunk::new(settings),
            views: Chunk::new(views),
        }
    }
}

impl Chunks {
    /// What is played behind a place in [`scenario::PRESETS`].
    ///
    /// # Errors
    ///
    /// Where there is no such place, or what stands there is not here.
    pub(crate) fn preset(&self, place: usize) -> Result<Setup, &'static str> {
        let Some(place) = place.checked_sub(1) else {
            return Ok(FIRST());
        };
        let others = self.presets.contents().map_err(|_| text::NOT_FETCHED)?;
        let make = others.0.get(place).ok_or(text::NO_SUCH_SCENARIO)?;
        Ok(make())
    }

    /// Asks for what is played behind a place.
    pub(crate) fn ask_for_preset(&self, link: &Link, place: usize) {
        if place > 0 {
            self.presets.ask(link);
        }
    }

    /// Why what is played behind a place is not here; nothing where it is.
    pub(crate) fn absent_preset(&self, place: usize) -> Option<Absent> {
        match place {
            0 => None,
            _ => self.presets.contents().err(),
        }
    }
}
