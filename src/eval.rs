//! From answers and occurrences to points: rules, groups, dimensions, total.

use alloc::vec::Vec;

use crate::answers::Answers;
use crate::condition::Truth;
use crate::engage::{Gain, Timeline};
use crate::program::{Bounds, Combine, Dimension, Missing, NONE, Program, Rule, Word};
use crate::time::Instant;

/// What one rule gave.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Given {
    /// What the group gets.
    pub points: f64,
    /// Occurrences that count; 1 for a rule on the facts that fired.
    pub count: u32,
    /// Its condition, or the value its bands look at, is unknown.
    pub undecided: bool,
    /// The value is known and in none of its bands.
    pub out_of_range: bool,
}

/// What a rule on the facts gives.
pub fn on_facts(rule: &Rule, truths: &[Word]) -> Given {
    let (points, given) = gross(rule, truths);
    let points = if given.undecided { 0.0 } else { rule.bounds.clamp(points) };
    Given { points, ..given }
}

/// The same before the rule's own floor and cap.
pub fn gross(rule: &Rule, truths: &[Word]) -> (f64, Given) {
    let given = Given::default();
    match rule.when.truth(truths) {
        Truth::True => {}
        answer => return (0.0, Given { undecided: answer == Truth::Unknown, ..given }),
    }
    for case in &rule.cases {
        match case.when.truth(truths) {
            Truth::False => {}
            Truth::Unknown => return (0.0, Given { undecided: true, ..given }),
            Truth::True => return (case.points, Given { count: 1, ..given }),
        }
    }
    (rule.otherwise, Given { out_of_range: rule.table != NONE, ..given })
}

/// All that an undecided rule on the facts could give, taken by itself: the least and the most.
pub fn possible(rule: &Rule, truths: &[Word]) -> (f64, f64) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut note = |points: f64| {
        least = least.min(rule.bounds.clamp(points));
        most = most.max(rule.bounds.clamp(points));
    };
    let when = rule.when.truth(truths);
    if when != Truth::True {
        note(0.0);
    }
    let mut certain = when == Truth::False;
    for case in &rule.cases {
        let answer = case.when.truth(truths);
        if !certain && answer != Truth::False {
            note(case.points);
        }
        certain |= answer == Truth::True;
    }
    if !certain {
        note(rule.otherwise);
    }
    (least, most)
}

/// What a rule on events gives, and how.
pub fn on_events(rule: &Rule, place: usize, timeline: &Timeline, now: Instant) -> Gain {
    let occurrences = timeline.occurrences.get(place).map_or(&[][..], Vec::as_slice);
    rule.events.first().map_or_else(Gain::default, |events| events.gain(occurrences, now))
}

/// What every rule gives at one instant.
pub fn rules(program: &Program, answers: &Answers, timeline: &Timeline, now: Instant, given: &mut Vec<Given>) {
    given.resize(program.rules.len(), Given::default());
    for (place, ((given, plain), rule)) in given.iter_mut().zip(&program.plain).zip(&program.rules).enumerate() {
        *given = if plain.when.0 != NONE {
            // Without a branch: which rules fire nobody can guess, and guessing wrong takes longer than all this.
            let (yes, no) = plain.when.bits(&answers.truths);
            let points = f64::from_bits(plain.points.to_bits() & yes.wrapping_neg());
            Given { points, count: yes as u32, undecided: yes == no, out_of_range: false }
        } else if rule.events.is_empty() {
            on_facts(rule, &answers.truths)
        } else {
            let (points, count) = match timeline.quick.get(place) {
                Some(Some(quick)) => (quick.points, quick.count),
                _ => {
                    let gain = on_events(rule, place, timeline, now);
                    (gain.points, gain.count)
                }
            };
            Given { points: rule.bounds.clamp(points), count, ..Given::default() }
        };
    }
}

/// The values of groups, dimensions and total; NaN where there is none.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Sums of the groups' rules, before floor and cap.
    pub sums: Vec<f64>,
    /// What each group gives its dimension; none where it left.
    pub groups: Vec<f64>,
    pub dimensions: Vec<DimensionTally>,
    pub total: f64,
    /// The total before its floor and cap.
    pub unbounded: f64,
}

