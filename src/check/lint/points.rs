//! Points: rules that can never give any, bounds that leave a rule without effect, thresholds out of reach.

use super::each_rule;
use crate::answers::Answers;
use crate::condition::{Condition, Relation, Scalar, Test, Truth};
use crate::error::{Code, Path};
use crate::eval::{self, Range, of_facts, possible};
use crate::limits::COMPLETIONS;
use crate::model::{Combine, EventPoints, Label, Model, Per};
use crate::program::{Counts, Multiplier, Occurrences, Program, Rule, picks};
use crate::read::Reader;
use crate::value::written;

/// In place of infinity, so that no product is undefined: far beyond every sum of points.
const ENDLESS: f64 = 1e60;

pub fn lint(reader: &mut Reader, model: &Model, program: &Program) {
    let unknown = Answers::new(&program.facts);
    let ranges: Vec<Range> = program.rules.iter().map(|rule| attainable(rule, &unknown)).collect();
    let mut place = 0;
    each_rule(model, &mut |path, _| {
        if let (Some(rule), Some(range)) = (program.rules.get(place), ranges.get(place)) {
            one_rule(reader, path, program, &unknown, rule, *range, &ranges);
        }
        place += 1;
    });
    thresholds(reader, model, program, &ranges);
    let weighted = model.dimensions.iter().any(|dimension| dimension.weight != 1.0);
    if model.total.combine == Combine::Max && weighted {
        let message = format_args!("weights of dimensions change nothing where the total is the highest of them");
        reader.warn(Code::NoEffect, &Path::Root("total").field("combine"), message);
    }
}

/// All that a rule can give, over every lead.
fn attainable(rule: &Rule, unknown: &Answers) -> Range {
    let range = match &rule.counts {
        Counts::Facts { .. } => return possible(rule, unknown),
        Counts::Events(events) => match &events.gives {
            EventPoints::Frequency(bands) => {
                bands.iter().map(|band| Range::point(band.points)).fold(Range::default(), Range::hull)
            }
            EventPoints::Each(points) => Range::point(points * most_times(events)).hull(Range::default()),
        },
    };
    range.map(|points| rule.bounds.clamp(points))
}

/// How often a rule can count, times its largest multiplier.
fn most_times(events: &Occurrences) -> f64 {
    let ever = events.limits.iter().filter(|limit| limit.per == Per::Ever).map(|limit| f64::from(limit.n));
    let multiplier = match events.multiplier {
        Multiplier::Number(number) => number,
        Multiplier::Property { max, .. } => max,
    };
    ever.reduce(f64::min).unwrap_or(ENDLESS / 1e40) * multiplier
}

fn one_rule(
    reader: &mut Reader,
    path: &Path,
    program: &Program,
    unknown: &Answers,
    rule: &Rule,
    range: Range,
    ranges: &[Range],
) {
    if never_fires(program, unknown, rule) {
        reader.warn(Code::UnreachableRule, path, format_args!("no value meets the condition of rule `{}`", rule.id));
        return;
    }
    let unbounded = match &rule.counts {
        Counts::Events(Occurrences { gives: EventPoints::Each(points), .. }) => *points,
        _ => 0.0,
    };
    if unbounded != 0.0 && range == Range::default() {
        reader.warn(Code::DeadRule, path, format_args!("its own bounds leave rule `{}` without points", rule.id));
        return;
    }
    let Some(group) = program.groups.get(rule.group) else {
        return;
    };
    let others = program.rules.iter().zip(ranges).filter(|(other, _)| other.group == rule.group && other.id != rule.id);
    let others = others
        .fold(Range::default(), |sum, (_, range)| Range { low: sum.low + range.low, high: sum.high + range.high });
    let full = group.bounds.cap.is_some_and(|cap| others.low >= cap) && range.low >= 0.0 && range.high > 0.0;
    let empty = group.bounds.floor.is_some_and(|floor| others.high <= floor) && range.high <= 0.0 && range.low < 0.0;
    if full || empty {
        let bound = if full { "cap" } else { "floor" };
        let message = format_args!(
            "the {bound} of group `{}` is reached without rule `{}`, which changes nothing",
            group.id, rule.id
        );
        reader.warn(Code::DeadRule, path, message);
    }
}

