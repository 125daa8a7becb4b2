//! Any JSON as a lead: it is scored or refused, and the same lead twice gives the same.
#![no_main]

use std::sync::LazyLock;

use leadscore::{Lead, Scorer, Value};
use libfuzzer_sys::fuzz_target;

static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::new(include_str!("../curious.json")).unwrap());

fuzz_target!(|text: &str| {
    let Ok(object) = Value::parse(text) else { return };
    let Ok(lead) = Lead::of(&object) else { return };
    let write = || SCORER.score(&lead).map(|score| serde_json::to_string(&score).unwrap());
    assert_eq!(write(), write());
});
