//! How far the score of a visitor can be off, of whose oldest events only a few numbers are left.
//!
//! What was folded gave its points at some instant of its time, or none, or kept later events from being counted; each
//! rule is taken at its least and at its most, and every sum rises with its parts.

use alloc::vec::Vec;

use super::Case;
use crate::engage::recent;
use crate::eval::{Given, Tally};
use crate::program::{EVER, Occurrences};

/// The lowest and highest total that the whole history could have given, before rounding; NaN where there is no
/// number, nothing when nothing was folded.
pub fn folded(case: &Case) -> Option<(f64, f64)> {
    if case.timeline.folded.is_empty() && case.timeline.counts.folded == 0 {
        return None;
    }
    let mut low = case.outcome.given.clone();
    let mut high = low.clone();
    let places = low.iter_mut().zip(&mut high).zip(&case.program.rules).enumerate();
    for (place, ((low, high), rule)) in places {
        let Some(events) = rule.events.first() else { continue };
        let (least, most) = range(events, case, place);
        *low = Given { points: rule.bounds.clamp(least).min(low.points), ..*low };
        *high = Given { points: rule.bounds.clamp(most).max(high.points), ..*high };
    }
    let total = |given: Vec<Given>| {
        let mut tally = Tally::default();
        tally.of_rules(case.program, &given);
        if case.outcome.has_value { tally.total } else { f64::NAN }
    };
    Some((total(low), total(high)))
}

/// The least and the most that a rule on events can have given.
fn range(events: &Occurrences, case: &Case, rule: usize) -> (f64, f64) {
    let now = case.at();
    let (mut may_count, mut all) = (false, 0.0);
    for fold in case.timeline.folded.iter().filter(|fold| fold.target == rule) {
        if recent(fold.last, now, events.window) {
            may_count = true;
            let left = events.decay.left((now - fold.last).max(0));
            all += events.points * fold.largest * f64::from(fold.most) * left;
        }
    }
    let occurrences = case.timeline.occurrences.get(rule).map_or(&[][..], Vec::as_slice);
    let occurrences = occurrences.get(case.timeline.recalled(rule)..).unwrap_or_default();
    let gain = events.gain(occurrences, now);
    let (later, latest) = (gain.points, events.limits.iter().all(|limit| limit.latest));
    // Where only the last few count and there are so many, what was before them does not matter.
    let enough = latest && events.limits.iter().any(|limit| limit.per == EVER && limit.n <= gain.count);
    if enough || !may_count {
        return (later, later);
    }
    if !events.bands.is_empty() {
        let points = || events.bands.iter().map(|band| band.points);
        return (points().fold(0.0, f64::min), points().fold(0.0, f64::max));
    }
    // Only a limit that keeps the earliest can have kept later events from being counted.
    let other = if latest { later } else { 0.0 };
    (other.min(later + all), other.max(later + all))
}
