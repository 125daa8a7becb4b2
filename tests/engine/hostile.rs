//! What nobody should send, and somebody will: every door answers with an error that has a code and a path, or with a
//! status; never with a panic, and in bounded time and memory.

use std::time::{Duration, Instant};

use leadscore::{Error, Issue, Lead, Scorer, Severity, Value, check, matches};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value as Json, json};

use crate::properties::{Engine, config, model};

/// A model that reads a bit of everything, so that hostile leads meet every kind of question.
const CURIOUS: &str = r#"{
  "format": 1, "id": "curious",
  "attributes": { "n": { "type": "number" }, "when": { "type": "date" }, "tags": { "type": "list" } },
  "dimensions": [{ "id": "fit", "groups": [{ "id": "g", "decay": { "kind": "exponential", "halfLife": "1d" }, "rules": [
    { "id": "number", "when": { "n": { "$gt": 1 } }, "points": 1, "otherwise": -1 },
    { "id": "bands", "attribute": "n", "bands": [{ "from": 0, "to": 10, "points": 2 }, { "points": 1 }] },
    { "id": "date", "when": { "when": { "$lt": "2026-01-01" } }, "points": 1 },
    { "id": "text", "when": { "text": { "$glob": ["*a*b*c*", "?x*"], "$fold": "all" } }, "points": 1 },
    { "id": "list", "when": { "tags": { "$elemMatch": { "$gte": 1 } } }, "points": 1 },
    { "id": "path", "when": { "a.b.c": { "$exists": true } }, "points": 1 },
    { "id": "proto", "when": { "__proto__.polluted": true }, "points": 1 },
    { "id": "event", "on": "e", "points": 1, "multiplier": { "property": "n" }, "limit": { "n": 3, "per": "1d" } },
    { "id": "often", "on": "e", "frequency": [{ "exactly": 0, "within": "7d", "points": -1 }, { "atLeast": 1, "points": 5 }] }
  ] }] }],
  "total": { "labels": [{ "id": "hot", "from": 3 }, { "id": "cold" }] }
}"#;

/// An answer in good form: nothing, or a code in kebab case.
fn well_formed<T>(answer: &Result<T, Error>) -> bool {
    answer.as_ref().err().is_none_or(|error| in_kebab_case(error.code().as_str()) && !error.message().is_empty())
}

fn in_kebab_case(code: &str) -> bool {
    !code.is_empty() && code.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
}

fn code<T>(answer: Result<T, Error>) -> String {
    answer.err().map_or_else(|| "none".to_owned(), |error| error.code().as_str().to_owned())
}

/// The code with which a model is refused; both doors that take one must agree.
fn refused(model: &str) -> String {
    let issues: Vec<Issue> = check(model);
    let answer = Scorer::new(model);
    let has_errors = issues.iter().any(|issue| issue.severity == Severity::Error);
    assert_eq!(
        answer.is_err(),
        has_errors || answer.as_ref().err().is_some_and(|e| e.issues().is_empty()),
        "{issues:?}"
    );
    assert!(issues.iter().all(|issue| in_kebab_case(issue.code.as_str())));
    code(answer)
}

/// Scores with facts and events as JSON text.
fn scored(facts: &str, events: &str) -> Result<f64, Error> {
    let scorer = Scorer::new(CURIOUS).expect("the model is valid");
    let (facts, events) = (Value::parse(facts)?, Value::parse(events)?);
    let Value::List(events) = events else { panic!("events are a list") };
    let score =
        scorer.score(&Lead { facts: &facts, events: &events, as_of: Some(1_795_339_800_000), ..Lead::default() })?;
    let written = serde_json::to_value(&score).expect("a result is JSON");
    assert!(["scored", "insufficient_data"].contains(&written["status"].as_str().expect("a status")));
    Ok(score.value.expect("a value"))
}

/// Runs it, and holds it to a time that only something unbounded takes.
fn in_time<T>(run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
    result
}

fn nested(open: &str, inner: &str, close: &str, levels: usize) -> String {
    format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
}

