//! The JavaScript boundary: converts, nothing else. The only room that knows wasm-bindgen.
//!
//! JavaScript does not hand over leads. It reads the attributes that the program asks about and leaves numbers, and the
//! rows of texts it has seen before, in fixed slots; so scoring crosses with one call, and comes back as numbers.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::answers::Answers;
use crate::engage::{Event, History, Timeline, token};
use crate::explain::Case;
use crate::grade::Previous;
use crate::intake::Intake;
use crate::outcome::Outcome;
use crate::pack;
use crate::program::{NONE, Program};
use crate::tape;
use crate::time::{Instant, instant_of_number, instant_of_text};

/// A small allocator: the usual one is four times as large.
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Without a word: messages and their formatting would be a fifth of what is downloaded.
#[cfg(not(feature = "full"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

/// One compiled model, and the lead that is being read.
#[wasm_bindgen]
pub struct Engine {
    program: Program,
    #[cfg(feature = "full")]
    words: full::Words,
    facts: Intake,
    properties: Intake,
    /// Of the properties of an event.
    answers: Answers,
    history: History,
    previous: Previous,
    consent: Option<Vec<i64>>,
    timeline: Timeline,
    outcome: Outcome,
    unexpected: Vec<usize>,
    now: Option<Instant>,
    pack: Vec<f64>,
    #[cfg(feature = "bulk")]
    many: bulk::Many,
}

#[wasm_bindgen]
impl Engine {
    /// Takes a compiled program; throws the number of a fault.
    pub fn load(file: &[u8]) -> Result<Engine, JsValue> {
        tape::read(file).map(Engine::of).map_err(|fault| JsValue::from_f64(f64::from(fault as u8)))
    }

    /// Where the kinds of a sheet's slots are in memory.
    pub fn kinds(&mut self, sheet: u32) -> *const u8 {
        self.sheet(sheet).1.kinds.as_ptr()
    }

    /// Where the values of a sheet's slots are in memory.
    pub fn values(&mut self, sheet: u32) -> *const f64 {
        self.sheet(sheet).1.values.as_ptr()
    }

    /// The row of a text at a slot; -1 for one that is too long.
    pub fn classify(&mut self, sheet: u32, slot: usize, text: String) -> i32 {
        let (program, intake) = self.sheet(sheet);
        intake.text(program, slot, text)
    }

    /// Begins a list at a slot.
    #[wasm_bindgen(js_name = listStart)]
    pub fn list_start(&mut self, sheet: u32, slot: usize) {
        let (program, intake) = self.sheet(sheet);
        intake.list_start(program, slot);
    }

    /// Adds an element to it, by its row.
    #[wasm_bindgen(js_name = listRow)]
    pub fn list_row(&mut self, sheet: u32, slot: usize, row: usize) {
        let (program, intake) = self.sheet(sheet);
        intake.list_row(program, slot, row);
    }

    /// The row of the list.
    #[wasm_bindgen(js_name = listEnd)]
    pub fn list_end(&mut self, sheet: u32, slot: usize) -> i32 {
        self.sheet(sheet).1.list_end(slot)
    }

    /// The row of values as bytes, all that were found at a slot's path; -1 with a text that is too long.
    pub fn nested(&mut self, sheet: u32, slot: usize, bytes: &[u8]) -> i32 {
        let (program, intake) = self.sheet(sheet);
        intake.nested(program, slot, bytes)
    }

    /// Forgets what belongs to the lead before and is not in slots.
    pub fn begin(&mut self) {
        self.history = History::default();
        self.previous = Previous::default();
        self.consent = None;
    }

    /// The number that stands for an id, a session or a purpose.
    pub fn token(&self, text: &str) -> f64 {
        token(text) as f64
    }

    /// Adds an event, whose properties are in the slots of sheet 1.
    pub fn event(&mut self, kind: i32, at: f64, id: f64, session: f64, purpose: f64, bot: bool) {
        let at = instant_of_number(at).unwrap_or(0);
        let kind = u32::try_from(kind).unwrap_or(NONE);
        let (id, session, purpose) = (id as i64, session as i64, purpose as i64);
        let sheet = &self.program.properties;
        self.properties.answer(sheet, &mut self.answers);
        self.answers.join_all(sheet);
        let (event, numbers) = (Event { at, kind, id, session, purpose, bot, hits: (0, 0) }, self.properties.numbers());
        self.history.push(&self.program, event, &self.answers, &numbers);
    }

