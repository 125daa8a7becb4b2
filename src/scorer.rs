//! The front door for Rust: a compiled model, and leads to score with it.

use crate::compile::{self, Compiled};
use crate::engage::{Timeline, token};
use crate::error::{Code, Error};
use crate::explain::{Case, told};
use crate::grade::Previous;
use crate::lead::Lead;
use crate::outcome::Outcome;
use crate::score::Score;
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
    pub(crate) compiled: Compiled,
}

impl Scorer {
    pub(crate) fn of(compiled: Compiled) -> Scorer {
        Scorer { compiled }
    }

    /// Compiles a model from JSON text.
    ///
    /// # Errors
    /// The first error of the model; all its issues under [`Error::issues`].
    pub fn new(model: &str) -> Result<Scorer, Error> {
        compile::program(model).map(|(_, compiled)| Scorer { compiled })
    }

    /// Scores one lead.
    ///
    /// # Errors
    /// What of the lead cannot be read, with code and path.
    pub fn score(&self, lead: &Lead) -> Result<Score, Error> {
        let history = lead.history(&self.compiled)?;
        if lead.as_of.is_none() && history.len() > 0 {
            let message = "expected an instant to score the events for";
            return Err(Error::new(Code::AsOfMissing, "asOf", message));
        }
        self.scored(lead, |consent| history.timeline(&self.compiled.program, lead.as_of, consent))
    }

    /// Scores a lead by its facts and what it did, laid out in time for the purposes consented to.
    pub(crate) fn scored(&self, lead: &Lead, did: impl Fn(Option<&[i64]>) -> Timeline) -> Result<Score, Error> {
        let Compiled { program, names } = &self.compiled;
        let mut outcome = Outcome::new(program);
        let unexpected = lead.read_facts(program, &mut outcome)?;
        let now = lead.as_of;
        let previous = lead.previous.map_or_else(Previous::default, |earlier| self.previous(earlier));
        let consent: Option<Vec<i64>> =
            lead.consent.as_ref().map(|given| given.iter().map(|purpose| token(purpose)).collect());
        let timeline = did(consent.as_deref());
        outcome.work_out(program, &timeline, now.unwrap_or(0), &previous);
        outcome.look_for_missing(program);
        let case = Case {
            program,
            timeline: &timeline,
            now,
            previous: &previous,
            outcome: &outcome,
            unexpected: &unexpected,
            consent: consent.as_deref(),
        };
        Ok(told(&case, names, lead.lang, lead.counterfactuals))
    }

    /// The labels and stage of an earlier result; what this model does not have is left out.
    fn previous(&self, earlier: &Value) -> Previous {
        let named = |value: Option<&Value>| match value {
            Some(Value::Text(name)) => Some(name.clone()),
            _ => None,
        };
        let names = &self.compiled.names;
        let place =
            |known: &[String], name: Option<String>| known.iter().position(|known| Some(known) == name.as_ref());
        let mut previous = Previous { labels: Vec::new(), stage: place(&names.stages, named(earlier.get("stage"))) };
        for (axis, labels) in names.labels.iter().enumerate() {
            let axis = names.dimensions.get(axis).map_or("total", |dimension| &dimension.id);
            previous.labels.push(place(labels, named(earlier.get("labels").and_then(|had| had.get(axis)))));
        }
        previous
    }
}
