//! Sorting, once for every type: the standard sort is thousands of bytes for each type that it is used with.
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

fn sorted_places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}
