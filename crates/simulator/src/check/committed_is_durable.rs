//! Committed is durable (Raft §5.3, R4): a committed entry is on the disks of a majority of all
//! members, reachable or not, and stays there.

use super::known::{Digests, Known};
use super::promise::Conflict;
use super::property::Property;
use super::sight::Sight;
use alloc::vec;
use alloc::vec::Vec;
use consensus::{EntrySummary, NodeId, Observation, WriteSummary};

/// It remembers nothing of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommittedIsDurable;

impl CommittedIsDurable {
    pub(crate) fn see(self, sight: &Sight, known: &Known) -> Option<Conflict> {
        match sight {
            // One that is known already was looked at when it first was.
            Sight::Observed(node, Observation::Committed { index, digest, .. })
                if known.committed.get(index).is_none() =>
            {
                on_too_few(*node, *index, *digest, None, known)
            }
            // The last committed entry stands for all before it.
            Sight::Stored(node, WriteSummary::Entries { after, entries }) => {
                let (index, commit) = known.committed.last()?;
                let goes = *after < *index && !restores(*after, entries, *index, commit.digest);
                let without = goes.then_some(*node)?;
                on_too_few(*node, *index, commit.digest, Some(without), known)
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
                let goes = at < index && !disk.holds(*at, *digest);
                let without = goes.then_some(*node)?;
                on_too_few(*node, *index, commit.digest, Some(without), known)
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
    index: u64,
    digest: u64,
    without: Option<NodeId>,
    known: &Known,
) -> Option<Conflict> {
    let holds = |disk: &Digests| disk.holds(index, digest);
    let disks = known.nodes.iter().filter(|(id, _)| Some(**id) != without);
    let holders = disks.filter(|(_, it)| holds(&it.disk)).map(|(id, _)| *id);
    let holders: Vec<NodeId> = holders.collect();
    (holders.len() <= usize::from(known.members) / 2).then(|| {
        let mut nodes = vec![node];
        nodes.extend(holders.into_iter().filter(|id| *id != node));
        Conflict {
            property: Property::CommittedIsDurable,
            nodes,
            place: index,
        }
    })
}
