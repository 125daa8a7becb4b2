//! The naive evaluator: scores a lead straight from the JSON of model, facts and events, as docs/model.md tells it.
//!
//! It exists to be held against the engine, so it shares no code and no data structure with `src/`: it walks trees,
//! copies freely, and works everything out again for each instant. It is not fast, checks nothing (models and leads
//! are valid when they come here), and has no bounds, next change or counterfactuals: those are defined through
//! scores, and the properties test them as such.

mod condition;
mod coverage;
mod events;
mod outcome;
mod rules;
mod score;
mod time;

pub use condition::{Facts, holds, read};
pub use score::{Lead, score};
pub use time::instant;
