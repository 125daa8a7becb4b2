//! The slots of one sheet as JavaScript fills them: numbers as they are, everything else as the row of its answers.
//!
//! Texts, lists and nested values are asked once, and whoever hands them over remembers the number of their row.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::answers::Answers;
use crate::program::{Sheet, Slot, Word, row};
use crate::value::Value;

/// What is in a slot besides rows.
const NUMBER: u8 = 1;
/// Most rows that are kept for one slot.
const KEPT: usize = 1_024;
/// The row of what is not kept: it holds for one lead only.
const VOLATILE: usize = 65_535;
/// In place of a row: the value is refused.
const TOO_LONG: i32 = -1;
/// Deepest nesting of values as bytes.
const DEPTH: usize = 66;

/// The slots of one sheet, and the object that is being read.
pub struct Intake {
    /// For each slot `NUMBER`, or 0 for a row.
    pub kinds: Vec<u8>,
    pub values: Vec<f64>,
    kept: Vec<Kept>,
    /// Of the values that were asked about last.
    answers: Vec<Word>,
}

/// The rows of a slot: those known beforehand, those that were asked for, and the one that is being made.
#[derive(Clone, Default)]
struct Kept {
    rows: Vec<Word>,
    /// How many were known beforehand.
    before: usize,
    /// Of each of the others whether it is of values that are not of the declared type.
    odd: Vec<bool>,
    volatile: Row,
}

#[derive(Clone, Default)]
struct Row {
    answers: Vec<Word>,
    odd: bool,
}

impl Kept {
    /// Turns what is in its slot into answers.
    fn answer(&self, place: usize, slot: &Slot, (kind, value): (u8, f64), answers: &mut Answers) {
        let number = if kind == NUMBER { slot.number(value) } else { None };
        let row = number.unwrap_or(value as usize);
        if kind == NUMBER && slot.endless {
            answers.put_number(place, slot, value);
        } else if row == VOLATILE {
            answers.put(place, slot, &self.volatile.answers, true);
        } else {
            answers.put(place, slot, slot.row_of(&self.rows, row), row != row::UNKNOWN);
        }
    }
}

impl Intake {
    pub fn new(sheet: &Sheet, slots: usize) -> Intake {
        let mut kept = Vec::new();
        for slot in sheet.slots.iter().take(slots) {
            let before = slot.rows.len() / slot.width();
            kept.push(Kept { rows: slot.rows.clone(), before, ..Kept::default() });
        }
        Intake { kinds: vec![0; slots], values: vec![0.0; slots], kept, answers: Vec::new() }
    }

    /// The row of a text.
    pub fn text(&mut self, sheet: &Sheet, slot: usize, text: String) -> i32 {
        self.values_found(sheet, slot, &[&Value::Text(text)])
    }

    /// The row of values as bytes.
    pub fn nested(&mut self, sheet: &Sheet, slot: usize, bytes: &[u8]) -> i32 {
        let mut rest = Rest(bytes);
        let mut found = Vec::new();
        while let Some(value) = rest.value(DEPTH) {
            found.push(value);
        }
        let found: Vec<&Value> = found.iter().collect();
        self.values_found(sheet, slot, &found)
    }

    /// The row of all the values found at a slot's path; -1 with a text that is too long.
    pub fn values_found(&mut self, sheet: &Sheet, slot: usize, found: &[&Value]) -> i32 {
        let Some(asked) = sheet.slots.get(slot) else { return 0 };
        if found.iter().any(|value| value.too_long().is_some()) {
            return TOO_LONG;
        }
        let odd = found.iter().any(|value| !asked.expects(value));
        let mut answers = core::mem::take(&mut self.answers);
        asked.ask_into(&mut answers, found);
        let row = self.keep(asked, slot, &answers, odd);
        self.answers = answers;
        row
    }

    /// Empties every slot.
    #[cfg(feature = "bulk")]
    pub fn forget(&mut self) {
        self.kinds.fill(0);
        self.values.fill(0.0);
    }

    /// Fills a slot with a row.
    #[cfg(feature = "bulk")]
    pub fn put_row(&mut self, slot: usize, row: i32) {
        self.fill(slot, 0, f64::from(row));
    }

    /// Fills a slot with a number.
    #[cfg(feature = "bulk")]
    pub fn put_number(&mut self, slot: usize, number: f64) {
        self.fill(slot, NUMBER, number);
    }

    #[cfg(feature = "bulk")]
    fn fill(&mut self, slot: usize, kind: u8, value: f64) {
        if let (Some(to), Some(also)) = (self.kinds.get_mut(slot), self.values.get_mut(slot)) {
            (*to, *also) = (kind, value);
        }
    }

    /// Whether a row holds for one lead only.
    #[cfg(feature = "bulk")]
    pub fn is_volatile(row: i32) -> bool {
        row == VOLATILE as i32
    }

