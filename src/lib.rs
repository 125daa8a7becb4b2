#![doc = include_str!("../README.md")]

// The ground floor.
mod decimal; // from digits to the nearest float
mod error; // the one error, the issues and their codes
mod json; // from JSON text to values
mod limits; // what one call may cost at most
mod order; // sorting, once for every type
mod read; // strict reading of objects
mod time; // instants, durations, the calendar
mod value; // what leads and models are written in

// What is asked: from a document to a program.
mod cells; // values that stand for all others
mod check; // everything that is wrong or doubtful
mod compile; // from model to program
mod condition; // true, false or unknown
mod model; // the document, typed
mod program; // the compiled form

// Who is scored.
mod answers; // what one lead or event answers to the questions
mod engage; // events: windows, limits, frequency, decay
mod lead; // one lead as handed over

// What comes of it.
mod eval; // points
mod explain; // contributions, bounds, forecasts, reasons
mod grade; // labels, grade, stage, route
mod outcome; // one lead at one instant, from start to end
mod score; // the result
mod tell; // the result as a value, for every host

// The front doors.
mod scorer;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use check::check;
pub use condition::matches;
pub use error::{Code, Error, Issue, Severity};
pub use lead::Lead;
pub use model::Lang;
pub use score::*;
pub use scorer::Scorer;
pub use value::Value;