    /// The milliseconds of an ISO 8601 text, or NaN.
    pub fn instant(&self, text: &str) -> f64 {
        instant_of_text(text).map_or(f64::NAN, |instant| instant as f64)
    }

    /// Says that the purposes consented to are listed.
    pub fn consent(&mut self) {
        self.consent = Some(Vec::new());
    }

    /// Lists one.
    #[wasm_bindgen(js_name = consentTo)]
    pub fn consent_to(&mut self, purpose: f64) {
        self.consent.get_or_insert_default().push(purpose as i64);
    }

    /// The label that the lead had, of a dimension or after the last of the total; or its stage after that.
    pub fn previous(&mut self, axis: usize, place: usize) {
        let axes = self.program.labels.len();
        self.previous.labels.resize(axes, None);
        match self.previous.labels.get_mut(axis) {
            Some(label) => *label = Some(place),
            None => self.previous.stage = Some(place),
        }
    }

    /// The value of the lead in the slots, as it is shown, or NaN; `as_of` is NaN for none.
    pub fn value(&mut self, as_of: f64) -> f64 {
        let now = self.take_in(as_of);
        self.outcome.add_up(&self.program, &self.timeline, now);
        self.outcome.value(&self.program)
    }

    /// Scores the lead in the slots; where the result is in memory.
    pub fn run(&mut self, as_of: f64) -> *const f64 {
        let now = self.take_in(as_of);
        self.outcome.work_out(&self.program, &self.timeline, now, &self.previous);
        self.packed(pack::base)
    }

    /// The rest of the result of the lead last run.
    pub fn more(&mut self) -> *const f64 {
        self.unexpected = self.facts.unexpected(&self.program.facts);
        self.outcome.look_for_missing(&self.program);
        self.packed(pack::more)
    }
}

impl Engine {
    fn of(program: Program) -> Engine {
        Engine {
            facts: Intake::new(program.attributes()),
            properties: Intake::new(program.properties.slots.len()),
            answers: Answers::new(&program.properties),
            history: History::default(),
            previous: Previous::default(),
            consent: None,
            timeline: Timeline::new(&program),
            outcome: Outcome::new(&program),
            unexpected: Vec::new(),
            now: None,
            pack: Vec::new(),
            #[cfg(feature = "bulk")]
            many: bulk::Many::new(&program),
            #[cfg(feature = "full")]
            words: full::Words::default(),
            program,
        }
    }

    fn sheet(&mut self, sheet: u32) -> (&crate::program::Sheet, &mut Intake) {
        match sheet {
            0 => (&self.program.facts, &mut self.facts),
            _ => (&self.program.properties, &mut self.properties),
        }
    }

    /// Takes what is in the slots, and the events, for the lead to score.
    fn take_in(&mut self, as_of: f64) -> Instant {
        self.now = instant_of_number(as_of);
        self.take_slots();
        if self.history.len() + self.timeline.counts.given > 0 {
            self.timeline = self.history.timeline(&self.program, self.now, self.consent.as_deref());
        }
        self.now.unwrap_or(0)
    }

    fn take_slots(&mut self) {
        self.facts.answer(&self.program.facts, &mut self.outcome.answers);
    }

    fn case(&self) -> Case<'_> {
        Case {
            program: &self.program,
            timeline: &self.timeline,
            now: self.now,
            previous: &self.previous,
            outcome: &self.outcome,
            unexpected: &self.unexpected,
            consent: self.consent.as_deref(),
        }
    }

    fn packed(&mut self, tell: fn(&Case, &mut Vec<f64>)) -> *const f64 {
        let mut pack = core::mem::take(&mut self.pack);
        tell(&self.case(), &mut pack);
        self.pack = pack;
        self.pack.as_ptr()
    }
}

