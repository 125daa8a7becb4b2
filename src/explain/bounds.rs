//! The lowest and highest score over everything that is unknown.
//!
//! Attributes that share no rule are independent, and every sum rises with its parts; so the extremes of a few small
//! sets of attributes are looked for one by one, by trying a value for each set of answers (`cells`). Where there are
//! too many, or no list of values can be complete, the bounds are those of each rule by itself: safe, perhaps too wide.

use std::collections::BTreeSet;

use super::Case;
use crate::answers::Answers;
use crate::eval::{self, Range, Tally};
use crate::limits::COMPLETIONS;
use crate::program::{Counts, Program, Question, Rule};

/// Attributes that depend on each other, and the undecided rules that read them.
struct Knot {
    slots: BTreeSet<usize>,
    rules: Vec<usize>,
}

/// The range of the total before rounding, and whether both ends are attained.
pub fn bounds(case: &Case) -> Option<(Range, bool)> {
    let program = case.program;
    let knots = knots(case);
    if knots.is_empty() {
        return case.outcome.tally.total.map(|total| (total, true));
    }
    let mut sums = decided_sums(case);
    let mut exact = true;
    let mut wide = Knot { slots: BTreeSet::new(), rules: Vec::new() };
    for knot in knots {
        match only_group(program, &knot) {
            Some(group) => {
                let (range, attained) = range_of(case, &knot);
                exact &= attained;
                if let Some(sum) = sums.get_mut(group) {
                    *sum = Range { low: sum.low + range.low, high: sum.high + range.high };
                }
            }
            None => {
                wide.slots.extend(knot.slots);
                wide.rules.extend(knot.rules);
            }
        }
    }
    let (total, attained) = with_wide(case, sums, &wide)?;
    Some((total, exact && attained))
}

/// With everything known no group has left.
fn tally(program: &Program, sums: Vec<Range>) -> Tally {
    eval::tally_groups(program, sums, &vec![true; program.groups.len()])
}

fn decided_sums(case: &Case) -> Vec<Range> {
    let mut sums = vec![Range::default(); case.program.groups.len()];
    for (rule, given) in case.program.rules.iter().zip(&case.outcome.given).filter(|(_, given)| !given.undecided) {
        if let Some(sum) = sums.get_mut(rule.group) {
            *sum = Range { low: sum.low + given.points, high: sum.high + given.points };
        }
    }
    sums
}

/// The unknown slots that a rule reads.
fn unknown_slots(case: &Case, rule: &Rule) -> BTreeSet<usize> {
    let mut slots = BTreeSet::new();
    if let Counts::Facts { when, cases, .. } = &rule.counts {
        let mut note = |question: &Question| {
            let slot = match question {
                Question::Bit(bit) => case.program.facts.question(*bit).map(|(slot, _)| slot),
                Question::Result(..) => None,
            };
            slots.extend(slot.filter(|slot| !case.answers.is_known(*slot)));
        };
        when.each(&mut note);
        cases.iter().for_each(|(clause, _)| clause.each(&mut note));
    }
    slots
}

/// The undecided rules, those together that share an unknown attribute.
fn knots(case: &Case) -> Vec<Knot> {
    let mut knots: Vec<Knot> = Vec::new();
    for (place, (rule, given)) in case.program.rules.iter().zip(&case.outcome.given).enumerate() {
        if !given.undecided {
            continue;
        }
        let mut joined = Knot { slots: unknown_slots(case, rule), rules: vec![place] };
        let (touching, apart): (Vec<Knot>, Vec<Knot>) =
            knots.into_iter().partition(|knot| !knot.slots.is_disjoint(&joined.slots));
        for knot in touching {
            joined.slots.extend(knot.slots);
            joined.rules.extend(knot.rules);
        }
        joined.rules.sort_unstable();
        knots = apart;
        knots.push(joined);
    }
    knots
}

fn only_group(program: &Program, knot: &Knot) -> Option<usize> {
    let mut groups = knot.rules.iter().filter_map(|rule| program.rules.get(*rule)).map(|rule| rule.group);
    let first = groups.next()?;
    groups.all(|group| group == first).then_some(first)
}

fn points(case: &Case, rules: &[usize], answers: &Answers) -> f64 {
    let rules = rules.iter().filter_map(|rule| case.program.rules.get(*rule));
    rules.map(|rule| eval::on_facts(rule, answers).points).sum()
}

/// What each rule could give by itself, added up.
fn widest(case: &Case, rules: &[usize]) -> Range {
    let ranges =
        rules.iter().filter_map(|rule| case.program.rules.get(*rule)).map(|rule| eval::possible(rule, case.answers));
    ranges.fold(Range::default(), |sum, range| Range { low: sum.low + range.low, high: sum.high + range.high })
}

/// The range of the sum of a knot's rules, all of one group.
fn range_of(case: &Case, knot: &Knot) -> (Range, bool) {
    let mut tried: Option<Range> = None;
    let complete = each_completion(case, &knot.slots, &mut |answers| {
        let sum = Range::point(points(case, &knot.rules, answers));
        tried = Some(tried.map_or(sum, |range| range.hull(sum)));
    });
    safe(tried, complete, widest(case, &knot.rules))
}

/// What was tried, where that was everything; else the widest, which may be attained all the same.
fn safe(tried: Option<Range>, complete: bool, widest: Range) -> (Range, bool) {
    match tried {
        Some(range) if complete => (range, true),
        tried => (widest, tried == Some(widest)),
    }
}

/// The range of the total, where some attributes are read by rules of several groups.
fn with_wide(case: &Case, sums: Vec<Range>, wide: &Knot) -> Option<(Range, bool)> {
    if wide.rules.is_empty() {
        return tally(case.program, sums).total.map(|total| (total, true));
    }
    let total_with = |range_of: &dyn Fn(usize, &Rule) -> Range| {
        let mut sums = sums.clone();
        for &place in &wide.rules {
            let Some(rule) = case.program.rules.get(place) else {
                continue;
            };
            let range = range_of(place, rule);
            if let Some(sum) = sums.get_mut(rule.group) {
                *sum = Range { low: sum.low + range.low, high: sum.high + range.high };
            }
        }
        tally(case.program, sums).total
    };
    let mut tried: Option<Range> = None;
    let complete = each_completion(case, &wide.slots, &mut |answers| {
        let total = total_with(&|_, rule| Range::point(eval::on_facts(rule, answers).points));
        tried = match (tried, total) {
            (Some(range), Some(total)) => Some(range.hull(total)),
            (range, total) => range.or(total),
        };
    });
    let widest = total_with(&|_, rule| eval::possible(rule, case.answers))?;
    Some(safe(tried, complete, widest))
}

/// Tries every combination of cells; whether that is every completion there is.
fn each_completion(case: &Case, slots: &BTreeSet<usize>, visit: &mut dyn FnMut(&Answers)) -> bool {
    let slots: Vec<_> =
        slots.iter().filter_map(|place| Some((*place, case.program.facts.slots.get(*place)?))).collect();
    let count = slots.iter().try_fold(1_usize, |count, (_, slot)| count.checked_mul(slot.cells.len()));
    let Some(count) = count.filter(|count| (1..=COMPLETIONS).contains(count)) else {
        return false;
    };
    let mut answers = case.answers.clone();
    for combination in 0..count {
        let mut rest = combination;
        for (place, slot) in &slots {
            if let Some(cell) = slot.cells.get(rest % slot.cells.len()) {
                answers.set_class(*place, slot, &cell.class, true);
            }
            rest /= slot.cells.len();
        }
        visit(&answers);
    }
    slots.iter().all(|(_, slot)| slot.complete)
}
