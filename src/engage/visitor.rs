//! What is kept of one visitor: each event that matters, once and in order, so that scoring it is scoring the history.
//!
//! Two states of one visitor merge into what one state had been, had it seen everything: it is a set, in the order of time.
//! A set that grows for ever would not fit a browser, so the oldest part of a full one is folded into a few numbers for
//! each rule. From then on the score is not exact: how far it can be off is in the result.

use alloc::boxed::Box;
use alloc::vec::Vec;

use core::cmp::Ordering;

use super::fold::Fold;
use super::history::{Happening, History, Hit, needed};
use super::running::Running;
use super::timeline::Timeline;
use crate::limits::VISITOR_EVENTS;
use crate::program::Program;
use crate::time::Instant;

/// The engagement of one visitor.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The events that a rule or a flag looks at, in order.
    pub(super) history: History,
    pub(super) ids: Ids,
    /// In the order of their targets and purposes.
    pub(super) folds: Vec<Fold>,
    /// How many events were folded.
    pub(super) folded: u32,
    /// Up to when; all that is kept is later.
    pub(super) horizon: Option<Instant>,
    /// The same in time, for values that are asked again and again.
    pub(super) running: Option<Box<Running>>,
}

/// In place of a purpose that the model does not name; no token is below 0.
const OTHER_PURPOSE: i64 = -1;

impl Visitor {
    /// Takes in events as they came: the oldest first, so that none of them is late among its own.
    pub fn keep_all(&mut self, program: &Program, events: &History) {
        if let (1, Some(one)) = (events.len(), events.seen(0)) {
            self.take(program, one); // as most come
            return self.fit(program);
        }
        for place in events.in_order() {
            if let Some(one) = events.seen(place) {
                self.take(program, one);
            }
            if self.history.events.len() >= 2 * VISITOR_EVENTS {
                self.fit(program);
            }
        }
        self.fit(program);
    }

    /// Takes in another state of the same visitor, made under the same program: what both have counts once.
    pub fn merge(&mut self, program: &Program, other: &Visitor) {
        other.folds.iter().for_each(|fold| self.merge_fold(fold));
        self.running = None;
        self.folded = self.folded.max(other.folded);
        if self.horizon < other.horizon {
            self.horizon = other.horizon;
            self.ids = Ids::default();
            let own = core::mem::take(&mut self.history);
            own.each(|one| self.take(program, one));
        }
        let mut before: Option<Happening> = None;
        let mut same = 0;
        other.history.each(|one| {
            let again = before.is_some_and(|before| before.order(one) == Ordering::Equal);
            same = if again { same + 1 } else { 0 };
            before = Some(one);
            // Without an id, what happened so many times in one of them happened so often.
            if one.event.id != 0 || self.count(one) <= same {
                self.take(program, one);
            }
        });
        self.fit(program);
    }

    /// Lays out what is kept in time, after what was folded.
    pub fn timeline(&self, program: &Program, as_of: Option<Instant>, consent: Option<&[i64]>) -> Timeline {
        let mut timeline = self.history.lay_out(program, &self.history.events, &[], as_of, consent);
        for fold in &self.folds {
            if fold.purpose == 0 || consent.is_none_or(|given| given.contains(&fold.purpose)) {
                timeline.recall(fold);
            } else if fold.purpose == OTHER_PURPOSE {
                // Perhaps it was consented to: it is not counted, but may be missing.
                timeline.folded.push(*fold);
            }
        }
        timeline.counts.given += self.folded as usize;
        timeline.counts.folded = self.folded as usize;
        timeline
    }

    /// The same for the value alone, of which nothing is worked out twice while time and events move forward; nothing as of
    /// an instant before that.
    pub fn running(&mut self, program: &Program, now: Instant) -> Option<&Timeline> {
        let (history, folds) = (&self.history, &self.folds);
        let running = self.running.get_or_insert_with(|| Box::new(Running::new(program, history, folds)));
        running.at(program, now)
    }

