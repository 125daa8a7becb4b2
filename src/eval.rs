//! From answers and occurrences to points: rules, groups, dimensions, total.
//!
//! Sums are made of ranges, so that the same few lines give the score (every range a point), its bounds over what is
//! unknown, and what it can become between two instants.

use crate::answers::Answers;
use crate::condition::Truth;
use crate::engage::{Gain, Occurrence, Timeline};
use crate::model::{Bounds, Combine, Missing};
use crate::program::{Clause, Counts, Occurrences, Program, Question, Rule};
use crate::time::Instant;

/// All the values that a number can have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    pub low: f64,
    pub high: f64,
}

impl Range {
    pub fn point(value: f64) -> Range {
        Range { low: value, high: value }
    }

    pub fn is_point(self) -> bool {
        self.low == self.high
    }

    pub fn hull(self, other: Range) -> Range {
        Range { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// The range under a function that never falls.
    pub fn map(self, rising: impl Fn(f64) -> f64) -> Range {
        Range { low: rising(self.low), high: rising(self.high) }
    }

    fn plus(self, other: Range) -> Range {
        Range { low: self.low + other.low, high: self.high + other.high }
    }
}

/// What one rule gave, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given {
    /// Before its own floor and cap.
    pub gain: Gain,
    /// What the group gets.
    pub points: f64,
    /// Its condition, or the value its bands look at, is unknown.
    pub undecided: bool,
    /// The value is known and in none of its bands.
    pub out_of_range: bool,
}

/// Answers a question of the facts.
pub fn of_facts(answers: &Answers) -> impl Fn(&Question) -> Truth + '_ {
    |question| match question {
        Question::Bit(bit) => answers.truth(*bit),
        Question::Result(..) => Truth::Unknown,
    }
}

/// What every rule gives at one instant.
pub fn rules(program: &Program, answers: &Answers, timeline: &Timeline, now: Instant) -> Vec<Given> {
    let given = program.rules.iter().zip(&timeline.occurrences).map(|(rule, occurrences)| match &rule.counts {
        Counts::Events(events) => on_events(rule, events, occurrences, now),
        Counts::Facts { .. } => on_facts(rule, answers),
    });
    given.collect()
}

fn on_events(rule: &Rule, events: &Occurrences, occurrences: &[Occurrence], now: Instant) -> Given {
    let gain = events.gain(occurrences, now);
    Given { gain, points: rule.bounds.clamp(gain.points), ..Given::default() }
}

/// What a rule on the facts gives.
pub fn on_facts(rule: &Rule, answers: &Answers) -> Given {
    let Counts::Facts { when, cases, otherwise, table } = &rule.counts else {
        return Given::default();
    };
    let truth = of_facts(answers);
    let (points, fired, undecided, out_of_range) = match when.truth(&truth) {
        Truth::False => (0.0, false, false, false),
        Truth::Unknown => (0.0, false, true, false),
        Truth::True => match first(cases, &truth) {
            Some((_, Truth::Unknown)) => (0.0, false, true, false),
            Some((points, _)) => (points, true, false, false),
            None => (*otherwise, false, false, table.is_some()),
        },
    };
    let gain = Gain { count: u32::from(fired), gross: points, points, ..Gain::default() };
    let points = if undecided { 0.0 } else { rule.bounds.clamp(points) };
    Given { gain, points, undecided, out_of_range }
}

/// The first case that is not false.
fn first(cases: &[(Clause, f64)], truth: &dyn Fn(&Question) -> Truth) -> Option<(f64, Truth)> {
    let answers = cases.iter().map(|(clause, points)| (*points, clause.truth(truth)));
    answers.into_iter().find(|(_, answer)| *answer != Truth::False)
}

/// All that an undecided rule on the facts could give, taken by itself.
pub fn possible(rule: &Rule, answers: &Answers) -> Range {
    let Counts::Facts { when, cases, otherwise, .. } = &rule.counts else {
        return Range::default();
    };
    let truth = of_facts(answers);
    let mut points = Vec::new();
    if when.truth(&truth) != Truth::True {
        points.push(rule.bounds.clamp(0.0));
    }
    let mut certain = false;
    for (clause, case) in cases {
        match clause.truth(&truth) {
            Truth::False => continue,
            Truth::Unknown => points.push(rule.bounds.clamp(*case)),
            Truth::True => {
                points.push(rule.bounds.clamp(*case));
                certain = true;
                break;
            }
        }
    }
    if !certain {
        points.push(rule.bounds.clamp(*otherwise));
    }
    points.into_iter().map(Range::point).reduce(Range::hull).unwrap_or_default()
}

