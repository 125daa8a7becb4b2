//! From JSON to rules: what they look at and what they give.

use super::fields::{bounds, each, id, label, optional, texts};
use super::{Band, BandValues, Bounds, Counts, Decay, EventPoints, EventRule, FactPoints, Rule, Text, events};
use crate::condition::{self, Scalar};
use crate::error::{Code, Path};
use crate::limits::OPERATORS;
use crate::read::{Fields, Reader};
use crate::time;
use crate::value::{Value, written};

const RULE: &[&str] = &[
    "id",
    "label",
    "when",
    "on",
    "points",
    "otherwise",
    "attribute",
    "bands",
    "frequency",
    "multiplier",
    "floor",
    "cap",
    "window",
    "limit",
    "decay",
];
/// What only rules on events have.
const OF_EVENTS: &[&str] = &["frequency", "multiplier", "window", "limit", "decay"];
/// What only rules on facts have.
const OF_FACTS: &[&str] = &["otherwise", "attribute", "bands"];
const BAND: &[&str] = &["from", "above", "to", "below", "is", "points"];

/// Reads a rule; one with errors is kept in its place and gives nothing.
pub fn rule(reader: &mut Reader, value: &Value, path: &Path, decay: Decay) -> Rule {
    let nothing = FactPoints::Points { points: 0.0, otherwise: 0.0 };
    let mut rule = Rule {
        id: String::new(),
        label: Text::default(),
        bounds: Bounds::default(),
        counts: Counts::Facts { when: None, gives: nothing },
    };
    let Some(fields) = reader.fields(value, path, RULE) else {
        return rule;
    };
    rule.id = id(reader, fields, path).unwrap_or_default();
    rule.label = label(reader, fields, path, &rule.id);
    rule.bounds = bounds(reader, fields, path);
    let when = optional(reader, fields, "when", path, condition::read);
    let counts = match fields.get("on") {
        Some(on) => {
            let on = event_types(reader, on, &path.field("on")).unwrap_or_default();
            event_points(reader, fields, path).map(|gives| {
                let multiplier = events::multiplier(reader, fields, path);
                let window = optional(reader, fields, "window", path, events::duration);
                let limits = events::limits(reader, fields, path);
                let decay = optional(reader, fields, "decay", path, events::decay).unwrap_or(decay);
                Counts::Events(EventRule { on, when, gives, multiplier, window, limits, decay })
            })
        }
        None => fact_points(reader, fields, path).map(|gives| Counts::Facts { when, gives }),
    };
    rule.counts = counts.unwrap_or(rule.counts);
    rule
}

