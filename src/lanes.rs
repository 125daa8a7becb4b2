//! Sixty-four leads at once: every answer is a word with a bit for each lead, so that a condition is worked out for all
//! of them in one step.
//!
//! For programs that only add up rules on facts; whatever else there is goes the way of `outcome`, lead by lead.

use alloc::vec;
use alloc::vec::Vec;

use crate::condition::Truth;
use crate::eval::Tally;
use crate::program::{Clause, Grade, Missing, NONE, Origin, Program, Slot};

/// How many leads there are in a block.
pub const LANES: usize = 64;

/// Answers of one kind for a block of leads: those that hold, and those that may.
#[derive(Clone, Copy, Default)]
pub struct Word {
    pub sure: u64,
    pub may: u64,
}

impl Word {
    pub fn join(&mut self, other: Word) {
        self.sure |= other.sure;
        self.may |= other.may;
    }

    /// In what it differs from another.
    pub fn against(self, other: Word) -> Word {
        Word { sure: self.sure ^ other.sure, may: self.may ^ other.may }
    }

    /// Takes on what differs.
    pub fn change(&mut self, difference: Word) {
        self.sure ^= difference.sure;
        self.may ^= difference.may;
    }
}

/// A program as it is asked about blocks.
pub struct Lanes {
    /// For each bit of each lead's words, the place of the answer; a slot's bits are in one word.
    places: Vec<[u32; LANES]>,
    /// For each slot its word, its first bit, and the questions that have bits.
    slots: Vec<Packing>,
    /// By place.
    answers: Vec<Word>,
    sums: Vec<[f64; LANES]>,
    tally: Tally,
}

/// Where the answers of a slot go.
#[derive(Clone, Default)]
pub struct Packing {
    pub word: usize,
    first: usize,
    questions: Vec<usize>,
    /// Whether an answer about a list is that about any of its elements.
    pub by_element: bool,
}

impl Packing {
    /// The bits of a row.
    pub fn pack(&self, row: &[Truth]) -> Word {
        let mut word = Word::default();
        for (bit, question) in self.questions.iter().enumerate() {
            let answer = row.get(*question).copied().unwrap_or_default();
            word.sure |= u64::from(answer == Truth::True) << (self.first + bit);
            word.may |= u64::from(answer != Truth::False) << (self.first + bit);
        }
        word
    }
}

impl Lanes {
    /// Nothing where a program needs more than that.
    pub fn new(program: &Program) -> Option<Lanes> {
        let plain = program.plain.iter().all(|rule| rule.when.0 != NONE);
        let stay = program.groups.iter().all(|group| group.missing == Missing::Zero);
        let alone = program.flags.is_empty() && program.stages.is_empty() && program.overrides.is_empty();
        if !(plain && stay && alone && matches!(program.grade, Grade::None)) || program.requires {
            return None;
        }
        let mut used = vec![false; program.facts.origins.len()];
        let clauses = program.plain.iter().map(|rule| rule.when).chain(program.facts.joins.iter().flatten().copied());
        for clause in clauses {
            if let Some(used) = used.get_mut(clause.place()) {
                *used = true;
            }
        }
        let mut lanes = Lanes {
            places: vec![[0; LANES]],
            slots: Vec::new(),
            answers: vec![Word { sure: !0, may: !0 }; program.facts.origins.len()],
            sums: vec![[0.0; LANES]; program.groups.len()],
            tally: Tally::default(),
        };
        let mut next = 0;
        for slot in &program.facts.slots {
            let packing = lanes.packing(slot, &used, &mut next)?;
            lanes.slots.push(packing);
        }
        Some(lanes)
    }

    fn packing(&mut self, slot: &Slot, used: &[bool], next: &mut usize) -> Option<Packing> {
        let mut packing = Packing { by_element: slot.by_element(), ..Packing::default() };
        for question in 0..slot.questions.len() {
            if used.get(slot.first + question).copied().unwrap_or(false) {
                packing.questions.push(question);
            }
        }
        let count = packing.questions.len();
        if count > LANES {
            return None;
        }
        if *next + count > LANES {
            self.places.push([0; LANES]);
            *next = 0;
        }
        (packing.word, packing.first) = (self.places.len() - 1, *next);
        for (bit, question) in packing.questions.iter().enumerate() {
            if let Some(place) = self.places.last_mut().and_then(|places| places.get_mut(*next + bit)) {
                *place = (slot.first + question) as u32;
            }
        }
        *next += count;
        Some(packing)
    }

