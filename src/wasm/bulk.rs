//! Many leads at once, for servers and pages that score lists.

use alloc::string::String;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};

use wasm_bindgen::prelude::*;

use super::Engine;
use crate::intake::value_of_bytes;
use crate::program::Program;
use crate::scan::{self, Expected, Fault, Scanner};
use crate::table::{self, Asked, Data, Scores};
use crate::value::Value;

/// What scoring many leads needs and gives.
pub struct Many {
    scanner: Scanner,
    scores: Scores,
    /// Where each lead begins, and the last ends.
    offsets: Vec<u32>,
    fault: Option<Fault>,
    asked: Asked,
}

impl Many {
    pub fn new(program: &Program) -> Many {
        Many {
            scanner: Scanner::new(&program.facts, program.attributes()),
            scores: Scores::default(),
            offsets: Vec::new(),
            fault: None,
            asked: Asked::default(),
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// Reads the facts of one lead into the slots; 0, or the number of what was expected instead.
    pub fn read(&mut self, bytes: &[u8]) -> u8 {
        let read = text_of(bytes).and_then(|text| {
            let mut at = scan::space(text, 0);
            self.lead(text, &mut at)?;
            nothing_after(text, at)
        });
        self.many.fault = read.err();
        self.fault()
    }

    /// Scores every lead of a list, of lines, or one alone; whether all could be read.
    #[wasm_bindgen(js_name = scanAll)]
    pub fn scan_all(&mut self, bytes: &[u8], as_of: f64) -> bool {
        self.many.scores.clear();
        self.many.offsets.clear();
        let now = self.without_events(as_of);
        let scanned = text_of(bytes).and_then(|text| self.scan(text, now));
        self.many.fault = scanned.err();
        self.many.fault.is_none()
    }

    /// How many leads were scored.
    pub fn count(&self) -> usize {
        self.many.scores.values.len()
    }

    /// Where results are in memory: 0 values, 1 grades, 2 stages, 3 statuses, 4 offsets.
    pub fn scored(&self, part: u8) -> *const u8 {
        let scores = &self.many.scores;
        match part {
            0 => scores.values.as_ptr().cast(),
            1 => scores.grades.as_ptr().cast(),
            2 => scores.stages.as_ptr().cast(),
            3 => scores.statuses.as_ptr(),
            _ => self.many.offsets.as_ptr().cast(),
        }
    }

    /// What was expected where reading stopped; 0: it did not.
    pub fn fault(&self) -> u8 {
        self.many.fault.map_or(0, |(_, expected)| expected as u8)
    }

    /// Where that was, in bytes.
    #[wasm_bindgen(js_name = faultAt)]
    pub fn fault_at(&self) -> usize {
        self.many.fault.map_or(0, |(at, _)| at)
    }

    /// Scores every row of a table; whether all could be.
    #[wasm_bindgen(js_name = scoreTable)]
    pub fn score_table(&mut self, table: &Table, as_of: f64) -> bool {
        self.many.scores.clear();
        let now = self.without_events(as_of);
        if self.many.asked.table != table.number {
            let asked = Asked::new(&self.program, &table.table, table.number);
            self.many.asked = asked.unwrap_or_default();
        }
        let whole = self.many.asked.table == table.number;
        if whole {
            self.many.asked.score(&self.program, &table.table, &self.timeline, now, &mut self.many.scores);
        }
        whole
    }

    /// Puts a row of a table into the slots; whether all of it could be.
    #[wasm_bindgen(js_name = tableRow)]
    pub fn table_row(&mut self, table: &Table, row: usize) -> bool {
        table.table.read(&self.program, row, &mut self.facts)
    }
}

impl Engine {
    fn without_events(&mut self, as_of: f64) -> i64 {
        self.begin();
        self.take_in(as_of)
    }

    fn lead(&mut self, text: &str, at: &mut usize) -> Result<(), Fault> {
        scan::lead(&mut self.many.scanner, &self.program.facts, &mut self.facts, text, at)
    }

    fn scan(&mut self, text: &str, now: i64) -> Result<(), Fault> {
        let mut at = scan::space(text, 0);
        let list = text.as_bytes().get(at) == Some(&b'[');
        at += usize::from(list);
        loop {
            at = scan::space(text, at);
            let next = text.as_bytes().get(at);
            if next.is_none() && !list {
                break;
            }
            if list && next == Some(&b']') && self.many.offsets.is_empty() {
                at += 1;
                break;
            }
            let start = at;
            self.lead(text, &mut at)?;
            self.many.offsets.push(start as u32);
            self.take_slots();
            self.many.scores.push(&self.program, &mut self.outcome, &self.timeline, now);
            if list {
                at = scan::space(text, at) + 1;
                match text.as_bytes().get(at - 1) {
                    Some(b',') => {}
                    Some(b']') => break,
                    _ => return Err((at - 1, Expected::Json)),
                }
            }
        }
        self.many.offsets.push(at as u32);
        nothing_after(text, at)
    }
}

fn nothing_after(text: &str, at: usize) -> Result<(), Fault> {
    let end = scan::space(text, at);
    if end == text.len() { Ok(()) } else { Err((end, Expected::Json)) }
}

fn text_of(bytes: &[u8]) -> Result<&str, Fault> {
    core::str::from_utf8(bytes).map_err(|error| (error.valid_up_to(), Expected::Utf8))
}

/// Leads as columns.
#[wasm_bindgen]
pub struct Table {
    table: table::Table,
    /// No other table has it.
    number: u32,
}

static TABLES: AtomicU32 = AtomicU32::new(1);

#[wasm_bindgen]
impl Table {
    /// A table of so many leads, without columns.
    #[wasm_bindgen(constructor)]
    pub fn new(rows: usize) -> Table {
        let table = table::Table { rows, columns: Vec::new() };
        Table { table, number: TABLES.fetch_add(1, Ordering::Relaxed) }
    }

    /// Adds a column, of 0 numbers, 1 booleans, 2 texts, 3 lists of texts, 4 any values; its place.
    pub fn column(&mut self, path: String, kind: u8, elements: usize) -> usize {
        self.table.add(path, kind, elements)
    }

    /// Where the data of a column is in memory, to be filled.
    pub fn data(&self, column: usize) -> *const u8 {
        match self.table.columns.get(column).map(|column| &column.data) {
            Some(Data::Numbers(numbers)) => numbers.as_ptr().cast(),
            Some(Data::Booleans(known)) => known.as_ptr(),
            Some(Data::Values(ids) | Data::Lists { ids, .. }) => ids.as_ptr().cast(),
            None => core::ptr::null(),
        }
    }

    /// Where the beginnings of a column's lists are in memory.
    pub fn offsets(&self, column: usize) -> *const u32 {
        match self.table.columns.get(column).map(|column| &column.data) {
            Some(Data::Lists { offsets, .. }) => offsets.as_ptr(),
            _ => core::ptr::null(),
        }
    }

    /// Adds a text to the dictionary of a column.
    pub fn text(&mut self, column: usize, text: String) {
        self.add(column, Value::Text(text));
    }

    /// Adds a value as bytes to the dictionary of a column.
    pub fn value(&mut self, column: usize, bytes: &[u8]) {
        self.add(column, value_of_bytes(bytes));
    }
}

impl Table {
    fn add(&mut self, column: usize, value: Value) {
        if let Some(column) = self.table.columns.get_mut(column) {
            column.dictionary.push(value);
        }
    }
}
