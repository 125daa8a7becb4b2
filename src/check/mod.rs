//! Everything that is wrong or doubtful about a model, all of it at once.
//!
//! Reading finds what is wrong; `lint` finds what is doubtful; `expect` runs the model's own tests.

mod expect;
mod lint;

use crate::compile;
use crate::error::Issue;
use crate::read::Reader;
use crate::scorer::Scorer;

/// Every problem of a model, given as JSON text: errors, doubts, and its own tests that fail.
///
/// ```
/// let issues = leadscore::check(r#"{ "format": 1, "id": "m", "dimensions": [], "pionts": 3 }"#);
/// assert!(issues.iter().any(|issue| issue.code == leadscore::Code::UnknownField && issue.path == "pionts"));
/// ```
pub fn check(model: &str) -> Vec<Issue> {
    let mut reader = Reader::default();
    if let Some((model, compiled)) = compile::read(&mut reader, model) {
        lint::lint(&mut reader, &model, &compiled.program);
        expect::run(&mut reader, &model, &Scorer::of(compiled));
    }
    reader.into_issues()
}
