//! The lowest and highest score over everything that is unknown.
//!
//! Attributes that share no rule are independent, and every sum rises with its parts; so the extremes of a few small
//! sets of attributes are looked for one by one, by trying a value for each set of answers (`cells`). Where there are
//! too many, or no list of values can be complete, the bounds are those of each rule by itself: safe, perhaps too wide.

use alloc::vec;
use alloc::vec::Vec;

use super::Case;
use crate::answers::Answers;
use crate::condition::Truth;
use crate::eval::{self, Tally};
use crate::grade::Status;
use crate::limits::COMPLETIONS;
use crate::order::insert;
use crate::program::{Clause, Program, Rule, Word, row};

/// The least and the most that something can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    pub low: f64,
    pub high: f64,
}

impl Range {
    /// No number at all; joining makes one of it.
    const EMPTY: Range = Range { low: f64::INFINITY, high: f64::NEG_INFINITY };

    /// Makes room for another range.
    fn join(&mut self, low: f64, high: f64) {
        self.low = self.low.min(low);
        self.high = self.high.max(high);
    }

    fn add(&mut self, low: f64, high: f64) {
        self.low += low;
        self.high += high;
    }
}

/// The range of the total before rounding, and whether both ends are attained.
pub fn bounds(case: &Case) -> Option<(Range, bool)> {
    if case.outcome.status == Status::Excluded {
        return None;
    }
    let attributes = case.program.attributes();
    if (0..attributes).all(|slot| case.outcome.answers.is_known(slot)) {
        let total = case.outcome.tally.total;
        return (!total.is_nan()).then_some((Range { low: total, high: total }, true));
    }
    let mut search = Search::new(case);
    let mut exact = true;
    let mut wide = Knot::default();
    for knot in search.knots() {
        match search.only_group(&knot) {
            Some(group) => {
                let (range, attained) = search.range_of(&knot);
                exact &= attained;
                search.add(group, range);
            }
            None => {
                wide.join(&knot);
            }
        }
    }
    let (total, attained) = search.with_wide(&wide)?;
    Some((total, exact && attained && !search.may_be_excluded()))
}

/// Attributes that depend on each other, and the undecided rules that read them.
#[derive(Clone, Default)]
struct Knot {
    slots: Vec<usize>,
    rules: Vec<usize>,
}

impl Knot {
    fn join(&mut self, other: &Knot) {
        other.slots.iter().for_each(|slot| insert(&mut self.slots, *slot));
        other.rules.iter().for_each(|rule| insert(&mut self.rules, *rule));
    }
}

/// A lead whose unknown attributes are known, though not to us.
struct Search<'c> {
    case: &'c Case<'c>,
    answers: Answers,
    /// The rules that it does not decide.
    undecided: Vec<usize>,
    /// What each group has: the least and the most.
    low: Vec<f64>,
    high: Vec<f64>,
}

/// What was tried, where that was everything; else the widest, which may be attained all the same.
fn safe(tried: Range, complete: bool, widest: Range) -> (Range, bool) {
    if complete && tried.low <= tried.high { (tried, true) } else { (widest, tried == widest) }
}

