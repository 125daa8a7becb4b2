//! The front door for Rust: a compiled model, and leads to score with it.

use crate::answers::Answers;
use crate::compile;
use crate::engage::History;
use crate::error::{Code, Error};
use crate::explain::{Case, explain};
use crate::grade::Previous;
use crate::lead::Lead;
use crate::outcome::outcome;
use crate::program::Program;
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
    program: Program,
}

impl Scorer {
    pub(crate) fn of(program: Program) -> Scorer {
        Scorer { program }
    }

    /// Compiles a model from JSON text.
    ///
    /// # Errors
    /// The first error of the model; all its issues under [`Error::issues`].
    pub fn new(model: &str) -> Result<Scorer, Error> {
        compile::program(model).map(|program| Scorer { program })
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
        let (answers, history) = (lead.answers(&self.program)?, lead.history(&self.program)?);
        self.score_read(&answers, &history, lead)
    }

    /// Scores what was read of a lead.
    pub(crate) fn score_read(&self, answers: &Answers, history: &History, lead: &Lead) -> Result<Score, Error> {
        let now = lead.as_of;
        let previous = lead.previous.map_or_else(Previous::default, |earlier| self.previous(earlier));
        if now.is_none() && history.len() > 0 {
            let message = "expected an instant to score the events for";
            return Err(Error::new(Code::AsOfMissing, "asOf", message));
        }
        let program = &self.program;
        let timeline = history.timeline(program, now, lead.consent.as_deref());
        let outcome = outcome(program, answers, &timeline, now.unwrap_or(0), &previous);
        let case = Case {
            program,
            answers,
            timeline: &timeline,
            now,
            previous: &previous,
            consent: lead.consent.as_deref(),
            outcome: &outcome,
        };
        Ok(explain(&case, lead.lang, lead.counterfactuals))
    }

    /// The labels and stage of an earlier result; what this model does not have is left out.
    fn previous(&self, earlier: &Value) -> Previous {
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
