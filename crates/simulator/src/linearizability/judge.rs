//! Whether an order explains a history.

use super::client_call::{ClientCall, Ending};
use super::configurations::Steps;
use super::frontier::{Deed, Frontier};
use super::limit::Limit;
use super::moment::Moment;
use super::part::Part;
use super::smallest;
use alloc::vec::Vec;
use consensus::{CallId, ClientId};

/// What is found out about the calls of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// An order explains them.
    Linearizable,
    /// No order does: this is the smallest part of them that none does.
    Unexplained(Part),
    /// They are beyond what is judged.
    Undecided(Limit),
}

/// Judges the calls of each key, in any order; the keys rise. Where all keys are linearizable, so
/// is the whole (locality: Herlihy and Wing 1990, theorem 1).
///
/// It takes [`Limit::STEPS`] at most, and as many once more to make the parts small: a part says
/// whether it is the smallest.
#[must_use]
pub fn judge(calls: impl IntoIterator<Item = ClientCall>) -> Vec<(u32, Judgement)> {
    let mut calls: Vec<ClientCall> = calls.into_iter().collect();
    calls.sort_by_key(|it| (it.key, it.asked));
    let mut steps = Steps::default();
    let keys = calls.chunk_by(|one, next| one.key == next.key);
    // All of them before any part is made small, which may take all the steps there are.
    let found: Vec<_> = keys
        .map(|calls| (calls, first_unexplained(calls, &mut steps)))
        .collect();
    let mut steps = Steps::default();
    let judged = found.into_iter().filter_map(|(calls, found)| {
        let judgement = match found {
            Ok(None) => Judgement::Linearizable,
            Ok(Some(moment)) => Judgement::Unexplained(smallest::part(calls, moment, &mut steps)),
            Err(limit) => Judgement::Undecided(limit),
        };
        Some((calls.first()?.key, judgement))
    });
    judged.collect()
}

/// When a client is first told what no order explains, of calls of one key in the order in which
/// they were asked for. Adds the steps that it takes.
pub(super) fn first_unexplained(
    calls: &[ClientCall],
    steps: &mut Steps,
) -> Result<Option<Moment>, Limit> {
    let mut frontier = Frontier::after(*steps);
    let found = follow(calls, &mut frontier);
    *steps = frontier.steps();
    found
}

fn follow(calls: &[ClientCall], frontier: &mut Frontier) -> Result<Option<Moment>, Limit> {
    let mut answers: Vec<(Moment, usize)> = Vec::new();
    answers.extend(
        (0..)
            .zip(calls)
            .filter_map(|(place, it)| Some((it.done()?, place))),
    );
    answers.sort_unstable();
    let mut asked = (0..).zip(calls).peekable();
    for (at, answered) in answers {
        // What is asked for at the moment of an answer comes before it.
        while let Some((place, it)) = asked.next_if(|(_, it)| it.asked <= at) {
            match (it.ending, it.written) {
                (Ending::Done { value, .. }, None) => {
                    frontier.called(name(place), Deed::Read(value))?;
                }
                (Ending::Done { .. }, Some(value)) => {
                    frontier.called(name(place), Deed::Write(value))?;
                }
                (Ending::InDoubt, Some(value)) => frontier.called_in_doubt(value)?,
                (Ending::InDoubt, None) => {}
            }
        }
        if !frontier.done(name(answered))? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// A name for each call that no other has, whatever it was called.
fn name(place: usize) -> CallId {
    CallId {
        client: ClientId(0),
        sequence: place as u64,
    }
}
