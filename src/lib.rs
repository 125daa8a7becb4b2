//! lead scoring
mod condition;
mod error;
mod limits;
mod model;
mod read;
mod time;
mod value;
pub use condition::matches;
pub use error::{Code, Error, Issue, Severity};
pub use value::Value;
