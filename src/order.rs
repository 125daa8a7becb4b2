//! Sorting, once for every type: the standard sort is thousands of bytes for each type that it is used with, and more for one.
//!
//! Places are sorted instead of things, so that one copy serves all; the price is one more look through a table.

use alloc::vec::Vec;

use core::cmp::Ordering;

/// Sorts; what compares as equal keeps its order.
#[cfg(feature = "full")]
pub fn sort<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let by_place = |a: usize, b: usize| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    };
    for (a, b) in swaps(places(items.len(), &by_place)) {
        items.swap(a, b);
    }
}

/// Sorts and leaves out what is there already.
#[cfg(feature = "full")]
pub fn distinct<T: Ord>(items: &mut Vec<T>) {
    sort(items, T::cmp);
    items.dedup();
}

/// What to swap, one after the other, so that at each place stands what stood at the place listed for it.
#[cfg(feature = "full")]
fn swaps(mut places: Vec<usize>) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    for start in 0..places.len() {
        let mut at = start;
        while let Some(place) = places.get_mut(at) {
            let from = core::mem::replace(place, at);
            if from == start || from == at {
                break;
            }
            swaps.push((at, from));
            at = from;
        }
    }
    swaps
}

/// The same for whole numbers.
pub fn distinct_numbers(items: &[i64]) -> Vec<i64> {
    let number = |place: usize| items.get(place).copied().unwrap_or(0);
    let mut distinct: Vec<i64> = Vec::new();
    for place in places(items.len(), &|a, b| number(a).cmp(&number(b))) {
        if distinct.last() != Some(&number(place)) {
            distinct.push(number(place));
        }
    }
    distinct
}

/// Adds a place to a list in which each is once and in order.
pub fn insert(list: &mut Vec<usize>, place: usize) {
    let at = list.partition_point(|known| *known < place);
    if list.get(at) != Some(&place) {
        list.push(place);
        bring_forward(list, at);
    }
}

/// Moves the last to a place, one by one: to turn a whole range at once is hundreds of bytes for each type.
pub fn bring_forward<T>(list: &mut [T], place: usize) {
    for at in (place + 1..list.len()).rev() {
        list.swap(at - 1, at);
    }
}

/// The places of so many things in order, by merging ever longer runs that are in order.
pub fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::new();
    for place in 0..count {
        places.push(place);
    }
    let mut run = 1;
    while run < count {
        let mut merged = Vec::new();
        let mut rest = places.as_slice();
        while !rest.is_empty() {
            let (mut left, after) = rest.split_at_checked(run).unwrap_or((rest, &[]));
            let (mut right, after) = after.split_at_checked(run).unwrap_or((after, &[]));
            rest = after;
            loop {
                let takes_right = match (left.first(), right.first()) {
                    (Some(a), Some(b)) => compare(*a, *b) == Ordering::Greater,
                    (first, _) => first.is_none(),
                };
                let from = if takes_right { &mut right } else { &mut left };
                let Some((first, others)) = from.split_first() else { break };
                merged.push(*first);
                *from = others;
            }
        }
        places = merged;
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
