//! What time alone will change: until when the value is valid, and the next change of label, grade or stage.
//!
//! Between two instants at which an occurrence appears or leaves, points only shrink towards 0; so the values of every
//! instant of a span lie between those of its ends. A span in which nothing can differ is passed over whole; the
//! others are halved, the earlier half first, down to the millisecond.

use super::Case;
use crate::eval::{self, Range};
use crate::grade::View;
use crate::limits::OCCURRENCES_LOOKED_AT;
use crate::order::distinct;
use crate::outcome::{Outcome, outcome};
use crate::program::Counts;
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
    let (value, stopped) = spans.first_change(&|span| !span.same_value);
    let (standing, stopped_too) = spans.first_change(&|span| !span.same_standing);
    let next = standing.map(|at| (at, Box::new(outcome(case.program, case.answers, case.timeline, at, case.previous))));
    Forecast { valid_until: value.or(stopped), next, stopped: stopped.or(stopped_too) }
}

/// The time after as-of, cut where an occurrence appears or leaves.
struct Spans<'c> {
    case: &'c Case<'c>,
    now: Instant,
    turns: Vec<Instant>,
    /// Whether anything changes between turns.
    fading: bool,
    /// What one look at all that changes costs.
    cost: usize,
    value: Option<f64>,
}

/// What can be said of all the instants of a span.
struct Span {
    same_value: bool,
    same_standing: bool,
}

impl<'c> Spans<'c> {
    fn new(case: &'c Case<'c>, now: Instant) -> Spans<'c> {
        let mut turns: Vec<Instant> = case.timeline.flags().filter(|at| *at > now).collect();
        let (mut fading, mut cost) = (false, case.program.rules.len());
        for (rule, occurrences) in case.program.rules.iter().zip(&case.timeline.occurrences) {
            if let (Counts::Events(events), false) = (&rule.counts, occurrences.is_empty()) {
                events.turns(occurrences, now, &mut turns);
                fading |= events.fades();
                cost += 2 * occurrences.len();
            }
        }
        distinct(&mut turns);
        turns.retain(|turn| *turn <= LAST_INSTANT);
        Spans { case, now, turns, fading, cost, value: shown_value(case, case.outcome) }
    }

    /// The first instant at which something differs, or the one at which looking for it stopped.
    fn first_change(&self, differs: &dyn Fn(&Span) -> bool) -> (Option<Instant>, Option<Instant>) {
        let mut budget = OCCURRENCES_LOOKED_AT;
        let starts = [self.now + 1].into_iter().chain(self.turns.iter().copied());
        let ends = self.turns.iter().map(|turn| turn - 1).chain([LAST_INSTANT]);
        for (start, end) in starts.zip(ends).filter(|(start, end)| start <= end) {
            match self.search(start, end, differs, &mut budget) {
                Ok(None) => {}
                Ok(found) => return (found, None),
                Err(reached) => return (None, Some(reached)),
            }
        }
        (None, None)
    }

    /// The first instant of a span that differs; an error says how far the budget went.
    fn search(
        &self,
        start: Instant,
        end: Instant,
        differs: &dyn Fn(&Span) -> bool,
        budget: &mut usize,
    ) -> Result<Option<Instant>, Instant> {
        *budget = budget.checked_sub(self.cost).ok_or(start)?;
        if !differs(&self.look(start, end)) {
            return Ok(None);
        }
        if start == end {
            return Ok(Some(start));
        }
        let middle = start + (end - start) / 2;
        match self.search(start, middle, differs, budget)? {
            None => self.search(middle + 1, end, differs, budget),
            found => Ok(found),
        }
    }

    fn look(&self, start: Instant, end: Instant) -> Span {
        let case = self.case;
        if start == end {
            let then = outcome(case.program, case.answers, case.timeline, start, case.previous);
            let same_value = shown_value(case, &then) == self.value;
            return Span { same_value, same_standing: then.standing.shows_the_same(&case.outcome.standing) };
        }
        let raised = |instant: Instant| case.timeline.flags().filter(|at| *at <= instant).count();
        if raised(start) != raised(self.now) {
            // A flag came up: what it changes is seen at the first instant.
            return Span { same_value: false, same_standing: false };
        }
        let rules = self.rules(start, end);
        let tally = eval::tally(case.program, rules.iter().map(|(points, _)| *points), &case.outcome.staying);
        let same_value = match tally.total {
            Some(total) if case.outcome.has_value => {
                let (low, high) = (case.program.shown(total.low), case.program.shown(total.high));
                low == high && Some(low) == self.value
            }
            _ => true,
        };
        let outcome = case.outcome;
        let mut view = View::new(
            case.program,
            case.answers,
            &tally,
            &rules,
            outcome.coverage,
            (outcome.status, outcome.has_value),
        );
        let standing = view.standing(case.previous);
        Span { same_value, same_standing: standing.shows_the_same(&outcome.standing) }
    }

    /// Points and occurrences of each rule over a span without turns.
    fn rules(&self, start: Instant, end: Instant) -> Vec<(Range, Range)> {
        let case = self.case;
        let rules = case.program.rules.iter().zip(&case.timeline.occurrences).zip(&case.outcome.given);
        let ranges = rules.map(|((rule, occurrences), given)| match &rule.counts {
            Counts::Events(events) if !occurrences.is_empty() => {
                let first = events.gain(occurrences, start);
                let last = if events.fades() { events.gain(occurrences, end) } else { first };
                let points = Range::point(first.points).hull(Range::point(last.points));
                (points.map(|points| rule.bounds.clamp(points)), Range::point(f64::from(first.count)))
            }
            _ => (Range::point(given.points), Range::point(f64::from(given.gain.count))),
        });
        ranges.collect()
    }
}

fn shown_value(case: &Case, outcome: &Outcome) -> Option<f64> {
    let total = outcome.tally.total.filter(|_| outcome.has_value)?;
    Some(case.program.shown(total.low))
}
