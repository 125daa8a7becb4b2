//! The JavaScript boundary: converts, nothing else. The only room that knows wasm-bindgen.
//!
//! JavaScript does not hand over leads. It reads the attributes that the program asks about and leaves numbers, and the
//! rows of texts it has seen before, in fixed slots; so scoring crosses with one call, and comes back as numbers.

#[cfg(feature = "bulk")]
mod bulk;
#[cfg(feature = "full")]
mod full;
mod visitor;

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
use crate::program::{EventType, NONE, Program};
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
    names: crate::names::Names,
    facts: Intake,
    properties: Intake,
    /// Of the properties of an event.
    answers: Answers,
    history: History,
    /// Whether points of any rule are multiplied by a property.
    measures: bool,
    previous: Previous,
    consent: Option<Vec<i64>>,
    timeline: Timeline,
    /// Whether the timeline is that of a visitor.
    recalled: bool,
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
        let (program, intake) = self.sheet(sheet);
        intake.list_end(program, slot)
    }

    /// The row of values as bytes, all that were found at a slot's path; -1 with a text that is too long.
    pub fn nested(&mut self, sheet: u32, slot: usize, bytes: &[u8]) -> i32 {
        let (program, intake) = self.sheet(sheet);
        intake.nested(program, slot, bytes)
    }

    /// Forgets what belongs to the lead before and is not in slots.
    pub fn begin(&mut self) {
        self.history.clear();
        if core::mem::take(&mut self.recalled) {
            self.timeline = Timeline::new(&self.program);
        }
        self.previous = Previous::default();
        self.consent = None;
    }

    /// The number that stands for an id, a session or a purpose.
    pub fn token(&self, text: &str) -> f64 {
        token(text) as f64
    }

    /// Whether events of a type are asked for a slot of sheet 1.
    pub fn asks(&self, kind: usize, slot: usize) -> bool {
        self.program.types.get(kind).is_some_and(|kind| kind.asks.contains(&slot))
    }

    /// Adds an event; what its type is asked for is in the slots of sheet 1.
    pub fn event(&mut self, kind: i32, at: f64, id: f64, session: f64, purpose: f64, bot: bool) {
        let at = instant_of_number(at).unwrap_or(0);
        let kind = u32::try_from(kind).unwrap_or(NONE);
        let (id, session, purpose) = (id as i64, session as i64, purpose as i64);
        let sheet = &self.program.properties;
        if let Some(EventType { asks, .. }) = self.program.types.get(kind as usize) {
            self.properties.answer_at(asks, sheet, &mut self.answers);
            self.answers.join_all(sheet);
        }
        let event = Event { at, kind, id, session, purpose, bot, hits: (0, 0) };
        let numbers = if self.measures { self.properties.numbers() } else { Vec::new() };
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
            facts: Intake::new(&program.facts, program.attributes()),
            properties: Intake::new(&program.properties, program.properties.slots.len()),
            answers: Answers::new(&program.properties),
            history: History::default(),
            measures: program.rules.iter().flat_map(|rule| &rule.events).any(|events| events.multiplier != NONE),
            previous: Previous::default(),
            consent: None,
            timeline: Timeline::new(&program),
            recalled: false,
            outcome: Outcome::new(&program),
            unexpected: Vec::new(),
            now: None,
            pack: Vec::new(),
            #[cfg(feature = "bulk")]
            many: bulk::Many::new(&program),
            #[cfg(feature = "full")]
            names: crate::names::Names::default(),
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
        if !self.recalled && self.history.len() + self.timeline.counts.given > 0 {
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
