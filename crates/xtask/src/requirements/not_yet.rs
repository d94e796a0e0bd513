//! Rows that nothing covers yet.

const WATERCRAFT: &str = "the playground has no WaterCraft";

/// Each with its reason. A row that becomes covered has to leave the list.
pub(super) const NOT_YET: &[(&str, &str)] = &[
    ("W1", WATERCRAFT),
    ("W2", WATERCRAFT),
    ("W3", WATERCRAFT),
    ("W4", WATERCRAFT),
    ("W5", WATERCRAFT),
    ("W6", WATERCRAFT),
    ("W7", WATERCRAFT),
    ("W8", WATERCRAFT),
    ("W9", WATERCRAFT),
    ("W10", WATERCRAFT),
    ("P2", "there are no lessons"),
    ("P6", "no test shows that each dependency works"),
];
