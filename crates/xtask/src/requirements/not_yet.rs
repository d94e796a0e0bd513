//! Rows that nothing covers yet.

/// Each with its reason. A row that becomes covered has to leave the list.
pub(super) const NOT_YET: &[(&str, &str)] = &[
    ("P2", "the page does not play its lessons"),
    ("P6", "no test shows that each dependency works"),
];
