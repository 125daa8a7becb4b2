//! One attribute: its questions, and the rows of answers of all the values that are known beforehand.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Clause, Word, join, set};
use crate::condition::{Test, Truth};
use crate::order::places;
use crate::time::{self, Instant};
use crate::value::{Type, Value};

/// One attribute, event property or reading, and everything that is asked of it.
#[derive(Debug, Default)]
pub struct Slot {
    /// The dotted path.
    pub path: String,
    pub kind: Option<Type>,
    pub required: bool,
    /// Each only asks back: a join names questions before it.
    pub questions: Vec<Question>,
    /// A row for each set of answers that the attribute can give, one after the other.
    pub cells: Vec<Word>,
    /// Whether `cells` is known to hold every set of answers.
    pub complete: bool,
    /// The texts that a reading can be, by place.
    pub options: Vec<String>,
    /// Numbers between which, and at which, answers change; see `prepare`.
    pub cuts: Vec<f64>,
    /// Whether there are too many of them, so that each number is asked anew.
    pub endless: bool,
    /// Whether a question has an answer even of what is unknown; see `prepare`.
    pub exists: bool,
    /// Whether a list matters as one value, not element by element; see `prepare`.
    pub whole: bool,
    /// The place of the answer to its first question; see `Sheet::lay_out`.
    pub first: usize,
    /// The bits of its answers in the last of their words; see `prepare`.
    pub mask: u64,
    /// Rows of the value unknown, then `false`, `true`, then of numbers: below the first cut, at it, above it, and so
    /// on, then of the options.
    pub rows: Vec<Word>,
}

/// One question of a slot: its answers are a row.
#[derive(Debug)]
pub enum Question {
    Test(Test),
    /// Whether two questions before it hold.
    Both([Clause; 2]),
}

/// Rows that every slot has.
pub mod row {
    pub const UNKNOWN: usize = 0;
    pub const FALSE: usize = 1;
    pub const TRUE: usize = 2;
    pub const NUMBERS: usize = 3;
}

impl Default for Question {
    fn default() -> Question {
        Question::Test(Test::Exists)
    }
}

impl Slot {
    /// Most words in the rows of one slot; beyond it numbers are asked one by one.
    const ROWS: usize = 1 << 15;

    pub(super) fn prepare(&mut self) {
        let mut cuts = Vec::new();
        for question in &self.questions {
            if let Question::Test(test) = question {
                test.cuts(&mut cuts);
                self.exists |= matches!(test, Test::Exists);
                self.whole |= matches!(test, Test::Size(_) | Test::Whole(_) | Test::Element(_));
            }
        }
        let cut = |place: usize| cuts.get(place).copied().unwrap_or(0.0);
        let mut sorted: Vec<f64> = Vec::new();
        for place in places(cuts.len(), &|a, b| cut(a).total_cmp(&cut(b))) {
            if sorted.last() != Some(&cut(place)) {
                sorted.push(cut(place));
            }
        }
        let mut cuts = sorted;
        self.endless = (2 * cuts.len() + 4 + self.options.len()) * self.width() > Slot::ROWS;
        if self.endless {
            cuts.clear();
        }
        self.rows.clear();
        self.append(&[]);
        self.append(&[&Value::Boolean(false)]);
        self.append(&[&Value::Boolean(true)]);
        let mut below = f64::NEG_INFINITY;
        for &cut in &cuts {
            // What lies between two floats that are neighbours does not matter.
            let between = if below.is_finite() { below / 2.0 + cut / 2.0 } else { below };
            self.append(&[&Value::Number(between)]);
            self.append(&[&Value::Number(cut)]);
            below = cut;
        }
        self.append(&[&Value::Number(f64::INFINITY)]);
        for option in core::mem::take(&mut self.options) {
            let option = Value::Text(option);
            self.append(&[&option]);
            if let Value::Text(option) = option {
                self.options.push(option);
            }
        }
        self.cuts = cuts;
        let spare = self.width() * Word::ANSWERS - self.questions.len();
        self.mask = if spare < Word::ANSWERS { u64::MAX >> spare << (self.first % Word::ANSWERS) } else { 0 };
    }

    fn append(&mut self, found: &[&Value]) {
        let row = self.ask(found);
        self.rows.extend_from_slice(&row);
    }

