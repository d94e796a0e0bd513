//! The disk: a file of writes that a thread of its own appends to.
//!
//! The node goes on while the disk is at work. Whatever waits is written in one go, and the node
//! is told of each write only when the operating system has said that it is on the disk. With each
//! snapshot the file begins anew, so that it stays as short as the log.

use crate::server::Event;
use consensus::raft::{RaftDurable, RaftWrite};
use consensus::{Durable, Input, Token};
use crc::{CRC_32_ISO_HDLC, Crc};
use std::fs::{File, rename};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

static CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// Length and checksum, before each write.
const HEAD: usize = 8;

/// Where a server's writes go.
pub(crate) struct Journal {
    writes: Sender<(Token, RaftWrite)>,
}

impl Journal {
    /// Opens the journal in this directory, and gives what it holds. A write that a crash tore is
    /// cut off: nobody was told that it was stored.
    pub(crate) fn open(directory: &Path, node: Sender<Event>) -> io::Result<(Self, RaftDurable)> {
        let path = directory.join("journal");
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let mut durable = RaftDurable::default();
        let mut rest = bytes.as_slice();
        while let Some((write, behind)) = first_write(rest) {
            durable.store(&write);
            rest = behind;
        }
        let mut disk = Disk {
            file: rewrite(&path, &durable)?,
            durable: durable.clone(),
            path,
        };
        let (writes, waiting) = channel();
        thread::spawn(move || {
            if let Err(error) = disk.work(&waiting, &node) {
                // A node whose disk is gone must not go on. One that was killed no longer listens.
                let _ = node.send(Event::DiskFailed(error));
            }
        });
        Ok((Self { writes }, durable))
    }

    /// Hands a write to the disk; [`Input::Stored`] follows.
    pub(crate) fn write(&self, token: Token, write: RaftWrite) {
        // Where the thread is gone, the node has been told so.
        let _ = self.writes.send((token, write));
    }
}

/// What the thread that writes has.
struct Disk {
    path: PathBuf,
    file: File,
    /// What the file holds.
    durable: RaftDurable,
}

impl Disk {
    /// Writes what comes, as much at a time as is there, until nobody sends any more.
    fn work(
        &mut self,
        waiting: &Receiver<(Token, RaftWrite)>,
        node: &Sender<Event>,
    ) -> io::Result<()> {
        while let Ok(first) = waiting.recv() {
            let batch: Vec<_> = std::iter::once(first).chain(waiting.try_iter()).collect();
            let mut bytes = Vec::new();
            for (_, write) in &batch {
                frame(write, &mut bytes)?;
                self.durable.store(write);
            }
            if batch
                .iter()
                .any(|(_, it)| matches!(it, RaftWrite::Snapshot { .. }))
            {
                self.file = rewrite(&self.path, &self.durable)?;
            } else {
                self.file.write_all(&bytes)?;
                self.file.sync_data()?;
            }
            for (token, _) in batch {
                // A node that was killed no longer listens.
                let _ = node.send(Event::Happened(Input::Stored(token)));
            }
        }
        Ok(())
    }
}

/// Puts a new journal in the old one's place, which holds no more than is needed: what a snapshot
/// stands for is left out.
fn rewrite(path: &Path, durable: &RaftDurable) -> io::Result<File> {
    let unfinished = path.with_extension("unfinished");
    let mut bytes = Vec::new();
    for write in durable.as_writes() {
        frame(&write, &mut bytes)?;
    }
    let mut file = File::create(&unfinished)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    rename(unfinished, path)?;
    if let Some(directory) = path.parent() {
        File::open(directory)?.sync_all()?;
    }
    Ok(file)
}

fn frame(write: &RaftWrite, bytes: &mut Vec<u8>) -> io::Result<()> {
    let body = postcard::to_allocvec(write).map_err(io::Error::other)?;
    let len = u32::try_from(body.len()).map_err(io::Error::other)?;
    bytes.extend_from_slice(&len.to_le_bytes());
    bytes.extend_from_slice(&CHECKSUM.checksum(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    Ok(())
}

/// The first write of these bytes, and what comes behind it; `None` at the end, or where the rest
/// is torn.
fn first_write(bytes: &[u8]) -> Option<(RaftWrite, &[u8])> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let (len, checksum) = head.split_first_chunk::<4>()?;
    let len = usize::try_from(u32::from_le_bytes(*len)).ok()?;
    let (body, behind) = rest.split_at_checked(len)?;
    let whole = CHECKSUM.checksum(body).to_le_bytes() == *checksum;
    let write = whole.then(|| postcard::from_bytes(body).ok())??;
    Some((write, behind))
}
