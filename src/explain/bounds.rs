//! The lowest and highest score over everything that is unknown.
//!
//! Attributes that share no rule are independent, and every sum rises with its parts; so the extremes of a few small
//! sets of attributes are looked for one by one, by trying a value for each set of answers (`cells`). Where there are
//! too many, or no list of values can be complete, the bounds are those of each rule by itself: safe, perhaps too wide.

use super::Case;
use crate::answers::Answers;
use crate::condition::Truth;
use crate::eval::{self, Given, Range, Tally};
use crate::limits::COMPLETIONS;
use crate::order::distinct;
use crate::program::{Counts, Program, Rule, picks};

/// The range of the total before rounding, and whether both ends are attained.
pub fn bounds(case: &Case) -> Option<(Range, bool)> {
    let Some(search) = Search::new(case) else {
        return case.outcome.tally.total.map(|total| (total, true));
    };
    let mut sums = search.decided_sums();
    let mut exact = true;
    let mut wide = Knot { slots: Vec::new(), rules: Vec::new() };
    for knot in search.knots() {
        match only_group(case.program, &knot) {
            Some(group) => {
                let (range, attained) = search.range_of(&knot);
                exact &= attained;
                add(&mut sums, group, range);
            }
            None => {
                wide.slots.extend(knot.slots);
                wide.rules.extend(knot.rules);
            }
        }
    }
    let (total, attained) = search.with_wide(sums, &wide)?;
    Some((total, exact && attained && !search.may_be_excluded()))
}

/// Attributes that depend on each other, and the undecided rules that read them.
struct Knot {
    slots: Vec<usize>,
    rules: Vec<usize>,
}

/// A lead whose unknown attributes are known, though not to us.
struct Search<'c> {
    case: &'c Case<'c>,
    answers: Answers,
    /// What each rule gives as far as that decides it.
    given: Vec<Given>,
}

fn add(sums: &mut [Range], group: usize, range: Range) {
    if let Some(sum) = sums.get_mut(group) {
        *sum = Range { low: sum.low + range.low, high: sum.high + range.high };
    }
}

/// With everything known no group has left.
fn tally(program: &Program, sums: Vec<Range>) -> Tally {
    eval::tally_groups(program, sums, &vec![true; program.groups.len()])
}

fn only_group(program: &Program, knot: &Knot) -> Option<usize> {
    let mut groups = knot.rules.iter().filter_map(|rule| program.rules.get(*rule)).map(|rule| rule.group);
    let first = groups.next()?;
    groups.all(|group| group == first).then_some(first)
}

/// What was tried, where that was everything; else the widest, which may be attained all the same.
fn safe(tried: Option<Range>, complete: bool, widest: Range) -> (Range, bool) {
    match tried {
        Some(range) if complete => (range, true),
        tried => (widest, tried == Some(widest)),
    }
}

