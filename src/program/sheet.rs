//! What is asked of one kind of object, and the clauses that say conditions about its answers.

use alloc::vec;
use alloc::vec::Vec;

use super::{Slot, Word};
use crate::condition::Truth;

/// What is asked of one kind of object. Its answers have places one after the other: one that is always true, then the
/// questions of each slot, then the joins. Those of one slot are in one word, or begin one where they need several.
#[derive(Debug, Default)]
pub struct Sheet {
    pub slots: Vec<Slot>,
    pub joins: Vec<[Clause; 2]>,
    /// Where the answer of each place comes from; see `prepare`.
    pub origins: Vec<Origin>,
}

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Origin {
    /// From nowhere: it is always true.
    #[default]
    Always,
    Slot(u32),
    Join(u32),
}

/// An answer and whether its contrary is meant.
///
/// With *and* and *not* every condition can be said, and unknown spreads through them as Kleene has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clause(pub u32);

impl Clause {
    pub const ALWAYS: Clause = Clause(0);
    pub const NEVER: Clause = Clause(1);

    pub fn at(place: u32) -> Clause {
        Clause(place * 2)
    }

    pub fn not(self) -> Clause {
        Clause(self.0 ^ 1)
    }

    pub fn place(self) -> usize {
        (self.0 / 2) as usize
    }

    /// Whether the contrary of the answer is meant.
    pub fn is_contrary(self) -> bool {
        self.0 & 1 == 1
    }

    /// What it says, by the answers it is about.
    pub fn truth(self, answers: &[Word]) -> Truth {
        self.word(answers).truth(self.place())
    }

    /// The word in which its answer is, or the contrary of it.
    fn word(self, answers: &[Word]) -> Word {
        let word = answers.get(self.place() / Word::ANSWERS).copied().unwrap_or_default();
        if self.is_contrary() { word.not() } else { word }
    }

    /// Whether it is true, and whether it is false, as bits.
    pub fn bits(self, answers: &[Word]) -> (u64, u64) {
        let word = self.word(answers);
        (word.yes >> (self.place() % Word::ANSWERS) & 1, word.no >> (self.place() % Word::ANSWERS) & 1)
    }
}

impl Sheet {
    /// Gives every answer its place, and works out the rows of all the values that are known beforehand.
    pub fn prepare(&mut self) {
        self.lay_out();
        self.origins.clear();
        for (place, slot) in self.slots.iter_mut().enumerate() {
            slot.prepare();
            self.origins.resize(slot.first, Origin::Always);
            self.origins.resize(slot.first + slot.questions.len(), Origin::Slot(place as u32));
        }
        self.origins.resize(self.origins.len().max(1), Origin::Always);
        for join in 0..self.joins.len() {
            self.origins.push(Origin::Join(join as u32));
        }
    }

    /// Says where the answers of each slot begin; where they end.
    pub fn lay_out(&mut self) -> usize {
        let mut next = 1;
        for slot in &mut self.slots {
            if next % Word::ANSWERS + slot.questions.len() > Word::ANSWERS {
                next = next.next_multiple_of(Word::ANSWERS);
            }
            slot.first = next;
            next += slot.questions.len();
        }
        next
    }

    /// The place of the first join.
    pub fn first_join(&self) -> usize {
        self.origins.len() - self.joins.len()
    }

    /// Visits each slot for want of whose answers a clause is unknown.
    pub fn open(&self, answers: &[Word], clause: Clause, visit: &mut dyn FnMut(usize)) {
        if clause.truth(answers) == Truth::Unknown {
            self.each(clause, &|part| part.truth(answers) == Truth::Unknown, visit);
        }
    }

    /// Visits the slot of each part of a clause that is wanted, through the joins that are.
    pub fn each(&self, clause: Clause, wanted: &dyn Fn(Clause) -> bool, visit: &mut dyn FnMut(usize)) {
        let mut left = vec![clause];
        while let Some(clause) = left.pop() {
            match self.origins.get(clause.place()) {
                _ if !wanted(clause) => {}
                Some(Origin::Slot(slot)) => visit(*slot as usize),
                Some(Origin::Join(join)) => {
                    left.extend_from_slice(self.joins.get(*join as usize).map_or(&[][..], |both| both));
                }
                _ => {}
            }
        }
    }
}

/// What a join says.
pub fn join(both: &[Clause; 2], answers: &[Word]) -> Truth {
    let [one, other] = both;
    one.truth(answers).min(other.truth(answers))
}
