//! Rows that nothing covers yet.

/// Each with its reason. A row that becomes covered has to leave the list.
pub(super) const NOT_YET: &[(&str, &str)] = &[("P6", "no test shows that each dependency works")];
