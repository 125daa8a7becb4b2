//! What `check` finds, as a table: a change to a sound model, and the code, path and suggestion it must give.

use leadscore::{Code, Issue, Severity, Value, check};

/// A model without issues that has a bit of everything.
const SOUND: &str = r#"{
  "format": 1, "id": "sound",
  "attributes": {
    "company.employees": { "type": "integer", "min": 1, "max": 100000 },
    "company.country": { "type": "text", "values": ["FR", "BE", "CH"] },
    "founded": { "type": "date" },
    "stack": { "type": "list" }
  },
  "events": { "page_view": { "properties": { "path": { "type": "text" } } }, "demo": {} },
  "dimensions": [
    { "id": "fit", "normalise": true, "labels": [{ "id": "A", "from": 75 }, { "id": "B" }], "groups": [
      { "id": "size", "cap": 20, "rules": [
        { "id": "employees", "attribute": "company.employees", "bands": [
          { "from": 10, "to": 50, "points": 20 }, { "from": 51, "to": 200, "points": 10 } ] } ] },
      { "id": "place", "cap": 20, "rules": [
        { "id": "country", "when": { "company.country": { "$in": ["FR", "BE"] } }, "points": 20 } ] },
      { "id": "other", "cap": 20, "rules": [
        { "id": "young", "when": { "founded": { "$gte": "2020-01-01" } }, "points": 10 },
        { "id": "shop", "when": { "stack": "Shopify" }, "points": 10 } ] } ] },
    { "id": "engagement", "groups": [
      { "id": "acts", "cap": 100, "decay": { "kind": "exponential", "halfLife": "14d" }, "rules": [
        { "id": "pricing", "on": "page_view", "when": { "path": "/pricing" }, "points": 5, "window": "90d" },
        { "id": "demo", "on": "demo", "points": 50, "limit": { "n": 1, "per": "ever" } } ] } ] }
  ],
  "total": { "labels": [{ "id": "hot", "from": 120 }, { "id": "cold" }] },
  "grade": { "matrix": { "rows": "fit", "columns": "total" } },
  "stages": [{ "id": "lead" }, { "id": "mql", "when": { "total": { "$gte": 100 }, "facts.company.country": "FR" } }],
  "tests": [{ "name": "a demo", "events": [{ "type": "demo", "at": 0 }], "asOf": 0, "expect": { "value": 50 } }]
}"#;

/// The model with one piece of its text replaced.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(SOUND.matches(from).count(), 1, "expected `{from}` once");
    SOUND.replace(from, to)
}

fn told(issues: &[Issue]) -> Vec<String> {
    let told = issues.iter().map(|issue| {
        let suggestion = issue.suggestion.as_ref().map(|suggestion| format!(" -> {suggestion}")).unwrap_or_default();
        format!("{} {}{suggestion}", issue.code.as_str(), issue.path)
    });
    told.collect()
}

#[test]
fn a_sound_model_has_no_issues() {
    assert_eq!(told(&check(SOUND)), [""; 0]);
}

