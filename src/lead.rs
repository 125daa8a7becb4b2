//! One lead as it is handed over, and the reading of it: facts into answers, events into a history.
//!
//! Errors name the place and the kind of what was found, never the value: it may be personal.

use crate::answers::Answers;
use crate::compile::Compiled;
use crate::condition::segments;
use crate::engage::{Event, History, token};
use crate::error::{Code, Error};
use crate::limits::{EVENTS, FACT_TEXT_BYTES};
use crate::model::Lang;
use crate::outcome::Outcome;
use crate::program::{Program, Slot};
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

    /// Reads the facts into an outcome; the slots whose value is not of the declared type.
    pub(crate) fn read_facts(&self, program: &Program, outcome: &mut Outcome) -> Result<Vec<usize>, Error> {
        if !matches!(self.facts, Value::Object(_)) {
            return Err(wrong(Code::InvalidFacts, "facts", "an object of attributes", self.facts));
        }
        let mut unexpected = Vec::new();
        for (place, slot) in program.facts.slots.iter().enumerate().take(program.attributes()) {
            let found = found(self.facts, slot, "facts")?;
            if found.is_empty() {
                continue; // as it is in the beginning
            }
            outcome.answers.put(place, slot, &slot.ask(&found), true);
            if !found.iter().all(|value| slot.expects(value)) {
                unexpected.push(place);
            }
        }
        Ok(unexpected)
    }

    /// What of the events matters to the program.
    pub(crate) fn history(&self, compiled: &Compiled) -> Result<History, Error> {
        let Compiled { program, names } = compiled;
        let mut history = History::default();
        let mut answers = Answers::new(&program.properties);
        let mut numbers = Vec::new();
        if self.events.len() > EVENTS {
            return Err(Error::new(Code::TooLarge, "events", format!("expected at most {EVENTS} events")));
        }
        for (place, event) in self.events.iter().enumerate() {
            let root = format!("events[{place}]");
            if !matches!(event, Value::Object(_)) {
                return Err(wrong(Code::InvalidEvent, &root, "an event", event));
            }
            let place_of = |field: &str| format!("{root}.{field}");
            let kind = match event.get("type") {
                Some(Value::Text(kind)) => names.event_type(kind),
                other => {
                    return Err(wrong(Code::InvalidEvent, &place_of("type"), "a text", other.unwrap_or(&Value::Null)));
                }
            };
            let at = instant(event.get("at").unwrap_or(&Value::Null), &place_of("at"))?;
            let token = |field: &str| match event.get(field) {
                None | Some(Value::Null) => Ok(0),
                Some(Value::Text(text)) => Ok(token(text)),
                Some(other) => Err(wrong(Code::InvalidEvent, &place_of(field), "a text", other)),
            };
            let (id, session, purpose) = (token("id")?, token("session")?, token("purpose")?);
            let bot = event.get("bot") == Some(&Value::Boolean(true));
            numbers.clear();
            numbers.resize(program.properties.slots.len(), f64::NAN);
            for &place in program.types.get(kind as usize).iter().flat_map(|kind| &kind.asks) {
                let Some(slot) = program.properties.slots.get(place) else { continue };
                let found = found(event, slot, &root)?;
                answers.put(place, slot, &slot.ask(&found), !found.is_empty());
                if let ([Value::Number(number)], Some(kept)) = (found.as_slice(), numbers.get_mut(place)) {
                    *kept = *number;
                }
            }
            answers.join_all(&program.properties);
            history.push(
                program,
                Event { at, kind, id, session, purpose, bot, ..Event::default() },
                &answers,
                &numbers,
            );
        }
        Ok(history)
    }
}

/// Every known value at the path of a slot; a text so long that comparing it could take for ever is refused.
fn found<'v>(object: &'v Value, slot: &Slot, root: &str) -> Result<Vec<&'v Value>, Error> {
    let mut found = Vec::new();
    object.reach(&segments(&slot.path), &mut found);
    match found.iter().find_map(|value| value.too_long()) {
        None => Ok(found),
        Some(length) => {
            let message = format!("expected a text of at most {FACT_TEXT_BYTES} bytes, found {length}");
            Err(Error::new(Code::TooLarge, format!("{root}.{}", slot.path), message))
        }
    }
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