impl<'c> Search<'c> {
    /// Nothing to search where every attribute is known.
    fn new(case: &'c Case<'c>) -> Option<Search<'c>> {
        let slots = || case.program.facts.slots.iter().enumerate().filter(|(place, _)| !case.answers.is_known(*place));
        slots().next()?;
        let mut answers = case.answers.clone();
        slots().for_each(|(place, slot)| answers.set_class(place, slot, &slot.undisclosed(), true));
        let given = case.program.rules.iter().zip(&case.outcome.given).map(|(rule, given)| match &rule.counts {
            Counts::Facts { .. } => eval::on_facts(rule, &answers),
            Counts::Events(_) => *given,
        });
        let given = given.collect();
        Some(Search { case, answers, given })
    }

    /// Whether some completion leaves the lead without a value; the others may not attain both ends.
    fn may_be_excluded(&self) -> bool {
        let clauses = self.case.program.exclusions.iter().filter_map(|flag| flag.facts.as_ref());
        clauses.into_iter().any(|clause| clause.truth(&eval::of_facts(&self.answers)) != Truth::False)
    }

    fn rule(&self, place: usize) -> Option<&'c Rule> {
        self.case.program.rules.get(place)
    }

    fn decided_sums(&self) -> Vec<Range> {
        let mut sums = vec![Range::default(); self.case.program.groups.len()];
        for (rule, given) in self.case.program.rules.iter().zip(&self.given).filter(|(_, given)| !given.undecided) {
            add(&mut sums, rule.group, Range::point(given.points));
        }
        sums
    }

    /// The unknown slots that a rule reads.
    fn unknown_slots(&self, rule: &Rule) -> Vec<usize> {
        let mut slots = self.case.program.facts.asked(rule.counts.on_facts());
        slots.retain(|slot| !self.case.answers.is_known(*slot));
        slots
    }

    /// The undecided rules, those together that share an unknown attribute.
    fn knots(&self) -> Vec<Knot> {
        let mut knots: Vec<Knot> = Vec::new();
        for (place, (rule, given)) in self.case.program.rules.iter().zip(&self.given).enumerate() {
            if !given.undecided {
                continue;
            }
            let mut joined = Knot { slots: self.unknown_slots(rule), rules: vec![place] };
            let (touching, apart): (Vec<Knot>, Vec<Knot>) =
                knots.into_iter().partition(|knot| knot.slots.iter().any(|slot| joined.slots.contains(slot)));
            for knot in touching {
                joined.slots.extend(knot.slots);
                joined.rules.extend(knot.rules);
            }
            distinct(&mut joined.slots);
            distinct(&mut joined.rules);
            knots = apart;
            knots.push(joined);
        }
        knots
    }

    /// The range of the sum of a knot's rules, all of one group.
    fn range_of(&self, knot: &Knot) -> (Range, bool) {
        let mut tried: Option<Range> = None;
        let rules = || knot.rules.iter().filter_map(|rule| self.rule(*rule));
        let complete = self.each_completion(&knot.slots, &mut |answers| {
            let sum = Range::point(rules().map(|rule| eval::on_facts(rule, answers).points).sum());
            tried = Some(tried.map_or(sum, |range| range.hull(sum)));
        });
        let mut widest = [Range::default()];
        rules().for_each(|rule| add(&mut widest, 0, eval::possible(rule, &self.answers)));
        safe(tried, complete, widest.first().copied().unwrap_or_default())
    }

    /// The range of the total, where some attributes are read by rules of several groups.
    fn with_wide(&self, sums: Vec<Range>, wide: &Knot) -> Option<(Range, bool)> {
        if wide.rules.is_empty() {
            return tally(self.case.program, sums).total.map(|total| (total, true));
        }
        let total_with = |range_of: &dyn Fn(&Rule) -> Range| {
            let mut sums = sums.clone();
            wide.rules
                .iter()
                .filter_map(|rule| self.rule(*rule))
                .for_each(|rule| add(&mut sums, rule.group, range_of(rule)));
            tally(self.case.program, sums).total
        };
        let mut tried: Option<Range> = None;
        let complete = self.each_completion(&wide.slots, &mut |answers| {
            let total = total_with(&|rule| Range::point(eval::on_facts(rule, answers).points));
            tried = match (tried, total) {
                (Some(range), Some(total)) => Some(range.hull(total)),
                (range, total) => range.or(total),
            };
        });
        let widest = total_with(&|rule| eval::possible(rule, &self.answers))?;
        Some(safe(tried, complete, widest))
    }

    /// Tries every combination of cells; whether that is every completion there is.
    fn each_completion(&self, slots: &[usize], visit: &mut dyn FnMut(&Answers)) -> bool {
        let named = |place: &usize| Some((*place, self.case.program.facts.slots.get(*place)?));
        let slots: Vec<_> = slots.iter().filter_map(named).collect();
        let count = slots.iter().try_fold(1_usize, |count, (_, slot)| count.checked_mul(slot.cells.len()));
        let Some(count) = count.filter(|count| (1..=COMPLETIONS).contains(count)) else { return false };
        let mut answers = self.answers.clone();
        for combination in 0..count {
            let picked = picks(combination, slots.iter().map(|(_, slot)| slot.cells.len()));
            for ((place, slot), cell) in slots.iter().zip(picked) {
                if let Some(cell) = slot.cells.get(cell) {
                    answers.set_class(*place, slot, &cell.class, true);
                }
            }
            visit(&answers);
        }
        slots.iter().all(|(_, slot)| slot.complete)
    }
}
