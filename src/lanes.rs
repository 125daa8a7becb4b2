//! Sixty-four leads at once: every answer is a word with a bit for each lead, so that a condition is worked out for all
//! of them in one step.
//!
//! For programs that only add up rules on facts; whatever else there is goes the way of `outcome`, lead by lead.

use alloc::vec;
use alloc::vec::Vec;

use crate::eval::{DimensionTally, Total, clamp};
use crate::program::{Clause, Grade, Missing, NONE, Program, Word};

/// How many leads there are in a block.
pub const LANES: usize = 64;

/// Most words of answers of one lead: all of them are kept.
const WORDS: usize = 16;

/// Leads as a program is asked about them.
pub struct Lanes {
    /// Of each block by place: of each of its leads the answer, without joins.
    blocks: Vec<Word>,
    /// The same of the block that is looked at, with joins.
    answers: Vec<Word>,
    /// How many words the answers of one lead take, without joins.
    words: usize,
    sums: Vec<[f64; LANES]>,
}

impl Lanes {
    /// Nothing where a program needs more than that.
    pub fn new(program: &Program) -> Option<Lanes> {
        let plain = program.plain.iter().all(|rule| rule.when.0 != NONE);
        let stay = program.groups.iter().all(|group| group.missing == Missing::Zero);
        let alone = program.flags.is_empty() && program.stages.is_empty() && program.overrides.is_empty();
        let narrow = program.facts.slots.iter().all(|slot| slot.width() == 1);
        if !(plain && stay && alone && narrow && matches!(program.grade, Grade::None)) || program.requires {
            return None;
        }
        let words = Word::count(program.facts.first_join());
        if words > WORDS {
            return None;
        }
        Some(Lanes {
            blocks: Vec::new(),
            answers: vec![Word::default(); words * LANES + program.facts.joins.len()],
            words,
            sums: vec![[0.0; LANES]; program.groups.len()],
        })
    }

    pub fn words(&self) -> usize {
        self.words
    }

    /// Adds a block: for each of `words()` one of each lead.
    pub fn add(&mut self, block: &[[Word; LANES]]) {
        for words in block {
            let mut yes = words.map(|word| word.yes);
            let mut no = words.map(|word| word.no);
            transpose(&mut yes);
            transpose(&mut no);
            for (yes, no) in yes.into_iter().zip(no) {
                self.blocks.push(Word { yes, no });
            }
        }
    }

    /// Calls with the total of each lead of each block, NaN where there is none.
    pub fn add_up(&mut self, program: &Program, total: &mut dyn FnMut(&[f64; LANES])) {
        let blocks = core::mem::take(&mut self.blocks);
        for block in blocks.chunks(self.words * LANES) {
            for (answer, own) in self.answers.iter_mut().zip(block) {
                *answer = *own;
            }
            total(&self.add_up_block(program));
        }
        self.blocks = blocks;
    }

    fn clause(&self, clause: Clause) -> Word {
        let word = self.answers.get(clause.place()).copied().unwrap_or_default();
        if clause.is_contrary() { word.not() } else { word }
    }

    fn add_up_block(&mut self, program: &Program) -> [f64; LANES] {
        let first = program.facts.first_join();
        for (place, [one, other]) in program.facts.joins.iter().enumerate() {
            let both = self.clause(*one).and(self.clause(*other));
            if let Some(answer) = self.answers.get_mut(first + place) {
                *answer = both;
            }
        }
        self.sums.iter_mut().for_each(|sums| sums.fill(0.0));
        for (plain, rule) in program.plain.iter().zip(&program.rules) {
            let mut fires = self.clause(plain.when).yes;
            let Some(sums) = self.sums.get_mut(rule.group as usize) else { continue };
            while fires != 0 {
                if let Some(sum) = sums.get_mut(fires.trailing_zeros() as usize) {
                    *sum += plain.points;
                }
                fires &= fires - 1;
            }
        }
        let mut totals = [Total::NOTHING; LANES];
        let mut groups = program.groups.iter().zip(&self.sums);
        for dimension in &program.dimensions {
            let (mut attainable, mut values) = (0.0, [0.0; LANES]);
            for (group, sums) in groups.by_ref().take(dimension.groups as usize) {
                attainable += group.weight * group.bounds.cap;
                for (value, sum) in values.iter_mut().zip(sums) {
                    *value += clamp(group.bounds, *sum) * group.weight;
                }
            }
            for (total, sum) in totals.iter_mut().zip(values) {
                total.add(dimension, DimensionTally::new(dimension, sum, attainable).value);
            }
        }
        totals.map(|total| clamp(program.bounds, total.unbounded(program)))
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
