//! Scenarios that come with the product.

/// A scenario file that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its file name without ending; also its name in links.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
    /// The file's text.
    pub text: &'static str,
}

macro_rules! preset {
    ($name:literal, $title:literal) => {
        Preset {
            name: $name,
            title: $title,
            text: include_str!(concat!("../scenarios/", $name, ".json")),
        }
    };
}

/// Those that run under both rules, in the order in which the page offers them.
pub const PRESETS: &[Preset] = &[
    preset!("calm", "Calm water"),
    preset!("leader-stops", "The leader stops"),
    preset!("cut", "A cut, two against three"),
];

/// Those that tell one rule's story, and the failures that source 001 wants tested, under both.
pub const STORIES: &[Preset] = &[
    preset!("five-server-story", "The five-server story"),
    preset!("succession", "Succession by age"),
    preset!("partition", "The network parts"),
    preset!("unresponsive", "The leader falls silent"),
    preset!("overloaded", "A leader that cannot keep up"),
    preset!("corrupted", "Damaged messages"),
];
