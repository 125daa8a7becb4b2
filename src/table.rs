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
use crate::lanes::{LANES, Lanes, Word};
use crate::outcome::Outcome;
use crate::program::{Program, Slot, row};
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

/// The columns of one table as one program asks about them.
#[derive(Default)]
pub struct Asked {
    /// Which table it is of.
    pub table: u32,
    columns: Vec<AskedColumn>,
    /// Where the program allows it.
    lanes: Option<Lanes>,
}

struct AskedColumn {
    slot: usize,
    column: usize,
    /// The place in `answers` of each lead's row; for lists, of each element's.
    ids: Vec<u32>,
    /// Rows, one after the other; the first is unknown.
    answers: Vec<Truth>,
    /// The same as bits, where there are lanes; after them the empty list.
    packed: Vec<Word>,
    /// How those differ from what is unknown, which is assumed of every lead.
    changes: Vec<Word>,
}

impl Asked {
    /// Asks; nothing where a text is too long.
    pub fn new(program: &Program, table: &Table, number: u32) -> Option<Asked> {
        let mut asked = Asked { table: number, columns: Vec::new(), lanes: Lanes::new(program) };
        for (place, slot) in program.facts.slots.iter().enumerate().take(program.attributes()) {
            if let Some(column) = table.columns.iter().position(|column| column.path == slot.path) {
                let (ids, answers) = ask(slot, table.columns.get(column)?)?;
                let mut packed = Vec::new();
                if let Some(lanes) = &asked.lanes {
                    let packing = lanes.slot(place);
                    for row in answers.chunks(slot.questions.len().max(1)) {
                        packed.push(packing.pack(row));
                    }
                }
                let nothing = packed.first().copied().unwrap_or_default();
                let changes = packed.iter().map(|word| word.against(nothing)).collect();
                asked.columns.push(AskedColumn { slot: place, column, ids, answers, packed, changes });
            }
        }
        Some(asked)
    }

    /// Scores every lead.
    pub fn score(&mut self, program: &Program, table: &Table, timeline: &Timeline, now: Instant, scores: &mut Scores) {
        match self.lanes.take() {
            Some(mut lanes) => {
                self.score_blocks(program, table, &mut lanes, scores);
                self.lanes = Some(lanes);
            }
            None => self.score_each(program, table, timeline, now, scores),
        }
    }

    fn score_blocks(&self, program: &Program, table: &Table, lanes: &mut Lanes, scores: &mut Scores) {
        let unknown = Self::unknown(program, lanes);
        let mut block = vec![[Word::default(); LANES]; lanes.words()];
        let mut list = Vec::new();
        let mut first = 0;
        while first < table.rows {
            let count = LANES.min(table.rows - first);
            for (words, unknown) in block.iter_mut().zip(&unknown) {
                words.fill(*unknown);
            }
            for asked in &self.columns {
                let packing = lanes.slot(asked.slot);
                let (Some(words), Some(slot)) = (block.get_mut(packing.word), program.facts.slots.get(asked.slot))
                else {
                    continue;
                };
                let leads = first..first + count;
                match table.columns.get(asked.column).map(|column| &column.data) {
                    Some(Data::Lists { offsets, .. }) => {
                        let nothing = asked.packed.first().copied().unwrap_or_default();
                        for (word, lead) in words.iter_mut().zip(leads) {
                            let own = if packing.by_element {
                                asked.any_element(offsets, lead)
                            } else {
                                asked.list(slot, offsets, lead, &mut list);
                                packing.pack(&list)
                            };
                            word.change(own.against(nothing));
                        }
                    }
                    _ => {
                        for (word, id) in words.iter_mut().zip(asked.ids.get(leads).unwrap_or_default()) {
                            word.change(asked.changes.get(*id as usize).copied().unwrap_or_default());
                        }
                    }
                }
            }
            lanes.take(&block);
            lanes.add_up(program, count, &mut |total| {
                scores.values.push(program.shown(total));
                scores.grades.push(NOTHING);
                scores.stages.push(NOTHING);
                scores.statuses.push(if total.is_nan() { Status::InsufficientData } else { Status::Scored } as u8);
            });
            first += LANES;
        }
    }

