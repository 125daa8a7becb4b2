//! Points: rules that can never give any, bounds that leave a rule without effect, thresholds out of reach.

use super::each_group;
use crate::answers::Answers;
use crate::condition::{Condition, Relation, Scalar, Test, Truth};
use crate::error::{Code, Path};
use crate::eval::{Tally, possible};
use crate::explain::{asked, each_choice};
use crate::model::{Combine, Group, Label, Model};
use crate::program::{EVER, Occurrences, Program, Question, Rule};
use crate::read::Reader;
use crate::value::written;

/// In place of infinity, so that no product is undefined: far beyond every sum of points.
const ENDLESS: f64 = 1e60;

pub fn lint(reader: &mut Reader, model: &Model, program: &Program) {
    let unknown = Answers::new(&program.facts);
    let ranges = program.rules.iter().map(|rule| attainable(rule, &unknown)).collect();
    let judge = Judge { program, unknown, ranges };
    let mut place = 0;
    each_group(model, &mut |path, group| {
        let rules = path.field("rules");
        for (index, rule) in group.rules.iter().enumerate() {
            judge.rule(reader, &rules.item(index), group, &rule.id, place);
            place += 1;
        }
    });
    thresholds(reader, model, program, &judge.ranges);
    let weighted = model.dimensions.iter().any(|dimension| dimension.weight != 1.0);
    if model.total.combine == Combine::Max && weighted {
        let message = format_args!("weights of dimensions change nothing where the total is the highest of them");
        reader.warn(Code::NoEffect, &Path::Root("total").field("combine"), message);
    }
}

/// The least and the most that something can give.
type Range = (f64, f64);

/// All that a rule can give, over every lead.
fn attainable(rule: &Rule, unknown: &Answers) -> Range {
    let Some(events) = rule.events.first() else {
        return possible(rule, &unknown.truths);
    };
    let each = events.points * most_times(events);
    let (mut least, mut most) = (each.min(0.0), each.max(0.0));
    for band in &events.bands {
        least = least.min(band.points);
        most = most.max(band.points);
    }
    (rule.bounds.clamp(least), rule.bounds.clamp(most))
}

/// How often a rule can count, times its largest multiplier.
fn most_times(events: &Occurrences) -> f64 {
    let ever = events.limits.iter().filter(|limit| limit.per == EVER).map(|limit| f64::from(limit.n));
    ever.reduce(f64::min).unwrap_or(ENDLESS / 1e40) * events.most
}

/// Rules, and what they can give.
struct Judge<'p> {
    program: &'p Program,
    /// Of a lead of which nothing is known.
    unknown: Answers,
    ranges: Vec<Range>,
}

impl Judge<'_> {
    fn rule(&self, reader: &mut Reader, path: &Path, group: &Group, id: &str, place: usize) {
        let Some(rule) = self.program.rules.get(place) else { return };
        let (least, most) = self.ranges.get(place).copied().unwrap_or_default();
        if never_fires(self.program, &self.unknown, rule) {
            reader.warn(Code::UnreachableRule, path, format_args!("no value meets the condition of rule `{id}`"));
            return;
        }
        if rule.events.first().is_some_and(|events| events.points != 0.0) && (least, most) == (0.0, 0.0) {
            reader.warn(Code::DeadRule, path, format_args!("its own bounds leave rule `{id}` without points"));
            return;
        }
        let (mut low, mut high) = (0.0, 0.0);
        for (other, (rule_of_group, range)) in self.program.rules.iter().zip(&self.ranges).enumerate() {
            if rule_of_group.group == rule.group && other != place {
                low += range.0;
                high += range.1;
            }
        }
        let full = group.bounds.cap.is_some_and(|cap| low >= cap) && least >= 0.0 && most > 0.0;
        let empty = group.bounds.floor.is_some_and(|floor| high <= floor) && most <= 0.0 && least < 0.0;
        if full || empty {
            let bound = if full { "cap" } else { "floor" };
            let group = &group.id;
            let message =
                format_args!("the {bound} of group `{group}` is reached without rule `{id}`, which changes nothing");
            reader.warn(Code::DeadRule, path, message);
        }
    }
}

