//! Many leads as columns, kept where they can be scored again and again, by this or any other model.
//!
//! Each distinct text is asked once for a program, and each number finds its row once; after that a lead is a few places.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::condition::Truth;
use crate::engage::Timeline;
use crate::grade::{Previous, Status};
use crate::intake::Intake;
use crate::lanes::{LANES, Lanes};
use crate::outcome::Outcome;
use crate::program::{Program, Slot, Word, row, set};
use crate::time::Instant;
use crate::value::Value;

/// In place of the place of a value: unknown.
const UNKNOWN: u32 = u32::MAX;
/// In place of the place of a grade or stage: none.
const NOTHING: u16 = u16::MAX;

/// Columns of leads.
#[derive(Default)]
pub struct Table {
    pub rows: usize,
    pub columns: Vec<Column>,
}

/// One attribute of all the leads.
pub struct Column {
    pub path: String,
    pub data: Data,
    /// The distinct values that ids stand for.
    pub dictionary: Vec<Value>,
}

pub enum Data {
    /// NaN is unknown.
    Numbers(Vec<f64>),
    /// 0, 1; anything else is unknown.
    Booleans(Vec<u8>),
    /// Places in the dictionary.
    Values(Vec<u32>),
    /// The same of the elements of lists, and where each list begins. A list of nothing but an unknown is unknown.
    Lists { offsets: Vec<u32>, ids: Vec<u32> },
}

/// What comes of scoring many leads.
#[derive(Default)]
pub struct Scores {
    pub values: Vec<f64>,
    pub grades: Vec<u16>,
    pub stages: Vec<u16>,
    pub statuses: Vec<u8>,
}

impl Scores {
    pub fn clear(&mut self) {
        self.values.clear();
        self.grades.clear();
        self.stages.clear();
        self.statuses.clear();
    }

    /// Works out the next lead, and notes what came of it.
    pub fn push(&mut self, program: &Program, outcome: &mut Outcome, timeline: &Timeline, now: Instant) {
        if program.has_standing() {
            outcome.work_out(program, timeline, now, &Previous::default());
        } else {
            outcome.add_up(program, timeline, now);
        }
        let place = |place: Option<usize>| place.map_or(NOTHING, |place| place as u16);
        self.values.push(outcome.value(program));
        self.grades.push(place(outcome.standing.grade));
        self.stages.push(place(outcome.standing.stage));
        self.statuses.push(outcome.status as u8);
    }
}

/// One table as one program asks about it.
#[derive(Default)]
pub struct Asked {
    /// Which table it is of.
    pub table: u32,
    columns: Vec<AskedColumn>,
    /// In place of columns, where the program allows it.
    lanes: Option<Lanes>,
}

struct AskedColumn {
    slot: usize,
    /// The place in `answers` of each lead's row.
    ids: Vec<u32>,
    /// Rows, one after the other; the first is unknown.
    answers: Vec<Word>,
}

impl Asked {
    /// Asks; nothing where a text is too long.
    pub fn new(program: &Program, table: &Table, number: u32) -> Option<Asked> {
        let mut asked = Asked { table: number, columns: Vec::new(), lanes: Lanes::new(program) };
        for (place, slot) in program.facts.slots.iter().enumerate().take(program.attributes()) {
            if let Some(column) = table.columns.iter().position(|column| column.path == slot.path) {
                let (ids, answers) = ask(slot, table.columns.get(column)?)?;
                asked.columns.push(AskedColumn { slot: place, ids, answers });
            }
        }
        if let Some(lanes) = &mut asked.lanes {
            fill(lanes, program, table.rows, &core::mem::take(&mut asked.columns));
        }
        Some(asked)
    }

