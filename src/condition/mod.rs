//! Conditions on facts, on events and on results: true, false or unknown.
//!
//! Here they are trees, as written; `program` holds them compiled. Points are no concern of this room.

#[cfg(feature = "full")]
mod read;
mod test;
mod text;

#[cfg(feature = "full")]
pub(crate) use read::read;
pub use test::{Listed, Relation, Scalar, Shape, Test};
pub use text::{Fold, Glob};

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "full")]
use crate::error::{Error, Path};
#[cfg(feature = "full")]
use crate::read::Reader;
use crate::value::Value;

/// The answer to a condition, by Kleene's rules: *and* is the lowest, *or* the highest (S. C. Kleene,
/// Introduction to Metamathematics, 1952, § 64).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It cannot be known.
    #[default]
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// As `true`, `false`, or nothing.
    #[cfg(feature = "full")]
    pub fn known(self) -> Option<bool> {
        match self {
            Truth::False => Some(false),
            Truth::Unknown => None,
            Truth::True => Some(true),
        }
    }

    pub(crate) fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }

    /// Whether all hold; stops at the first that does not.
    pub(crate) fn all(mut answers: impl Iterator<Item = Truth>) -> Truth {
        extreme(&mut answers, Truth::True, Truth::False, Truth::min)
    }

    /// Whether any holds; stops at the first that does.
    pub(crate) fn any(mut answers: impl Iterator<Item = Truth>) -> Truth {
        extreme(&mut answers, Truth::False, Truth::True, Truth::max)
    }
}

fn extreme(
    answers: &mut dyn Iterator<Item = Truth>,
    start: Truth,
    end: Truth,
    pick: fn(Truth, Truth) -> Truth,
) -> Truth {
    let mut so_far = start;
    for answer in answers {
        so_far = pick(so_far, answer);
        if so_far == end {
            break;
        }
    }
    so_far
}

impl From<bool> for Truth {
    fn from(answer: bool) -> Truth {
        if answer { Truth::True } else { Truth::False }
    }
}

/// A condition as written, its shorthands resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// One question asked of one attribute.
    Ask {
        /// The dotted path; empty inside `$elemMatch`, where the element itself is asked.
        path: String,
        /// The question.
        test: Test,
    },
}

impl Default for Condition {
    fn default() -> Condition {
        Condition::All(Vec::new())
    }
}

impl Condition {
    /// The answer for these facts.
    pub(crate) fn truth(&self, facts: &Value) -> Truth {
        match self {
            Condition::All(parts) => Truth::all(parts.iter().map(|part| part.truth(facts))),
            Condition::Any(parts) => Truth::any(parts.iter().map(|part| part.truth(facts))),
            Condition::Not(part) => part.truth(facts).not(),
            Condition::Ask { path, test } => {
                let mut found = Vec::new();
                facts.reach(&segments(path), &mut found);
                test.ask(&found)
            }
        }
    }

    /// Calls `visit` with the path and question of every part.
    #[cfg(feature = "full")]
    pub(crate) fn each<'c>(&'c self, visit: &mut dyn FnMut(&'c str, &'c Test)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| part.each(visit)),
            Condition::Not(part) => part.each(visit),
            Condition::Ask { path, test } => visit(path, test),
        }
    }
}

/// The steps of a dotted path.
pub(crate) fn segments(path: &str) -> Vec<String> {
    if path.is_empty() { Vec::new() } else { path.split('.').map(str::to_owned).collect() }
}

/// Whether facts meet a condition; `None` when it cannot be known.
///
/// ```
/// use leadscore::{Value, matches};
/// let condition = Value::parse(r#"{"company.employees": {"$gte": 10}}"#)?;
/// assert_eq!(matches(&condition, &Value::parse(r#"{"company": {"employees": 45}}"#)?)?, Some(true));
/// assert_eq!(matches(&condition, &Value::parse("{}")?)?, None);
/// # Ok::<(), leadscore::Error>(())
/// ```
///
/// # Errors
/// What is wrong with the condition, with its code and path; all of it under [`Error::issues`].
#[cfg(feature = "full")]
pub fn matches(condition: &Value, facts: &Value) -> Result<Option<bool>, Error> {
    let mut reader = Reader::default();
    let condition = read(&mut reader, condition, &Path::Root("condition"));
    if let Some(error) = Error::of_issues(reader.into_issues()) {
        return Err(error);
    }
    Ok(condition.and_then(|condition| condition.truth(facts).known()))
}
