//! A directory that scenarios are written into.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A directory that is there.
pub(crate) struct Directory {
    path: PathBuf,
}

/// Why it cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}; name a directory that can be written", path.display())]
pub(crate) struct Unwritable {
    path: PathBuf,
    source: io::Error,
}

impl Directory {
    /// Makes it, unless it is there already.
    pub(crate) fn open(path: &Path) -> Result<Self, Unwritable> {
        let path = path.to_path_buf();
        match fs::create_dir_all(&path) {
            Ok(()) => Ok(Self { path }),
            Err(source) => Err(Unwritable { path, source }),
        }
    }

    /// Writes a file so that it is there as a whole or not at all.
    pub(crate) fn write(&self, name: &str, text: &str) -> Result<(), Unwritable> {
        let path = self.path.join(name);
        let unfinished = self.path.join(format!("{name}.unfinished"));
        fs::write(&unfinished, text)
            .and_then(|()| fs::rename(&unfinished, &path))
            .map_err(|source| Unwritable { path, source })
    }
}
