#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "full"), no_std)]
#![cfg_attr(not(feature = "full"), allow(dead_code))] // some of whom is asked are not there

extern crate alloc;

// The ground floor.
#[cfg(any(feature = "full", feature = "bulk"))]
mod decimal; // from digits to the nearest float
#[cfg(feature = "full")]
mod error; // the one error, the issues and their codes
#[cfg(feature = "full")]
mod json; // from JSON text to values
mod limits; // what one call may cost at most
mod order; // sorting, once for every type
mod policy; // how sums are made
#[cfg(feature = "full")]
mod read; // strict reading of objects
mod time; // instants, durations, the calendar
mod value; // what leads and models are written in
#[cfg(feature = "full")]
mod write; // from values to JSON text

// What is asked: from a document to a program.
#[cfg(feature = "full")]
mod audience; // who reads a compiled program
#[cfg(feature = "full")]
mod cells; // values that stand for all others
#[cfg(feature = "full")]
mod check; // everything that is wrong or doubtful
#[cfg(feature = "full")]
mod compile; // from model to program
mod condition; // true, false or unknown
#[cfg(feature = "full")]
mod model; // the document, typed
#[cfg(feature = "full")]
mod names; // what the places of a program are called
mod program; // the compiled form
mod tape; // the compiled form as bytes

// Who is scored.
mod answers; // what one lead or event answers to the questions
mod engage; // events: windows, limits, frequency, decay
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod intake; // the slots of one sheet, as JavaScript fills them
#[cfg(feature = "full")]
mod lead; // one lead as handed over
#[cfg(feature = "bulk")]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod scan; // leads as JSON bytes

// What comes of it.
mod eval; // points
mod explain; // contributions, bounds, forecasts, reasons
mod grade; // labels, grade, stage, route
#[cfg(feature = "bulk")]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod lanes; // sixty-four leads at once
mod outcome; // one lead at one instant, from start to end
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod pack; // the result as numbers
#[cfg(feature = "full")]
mod score; // the result
#[cfg(feature = "bulk")]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod table; // many leads as columns
#[cfg(feature = "full")]
mod tell; // the result as a value, for every host

// The front doors.
#[cfg(feature = "full")]
mod scorer;
#[cfg(feature = "full")]
mod visitor;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use engage::SnapshotFault;
pub use tape::{Fault, verify};
#[cfg(feature = "full")]
pub use {
    audience::{Audience, compile_model},
    check::check,
    condition::matches,
    error::{Code, Error, Issue, Severity},
    lead::Lead,
    model::Lang,
    score::*,
    scorer::Scorer,
    value::Value,
    visitor::Visitor,
};
