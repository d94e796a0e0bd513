//! Parts of the page that arrive after it, each in a file of its own: what lies behind a dialog, an
//! inspector, another view.
//!
//! [`chunk!`] names what is in a chunk, and a [`Chunk`] holds it: it is asked for when
//! a person asks for it, and rendered once it is here. Whatever only a chunk refers to is in its
//! file, so a chunk's functions are reached through its contents, never by their names.

use crate::app::Msg;
use crate::callbacks::Link;
use crate::el::{button, el};
use crate::text;
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use yew::Html;

/// Why a chunk's contents are not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// They are on their way.
    Coming,
    /// They could not be fetched; they may be asked for again.
    Missing,
}

impl Absent {
    /// What stands in their place; `again` asks for them again.
    pub(crate) fn show(self, link: &Link, again: Msg) -> Html {
        let place = el("div", "absent").word("role", "status");
        match self {
            Self::Coming => place.with(el("p", "dim").say(text::ON_ITS_WAY)),
            Self::Missing => place
                .with(el("p", "").say(text::NOT_FETCHED))
                .with(button("btn", link, again).say(text::TRY_AGAIN)),
        }
        .done()
    }
}

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Absent {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self::Missing
    }
}

/// The way of a chunk's contents to the page.
type Arrival<T> = Pin<Box<dyn Future<Output = Result<&'static T, Absent>>>>;

/// A chunk's contents, once they are here; clones hold the same.
pub(crate) struct Chunk<T: 'static> {
    fetch: fn() -> Arrival<T>,
    contents: Rc<Cell<Option<Result<&'static T, Absent>>>>,
}

impl<T> Clone for Chunk<T> {
    fn clone(&self) -> Self {
        let (fetch, contents) = (self.fetch, self.contents.clone());
        Self { fetch, contents }
    }
}

impl<T> Chunk<T> {
    /// A chunk that nobody asked for yet.
    pub(crate) fn new(fetch: fn() -> Arrival<T>) -> Self {
        let contents = Rc::default();
        Self { fetch, contents }
    }

    /// The contents, where they are here.
    pub(crate) fn contents(&self) -> Result<&'static T, Absent> {
        self.contents.get().unwrap_or(Err(Absent::Coming))
    }

    /// Asks for the contents, unless they are here or on their way; the page is rendered again when
    /// it is known what became of them.
    pub(crate) fn ask(&self, link: &Link) {
        if matches!(self.contents.get(), None | Some(Err(Absent::Missing))) {
            self.fetch(link);
        }
    }

    /// Asks for the contents, unless somebody did before: what did not come is left to a person.
    pub(crate) fn ask_once(&self, link: &Link) {
        if self.contents.get().is_none() {
            self.fetch(link);
        }
    }

    fn fetch(&self, link: &Link) {
        self.contents.set(Some(Err(Absent::Coming)));
        let (contents, arrival) = (self.contents.clone(), (self.fetch)());
        tell(
            link,
            Box::pin(async move { contents.set(Some(arrival.await)) }),
        );
    }
}

/// Tells the page when this is done; compiled once for all chunks.
fn tell(link: &Link, done: Pin<Box<dyn Future<Output = ()>>>) {
    let link = link.clone();
    yew::platform::spawn_local(async move {
        done.await;
        link.send_message(Msg::Arrived);
    });
}

/// Makes a function that fetches a chunk of this name, and what it holds: a constant, most often a
/// table of functions. The name is that of a file of the release site; elsewhere nothing is split.
macro_rules! chunk {
    ($(#[$doc:meta])* $name:ident: $contents:ty = $value:expr;) => {
        $(#[$doc])*
        pub(crate) fn $name()
        -> std::pin::Pin<Box<dyn Future<Output = Result<&'static $contents, $crate::chunk::Absent>>>> {
            #[cfg_attr(feature = "split", wasm_split_helpers::wasm_split($name, fallible))]
            fn contents() -> Result<&'static $contents, $crate::chunk::Absent> {
                const CONTENTS: &$contents = &$value;
                Ok(CONTENTS)
            }
            #[cfg(feature = "split")]
            return Box::pin(contents());
            #[cfg(not(feature = "split"))]
            Box::pin(std::future::ready(contents()))
        }
    };
}

pub(crate) use chunk;