/// Many leads at once, for servers and pages that score lists.
#[cfg(feature = "bulk")]
mod bulk {
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
                let end = scan::space(text, at);
                if end == text.len() { Ok(()) } else { Err((end, Expected::Json)) }
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
            let end = scan::space(text, at);
            if end == text.len() { Ok(()) } else { Err((end, Expected::Json)) }
        }
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
}

/// What only the full build has: models, checks, sentences.
#[cfg(feature = "full")]
mod full {
    use js_sys::{Error as JsError, Reflect};
    use serde::Serialize;
    use wasm_bindgen::prelude::*;

    use super::Engine;
    use crate::audience::{Audience, compile_model};
    use crate::compile::{self, Compiled};
    use crate::error::Error;
    use crate::explain::{counterfactuals, reasons};
    use crate::model::Lang;
    use crate::names::Names;
    use crate::tell::Tell;
    use crate::value::Value;
    use crate::write::json;

    /// What people wrote and read.
    #[derive(Default)]
    pub struct Words {
        /// The model, as it came.
        text: String,
        names: Names,
    }

    /// Tells panics, which should not happen, to the console.
    #[wasm_bindgen(start)]
    pub fn start() {
        console_error_panic_hook::set_once();
    }

    /// Every problem of a model.
    #[wasm_bindgen]
    pub fn check(model: &str) -> Result<JsValue, JsValue> {
        to_js(&crate::check::check(model).tell())
    }

    /// Whether facts meet a condition, both as JSON text; nothing when it cannot be known.
    #[wasm_bindgen]
    pub fn matches(condition: &str, facts: &str) -> Result<Option<bool>, JsValue> {
        let answer = || crate::condition::matches(&Value::parse(condition)?, &Value::parse(facts)?);
        answer().map_err(|error| thrown(&error))
    }

    #[wasm_bindgen]
    impl Engine {
        /// Compiles a model from JSON text.
        pub fn compile(model: &str) -> Result<Engine, JsValue> {
            let (_, Compiled { program, names }) = compile::program(model).map_err(|error| thrown(&error))?;
            let mut engine = Engine::of(program);
            engine.words = Words { text: model.to_owned(), names };
            Ok(engine)
        }

        /// What slots and places are called, as JSON text.
        pub fn names(&self) -> String {
            json(&self.words.names.tell(&self.program, Audience::Edge.name()))
        }

        /// The compiled program: for edge servers, or for browsers without what visitors should not read.
        pub fn file(&self, browser: bool) -> Result<Vec<u8>, JsValue> {
            let audience = if browser { Audience::Browser } else { Audience::Edge };
            compile_model(&self.words.text, audience).map_err(|error| thrown(&error))
        }

        /// The lead last run, as sentences.
        pub fn reasons(&mut self, french: bool) -> Result<JsValue, JsValue> {
            self.outcome.look_for_missing(&self.program);
            to_js(&reasons(&self.case(), &self.words.names, lang(french)).tell())
        }

        /// The smallest changes of the lead last run that reach the next label or stage; with sentences in a language.
        pub fn counterfactuals(&self, french: Option<bool>) -> Result<JsValue, JsValue> {
            to_js(&counterfactuals(&self.case(), &self.words.names, french.map(lang)).tell())
        }
    }

    fn lang(french: bool) -> Lang {
        if french { Lang::Fr } else { Lang::En }
    }

    fn to_js(value: &Value) -> Result<JsValue, JsValue> {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        value.serialize(&serializer).map_err(|error| JsError::new(&error.to_string()).into())
    }

    /// The one way an error reaches JavaScript: as an `Error` with `name`, `code`, `path` and `issues`.
    fn thrown(error: &Error) -> JsValue {
        let thrown = JsError::new(&error.to_string());
        thrown.set_name("LeadscoreError");
        let details = [
            ("code", JsValue::from_str(error.code().as_str())),
            ("path", JsValue::from_str(error.path())),
            ("issues", to_js(&error.issues().to_vec().tell()).unwrap_or_default()),
        ];
        for (name, value) in details {
            // Setting a field of a fresh error cannot fail; if it did, the error would still be one.
            let _ = Reflect::set(&thrown, &JsValue::from_str(name), &value);
        }
        thrown.into()
    }
}
