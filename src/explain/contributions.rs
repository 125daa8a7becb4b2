//! What each rule gave, and what caps and floors above the rules added or took: lines that add up to the score.

use alloc::vec::Vec;

use super::Case;
use crate::engage::Gain;
use crate::eval::{self, Given};
use crate::program::{Bounds, Combine, Group, NONE};

/// What one rule gave.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub rule: usize,
    /// Before its own floor and cap.
    pub gain: Gain,
    /// What its group got.
    pub points: f64,
    /// The same as a share of the total before rounding.
    pub value: f64,
}

/// What a bound changed.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub on: Level,
    /// Of the group or dimension.
    pub place: usize,
    /// As a share of the total before rounding: a cap takes, a floor adds.
    pub value: f64,
}

impl Change {
    /// What kind of bound it was.
    #[cfg(feature = "full")]
    pub fn kind(&self) -> &'static str {
        if self.value < 0.0 { "cap" } else { "floor" }
    }
}

/// Where bounds are, above the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Group,
    Dimension,
    Total,
}

/// What one point is worth in the total: of each dimension, and within it of each group.
pub struct Worth<'c> {
    case: &'c Case<'c>,
    /// Of a point of each dimension; 0 where it has no value or is not the highest.
    dimensions: Vec<f64>,
}

impl<'c> Worth<'c> {
    pub fn new(case: &'c Case<'c>) -> Worth<'c> {
        let (program, tally) = (case.program, &case.outcome.tally);
        let (mut dimensions, mut all, mut highest) = (Vec::new(), 0.0, true);
        for (dimension, found) in program.dimensions.iter().zip(&tally.dimensions) {
            let worth = match program.combine {
                _ if found.value.is_nan() => 0.0,
                Combine::Max => {
                    let first = highest && found.value == tally.unbounded;
                    highest &= !first;
                    f64::from(u8::from(first))
                }
                _ => dimension.weight,
            };
            dimensions.push(worth);
            all += worth;
        }
        if program.combine == Combine::Mean && all > 0.0 {
            dimensions.iter_mut().for_each(|worth| *worth /= all);
        }
        Worth { case, dimensions }
    }

    fn of_dimension(&self, place: usize) -> f64 {
        self.dimensions.get(place).copied().unwrap_or(0.0)
    }

    /// What one point of a group is worth in the total; 0 where the group left.
    fn of_group(&self, place: usize, group: &Group) -> f64 {
        let tally = &self.case.outcome.tally;
        let dimension = group.dimension as usize;
        let unit = tally.dimensions.get(dimension).map_or(0.0, |dimension| dimension.unit);
        let stays = tally.groups.get(place).is_some_and(|points| !points.is_nan());
        if stays { group.weight * unit * self.of_dimension(dimension) } else { 0.0 }
    }

    /// Visits the rules that fired or lost something.
    pub fn lines(&self, visit: &mut dyn FnMut(Line)) {
        let Case { program, outcome, timeline, .. } = *self.case;
        let rules = program.rules.iter().zip(&program.plain).zip(&outcome.given);
        for (place, ((rule, plain), given)) in rules.enumerate() {
            let gain = if plain.when.0 != NONE {
                Gain { count: given.count, gross: given.points, points: given.points, ..Gain::default() }
            } else if rule.events.is_empty() {
                let (gross, Given { count, .. }) = eval::gross(rule, &outcome.answers.truths);
                Gain { count, gross, points: gross, ..Gain::default() }
            } else {
                eval::on_events(rule, place, timeline, self.case.at())
            };
            if gain.count > 0 || gain.gross != 0.0 || given.points != 0.0 {
                let group = program.groups.get(rule.group as usize);
                let worth = group.map_or(0.0, |group| self.of_group(rule.group as usize, group));
                visit(Line { rule: place, gain, points: given.points, value: given.points * worth });
            }
        }
    }

    /// Visits every bound that changed anything that counts, from the groups up to the total.
    pub fn changes(&self, visit: &mut dyn FnMut(Change)) {
        let (program, tally) = (self.case.program, &self.case.outcome.tally);
        let mut note = |on, place, bounds: Bounds, value: f64, worth: f64| {
            let value = (bounds.clamp(value) - value) * worth + 0.0;
            if value != 0.0 && !value.is_nan() {
                visit(Change { on, place, value });
            }
        };
        for (place, (group, sum)) in program.groups.iter().zip(&tally.sums).enumerate() {
            note(Level::Group, place, group.bounds, *sum, self.of_group(place, group));
        }
        for (place, (dimension, found)) in program.dimensions.iter().zip(&tally.dimensions).enumerate() {
            note(Level::Dimension, place, dimension.bounds, found.unbounded, self.of_dimension(place));
        }
        note(Level::Total, 0, program.bounds, tally.unbounded, 1.0);
    }
}