/// Whether every value of the attributes it reads leaves a rule on facts without effect.
fn never_fires(program: &Program, unknown: &Answers, rule: &Rule) -> bool {
    if !rule.events.is_empty() {
        return false;
    }
    let slots = asked(program, rule);
    let told = |place: &usize| {
        program.facts.slots.get(*place).is_some_and(|slot| slot.complete || only_numbers(&slot.questions))
    };
    // Besides its cells each attribute may be unknown, which `$exists` may ask for.
    slots.iter().all(told)
        && each_choice(program, unknown, &slots, 1, &mut |answers| {
            let holds = |case: &crate::program::Case| case.when.truth(&answers.truths) == Truth::True;
            rule.when.truth(&answers.truths) != Truth::True || !rule.cases.iter().any(holds)
        })
}

/// Numbers that are only ordered have cells for every case, even when the attribute is not declared.
fn only_numbers(questions: &[Question]) -> bool {
    let ordered = |question: &Question| match question {
        Question::Test(test) => matches!(test, Test::Exists | Test::Compare(_, Scalar::Number(_), _)),
        Question::Both(_) => true,
    };
    questions.iter().all(ordered)
}

fn thresholds(reader: &mut Reader, model: &Model, program: &Program, ranges: &[Range]) {
    let (mut low, mut high) = (vec![0.0; program.groups.len()], vec![0.0; program.groups.len()]);
    for (rule, range) in program.rules.iter().zip(ranges) {
        if let (Some(low), Some(high)) = (low.get_mut(rule.group as usize), high.get_mut(rule.group as usize)) {
            *low += range.0;
            *high += range.1;
        }
    }
    let [low, high] = [low, high].map(|sums| Tally::of_sums(program, &sums));
    let shown = |low: f64, high: f64| (!low.is_nan()).then(|| (program.shown(low), program.shown(high)));
    let of_dimension = |place: usize| shown(low.dimensions.get(place)?.value, high.dimensions.get(place)?.value);
    let root = Path::Root("");
    let dimensions = root.field("dimensions");
    for (place, dimension) in model.dimensions.iter().enumerate() {
        if let Some(range) = of_dimension(place) {
            let path = dimensions.item(place);
            labels(reader, &path.field("labels"), &dimension.labels, range);
        }
    }
    let Some(total) = shown(low.total, high.total) else {
        return;
    };
    let path = root.field("total");
    labels(reader, &path.field("labels"), &model.total.labels, total);
    let stages = root.field("stages");
    for (place, stage) in model.stages.iter().enumerate() {
        let Some(when) = &stage.when else { continue };
        for (name, relation, bound) in needed(when) {
            let named = |id: &str| model.dimensions.iter().position(|dimension| dimension.id == id);
            let range = match name.strip_prefix("dimensions.") {
                Some(id) => named(id).and_then(of_dimension),
                None => (name == "total").then_some(total),
            };
            if let Some((_, best)) = range.filter(|(_, best)| out_of_reach(*best, relation, bound)) {
                let message = format_args!("`{name}` never gets there: at best `{}`", written(best));
                reader.warn(Code::UnattainableThreshold, &stages.item(place).field("when"), message);
            }
        }
    }
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

fn out_of_reach(best: f64, relation: Relation, bound: f64) -> bool {
    match relation {
        Relation::From => bound > best,
        Relation::Above => bound >= best,
        Relation::Below | Relation::UpTo => false,
    }
}

fn labels(reader: &mut Reader, path: &Path, labels: &[Label], (worst, best): Range) {
    let mut above = f64::INFINITY;
    for (place, label) in labels.iter().enumerate() {
        let path = path.item(place);
        if label.from > best {
            let message = format_args!(
                "label `{}` begins at `{}`, at best `{}` is reached",
                label.id,
                written(label.from),
                written(best)
            );
            reader.warn(Code::UnattainableThreshold, &path.field("from"), message);
        } else if above <= worst {
            let message = format_args!(
                "label `{}` ends below `{above}`, at worst `{}` is reached",
                label.id,
                written(worst),
                above = written(above)
            );
            reader.warn(Code::UnattainableThreshold, &path, message);
        }
        above = label.from;
    }
}