    /// The words of a lead of which nothing is known.
    fn unknown(program: &Program, lanes: &Lanes) -> Vec<Word> {
        let mut unknown = vec![Word::default(); lanes.words()];
        for (place, slot) in program.facts.slots.iter().enumerate() {
            let packing = lanes.slot(place);
            if let Some(word) = unknown.get_mut(packing.word) {
                word.join(packing.pack(slot.row(row::UNKNOWN)));
            }
        }
        unknown
    }

    /// Lead by lead.
    fn score_each(&self, program: &Program, table: &Table, timeline: &Timeline, now: Instant, scores: &mut Scores) {
        let mut outcome = Outcome::new(program);
        let mut list = Vec::new();
        for lead in 0..table.rows {
            for asked in &self.columns {
                let (Some(slot), Some(column)) = (program.facts.slots.get(asked.slot), table.columns.get(asked.column))
                else {
                    continue;
                };
                if let Data::Lists { offsets, .. } = &column.data {
                    let known = asked.list(slot, offsets, lead, &mut list);
                    outcome.answers.put(asked.slot, slot, &list, known);
                } else {
                    let id = asked.ids.get(lead).copied().unwrap_or(0);
                    outcome.answers.put(asked.slot, slot, asked.row(slot, id), id != 0);
                }
            }
            scores.push(program, &mut outcome, timeline, now);
        }
    }
}

impl AskedColumn {
    fn row(&self, slot: &Slot, id: u32) -> &[Truth] {
        let start = id as usize * slot.questions.len();
        self.answers.get(start..start + slot.questions.len()).unwrap_or_default()
    }

    /// The bits of one lead's list, where those of its elements say it all.
    fn any_element(&self, offsets: &[u32], lead: usize) -> Word {
        let at = |place: usize| offsets.get(place).copied().unwrap_or(0) as usize;
        let ids = self.ids.get(at(lead)..at(lead + 1)).unwrap_or_default();
        let mut word = if ids == [0] { Word::default() } else { self.packed.last().copied().unwrap_or_default() };
        for id in ids {
            word.join(self.packed.get(*id as usize).copied().unwrap_or_default());
        }
        word
    }

    /// The row of one lead's list; whether it is known. The row of the empty list is the last.
    fn list(&self, slot: &Slot, offsets: &[u32], lead: usize, list: &mut Vec<Truth>) -> bool {
        let at = |place: usize| offsets.get(place).copied().unwrap_or(0) as usize;
        let ids = self.ids.get(at(lead)..at(lead + 1)).unwrap_or_default();
        let known = ids != [0];
        let width = slot.questions.len();
        list.clear();
        list.extend_from_slice(match known {
            true => self.answers.get(self.answers.len() - width..).unwrap_or_default(),
            false => self.row(slot, 0),
        });
        if known {
            ids.iter().for_each(|id| slot.with_element(list, self.row(slot, *id)));
        }
        known
    }
}

/// The rows of a column's values, and which is whose.
fn ask(slot: &Slot, column: &Column) -> Option<(Vec<u32>, Vec<Truth>)> {
    let mut answers = slot.row(row::UNKNOWN).to_vec();
    let mut ids = Vec::new();
    for value in &column.dictionary {
        if value.too_long().is_some() {
            return None;
        }
        answers.extend(slot.ask(&[value]));
    }
    let width = slot.questions.len().max(1);
    let of_places = |places: &[u32], ids: &mut Vec<u32>| {
        for place in places {
            ids.push(if *place == UNKNOWN { 0 } else { place + 1 });
        }
    };
    match &column.data {
        Data::Values(places) => of_places(places, &mut ids),
        Data::Lists { ids: places, .. } => {
            of_places(places, &mut ids);
            answers.extend(slot.ask(&[&Value::List(Vec::new())]));
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
                    let at = |place: usize| offsets.get(place).copied().unwrap_or(0) as usize;
                    let ids = ids.get(at(lead)..at(lead + 1)).unwrap_or_default();
                    let mut items = Vec::new();
                    for id in ids {
                        items.extend(column.dictionary.get(*id as usize).cloned());
                    }
                    list = Value::List(items);
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
