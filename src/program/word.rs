//! Answers as they are kept: sixty-four to a word, in two bits each, so that a row of them is copied in one go and a
//! condition worked out for many at once.

use crate::condition::Truth;

/// Sixty-four answers: those that are true, and those that are false; the others are unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Word {
    pub yes: u64,
    pub no: u64,
}

impl Word {
    /// How many answers there are in a word.
    pub const ANSWERS: usize = 64;

    /// How many words so many answers take; even none take one.
    pub fn count(answers: usize) -> usize {
        answers.div_ceil(Word::ANSWERS).max(1)
    }

    pub fn truth(self, place: usize) -> Truth {
        match (self.yes >> (place % Word::ANSWERS) & 1, self.no >> (place % Word::ANSWERS) & 1) {
            (1, _) => Truth::True,
            (_, 1) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    pub fn set(&mut self, place: usize, answer: Truth) {
        let bit = 1 << (place % Word::ANSWERS);
        *self = self.without(bit);
        match answer {
            Truth::True => self.yes |= bit,
            Truth::False => self.no |= bit,
            Truth::Unknown => {}
        }
    }

    pub fn not(self) -> Word {
        Word { yes: self.no, no: self.yes }
    }

    #[cfg(feature = "bulk")]
    pub fn and(self, other: Word) -> Word {
        Word { yes: self.yes & other.yes, no: self.no | other.no }
    }

    pub fn or(self, other: Word) -> Word {
        Word { yes: self.yes | other.yes, no: self.no & other.no }
    }

    /// With the answers of another, where it has none.
    pub fn with(self, other: Word) -> Word {
        Word { yes: self.yes | other.yes, no: self.no | other.no }
    }

    /// Without those of a mask.
    pub fn without(self, mask: u64) -> Word {
        Word { yes: self.yes & !mask, no: self.no & !mask }
    }

    /// Its answers so many places further up.
    pub fn at(self, place: usize) -> Word {
        Word { yes: self.yes << (place % Word::ANSWERS), no: self.no << (place % Word::ANSWERS) }
    }
}

/// Sets the answer at a place.
pub fn set(answers: &mut [Word], place: usize, answer: Truth) {
    if let Some(word) = answers.get_mut(place / Word::ANSWERS) {
        word.set(place, answer);
    }
}
