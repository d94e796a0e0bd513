//! What a person wished for before all that it needs is here: it waits, and is done when that arrives.

use crate::app::{App, Msg};
use crate::callbacks::Link;
use crate::chunk::Absent;

impl App {
    /// What is here by now is told, and what waited for it is wished for again.
    pub(crate) fn arrived(&mut self, link: &Link) {
        if let Ok(dialogs) = self.chunks.dialogs.contents() {
            (dialogs.dress)();
        }
        if let Some(animation) = &self.animation {
            animation.refresh();
        }
        if self.absent().is_none()
            && let Some(wish) = self.wish.take()
        {
            link.send_message(wish);
        }
    }

    /// Why what is wished for is not played yet.
    pub(crate) fn absent(&self) -> Option<Absent> {
        match self.wish.as_ref()? {
            Msg::Choice(msg) => self.choice.absent(msg),
            Msg::Go(page) => self.chunks.absent(self.choice.protocols_of(*page)),
            _ => self.chunks.dialogs.contents().err(),
        }
    }

    /// Does what is chosen in a dialog, or was drawn before the dialogs are here.
    pub(crate) fn in_dialogs(&mut self, link: &Link, msg: Msg) {
        self.chunks.dialogs.ask(link);
        match self.chunks.dialogs.contents() {
            Ok(dialogs) => (dialogs.act)(self, msg),
            Err(_) => self.wish = Some(msg),
        }
    }
}
