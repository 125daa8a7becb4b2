//! What is left of events that there was no room for.

use crate::time::Instant;

/// What is left of the oldest events: those that one rule counted, or that raised one flag.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fold {
    pub target: usize,
    /// The consent that they needed; 0: none.
    pub purpose: i64,
    /// Occurrences that are counted: there were no fewer.
    pub times: u32,
    /// There were no more: what came late, or with another state, may have been folded before.
    pub most: u32,
    /// What the points of those counted are multiplied by, in all.
    pub amount: f64,
    /// The largest multiplier of one.
    pub largest: f64,
    pub first: Instant,
    pub last: Instant,
}
