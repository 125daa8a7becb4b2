//! What time alone will change: until when the value is valid, and the next change of label, grade or stage.
//!
//! Between two instants at which an occurrence appears or leaves, points only shrink towards 0; so the values of every
//! instant of a span lie between those of its ends. A span in which nothing can differ is passed over whole; the
//! others are halved, the earlier half first, down to the millisecond.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Case;
use crate::eval::{self, Given, Tally};
use crate::grade::View;
use crate::limits::OCCURRENCES_LOOKED_AT;
use crate::order::distinct_numbers;
use crate::outcome::Outcome;
use crate::time::{Instant, LAST_INSTANT};

/// What is to come.
#[derive(Default)]
pub struct Forecast {
    pub valid_until: Option<Instant>,
    /// The next change of standing, and all that holds then.
    pub next: Option<(Instant, Box<Outcome>)>,
    /// Where looking ahead stopped for being too long.
    pub stopped: Option<Instant>,
}

pub fn forecast(case: &Case) -> Forecast {
    let Some(now) = case.now else {
        return Forecast::default();
    };
    let spans = Spans::new(case, now);
    if spans.turns.is_empty() && !spans.fading {
        return Forecast::default();
    }
    let (value, stopped) = spans.first_change(&Spans::same_value);
    let (standing, stopped_too) = spans.first_change(&Spans::same_standing);
    let next = standing.map(|at| (at, Box::new(spans.then(at))));
    Forecast { valid_until: value.or(stopped), next, stopped: stopped.or(stopped_too) }
}

/// One of two extremes: what it adds up to, and what rules give.
type End = (Tally, Vec<Given>);

/// The time after as-of, cut where an occurrence appears or leaves.
struct Spans<'c> {
    case: &'c Case<'c>,
    now: Instant,
    turns: Vec<Instant>,
    /// Whether anything changes between turns.
    fading: bool,
    /// What one look at all that changes costs.
    cost: usize,
    /// On what the standing depends, now.
    signature: Vec<u64>,
}

impl<'c> Spans<'c> {
    fn new(case: &'c Case<'c>, now: Instant) -> Spans<'c> {
        let mut turns = Vec::new();
        for at in case.timeline.flags() {
            if at > now {
                turns.push(at);
            }
        }
        let (mut fading, mut cost) = (false, case.program.rules.len());
        for (rule, occurrences) in case.program.rules.iter().zip(&case.timeline.occurrences) {
            if let (Some(events), false) = (rule.events.first(), occurrences.is_empty()) {
                events.turns(occurrences, now, &mut turns);
                fading |= events.fades();
                cost += 2 * occurrences.len();
            }
        }
        let mut turns = distinct_numbers(&turns);
        while turns.last().is_some_and(|turn| *turn > LAST_INSTANT) {
            turns.pop();
        }
        let mut spans = Spans { case, now, turns, fading, cost, signature: Vec::new() };
        spans.signature = spans.signature_of(&case.outcome.tally, &case.outcome.given);
        spans
    }

    fn then(&self, at: Instant) -> Outcome {
        let mut then = self.case.outcome.clone();
        then.work_out(self.case.program, self.case.timeline, at, self.case.previous);
        then
    }

    fn signature_of(&self, tally: &Tally, given: &[Given]) -> Vec<u64> {
        let Outcome { coverage, status, has_value, .. } = *self.case.outcome;
        View { program: self.case.program, tally, given, coverage, status, has_value }.signature(self.case.previous)
    }

    /// The first instant that is not the same, or the one at which looking for it stopped.
    fn first_change(&self, same: &dyn Fn(&Self, Instant, Instant) -> bool) -> (Option<Instant>, Option<Instant>) {
        let mut budget = OCCURRENCES_LOOKED_AT;
        let mut start = self.now + 1;
        let mut turns = self.turns.iter();
        loop {
            let turn = turns.next();
            match self.search(start, turn.map_or(LAST_INSTANT, |turn| turn - 1), same, &mut budget) {
                Ok(None) => {}
                Ok(found) => return (found, None),
                Err(reached) => return (None, Some(reached)),
            }
            match turn {
                Some(turn) => start = *turn,
                None => return (None, None),
            }
        }
    }

    /// The first instant of a span that differs; an error says how far the budget went.
    fn search(
        &self,
        start: Instant,
        end: Instant,
        same: &dyn Fn(&Self, Instant, Instant) -> bool,
        budget: &mut usize,
    ) -> Result<Option<Instant>, Instant> {
        if start > end {
            return Ok(None);
        }
        *budget = budget.checked_sub(self.cost).ok_or(start)?;
        if same(self, start, end) {
            return Ok(None);
        }
        if start == end {
            return Ok(Some(start));
        }
        let middle = start + (end - start) / 2;
        match self.search(start, middle, same, budget)? {
            None => self.search(middle + 1, end, same, budget),
            found => Ok(found),
        }
    }

    /// Whether the value is certainly that of now, all over a span.
    fn same_value(&self, start: Instant, end: Instant) -> bool {
        let program = self.case.program;
        let now = self.case.outcome.value(program);
        let same = |then: f64| then == now || (then.is_nan() && now.is_nan());
        if start == end {
            return same(self.then(start).value(program));
        }
        let (low, high) = self.ends(start, end);
        let all = same(program.shown(low.0.total)) && same(program.shown(high.0.total));
        self.same_flags(start) && (now.is_nan() || all)
    }

    /// The same of labels, grade and stage.
    fn same_standing(&self, start: Instant, end: Instant) -> bool {
        let shows = |at: Instant| self.then(at).standing.shows(&self.case.outcome.standing);
        if start == end {
            return shows(start);
        }
        let (low, high) = self.ends(start, end);
        let (low, high) = (self.signature_of(&low.0, &low.1), self.signature_of(&high.0, &high.1));
        self.same_flags(start) && low == high && (low == self.signature || shows(start))
    }

    /// Whether no flag came up since now; what it changes is seen at the first instant.
    fn same_flags(&self, start: Instant) -> bool {
        let raised = |instant: Instant| self.case.timeline.flags().filter(|at| *at <= instant).count();
        raised(start) == raised(self.now)
    }

    /// The lowest and the highest of everything, over a span without turns.
    fn ends(&self, start: Instant, end: Instant) -> (End, End) {
        let case = self.case;
        let (mut low, mut high) = (case.outcome.given.clone(), case.outcome.given.clone());
        let given = low.iter_mut().zip(&mut high).zip(&case.program.rules).enumerate();
        for (place, ((low, high), rule)) in given {
            if case.timeline.occurrences.get(place).is_some_and(|occurrences| !occurrences.is_empty()) {
                let gain = eval::on_events(rule, place, case.timeline, start);
                let first = rule.bounds.clamp(gain.points);
                let last = rule.bounds.clamp(eval::on_events(rule, place, case.timeline, end).points);
                *low = Given { points: first.min(last), count: gain.count, ..*low };
                *high = Given { points: first.max(last), count: gain.count, ..*high };
            }
        }
        (self.end(low), self.end(high))
    }

    fn end(&self, given: Vec<Given>) -> End {
        let mut tally = Tally::default();
        tally.of_rules(self.case.program, &given);
        (tally, given)
    }
}
