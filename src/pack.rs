//! What came of scoring a lead as a row of numbers: what JavaScript reads in place of objects.
//!
//! NaN is none of a number, -1 none of a place. The first number says how many there are. `pkg/src/score.js` reads it.

use crate::condition::Truth;
use crate::explain::{Case, Doubt, Level, Worth, bounds, forecast};
use crate::grade::Standing;

/// What everybody wants to know.
pub fn base(case: &Case, pack: &mut Vec<f64>) {
    let outcome = case.outcome;
    let standing = &outcome.standing;
    let worth = Worth::new(case);
    let (lines, changes) = if outcome.has_value { (worth.lines(), worth.changes()) } else { (Vec::new(), Vec::new()) };
    pack.clear();
    pack.extend([0.0, f64::from(outcome.status as u8), outcome.value(case.program), outcome.raw()]);
    for told in [standing.grade, standing.stage, standing.computed_grade, standing.computed_stage, outcome.route] {
        pack.push(place(told));
    }
    pack.extend([lines.len() as f64, changes.len() as f64, standing.overrides.len() as f64]);
    labels(standing, pack);
    for dimension in &outcome.tally.dimensions {
        let raw = if outcome.has_value { dimension.value } else { f64::NAN };
        pack.extend([case.program.shown(raw), raw]);
    }
    for (sum, value) in outcome.tally.sums.iter().zip(&outcome.tally.groups) {
        pack.extend([sum + 0.0, if outcome.has_value { *value } else { f64::NAN }]);
    }
    for line in lines {
        let gain = &line.gain;
        let lost = [gain.limit, gain.decay, gain.points - line.points, line.points, line.value];
        pack.extend([line.rule as f64, f64::from(gain.count), gain.gross + 0.0]);
        pack.extend(lost.map(|points| points + 0.0));
    }
    for change in changes {
        let level = match change.on {
            Level::Group => 0.0,
            Level::Dimension => 1.0,
            Level::Total => 2.0,
        };
        pack.extend([level, change.place as f64, change.value]);
    }
    pack.extend(standing.overrides.iter().map(|place| *place as f64));
    let counts = &case.timeline.counts;
    for count in [counts.given, counts.counted, counts.duplicate, counts.future, counts.without_consent, counts.bot] {
        pack.push(count as f64);
    }
    count(pack);
}

/// What takes longer: what is not known, and what is to come.
pub fn more(case: &Case, pack: &mut Vec<f64>) {
    let outcome = case.outcome;
    let shown = |number: f64| case.program.shown(number);
    let forecast = forecast(case);
    let doubts = case.doubts(&forecast);
    pack.clear();
    pack.extend([0.0, outcome.coverage]);
    match bounds(case) {
        Some((range, exact)) => pack.extend([shown(range.low), shown(range.high), f64::from(u8::from(exact))]),
        None => pack.extend([f64::NAN; 3]),
    }
    pack.push(forecast.valid_until.map_or(f64::NAN, |instant| instant as f64));
    let nowhere = Standing::default();
    let then = match &forecast.next {
        Some((at, then)) => {
            pack.extend([*at as f64, then.value(case.program)]);
            &then.standing
        }
        None => {
            pack.extend([f64::NAN; 2]);
            &nowhere
        }
    };
    pack.extend([place(then.grade), place(then.stage), outcome.missing.len() as f64, doubts.len() as f64]);
    for answer in &outcome.flags {
        pack.push(match answer {
            Truth::False => 0.0,
            Truth::Unknown => 1.0,
            Truth::True => 2.0,
        });
    }
    let axes = pack.len() + case.program.labels.len();
    labels(then, pack);
    pack.resize(axes, -1.0);
    pack.extend(outcome.missing.iter().map(|slot| *slot as f64));
    for doubt in doubts {
        pack.extend(match doubt {
            Doubt::UnexpectedType(slot) => [0.0, slot as f64],
            Doubt::OutOfRange(rule) => [1.0, rule as f64],
            Doubt::TooFar(instant) => [2.0, instant as f64],
        });
    }
    count(pack);
}

fn place(place: Option<usize>) -> f64 {
    place.map_or(-1.0, |place| place as f64)
}

fn labels(standing: &Standing, pack: &mut Vec<f64>) {
    pack.extend(standing.labels.iter().map(|label| place(*label)));
}

/// Puts the length in front.
fn count(pack: &mut Vec<f64>) {
    let length = pack.len() as f64;
    if let Some(first) = pack.first_mut() {
        *first = length;
    }
}