    /// Scores every lead.
    pub fn score(&mut self, program: &Program, table: &Table, timeline: &Timeline, now: Instant, scores: &mut Scores) {
        let Some(lanes) = &mut self.lanes else {
            return self.score_each(program, table, timeline, now, scores);
        };
        lanes.add_up(program, &mut |totals| {
            for total in totals.iter().take(table.rows - scores.values.len()) {
                scores.values.push(program.shown(*total));
                scores.statuses.push(if total.is_nan() { Status::InsufficientData } else { Status::Scored } as u8);
            }
        });
        scores.grades.resize(table.rows, NOTHING);
        scores.stages.resize(table.rows, NOTHING);
    }

    /// Lead by lead.
    fn score_each(&self, program: &Program, table: &Table, timeline: &Timeline, now: Instant, scores: &mut Scores) {
        let mut outcome = Outcome::new(program);
        for lead in 0..table.rows {
            for asked in &self.columns {
                let Some(slot) = program.facts.slots.get(asked.slot) else { continue };
                let id = asked.ids.get(lead).map_or(0, |id| *id as usize);
                outcome.answers.put(asked.slot, slot, slot.row_of(&asked.answers, id), id != row::UNKNOWN);
            }
            scores.push(program, &mut outcome, timeline, now);
        }
    }
}

/// Puts so many leads into blocks.
fn fill(lanes: &mut Lanes, program: &Program, rows: usize, columns: &[AskedColumn]) {
    let empty = without_columns(program, lanes.words(), columns);
    let mut block = vec![[Word::default(); LANES]; lanes.words()];
    for first in (0..rows).step_by(LANES) {
        for (words, empty) in block.iter_mut().zip(&empty) {
            words.fill(*empty);
        }
        for asked in columns {
            let Some(slot) = program.facts.slots.get(asked.slot) else { continue };
            let Some(words) = block.get_mut(slot.first / Word::ANSWERS) else { continue };
            for (word, id) in words.iter_mut().zip(asked.ids.iter().skip(first)) {
                let own = asked.answers.get(*id as usize).copied().unwrap_or_default();
                *word = word.with(own.at(slot.first));
            }
        }
        lanes.add(&block);
    }
}

/// What every lead answers, by those slots that have no column.
fn without_columns(program: &Program, words: usize, columns: &[AskedColumn]) -> Vec<Word> {
    let mut answers = vec![Word::default(); words];
    set(&mut answers, 0, Truth::True);
    for (place, slot) in program.facts.slots.iter().enumerate() {
        let has_column = columns.iter().any(|asked| asked.slot == place);
        if let (Some(word), [row], false) =
            (answers.get_mut(slot.first / Word::ANSWERS), slot.row(row::UNKNOWN), has_column)
        {
            *word = word.with(row.at(slot.first));
        }
    }
    answers
}

/// The elements of one lead's list.
fn items<'i>(ids: &'i [u32], offsets: &[u32], lead: usize) -> &'i [u32] {
    let at = |place: usize| offsets.get(place).map_or(0, |place| *place as usize);
    ids.get(at(lead)..at(lead + 1)).unwrap_or_default()
}

/// The rows of a column's values, and which is whose.
fn ask(slot: &Slot, column: &Column) -> Option<(Vec<u32>, Vec<Word>)> {
    let mut answers = slot.row(row::UNKNOWN).to_vec();
    let mut ids = Vec::new();
    for value in &column.dictionary {
        if value.too_long().is_some() {
            return None;
        }
        answers.extend(slot.ask(&[value]));
    }
    let width = slot.width();
    let of_places = |places: &[u32], ids: &mut Vec<u32>| {
        for place in places {
            ids.push(if *place == UNKNOWN { 0 } else { place + 1 });
        }
    };
    match &column.data {
        Data::Values(places) => of_places(places, &mut ids),
        Data::Lists { offsets, ids: places } => {
            let mut elements = Vec::new();
            of_places(places, &mut elements);
            return Some(lists(slot, &answers, offsets, &elements));
        }
        Data::Booleans(known) => {
            answers.clear();
            answers.extend_from_slice(slot.rows.get(..row::NUMBERS * width).unwrap_or_default());
            for answer in known {
                ids.push(match answer {
                    0 => row::FALSE as u32,
                    1 => row::TRUE as u32,
                    _ => row::UNKNOWN as u32,
                });
            }
        }
        Data::Numbers(numbers) if !slot.endless => {
            answers.clone_from(&slot.rows);
            for number in numbers {
                let row = if number.is_nan() { None } else { slot.number(*number) };
                ids.push(row.unwrap_or(row::UNKNOWN) as u32);
            }
        }
        Data::Numbers(numbers) => {
            for number in numbers {
                ids.push(if number.is_nan() { 0 } else { (answers.len() / width) as u32 });
                if !number.is_nan() {
                    answers.extend(slot.ask(&[&Value::Number(*number)]));
                }
            }
        }
    }
    Some((ids, answers))
}

