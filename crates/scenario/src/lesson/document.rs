//! A lesson file.

use super::step::LessonStep;
use crate::document::{ProtocolName, Scenario};
use crate::preset::{PRESETS, STORIES};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Whether a lesson tells the same story from every seed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seeds {
    /// From every seed.
    #[default]
    Any,
    /// From its own: what it shows follows from what that seed draws.
    Fixed,
}

/// A guided story on the engine. [`Lesson::parse`] reads it and refuses what cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lesson {
    /// What people read.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub about: String,
    /// The requirements that it shows, such as `R9`.
    #[serde(default)]
    pub covers: Vec<String>,
    /// How many minutes it takes a reader, 3 to 8.
    pub minutes: u8,
    /// Whether it tells the same story from every seed.
    #[serde(default)]
    pub seeds: Seeds,
    /// The one protocol that it is played under, or two side by side; where the file names none,
    /// those of the scenario.
    #[serde(default)]
    pub protocols: Vec<ProtocolName>,
    /// The cluster, its water and its settings; it ends later than any way through the steps.
    #[serde(deserialize_with = "written_or_named")]
    pub scenario: Scenario,
    /// What is shown, one after the other.
    pub steps: Vec<LessonStep>,
}

/// A scenario that is written out, or one that ships, by its name.
fn written_or_named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Scenario, D::Error> {
    struct Either;
    impl<'de> Visitor<'de> for Either {
        type Value = Scenario;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a scenario, or the name of one such as \"split-vote\"")
        }
        fn visit_str<E: Error>(self, name: &str) -> Result<Scenario, E> {
            let mut shipped = PRESETS.iter().chain(STORIES);
            let preset = shipped.find(|it| it.name == name).ok_or_else(|| {
                let help = "name one that ships, such as `split-vote`, or write it out here";
                E::custom(format!("there is no scenario `{name}`; {help}"))
            })?;
            Scenario::parse(preset.text).map_err(E::custom)
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Scenario, A::Error> {
            Scenario::deserialize(MapAccessDeserializer::new(map))
        }
    }
    deserializer.deserialize_any(Either)
}
