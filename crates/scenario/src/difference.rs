//! The first difference of two protocols' runs: in who claims to lead, or in what a client is told.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use consensus::{CallId, Micros, NodeId};
use litemap::LiteMap;
use simulator::{Outcome, Playback, Record};

/// How far one side may lag behind the other before that counts as a difference.
pub(crate) const LAG: Micros = Micros::from_millis(500);

/// The first moment at which two runs differ: in who claims to lead, or in what a client is told.
/// What both do, one a little later than the other, is no difference; what one does and the other
/// has not done half a second later is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// When.
    pub at: Micros,
    /// In what.
    pub unlike: Unlike,
}

/// In what two runs differ, left and right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// Who began to claim leadership, and when; `None` where nobody did by then.
    Claims([Option<(Micros, NodeId)>; 2]),
    /// What a client was told.
    Answers {
        /// In which call.
        call: CallId,
        /// When, and the value of the key; `None` where the call was not done by then.
        told: [Option<(Micros, Option<u64>)>; 2],
    },
}

impl Difference {
    /// What one side did, in words.
    #[must_use]
    pub fn words(&self, side: usize) -> String {
        match self.unlike {
            Unlike::Claims(claims) => match claims.get(side).copied().flatten() {
                Some((at, node)) => format!("{node} begins to lead at {at}"),
                None => "nobody else begins to lead".to_string(),
            },
            Unlike::Answers { call, told } => {
                let call = format!("client {}, call {}:", call.client.0, call.sequence);
                match told.get(side).copied().flatten() {
                    Some((at, Some(value))) => format!("{call} done at {at}, value {value}"),
                    Some((at, None)) => format!("{call} done at {at}, no value"),
                    None => format!("{call} not done"),
                }
            }
        }
    }

    /// The first of two runs that were played up to `reached`.
    pub(crate) fn first(left: &Playback, right: &Playback, reached: Micros) -> Option<Self> {
        let claims = unlike_claims(&claims(left.record()), &claims(right.record()), reached);
        let answers = unlike_answers(&answers(left), &answers(right), reached);
        let both = claims.into_iter().chain(answers);
        both.min_by_key(|it| it.at)
    }
}

/// Who began to claim leadership, and when. Who goes on under a new mandate does not begin.
fn claims(record: &Record) -> Vec<(Micros, NodeId)> {
    let leads = record.leads.iter().enumerate();
    let begun = leads.filter(|(place, it)| {
        let mut before = record.leads[..*place].iter();
        !before.any(|old| old.node == it.node && old.until == Some(it.from))
    });
    begun.map(|(_, it)| (it.from, it.node)).collect()
}

/// Every call that a client was told to be done, when, and the value of its key.
fn answers(run: &Playback) -> LiteMap<CallId, (Micros, Option<u64>)> {
    let mut answers = LiteMap::new();
    for record in run.furthest().history().iter() {
        if let Some(returned) = record.returned
            && let Outcome::Done { value } = returned.outcome
        {
            answers.insert(record.call, (returned.at, value));
        }
    }
    answers
}

/// What both did, but for what one did too late.
fn in_time<T: Copy>(sides: [Option<(Micros, T)>; 2]) -> [Option<(Micros, T)>; 2] {
    let first = sides.iter().flatten().map(|it| it.0).min();
    sides.map(|side| side.filter(|it| first.is_none_or(|first| it.0.since(first) <= LAG)))
}

fn unlike_claims(
    left: &[(Micros, NodeId)],
    right: &[(Micros, NodeId)],
    reached: Micros,
) -> Option<Difference> {
    for place in 0..left.len().max(right.len()) {
        let sides = [left.get(place).copied(), right.get(place).copied()];
        let unlike = Unlike::Claims(in_time(sides));
        match sides {
            [Some(left), Some(right)] => {
                let (first, second) = (left.0.min(right.0), left.0.max(right.0));
                if left.1 != right.1 || second.since(first) > LAG {
                    return Some(Difference { at: first, unlike });
                }
            }
            [Some((at, _)), None] | [None, Some((at, _))] => {
                let late = reached.since(at) > LAG;
                return late.then_some(Difference { at, unlike });
            }
            [None, None] => {}
        }
    }
    None
}

fn unlike_answers(
    left: &LiteMap<CallId, (Micros, Option<u64>)>,
    right: &LiteMap<CallId, (Micros, Option<u64>)>,
    reached: Micros,
) -> Option<Difference> {
    let calls = left.keys().chain(right.keys());
    let unlike = calls.filter_map(|call| {
        let told = [left.get(call).copied(), right.get(call).copied()];
        let at = match told {
            [Some(one), Some(other)] => {
                let (first, second) = (one.0.min(other.0), one.0.max(other.0));
                let late = (second.since(first) > LAG).then_some(first);
                late.or((one.1 != other.1).then_some(second))
            }
            [Some((at, _)), None] | [None, Some((at, _))] => {
                (reached.since(at) > LAG).then_some(at)
            }
            [None, None] => None,
        };
        let unlike = Unlike::Answers {
            call: *call,
            told: in_time(told),
        };
        at.map(|at| Difference { at, unlike })
    });
    unlike.min_by_key(|it| it.at)
}