/// Most rows of lists that are looked through for one that is alike.
const ALIKE: usize = 256;

/// The same of lists, by the rows of their elements.
fn lists(slot: &Slot, answers: &[Word], offsets: &[u32], elements: &[u32]) -> (Vec<u32>, Vec<Word>) {
    let mut rows = slot.row_of(answers, row::UNKNOWN).to_vec();
    let mut ids = Vec::new();
    let empty = slot.ask(&[&Value::List(Vec::new())]);
    for lead in 0..offsets.len().saturating_sub(1) {
        let elements = items(elements, offsets, lead);
        if elements == [row::UNKNOWN as u32] {
            ids.push(row::UNKNOWN as u32);
            continue;
        }
        let mut list = empty.clone();
        for element in elements {
            slot.with_element(&mut list, slot.row_of(answers, *element as usize));
        }
        let count = rows.len() / slot.width();
        let alike = (1..count.min(ALIKE)).find(|row| slot.row_of(&rows, *row) == list);
        if alike.is_none() {
            rows.extend_from_slice(&list);
        }
        ids.push(alike.unwrap_or(count) as u32);
    }
    (ids, rows)
}

impl Table {
    /// Puts one lead into the slots; whether all of it could be.
    pub fn read(&self, program: &Program, lead: usize, intake: &mut Intake) -> bool {
        intake.forget();
        let mut whole = true;
        for (place, slot) in program.facts.slots.iter().enumerate().take(program.attributes()) {
            let Some(column) = self.columns.iter().find(|column| column.path == slot.path) else { continue };
            let id = |ids: &[u32]| ids.get(lead).and_then(|id| column.dictionary.get(*id as usize));
            let list: Value;
            let value = match &column.data {
                Data::Numbers(numbers) => {
                    if let Some(number) = numbers.get(lead).filter(|number| !number.is_nan()) {
                        intake.put_number(place, *number);
                    }
                    continue;
                }
                Data::Booleans(known) => {
                    if let Some(answer @ 0..=1) = known.get(lead) {
                        intake.put_row(place, row::FALSE as i32 + i32::from(*answer));
                    }
                    continue;
                }
                Data::Values(ids) => id(ids),
                Data::Lists { offsets, ids } => {
                    let ids = items(ids, offsets, lead);
                    let mut values = Vec::new();
                    for id in ids {
                        values.extend(column.dictionary.get(*id as usize).cloned());
                    }
                    list = Value::List(values);
                    (ids != [UNKNOWN]).then_some(&list)
                }
            };
            if let Some(value) = value {
                let row = intake.values_found(&program.facts, place, &[value]);
                whole &= row >= 0;
                intake.put_row(place, row.max(0));
            }
        }
        whole
    }

    /// A column of a kind: 0 numbers, 1 booleans, 2 or 4 values, 3 lists.
    pub fn add(&mut self, path: String, kind: u8, elements: usize) -> usize {
        let data = match kind {
            0 => Data::Numbers(vec![f64::NAN; elements]),
            1 => Data::Booleans(vec![2; elements]),
            3 => Data::Lists { offsets: vec![0; self.rows + 1], ids: vec![UNKNOWN; elements] },
            _ => Data::Values(vec![UNKNOWN; elements]),
        };
        self.columns.push(Column { path, data, dictionary: Vec::new() });
        self.columns.len() - 1
    }
}
