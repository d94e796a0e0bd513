//! Scenario files: opened and saved.

pub(crate) const FILES: &str = "Open or save";
pub(crate) const OPEN_A_FILE: &str = "Open a scenario";
pub(crate) const CHOOSE_A_FILE: &str = "Choose a file…";
pub(crate) const OR_DROP_IT: &str = "Or drop it anywhere on the page. It is played from its beginning, and what you play now is \
     replaced; nothing leaves this computer.";
pub(crate) const SAVE_THE_RUN: &str = "Save this run";
pub(crate) const SAVE: &str = "Save as a file";
pub(crate) const WHAT_IS_SAVED: &str = "The scenario, its seed and all that you did: opened again, it is the same run, event by event.";
pub(crate) const A_FILE: &str = "a file";
/// What a run that was never named is called in its file.
pub(crate) const UNNAMED: &str = "A run";
pub(crate) const RUN_GOES_ON: &str =
    "Your run is as it was. Mend the file and open it again, or choose another one.";
pub(crate) const SAVED: &str = "Saved as ";
pub(crate) const NOT_SAVED: &str = "This run cannot be saved. ";
pub(crate) const RULE_IN_THE_WAY: &str =
    "A scenario file cannot say that a rule is switched off: switch it on again, then save.";
pub(crate) const TWO_SETTINGS: &str = "A scenario file says how one cluster begins, and these two begin otherwise: choose two \
     protocols, then save.";
pub(crate) const ONE_FILE: &str = "Only one scenario can be played: give one file.";
pub(crate) const WATCH_FILE: &str = "this scenario comes from a file; see what happens.";
pub(crate) const DROP_HERE: &str = "Let go to open it";

pub(crate) fn cannot_open(name: &str) -> String {
    format!("“{name}” cannot be opened")
}

pub(crate) fn too_large(kilobytes: u64, most: u64) -> String {
    format!("It has {kilobytes} kB; a scenario file has {most} kB at most. Is it another file?")
}

pub(crate) fn not_read(why: &str) -> String {
    format!("The browser could not read it ({why}). Is it still there, and may it be read?")
}

/// Where in a file something is wrong.
pub(crate) fn in_line(line: usize, field: &str) -> String {
    format!("Line {line}, {field}: ")
}

pub(crate) fn take_it_back(why: &str) -> String {
    format!("{why}. Take that back, then save.")
}
