//! How long one lead takes natively: of 30 attributes with 40 rules, and of 50 events.
//!
//! `cargo bench`; the comparison with other engines, and Node, stand beside it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may stop where the engine may not")]

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use leadscore::{Lead, Scorer, Value};

const AS_OF: i64 = 1_795_339_800_000;
const HOUR: i64 = 3_600_000;

/// 15 numbers and 15 texts, and 40 rules that ask them in turn.
fn fit() -> (Scorer, Value) {
    let mut rules = String::new();
    for rule in 0..40 {
        let attribute = rule % 15;
        let when = match rule % 4 {
            0 => format!(r#""n{attribute}": {{ "$gte": {}, "$lt": {} }}"#, rule * 10, rule * 10 + 200),
            1 => format!(r#""t{attribute}": {{ "$in": ["FR", "BE", "CH"] }}"#),
            2 => format!(r#""t{attribute}": {{ "$contains": "director", "$fold": "all" }}"#),
            _ => format!(r#""n{attribute}": {{ "$gt": 50 }}, "t{attribute}": {{ "$ne": "DE" }}"#),
        };
        let comma = if rule == 0 { "" } else { "," };
        let _ = write!(rules, r#"{comma}{{ "id": "r{rule}", "when": {{ {when} }}, "points": {} }}"#, rule % 7 + 1);
    }
    let attributes: Vec<String> =
        (0..15).map(|i| format!(r#""n{i}": {{ "type": "number" }}, "t{i}": {{ "type": "text" }}"#)).collect();
    let model = format!(
        r#"{{ "format": 1, "id": "fit", "attributes": {{ {} }}, "dimensions": [{{ "id": "fit", "normalise": true,
            "groups": [{{ "id": "all", "cap": 100, "rules": [{rules}] }}] }}] }}"#,
        attributes.join(",")
    );
    let texts = ["FR", "DE", "Sales Director", "Directrice générale", "CH"];
    let facts: Vec<String> =
        (0..15).map(|i| format!(r#""n{i}": {}, "t{i}": "{}""#, i * 37, texts[i % texts.len()])).collect();
    (Scorer::new(&model).unwrap(), Value::parse(&format!("{{ {} }}", facts.join(","))).unwrap())
}

/// Visits and openings of two months, with window, limit and decay.
fn engagement() -> (Scorer, Vec<Value>) {
    let model = r#"{ "format": 1, "id": "engagement", "dimensions": [{ "id": "engagement", "groups": [
        { "id": "visits", "cap": 60, "decay": { "kind": "exponential", "halfLife": "14d" }, "rules": [
            { "id": "page", "on": "page_view", "points": 2, "limit": { "n": 5, "per": "1d" } },
            { "id": "pricing", "on": "page_view", "when": { "path": { "$startsWith": "/pricing" } }, "points": 8, "window": "30d" } ] },
        { "id": "mails", "cap": 40, "decay": { "kind": "linear", "lose": 0.5, "every": "30d" }, "rules": [
            { "id": "open", "on": "email_open", "points": 1 },
            { "id": "often", "on": "email_open", "frequency": [{ "atLeast": 3, "within": "14d", "points": 5 }] } ] } ] }],
        "total": { "labels": [{ "id": "hot", "from": 40 }, { "id": "cold" }] } }"#;
    let event = |i: i64| {
        let (kind, path) =
            if i % 3 == 0 { ("email_open", "") } else { ("page_view", ["/pricing", "/blog", "/"][i as usize % 3]) };
        let at = AS_OF - i * 29 * HOUR;
        Value::parse(&format!(r#"{{ "id": "e{i}", "type": "{kind}", "at": {at}, "path": "{path}" }}"#)).unwrap()
    };
    (Scorer::new(model).unwrap(), (0..50).map(event).collect())
}

fn score(criterion: &mut Criterion) {
    let (scorer, facts) = fit();
    criterion.bench_function("one lead: 30 attributes, 40 rules", |bencher| {
        bencher.iter(|| scorer.score(black_box(&Lead { facts: &facts, ..Lead::default() })));
    });
    let (scorer, events) = engagement();
    criterion.bench_function("one lead: 50 events", |bencher| {
        bencher.iter(|| scorer.score(black_box(&Lead { events: &events, as_of: Some(AS_OF), ..Lead::default() })));
    });
}

criterion_group!(benches, score);
criterion_main!(benches);
