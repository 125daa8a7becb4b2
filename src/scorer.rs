//! The front door for Rust: a compiled model, and leads to score with it.

use crate::answers::Answers;
use crate::check;
use crate::engage::{Event, History};
use crate::error::{Code, Error};
use crate::explain::{Case, explain};
use crate::grade::Previous;
use crate::model::Lang;
use crate::outcome::outcome;
use crate::program::Program;
use crate::score::Score;
use crate::time::{Instant, instant_of_value};
use crate::value::Value;

/// A compiled model. Immutable: one scorer can score any number of leads.
///
/// ```
/// use leadscore::{Lead, Scorer, Value};
/// let scorer = Scorer::new(r#"{
///   "format": 1, "id": "small", "attributes": { "company.employees": { "type": "integer" } },
///   "dimensions": [{ "id": "fit", "groups": [{ "id": "size", "rules": [
///     { "id": "sme", "when": { "company.employees": { "$gte": 10, "$lte": 100 } }, "points": 20 }
///   ] }] }]
/// }"#)?;
/// let facts = Value::parse(r#"{ "company": { "employees": 45 } }"#)?;
/// let score = scorer.score(&Lead { facts: &facts, ..Lead::default() })?;
/// assert_eq!(score.value, Some(20.0));
/// # Ok::<(), leadscore::Error>(())
/// ```
#[derive(Debug)]
pub struct Scorer {
    program: Program,
}

/// One lead, and how to score it.
#[derive(Clone, Copy, Debug)]
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
    pub consent: Option<&'l [String]>,
    /// Whether to work out the smallest sets of changes that reach the next label or stage.
    pub counterfactuals: bool,
}

static NOTHING: Value = Value::Object(Vec::new());

impl Default for Lead<'_> {
    fn default() -> Self {
        Lead { facts: &NOTHING, events: &[], as_of: None, lang: None, previous: None, consent: None, counterfactuals: false }
    }
}

impl Scorer {
    /// Compiles a model from JSON text.
    ///
    /// # Errors
    /// The first error of the model; all its issues under [`Error::issues`].
    pub fn new(model: &str) -> Result<Scorer, Error> {
        check::compiled(model).map(|program| Scorer { program })
    }


    #[cfg(target_arch = "wasm32")]
    pub(crate) fn program(&self) -> &Program {
        &self.program
    }

    /// Scores one lead.
    ///
    /// # Errors
    /// What of the lead cannot be read, with code and path.
    pub fn score(&self, lead: &Lead) -> Result<Score, Error> {
        if !matches!(lead.facts, Value::Object(_)) {
            let message = format!("expected an object, found {}", lead.facts);
            return Err(Error::new(Code::InvalidFacts, "facts", message));
        }
        let mut answers = Answers::new(&self.program.facts);
        answers.read(&self.program.facts, lead.facts, "facts")?;
        let history = history(&self.program, lead.events)?;
        let previous = lead.previous.map_or_else(Previous::default, |previous| self.previous(previous));
        self.score_read(&answers, &history, lead.as_of, lead.lang, &previous, lead.consent, lead.counterfactuals)
    }

    /// Scores what was read of a lead.
    #[allow(clippy::too_many_arguments, reason = "the one place where everything about a lead meets")]
    pub(crate) fn score_read(
        &self,
        answers: &Answers,
        history: &History,
        now: Option<Instant>,
        lang: Option<Lang>,
        previous: &Previous,
        consent: Option<&[String]>,
        counterfactuals: bool,
    ) -> Result<Score, Error> {
        if now.is_none() && history.len() > 0 {
            let message = "expected an instant to score the events for";
            return Err(Error::new(Code::AsOfMissing, "asOf", message));
        }
        let program = &self.program;
        let timeline = history.timeline(program, now, consent);
        let outcome = outcome(program, answers, &timeline, now.unwrap_or(0), previous);
        let case = Case { program, answers, timeline: &timeline, now, previous, outcome: &outcome };
        Ok(explain(&case, lang, counterfactuals))
    }

    /// The labels and stage of an earlier result; what this model does not have is left out.
    pub(crate) fn previous(&self, earlier: &Value) -> Previous {
        let named = |value: Option<&Value>| match value {
            Some(Value::Text(name)) => Some(name.clone()),
            _ => None,
        };
        let axes = self.program.dimensions.iter().map(|dimension| dimension.id.as_str()).chain(["total"]);
        let labels = axes.zip(&self.program.labels).map(|(axis, labels)| {
            let name = named(earlier.get("labels").and_then(|had| had.get(axis)))?;
            labels.iter().position(|label| label.id == name)
        });
        let stage = named(earlier.get("stage"));
        Previous {
            labels: labels.collect(),
            stage: stage.and_then(|name| self.program.stages.iter().position(|stage| stage.id == name)),
        }
    }
}

/// Reads events into what of them matters to the program.
fn history(program: &Program, events: &[Value]) -> Result<History, Error> {
    let mut history = History::default();
    let mut answers = Answers::new(&program.properties);
    let mut numbers = Vec::new();
    for (place, event) in events.iter().enumerate() {
        let root = format!("events[{place}]");
        let invalid = |code, field: &str, expected: &str, found: Option<&Value>| {
            let found = found.map_or_else(|| "nothing".to_owned(), Value::to_string);
            Error::new(code, format!("{root}{field}"), format!("expected {expected}, found {found}"))
        };
        if !matches!(event, Value::Object(_)) {
            return Err(invalid(Code::InvalidEvent, "", "an object", Some(event)));
        }
        let Some(Value::Text(kind)) = event.get("type") else {
            return Err(invalid(Code::InvalidEvent, ".type", "a text", event.get("type")));
        };
        let at = event.get("at").filter(|at| **at != Value::Null);
        let Some(at) = at.and_then(instant_of_value) else {
            return Err(invalid(Code::InvalidInstant, ".at", "an instant", event.get("at")));
        };
        let mut token = |field: &str| match event.get(field) {
            None | Some(Value::Null) => Ok(0),
            Some(Value::Text(text)) => Ok(history.token(text)),
            other => Err(invalid(Code::InvalidEvent, &format!(".{field}"), "a text", other)),
        };
        let (id, session, purpose) = (token("id")?, token("session")?, token("purpose")?);
        let bot = event.get("bot") == Some(&Value::Boolean(true));
        answers.read(&program.properties, event, &root)?;
        numbers.clear();
        numbers.extend(program.properties.slots.iter().map(|slot| {
            let mut found = Vec::new();
            event.reach(&slot.path, &mut found);
            match found.as_slice() {
                [Value::Number(number)] => *number,
                _ => f64::NAN,
            }
        }));
        let kind = program.types.binary_search_by(|known| known.name.as_str().cmp(kind)).ok();
        history.push(program, Event::new(at, kind, id, session, purpose, bot), &answers, &numbers)?;
    }
    Ok(history)
}
