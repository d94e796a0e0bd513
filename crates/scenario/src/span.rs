//! Spans of time as people write them.

use alloc::format;
use alloc::string::{String, ToString};
use consensus::Micros;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use simulator::SpanRange;

/// A span of time, written with its unit: `"150ms"`, `"2s"`, `"1.5s"`, `"250us"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(pub Micros);

impl Span {
    /// The longest span that a scenario may name: an hour.
    pub const MOST: Self = Self(Micros::from_secs(3_600));

    /// A span of whole milliseconds.
    #[must_use]
    pub const fn millis(millis: u64) -> Self {
        Self(Micros::from_millis(millis))
    }

    /// Reads a span with its unit.
    ///
    /// # Errors
    /// A sentence that says what a span looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let help = || {
            format!(
                "`{text}` is not a span of time; write a number and its unit, up to an hour, such as \"150ms\" or \"1.5s\""
            )
        };
        let digits = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let unit_micros: u64 = match unit.trim() {
            "us" => 1,
            "ms" => 1_000,
            "s" => 1_000_000,
            _ => return Err(help()),
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() || whole.len() > 10 || part.len() > 6 {
            return Err(help());
        }
        let whole: u64 = whole.parse().map_err(|_| help())?;
        let mut micros = whole.saturating_mul(unit_micros);
        let mut place = unit_micros;
        for digit in part.bytes() {
            if !digit.is_ascii_digit() || !place.is_multiple_of(10) {
                return Err(help());
            }
            place /= 10;
            micros += u64::from(digit - b'0') * place;
        }
        let span = Self(Micros(micros));
        if span > Self::MOST {
            return Err(help());
        }
        Ok(span)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.0 {
            micros if micros % 1_000_000 == 0 => write!(f, "{}s", micros / 1_000_000),
            micros if micros % 1_000 == 0 => write!(f, "{}ms", micros / 1_000),
            micros => write!(f, "{micros}us"),
        }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}

/// A shortest and a longest span as the simulator takes them.
pub(crate) const fn range([least, most]: [Span; 2]) -> SpanRange {
    SpanRange {
        least: least.0,
        most: most.0,
    }
}

/// A shortest and a longest span as a file writes them.
pub(crate) const fn spans(range: SpanRange) -> [Span; 2] {
    [Span(range.least), Span(range.most)]
}

/// A span of time forwards or back, in microseconds: `"2s"`, `"-150ms"`; up to an hour either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignedSpan(pub i64);

impl SignedSpan {
    /// Reads a span with its unit, and a `-` before it where it leads back.
    ///
    /// # Errors
    /// As for [`Span::parse`].
    pub fn parse(text: &str) -> Result<Self, String> {
        let back = text.strip_prefix('-');
        let span = Span::parse(back.unwrap_or(text))?;
        let micros = span.0.0.cast_signed();
        Ok(Self(if back.is_some() { -micros } else { micros }))
    }
}

impl fmt::Display for SignedSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}", Span(Micros(self.0.unsigned_abs())))
    }
}

impl Serialize for SignedSpan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for SignedSpan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(D::Error::custom)
    }
}
