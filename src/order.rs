//! Sorting, once for every type: the standard sort is thousands of bytes for each type that it is used with, and more for one.
//!
//! Places are sorted instead of things, so that one copy serves all; the price is one more look through a table.

use core::cmp::Ordering;

/// Sorts; what compares as equal keeps its order.
pub fn sort<T: Clone>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let by_place = |a: usize, b: usize| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    };
    let sorted = sorted_places(items.len(), &by_place);
    *items = sorted.into_iter().filter_map(|place| items.get(place).cloned()).collect();
}

/// Sorts and leaves out what is there already.
pub fn distinct<T: Clone + Ord>(items: &mut Vec<T>) {
    sort(items, T::cmp);
    items.dedup();
}

/// Merges ever longer runs that are in order.
fn sorted_places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut run = 1;
    while run < count {
        let merged = places.chunks(2 * run).flat_map(|pair| {
            let (mut left, mut right) = pair.split_at_checked(run).unwrap_or((pair, &[]));
            core::iter::from_fn(move || {
                let takes_right = match (left.first(), right.first()) {
                    (Some(a), Some(b)) => compare(*a, *b) == Ordering::Greater,
                    (first, _) => first.is_none(),
                };
                let from = if takes_right { &mut right } else { &mut left };
                let (first, rest) = from.split_first()?;
                *from = rest;
                Some(*first)
            })
        });
        places = merged.collect();
        run *= 2;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_keep_their_order() {
        for count in 0..70 {
            let items: Vec<(u32, u32)> = (0..count).map(|i| (i * 7_919 % 13, i)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut sorted = items;
            sort(&mut sorted, |a, b| a.0.cmp(&b.0));
            assert_eq!(sorted, expected);
        }
    }
}