fn with_rules(rules: &str) -> String {
    format!(r#"{{"format":1,"id":"m","dimensions":[{{"id":"fit","groups":[{{"id":"g","rules":[{rules}]}}]}}]}}"#)
}

fn with_when(when: &str) -> String {
    with_rules(&format!(r#"{{"id":"r","points":1,"when":{when}}}"#))
}

#[test]
fn models_that_cannot_be_are_refused_with_a_code() {
    let many =
        |count: usize| (0..count).map(|i| format!(r#"{{"id":"r{i}","points":1}}"#)).collect::<Vec<_>>().join(",");
    let listed = format!(r#"{{"a":{{"$in":[{}]}}}}"#, vec!["1"; 10_001].join(","));
    let operators = format!(r#"{{"$and":[{}]}}"#, vec![r#"{"a":1}"#; 50_001].join(","));
    let rule = |field: &str| with_rules(&format!(r#"{{"id":"r",{field}}}"#));
    for (model, expected) in [
        (String::new(), "invalid-json"),
        ("\u{feff}".to_owned(), "invalid-json"),
        ("{".to_owned(), "invalid-json"),
        ("null".to_owned(), "wrong-type"),
        ("[]".to_owned(), "wrong-type"),
        ("{}".to_owned(), "missing-field"),
        (r#"{"format":2}"#.to_owned(), "unknown-format"),
        (r#"{"format":1,"format":1}"#.to_owned(), "duplicate-key"),
        (with_rules(r#"{"id":"r","points":1,"__proto__":{}}"#), "unknown-field"),
        (rule(r#""points":1e400"#), "invalid-json"),
        (rule(r#""points":1e308"#), "invalid-value"),
        (rule(r#""points":"\ud800""#), "invalid-json"),
        (rule(r#""points":1,"on":"e","window":"99999999999999999999d""#), "invalid-value"),
        (rule(r#""points":1,"when":{"$where":"1"}"#), "unknown-operator"),
        (nested("[", "", "]", 100_000), "too-deep"),
        (nested(r#"{"a":"#, "1", "}", 100_000), "too-deep"),
        ("[".repeat(100_000), "too-deep"),
        (with_when(&nested(r#"{"$not":"#, r#"{"a":1}"#, "}", 40)), "too-deep"),
        (with_when(&nested(r#"{"$and":["#, r#"{"a":1}"#, "]}", 50_000)), "too-deep"),
        (with_rules(&many(5_001)), "too-large"),
        (with_rules(&many(1_000_000)), "too-large"),
        (with_when(&listed), "too-large"),
        (with_when(&operators), "too-large"),
        (rule(&format!(r#""points":1,"label":"{}""#, "a".repeat(10_000_000))), "too-large"),
    ] {
        let start: String = model.chars().take(80).collect();
        assert_eq!(in_time(|| refused(&model)), expected, "{start}");
    }
}

#[test]
fn leads_that_cannot_be_are_refused_with_a_code() {
    let deep = nested(r#"{"a":"#, "1", "}", 100_000);
    let long = format!(r#"{{"text":"{}"}}"#, "a".repeat(10_000_000));
    let many = format!("[{}]", vec![r#"{"type":"e","at":1}"#; 100_001].join(","));
    for (facts, events, expected) in [
        ("", "[]", "invalid-json"),
        ("\u{feff}{}", "[]", "invalid-json"),
        ("[]", "[]", "invalid-facts"),
        ("3", "[]", "invalid-facts"),
        (r#"{"n":1e400}"#, "[]", "invalid-json"),
        (r#"{"text":"\ud800"}"#, "[]", "invalid-json"),
        (deep.as_str(), "[]", "too-deep"),
        (long.as_str(), "[]", "too-large"),
        ("{}", r#"[3]"#, "invalid-event"),
        ("{}", r#"[{"type":3,"at":1}]"#, "invalid-event"),
        ("{}", r#"[{"at":1}]"#, "invalid-event"),
        ("{}", r#"[{"type":"e"}]"#, "invalid-instant"),
        ("{}", r#"[{"type":"e","at":"yesterday"}]"#, "invalid-instant"),
        ("{}", r#"[{"type":"e","at":"+275760-09-13T00:00:00.001Z"}]"#, "invalid-instant"),
        ("{}", r#"[{"type":"e","at":8640000000000001}]"#, "invalid-instant"),
        ("{}", r#"[{"type":"e","at":-1e300}]"#, "invalid-instant"),
        ("{}", many.as_str(), "too-large"),
    ] {
        let start: String = format!("{facts} {events}").chars().take(80).collect();
        assert_eq!(in_time(|| code(scored(facts, events))), expected, "{start}");
    }
}

#[test]
fn odd_leads_are_scored() {
    let wide = format!("{{{}}}", (0..100_000).map(|i| format!(r#""k{i}":{i}"#)).collect::<Vec<_>>().join(","));
    let list = format!(r#"{{"tags":[{}]}}"#, vec!["0"; 200_000].join(","));
    let text = format!(r#"{{"text":"{}"}}"#, "ab".repeat(30_000));
    let events = format!("[{}]", vec![r#"{"type":"e","at":1795339700000,"n":1}"#; 100_000].join(","));
    for (facts, events) in [
        ("{}", "[]"),
        (r#"{"n":-0.0}"#, "[]"),
        (r#"{"n":5e-324}"#, "[]"),
        (r#"{"n":1.7976931348623157e308}"#, "[]"),
        (r#"{"n":1,"n":5}"#, "[]"),
        (r#"{"__proto__":{"polluted":true},"constructor":1,"toString":null}"#, "[]"),
        (r#"{"when":"+275760-09-13T00:00:00Z"}"#, "[]"),
        (r#"{"when":"+999999-01-01"}"#, "[]"),
        (r#"{"a":[[{"b":{"c":1}}],{"b":[{"c":null},{"c":2}]}]}"#, "[]"),
        ("{}", r#"[{"type":"e","at":"-271821-04-20T00:00:00Z"},{"type":"e","at":"+275760-09-13T00:00:00Z"}]"#),
        ("{}", r#"[{"type":"e","at":1,"n":1.7976931348623157e308},{"type":"e","at":2,"n":1.7976931348623157e308}]"#),
        ("{}", r#"[{"type":"e","at":1795339800000,"n":1e308},{"type":"e","at":1795339800000,"n":1e308,"id":"x"}]"#),
        ("{}", r#"[{"type":"e","at":1,"n":-1e308},{"type":"e","at":1,"id":"","session":"","purpose":""}]"#),
        ("{}", r#"[{"type":"","at":1},{"type":"__proto__","at":1}]"#),
        (wide.as_str(), "[]"),
        (list.as_str(), "[]"),
        (text.as_str(), "[]"),
        ("{}", events.as_str()),
    ] {
        let start: String = format!("{facts} {events}").chars().take(80).collect();
        let value = in_time(|| scored(facts, events)).unwrap_or_else(|error| panic!("{error} for {start}"));
        assert!(value.is_finite() && (value != 0.0 || value.is_sign_positive()), "{value} for {start}");
    }
}

#[test]
fn patterns_do_not_backtrack() {
    let condition = json!({ "text": { "$glob": "*a".repeat(1_000) + "b", "$fold": "all" } });
    let facts = json!({ "text": "a".repeat(60_000) });
    let read = |json: &Json| Value::parse(&json.to_string()).expect("JSON");
    assert_eq!(in_time(|| matches(&read(&condition), &read(&facts))), Ok(Some(false)));
}

/// Any JSON: mostly small, with keys and texts that mean something to the engine.
fn any_json() -> impl Strategy<Value = Json> {
    let text = prop_oneof![
        "[a-z$._\\PC]{0,6}",
        proptest::sample::select(
            &["$and", "$not", "$in", "$fold", "when", "points", "1d", "e", "__proto__", "fit", "2026-01-01"][..]
        )
        .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<f64>().prop_map(|number| json!(number)),
        (-3..100_i32).prop_map(Json::from),
        text.clone().prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::Array),
            prop::collection::vec((text.clone(), inner), 0..6)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

/// Every place of a document, as JSON pointers.
fn places(document: &Json, at: &str, places: &mut Vec<String>) {
    places.push(at.to_owned());
    match document {
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| self::places(item, &format!("{at}/{i}"), places))
        }
        Json::Object(fields) => fields.iter().for_each(|(key, field)| {
            self::places(field, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), places);
        }),
        _ => {}
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_as_a_model_is_answered(text in "\\PC{0,200}") {
        refused(&text);
    }

    #[test]
    fn any_json_as_a_model_is_answered(document in any_json()) {
        refused(&document.to_string());
    }

    #[test]
    fn a_model_changed_at_any_place_is_answered(model in model(), place in any::<Index>(), odd in any_json()) {
        let (mut document, mut all) = ((*model).clone(), Vec::new());
        places(&document, "", &mut all);
        *document.pointer_mut(place.get::<String>(&all)).expect("a place") = odd;
        refused(&document.to_string());
    }

    #[test]
    fn a_model_cut_off_anywhere_is_no_json(model in model(), end in any::<Index>()) {
        let text = model.to_string();
        let end = (0..=end.index(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        prop_assert_eq!(refused(&text[..end]), "invalid-json");
    }

    #[test]
    fn any_json_as_facts_is_answered(model in model(), facts in any_json()) {
        prop_assert!(well_formed(&Engine::new(&model).try_score(&facts, &[], None)));
    }

    #[test]
    fn any_json_as_an_event_is_answered(model in model(), events in prop::collection::vec(any_json(), 1..4), as_of in any::<i64>()) {
        let engine = Engine::new(&model);
        let (with, without) = (engine.try_score(&json!({}), &events, Some(as_of)), engine.try_score(&json!({}), &events, None));
        prop_assert!(well_formed(&with) && well_formed(&without));
    }

    #[test]
    fn any_json_as_a_condition_is_answered(condition in any_json(), facts in any_json()) {
        let read = |json: &Json| Value::parse(&json.to_string()).expect("generated JSON is read");
        prop_assert!(well_formed(&matches(&read(&condition), &read(&facts))));
    }
}
