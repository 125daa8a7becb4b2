//! lead scoring
mod answers;
mod cells;
mod check;
mod compile;
mod condition;
mod engage;
mod error;
mod eval;
mod explain;
mod grade;
mod limits;
mod model;
mod outcome;
mod program;
mod read;
mod score;
mod scorer;
mod time;
mod value;
#[cfg(target_arch = "wasm32")]
mod wasm;
pub use check::check;
pub use condition::matches;
pub use error::{Code, Error, Issue, Severity};
pub use model::Lang;
pub use score::*;
pub use scorer::{Lead, Scorer};
pub use value::Value;
