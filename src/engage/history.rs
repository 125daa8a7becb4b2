//! Events as they came in, and what each of them does.

use alloc::vec::Vec;

use core::cmp::Ordering;

use crate::answers::Answers;
use crate::condition::Truth;
use crate::order::places;
use crate::program::Program;
use crate::time::Instant;

/// Events, and what each of them does.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub(super) events: Vec<Event>,
    pub(super) hits: Vec<Hit>,
}

/// One event: what of it matters to this program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Event {
    pub at: Instant,
    /// The place of its type, or none where nothing looks at it.
    pub kind: u32,
    /// Tokens; 0: none.
    pub id: i64,
    pub session: i64,
    pub purpose: i64,
    pub bot: bool,
    /// Its hits, from and to; `push` notes them.
    pub hits: (usize, usize),
}

/// What one event does: an occurrence of a rule; or after the rules, of a flag; or after those, perhaps of a flag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub(super) target: usize,
    /// What the rule's points are multiplied by.
    pub(super) amount: f64,
}

/// One event and what it does.
#[derive(Clone, Copy)]
pub struct Happening<'h> {
    pub event: &'h Event,
    pub hits: &'h [Hit],
}

impl Happening<'_> {
    /// In time; what happened at one instant has an order by what it does.
    pub fn order(self, other: Happening) -> Ordering {
        let plain =
            |event: &Event| [event.at, i64::from(event.kind), i64::from(event.bot), event.session, event.purpose];
        let mut order = plain(self.event).cmp(&plain(other.event)).then(self.hits.len().cmp(&other.hits.len()));
        for (a, b) in self.hits.iter().zip(other.hits) {
            order = order.then(a.target.cmp(&b.target)).then(a.amount.total_cmp(&b.amount));
        }
        order.then(self.event.id.cmp(&other.event.id))
    }
}

/// What became of the events.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventCounts {
    /// All that were given.
    pub given: usize,
    /// Those that the score could see.
    pub counted: usize,
    /// Those whose id came before.
    pub duplicate: usize,
    /// Those later than as-of.
    pub future: usize,
    /// Those whose purpose was not consented to.
    pub without_consent: usize,
    /// Of those counted, the ones with evidence of a robot.
    pub bot: usize,
    /// Those of which a visitor's state knows only how often and about when.
    pub folded: usize,
}

impl History {
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Forgets them, and keeps their room for others.
    #[cfg(target_arch = "wasm32")]
    pub fn clear(&mut self) {
        self.events.clear();
        self.hits.clear();
    }

    /// Adds an event with the answers of its properties, and for each of their slots its number or NaN.
    pub fn push(&mut self, program: &Program, event: Event, answers: &Answers, numbers: &[f64]) {
        let first = self.hits.len();
        hits(program, event.kind, answers, numbers, &mut self.hits);
        self.events.push(Event { hits: (first, self.hits.len()), ..event });
    }

    pub(super) fn happening<'h>(&'h self, event: &'h Event) -> Happening<'h> {
        Happening { event, hits: self.hits.get(event.hits.0..event.hits.1).unwrap_or_default() }
    }

    pub(super) fn seen(&self, place: usize) -> Option<Happening<'_>> {
        self.events.get(place).map(|event| self.happening(event))
    }

    /// The places of the events in time.
    pub(super) fn in_order(&self) -> Vec<usize> {
        places(self.events.len(), &|a, b| match (self.seen(a), self.seen(b)) {
            (Some(a), Some(b)) => a.order(b),
            _ => Ordering::Equal,
        })
    }

    pub(super) fn each<'h>(&'h self, mut visit: impl FnMut(Happening<'h>)) {
        self.events.iter().for_each(|event| visit(self.happening(event)));
    }

    /// The first event of an order that is so, as all after it are. They mostly come in order: the last is asked first.
    pub(super) fn first(&self, so: impl Fn(Happening) -> bool) -> usize {
        let is_not = |event: &Event| !so(self.happening(event));
        if self.events.last().is_none_or(is_not) { self.events.len() } else { self.events.partition_point(is_not) }
    }

    pub(super) fn insert(&mut self, place: usize, one: Happening) {
        let first = self.hits.len();
        self.hits.extend_from_slice(one.hits);
        self.events.insert(place, Event { hits: (first, self.hits.len()), ..*one.event });
    }
}

/// Adds what an event of this type does, by the answers of its properties and for each of their slots its number or NaN.
pub fn hits(program: &Program, kind: u32, answers: &Answers, numbers: &[f64], hits: &mut Vec<Hit>) {
    let (rules, flags) = (program.rules.len(), program.flags.len());
    for &look in program.types.get(kind as usize).iter().flat_map(|kind| &kind.looks) {
        let target = look as usize;
        if let Some(rule) = program.rules.get(target) {
            if rule.when.truth(&answers.truths) == Truth::True {
                hits.extend(rule.events.iter().map(|events| Hit { target, amount: events.amount(numbers) }));
            }
        } else if let Some(flag) = program.flags.get(target - rules) {
            match flag.when.truth(&answers.truths) {
                Truth::True => hits.push(Hit { target, amount: 1.0 }),
                Truth::Unknown => hits.push(Hit { target: target + flags, amount: 1.0 }),
                Truth::False => {}
            }
        }
    }
}

/// The purpose that must be consented to for an event to count; 0: none.
pub(super) fn needed(program: &Program, event: &Event) -> i64 {
    let declared = program.types.get(event.kind as usize).map_or(0, |kind| kind.purpose);
    if event.purpose == 0 { declared } else { event.purpose }
}
