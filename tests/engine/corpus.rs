//! The host-neutral corpus, run natively: every case gives what it expects, and the bytes of `tests/golden`.
//!
//! `BLESS=1 cargo test` writes the golden lines anew; every other host must give the same.

use std::fs;
use std::path::PathBuf;

use leadscore::{Error, Lead, Scorer, Value};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn documents(name: &str) -> Vec<(String, Value)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let named = |file: PathBuf| {
        let text = fs::read_to_string(&file).unwrap();
        let document = Value::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        (file.file_stem().unwrap().to_string_lossy().into_owned(), document)
    };
    files.into_iter().map(named).collect()
}

fn items(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        other => panic!("expected a text, found {other:?}"),
    }
}

/// A value as `JSON.stringify` writes it.
fn json(value: &Value) -> String {
    match value {
        Value::Number(number) => javascript_number(*number),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Value::Object(entries) => {
            let entries =
                entries.iter().map(|(key, value)| format!("{}:{}", serde_json::to_string(key).unwrap(), json(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        plain => serde_json::to_string(plain).unwrap(),
    }
}

/// The shortest digits, plain from 10⁻⁶ up to 10²¹ and with an exponent beyond (ECMA-262, Number::toString).
fn javascript_number(number: f64) -> String {
    if (1e-6..1e21).contains(&number.abs()) || number == 0.0 {
        return format!("{number}");
    }
    let written = format!("{number:e}");
    if number.abs() >= 1.0 { written.replace('e', "e+") } else { written }
}

fn parsed(result: &impl serde::Serialize) -> Value {
    Value::parse(&serde_json::to_string(result).unwrap()).unwrap()
}

/// The line that a case gives in every host.
fn line(case: &Value, model: Option<&Value>, models: &[(String, Value)]) -> Value {
    let answer = || -> Result<Value, Error> {
        if let Some(condition) = case.get("condition") {
            let nothing = Value::Object(Vec::new());
            let answer = leadscore::matches(condition, case.get("facts").unwrap_or(&nothing))?;
            return Ok(answer.map_or(Value::Null, Value::Boolean));
        }
        let model = match case.get("model").or(model).expect("a model") {
            Value::Text(name) => {
                &models.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}")).1
            }
            inline => inline,
        };
        Ok(parsed(&Scorer::new(&json(model))?.score(&Lead::of(case)?)?))
    };
    answer().unwrap_or_else(|error| {
        let entry = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
        let error =
            vec![entry("code", error.code().as_str()), entry("path", error.path()), entry("message", error.message())];
        Value::Object(vec![("error".to_owned(), Value::Object(error))])
    })
}

/// Where `found` is not as `expected` says, which may leave fields out.
fn differences(path: &str, expected: &Value, found: &Value, wrong: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(entries), Value::Object(_)) => {
            for (key, expected) in entries {
                match found.get(key) {
                    Some(found) => differences(&format!("{path}.{key}"), expected, found, wrong),
                    None => wrong.push(format!("{path}.{key}: expected {}, found nothing", json(expected))),
                }
            }
        }
        (Value::List(some), Value::List(all)) if some.len() == all.len() => {
            for (place, (expected, found)) in some.iter().zip(all).enumerate() {
                differences(&format!("{path}[{place}]"), expected, found, wrong);
            }
        }
        (Value::Number(a), Value::Number(b)) if (a - b).abs() <= 1e-9 => {}
        _ if expected == found => {}
        _ => wrong.push(format!("{path}: expected {}, found {}", json(expected), json(found))),
    }
}

#[test]
fn every_case_gives_what_it_expects_and_the_golden_bytes() {
    let models = documents("models");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    let mut cases = 0;
    for (name, file) in documents("cases") {
        let whole = std::slice::from_ref(&file);
        let suites = if file.get("suites").is_some() { items(file.get("suites")) } else { whole };
        let mut lines = String::new();
        for suite in suites {
            for case in items(suite.get("cases")) {
                cases += 1;
                let found = line(case, suite.get("model"), &models);
                lines.push_str(&json(&found));
                lines.push('\n');
                let say = format!("{name}: {}", case.get("say").map_or("", text));
                match (case.get("matches"), case.get("expect"), case.get("error")) {
                    (Some(expected), ..) | (_, Some(expected), _) => differences(&say, expected, &found, &mut wrong),
                    (.., Some(expected)) => {
                        let found = found.get("error").unwrap_or(&Value::Null);
                        differences(&format!("{say}: error"), expected, found, &mut wrong);
                    }
                    _ => wrong.push(format!("{say}: expects nothing")),
                }
            }
        }
        let golden = folder("golden").join(format!("{name}.jsonl"));
        if bless {
            fs::create_dir_all(folder("golden")).unwrap();
            fs::write(&golden, &lines).unwrap();
        } else if fs::read_to_string(&golden).unwrap_or_default() != lines {
            wrong.push(format!("{name}: other bytes than {}; BLESS=1 writes them anew", golden.display()));
        }
    }
    assert!(cases > 0, "expected cases in tests/cases");
    assert!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_model_is_without_issues() {
    for (name, model) in documents("models") {
        let issues = leadscore::check(&json(&model));
        assert!(issues.is_empty(), "{name}: {issues:#?}");
    }
}