/// One event type, or several.
pub fn event_types(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<String>> {
    match value {
        Value::Text(one) => Some(vec![one.clone()]),
        Value::List(_) => texts(reader, value, path),
        other => {
            reader.wrong_type(path, "an event type or a list of them", other);
            None
        }
    }
}

/// Notes the fields that mean nothing for this kind of rule.
fn refuse(reader: &mut Reader, fields: Fields, path: &Path, names: &[&str], why: &str) {
    for name in names.iter().filter(|name| fields.has(name)) {
        reader.error(Code::ConflictingFields, &path.field(name), format!("expected no `{name}` {why}"));
    }
}

/// Exactly one of these fields says what a rule gives.
fn one_way(reader: &mut Reader, fields: Fields, path: &Path, ways: &[&str]) -> bool {
    let present: Vec<&str> = ways.iter().copied().filter(|name| fields.has(name)).collect();
    match present.as_slice() {
        [_] => return true,
        [] => reader.error(Code::MissingField, path, format!("expected field `{}`", ways.join("` or `"))),
        [first, rest @ ..] => refuse(reader, fields, path, rest, &format!("beside `{first}`")),
    }
    false
}

fn event_points(reader: &mut Reader, fields: Fields, path: &Path) -> Option<EventPoints> {
    refuse(reader, fields, path, OF_FACTS, "in a rule on events");
    if !one_way(reader, fields, path, &["points", "frequency"]) {
        return None;
    }
    if fields.has("frequency") {
        refuse(reader, fields, path, &["decay", "multiplier"], "beside `frequency`");
        return Some(EventPoints::Frequency(events::frequency(reader, fields, path)));
    }
    optional(reader, fields, "points", path, Reader::number).map(EventPoints::Each)
}

fn fact_points(reader: &mut Reader, fields: Fields, path: &Path) -> Option<FactPoints> {
    refuse(reader, fields, path, OF_EVENTS, "in a rule without `on`");
    if !one_way(reader, fields, path, &["points", "bands"]) {
        return None;
    }
    if fields.has("bands") {
        refuse(reader, fields, path, &["otherwise"], "beside `bands`");
        let attribute = reader.needed(fields, "attribute", path)?;
        let attribute = reader.text(attribute, &path.field("attribute"))?;
        if attribute.split('.').any(str::is_empty) {
            let message = format!("expected a dotted path, found `{attribute}`");
            reader.error(Code::InvalidValue, &path.field("attribute"), message);
            return None;
        }
        return Some(FactPoints::Bands { attribute, bands: bands(reader, fields, path) });
    }
    refuse(reader, fields, path, &["attribute"], "without `bands`");
    let points = optional(reader, fields, "points", path, Reader::number)?;
    let otherwise = optional(reader, fields, "otherwise", path, Reader::number).unwrap_or(0.0);
    Some(FactPoints::Points { points, otherwise })
}

fn bands(reader: &mut Reader, fields: Fields, path: &Path) -> Vec<Band> {
    let count = match fields.get("bands") {
        Some(Value::List(items)) if !items.is_empty() => items.len(),
        Some(Value::List(_)) => {
            reader.error(Code::InvalidValue, &path.field("bands"), "expected at least one band, found an empty list");
            0
        }
        _ => 0,
    };
    let mut place = 0;
    each(reader, fields, "bands", path, |reader, value, path| {
        place += 1;
        reader.operators += 1;
        if reader.operators == OPERATORS + 1 {
            reader.error(Code::TooLarge, path, format!("expected at most {OPERATORS} operators in all"));
        }
        let band = band(reader, value, path)?;
        if band.values == BandValues::Rest && place < count {
            let message = "expected `from`, `above`, `to`, `below` or `is`, as it is not the last band";
            reader.error(Code::MissingField, path, message);
        }
        Some(band)
    })
}

fn band(reader: &mut Reader, value: &Value, path: &Path) -> Option<Band> {
    let fields = reader.fields(value, path, BAND)?;
    let points = reader.needed(fields, "points", path);
    let points = points.and_then(|value| reader.number(value, &path.field("points")));
    let from = optional(reader, fields, "from", path, edge);
    let above = optional(reader, fields, "above", path, edge);
    let to = optional(reader, fields, "to", path, edge);
    let below = optional(reader, fields, "below", path, edge);
    let is = optional(reader, fields, "is", path, listed);
    for (one, other) in [("from", "above"), ("to", "below")] {
        if fields.has(one) {
            refuse(reader, fields, path, &[other], &format!("beside `{one}`"));
        }
    }
    if fields.has("is") {
        refuse(reader, fields, path, &["from", "above", "to", "below"], "beside `is`");
        return Some(Band { values: BandValues::Is(is?), points: points? });
    }
    let low = from.map(|edge| (edge, true)).or(above.map(|edge| (edge, false)));
    let high = to.map(|edge| (edge, true)).or(below.map(|edge| (edge, false)));
    if let (Some((low, low_in)), Some((high, high_in))) = (low, high)
        && (low > high || (low == high && !(low_in && high_in)))
    {
        reader.error(
            Code::WrongOrder,
            path,
            format!("expected a band with values, found `{low}` to `{high}`", low = written(low), high = written(high)),
        );
    }
    let values = if low.is_none() && high.is_none() { BandValues::Rest } else { BandValues::Range { low, high } };
    Some(Band { values, points: points? })
}

/// An end of a band: a number, or for dates an instant.
fn edge(reader: &mut Reader, value: &Value, path: &Path) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => match time::instant_of_text(text) {
            Some(instant) => Some(instant as f64),
            None => {
                reader.error(Code::InvalidInstant, path, format!("expected a number or an instant, found {value}"));
                None
            }
        },
        other => {
            reader.wrong_type(path, "a number or an instant", other);
            None
        }
    }
}

fn listed(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<Scalar>> {
    let one = core::slice::from_ref(value);
    let items = if let Value::List(items) = value { items.as_slice() } else { one };
    let scalars: Option<Vec<Scalar>> = items.iter().map(Scalar::of).collect();
    if scalars.is_none() {
        reader.wrong_type(path, "a number, a text, a boolean, or a list of them", value);
    }
    scalars
}