    pub fn words(&self) -> usize {
        self.places.len()
    }

    pub fn slot(&self, slot: usize) -> Packing {
        self.slots.get(slot).cloned().unwrap_or_default()
    }

    /// Takes the words of a block: for each of `words()` one of each lead.
    pub fn take(&mut self, block: &[[Word; LANES]]) {
        for (words, places) in block.iter().zip(&self.places) {
            let mut sure = [0; LANES];
            let mut may = [0; LANES];
            for ((word, sure), may) in words.iter().zip(&mut sure).zip(&mut may) {
                (*sure, *may) = (word.sure, word.may);
            }
            transpose(&mut sure);
            transpose(&mut may);
            for ((place, sure), may) in places.iter().zip(sure).zip(may) {
                if let Some(answer) = self.answers.get_mut(*place as usize).filter(|_| *place > 0) {
                    *answer = Word { sure, may };
                }
            }
        }
    }

    fn clause(&self, clause: Clause) -> Word {
        let Word { sure, may } = self.answers.get(clause.place()).copied().unwrap_or_default();
        if clause.0 & 1 == 1 { Word { sure: !may, may: !sure } } else { Word { sure, may } }
    }

    /// Adds up; calls with the total of each of the first so many leads, NaN where there is none.
    pub fn add_up(&mut self, program: &Program, count: usize, total: &mut dyn FnMut(f64)) {
        for (place, origin) in program.facts.origins.iter().enumerate() {
            let Origin::Join(join) = origin else { continue };
            let Some([one, other]) = program.facts.joins.get(*join as usize) else { continue };
            let (one, other) = (self.clause(*one), self.clause(*other));
            if let Some(answer) = self.answers.get_mut(place) {
                *answer = Word { sure: one.sure & other.sure, may: one.may & other.may };
            }
        }
        self.sums.iter_mut().for_each(|sums| sums.fill(0.0));
        for (plain, rule) in program.plain.iter().zip(&program.rules) {
            let mut fires = self.clause(plain.when).sure;
            let Some(sums) = self.sums.get_mut(rule.group as usize) else { continue };
            while fires != 0 {
                if let Some(sum) = sums.get_mut(fires.trailing_zeros() as usize) {
                    *sum += plain.points;
                }
                fires &= fires - 1;
            }
        }
        for lane in 0..count {
            self.tally.groups.clear();
            for (group, sums) in program.groups.iter().zip(&self.sums) {
                self.tally.groups.push(group.bounds.clamp(sums.get(lane).copied().unwrap_or(0.0)) + 0.0);
            }
            self.tally.of_groups(program);
            total(self.tally.total);
        }
    }
}

/// Turns rows of bits into columns of bits: bit *j* of word *i* becomes bit *i* of word *j* (H. S. Warren, Hacker's
/// Delight, 2012, § 7–3).
fn transpose(words: &mut [u64; LANES]) {
    let mut width = LANES / 2;
    let mut mask = u64::MAX >> (LANES / 2);
    while width > 0 {
        let mut at = 0;
        while at < LANES {
            if let Some((low, high)) =
                words.get_mut(at..at + 2 * width).and_then(|pair| pair.split_at_mut_checked(width))
            {
                for (low, high) in low.iter_mut().zip(high) {
                    let changed = ((*low >> width) ^ *high) & mask;
                    *high ^= changed;
                    *low ^= changed << width;
                }
            }
            at += 2 * width;
        }
        width /= 2;
        mask ^= mask << width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns() {
        let mut words = [0; LANES];
        let mut bits = 1_u64;
        for word in &mut words {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *word = bits;
        }
        let before = words;
        transpose(&mut words);
        for (i, row) in before.iter().enumerate() {
            for (j, column) in words.iter().enumerate() {
                assert_eq!(column >> i & 1, row >> j & 1);
            }
        }
    }
}
