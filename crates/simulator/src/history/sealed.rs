//! Calls as bytes: a call takes about ten, where its neighbours say the rest.

use super::{CallRecord, Outcome, Return};
use alloc::boxed::Box;
use alloc::vec::Vec;
use consensus::{CallId, ClientId, Micros, NodeId, Refusal};
use litemap::LiteMap;

/// It writes.
const WRITES: u8 = 1;
/// It has ended.
const ENDED: u8 = 1 << 1;
/// It is done.
const DONE: u8 = 1 << 2;
/// It was refused for good; neither this nor [`DONE`]: given up.
const REFUSED: u8 = 1 << 3;
/// The key has a value.
const VALUED: u8 = 1 << 4;
/// Its end is as most are: not in doubt, at the first attempt, by the node that ended the one
/// before.
const PLAIN: u8 = 1 << 5;
/// The value of the key is the one that it writes.
const ITS_OWN: u8 = 1 << 6;

/// A refusal by its place here.
const REFUSALS: [Refusal; 6] = [
    Refusal::NotLeader,
    Refusal::LostLeadership,
    Refusal::HandingOver,
    Refusal::TooMuchUncommitted,
    Refusal::NoSession,
    Refusal::OutOfDate,
];

/// What the calls before one in the list say of it.
#[derive(Default)]
struct Context {
    /// The latest call of each client.
    sequences: LiteMap<u32, u64>,
    invoked: u64,
    written: u64,
    by: Option<NodeId>,
}

/// The calls as bytes, in their order.
pub(super) fn seal(records: &[CallRecord]) -> Box<[u8]> {
    let mut context = Context::default();
    let mut bytes = Vec::new();
    for record in records {
        write(&mut bytes, record, &mut context);
    }
    bytes.into_boxed_slice()
}

/// The calls that were sealed as these bytes.
pub(super) fn open(bytes: &[u8]) -> Vec<CallRecord> {
    let mut context = Context::default();
    let mut rest = bytes;
    let mut records = Vec::new();
    while let Some(record) = read(&mut rest, &mut context) {
        records.push(record);
    }
    records
}

fn write(bytes: &mut Vec<u8>, record: &CallRecord, context: &mut Context) {
    let head = head(record, context);
    bytes.push(head);
    put(bytes, u64::from(record.call.client.0));
    let before = context.sequences.entry(record.call.client.0).or_default();
    put_step(bytes, before, record.call.sequence);
    put(bytes, u64::from(record.key));
    put_step(bytes, &mut context.invoked, record.invoked.0);
    if let Some(written) = record.written {
        put_step(bytes, &mut context.written, written);
    }
    let Some(returned) = record.returned else {
        return;
    };
    put(bytes, returned.at.0.wrapping_sub(record.invoked.0));
    match returned.outcome {
        Outcome::Done { value: Some(value) } if head & ITS_OWN == 0 => {
            put(bytes, zigzag(value.wrapping_sub(context.written)));
        }
        Outcome::Refused { reason } => {
            let place = REFUSALS.iter().position(|it| *it == reason);
            put(bytes, place.unwrap_or_default() as u64);
        }
        Outcome::Done { .. } | Outcome::GaveUp => {}
    }
    if head & PLAIN == 0 {
        put(
            bytes,
            u64::from(returned.attempts) << 1 | u64::from(returned.in_doubt),
        );
        put(bytes, returned.by.map_or(0, |it| u64::from(it.0) + 1));
        context.by = returned.by;
    }
}

fn head(record: &CallRecord, context: &Context) -> u8 {
    let mut head = if record.written.is_some() { WRITES } else { 0 };
    let Some(returned) = record.returned else {
        return head;
    };
    head |= ENDED;
    head |= match returned.outcome {
        Outcome::Done { value: None } => DONE,
        Outcome::Done { value } if value == record.written => DONE | VALUED | ITS_OWN,
        Outcome::Done { .. } => DONE | VALUED,
        Outcome::Refused { .. } => REFUSED,
        Outcome::GaveUp => 0,
    };
    let plain = !returned.in_doubt && returned.attempts == 1 && returned.by == context.by;
    head | if plain { PLAIN } else { 0 }
}

fn read(rest: &mut &[u8], context: &mut Context) -> Option<CallRecord> {
    let (head, behind) = rest.split_first()?;
    *rest = behind;
    let client = u32::try_from(take(rest)?).ok()?;
    let before = context.sequences.entry(client).or_default();
    let sequence = take_step(rest, before)?;
    let key = u32::try_from(take(rest)?).ok()?;
    let invoked = take_step(rest, &mut context.invoked)?;
    let written = match head & WRITES {
        0 => None,
        _ => Some(take_step(rest, &mut context.written)?),
    };
    let client = ClientId(client);
    let mut record = CallRecord {
        call: CallId { client, sequence },
        key,
        written,
        invoked: Micros(invoked),
        returned: None,
    };
    if head & ENDED > 0 {
        record.returned = Some(read_return(*head, rest, &record, context)?);
    }
    Some(record)
}

fn read_return(
    head: u8,
    rest: &mut &[u8],
    record: &CallRecord,
    context: &mut Context,
) -> Option<Return> {
    let at = Micros(record.invoked.0.wrapping_add(take(rest)?));
    let outcome = if head & DONE > 0 {
        let value = match (head & VALUED > 0, head & ITS_OWN > 0) {
            (false, _) => None,
            (true, true) => record.written,
            (true, false) => Some(unzigzag(take(rest)?).wrapping_add(context.written)),
        };
        Outcome::Done { value }
    } else if head & REFUSED > 0 {
        let place = usize::try_from(take(rest)?).ok()?;
        let reason = *REFUSALS.get(place)?;
        Outcome::Refused { reason }
    } else {
        Outcome::GaveUp
    };
    let (mut attempts, mut in_doubt) = (1, false);
    if head & PLAIN == 0 {
        let tried = take(rest)?;
        attempts = u32::try_from(tried >> 1).ok()?;
        in_doubt = tried & 1 > 0;
        let by = take(rest)?.checked_sub(1);
        context.by = by.and_then(|it| u16::try_from(it).ok()).map(NodeId);
    }
    Some(Return {
        at,
        by: context.by,
        outcome,
        attempts,
        in_doubt,
    })
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// How far a number lies from the one before it, in either direction.
fn put_step(bytes: &mut Vec<u8>, before: &mut u64, number: u64) {
    put(bytes, zigzag(number.wrapping_sub(*before)));
    *before = number;
}

fn take_step(rest: &mut &[u8], before: &mut u64) -> Option<u64> {
    *before = before.wrapping_add(unzigzag(take(rest)?));
    Some(*before)
}

/// Small steps in both directions as small numbers.
const fn zigzag(step: u64) -> u64 {
    let step = step.cast_signed();
    ((step << 1) ^ (step >> 63)).cast_unsigned()
}

const fn unzigzag(number: u64) -> u64 {
    (number >> 1) ^ (number & 1).wrapping_neg()
}

#[cfg(test)]
mod tests;
