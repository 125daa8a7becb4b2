//! The one native test binary: the engine from outside, through its public door.
//!
//! `corpus` runs the cases that every host runs, `check` what is found in models, `file` compiled programs; `naive` is a second, plain
//! evaluator, `properties` holds the engine against it and against what the contract says always holds; `hostile`
//! feeds the door what nobody should; `house` holds the documentation against the code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is not as expected ends the test"
)]
#![allow(clippy::disallowed_methods, reason = "the engine is held against platform maths, and to a time")]

mod check;
mod corpus;
mod file;
mod hostile;
mod house;
mod naive;
mod properties;
