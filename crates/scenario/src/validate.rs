//! Reading a scenario, and refusing what cannot be run.

use crate::document::Scenario;
use crate::error::ScenarioError;
use crate::locate::{line_of, path_at};
use crate::name::NodeName;
use crate::span::Span;
use alloc::format;
use alloc::string::{String, ToString};
use consensus::almighty::SettingsError as AlmightyError;
use consensus::watercraft::SettingsError as WatercraftError;
use core::fmt;
use serde::de::DeserializeOwned;

/// The longest file that is read, in bytes: far more than any scenario takes.
const MOST_BYTES: usize = 1 << 20;
/// The most steps or expectations.
const MOST_ENTRIES: usize = 10_000;

/// What is at fault where no field is.
const WHOLE: &str = "the file";

/// A field and what is wrong with it.
pub(crate) type Fault = (String, String);

impl Scenario {
    /// Reads a scenario from its file's text, with or without a byte order mark.
    ///
    /// # Errors
    /// Whatever keeps it from being run, with the line, the field and the remedy.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self = read(text, "scenario")?;
        match scenario.fault() {
            Some(fault) => Err(placed(text, fault)),
            None => Ok(scenario),
        }
    }

    /// Whether nothing keeps it from being run.
    #[cfg(feature = "json")]
    pub(crate) fn can_run(&self) -> bool {
        self.fault().is_none()
    }

    /// The first thing that keeps it from being run.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.size_fault()
            .or_else(|| self.timing_fault())
            .or_else(|| self.step_faults().next())
            .or_else(|| self.expectation_faults().next())
    }

    fn size_fault(&self) -> Option<Fault> {
        let nodes = u64::from(self.nodes);
        within("nodes", nodes, 1, u64::from(NodeName::COUNT))
            .or_else(|| within("clients", u64::from(self.clients), 1, 16))
            .or_else(|| within("steps", self.steps.len() as u64, 0, MOST_ENTRIES as u64))
            .or_else(|| within("expect", self.expect.len() as u64, 0, MOST_ENTRIES as u64))
            .or_else(|| self.start_fault())
            .or_else(|| self.client_size_fault())
            .or_else(|| {
                let empty = self.protocols.is_empty();
                empty.then(|| {
                    fault(
                        "protocols",
                        "name at least one: \"raft\", \"almighty\", \"watercraft\"",
                    )
                })
            })
            .or_else(|| {
                let place = repeated(&self.protocols)?;
                Some(fault(&format!("protocols[{place}]"), "name it once"))
            })
    }

    fn timing_fault(&self) -> Option<Fault> {
        self.client_timing_fault()
            .or_else(|| self.raft_fault())
            .or_else(|| almighty_fault(&self.almighty.settings().check().err()?))
            .or_else(|| watercraft_fault(&self.watercraft.settings().check().err()?))
            .or_else(|| {
                let longest = self.longest();
                (self.until > longest).then(|| {
                    let problem = format!(
                        "it takes too many steps with so many nodes and such short timing; end at {longest}, or lengthen {}",
                        self.quickest().0
                    );
                    fault("until", &problem)
                })
            })
    }

    pub(crate) fn unknown(
        &self,
        field: String,
        node: NodeName,
        present: &[NodeName],
    ) -> Option<Fault> {
        (!present.contains(&node)).then(|| {
            let last = NodeName(consensus::NodeId(self.nodes.saturating_sub(1)));
            let problem = format!("there is no node {node}; this cluster has A to {last}");
            (field, problem)
        })
    }
}

/// Reads a file's text, with or without a byte order mark, as what `what` says.
pub(crate) fn read<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, ScenarioError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(problem) = no_file(text, what) {
        return Err(ScenarioError {
            line: 1,
            field: WHOLE.to_string(),
            problem,
        });
    }
    serde_json::from_str(text).map_err(|error| refused(text, &error))
}

/// A fault with its line.
pub(crate) fn placed(text: &str, (field, problem): Fault) -> ScenarioError {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    ScenarioError {
        line: line_of(text, &field),
        field,
        problem,
    }
}

/// What is wrong with a text that is no such file at all.
fn no_file(text: &str, what: &str) -> Option<String> {
    if text.len() > MOST_BYTES {
        let problem = format!("it is too long; a {what} has at most {MOST_BYTES} bytes");
        return Some(problem);
    }
    let begins = text.trim_start().starts_with('{');
    (!begins).then(|| format!("it is no {what}; that is one JSON object, which begins with `{{`"))
}

fn refused(text: &str, error: &serde_json::Error) -> ScenarioError {
    // The parser puts its own place behind the message; the place is told before it here.
    let told = error.to_string();
    let problem = match told.rsplit_once(" at line ") {
        _ if error.is_eof() => "it ends too early; close what is open, or open the whole file",
        Some((problem, _)) => problem,
        None => &told,
    };
    let mut path = path_at(text, error.line(), error.column());
    if problem.starts_with("missing field") {
        // What is missing was looked for in the object round the last field that was read.
        path.truncate(path.rfind('.').unwrap_or(0));
    }
    ScenarioError {
        line: error.line().max(1),
        field: if path.is_empty() {
            WHOLE.to_string()
        } else {
            path
        },
        problem: problem.to_string(),
    }
}

/// The place of the first thing that stands in the list twice.
pub(crate) fn repeated<T: PartialEq>(list: &[T]) -> Option<usize> {
    (1..list.len()).find(|place| list[..*place].contains(&list[*place]))
}

fn almighty_fault(error: &AlmightyError) -> Option<Fault> {
    let field = match error {
        AlmightyError::Zero(name) | AlmightyError::TooLong(name) => name,
        AlmightyError::MissedPongs => "missed_pongs",
        AlmightyError::ReannounceEvery => "reannounce_every",
        AlmightyError::Rotation => "secret_rotation",
    };
    Some(setting_fault("almighty", field, error))
}

fn watercraft_fault(error: &WatercraftError) -> Option<Fault> {
    let field = match error {
        WatercraftError::Zero(name) | WatercraftError::TooLong(name) => name,
        WatercraftError::MissedCalls => "missed_calls",
        WatercraftError::HostCallEvery => "host_call_every",
    };
    Some(setting_fault("watercraft", field, error))
}

/// A protocol's own words about a setting, where a file writes its fields with hyphens.
fn setting_fault(protocol: &str, field: &str, error: &dyn fmt::Display) -> Fault {
    let hyphens = |text: &str| text.replace('_', "-");
    (
        format!("{protocol}.{}", hyphens(field)),
        hyphens(&error.to_string()),
    )
}

pub(crate) fn fault(field: &str, problem: &str) -> Fault {
    (field.to_string(), problem.to_string())
}

pub(crate) fn within(field: &str, value: u64, least: u64, most: u64) -> Option<Fault> {
    (!(least..=most).contains(&value)).then(|| {
        let problem = format!("{value} is out of range; it takes {least} to {most}");
        (field.to_string(), problem)
    })
}

pub(crate) fn range(field: &str, [least, most]: [Span; 2]) -> Option<Fault> {
    (least > most).then(|| {
        let problem =
            format!("it begins at {least} and ends at {most}; put the shorter span first");
        (field.to_string(), problem)
    })
}
