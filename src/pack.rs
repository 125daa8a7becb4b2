//! What came of scoring a lead as a row of numbers: what JavaScript reads in place of objects.
//!
//! NaN is none of a number, -1 none of a place. The first number says how many there are. `pkg/src/score.js` reads it.

use alloc::vec;
use alloc::vec::Vec;

use crate::explain::{Case, Doubt, Line, Worth, bounds, folded, forecast};
use crate::grade::Standing;

/// What everybody wants to know.
pub fn base(case: &Case, pack: &mut Vec<f64>) {
    let outcome = case.outcome;
    let standing = &outcome.standing;
    let worth = Worth::new(case);
    pack.clear();
    pack.extend_from_slice(&[0.0, f64::from(outcome.status as u8), outcome.value(case.program), outcome.raw()]);
    for told in [standing.grade, standing.stage, standing.computed_grade, standing.computed_stage, outcome.route] {
        pack.push(place(told));
    }
    let counts = pack.len();
    pack.extend_from_slice(&[0.0, 0.0, standing.overrides.len() as f64]);
    labels(standing, pack);
    for dimension in &outcome.tally.dimensions {
        let raw = if outcome.has_value { dimension.value } else { f64::NAN };
        pack.extend_from_slice(&[case.program.shown(raw), raw]);
    }
    for (sum, value) in outcome.tally.sums.iter().zip(&outcome.tally.groups) {
        pack.extend_from_slice(&[sum + 0.0, if outcome.has_value { *value } else { f64::NAN }]);
    }
    if outcome.has_value {
        let mut lines = 0;
        worth.lines(&mut |Line { rule, gain, points, value }| {
            lines += 1;
            pack.extend_from_slice(&[
                rule as f64,
                f64::from(gain.count),
                gain.gross + 0.0,
                gain.limit + 0.0,
                gain.decay + 0.0,
                gain.points - points + 0.0,
                points + 0.0,
                value + 0.0,
            ]);
        });
        put(pack, counts, lines);
        let mut changes = 0;
        worth.changes(&mut |change| {
            changes += 1;
            pack.extend_from_slice(&[f64::from(change.on as u8), change.place as f64, change.value]);
        });
        put(pack, counts + 1, changes);
    }
    for place in &standing.overrides {
        pack.push(*place as f64);
    }
    let counts = &case.timeline.counts;
    for count in [counts.given, counts.counted, counts.duplicate, counts.future, counts.without_consent, counts.bot] {
        pack.push(count as f64);
    }
    let length = pack.len();
    put(pack, 0, length);
}

/// What takes longer: what is not known, and what is to come.
pub fn more(case: &Case, pack: &mut Vec<f64>) {
    let outcome = case.outcome;
    let forecast = forecast(case);
    let doubts = case.doubts(&forecast);
    pack.clear();
    pack.extend_from_slice(&[0.0, outcome.coverage]);
    let (low, high, exact) = bounds(case).map_or((f64::NAN, f64::NAN, false), |(r, exact)| (r.low, r.high, exact));
    pack.extend_from_slice(&[case.program.shown(low), case.program.shown(high), f64::from(u8::from(exact))]);
    pack.push(forecast.valid_until.map_or(f64::NAN, |instant| instant as f64));
    let nowhere = Standing { labels: vec![None; case.program.labels.len()], ..Standing::default() };
    let (at, value, then) = match &forecast.next {
        Some((at, then)) => (*at as f64, then.value(case.program), &then.standing),
        None => (f64::NAN, f64::NAN, &nowhere),
    };
    pack.extend_from_slice(&[at, value, place(then.grade), place(then.stage)]);
    pack.extend_from_slice(&[outcome.missing.len() as f64, doubts.len() as f64]);
    for answer in &outcome.flags {
        pack.push(f64::from(*answer as u8));
    }
    labels(then, pack);
    for slot in &outcome.missing {
        pack.push(*slot as f64);
    }
    for doubt in doubts {
        pack.extend_from_slice(&match doubt {
            Doubt::UnexpectedType(slot) => [0.0, slot as f64],
            Doubt::OutOfRange(rule) => [1.0, rule as f64],
            Doubt::TooFar(instant) => [2.0, instant as f64],
        });
    }
    if let Some((lowest, highest)) = folded(case) {
        let events = case.timeline.counts.folded as f64;
        pack.extend_from_slice(&[events, case.program.shown(lowest), case.program.shown(highest)]);
    }
    let length = pack.len();
    put(pack, 0, length);
}

fn place(place: Option<usize>) -> f64 {
    place.map_or(-1.0, |place| place as f64)
}

fn labels(standing: &Standing, pack: &mut Vec<f64>) {
    for label in &standing.labels {
        pack.push(place(*label));
    }
}

fn put(pack: &mut [f64], at: usize, count: usize) {
    if let Some(to) = pack.get_mut(at) {
        *to = count as f64;
    }
}
