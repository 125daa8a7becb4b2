//! Any text as a model: `check` and `Scorer::new` answer, and agree on whether it can be compiled.
#![no_main]

use leadscore::{Lead, Scorer, Severity, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let issues = check(text);
    match Scorer::new(text) {
        // A model may compile although tests of its own fail: that is an error of `check` alone.
        Ok(scorer) => _ = scorer.score(&Lead { as_of: Some(0), counterfactuals: true, ..Lead::default() }),
        Err(error) => assert!(issues.iter().any(|issue| issue.severity == Severity::Error), "{error}"),
    }
});
