//! A list that only grows, and whose clones share all but a handful of pointers.

use alloc::sync::Arc;
use alloc::vec::Vec;

/// How many trees of one height make one of the next.
const WIDTH: usize = 16;

/// Items in the order of being added: full trees, of each height fewer than [`WIDTH`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain<T> {
    /// By rising height; the higher trees hold the older items.
    levels: Vec<Vec<Arc<Tree<T>>>>,
}

/// Items in order.
#[derive(Debug, PartialEq, Eq)]
enum Tree<T> {
    Leaf(T),
    Branches(Vec<Arc<Tree<T>>>),
}

impl<T> Default for Chain<T> {
    fn default() -> Self {
        Self { levels: Vec::new() }
    }
}

impl<T> Chain<T> {
    /// Adds an item at the end.
    pub(crate) fn push(&mut self, item: T) {
        let mut tree = Arc::new(Tree::Leaf(item));
        for level in &mut self.levels {
            level.push(tree);
            if level.len() < WIDTH {
                return;
            }
            let mut branches = Vec::with_capacity(WIDTH);
            branches.append(level);
            tree = Arc::new(Tree::Branches(branches));
        }
        self.levels.push(Vec::from([tree]));
    }

    /// Every item, oldest first.
    pub(crate) fn items(&self) -> Vec<&T> {
        let mut items = Vec::new();
        for level in self.levels.iter().rev() {
            level.iter().for_each(|tree| tree.gather(&mut items));
        }
        items
    }
}

impl<T> Tree<T> {
    fn gather<'a>(&'a self, items: &mut Vec<&'a T>) {
        match self {
            Self::Leaf(item) => items.push(item),
            Self::Branches(branches) => branches.iter().for_each(|it| it.gather(items)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_in_order_and_clones_go_their_own_ways() {
        let mut chain = Chain::default();
        let mut early = chain.clone();
        for number in 0..5_000 {
            chain.push(number);
            if number == 999 {
                early = chain.clone();
            }
        }
        early.push(7);
        assert!(chain.items().into_iter().copied().eq(0..5_000));
        assert!(early.items().into_iter().copied().eq((0..1_000).chain([7])));
    }
}
