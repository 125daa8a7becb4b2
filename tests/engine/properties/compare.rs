//! Holding what was found against what was expected: by the keys expected, numbers to 1e-9.

use serde_json::{Value, json};

pub const CLOSE: f64 = 1e-9;

/// The first difference, with its place.
pub fn difference(expected: &Value, found: &Value) -> Option<String> {
    at("", expected, found)
}

fn at(place: &str, expected: &Value, found: &Value) -> Option<String> {
    match (expected, found) {
        (Value::Object(fields), Value::Object(_)) => {
            fields.iter().find_map(|(key, expected)| at(&format!("{place}.{key}"), expected, &found[key]))
        }
        (Value::Array(expected), Value::Array(items)) if expected.len() == items.len() => {
            expected.iter().zip(items).enumerate().find_map(|(i, (e, f))| at(&format!("{place}[{i}]"), e, f))
        }
        (Value::Number(a), Value::Number(b)) if close(a.as_f64()?, b.as_f64()?) => None,
        _ if expected == found => None,
        _ => Some(format!("{place}: expected {expected}, found {found}")),
    }
}

pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= CLOSE * a.abs().max(1.0)
}

/// Leaves out contributions and adjustments that say nothing, so that lists compare whole.
pub fn without_nothing(mut score: Value) -> Value {
    for field in ["contributions", "adjustments"] {
        if let Some(list) = score.get_mut(field).and_then(Value::as_array_mut) {
            list.retain(says_something);
        }
    }
    score
}

fn says_something(entry: &Value) -> bool {
    let numbers = ["/gross", "/points", "/value", "/lost/limit", "/lost/decay", "/lost/cap"];
    numbers.iter().filter_map(|place| entry.pointer(place)?.as_f64()).any(|number| number.abs() > CLOSE)
}

/// Whether the two differ in the last bits where rounding would make two shown values of it.
pub fn on_the_edge(expected: &Value, found: &Value, decimals: f64) -> bool {
    match (expected, found) {
        (Value::Object(fields), _) => fields.iter().any(|(key, e)| on_the_edge(e, &found[key], decimals)),
        (Value::Array(items), _) => items.iter().enumerate().any(|(i, e)| on_the_edge(e, &found[i], decimals)),
        (Value::Number(a), Value::Number(b)) => {
            let scaled = a.as_f64().unwrap_or(0.0) * 10_f64.powf(decimals);
            a.as_f64() != b.as_f64() && (scaled.abs().fract() - 0.5).abs() < 1e-4
        }
        _ => false,
    }
}

pub fn decimals(model: &Value) -> f64 {
    model.get("decimals").unwrap_or(&json!(2)).as_f64().expect("a number")
}
