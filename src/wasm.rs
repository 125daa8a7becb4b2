//! The JavaScript boundary: converts, nothing else. The only room that knows wasm-bindgen.
//!
//! JavaScript does not hand over leads. It reads the attributes that the program asks about and leaves numbers, and the
//! classes of texts it has seen before, in fixed slots; so scoring crosses with one call and no JSON.

use js_sys::{Error as JsError, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::answers::{Answers, short_enough};
use crate::condition::Test;
use crate::engage::{Event, History};
use crate::error::{Code, Error};
use crate::lead::Lead;
use crate::program::{Class, Sheet, Slot};
use crate::score::{ModelName, Score};
use crate::scorer::Scorer;
use crate::tell::Tell;
use crate::time::{instant_of_number, instant_of_text};
use crate::value::Value;

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

/// What JavaScript leaves in a slot, by number.
mod kind {
    pub const NUMBER: u8 = 1;
    pub const TEXT: u8 = 2;
    pub const BOOLEAN: u8 = 3;
    pub const LIST: u8 = 4;
}

/// One compiled model, and the lead that is being read.
#[wasm_bindgen]
pub struct Engine {
    scorer: Scorer,
    facts: Intake,
    properties: Intake,
    history: History,
}

/// The slots of one sheet, as JavaScript fills them.
struct Intake {
    kinds: Vec<u8>,
    values: Vec<f64>,
    /// The distinct answers that texts have given, by slot; texts are remembered in JavaScript.
    classes: Vec<Vec<(Class, bool)>>,
    /// Of slots that hold a list: its answers so far, and whether it is what was declared.
    lists: Vec<(Class, bool)>,
    answers: Answers,
}

#[wasm_bindgen]
impl Engine {
    /// Compiles a model from JSON text.
    pub fn compile(model: &str) -> Result<Engine, JsValue> {
        let scorer = Scorer::new(model).map_err(|error| thrown(&error))?;
        let (facts, properties) = (Intake::new(&scorer.program().facts), Intake::new(&scorer.program().properties));
        Ok(Engine { scorer, facts, properties, history: History::default() })
    }

    /// The model's identity, and the paths that JavaScript reads for each slot.
    pub fn shape(&self) -> Result<JsValue, JsValue> {
        let program = self.scorer.program();
        let model = ModelName { id: program.id.clone(), version: program.version.clone() };
        to_js(&Value::Object(vec![
            ("model".to_owned(), model.tell()),
            ("facts".to_owned(), slots(&program.facts)),
            ("properties".to_owned(), slots(&program.properties)),
        ]))
    }

    /// Where the kinds of a table's slots are in memory.
    pub fn kinds(&mut self, table: u32) -> *const u8 {
        self.table(table).1.kinds.as_ptr()
    }

    /// Where the values of a table's slots are in memory.
    pub fn values(&mut self, table: u32) -> *const f64 {
        self.table(table).1.values.as_ptr()
    }

    /// The class of a text at a slot: texts of one class give the same answers.
    pub fn classify(&mut self, table: u32, slot: usize, text: String) -> Result<u32, JsValue> {
        let root = self.root(table);
        let (sheet, intake) = self.table(table);
        let Some((asked, classes)) = sheet.slots.get(slot).zip(intake.classes.get_mut(slot)) else {
            return Ok(0);
        };
        let value = Value::Text(text);
        short_enough(&[&value], asked, &root).map_err(|error| thrown(&error))?;
        let class = (asked.classify(&[&value]), asked.expects(&value));
        let place = classes.iter().position(|known| *known == class).unwrap_or_else(|| {
            classes.push(class);
            classes.len() - 1
        });
        Ok(place as u32)
    }

    /// Begins a list at a slot.
    #[wasm_bindgen(js_name = listStart)]
    pub fn list_start(&mut self, table: u32, slot: usize) {
        let (sheet, intake) = self.table(table);
        if let Some((asked, list)) = sheet.slots.get(slot).zip(intake.lists.get_mut(slot)) {
            let empty = Value::List(Vec::new());
            *list = (asked.classify(&[&empty]), asked.expects(&empty));
        }
    }

    /// Adds a number to the list at a slot.
    #[wasm_bindgen(js_name = listNumber)]
    pub fn list_number(&mut self, table: u32, slot: usize, number: f64) {
        self.join(table, slot, &Value::Number(number));
    }

    /// Adds a text, by its class.
    #[wasm_bindgen(js_name = listText)]
    pub fn list_text(&mut self, table: u32, slot: usize, class: usize) {
        let (_, intake) = self.table(table);
        let known = intake.classes.get(slot).and_then(|classes| classes.get(class));
        if let Some(((class, _), list)) = known.zip(intake.lists.get_mut(slot)) {
            join(&mut list.0, class);
        }
    }

    /// Adds a boolean.
    #[wasm_bindgen(js_name = listBoolean)]
    pub fn list_boolean(&mut self, table: u32, slot: usize, answer: bool) {
        self.join(table, slot, &Value::Boolean(answer));
    }

    /// Gives a slot the values found at its path, as a JSON list of them.
    #[wasm_bindgen(js_name = slotJson)]
    pub fn slot_json(&mut self, table: u32, slot: usize, json: &str) -> Result<(), JsValue> {
        let root = self.root(table);
        let found = Value::parse(json).map_err(|error| thrown(&error))?;
        let found: Vec<&Value> = if let Value::List(items) = &found { items.iter().collect() } else { vec![&found] };
        let (sheet, intake) = self.table(table);
        if let Some((asked, list)) = sheet.slots.get(slot).zip(intake.lists.get_mut(slot)) {
            short_enough(&found, asked, &root).map_err(|error| thrown(&error))?;
            *list = (asked.classify(&found), found.iter().all(|value| asked.expects(value)));
        }
        Ok(())
    }

    /// Forgets the events of the lead before.
    pub fn begin(&mut self) {
        self.history = History::default();
    }

    /// The number of an event type; -1 when nothing looks at it.
    #[wasm_bindgen(js_name = eventType)]
    pub fn event_type(&self, name: &str) -> i32 {
        self.scorer.program().event_type(name).map_or(-1, |place| place as i32)
    }

    /// The number of an event's id, session or purpose, for this lead.
    pub fn token(&mut self, text: &str) -> u32 {
        self.history.token(text)
    }

    /// Adds an event, whose properties are in the slots of table 1.
    #[wasm_bindgen(js_name = pushEvent)]
    pub fn push_event(
        &mut self,
        kind: i32,
        at: f64,
        id: u32,
        session: u32,
        purpose: u32,
        bot: bool,
    ) -> Result<(), JsValue> {
        let program = self.scorer.program();
        let at = instant_of_number(at).ok_or_else(|| thrown(&no_instant(&format!("{}.at", self.root(1)))))?;
        self.properties.answer(&program.properties);
        let numbers: Vec<f64> = self.properties.numbers().collect();
        let event = Event::new(at, usize::try_from(kind).ok(), id, session, purpose, bot);
        let pushed = self.history.push(program, event, &self.properties.answers, &numbers);
        pushed.map_err(|error| thrown(&error))
    }

    /// The milliseconds of an ISO 8601 text.
    #[wasm_bindgen(js_name = parseInstant)]
    pub fn parse_instant(&self, text: &str, path: &str) -> Result<f64, JsValue> {
        let instant = instant_of_text(text).map(|instant| instant as f64);
        instant.ok_or_else(|| thrown(&Error::new(Code::InvalidInstant, path, "expected an instant, found text")))
    }

    /// Scores the lead in the slots; `as_of` is NaN for none, `options` JSON text for all but it.
    pub fn score(&mut self, as_of: f64, options: Option<String>) -> Result<JsValue, JsValue> {
        let scored = self.scored(as_of, options);
        let score = scored.map_err(|error| thrown(&error))?;
        to_js(&score.tell())
    }
}

impl Engine {
    fn table(&mut self, table: u32) -> (&Sheet, &mut Intake) {
        let program = self.scorer.program();
        match table {
            0 => (&program.facts, &mut self.facts),
            _ => (&program.properties, &mut self.properties),
        }
    }

    fn join(&mut self, table: u32, slot: usize, element: &Value) {
        let (sheet, intake) = self.table(table);
        if let Some((asked, list)) = sheet.slots.get(slot).zip(intake.lists.get_mut(slot)) {
            join(&mut list.0, &asked.classify(&[element]));
        }
    }

    fn scored(&mut self, as_of: f64, options: Option<String>) -> Result<Score, Error> {
        let options = options.map_or(Ok(Value::Null), |json| Value::parse(&json))?;
        let mut lead = Lead::of(&options)?;
        if !as_of.is_nan() {
            lead.as_of = Some(instant_of_number(as_of).ok_or_else(|| no_instant("asOf"))?);
        }
        self.facts.answer(&self.scorer.program().facts);
        self.scorer.score_read(&self.facts.answers, &self.history, &lead)
    }

    /// What paths of a table begin with.
    fn root(&self, table: u32) -> String {
        if table == 0 { "facts".to_owned() } else { format!("events[{}]", self.history.len()) }
    }
}

impl Intake {
    fn new(sheet: &Sheet) -> Intake {
        let slots = sheet.slots.len();
        Intake {
            kinds: vec![0; slots],
            values: vec![0.0; slots],
            classes: vec![Vec::new(); slots],
            lists: vec![Default::default(); slots],
            answers: Answers::new(sheet),
        }
    }

    /// Turns what is in the slots into answers.
    fn answer(&mut self, sheet: &Sheet) {
        let filled = self.kinds.iter().zip(&self.values).zip(&self.classes).zip(&self.lists);
        for ((place, slot), (((kind, value), classes), list)) in sheet.slots.iter().enumerate().zip(filled) {
            let known = match *kind {
                kind::NUMBER => of_value(slot, Value::Number(*value + 0.0)),
                kind::BOOLEAN => of_value(slot, Value::Boolean(*value != 0.0)),
                kind::TEXT => classes.get(*value as usize).cloned(),
                kind::LIST => Some(list.clone()),
                _ => None,
            };
            match known {
                Some((class, expected)) => self.answers.set_class(place, slot, &class, expected),
                None => self.answers.set_unknown(place, slot),
            }
        }
    }

    /// For each slot its number, or NaN.
    fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        let slots = self.kinds.iter().zip(&self.values);
        slots.map(|(kind, value)| if *kind == kind::NUMBER { *value } else { f64::NAN })
    }
}

fn of_value(slot: &Slot, value: Value) -> Option<(Class, bool)> {
    Some((slot.classify(&[&value]), slot.expects(&value)))
}

/// Adds what holds for another element of the same list.
fn join(list: &mut Class, element: &Class) {
    for (held, holds) in list.truths.iter_mut().zip(&element.truths) {
        *held |= holds;
    }
}

fn no_instant(path: &str) -> Error {
    Error::new(Code::InvalidInstant, path, "expected an instant, found number")
}

/// What JavaScript needs to know to read the slots of a sheet.
fn slots(sheet: &Sheet) -> Value {
    let whole = |test: &Test| matches!(test, Test::Size(_) | Test::Whole(_) | Test::Element(_));
    let slots = sheet.slots.iter().map(|slot| {
        Value::Object(vec![
            ("path".to_owned(), slot.path.tell()),
            ("type".to_owned(), slot.kind.map(crate::model::Type::name).tell()),
            ("whole".to_owned(), slot.tests.iter().any(whole).tell()),
        ])
    });
    Value::List(slots.collect())
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
