//! The JavaScript boundary: converts, nothing else. The only room that knows wasm-bindgen.
//!
//! JavaScript does not hand over leads. It reads the attributes that the program asks about and leaves numbers, and the
//! rows of texts it has seen before, in fixed slots; so scoring crosses with one call, and comes back as numbers.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use crate::engage::{Event, History, Timeline, token};
use crate::explain::Case;
use crate::grade::Previous;
use crate::intake::Intake;
use crate::outcome::Outcome;
use crate::program::{NONE, Program};
use crate::time::{Instant, instant_of_number, instant_of_text};
use crate::{pack, tape};

/// A small allocator: the usual one is a third of what is downloaded.
#[cfg(not(feature = "full"))]
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
    history: History,
    previous: Previous,
    consent: Option<Vec<i64>>,
    timeline: Timeline,
    outcome: Outcome,
    unexpected: Vec<usize>,
    now: Option<Instant>,
    pack: Vec<f64>,
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

    /// Adds a number to it.
    #[wasm_bindgen(js_name = listNumber)]
    pub fn list_number(&mut self, sheet: u32, slot: usize, number: f64) {
        let (program, intake) = self.sheet(sheet);
        intake.list_number(program, slot, number);
    }

    /// Adds a text or boolean to it, by its row.
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
        self.history.clear();
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
        self.properties.answer(sheet);
        self.properties.answers.join_all(sheet);
        let (answers, numbers) = (&self.properties.answers, self.properties.numbers());
        self.history.push(&self.program, Event { at, kind, id, session, purpose, bot, ..Event::default() }, answers, &numbers);
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
            facts: Intake::new(&program.facts, program.attributes()),
            properties: Intake::new(&program.properties, program.properties.slots.len()),
            history: History::default(),
            previous: Previous::default(),
            consent: None,
            timeline: Timeline::new(&program),
            outcome: Outcome::new(&program),
            unexpected: Vec::new(),
            now: None,
            pack: Vec::new(),
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
        core::mem::swap(&mut self.facts.answers, &mut self.outcome.answers);
        self.facts.answer(&self.program.facts);
        core::mem::swap(&mut self.facts.answers, &mut self.outcome.answers);
        if self.history.len() + self.timeline.counts.given > 0 {
            self.timeline = self.history.timeline(&self.program, self.now, self.consent.as_deref());
        }
        self.now.unwrap_or(0)
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

/// What only the full build has: models, checks, sentences.
#[cfg(feature = "full")]
mod full {
    use js_sys::{Error as JsError, Reflect};
    use serde::Serialize;
    use wasm_bindgen::prelude::*;

    use super::Engine;
    use crate::audience::Audience;
    use crate::compile::{self, Compiled};
    use crate::error::Error;
    use crate::explain::{counterfactuals, reasons};
    use crate::model::{Lang, Model};
    use crate::names::Names;
    use crate::tell::Tell;
    use crate::value::Value;
    use crate::write::json;

    /// What people wrote and read.
    #[derive(Default)]
    pub struct Words {
        model: Model,
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
            let (model, Compiled { program, names }) = compile::program(model).map_err(|error| thrown(&error))?;
            let mut engine = Engine::of(program);
            engine.words = Words { model, names };
            Ok(engine)
        }

        /// What slots and places are called, as JSON text.
        pub fn names(&self) -> String {
            json(&self.words.names.tell(&self.program, Audience::Edge))
        }

        /// The compiled program: for edge servers, or for browsers without what visitors should not read.
        pub fn file(&self, browser: bool) -> Vec<u8> {
            let audience = if browser { Audience::Browser } else { Audience::Edge };
            audience.file(&self.words.model, &self.words.names.hash)
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