#[test]
fn each_mistake_is_an_error_with_its_place_and_what_was_meant() {
    for (from, to, expected) in [
        (r#""points": 5,"#, r#""pionts": 5,"#, "unknown-field dimensions[1].groups[0].rules[0].pionts -> points"),
        (r#""format": 1"#, r#""format": 2"#, "unknown-format format"),
        (r#""format": 1, "#, "", "missing-field "),
        (r#""id": "sound""#, r#""id": "9""#, "invalid-value id"),
        (r#""id": "sound""#, r#""id": 9"#, "wrong-type id"),
        (r#""type": "date""#, r#""type": "dat""#, "invalid-value attributes.founded.type -> date"),
        (r#""max": 100000"#, r#""max": 0"#, "wrong-order attributes[\"company.employees\"].max"),
        (
            r#"{ "$in": ["FR", "BE"] }"#,
            r#"{ "in": ["FR"] }"#,
            "unknown-operator dimensions[0].groups[1].rules[0].when[\"company.country\"].in -> $in",
        ),
        (
            r#"{ "$in": ["FR", "BE"] }"#,
            "null",
            "wrong-type dimensions[0].groups[1].rules[0].when[\"company.country\"] -> {\"$exists\": false}",
        ),
        (r#""id": "young""#, r#""id": "shop""#, "duplicate-id dimensions[0].groups[2].rules[1].id"),
        (r#""halfLife": "14d""#, r#""halfLife": "14 days""#, "invalid-value dimensions[1].groups[0].decay.halfLife"),
        (r#""halfLife": "14d""#, r#""lose": 0.5"#, "unknown-field dimensions[1].groups[0].decay.lose"),
        (r#""rows": "fit""#, r#""rows": "fti""#, "unknown-reference grade.matrix.rows -> fit"),
        (
            r#"{ "total": { "$gte": 100 }"#,
            r#"{ "totl": { "$gte": 100 }"#,
            "unknown-reference stages[1].when.totl -> total",
        ),
        (r#""id": "size", "cap": 20,"#, r#""id": "size","#, "cap-needed dimensions[0].groups[0].cap"),
        (r#""from": 75"#, r#""from": 75, "keep": 80"#, "wrong-order dimensions[0].labels[0].keep"),
        (
            r#""stack": "Shopify" }, "points": 10"#,
            r#""stack": "Shopify" }, "points": 10, "window": "1d""#,
            "conflicting-fields dimensions[0].groups[2].rules[1].window",
        ),
        (r#"{ "value": 50 }"#, r#"{ "value": 51 }"#, "test-failed tests[0].expect.value"),
        (r#"{ "value": 50 }"#, r#"{ "valu": 50 }"#, "test-failed tests[0].expect.valu -> value"),
    ] {
        let issues = check(&changed(from, to));
        assert!(told(&issues).contains(&expected.to_owned()), "{to}: expected {expected}, found {:#?}", issues);
        assert!(issues.iter().any(|issue| issue.severity == Severity::Error));
    }
}

#[test]
fn each_doubt_is_a_warning() {
    for (from, to, expected) in [
        (
            r#""founded": { "$gte""#,
            r#""foundd": { "$gte""#,
            "undeclared-attribute dimensions[0].groups[2].rules[0].when -> founded",
        ),
        (
            r#""founded": { "type": "date" },"#,
            r#""founded": { "type": "date" }, "spare": { "type": "text" },"#,
            "unused-attribute attributes.spare",
        ),
        (r#""on": "demo""#, r#""on": "dmo""#, "undeclared-event dimensions[1].groups[0].rules[1].on -> demo"),
        (r#"["FR", "BE"] } }"#, r#"["FR", "DE"] } }"#, "never-matches dimensions[0].groups[1].rules[0].when -> BE"),
        (r#"{ "$gte": "2020-01-01" }"#, r#"{ "$gte": "soon" }"#, "never-matches dimensions[0].groups[2].rules[0].when"),
        (r#"{ "stack": "Shopify" }"#, r#"{ "stack": true }"#, "never-matches dimensions[0].groups[2].rules[1].when"),
        (
            r#"{ "stack": "Shopify" }"#,
            r#"{ "stack": ["Shopify"] }"#,
            "never-matches dimensions[0].groups[2].rules[1].when -> $in",
        ),
        (r#"{ "path": "/pricing" }"#, r#"{ "path": 3 }"#, "never-matches dimensions[1].groups[0].rules[0].when"),
        (
            r#"{ "stack": "Shopify" }"#,
            r#"{ "company.employees": { "$lt": 1 } }"#,
            "never-matches attributes[\"company.employees\"]",
        ),
        (
            r#"{ "stack": "Shopify" }"#,
            r#"{ "company.employees": { "$gte": 1 } }"#,
            "always-matches attributes[\"company.employees\"]",
        ),
        (
            r#"{ "stack": "Shopify" }"#,
            r#"{ "company.employees": { "$gt": 10, "$lt": 5 } }"#,
            "unreachable-rule dimensions[0].groups[2].rules[1]",
        ),
        (
            r#"{ "stack": "Shopify" }"#,
            r#"{ "undeclared": { "$gt": 10, "$lt": 5 } }"#,
            "unreachable-rule dimensions[0].groups[2].rules[1]",
        ),
        (
            r#"{ "from": 51, "to""#,
            r#"{ "from": 50, "to""#,
            "overlapping-bands dimensions[0].groups[0].rules[0].bands[1]",
        ),
        (
            r#"{ "from": 51, "to""#,
            r#"{ "from": 52, "to""#,
            "gap-between-bands dimensions[0].groups[0].rules[0].bands[1]",
        ),
        (r#""from": 75"#, r#""from": 101"#, "unattainable-threshold dimensions[0].labels[0].from"),
        (r#"{ "total": { "$gte": 100 }"#, r#"{ "total": { "$gte": 201 }"#, "unattainable-threshold stages[1].when"),
        (
            r#""points": 50, "limit""#,
            r#""points": 50, "cap": 0, "limit""#,
            "dead-rule dimensions[1].groups[0].rules[1]",
        ),
        (
            r#""id": "other", "cap": 20, "rules": ["#,
            r#""id": "other", "cap": 20, "rules": [{ "id": "base", "points": 20 },"#,
            "dead-rule dimensions[0].groups[2].rules[1]",
        ),
        (
            r#"{ "id": "demo", "on""#,
            r#"{ "id": "any", "on": "page_view", "points": 1 }, { "id": "demo", "on""#,
            "event-counted-twice dimensions[1].groups[0].rules[1]",
        ),
        (r#""window": "90d""#, r#""window": "7d""#, "window-against-decay dimensions[1].groups[0].rules[0].window"),
        (
            r#""total": { "labels""#,
            r#""total": { "combine": "max", "labels""#,
            "unattainable-threshold total.labels[0].from",
        ),
    ] {
        let model = changed(from, to);
        let issues = check(&model);
        let found = told(&issues);
        assert!(found.contains(&expected.to_owned()), "{to}: expected {expected}, found {issues:#?}");
        let errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
        assert!(errors.map(|issue| issue.code).all(|code| code == Code::TestFailed), "{to}: {issues:#?}");
    }
}

#[test]
fn everything_wrong_is_found_at_once() {
    let model = SOUND.replace("points", "pionts").replace("\"window\"", "\"windw\"").replace("integer", "int");
    let found = told(&check(&model));
    assert!(found.iter().filter(|told| told.starts_with("unknown-field")).count() >= 7, "{found:#?}");
    assert!(
        found.contains(&"invalid-value attributes[\"company.employees\"].type -> integer".to_owned()),
        "{found:#?}"
    );
}

#[test]
fn a_text_that_is_no_model_is_one_error() {
    for (text, code) in [
        ("", "invalid-json"),
        ("{", "invalid-json"),
        ("[]", "wrong-type"),
        ("null", "wrong-type"),
        (r#"{"format": 1, "format": 1}"#, "duplicate-key"),
        (&"[".repeat(100_000), "too-deep"),
        (r#"{"format": 1e400}"#, "invalid-json"),
    ] {
        let issues = check(text);
        assert_eq!(issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), [code], "{text:.40}");
    }
}

#[test]
fn numbers_mean_the_same_however_they_are_written() {
    let facts = Value::parse(r#"{ "n": 1 }"#).unwrap();
    for condition in [r#"{ "n": 1 }"#, r#"{ "n": 1.0 }"#, r#"{ "n": 10e-1 }"#] {
        assert_eq!(leadscore::matches(&Value::parse(condition).unwrap(), &facts), Ok(Some(true)));
    }
}