/// The value of a dimension, and how it came about.
#[derive(Clone, Copy, Debug)]
pub struct DimensionTally {
    /// After floor and cap.
    pub value: f64,
    /// Before.
    pub unbounded: f64,
    /// What one point of a group of weight 1 is worth here.
    pub unit: f64,
}

impl DimensionTally {
    const NOTHING: DimensionTally = DimensionTally { value: f64::NAN, unbounded: f64::NAN, unit: 0.0 };

    /// Σ(weight × group), over Σ(weight × cap) × 100 where it is normalised.
    pub fn new(dimension: &Dimension, sum: f64, attainable: f64) -> DimensionTally {
        if !dimension.normalise {
            DimensionTally { value: clamp(dimension.bounds, sum), unbounded: sum, unit: 1.0 }
        } else if attainable < 1e-9 {
            DimensionTally::NOTHING
        } else {
            let unbounded = sum / attainable * 100.0;
            DimensionTally { value: clamp(dimension.bounds, unbounded), unbounded, unit: 100.0 / attainable }
        }
    }
}

/// The total in the making, over the dimensions that have a value.
#[derive(Clone, Copy)]
pub struct Total {
    sum: f64,
    weights: f64,
    highest: f64,
}

impl Total {
    pub const NOTHING: Total = Total { sum: 0.0, weights: 0.0, highest: f64::NAN };

    /// Adds the value of a dimension, if it has one.
    pub fn add(&mut self, dimension: &Dimension, value: f64) {
        if !value.is_nan() {
            self.sum += value * dimension.weight;
            self.weights += dimension.weight;
            self.highest = if self.highest > value { self.highest } else { value };
        }
    }

    /// All of them as one value, before floor and cap; NaN where there is none.
    pub fn unbounded(self, program: &Program) -> f64 {
        match program.combine {
            _ if self.highest.is_nan() => f64::NAN,
            Combine::Max => self.highest,
            Combine::Sum => self.sum,
            Combine::Mean if self.weights < 1e-9 => f64::NAN,
            Combine::Mean => self.sum / self.weights,
        }
    }
}

impl Tally {
    /// Adds up what rules gave. A group with the policy `neutral` and an undecided rule leaves.
    pub fn of_rules(&mut self, program: &Program, given: &[Given]) {
        self.sums.clear();
        self.groups.clear();
        let mut rules = given.iter();
        for group in &program.groups {
            let (mut sum, mut undecided) = (0.0, false);
            for rule in rules.by_ref().take(group.rules as usize) {
                sum += rule.points;
                undecided |= rule.undecided;
            }
            self.sums.push(sum);
            let left = undecided && group.missing == Missing::Neutral;
            self.groups.push(if left { f64::NAN } else { clamp(group.bounds, sum) });
        }
        self.of_groups(program);
    }

    /// Adds up sums of groups of which none has left.
    pub fn of_sums(program: &Program, sums: &[f64]) -> Tally {
        let mut tally = Tally { sums: sums.to_vec(), ..Tally::default() };
        for (group, sum) in program.groups.iter().zip(sums) {
            tally.groups.push(clamp(group.bounds, *sum));
        }
        tally.of_groups(program);
        tally
    }

    /// From groups to dimensions, and to the total.
    pub fn of_groups(&mut self, program: &Program) {
        self.dimensions.clear();
        let mut first = 0;
        for dimension in &program.dimensions {
            let places = first..first + dimension.groups as usize;
            first = places.end;
            let (mut sum, mut attainable, mut left) = (0.0, 0.0, !places.is_empty());
            let groups = program.groups.get(places.clone()).unwrap_or_default();
            for (group, points) in groups.iter().zip(self.groups.get(places).unwrap_or_default()) {
                if !points.is_nan() {
                    sum += points * group.weight;
                    attainable += group.weight * group.bounds.cap;
                    left = false;
                }
            }
            let tally = DimensionTally::new(dimension, sum, attainable);
            self.dimensions.push(if left { DimensionTally::NOTHING } else { tally });
        }
        let mut total = Total::NOTHING;
        for (dimension, tally) in program.dimensions.iter().zip(&self.dimensions) {
            total.add(dimension, tally.value);
        }
        self.unbounded = total.unbounded(program);
        self.total = clamp(program.bounds, self.unbounded);
    }
}

/// Within bounds, and never `-0`.
pub fn clamp(bounds: Bounds, value: f64) -> f64 {
    bounds.clamp(value) + 0.0
}
