//! The events of one lead laid out in time, as rules and flags see them.

use alloc::vec;
use alloc::vec::Vec;

use super::fold::Fold;
use super::history::{Event, EventCounts, History, Hit, needed};
use crate::condition::Truth;
use crate::order::{bring_forward, distinct_numbers, places};
use crate::program::Program;
use crate::time::Instant;

/// The events of one lead in time: for each rule what it counts, in order.
#[derive(Clone, Debug)]
pub struct Timeline {
    pub occurrences: Vec<Vec<Occurrence>>,
    /// When each flag on events is first raised; after them, when each first may be.
    raised: Vec<Option<Instant>>,
    pub counts: EventCounts,
    /// What is known of the events that a visitor's state had no room for: of each of these rules the first occurrences.
    pub folded: Vec<Fold>,
    /// What rules give as of the instant for which it was brought up to date; nothing of those to be worked out.
    pub quick: Vec<Option<Quick>>,
}

/// What one rule gives, before its own floor and cap, and for how many occurrences.
#[derive(Clone, Copy, Debug)]
pub struct Quick {
    pub points: f64,
    pub count: u32,
}

/// One event as a rule sees it. Those after as-of are invisible until their time comes.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    pub at: Instant,
    pub amount: f64,
    /// By number; 0: none.
    pub session: u32,
    /// How often: 1, but for what was folded.
    pub times: u32,
    pub is_folded: bool,
}

impl Timeline {
    /// In which nothing happened.
    pub fn new(program: &Program) -> Timeline {
        Timeline {
            occurrences: vec![Vec::new(); program.rules.len()],
            raised: vec![None; 2 * program.flags.len()],
            counts: EventCounts::default(),
            folded: Vec::new(),
            quick: Vec::new(),
        }
    }

    /// Lets something happen so many times at an instant.
    pub fn happen(&mut self, hits: &[Hit], at: Instant, times: u32) {
        (0..times).for_each(|_| self.add(at, 0, hits));
    }

    pub(super) fn add(&mut self, at: Instant, session: u32, hits: &[Hit]) {
        for hit in hits {
            let rules = self.occurrences.len();
            if let Some(occurrences) = self.occurrences.get_mut(hit.target) {
                let later = occurrences.iter().rev().take_while(|one| one.at > at).count();
                occurrences.push(Occurrence { at, amount: hit.amount, session, times: 1, is_folded: false });
                let first = occurrences.len() - 1 - later;
                bring_forward(occurrences, first);
            } else {
                self.raise(hit.target - rules, at);
            }
        }
    }

    fn raise(&mut self, flag: usize, at: Instant) {
        if let Some(raised) = self.raised.get_mut(flag) {
            *raised = Some(raised.map_or(at, |before| before.min(at)));
        }
    }

    /// Adds what was folded, before anything else is: all that is known is how often it happened, and between when.
    pub(super) fn recall(&mut self, fold: &Fold) {
        let rules = self.occurrences.len();
        match self.occurrences.get_mut(fold.target) {
            Some(occurrences) => {
                if fold.times > 0 {
                    let at = fold.first + (fold.last - fold.first) / 2;
                    let amount = fold.amount / f64::from(fold.times);
                    let place = occurrences.partition_point(|one| one.at < at);
                    occurrences
                        .insert(place, Occurrence { at, amount, session: 0, times: fold.times, is_folded: true });
                }
                self.folded.push(*fold);
            }
            None => self.raise(fold.target - rules, fold.first),
        }
    }

    /// How many of the first occurrences of a rule stand for what was folded.
    pub fn recalled(&self, rule: usize) -> usize {
        self.occurrences.get(rule).map_or(0, |all| all.iter().take_while(|one| one.is_folded).count())
    }

    /// Whether a flag on events, by place, is raised at an instant; unknown where only a property decides that is.
    pub fn flag(&self, place: usize, now: Instant) -> Truth {
        let raised = |place: usize| self.raised.get(place).copied().flatten().is_some_and(|at| at <= now);
        match raised(place) {
            true => Truth::True,
            false if raised(place + self.raised.len() / 2) => Truth::Unknown,
            false => Truth::False,
        }
    }

    /// The instants at which flags on events are raised.
    pub fn flags(&self) -> impl Iterator<Item = Instant> + '_ {
        self.raised.iter().take(self.raised.len() / 2).flatten().copied()
    }
}

impl History {
    /// Lays the events out in time, each once; `consent` lists the purposes that events may need, if it was asked for.
    pub fn timeline(&self, program: &Program, as_of: Option<Instant>, consent: Option<&[i64]>) -> Timeline {
        let mut events = Vec::new();
        for place in self.in_order() {
            events.push(self.events.get(place).copied().unwrap_or_default());
        }
        let repeated = repeated(&events);
        self.lay_out(program, &events, &repeated, as_of, consent)
    }

    /// Lays out events that are in order; those marked as repeated came before.
    pub(super) fn lay_out(
        &self,
        program: &Program,
        events: &[Event],
        repeated: &[bool],
        as_of: Option<Instant>,
        consent: Option<&[i64]>,
    ) -> Timeline {
        let mut timeline = Timeline::new(program);
        timeline.counts.given = events.len();
        let mut sessions = vec![0]; // no session at all comes first
        for event in events {
            sessions.push(event.session);
        }
        let sessions = distinct_numbers(&sessions);
        for (place, event) in events.iter().enumerate() {
            if repeated.get(place) == Some(&true) {
                timeline.counts.duplicate += 1;
                continue;
            }
            let consented = consent.is_none_or(|given| consented(program, event, given));
            match as_of.is_some_and(|as_of| event.at <= as_of) {
                false => timeline.counts.future += 1,
                true if !consented => timeline.counts.without_consent += 1,
                true => {
                    timeline.counts.counted += 1;
                    timeline.counts.bot += usize::from(event.bot);
                }
            }
            if consented {
                let session = sessions.partition_point(|session| *session < event.session);
                timeline.add(event.at, session as u32, self.happening(event).hits);
            }
        }
        timeline
    }
}

/// Of which events in order the id came before.
fn repeated(events: &[Event]) -> Vec<bool> {
    let id = |place: usize| events.get(place).map_or(0, |event| event.id);
    let mut repeated = vec![false; events.len()];
    let mut before = 0;
    for place in places(events.len(), &|a, b| id(a).cmp(&id(b))) {
        if let Some(repeated) = repeated.get_mut(place) {
            *repeated = id(place) == before && before != 0;
        }
        before = id(place);
    }
    repeated
}

fn consented(program: &Program, event: &Event, given: &[i64]) -> bool {
    let needed = needed(program, event);
    needed == 0 || given.contains(&needed)
}
