//! What one lead, or one event, answers to the questions of a sheet.
//!
//! Values are asked once, when they come in; afterwards everything is a place among bits.

use alloc::vec;
use alloc::vec::Vec;

use crate::condition::Truth;
use crate::program::{Sheet, Slot, Word, join, row, set};
use crate::value::Value;

/// The answers to everything that is asked of one object; at first all of it is unknown.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    pub truths: Vec<Word>,
    known: Vec<bool>,
}

impl Answers {
    pub fn new(sheet: &Sheet) -> Answers {
        let mut truths = vec![Word::default(); Word::count(sheet.origins.len())];
        set(&mut truths, 0, Truth::True);
        let mut answers = Answers { truths, known: vec![false; sheet.slots.len()] };
        for (place, slot) in sheet.slots.iter().enumerate() {
            answers.put(place, slot, slot.row(row::UNKNOWN), false);
        }
        answers
    }

    /// Gives a slot the answers of a row.
    pub fn put(&mut self, place: usize, slot: &Slot, row: &[Word], known: bool) {
        let mut to = self.truths.iter_mut().skip(slot.first / Word::ANSWERS);
        if let Some((last, before)) = row.split_last() {
            for (word, to) in before.iter().zip(to.by_ref()) {
                *to = *word;
            }
            if let Some(to) = to.next() {
                *to = to.without(slot.mask).with(last.at(slot.first));
            }
        }
        if let Some(to) = self.known.get_mut(place) {
            *to = known;
        }
    }

    /// Gives a slot the answers of a number.
    pub fn put_number(&mut self, place: usize, slot: &Slot, number: f64) {
        match slot.number(number) {
            Some(row) => self.put(place, slot, slot.row(row), true),
            None => self.put(place, slot, &slot.ask(&[&Value::Number(number)]), true),
        }
    }

    /// Works out joins, from one place among them to another.
    pub fn join(&mut self, sheet: &Sheet, from: usize, to: usize) {
        let first = sheet.first_join() + from;
        for (place, both) in sheet.joins.get(from..to).unwrap_or_default().iter().enumerate() {
            let answer = join(both, &self.truths);
            set(&mut self.truths, first + place, answer);
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
