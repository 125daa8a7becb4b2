//! What one lead, or one event, answers to the questions of a sheet.
//!
//! Values are asked once, when they come in; afterwards everything is bits.

use crate::condition::Truth;
use crate::error::{Code, Error};
use crate::limits::FACT_TEXT_BYTES;
use crate::program::{Class, Sheet, Slot};
use crate::value::Value;

/// The answers to every question of a sheet; at first all attributes are unknown.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    truths: Vec<u64>,
    unknowns: Vec<u64>,
    known: Vec<bool>,
    /// Of which slots the value is not of the declared type.
    unexpected: Vec<bool>,
}

impl Answers {
    pub fn new(sheet: &Sheet) -> Answers {
        let mut answers = Answers {
            truths: vec![0; sheet.words.len()],
            unknowns: vec![0; sheet.words.len()],
            known: vec![false; sheet.slots.len()],
            unexpected: vec![false; sheet.slots.len()],
        };
        for (place, slot) in sheet.slots.iter().enumerate() {
            answers.set_unknown(place, slot);
        }
        answers
    }

    /// Reads every slot from facts, or from an event; `root` is what paths in errors begin with.
    pub fn read(&mut self, sheet: &Sheet, object: &Value, root: &str) -> Result<(), Error> {
        let mut found = Vec::new();
        for (place, slot) in sheet.slots.iter().enumerate() {
            found.clear();
            object.reach(&slot.path, &mut found);
            self.set_values(place, slot, &found, root)?;
        }
        Ok(())
    }

    /// Sets a slot from the known values found at its path.
    pub fn set_values(&mut self, place: usize, slot: &Slot, found: &[&Value], root: &str) -> Result<(), Error> {
        short_enough(found, slot, root)?;
        match found {
            [] => self.set_unknown(place, slot),
            found => {
                let expected = found.iter().all(|value| slot.expects(value));
                self.set_class(place, slot, &slot.classify(found), expected);
            }
        }
        Ok(())
    }

    /// Sets a slot to a value whose answers are at hand.
    pub fn set_class(&mut self, place: usize, slot: &Slot, class: &Class, expected: bool) {
        self.put(slot, class);
        self.mark(place, true, expected);
    }

    /// Sets a slot to unknown.
    pub fn set_unknown(&mut self, place: usize, slot: &Slot) {
        self.put(slot, &slot.unknown());
        self.mark(place, false, true);
    }

    fn put(&mut self, slot: &Slot, class: &Class) {
        for ((word, truths), unknowns) in slot.words.iter().zip(&class.truths).zip(&class.unknowns) {
            if let (Some(to), Some(also)) = (self.truths.get_mut(*word), self.unknowns.get_mut(*word)) {
                *to = *truths;
                *also = *unknowns;
            }
        }
    }

    fn mark(&mut self, place: usize, known: bool, expected: bool) {
        if let (Some(to), Some(also)) = (self.known.get_mut(place), self.unexpected.get_mut(place)) {
            *to = known;
            *also = !expected;
        }
    }

    /// The answer to one question.
    pub fn truth(&self, bit: usize) -> Truth {
        let has = |words: &[u64]| words.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1);
        match (has(&self.truths), has(&self.unknowns)) {
            (true, _) => Truth::True,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::False,
        }
    }

    pub fn is_known(&self, slot: usize) -> bool {
        self.known.get(slot).copied().unwrap_or(false)
    }

    /// Slots whose value is not of the declared type.
    pub fn unexpected(&self) -> impl Iterator<Item = usize> + '_ {
        self.unexpected.iter().enumerate().filter(|(_, unexpected)| **unexpected).map(|(place, _)| place)
    }
}

/// A text so long that comparing it could take for ever is refused.
pub fn short_enough(found: &[&Value], slot: &Slot, root: &str) -> Result<(), Error> {
    let Some(length) = found.iter().find_map(|value| too_long(value)) else {
        return Ok(());
    };
    let message = format!("expected a text of at most {FACT_TEXT_BYTES} bytes, found {length}");
    Err(Error::new(Code::TooLarge, format!("{root}.{}", slot.name), message))
}

/// The length of the first text in a value that is too long.
fn too_long(value: &Value) -> Option<usize> {
    match value {
        Value::Text(text) => Some(text.len()).filter(|length| *length > FACT_TEXT_BYTES),
        Value::List(items) => items.iter().find_map(too_long),
        Value::Object(entries) => entries.iter().find_map(|(_, entry)| too_long(entry)),
        _ => None,
    }
}