impl<'c> Search<'c> {
    fn new(case: &'c Case<'c>) -> Search<'c> {
        let program = case.program;
        let mut answers = case.outcome.answers.clone();
        for (place, slot) in program.facts.slots.iter().enumerate().take(program.attributes()) {
            if !answers.is_known(place) {
                answers.put(place, slot, &slot.undisclosed(), true);
            }
        }
        answers.join(&program.facts, 0, program.settled as usize);
        let groups = vec![0.0; program.groups.len()];
        let mut search = Search { case, answers, undecided: Vec::new(), low: groups.clone(), high: groups };
        for (place, (rule, given)) in program.rules.iter().zip(&case.outcome.given).enumerate() {
            let given = if rule.events.is_empty() { eval::on_facts(rule, &search.answers.truths) } else { *given };
            if given.undecided {
                search.undecided.push(place);
            } else {
                search.add(rule.group as usize, Range { low: given.points, high: given.points });
            }
        }
        search
    }

    fn add(&mut self, group: usize, range: Range) {
        if let (Some(low), Some(high)) = (self.low.get_mut(group), self.high.get_mut(group)) {
            *low += range.low;
            *high += range.high;
        }
    }

    /// Whether some completion leaves the lead without a value; the others may not attain both ends.
    fn may_be_excluded(&self) -> bool {
        let exclusions = self.case.program.flags.iter().take(self.case.program.exclusions as usize);
        exclusions.filter(|flag| !flag.on_events).any(|flag| flag.when.truth(&self.answers.truths) != Truth::False)
    }

    fn rules<'k>(&self, knot: &'k Knot) -> impl Iterator<Item = &'c Rule> + use<'c, 'k> {
        let rules = &self.case.program.rules;
        knot.rules.iter().filter_map(|rule| rules.get(*rule))
    }

    fn only_group(&self, knot: &Knot) -> Option<usize> {
        let mut rules = self.rules(knot);
        let first = rules.next()?.group;
        rules.all(|rule| rule.group == first).then_some(first as usize)
    }

    /// The undecided rules, those together that share an unknown attribute.
    fn knots(&self) -> Vec<Knot> {
        let mut knots: Vec<Knot> = Vec::new();
        for &place in &self.undecided {
            let mut joined = Knot { slots: self.unknown_slots(place), rules: vec![place] };
            let mut apart = Vec::new();
            for knot in knots {
                if knot.slots.iter().any(|slot| joined.slots.contains(slot)) {
                    joined.join(&knot);
                } else {
                    apart.push(knot);
                }
            }
            knots = apart;
            knots.push(joined);
        }
        knots
    }

    /// The unknown slots that a rule reads.
    fn unknown_slots(&self, rule: usize) -> Vec<usize> {
        let mut slots = Vec::new();
        for slot in self.case.program.rules.get(rule).map_or_else(Vec::new, |rule| asked(self.case.program, rule)) {
            if !self.case.outcome.answers.is_known(slot) {
                slots.push(slot);
            }
        }
        slots
    }

    /// The range of the sum of a knot's rules, all of one group.
    fn range_of(&self, knot: &Knot) -> (Range, bool) {
        let mut tried = Range::EMPTY;
        let complete = self.each_completion(&knot.slots, &mut |truths| {
            let sum = self.rules(knot).map(|rule| eval::on_facts(rule, truths).points).sum();
            tried.join(sum, sum);
        });
        let mut widest = Range { low: 0.0, high: 0.0 };
        for rule in self.rules(knot) {
            let (low, high) = eval::possible(rule, &self.answers.truths);
            widest.add(low, high);
        }
        safe(tried, complete, widest)
    }

    /// The range of the total, where some attributes are read by rules of several groups.
    fn with_wide(&self, wide: &Knot) -> Option<(Range, bool)> {
        let total = |points: &dyn Fn(&Rule) -> (f64, f64)| {
            let (mut low, mut high) = (self.low.clone(), self.high.clone());
            for rule in self.rules(wide) {
                let (least, most) = points(rule);
                if let (Some(low), Some(high)) = (low.get_mut(rule.group as usize), high.get_mut(rule.group as usize)) {
                    *low += least;
                    *high += most;
                }
            }
            // Every value rises with the sums below it.
            (Tally::of_sums(self.case.program, &low).total, Tally::of_sums(self.case.program, &high).total)
        };
        let mut tried = Range::EMPTY;
        let complete = self.each_completion(&wide.slots, &mut |truths| {
            let (low, high) = total(&|rule| {
                let points = eval::on_facts(rule, truths).points;
                (points, points)
            });
            tried.join(low, high);
        });
        let (low, high) = total(&|rule| eval::possible(rule, &self.answers.truths));
        (!low.is_nan()).then(|| safe(tried, complete, Range { low, high }))
    }

    /// Tries every combination of cells; whether that is every completion there is.
    fn each_completion(&self, slots: &[usize], visit: &mut dyn FnMut(&[Word])) -> bool {
        let program = self.case.program;
        each_choice(program, &self.answers, slots, 0, &mut |answers| {
            visit(&answers.truths);
            true
        }) && slots.iter().all(|slot| program.facts.slots.get(*slot).is_some_and(|slot| slot.complete))
    }
}

/// Tries every combination of cells of some slots, and with one choice `more` for each also that it is unknown, until
/// a visit says that it is enough; whether they were all tried.
pub fn each_choice(
    program: &Program,
    answers: &Answers,
    slots: &[usize],
    more: usize,
    visit: &mut dyn FnMut(&Answers) -> bool,
) -> bool {
    let mut count = 1;
    for slot in slots.iter().filter_map(|place| program.facts.slots.get(*place)) {
        count *= slot.cells() + more;
        if count > COMPLETIONS {
            return false;
        }
    }
    let mut answers = answers.clone();
    for combination in 0..count {
        let mut rest = combination;
        for &place in slots {
            let Some(slot) = program.facts.slots.get(place) else { continue };
            let cell = rest % (slot.cells() + more);
            rest /= slot.cells() + more;
            if cell < slot.cells() {
                answers.put(place, slot, slot.cell(cell), true);
            } else {
                answers.put(place, slot, slot.row(row::UNKNOWN), false);
            }
        }
        answers.join(&program.facts, 0, program.settled as usize);
        if !visit(&answers) {
            return false;
        }
    }
    count > 0
}

/// The slots that a rule on facts reads, each once, in order.
pub fn asked(program: &Program, rule: &Rule) -> Vec<usize> {
    let mut slots = Vec::new();
    for clause in rule.cases.iter().map(|case| case.when).chain([rule.when]) {
        program.facts.each(clause, &|_: Clause| true, &mut |slot| insert(&mut slots, slot));
    }
    slots
}
