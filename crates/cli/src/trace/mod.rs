//! A run's events as lines of JSON; `TRACE.md` beside this crate's manifest is their schema.

mod action;
mod client;
mod event;
mod frame;
mod name;
mod observation;
mod traffic;

use crate::run::RunError;
use scenario::simulator::Happening;
use scenario::{ProtocolName, Report, Scenario};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// The schema's version: it rises with every change that a reader of the lines so far has to know.
const VERSION: u32 = 1;

/// What stands for standard output in place of a file's name.
const STANDARD_OUTPUT: &str = "-";

/// What happened as a line, without its time.
#[cfg(test)]
pub(crate) fn line_of(what: &scenario::simulator::What) -> Value {
    event::line(what)
}

/// A trace that is being written.
pub(crate) struct Trace {
    path: PathBuf,
    out: Box<dyn Write>,
    lines: u64,
}

impl Trace {
    /// Begins a trace, in place of any file of that name; `-` is standard output.
    pub(crate) fn create(path: &PathBuf) -> Result<Self, RunError> {
        let out: Box<dyn Write> = if path.as_os_str() == STANDARD_OUTPUT {
            Box::new(BufWriter::new(io::stdout().lock()))
        } else {
            let file = File::create(path).map_err(|source| RunError::Unwritable {
                path: path.clone(),
                source,
            })?;
            Box::new(BufWriter::new(file))
        };
        Ok(Self {
            path: path.clone(),
            out,
            lines: 0,
        })
    }

    /// Whether it goes to standard output, which then belongs to it alone.
    pub(crate) fn is_printed(&self) -> bool {
        self.path.as_os_str() == STANDARD_OUTPUT
    }

    /// Writes the line that begins a run.
    pub(crate) fn begin(
        &mut self,
        protocol: ProtocolName,
        scenario: &Scenario,
    ) -> Result<(), RunError> {
        self.line(protocol, frame::header(protocol, scenario))
    }

    /// Writes what one event brought.
    pub(crate) fn tell(
        &mut self,
        protocol: ProtocolName,
        told: &[Happening],
    ) -> Result<(), RunError> {
        for happening in told {
            let mut line = event::line(&happening.what);
            line["at_us"] = json!(happening.at.0);
            line["event"] = json!(happening.event);
            self.line(protocol, line)?;
        }
        Ok(())
    }

    /// Writes the line that ends a run.
    pub(crate) fn end(&mut self, report: &Report) -> Result<(), RunError> {
        self.line(report.protocol, frame::end(report))
    }

    /// Makes sure that all of it is where it belongs.
    pub(crate) fn finish(mut self) -> Result<(), RunError> {
        self.out.flush().map_err(|source| self.cut_short(source))
    }

    fn line(&mut self, protocol: ProtocolName, mut line: Value) -> Result<(), RunError> {
        line["protocol"] = json!(protocol.as_str());
        writeln!(self.out, "{line}").map_err(|source| self.cut_short(source))?;
        self.lines += 1;
        Ok(())
    }

    fn cut_short(&self, source: io::Error) -> RunError {
        RunError::TraceCutShort {
            path: self.path.clone(),
            lines: self.lines,
            source,
        }
    }
}
