//! The engine as the properties see it: JSON in, JSON out.

use leadscore::{Error, Lang, Lead, Score, Scorer, SnapshotFault, Value, Visitor};
use serde_json::Value as Json;

use crate::naive;

/// A compiled model.
pub struct Engine(Scorer);

/// What is asked for beside the plain result.
#[derive(Clone, Copy, Default)]
pub struct Asked {
    pub lang: Option<Lang>,
    pub counterfactuals: bool,
}

impl Engine {
    /// Compiles a model that is expected to be valid.
    pub fn new(model: &Json) -> Engine {
        Engine(Scorer::new(&model.to_string()).unwrap_or_else(|error| panic!("{} in {model}", told(&error))))
    }

    pub fn score(&self, lead: &naive::Lead) -> Json {
        self.ask(lead, Asked::default())
    }

    /// Scores what may not be a lead at all.
    pub fn try_score(&self, facts: &Json, events: &[Json], as_of: Option<i64>) -> Result<Score, Error> {
        let events: Vec<Value> = events.iter().map(value).collect();
        self.0.score(&Lead { facts: &value(facts), events: &events, as_of, ..Lead::default() })
    }

    pub fn ask(&self, lead: &naive::Lead, asked: Asked) -> Json {
        let events: Vec<Value> = lead.events.iter().map(value).collect();
        let previous = lead.previous.as_ref().map(value);
        let score = self.0.score(&Lead {
            facts: &value(&lead.facts),
            events: &events,
            as_of: lead.as_of,
            lang: asked.lang,
            previous: previous.as_ref(),
            consent: lead.consent.clone(),
            counterfactuals: asked.counterfactuals,
        });
        let score = score.unwrap_or_else(|error| panic!("{} for {lead:?}", told(&error)));
        serde_json::to_value(score).expect("a result is JSON")
    }
}

impl Engine {
    /// The state of a visitor who did so much.
    pub fn visitor(&self, events: &[Json]) -> Visitor<'_> {
        let mut visitor = self.0.visitor();
        events.iter().for_each(|event| apply(&mut visitor, event));
        visitor
    }

    pub fn restore(&self, snapshot: &[u8]) -> Result<Visitor<'_>, SnapshotFault> {
        self.0.restore(snapshot)
    }
}

/// Lets a visitor do something more.
pub fn apply(visitor: &mut Visitor, event: &Json) {
    visitor.apply(&value(event)).unwrap_or_else(|error| panic!("{}", told(&error)));
}

/// Scores a visitor with the facts and the rest of a lead.
pub fn score_visitor(visitor: &Visitor, lead: &naive::Lead) -> Json {
    let previous = lead.previous.as_ref().map(value);
    let score = visitor.score(&Lead {
        facts: &value(&lead.facts),
        as_of: lead.as_of,
        previous: previous.as_ref(),
        consent: lead.consent.clone(),
        ..Lead::default()
    });
    let score = score.unwrap_or_else(|error| panic!("{} for {lead:?}", told(&error)));
    serde_json::to_value(score).expect("a result is JSON")
}

/// The engine's answer to a condition, or its error.
pub fn matches(condition: &Json, facts: &Json) -> Result<Option<bool>, String> {
    leadscore::matches(&value(condition), &value(facts)).map_err(|error| told(&error))
}

fn value(json: &Json) -> Value {
    Value::parse(&json.to_string()).expect("generated JSON is read")
}

fn told(error: &Error) -> String {
    format!("{} at {}: {}", error.code().as_str(), error.path(), error.message())
}