    /// How many words a row takes.
    pub fn width(&self) -> usize {
        Word::count(self.questions.len())
    }

    /// A row by its place among some.
    pub fn row_of<'r>(&self, rows: &'r [Word], place: usize) -> &'r [Word] {
        rows.get(place * self.width()..(place + 1) * self.width()).unwrap_or_default()
    }

    /// A row of those known beforehand.
    pub fn row(&self, place: usize) -> &[Word] {
        self.row_of(&self.rows, place)
    }

    /// The place of the row of a number, where all are prepared.
    pub fn number(&self, number: f64) -> Option<usize> {
        let number = if self.kind == Some(Type::Date) { date_of(number) } else { number };
        let place = self.below(number);
        let at = self.cuts.get(place) == Some(&number);
        (!self.endless).then_some(row::NUMBERS + 2 * place + usize::from(at))
    }

    /// How many cuts are below a number. Few are counted, which needs no guess of the processor.
    fn below(&self, number: f64) -> usize {
        if self.cuts.len() > 8 {
            return self.cuts.partition_point(|cut| *cut < number);
        }
        self.cuts.iter().map(|cut| usize::from(*cut < number)).sum()
    }

    /// The place of the row of an option.
    pub fn option(&self, option: usize) -> usize {
        row::NUMBERS + 2 * self.cuts.len() + 1 + option
    }

    /// The row of a cell.
    pub fn cell(&self, cell: usize) -> &[Word] {
        self.row_of(&self.cells, cell)
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.cells.len() / self.width()
    }

    /// The answers of the known values found at this slot.
    pub fn ask(&self, found: &[&Value]) -> Vec<Word> {
        let mut row = Vec::new();
        self.ask_into(&mut row, found);
        row
    }

    /// The same in place of another row: making room for it can take longer than asking.
    pub fn ask_into(&self, row: &mut Vec<Word>, found: &[&Value]) {
        let dated: Vec<Value>;
        let refs: Vec<&Value>;
        let found = if self.kind == Some(Type::Date) {
            dated = found.iter().map(|value| date(value)).collect();
            refs = dated.iter().collect();
            refs.as_slice()
        } else {
            found
        };
        self.answer(row, &|test| test.ask(found));
    }

    /// The answers of an attribute that is known, but not to us: that it exists, and nothing else.
    pub fn undisclosed(&self) -> Vec<Word> {
        let mut row = Vec::new();
        self.answer(&mut row, &|test| if matches!(test, Test::Exists) { Truth::True } else { Truth::Unknown });
        row
    }

    fn answer(&self, row: &mut Vec<Word>, answer: &dyn Fn(&Test) -> Truth) {
        row.clear();
        row.resize(self.width(), Word::default());
        for (place, question) in self.questions.iter().enumerate() {
            let answer = match question {
                Question::Test(test) => answer(test),
                Question::Both(both) => join(both, row),
            };
            set(row, place, answer);
        }
    }

    /// Adds to the answers of a list those of one more element.
    pub fn with_element(&self, list: &mut [Word], element: &[Word]) {
        for (list, element) in list.iter_mut().zip(element) {
            *list = list.or(*element);
        }
        for (place, question) in self.questions.iter().enumerate() {
            if let Question::Both(both) = question {
                let answer = join(both, list);
                set(list, place, answer);
            }
        }
    }

    /// Whether the value is of the declared type.
    pub fn expects(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (None, _) | (Some(Type::Number), Value::Number(_)) | (Some(Type::Text), Value::Text(_)) => true,
            (Some(Type::Boolean), Value::Boolean(_)) | (Some(Type::List), Value::List(_)) => true,
            (Some(Type::Integer), Value::Number(number)) => *number == libm::floor(*number),
            (Some(Type::Date), value) => matches!(date(value), Value::Number(_)),
            _ => false,
        }
    }
}

fn date_of(number: f64) -> f64 {
    time::instant_of_number(number).map_or(number, |instant| instant as f64)
}

/// Dates are compared as milliseconds; what is no date stays as it is.
fn date(value: &Value) -> Value {
    time::instant_of_value(value).map_or_else(|| value.clone(), |instant: Instant| Value::Number(instant as f64))
}
