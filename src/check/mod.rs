//! Everything that is wrong or doubtful about a model, all of it at once.
//!
//! Reading finds what is wrong; `lint` finds what is doubtful; `expect` runs the model's own tests.

mod expect;
mod lint;

use crate::compile::compile;
use crate::error::{Code, Error, Issue, Path};
use crate::limits::MODEL_BYTES;
use crate::model::{self, Model};
use crate::program::Program;
use crate::read::Reader;
use crate::scorer::Scorer;
use crate::value::Value;

/// Every problem of a model, given as JSON text: errors, doubts, and its own tests that fail.
///
/// ```
/// let issues = leadscore::check(r#"{ "format": 1, "id": "m", "dimensions": [], "pionts": 3 }"#);
/// assert!(issues.iter().any(|issue| issue.code == leadscore::Code::UnknownField && issue.path == "pionts"));
/// ```
pub fn check(model: &str) -> Vec<Issue> {
    let mut reader = Reader::default();
    if let Some((model, program)) = read(model, &mut reader) {
        lint::lint(&mut reader, &model, &program);
        expect::run(&mut reader, &model, &Scorer::of(program));
    }
    reader.into_issues()
}

/// The program of a model without errors.
pub(crate) fn compiled(model: &str) -> Result<Program, Error> {
    let mut reader = Reader::default();
    let read = read(model, &mut reader);
    match (Error::of_issues(reader.into_issues()), read) {
        (None, Some((_, program))) => Ok(program),
        (Some(error), _) => Err(error),
        (None, None) => Err(Error::new(Code::InvalidJson, "", "expected a model")),
    }
}

/// Reads and compiles a model; nothing when it has errors.
fn read(text: &str, reader: &mut Reader) -> Option<(Model, Program)> {
    if text.len() > MODEL_BYTES {
        let message = format!("expected a model of at most {MODEL_BYTES} bytes, found {}", text.len());
        reader.error(Code::TooLarge, &Path::Root(""), message);
        return None;
    }
    let document = match Value::parse_strict(text) {
        Ok(document) => document,
        Err(error) => {
            reader.error(error.code(), &Path::Root(""), error.message());
            return None;
        }
    };
    let model = model::read(reader, &document);
    if reader.has_errors() {
        return None;
    }
    let program = compile(&model, reader);
    (!reader.has_errors()).then_some((model, program))
}
