//! What belongs to one node each, by node.

use alloc::vec::Vec;
use consensus::NodeId;

/// Things by node, in the order of nodes. Most runs number their nodes from 0 without a gap, so
/// that a node's own number is its place: it is looked at first.
#[derive(Clone, Debug)]
pub(crate) struct ByNode<T>(Vec<(NodeId, T)>);

impl<T> ByNode<T> {
    /// Nothing for nobody.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Where a node's thing is, or where it belongs.
    #[inline]
    fn place(&self, node: NodeId) -> Result<usize, usize> {
        let own = usize::from(node.0);
        match self.0.get(own) {
            Some((id, _)) if *id == node => Ok(own),
            _ => self.0.binary_search_by_key(&node, |it| it.0),
        }
    }

    #[inline]
    pub(crate) fn get(&self, node: NodeId) -> Option<&T> {
        self.place(node).ok().map(|place| &self.0[place].1)
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, node: NodeId) -> Option<&mut T> {
        self.place(node).ok().map(|place| &mut self.0[place].1)
    }

    /// A node's thing, which is made where there is none.
    pub(crate) fn get_or_insert_with(&mut self, node: NodeId, fresh: impl FnOnce() -> T) -> &mut T {
        let place = self.place(node).unwrap_or_else(|place| {
            self.0.insert(place, (node, fresh()));
            place
        });
        &mut self.0[place].1
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.0.iter().map(|it| it.0)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|it| &it.1)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|it| &mut it.1)
    }
}