    pub fn list_start(&mut self, sheet: &Sheet, slot: usize) {
        let empty = Value::List(Vec::new());
        if let (Some(asked), Some(kept)) = (sheet.slots.get(slot), self.kept.get_mut(slot)) {
            kept.volatile = Row { answers: asked.ask(&[&empty]), odd: !asked.expects(&empty) };
        }
    }

    #[cfg(feature = "bulk")]
    pub fn list_number(&mut self, sheet: &Sheet, slot: usize, number: f64) {
        if let (Some(asked), Some(kept)) = (sheet.slots.get(slot), self.kept.get_mut(slot)) {
            asked.with_element(&mut kept.volatile.answers, &asked.ask(&[&Value::Number(number)]));
        }
    }

    pub fn list_row(&mut self, sheet: &Sheet, slot: usize, row: usize) {
        if let (Some(asked), Some(Kept { rows, volatile, .. })) = (sheet.slots.get(slot), self.kept.get_mut(slot)) {
            asked.with_element(&mut volatile.answers, asked.row_of(rows, row));
        }
    }

    pub fn list_end(&mut self, sheet: &Sheet, slot: usize) -> i32 {
        let (Some(asked), Some(kept)) = (sheet.slots.get(slot), self.kept.get(slot)) else { return 0 };
        let Row { answers, odd } = kept.volatile.clone();
        self.keep(asked, slot, &answers, odd)
    }

    /// The number of a row, known or new.
    fn keep(&mut self, asked: &Slot, slot: usize, answers: &[Word], odd: bool) -> i32 {
        let Some(kept) = self.kept.get_mut(slot) else { return 0 };
        for (place, known) in (kept.before..).zip(&kept.odd) {
            if *known == odd && asked.row_of(&kept.rows, place) == answers {
                return place as i32;
            }
        }
        if kept.odd.len() == KEPT {
            kept.volatile = Row { answers: answers.to_vec(), odd };
            return VOLATILE as i32;
        }
        kept.rows.extend_from_slice(answers);
        kept.odd.push(odd);
        (kept.before + kept.odd.len() - 1) as i32
    }

    /// Turns what is in the slots into answers.
    pub fn answer(&self, sheet: &Sheet, answers: &mut Answers) {
        let filled = self.kinds.iter().zip(&self.values).zip(&self.kept);
        for (place, (slot, ((kind, value), kept))) in sheet.slots.iter().zip(filled).enumerate() {
            kept.answer(place, slot, (*kind, *value), answers);
        }
    }

    /// The same for some of the slots.
    pub fn answer_at(&self, places: &[usize], sheet: &Sheet, answers: &mut Answers) {
        for &place in places {
            let filled = (self.kinds.get(place), self.values.get(place), self.kept.get(place));
            if let (Some(slot), (Some(kind), Some(value), Some(kept))) = (sheet.slots.get(place), filled) {
                kept.answer(place, slot, (*kind, *value), answers);
            }
        }
    }

    /// For each slot its number, or NaN.
    pub fn numbers(&self) -> Vec<f64> {
        let slots = self.kinds.iter().zip(&self.values);
        slots.map(|(kind, value)| if *kind == NUMBER { *value } else { f64::NAN }).collect()
    }

    /// The slots whose value is not of the declared type.
    pub fn unexpected(&self, sheet: &Sheet) -> Vec<usize> {
        let mut unexpected = Vec::new();
        let filled = self.kinds.iter().zip(&self.values).zip(&self.kept);
        for ((place, slot), ((kind, value), kept)) in sheet.slots.iter().enumerate().zip(filled) {
            let row = *value as usize;
            let odd = match row {
                _ if *kind == NUMBER => !slot.expects(&Value::Number(*value)),
                row::UNKNOWN => false,
                row::FALSE | row::TRUE => !slot.expects(&Value::Boolean(true)),
                VOLATILE => kept.volatile.odd,
                row => row.checked_sub(kept.before).and_then(|row| kept.odd.get(row)).is_some_and(|odd| *odd),
            };
            unexpected.extend(odd.then_some(place));
        }
        unexpected
    }
}

/// The one value that bytes are, or null.
#[cfg(feature = "bulk")]
pub fn value_of_bytes(bytes: &[u8]) -> Value {
    Rest(bytes).value(DEPTH).unwrap_or(Value::Null)
}

/// What is still to be read of values as bytes: each a tag and what belongs to it, lengths in 32 bits, low byte first.
struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn length(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    fn text(&mut self) -> Option<String> {
        let length = self.length()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        Some(match self.take(1)? {
            [0] => Value::Null,
            [1] => Value::Boolean(false),
            [2] => Value::Boolean(true),
            [3] => Value::Number(f64::from_le_bytes(self.take(8)?.try_into().ok()?)),
            [4] => Value::Text(self.text()?),
            [5] => {
                let mut items = Vec::new();
                for _ in 0..self.length()? {
                    items.push(self.value(depth)?);
                }
                Value::List(items)
            }
            _ => {
                let mut entries = Vec::new();
                for _ in 0..self.length()? {
                    entries.push((self.text()?, self.value(depth)?));
                }
                Value::Object(entries)
            }
        })
    }
}
