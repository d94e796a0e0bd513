//! Linearizability (Raft §8; Herlihy and Wing 1990): an order of all calls explains what clients
//! are told, in which each took effect between being asked for and being answered.

use super::promise::Conflict;
use super::property::Property;
use super::sight::{Sight, Told};
use crate::linearizability::{Limit, Unfolding};
use alloc::sync::Arc;
use alloc::vec;
use consensus::{CallId, NodeId, Operation};
use litemap::LiteMap;

/// What the calls of each key leave possible; `None` where they are beyond what is judged, from
/// which on nothing is said of the key. Runs that were forked share what neither has changed.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct Linearizable {
    keys: LiteMap<u32, Option<Arc<Unfolding>>>,
}

impl Linearizable {
    pub(crate) fn see(&mut self, sight: &Sight) -> Option<Conflict> {
        match *sight {
            // It asks about no key.
            Sight::Called {
                operation: Operation::OpenSession,
                ..
            } => None,
            Sight::Called {
                call, key, written, ..
            } => {
                let fresh = || Some(Arc::new(Unfolding::new()));
                self.keys.entry(key).or_insert_with(fresh);
                self.at(key, |calls| calls.called(call, written));
                None
            }
            Sight::Returned { call, key, told } => self.returned(call, key, told),
            _ => None,
        }
    }

    /// Of how many keys nothing is said any more.
    pub(crate) fn undecided(&self) -> u64 {
        self.keys.values().filter(|it| it.is_none()).count() as u64
    }

    fn returned(&mut self, call: CallId, key: u32, told: Option<Told>) -> Option<Conflict> {
        let Some(Told { by, value, .. }) = told else {
            self.at(key, |calls| calls.in_doubt(call));
            return None;
        };
        let explained = self.at(key, |calls| calls.done(call, value))?;
        (!explained).then(|| conflict(by, key))
    }

    /// Lets a key's calls go on, where it is still judged.
    fn at<T>(
        &mut self,
        key: u32,
        move_on: impl FnOnce(&mut Unfolding) -> Result<T, Limit>,
    ) -> Option<T> {
        let judged = self.keys.get_mut(&key)?;
        let moved = move_on(Arc::make_mut(judged.as_mut()?));
        if moved.is_err() {
            *judged = None;
        }
        moved.ok()
    }
}

fn conflict(by: NodeId, key: u32) -> Conflict {
    Conflict {
        property: Property::Linearizable,
        nodes: vec![by],
        place: u64::from(key),
    }
}
