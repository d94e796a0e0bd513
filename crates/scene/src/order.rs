//! Order among few: nodes and the borders of a timeline's bars are some dozens, for which a general
//! sort is a lot of code.

/// Puts `items` in the order of their keys; equal ones stay as they stood.
pub(crate) fn order_by<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        let place = items[..end].partition_point(|item| key(item) <= key(&items[end]));
        items[place..=end].rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use super::order_by;

    #[test]
    fn items_come_in_order_and_equal_ones_as_they_stood() {
        let mut items = [(3, 'a'), (1, 'b'), (3, 'c'), (0, 'd'), (1, 'e')];
        order_by(&mut items, |item| item.0);
        assert_eq!(items, [(0, 'd'), (1, 'b'), (1, 'e'), (3, 'a'), (3, 'c')]);
        order_by(&mut items[..0], |item| item.0);
    }
}
