//! What one lead, or one event, answers to the questions of a sheet.
//!
//! Values are asked once, when they come in; afterwards everything is a place in a list.

use alloc::vec;
use alloc::vec::Vec;

use crate::condition::Truth;
use crate::program::{Sheet, Slot, join, row};

/// The answers to everything that is asked of one object; at first all of it is unknown.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    pub truths: Vec<Truth>,
    known: Vec<bool>,
}

impl Answers {
    pub fn new(sheet: &Sheet) -> Answers {
        let mut truths = vec![Truth::Unknown; sheet.origins.len()];
        if let Some(always) = truths.first_mut() {
            *always = Truth::True;
        }
        let mut answers = Answers { truths, known: vec![false; sheet.slots.len()] };
        for (place, slot) in sheet.slots.iter().enumerate() {
            answers.put(place, slot, slot.row(row::UNKNOWN), false);
        }
        answers
    }

    /// Gives a slot the answers of a row.
    pub fn put(&mut self, place: usize, slot: &Slot, row: &[Truth], known: bool) {
        for export in &slot.exports {
            if let (Some(to), Some(answer)) = (self.truths.get_mut(export.place as usize), row.get(export.question as usize)) {
                *to = *answer;
            }
        }
        if let Some(to) = self.known.get_mut(place) {
            *to = known;
        }
    }

    /// Works out joins, from one place among them to another.
    pub fn join(&mut self, sheet: &Sheet, from: usize, to: usize) {
        for one in sheet.joins.get(from..to).unwrap_or_default() {
            let answer = join(&one.both, &self.truths);
            if let Some(to) = self.truths.get_mut(one.place as usize) {
                *to = answer;
            }
        }
    }

    /// Works out all of them.
    pub fn join_all(&mut self, sheet: &Sheet) {
        self.join(sheet, 0, sheet.joins.len());
    }

    /// How many of the first slots are known.
    pub fn known(&self, slots: usize) -> usize {
        self.known.iter().take(slots).filter(|known| **known).count()
    }

    pub fn is_known(&self, slot: usize) -> bool {
        self.known.get(slot).copied().unwrap_or(false)
    }
}