    /// Gives an event its place, if it matters and is new.
    fn take(&mut self, program: &Program, one: Happening) {
        if one.hits.is_empty() {
            return;
        }
        if self.horizon.is_some_and(|horizon| one.event.at <= horizon) {
            // It may have been folded before, so it is not counted; but it may be missing.
            self.each_fold(program, one, |fold, hit| {
                fold.most = fold.most.saturating_add(1);
                fold.largest = fold.largest.max(hit.amount);
            });
            self.running = None; // it may raise a flag
            return;
        }
        if !self.ids.add(one.event.id) {
            // Of two events with one id the earlier counts.
            match self.history.events.iter().position(|known| known.id == one.event.id) {
                Some(place) if self.history.seen(place).is_some_and(|known| one.order(known) == Ordering::Less) => {
                    self.history.events.remove(place);
                    self.running = None;
                }
                _ => return,
            }
        }
        let place = self.history.first(|known| known.order(one) == Ordering::Greater);
        match &mut self.running {
            Some(running) if place == self.history.events.len() => running.add(program, one),
            running => *running = None,
        }
        self.history.insert(place, one);
    }

    /// How many like it there are.
    fn count(&self, one: Happening) -> usize {
        let from = self.history.first(|known| known.order(one) != Ordering::Less);
        self.history.first(|known| known.order(one) == Ordering::Greater) - from
    }

    /// Folds so much of what is too much that there is room again, with whatever happened at the same instant as the last.
    fn fit(&mut self, program: &Program) {
        let count = self.history.events.len();
        if count <= VISITOR_EVENTS {
            return;
        }
        let own = core::mem::take(&mut self.history);
        self.running = None;
        self.horizon = own.events.get(count - VISITOR_EVENTS * 3 / 4).map(|event| event.at);
        self.ids = Ids::default();
        own.each(|one| {
            if Some(one.event.at) > self.horizon {
                self.append(one);
                return;
            }
            self.folded = self.folded.saturating_add(1);
            self.each_fold(program, one, |fold, hit| {
                fold.times = fold.times.saturating_add(1);
                fold.most = fold.most.saturating_add(1);
                fold.amount += hit.amount;
                fold.largest = fold.largest.max(hit.amount);
            });
        });
    }

    /// Puts an event behind all others.
    pub(super) fn append(&mut self, one: Happening) {
        self.ids.add(one.event.id);
        self.history.insert(self.history.events.len(), one);
    }

    /// Visits what an event is folded into.
    fn each_fold(&mut self, program: &Program, one: Happening, visit: impl Fn(&mut Fold, &Hit)) {
        let purpose = match needed(program, one.event) {
            named if named == 0 || program.types.iter().any(|kind| kind.purpose == named) => named,
            _ => OTHER_PURPOSE,
        };
        let at = one.event.at;
        for hit in one.hits {
            let fold = self.fold(Fold { target: hit.target, purpose, first: at, last: at, ..Fold::default() });
            if let Some(fold) = fold {
                (fold.first, fold.last) = (fold.first.min(at), fold.last.max(at));
                visit(fold, hit);
            }
        }
    }

    /// The fold with the target and the purpose of another; that one where there is none.
    fn fold(&mut self, other: Fold) -> Option<&mut Fold> {
        let key = |fold: &Fold| (fold.target, fold.purpose);
        let place = self.folds.partition_point(|fold| key(fold) < key(&other));
        if self.folds.get(place).map(key) != Some(key(&other)) {
            self.folds.insert(place, other);
        }
        self.folds.get_mut(place)
    }

    /// Of two folds that differ the larger counts; how much of it is in both is not known.
    fn merge_fold(&mut self, other: &Fold) {
        let Some(fold) = self.fold(*other).filter(|fold| *fold != other) else { return };
        fold.most = fold.most.saturating_add(other.most);
        if (fold.times, fold.amount) < (other.times, other.amount) {
            (fold.times, fold.amount) = (other.times, other.amount);
        }
        fold.largest = fold.largest.max(other.largest);
        (fold.first, fold.last) = (fold.first.min(other.first), fold.last.max(other.last));
    }
}

/// Ids that were seen: a table in which a place is looked for from the one that an id names, itself a hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    slots: Vec<i64>,
    count: usize,
}

impl Ids {
    /// Whether an id is new; none always is.
    fn add(&mut self, id: i64) -> bool {
        if id == 0 {
            return true;
        }
        if self.slots.len() <= 2 * self.count {
            let before = core::mem::take(self);
            self.slots.resize((2 * before.slots.len()).max(16), 0);
            before.slots.iter().for_each(|id| _ = self.add(*id));
        }
        let mut at = id as usize;
        loop {
            at &= self.slots.len() - 1;
            match self.slots.get_mut(at) {
                Some(slot) if *slot == 0 => {
                    *slot = id;
                    self.count += 1;
                    return true;
                }
                Some(slot) if *slot == id => return false,
                _ => at += 1,
            }
        }
    }
}
