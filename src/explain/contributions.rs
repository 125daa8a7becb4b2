//! What each rule gave, and what caps and floors above the rules added or took: lines that add up to the score.

use crate::eval::DimensionTally;
use crate::model::{Bounds, Combine};
use crate::outcome::Outcome;
use crate::program::{Group, Program};
use crate::score::{Adjustment, Contribution, Lost};

/// What one point is worth in the total: of each dimension, and within it of each group.
struct Worth<'p> {
    program: &'p Program,
    outcome: &'p Outcome,
    /// Of a point of each dimension.
    dimensions: Vec<f64>,
}

/// The rules that fired or lost something, and the adjustments above them.
pub fn contributions(program: &Program, outcome: &Outcome) -> (Vec<Contribution>, Vec<Adjustment>) {
    let worth = Worth { program, outcome, dimensions: dimension_worth(program, outcome) };
    let lines = (0..program.rules.len()).filter_map(|rule| worth.line(rule)).collect();
    (lines, worth.adjustments())
}

/// What one point of each dimension is worth in the total; 0 where it has no value or is not the highest.
fn dimension_worth(program: &Program, outcome: &Outcome) -> Vec<f64> {
    let valued = |place: usize| outcome.tally.dimensions.get(place).is_some_and(Option::is_some);
    let weights = || program.dimensions.iter().enumerate().map(|(place, d)| if valued(place) { d.weight } else { 0.0 });
    match program.combine {
        Combine::Sum => weights().collect(),
        Combine::Mean => {
            let all: f64 = weights().sum();
            weights().map(|weight| if all > 0.0 { weight / all } else { 0.0 }).collect()
        }
        Combine::Max => {
            let values =
                outcome.tally.dimensions.iter().map(|dimension| dimension.map(|dimension| dimension.value.low));
            let highest =
                values.clone().position(|value| value.is_some() && value == Some(outcome.tally.unbounded.low));
            (0..program.dimensions.len()).map(|place| f64::from(u8::from(Some(place) == highest))).collect()
        }
    }
}

impl Worth<'_> {
    /// What one point of a group is worth in the total; 0 where the group left.
    fn of_group(&self, place: usize, group: &Group) -> f64 {
        let stays = self.outcome.staying.get(place).copied().unwrap_or(false);
        let unit = self.dimension(group.dimension).map_or(0.0, |dimension| dimension.unit);
        if stays { group.weight * unit * self.of_dimension(group.dimension) } else { 0.0 }
    }

    fn of_dimension(&self, place: usize) -> f64 {
        self.dimensions.get(place).copied().unwrap_or(0.0)
    }

    fn dimension(&self, place: usize) -> Option<&DimensionTally> {
        self.outcome.tally.dimensions.get(place)?.as_ref()
    }

    fn line(&self, place: usize) -> Option<Contribution> {
        let rule = self.program.rules.get(place)?;
        let given = self.outcome.given.get(place)?;
        let gain = &given.gain;
        if gain.count == 0 && gain.gross == 0.0 && given.points == 0.0 {
            return None;
        }
        let group = self.program.groups.get(rule.group)?;
        Some(Contribution {
            rule: rule.id.clone(),
            group: group.id.clone(),
            dimension: self.program.dimensions.get(group.dimension)?.id.clone(),
            count: gain.count,
            gross: gain.gross + 0.0,
            lost: Lost { limit: gain.limit + 0.0, decay: gain.decay + 0.0, cap: gain.points - given.points + 0.0 },
            points: given.points + 0.0,
            value: given.points * self.of_group(rule.group, group) + 0.0,
        })
    }

    /// Every bound that was touched, from the groups up to the total.
    fn adjustments(&self) -> Vec<Adjustment> {
        let tally = &self.outcome.tally;
        let mut lines = Vec::new();
        for (place, group) in self.program.groups.iter().enumerate() {
            let sum = tally.sums.get(place).map_or(0.0, |sum| sum.low);
            lines.extend(line("group", &group.id, group.bounds, sum, self.of_group(place, group)));
        }
        for (place, dimension) in self.program.dimensions.iter().enumerate() {
            let value = self.dimension(place).map_or(0.0, |dimension| dimension.unbounded.low);
            let worth = if self.dimension(place).is_some() { self.of_dimension(place) } else { 0.0 };
            lines.extend(line("dimension", &dimension.id, dimension.bounds, value, worth));
        }
        if tally.total.is_some() {
            lines.extend(line("total", "total", self.program.bounds, tally.unbounded.low, 1.0));
        }
        lines
    }
}

/// The line of a bound, where it changed anything that counts.
fn line(on: &'static str, id: &str, bounds: Bounds, value: f64, worth: f64) -> Option<Adjustment> {
    let change = (bounds.clamp(value) - value) * worth + 0.0;
    let kind = if change < 0.0 { "cap" } else { "floor" };
    (change != 0.0).then(|| Adjustment { on, id: id.to_owned(), kind, value: change })
}
