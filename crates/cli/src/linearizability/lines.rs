//! The lines of a file, of which none is held that is too long.

use std::io::{self, BufRead, Read};

/// One line.
pub(super) struct Text<'a> {
    /// Which one, from 1.
    pub(super) number: u64,
    /// What it says; `None` where it is too long.
    pub(super) bytes: Option<&'a [u8]>,
}

/// The lines of a reader, one at a time.
pub(super) struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
    number: u64,
}

impl Lines<()> {
    /// The most bytes of a line: four times those of the longest scenario file, whose title stands
    /// in a trace's header.
    pub(super) const MOST_BYTES: usize = 4 << 20;
}

impl<R: BufRead> Lines<R> {
    /// The lines of this reader.
    pub(super) const fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            number: 0,
        }
    }

    /// The next line that is not empty; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Text<'_>>> {
        loop {
            self.buffer.clear();
            let most = Lines::MOST_BYTES as u64 + 1;
            let read = (&mut self.reader)
                .take(most)
                .read_until(b'\n', &mut self.buffer)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            let fits = self.buffer.len() <= Lines::MOST_BYTES || self.buffer.ends_with(b"\n");
            let is_empty = self.buffer.trim_ascii().is_empty();
            if !fits || !is_empty {
                let line = &*self.buffer;
                return Ok(Some(Text {
                    number: self.number,
                    bytes: fits.then_some(line),
                }));
            }
        }
    }
}
