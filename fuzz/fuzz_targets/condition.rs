//! Any two JSON texts, a line each, as a condition and facts: answered or refused, and negation turns the answer.
#![no_main]

use leadscore::{Value, matches};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Some((condition, facts)) = text.split_once('\n') else { return };
    let (Ok(condition), Ok(facts)) = (Value::parse(condition), Value::parse(facts)) else { return };
    let Ok(answer) = matches(&condition, &facts) else { return };
    let negated = Value::Object(vec![("$not".to_owned(), condition)]);
    if let Ok(opposite) = matches(&negated, &facts) {
        assert_eq!(opposite, answer.map(|answer| !answer));
    }
});
