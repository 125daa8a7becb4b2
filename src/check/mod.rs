//! Everything that is wrong or doubtful about a model, all of it at once.

use crate::compile::compile;
use crate::error::{Code, Error, Issue, Path};
use crate::limits::MODEL_BYTES;
use crate::model::{self, Model};
use crate::program::Program;
use crate::read::Reader;
use crate::value::Value;

/// Every problem of a model, given as JSON text: errors, doubts, and its own tests that fail.
pub fn check(model: &str) -> Vec<Issue> {
    let mut reader = Reader::default();
    let Some((_model, _program)) = read(model, &mut reader) else { return reader.into_issues() };
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

/// Reads and compiles a model; nothing when even its text cannot be read, or it has errors.
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
