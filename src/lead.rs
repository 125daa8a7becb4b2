//! One lead as it is handed over, and the reading of it: facts into answers, events into a history.
//!
//! Errors name the place and the kind of what was found, never the value: it may be personal.

use crate::answers::Answers;
use crate::engage::{Event, History};
use crate::error::{Code, Error};
use crate::model::Lang;
use crate::program::Program;
use crate::time::{Instant, instant_of_value};
use crate::value::Value;

/// One lead, and how to score it.
#[derive(Clone, Debug)]
pub struct Lead<'l> {
    /// Its attributes: an object.
    pub facts: &'l Value,
    /// What it did, in any order: objects with `type` and `at`.
    pub events: &'l [Value],
    /// The instant the score is for, in milliseconds since 1970 UTC; needed with events.
    pub as_of: Option<Instant>,
    /// The language of reasons; without one there are none.
    pub lang: Option<Lang>,
    /// The last result, for hysteresis: an object with `labels` and `stage`.
    pub previous: Option<&'l Value>,
    /// The purposes consented to; without them every event counts.
    pub consent: Option<Vec<String>>,
    /// Whether to work out the smallest sets of changes that reach the next label or stage.
    pub counterfactuals: bool,
}

static NO_FACTS: Value = Value::Object(Vec::new());

impl Default for Lead<'_> {
    fn default() -> Self {
        Lead {
            facts: &NO_FACTS,
            events: &[],
            as_of: None,
            lang: None,
            previous: None,
            consent: None,
            counterfactuals: false,
        }
    }
}

impl<'l> Lead<'l> {
    /// Reads a lead from an object with the fields `facts`, `events`, `asOf`, `lang`, `previous`, `consent` and
    /// `counterfactuals`, each of which may be left out or null. Other fields are not looked at.
    ///
    /// # Errors
    /// The first field that is not what it should be; facts and events are looked at when they are scored.
    pub fn of(object: &'l Value) -> Result<Lead<'l>, Error> {
        let field = |name: &str| object.get(name).filter(|value| **value != Value::Null);
        let mut lead = Lead::default();
        lead.facts = field("facts").unwrap_or(lead.facts);
        lead.events = match field("events") {
            None => &[],
            Some(Value::List(events)) => events,
            Some(other) => {
                return Err(wrong(Code::InvalidEvents, "events", "a list of events", other));
            }
        };
        lead.as_of = field("asOf").map(|value| instant(value, "asOf")).transpose()?;
        lead.lang = match field("lang") {
            None => None,
            Some(Value::Text(lang)) if lang == "en" => Some(Lang::En),
            Some(Value::Text(lang)) if lang == "fr" => Some(Lang::Fr),
            Some(other) => return Err(wrong(Code::InvalidOption, "lang", "`en` or `fr`", other)),
        };
        lead.previous = match field("previous") {
            Some(other) if !matches!(other, Value::Object(_)) => {
                return Err(wrong(Code::InvalidOption, "previous", "an object", other));
            }
            previous => previous,
        };
        lead.consent = field("consent").map(purposes).transpose()?;
        lead.counterfactuals = match field("counterfactuals") {
            None => false,
            Some(Value::Boolean(answer)) => *answer,
            Some(other) => {
                return Err(wrong(Code::InvalidOption, "counterfactuals", "`true` or `false`", other));
            }
        };
        Ok(lead)
    }

    /// What the facts answer.
    pub(crate) fn answers(&self, program: &Program) -> Result<Answers, Error> {
        if !matches!(self.facts, Value::Object(_)) {
            return Err(wrong(Code::InvalidFacts, "facts", "an object of attributes", self.facts));
        }
        let mut answers = Answers::new(&program.facts);
        answers.read(&program.facts, self.facts, "facts")?;
        Ok(answers)
    }

    /// What of the events matters to the program.
    pub(crate) fn history(&self, program: &Program) -> Result<History, Error> {
        let mut history = History::default();
        let mut answers = Answers::new(&program.properties);
        for (place, event) in self.events.iter().enumerate() {
            let root = format!("events[{place}]");
            if !matches!(event, Value::Object(_)) {
                return Err(wrong(Code::InvalidEvent, &root, "an event", event));
            }
            let place_of = |field: &str| format!("{root}.{field}");
            let kind = match event.get("type") {
                Some(Value::Text(kind)) => kind,
                other => {
                    return Err(wrong(Code::InvalidEvent, &place_of("type"), "a text", other.unwrap_or(&Value::Null)));
                }
            };
            let at = instant(event.get("at").unwrap_or(&Value::Null), &place_of("at"))?;
            let mut token = |field: &str| match event.get(field) {
                None | Some(Value::Null) => Ok(0),
                Some(Value::Text(text)) => Ok(history.token(text)),
                Some(other) => Err(wrong(Code::InvalidEvent, &place_of(field), "a text", other)),
            };
            let (id, session, purpose) = (token("id")?, token("session")?, token("purpose")?);
            let bot = event.get("bot") == Some(&Value::Boolean(true));
            answers.read(&program.properties, event, &root)?;
            let event_read = Event::new(at, program.event_type(kind), id, session, purpose, bot);
            history.push(program, event_read, &answers, &numbers(program, event))?;
        }
        Ok(history)
    }
}

/// For each slot of the properties its number, or NaN.
fn numbers(program: &Program, event: &Value) -> Vec<f64> {
    let numbers = program.properties.slots.iter().map(|slot| {
        let mut found = Vec::new();
        event.reach(&slot.path, &mut found);
        match found.as_slice() {
            [Value::Number(number)] => *number,
            _ => f64::NAN,
        }
    });
    numbers.collect()
}

fn purposes(given: &Value) -> Result<Vec<String>, Error> {
    let purpose = |purpose: &Value| match purpose {
        Value::Text(purpose) => Some(purpose.clone()),
        _ => None,
    };
    let purposes = match given {
        Value::List(given) => given.iter().map(purpose).collect(),
        _ => None,
    };
    purposes.ok_or_else(|| wrong(Code::InvalidOption, "consent", "a list of texts", given))
}

fn instant(value: &Value, path: &str) -> Result<Instant, Error> {
    instant_of_value(value).ok_or_else(|| wrong(Code::InvalidInstant, path, "an instant", value))
}

fn wrong(code: Code, path: &str, expected: &str, found: &Value) -> Error {
    Error::new(code, path, format!("expected {expected}, found {}", found.kind()))
}