/// Whether every value of the attributes it reads leaves a rule on facts without effect.
fn never_fires(program: &Program, unknown: &Answers, rule: &Rule) -> bool {
    let Counts::Facts { when, cases, .. } = &rule.counts else {
        return false;
    };
    let places = program.facts.asked(rule.counts.on_facts());
    let slots: Vec<_> = places.iter().filter_map(|place| Some((*place, program.facts.slots.get(*place)?))).collect();
    // A cell more for each slot: unknown, which `$exists` may ask for.
    let count = slots.iter().try_fold(1_usize, |count, (_, slot)| count.checked_mul(slot.cells.len() + 1));
    let Some(count) = count.filter(|count| *count <= COMPLETIONS) else {
        return false;
    };
    if !slots.iter().all(|(_, slot)| slot.complete || only_numbers(&slot.tests)) {
        return false;
    }
    let mut answers = unknown.clone();
    for combination in 0..count {
        let picked = picks(combination, slots.iter().map(|(_, slot)| slot.cells.len() + 1));
        for ((place, slot), cell) in slots.iter().zip(picked) {
            match slot.cells.get(cell) {
                Some(cell) => answers.set_class(*place, slot, &cell.class, true),
                None => answers.set_unknown(*place, slot),
            }
        }
        let truth = of_facts(&answers);
        let fires =
            when.truth(&truth) == Truth::True && cases.iter().any(|(clause, _)| clause.truth(&truth) == Truth::True);
        if fires {
            return false;
        }
    }
    true
}

/// Numbers that are only ordered have cells for every case, even when the attribute is not declared.
fn only_numbers(tests: &[Test]) -> bool {
    let ordered = |test: &Test| matches!(test, Test::Exists | Test::Compare(_, Scalar::Number(_), _));
    tests.iter().all(ordered)
}

fn thresholds(reader: &mut Reader, model: &Model, program: &Program, ranges: &[Range]) {
    let tally = eval::tally(program, ranges.iter().copied(), &vec![true; program.groups.len()]);
    let root = Path::Root("");
    let dimensions = root.field("dimensions");
    for (place, (dimension, tally)) in model.dimensions.iter().zip(&tally.dimensions).enumerate() {
        if let Some(tally) = tally {
            let path = dimensions.item(place);
            labels(reader, &path.field("labels"), &dimension.labels, shown(program, tally.value));
        }
    }
    let Some(total) = tally.total.map(|total| shown(program, total)) else {
        return;
    };
    let path = root.field("total");
    labels(reader, &path.field("labels"), &model.total.labels, total);
    let stages = root.field("stages");
    for (place, stage) in model.stages.iter().enumerate() {
        let Some(when) = &stage.when else { continue };
        let dimension = |id: &str| {
            let place = model.dimensions.iter().position(|dimension| dimension.id == id)?;
            tally.dimensions.get(place)?.as_ref().map(|tally| shown(program, tally.value))
        };
        for (name, relation, bound) in needed(when) {
            let range = match name.strip_prefix("dimensions.") {
                Some(id) => dimension(id),
                None => (name == "total").then_some(total),
            };
            if range.is_some_and(|range| out_of_reach(range, relation, bound)) {
                let message = format_args!(
                    "`{name}` never gets there: at best `{}`",
                    written(range.map_or(0.0, |range| range.high))
                );
                reader.warn(Code::UnattainableThreshold, &stages.item(place).field("when"), message);
            }
        }
    }
}

fn shown(program: &Program, range: Range) -> Range {
    range.map(|value| program.shown(value))
}

/// The numbers that must be reached for the condition to hold.
fn needed(condition: &Condition) -> Vec<(&str, Relation, f64)> {
    match condition {
        Condition::All(parts) => parts.iter().flat_map(needed).collect(),
        Condition::Ask { path, test: Test::Compare(relation, Scalar::Number(bound), _) } => {
            vec![(path, *relation, *bound)]
        }
        _ => Vec::new(),
    }
}

fn out_of_reach(range: Range, relation: Relation, bound: f64) -> bool {
    match relation {
        Relation::From => bound > range.high,
        Relation::Above => bound >= range.high,
        Relation::Below | Relation::UpTo => false,
    }
}

fn labels(reader: &mut Reader, path: &Path, labels: &[Label], range: Range) {
    let mut above = f64::INFINITY;
    for (place, label) in labels.iter().enumerate() {
        let path = path.item(place);
        if label.from > range.high {
            let message = format_args!(
                "label `{}` begins at `{}`, at best `{}` is reached",
                label.id,
                written(label.from),
                written(range.high)
            );
            reader.warn(Code::UnattainableThreshold, &path.field("from"), message);
        } else if above <= range.low {
            let message = format_args!(
                "label `{}` ends below `{above}`, at worst `{}` is reached",
                label.id,
                written(range.low),
                above = written(above)
            );
            reader.warn(Code::UnattainableThreshold, &path, message);
        }
        above = label.from;
    }
}
