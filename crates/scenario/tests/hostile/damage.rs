//! Files that ship, spoilt.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// What is done to the bytes of a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    CutOff(Index),
    Double(Index, Index),
    Insert(Index, String),
    Number(Index, String),
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[0-9]{1,3}",
        1 => "[0-9]{4,40}",
        1 => "-[0-9]{1,20}",
        1 => Just("1e308".to_string()),
        1 => Just("18446744073709551615".to_string()),
        1 => Just("\"18446744073709551615s\"".to_string()),
        1 => Just("\"0.0000000000000000000000001us\"".to_string()),
        1 => Just("null".to_string()),
        1 => Just("\u{0}\u{feff}\u{10ffff}".to_string()),
        1 => (1_usize..40_000).prop_map(|depth| "[".repeat(depth)),
        1 => (1_usize..20_000).prop_map(|depth| "{\"not\":".repeat(depth)),
        1 => (1_usize..200_000).prop_map(|length| format!("\"{}\"", "A".repeat(length))),
    ]
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        1 => (any::<Index>(), 0_u8..8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        1 => any::<Index>().prop_map(Damage::CutOff),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Double(from, to)),
        1 => (any::<Index>(), hostile_text()).prop_map(|(at, it)| Damage::Insert(at, it)),
        6 => (any::<Index>(), hostile_text()).prop_map(|(at, it)| Damage::Number(at, it)),
    ]
}

fn damaged(bytes: &mut Vec<u8>, damage: &Damage) {
    if bytes.is_empty() {
        return;
    }
    let len = bytes.len();
    match damage {
        Damage::Flip(at, bit) => bytes[at.index(len)] ^= 1 << bit,
        Damage::CutOff(at) => bytes.truncate(at.index(len)),
        Damage::Double(from, to) => {
            let (from, to) = (from.index(len), to.index(len));
            let piece = bytes[from.min(to)..from.max(to)].to_vec();
            bytes.splice(from..from, piece);
        }
        Damage::Insert(at, text) => drop(bytes.splice(at.index(len)..at.index(len), text.bytes())),
        Damage::Number(at, text) => {
            let begins = |at: &usize| {
                bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[*at - 1].is_ascii_digit())
            };
            let numbers: Vec<usize> = (0..len).filter(begins).collect();
            if !numbers.is_empty() {
                let from = *at.get(&numbers);
                let digits = bytes[from..].iter().take_while(|it| it.is_ascii_digit());
                let to = from + digits.count();
                bytes.splice(from..to, text.bytes());
            }
        }
    }
}

/// What stands in place of something of its kind.
#[derive(Clone, Debug)]
struct Instead {
    number: Value,
    text: String,
    /// In place of an object, or of anything where it is drawn so.
    other: Value,
    times: usize,
    anything: bool,
}

fn instead() -> impl Strategy<Value = Instead> {
    let number = prop_oneof![
        4 => (0_u64..100).prop_map(|it| json!(it)),
        1 => any::<u64>().prop_map(|it| json!(it)),
        1 => any::<i64>().prop_map(|it| json!(it)),
    ];
    let text = prop_oneof![
        4 => (1_u64..3_000).prop_map(|it| format!("{it}ms")),
        1 => "[0-9]{1,9}(us|ms|s)",
        2 => "[A-G]",
        1 => Just("leader".to_string()),
    ];
    let other = prop_oneof![Just(json!([])), Just(json!({})), Just(Value::Null)];
    let whether = (1_usize..20, 0_u8..20);
    (number, text, other, whether).prop_map(|(number, text, other, (times, draw))| Instead {
        number,
        text,
        other,
        times,
        anything: draw == 0,
    })
}

/// A file that ships with some of its bytes damaged.
pub(crate) fn damaged_files(
    shipped: impl Fn(&Index) -> &'static str,
) -> impl Strategy<Value = String> {
    let damages = prop::collection::vec(damage(), 1..4);
    (any::<Index>(), damages).prop_map(move |(file, damages)| {
        let mut bytes = shipped(&file).as_bytes().to_vec();
        damages.iter().for_each(|it| damaged(&mut bytes, it));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// A file that ships, with some of its values in place of others, or with more of the same.
pub(crate) fn misshapen_files(
    shipped: impl Fn(&Index) -> &'static str,
) -> impl Strategy<Value = String> {
    let changes = prop::collection::vec((any::<Index>(), instead()), 1..4);
    (any::<Index>(), changes).prop_map(move |(file, changes)| {
        let mut file: Value = serde_json::from_str(shipped(&file)).expect("it is JSON");
        for (place, instead) in changes {
            let mut count = 0;
            visit(&mut file, &mut |_| count += 1);
            let mut left = place.index(count);
            visit(&mut file, &mut |it| {
                if left == 0 {
                    replace(it, &instead);
                }
                left = left.wrapping_sub(1);
            });
        }
        file.to_string()
    })
}

fn replace(value: &mut Value, instead: &Instead) {
    match value {
        it if instead.anything => *it = instead.other.clone(),
        Value::Number(_) => *value = instead.number.clone(),
        Value::String(_) => *value = json!(instead.text),
        Value::Array(items) => *items = vec![items.clone(); instead.times].concat(),
        Value::Bool(it) => *it = !*it,
        Value::Object(_) | Value::Null => {}
    }
}

/// Visits a value and all within it.
fn visit(value: &mut Value, seen: &mut impl FnMut(&mut Value)) {
    seen(value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| visit(it, seen)),
        Value::Object(fields) => fields.values_mut().for_each(|it| visit(it, seen)),
        _ => {}
    }
}
