//! From JSON to rules: what they look at and what they give.

use super::fields::{bounds, id, label, texts};
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
    let nothing = Counts::Facts { when: None, gives: FactPoints::Points { points: 0.0, otherwise: 0.0 } };
    let Some(mut fields) = reader.fields(value, path, RULE) else {
        return Rule { id: String::new(), label: Text::default(), bounds: Bounds::default(), counts: nothing };
    };
    let id = id(&mut fields).unwrap_or_default();
    let label = label(&mut fields, &id);
    let bounds = bounds(&mut fields);
    let counts = if fields.has("on") { of_events(&mut fields, decay) } else { of_facts(&mut fields) };
    Rule { id, label, bounds, counts: counts.unwrap_or(nothing) }
}

fn of_events(fields: &mut Fields, decay: Decay) -> Option<Counts> {
    let when = fields.optional("when", condition::read);
    let on = fields.optional("on", event_types).unwrap_or_default();
    let gives = event_points(fields)?;
    let multiplier = events::multiplier(fields);
    let window = fields.optional("window", events::duration);
    let limits = events::limits(fields);
    let decay = fields.optional("decay", events::decay).unwrap_or(decay);
    Some(Counts::Events(EventRule { on, when, gives, multiplier, window, limits, decay }))
}

fn of_facts(fields: &mut Fields) -> Option<Counts> {
    let when = fields.optional("when", condition::read);
    Some(Counts::Facts { when, gives: fact_points(fields)? })
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
fn refuse(fields: &mut Fields, names: &[&str], why: &str) {
    for name in names {
        if fields.has(name) {
            fields.error_in(name, Code::ConflictingFields, format_args!("expected no `{name}` {why}"));
        }
    }
}

/// Exactly one of two fields says what a rule gives.
fn one_way(fields: &mut Fields, one: &str, other: &str) -> bool {
    match (fields.has(one), fields.has(other)) {
        (true, true) => {
            fields.error_in(other, Code::ConflictingFields, format_args!("expected no `{other}` beside `{one}`"))
        }
        (false, false) => fields.error(Code::MissingField, format_args!("expected field `{one}` or `{other}`")),
        _ => return true,
    }
    false
}

fn event_points(fields: &mut Fields) -> Option<EventPoints> {
    refuse(fields, OF_FACTS, "in a rule on events");
    if !one_way(fields, "points", "frequency") {
        return None;
    }
    if fields.has("frequency") {
        refuse(fields, &["decay", "multiplier"], "beside `frequency`");
        return Some(EventPoints::Frequency(events::frequency(fields)));
    }
    fields.optional("points", Reader::number).map(EventPoints::Each)
}

fn fact_points(fields: &mut Fields) -> Option<FactPoints> {
    refuse(fields, OF_EVENTS, "in a rule without `on`");
    if !one_way(fields, "points", "bands") {
        return None;
    }
    if fields.has("bands") {
        refuse(fields, &["otherwise"], "beside `bands`");
        let attribute = fields.needed("attribute", attribute)?;
        return Some(FactPoints::Bands { attribute, bands: bands(fields) });
    }
    refuse(fields, &["attribute"], "without `bands`");
    let points = fields.optional("points", Reader::number)?;
    let otherwise = fields.optional("otherwise", Reader::number).unwrap_or(0.0);
    Some(FactPoints::Points { points, otherwise })
}

fn attribute(reader: &mut Reader, value: &Value, path: &Path) -> Option<String> {
    let attribute = reader.text(value, path)?;
    if attribute.split('.').any(str::is_empty) {
        reader.error(Code::InvalidValue, path, format_args!("expected a dotted path, found `{attribute}`"));
        return None;
    }
    Some(attribute)
}

fn bands(fields: &mut Fields) -> Vec<Band> {
    let mut left = match fields.get("bands") {
        Some(Value::List(items)) => items.len(),
        _ => 1,
    };
    if left == 0 {
        let message = format_args!("expected at least one band, found an empty list");
        fields.error_in("bands", Code::InvalidValue, message);
    }
    fields.each("bands", |reader, value, path| {
        left -= 1;
        reader.operators += 1;
        if reader.operators == OPERATORS + 1 {
            reader.error(Code::TooLarge, path, format_args!("expected at most {OPERATORS} operators in all"));
        }
        let band = band(reader, value, path)?;
        if band.values == BandValues::Rest && left > 0 {
            let message = format_args!("expected `from`, `above`, `to`, `below` or `is`, as it is not the last band");
            reader.error(Code::MissingField, path, message);
        }
        Some(band)
    })
}

fn band(reader: &mut Reader, value: &Value, path: &Path) -> Option<Band> {
    let mut fields = reader.fields(value, path, BAND)?;
    let points = fields.needed("points", Reader::number);
    let from = fields.optional("from", edge);
    let above = fields.optional("above", edge);
    let to = fields.optional("to", edge);
    let below = fields.optional("below", edge);
    let is = fields.optional("is", listed);
    if fields.has("from") {
        refuse(&mut fields, &["above"], "beside `from`");
    }
    if fields.has("to") {
        refuse(&mut fields, &["below"], "beside `to`");
    }
    if fields.has("is") {
        refuse(&mut fields, &["from", "above", "to", "below"], "beside `is`");
        return Some(Band { values: BandValues::Is(is?), points: points? });
    }
    let low = from.map(|edge| (edge, true)).or(above.map(|edge| (edge, false)));
    let high = to.map(|edge| (edge, true)).or(below.map(|edge| (edge, false)));
    if let (Some((low, low_in)), Some((high, high_in))) = (low, high)
        && (low > high || (low == high && !(low_in && high_in)))
    {
        let message = format_args!("expected a band with values, found `{}` to `{}`", written(low), written(high));
        fields.error(Code::WrongOrder, message);
    }
    let values = if low.is_none() && high.is_none() { BandValues::Rest } else { BandValues::Range { low, high } };
    Some(Band { values, points: points? })
}

/// An end of a band: a number, or for dates an instant.
fn edge(reader: &mut Reader, value: &Value, path: &Path) -> Option<f64> {
    let Value::Text(text) = value else {
        if let Value::Number(number) = value {
            return Some(*number);
        }
        reader.wrong_type(path, "a number or an instant", value);
        return None;
    };
    let instant = time::instant_of_text(text);
    if instant.is_none() {
        reader.error(Code::InvalidInstant, path, format_args!("expected a number or an instant, found {value}"));
    }
    instant.map(|instant| instant as f64)
}

fn listed(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<Scalar>> {
    let items = if let Value::List(items) = value { items.as_slice() } else { core::slice::from_ref(value) };
    let mut scalars = Vec::new();
    for item in items {
        let Some(scalar) = Scalar::of(item) else {
            reader.wrong_type(path, "a number, a text, a boolean, or a list of them", value);
            return None;
        };
        scalars.push(scalar);
    }
    Some(scalars)
}
