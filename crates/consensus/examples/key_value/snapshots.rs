//! Snapshots of the state machine, a file each.

use crate::store::Store;
use consensus::SnapshotId;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the name of a snapshot's file begins with; its id follows.
const PREFIX: &str = "snapshot-";

/// The snapshots of one server.
pub(crate) struct Snapshots {
    directory: PathBuf,
}

impl Snapshots {
    /// Those in this directory.
    pub(crate) fn in_directory(directory: &Path) -> Self {
        let directory = directory.to_owned();
        Self { directory }
    }

    /// Keeps a snapshot; it is on the disk, whole, when this returns.
    pub(crate) fn keep(&self, id: SnapshotId, bytes: &[u8]) -> io::Result<()> {
        let unfinished = self.directory.join("snapshot.unfinished");
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(unfinished, self.path(id))?;
        File::open(&self.directory)?.sync_all()
    }

    /// The bytes of a snapshot.
    pub(crate) fn read(&self, id: SnapshotId) -> io::Result<Vec<u8>> {
        fs::read(self.path(id))
    }

    /// The store as a snapshot has it.
    pub(crate) fn restore(&self, id: SnapshotId) -> io::Result<Store> {
        postcard::from_bytes(&self.read(id)?).map_err(io::Error::other)
    }

    /// Removes those whose id is smaller.
    pub(crate) fn forget(&self, before: SnapshotId) -> io::Result<()> {
        for file in fs::read_dir(&self.directory)? {
            let path = file?.path();
            let id = path
                .file_name()
                .and_then(|name| name.to_str()?.strip_prefix(PREFIX)?.parse().ok());
            if id.is_some_and(|id: u64| id < before.0) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn path(&self, id: SnapshotId) -> PathBuf {
        self.directory.join(format!("{PREFIX}{}", id.0))
    }
}
