//! Scenario files: one is opened from a button or where it is dropped, and the run is saved as one.
//! Whatever reads and writes them is in a chunk.

use crate::app::{App, Open};
use crate::callbacks::Link;
use crate::choice::{Choice, ChoiceMsg};
use crate::chunk::chunk;
use crate::{file_dialog, file_reader, file_writer, text};
use scenario::{ProtocolName, Run, Setup};
use std::rc::Rc;
use web_sys::{File, FileList};
use yew::Html;

/// What can happen with files.
#[derive(Clone)]
pub(crate) enum FilesMsg {
    /// These were chosen or dropped.
    Given(Vec<File>),
    /// A file was read.
    Opened(Rc<Opened>),
    /// Something is to be told of a file.
    Told(Told),
    /// The run is to be saved.
    Save,
}

/// A scenario from a file.
pub(crate) struct Opened {
    /// What people read above it.
    pub(crate) title: String,
    /// What to watch for; may be empty.
    pub(crate) watch: String,
    /// What it is about; empty where it is about any.
    pub(crate) protocols: Vec<ProtocolName>,
    /// What is played.
    pub(crate) setup: Setup,
}

impl Opened {
    /// What to watch for.
    pub(crate) fn watch(&self) -> &str {
        match &*self.watch {
            "" => text::WATCH_FILE,
            watch => watch,
        }
    }

    /// What people read above it.
    pub(crate) fn title(&self) -> &str {
        match &*self.title {
            "" => text::A_FILE,
            title => title,
        }
    }
}

/// What is told of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// The file of this name cannot be opened: where, and why.
    Refused {
        name: String,
        place: String,
        problem: String,
    },
    /// The run was saved under this name.
    Saved(String),
    /// Why the run cannot be saved.
    NotSaved(String),
}

/// What is known of files, while somebody opens or saves one.
#[derive(Default)]
pub(crate) struct Files {
    /// What waits for the reader.
    given: Vec<File>,
    /// What was told last.
    pub(crate) told: Option<Told>,
}

/// What reads and writes files, and the dialog for it.
pub(crate) struct FilesChunk {
    /// The dialog's body.
    pub(crate) dialog: fn(&Link, Option<&Told>) -> Html,
    /// Reads what was given, and tells the page what came of it.
    read: fn(&Link, Vec<File>),
    /// Saves a run under the title of what was chosen.
    save: fn(&Run, &Choice) -> Told,
}

chunk! {
    /// Fetches what reads and writes files.
    files: FilesChunk = FilesChunk {
        dialog: file_dialog::body,
        read: file_reader::read,
        save: file_writer::save,
    };
}

/// The files of a list.
pub(crate) fn files_of(list: &FileList) -> Vec<File> {
    (0..list.length())
        .filter_map(|place| list.get(place))
        .collect()
}

impl App {
    /// Takes in what happens with files.
    pub(crate) fn files(&mut self, link: &Link, msg: FilesMsg) {
        match msg {
            FilesMsg::Given(files) => {
                self.files.given = files;
                self.show(link, Open::Files);
                self.read_given(link);
            }
            FilesMsg::Opened(opened) => {
                self.shut();
                self.choose(link, ChoiceMsg::File(opened));
            }
            FilesMsg::Told(told) => {
                self.show(link, Open::Files);
                self.files.told = Some(told);
            }
            FilesMsg::Save => {
                if let (Ok(files), Some(animation)) =
                    (self.chunks.files.contents(), &self.animation)
                {
                    let told = animation.look(|run| (files.save)(run, &self.choice));
                    self.files.told = Some(told);
                }
            }
        }
    }

    /// Reads what was given, once the reader is here.
    pub(crate) fn read_given(&mut self, link: &Link) {
        if self.files.given.is_empty() {
            return;
        }
        if let Ok(files) = self.chunks.files.contents() {
            (files.read)(link, core::mem::take(&mut self.files.given));
        }
    }
}
