//! What stands in the fields of a dialog of settings: read, judged, and put into words.

use crate::settings::{Checked, Form};
use crate::settings_fields::{
    Field, HEARTBEAT, Kind, LONGEST, LONGEST_TIMEOUT, READS, ROTATION, SHORTEST, fields,
};
use crate::text;
use consensus::raft::RaftSettingsError;
use consensus::{Micros, almighty, watercraft};
use scenario::{ProtocolName, Setup};

/// So many changes are named; of more it is said how many.
const NAMED: usize = 4;

/// Looks at what stands in the fields of this protocol's settings.
pub(crate) fn check(protocol: ProtocolName, form: &Form) -> Checked {
    let mut setup = form.from.clone();
    let mut troubles = Vec::new();
    for (place, words) in &form.typed {
        let Some(field) = fields(protocol).get(*place) else {
            continue;
        };
        match read(field.kind, words) {
            Ok(value) => (field.set)(&mut setup, value),
            Err(trouble) => troubles.push((*place, trouble)),
        }
    }
    if troubles.is_empty() {
        troubles.extend(amiss(protocol, &setup));
    }
    if troubles.is_empty() {
        let words = unlike(protocol, &setup);
        Ok((setup, words))
    } else {
        Err(troubles)
    }
}

/// Reads what was typed.
fn read(kind: Kind, words: &str) -> Result<u64, String> {
    let words = words.trim();
    let number = match kind {
        Kind::Span { .. } => thousandths(words),
        Kind::Number { .. } | Kind::Switch | Kind::Choice(_) => words.parse().ok(),
    };
    let number = number.ok_or_else(|| text::NO_NUMBER.to_string())?;
    let (least, most, never) = match kind {
        Kind::Span { never } => (1_000, LONGEST.0, never),
        Kind::Number {
            least, most, never, ..
        } => (least, most, never),
        Kind::Switch | Kind::Choice(_) => return Ok(number),
    };
    if (least..=most).contains(&number) || never && number == 0 {
        return Ok(number);
    }
    Err(text::out_of_range(&range(kind).unwrap_or_default()))
}

/// A number with up to three decimals, a thousand times as large.
fn thousandths(words: &str) -> Option<u64> {
    let (whole, part) = words.split_once('.').unwrap_or((words, ""));
    if part.len() > 3 || !part.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = format!("{part:0<3}").parse().ok()?;
    whole.checked_mul(1_000)?.checked_add(part)
}

/// What a field may hold; none where it offers all of it.
pub(crate) fn range(kind: Kind) -> Option<String> {
    let (least, most, unit, never) = match kind {
        Kind::Span { never } => (1, LONGEST.0 / 1_000, text::MS, never),
        Kind::Number {
            least,
            most,
            unit,
            never,
        } => (least, most, unit, never),
        Kind::Switch | Kind::Choice(_) => return None,
    };
    let range = text::from_to(&grouped(least), &grouped(most), unit);
    Some(if never { text::or_never(&range) } else { range })
}

/// A number with a comma before every third digit from the end.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// A value as its field holds it.
pub(crate) fn shown(kind: Kind, value: u64) -> String {
    match kind {
        Kind::Span { .. } => millis(value),
        Kind::Number { .. } | Kind::Switch | Kind::Choice(_) => value.to_string(),
    }
}

/// A value in words.
pub(crate) fn said(kind: Kind, value: u64) -> String {
    match kind {
        Kind::Span { never: true } | Kind::Number { never: true, .. } if value == 0 => {
            text::NEVER.to_string()
        }
        Kind::Span { .. } => [&millis(value), " ", text::MS].concat(),
        Kind::Number { unit, .. } => [&grouped(value), " ", unit].concat(),
        Kind::Switch if value == 0 => text::OFF.to_string(),
        Kind::Switch => text::ON.to_string(),
        Kind::Choice(names) => names[(value as usize).min(names.len() - 1)].to_string(),
    }
}

/// Microseconds as milliseconds, with as many decimals as it takes.
fn millis(micros: u64) -> String {
    let words = format!("{}.{:03}", micros / 1_000, micros % 1_000);
    words
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_string()
}

/// What is unlike the usual, as one sentence without an end; empty where nothing is.
fn unlike(protocol: ProtocolName, setup: &Setup) -> String {
    let usual = Setup::default();
    let differs = |field: &Field| (field.get)(setup) != (field.get)(&usual);
    let is_timeout = |place| protocol == ProtocolName::Raft && place <= LONGEST_TIMEOUT;
    let mut changes = Vec::new();
    for (place, field) in fields(protocol).iter().enumerate() {
        let value = |place: usize| {
            let field = &fields(protocol)[place];
            said(field.kind, (field.get)(setup))
        };
        if place == SHORTEST && is_timeout(place) {
            let both = [SHORTEST, LONGEST_TIMEOUT];
            if both.iter().any(|it| differs(&fields(protocol)[*it])) {
                let least = shown(field.kind, (field.get)(setup));
                changes.push(text::timeouts(&least, &value(LONGEST_TIMEOUT)));
            }
        } else if differs(field) && !is_timeout(place) {
            changes.push([field.words[1], " ", &value(place)].concat());
        }
    }
    let more = changes.len().saturating_sub(NAMED);
    changes.truncate(NAMED);
    if more > 0 {
        changes.push(text::and_more(more));
    }
    let mut words = changes.join(", ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// What is wrong with settings each of which is in its range, and the place of the field to blame.
fn amiss(protocol: ProtocolName, setup: &Setup) -> Option<(usize, String)> {
    use RaftSettingsError as E;
    Some(match protocol {
        ProtocolName::Raft => match setup.raft.check().err()? {
            E::ElectionTimeoutsSwapped { .. } => {
                (LONGEST_TIMEOUT, text::TIMEOUTS_SWAPPED.to_string())
            }
            E::HeartbeatTooSlow { .. } => {
                let most = Micros(setup.raft.election_timeout_least.0 / 3);
                let most = [&millis(most.0), " ", text::MS].concat();
                (HEARTBEAT, text::heartbeat_too_slow(&most))
            }
            E::LeaseWithoutCheckQuorum => (READS, text::LEASE_NEEDS_CHECK.to_string()),
            other => (SHORTEST, other.to_string()),
        },
        ProtocolName::Almighty => match setup.almighty.check().err()? {
            almighty::SettingsError::Rotation => (ROTATION, text::ROTATION_TOO_QUICK.to_string()),
            other => (0, other.to_string()),
        },
        ProtocolName::Watercraft => {
            let error: watercraft::SettingsError = setup.watercraft.check().err()?;
            (0, error.to_string())
        }
    })
}