/// The values of groups, dimensions and total.
#[derive(Clone, Debug)]
pub struct Tally {
    /// What each group gives its dimension; `None` where it left.
    pub groups: Vec<Option<Range>>,
    /// Sums of the groups' rules, before floor and cap.
    pub sums: Vec<Range>,
    pub dimensions: Vec<Option<DimensionTally>>,
    pub total: Option<Range>,
    /// The total before its floor and cap.
    pub unbounded: Range,
}

/// The value of a dimension, and how it came about.
#[derive(Clone, Copy, Debug)]
pub struct DimensionTally {
    /// After floor and cap.
    pub value: Range,
    /// Before.
    pub unbounded: Range,
    /// What one point of a group of weight 1 is worth here.
    pub unit: f64,
}

/// Whether each group stays: one with the policy `neutral` and an undecided rule leaves.
pub fn staying(program: &Program, given: &[Given]) -> Vec<bool> {
    let mut staying = vec![true; program.groups.len()];
    for (rule, given) in program.rules.iter().zip(given) {
        let neutral = program.groups.get(rule.group).is_some_and(|group| group.missing == Missing::Neutral);
        if let (true, Some(stays)) = (given.undecided && neutral, staying.get_mut(rule.group)) {
            *stays = false;
        }
    }
    staying
}

/// Adds up: rules to groups, groups to dimensions, dimensions to the total; each with its floor and cap.
pub fn tally(program: &Program, points: impl Iterator<Item = Range>, staying: &[bool]) -> Tally {
    let mut sums = vec![Range::default(); program.groups.len()];
    for (rule, points) in program.rules.iter().zip(points) {
        if let Some(sum) = sums.get_mut(rule.group) {
            *sum = sum.plus(points);
        }
    }
    tally_groups(program, sums, staying)
}

/// The same from the sums of the groups on.
pub fn tally_groups(program: &Program, sums: Vec<Range>, staying: &[bool]) -> Tally {
    let stays = |place: usize| staying.get(place).copied().unwrap_or(true);
    let bounded = |(place, group): (usize, &crate::program::Group)| {
        let sum = sums.get(place).copied().unwrap_or_default();
        stays(place).then(|| clamp(group.bounds, sum))
    };
    let groups: Vec<Option<Range>> = program.groups.iter().enumerate().map(bounded).collect();
    let dimensions: Vec<Option<DimensionTally>> =
        (0..program.dimensions.len()).map(|place| dimension(program, place, &groups)).collect();
    let (unbounded, total) = match combine(program, &dimensions) {
        Some(unbounded) => (unbounded, Some(clamp(program.bounds, unbounded))),
        None => (Range::default(), None),
    };
    Tally { groups, sums, dimensions, total, unbounded }
}

fn clamp(bounds: Bounds, range: Range) -> Range {
    range.map(|value| bounds.clamp(value) + 0.0)
}

/// Σ(weight × group), over Σ(weight × cap) × 100 where the dimension is normalised; none where every group left.
fn dimension(program: &Program, place: usize, groups: &[Option<Range>]) -> Option<DimensionTally> {
    let dimension = program.dimensions.get(place)?;
    let mut sum = Range::default();
    let mut attainable = 0.0;
    let mut left = true;
    for (group_place, group) in program.groups_of(place) {
        let Some(Some(points)) = groups.get(group_place) else {
            continue;
        };
        sum = sum.plus(points.map(|points| points * group.weight));
        attainable += group.weight * group.bounds.cap.unwrap_or(0.0);
        left = false;
    }
    let empty = program.groups_of(place).next().is_none();
    if (left && !empty) || (dimension.normalise && attainable < 1e-9) {
        return None;
    }
    let unit = if dimension.normalise { 100.0 / attainable } else { 1.0 };
    let unbounded = if dimension.normalise { sum.map(|sum| sum / attainable * 100.0) } else { sum };
    Some(DimensionTally { value: clamp(dimension.bounds, unbounded), unbounded, unit })
}

/// The total over the dimensions that have a value.
fn combine(program: &Program, dimensions: &[Option<DimensionTally>]) -> Option<Range> {
    let valued = program
        .dimensions
        .iter()
        .zip(dimensions)
        .filter_map(|(dimension, tally)| Some((dimension.weight, (*tally)?.value)));
    if program.combine == Combine::Max {
        return valued.map(|(_, value)| value).reduce(|a, b| Range { low: a.low.max(b.low), high: a.high.max(b.high) });
    }
    let (mut sum, mut weights, mut any) = (Range::default(), 0.0, false);
    for (weight, value) in valued {
        sum = sum.plus(value.map(|value| value * weight));
        weights += weight;
        any = true;
    }
    match program.combine {
        Combine::Mean if weights < 1e-9 => None,
        Combine::Mean => Some(sum.map(|sum| sum / weights)),
        _ => any.then_some(sum),
    }
}
