//! Places in a file's text: from a field to its line, and from a place to the field there.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// An object's fields in the order of the text. A name written with escapes cannot be borrowed.
struct Fields<'a>(Vec<(Name<'a>, &'a RawValue)>);

/// A field's name, borrowed from the text where it can be.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

fn fields(value: &str) -> Option<Vec<(Name<'_>, &RawValue)>> {
    let fields: Fields<'_> = serde_json::from_str(value).ok()?;
    Some(fields.0)
}

fn items(value: &str) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value).ok()
}

/// Where a part of the text begins: both lie in the same text, so that the difference of their
/// addresses is an offset in it.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The line, from 1, of the value that a path such as `steps[2].at` leads to; the line of the
/// deepest part of the path that exists where it does not lead all the way.
pub(crate) fn line_of(text: &str, path: &str) -> usize {
    let mut here = text;
    for part in path.split(['.', '[']) {
        let part = part.trim_end_matches(']');
        let child = match part.parse::<usize>() {
            Ok(index) => items(here).and_then(|items| Some(items.get(index)?.get())),
            Err(_) => fields(here).and_then(|fields| {
                let field = fields.iter().find(|(name, _)| name.0 == part)?;
                Some(field.1.get())
            }),
        };
        let Some(child) = child else {
            break;
        };
        here = child;
    }
    let before = text.as_bytes().get(..offset_in(text, here));
    let lines = before.unwrap_or_default().iter();
    1 + lines.filter(|byte| **byte == b'\n').count()
}

/// The path of the field that the parser was at when it stopped at a place, such as `steps[2].at`;
/// empty where that is no field, or where the text is no JSON at all. The parser stops behind a
/// name that it does not know, and at or just behind a value that it refuses.
pub(crate) fn path_at(text: &str, line: usize, column: usize) -> String {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let place = lines.map(str::len).sum::<usize>() + column.saturating_sub(1);
    let holds = |begin: &str, value: &str| {
        let until = offset_in(text, value) + value.len() + 1;
        (offset_in(text, begin)..=until).contains(&place)
    };
    let mut path = String::new();
    let mut here = text;
    loop {
        let fields = fields(here).unwrap_or_default().into_iter();
        let items = items(here).unwrap_or_default().into_iter().enumerate();
        let mut item = items.map(|(index, value)| (index, value.get()));
        let field = fields
            .map(|(name, value)| (name.0, value.get()))
            .rfind(|(name, value)| match name {
                Cow::Borrowed(name) => holds(name, value),
                Cow::Owned(_) => holds(value, value),
            });
        let item = item.rfind(|(_, value)| holds(value, value));
        here = match (field, item) {
            (Some((name, value)), _) => {
                let dot = if path.is_empty() { "" } else { "." };
                path = format!("{path}{dot}{name}");
                value
            }
            (None, Some((index, value))) => {
                path = format!("{path}[{index}]");
                value
            }
            (None, None) => return path,
        };
        if offset_in(text, here) > place {
            return path;
        }
    }
}
