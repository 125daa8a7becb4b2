//! The front door for Rust to one visitor's engagement: taken in event by event, written down, merged, scored.

use crate::engage::{self, SnapshotFault};
use crate::error::{Code, Error};
use crate::lead::Lead;
use crate::outcome::Outcome;
use crate::score::Score;
use crate::scorer::Scorer;
use crate::time::Instant;
use crate::value::Value;

/// What one visitor did, as far as a model looks at it. Scoring it gives what scoring all its events gives.
///
/// ```
/// use leadscore::{Lead, Scorer, Value};
/// let scorer = Scorer::new(r#"{
///   "format": 1, "id": "visits",
///   "dimensions": [{ "id": "engagement", "groups": [{ "id": "pages", "rules": [
///     { "id": "page", "on": "page_view", "points": 3, "limit": { "n": 5, "per": "1d" } }
///   ] }] }]
/// }"#)?;
/// let mut visitor = scorer.visitor();
/// visitor.apply(&Value::parse(r#"{ "type": "page_view", "at": "2026-03-01T10:00:00Z" }"#)?)?;
/// let mut again = scorer.restore(&visitor.snapshot()).expect("it was just written");
/// again.merge(&visitor).expect("both are of one model");
/// let score = again.score(&Lead { as_of: Some(1_772_366_400_000), ..Lead::default() })?;
/// assert_eq!(score.value, Some(3.0));
/// # Ok::<(), leadscore::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Visitor<'s> {
    scorer: &'s Scorer,
    state: engage::Visitor,
}

impl Scorer {
    /// A visitor of whom nothing is known yet.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { scorer: self, state: engage::Visitor::default() }
    }

    /// The visitor that a snapshot is of.
    ///
    /// # Errors
    /// What is wrong with it: damaged, or of a model whose events mean something else.
    pub fn restore(&self, snapshot: &[u8]) -> Result<Visitor<'_>, SnapshotFault> {
        let state = engage::Visitor::restore(&self.compiled.program, snapshot)?;
        Ok(Visitor { scorer: self, state })
    }
}

impl Visitor<'_> {
    /// Takes in an event; one whose id is known already changes nothing.
    ///
    /// # Errors
    /// What of the event cannot be read.
    pub fn apply(&mut self, event: &Value) -> Result<(), Error> {
        let compiled = &self.scorer.compiled;
        let lead = Lead { events: core::slice::from_ref(event), ..Lead::default() };
        self.state.keep_all(&compiled.program, &lead.history(compiled)?);
        Ok(())
    }

    /// Scores the visitor by what it did and by the facts of a lead, which has no events of its own.
    ///
    /// # Errors
    /// What of the lead cannot be read; `as_of` is needed.
    pub fn score(&self, lead: &Lead) -> Result<Score, Error> {
        if lead.as_of.is_none() {
            return Err(Error::new(Code::AsOfMissing, "asOf", "expected an instant to score the visitor for"));
        }
        if !lead.events.is_empty() {
            return Err(Error::new(Code::InvalidOption, "events", "expected no events beside those of the visitor"));
        }
        self.scorer.scored(lead, |consent| self.state.timeline(&self.scorer.compiled.program, lead.as_of, consent))
    }

    /// The value alone, as of an instant, without facts: quick where events and instants move forward.
    pub fn value(&mut self, as_of: Instant) -> Option<f64> {
        let program = &self.scorer.compiled.program;
        let mut outcome = Outcome::new(program);
        match self.state.running(program, as_of) {
            Some(timeline) => outcome.add_up(program, timeline, as_of),
            None => outcome.add_up(program, &self.state.timeline(program, Some(as_of), None), as_of),
        }
        Some(outcome.value(program)).filter(|value| !value.is_nan())
    }

    /// The state as bytes, for [`Scorer::restore`]; at most [`Visitor::largest`] of them.
    pub fn snapshot(&self) -> Vec<u8> {
        self.state.snapshot(&self.scorer.compiled.program)
    }

    /// The most bytes that a snapshot under this model can take.
    pub fn largest(&self) -> usize {
        engage::Visitor::largest(&self.scorer.compiled.program)
    }

    /// Takes in another state of the same visitor: what both have counts once.
    ///
    /// # Errors
    /// That the other is of a model whose events mean something else.
    pub fn merge(&mut self, other: &Visitor) -> Result<(), SnapshotFault> {
        let program = &self.scorer.compiled.program;
        if other.scorer.compiled.program.seal != program.seal {
            return Err(SnapshotFault::OtherModel);
        }
        self.state.merge(program, &other.state);
        Ok(())
    }

    /// Forgets all that it knows.
    pub fn forget(&mut self) {
        self.state = engage::Visitor::default();
    }
}
