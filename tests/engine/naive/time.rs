//! Instants and durations as the documents write them, read by `jiff` instead of by the engine.

use serde_json::Value;

/// Milliseconds since 1970 UTC, from a number or an ISO 8601 text; `None` for anything else.
pub fn instant(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_f64().map(|ms| ms.floor() as i64),
        Value::String(text) => {
            let with_offset = text.parse::<jiff::Timestamp>().ok();
            let without = || text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
            with_offset.or_else(|| Some(without()?.timestamp())).map(jiff::Timestamp::as_millisecond)
        }
        _ => None,
    }
}

/// The length of `"30d"` in milliseconds.
pub fn duration(value: &Value) -> i64 {
    let text = value.as_str().expect("a duration is a text");
    let (number, unit) = text.split_at(text.len() - 1);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        "w" => 7 * 24 * 60 * 60,
        _ => panic!("`{text}` is no duration"),
    };
    number.parse::<i64>().expect("a whole number") * seconds * 1000
}
