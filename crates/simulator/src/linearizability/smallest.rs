//! The smallest part of a history that no order explains.
//!
//! Calls are taken away as long as what is left remains unexplained. Only what cannot explain the
//! others may go: a read, or a write whose value no read that is left found. A history that an order
//! explains stays explained without such a call, so a call that could not go once can never go
//! later, and one look at each is enough: without any one call of the part, an order explains it.

use super::client_call::{ClientCall, Ending};
use super::configurations::Steps;
use super::judge::first_unexplained;
use super::moment::Moment;
use super::part::Part;
use alloc::vec::Vec;

/// The smallest part of these calls of one key that is found in time, of which a client was told at this moment what no
/// order explains.
pub(super) fn part(calls: &[ClientCall], at: Moment, steps: &mut Steps) -> Part {
    let mut calls = until(calls, at);
    // Whole values first: most have nothing to do with it, and go in a few looks.
    let mut is_smallest = take_away(&mut calls, steps, |it, _| Some(value(it)));
    is_smallest &= take_away(&mut calls, steps, |it, _| {
        is_read(it).then_some((it.asked, it.call))
    });
    is_smallest &= take_away(&mut calls, steps, |it, found| {
        let seen = found.binary_search(&value(it)).is_ok();
        (!is_read(it) && !seen).then_some((it.asked, it.call))
    });
    Part { calls, is_smallest }
}

/// The calls as they were at this moment: what is answered later is in doubt.
fn until(calls: &[ClientCall], at: Moment) -> Vec<ClientCall> {
    let asked = calls.iter().filter(|it| it.asked <= at).copied();
    let then = asked.map(|it| match it.done() {
        Some(done) if done <= at => it,
        _ => ClientCall {
            ending: Ending::InDoubt,
            ..it
        },
    });
    // A read that was not answered found nothing out.
    then.filter(|it| it.written.is_some() || it.done().is_some())
        .collect()
}

fn is_read(call: &ClientCall) -> bool {
    call.written.is_none()
}

/// The value that it writes or found.
fn value(call: &ClientCall) -> Option<u64> {
    call.written.or(match call.ending {
        Ending::Done { value, .. } => value,
        Ending::InDoubt => None,
    })
}

/// Takes away all calls of as many labels as can go. A call without a label stays; labels are given
/// out by the call and the values that reads found, sorted. False where whether one can go is beyond
/// what is judged.
fn take_away<L: Ord + Copy>(
    calls: &mut Vec<ClientCall>,
    steps: &mut Steps,
    label: impl Fn(&ClientCall, &[Option<u64>]) -> Option<L>,
) -> bool {
    let mut found: Vec<Option<u64>> = calls.iter().filter(|it| is_read(it)).map(value).collect();
    found.sort_unstable();
    let mut labelled: Vec<(Option<L>, ClientCall)> =
        calls.iter().map(|it| (label(it, &found), *it)).collect();
    let mut labels: Vec<L> = labelled.iter().filter_map(|it| it.0).collect();
    labels.sort_unstable();
    labels.dedup();
    // The parts still to be looked at, the first on top.
    let mut parts = Vec::from([&labels[..]]);
    let mut all_known = true;
    while let Some(part) = parts.pop() {
        let stays = |it: &(Option<L>, ClientCall)| {
            it.0.is_none_or(|label| part.binary_search(&label).is_err())
        };
        let rest: Vec<_> = labelled.iter().filter(|it| stays(it)).copied().collect();
        let left: Vec<ClientCall> = rest.iter().map(|it| it.1).collect();
        let found = first_unexplained(&left, steps);
        if matches!(found, Ok(Some(_))) {
            labelled = rest;
        } else if part.len() > 1 {
            let (one, other) = part.split_at(part.len() / 2);
            parts.extend([other, one]);
        } else {
            all_known &= found.is_ok();
        }
    }
    *calls = labelled.into_iter().map(|it| it.1).collect();
    all_known
}
