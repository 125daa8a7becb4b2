//! The tests inside a model: each lead is scored and its result held against what the author expects.

use crate::error::{Code, Error, Path, short};
use crate::lead::Lead;
use crate::model::{Model, Test};
use crate::read::Reader;
use crate::scorer::Scorer;
use crate::tell::Tell;
use crate::value::Value;

/// Runs every test and notes what differs.
pub fn run(reader: &mut Reader, model: &Model, scorer: &Scorer) {
    let root = Path::Root("");
    let tests = root.field("tests");
    for (place, test) in model.tests.iter().enumerate() {
        let path = tests.item(place);
        match result(scorer, test) {
            Ok(result) => Differences { reader, name: &test.name }.note(&path.field("expect"), &test.expect, &result),
            Err(error) => {
                let place = format!("{path}.{}", error.path());
                let place = Path::Root(place.trim_end_matches('.'));
                let message = format_args!("expected a result, found an error: {}", error.message());
                reader.error(Code::TestFailed, &place, message);
            }
        }
    }
}

fn result(scorer: &Scorer, test: &Test) -> Result<Value, Error> {
    Ok(scorer.score(&Lead::of(&test.lead)?)?.tell())
}

/// Notes what differs in one test.
struct Differences<'d> {
    reader: &'d mut Reader,
    name: &'d str,
}

impl Differences<'_> {
    /// Of objects the fields named are compared, lists whole, numbers to 10⁻⁹.
    fn note(&mut self, path: &Path, expected: &Value, found: &Value) {
        match (expected, found) {
            (Value::Object(entries), Value::Object(all)) => {
                for (name, expected) in entries {
                    match found.get(name) {
                        Some(found) => self.note(&path.field(name), expected, found),
                        None => {
                            let known: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
                            let path = path.field(name);
                            self.reader.unknown(Code::TestFailed, &path, "part of the result", name, &known);
                        }
                    }
                }
            }
            (Value::List(expected), Value::List(all)) if expected.len() == all.len() => {
                for (place, (expected, found)) in expected.iter().zip(all).enumerate() {
                    self.note(&path.item(place), expected, found);
                }
            }
            (Value::Number(expected), Value::Number(found)) if (expected - found).abs() <= 1e-9 => {}
            (expected, found) if expected == found => {}
            (expected, found) => {
                let (name, message) = (short(self.name), format_args!("expected {expected}, found {found}"));
                match self.name {
                    "" => self.reader.error(Code::TestFailed, path, message),
                    _ => self.reader.error(Code::TestFailed, path, format_args!("{message} in test `{name}`")),
                }
            }
        }
    }
}
