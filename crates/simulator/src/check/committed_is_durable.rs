//! Committed is durable (Raft §5.3, §6, R4): a committed entry is on the disks of a majority of all
//! voters, reachable or not, and stays there; while two sets of voters decide together, on those of
//! a majority of each.

use super::known::{Deciders, Known};
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use consensus::{EntrySummary, NodeId, Observation, WriteSummary};

/// It remembers nothing of its own.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct CommittedIsDurable;

impl CommittedIsDurable {
    pub(crate) fn see(self, sight: &Sight, known: &Known) -> Option<Conflict> {
        match sight {
            // One before it was looked at with the later one.
            Sight::Observed(node, Observation::Committed { index, digest, .. })
                if known.is_latest(*index) =>
            {
                let deciders = known.deciders_of(*node);
                on_too_few(*node, (*index, *digest), None, deciders, known)
            }
            // The last committed entry stands for all before it.
            Sight::Stored(node, WriteSummary::Entries { after, entries }) => {
                let (index, commit) = known.committed.last()?;
                let goes = *after < index && !restores(*after, entries, index, commit.digest);
                let without = goes.then_some(*node)?;
                let entry = (index, commit.digest);
                on_too_few(*node, entry, Some(without), &known.deciders, known)
            }
            // A log that does not hold the snapshot's last entry goes, with all behind that.
            Sight::Stored(
                node,
                WriteSummary::Snapshot {
                    index: at, digest, ..
                },
            ) => {
                let (index, commit) = known.committed.last()?;
                let disk = &known.nodes.get(node)?.disk;
                let goes = *at < index && !disk.holds(*at, *digest);
                let without = goes.then_some(*node)?;
                let entry = (index, commit.digest);
                on_too_few(*node, entry, Some(without), &known.deciders, known)
            }
            _ => None,
        }
    }
}

/// Whether a write puts back the entry that it takes out.
fn restores(after: u64, entries: &[EntrySummary], index: u64, digest: u64) -> bool {
    let place = usize::try_from(index - after - 1);
    let entry = place.ok().and_then(|place| entries.get(place));
    entry.is_some_and(|entry| entry.digest == digest)
}

fn on_too_few(
    node: NodeId,
    (index, digest): (u64, u64),
    without: Option<NodeId>,
    deciders: &Deciders,
    known: &Known,
) -> Option<Conflict> {
    let holds = |id: NodeId| {
        let holder = known.nodes.get(&id).filter(|_| Some(id) != without);
        holder.is_some_and(|it| it.disk.holds(index, digest))
    };
    (!deciders.agree(holds)).then(|| {
        let holders = known.nodes.keys().copied().filter(|id| holds(*id));
        let mut nodes = vec![node];
        nodes.extend(holders.filter(|id| *id != node));
        Conflict {
            property: Property::CommittedIsDurable,
            nodes,
            place: index,
        }
    })
}
