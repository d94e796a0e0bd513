//! Who has to agree before anything counts: a majority, and while a joint change runs, two of them
//! (Raft §5.2, §6).

use super::votes::majority;
use crate::node::NodeId;
use alloc::vec;

/// Up to so many voters are compared without taking memory.
const USUAL: usize = 9;

/// The sets of voters that decide together: each by a majority of its own. Learners are in none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quorum<'a> {
    voters: &'a [NodeId],
    /// Empty unless a joint change runs.
    outgoing: &'a [NodeId],
    /// How many decide, where a majority of each set does not: a rule broken on purpose.
    least: Option<u32>,
    /// Who counts in each set without being in it: a rule broken on purpose.
    besides: &'a [NodeId],
}

impl<'a> Quorum<'a> {
    /// A majority of the one set and, unless it is empty, of the other one as well.
    pub(super) const fn of(voters: &'a [NodeId], outgoing: &'a [NodeId]) -> Self {
        Self {
            voters,
            outgoing,
            least: None,
            besides: &[],
        }
    }

    /// The same sets, of each of which so many decide.
    pub(super) const fn with_least(self, least: u32) -> Self {
        Self {
            least: Some(least),
            ..self
        }
    }

    /// The same sets, with others who count in each.
    pub(super) const fn with_others(self, besides: &'a [NodeId]) -> Self {
        Self { besides, ..self }
    }

    /// How many of the voters decide.
    pub(super) fn needed(&self) -> u32 {
        self.needed_of(self.voters)
    }

    /// Whether those who agree decide. Where nobody votes, nobody decides.
    pub(super) fn is_reached(&self, agrees: impl Fn(NodeId) -> bool) -> bool {
        let reached = |set: &[NodeId]| {
            let counted = set.iter().chain(self.besides);
            let agreeing = counted.map(|node| u32::from(agrees(*node)));
            agreeing.sum::<u32>() >= self.needed_of(set)
        };
        reached(self.voters) && (self.outgoing.is_empty() || reached(self.outgoing))
    }

    /// The most that all of those who decide have reached, by what each has, such as the last
    /// index that a majority holds; the least there is where nobody votes.
    pub(super) fn most<T: Ord + Copy + Default>(&self, reached: impl Fn(NodeId) -> T) -> T {
        let new = self.most_in(self.voters, &reached);
        if self.outgoing.is_empty() {
            return new;
        }
        new.min(self.most_in(self.outgoing, &reached))
    }

    fn most_in<T: Ord + Copy + Default>(
        &self,
        set: &[NodeId],
        reached: &impl Fn(NodeId) -> T,
    ) -> T {
        let counted = set.len() + self.besides.len();
        let mut few = [T::default(); USUAL];
        let mut many;
        let sorted = match few.get_mut(..counted) {
            Some(few) => few,
            None => {
                many = vec![T::default(); counted];
                many.as_mut_slice()
            }
        };
        // Insertion, the largest first: sets are small.
        for (count, node) in set.iter().chain(self.besides).enumerate() {
            let this = reached(*node);
            let place = sorted.iter().take(count).position(|it| *it < this);
            if let Some(rest) = sorted.get_mut(place.unwrap_or(count)..=count) {
                rest.rotate_right(1);
                if let Some(first) = rest.first_mut() {
                    *first = this;
                }
            }
        }
        let last = usize::try_from(self.needed_of(set)).map(|needed| needed.saturating_sub(1));
        let decides = last.ok().and_then(|last| sorted.get(last));
        decides.copied().unwrap_or_default()
    }

    /// How many of a set decide; more than there are where it is empty.
    fn needed_of(&self, set: &[NodeId]) -> u32 {
        let all = u32::try_from(set.len()).unwrap_or(u32::MAX);
        self.least.unwrap_or_else(|| majority(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::position::LogIndex;
    use alloc::vec::Vec;

    fn nodes(count: u16) -> Vec<NodeId> {
        (0..count).map(NodeId).collect()
    }

    /// Whether so many nodes from `first` on decide, and what they hold if nobody else does.
    fn agree(quorum: Quorum<'_>, first: u16, count: u16) -> (bool, LogIndex) {
        let agrees = |node: NodeId| (first..first + count).contains(&node.0);
        let held = quorum.most(|node| LogIndex(if agrees(node) { 7 } else { 3 }));
        (quorum.is_reached(agrees), held)
    }

    #[test]
    fn more_than_half_of_all_decide() {
        for size in 1..=12 {
            let all = nodes(size);
            let quorum = Quorum::of(&all, &[]);
            for count in 0..=size {
                let decide = count > size / 2;
                let held = LogIndex(if decide { 7 } else { 3 });
                assert_eq!(agree(quorum, 0, count), (decide, held), "{count} of {size}");
            }
        }
    }

    #[test]
    fn both_sets_decide_while_there_are_two() {
        let (old, new) = (nodes(3), [NodeId(2), NodeId(3), NodeId(4)]);
        let quorum = Quorum::of(&new, &old);
        let decide = |first, count| agree(quorum, first, count).0;
        assert!(!decide(0, 3), "the old set alone");
        assert!(!decide(2, 3), "the new set alone");
        assert!(decide(1, 3), "two of each");
        assert_eq!(agree(quorum, 1, 3).1, LogIndex(7));
        assert_eq!(agree(quorum, 0, 3).1, LogIndex(3));
    }

    #[test]
    fn what_a_quorum_holds_is_the_middle_of_what_each_holds() {
        let all = nodes(5);
        for turn in 0..5 {
            let held = |node: NodeId| LogIndex(u64::from((node.0 + turn) % 5));
            assert_eq!(Quorum::of(&all, &[]).most(held), LogIndex(2));
        }
    }

    #[test]
    fn where_nobody_votes_nobody_decides() {
        let nobody = Quorum::of(&[], &[]);
        assert!(!nobody.is_reached(|_| true));
        assert_eq!(nobody.most(|_| LogIndex(9)), LogIndex::ZERO);
    }
}
