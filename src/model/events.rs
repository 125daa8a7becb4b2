//! From JSON to what rules on events have: durations, decay, limits, frequency bands, multipliers.

use super::fields::{each, optional};
use super::{Decay, DecayKind, FrequencyBand, Limit, Multiplier, Per};
use crate::error::{Code, Path};
use crate::limits::NUMBER;
use crate::read::{Fields, Reader};
use crate::time::Duration;
use crate::value::{Value, written};

/// Kinds of decay, with the fields that belong to each.
const DECAYS: &[(&str, &[&str])] = &[
    ("none", &["kind"]),
    ("expire", &["kind", "after", "grace", "residual"]),
    ("linear", &["kind", "lose", "every", "grace", "residual"]),
    ("step", &["kind", "lose", "every", "grace", "residual"]),
    ("exponential", &["kind", "halfLife", "grace", "residual"]),
];
const LIMIT: &[&str] = &["n", "per"];
const FREQUENCY: &[&str] = &["atLeast", "exactly", "between", "within", "points"];
const MULTIPLIER: &[&str] = &["property", "max"];

pub fn duration(reader: &mut Reader, value: &Value, path: &Path) -> Option<Duration> {
    let text = reader.text(value, path)?;
    let duration = Duration::parse(&text);
    if duration.is_none() {
        let message = format!("expected a duration such as `30d`, `12h`, `15m`, `90s` or `2w`, found {value}");
        reader.error(Code::InvalidValue, path, message);
    }
    duration
}

pub fn decay(reader: &mut Reader, value: &Value, path: &Path) -> Option<Decay> {
    let entries = reader.entries(value, path)?;
    let named = entries.iter().find(|(name, _)| name == "kind");
    let Some((_, kind)) = named else {
        reader.error(Code::MissingField, path, "expected field `kind`");
        return None;
    };
    let choices: Vec<_> = DECAYS.iter().map(|decay| (decay.0, *decay)).collect();
    let (kind, known) = reader.choice(kind, &path.field("kind"), "decay", &choices)?;
    let fields = reader.fields(value, path, known)?;
    let needed = |reader: &mut Reader, name: &str| {
        let value = reader.needed(fields, name, path)?;
        duration(reader, value, &path.field(name))
    };
    let kind = match kind {
        "expire" => DecayKind::Expire { after: needed(reader, "after")? },
        "exponential" => DecayKind::Exponential { half_life: needed(reader, "halfLife")? },
        "linear" | "step" => {
            let every = needed(reader, "every");
            let lose = reader.needed(fields, "lose", path)?;
            let lose = share(reader, lose, &path.field("lose"), f64::MIN_POSITIVE)?;
            let every = every?;
            if kind == "linear" { DecayKind::Linear { lose, every } } else { DecayKind::Step { lose, every } }
        }
        _ => DecayKind::None,
    };
    let grace = optional(reader, fields, "grace", path, duration).map_or(0, Duration::milliseconds);
    let residual = optional(reader, fields, "residual", path, |r, v, p| share(r, v, p, 0.0)).unwrap_or(0.0);
    Some(Decay { kind, grace, residual })
}

/// A share of the whole: up to 1, from `least`.
fn share(reader: &mut Reader, value: &Value, path: &Path, least: f64) -> Option<f64> {
    let number = reader.number(value, path)?;
    if (least..=1.0).contains(&number) {
        return Some(number);
    }
    let expected = if least > 0.0 { "above 0, up to 1" } else { "from 0 to 1" };
    reader.error(
        Code::InvalidValue,
        path,
        format!("expected a share {expected}, found `{number}`", number = written(number)),
    );
    None
}

/// One limit, or a list of them.
pub fn limits(reader: &mut Reader, fields: Fields, path: &Path) -> Vec<Limit> {
    match fields.get("limit") {
        None => Vec::new(),
        Some(Value::List(_)) => each(reader, fields, "limit", path, limit),
        Some(one) => limit(reader, one, &path.field("limit")).into_iter().collect(),
    }
}

fn limit(reader: &mut Reader, value: &Value, path: &Path) -> Option<Limit> {
    let fields = reader.fields(value, path, LIMIT)?;
    let n = reader.needed(fields, "n", path);
    let n = n.and_then(|value| reader.whole(value, &path.field("n"), 1, 1_000_000));
    let per = reader.needed(fields, "per", path)?;
    let per = match per {
        Value::Text(text) if text == "session" => Per::Session,
        Value::Text(text) if text == "ever" => Per::Ever,
        Value::Text(text) => match Duration::parse(text) {
            Some(duration) => Per::Time(duration),
            None => {
                let message = format!("expected `session`, `ever` or a duration such as `1d`, found {per}");
                reader.error(Code::InvalidValue, &path.field("per"), message);
                return None;
            }
        },
        other => {
            reader.wrong_type(&path.field("per"), "`session`, `ever` or a duration", other);
            return None;
        }
    };
    Some(Limit { n: n?, per })
}

pub fn frequency(reader: &mut Reader, fields: Fields, path: &Path) -> Vec<FrequencyBand> {
    if matches!(fields.get("frequency"), Some(Value::List(items)) if items.is_empty()) {
        let message = "expected at least one band, found an empty list";
        reader.error(Code::InvalidValue, &path.field("frequency"), message);
    }
    each(reader, fields, "frequency", path, frequency_band)
}

fn frequency_band(reader: &mut Reader, value: &Value, path: &Path) -> Option<FrequencyBand> {
    let fields = reader.fields(value, path, FREQUENCY)?;
    let points = reader.needed(fields, "points", path);
    let points = points.and_then(|value| reader.number(value, &path.field("points")));
    let within = optional(reader, fields, "within", path, duration);
    let count = |reader: &mut Reader, value: &Value, path: &Path| reader.whole(value, path, 0, 1_000_000);
    let at_least = optional(reader, fields, "atLeast", path, count).map(|n| (n, u32::MAX));
    let exactly = optional(reader, fields, "exactly", path, count).map(|n| (n, n));
    let between = optional(reader, fields, "between", path, |reader, value, path| match value {
        Value::List(ends) if ends.len() == 2 => {
            let mut ends = ends.iter().enumerate().map(|(index, end)| count(reader, end, &path.item(index)));
            Some((ends.next()??, ends.next()??))
        }
        other => {
            reader.wrong_type(path, "a list of two numbers", other);
            None
        }
    });
    let named = ["atLeast", "exactly", "between"].iter().filter(|name| fields.has(name)).count();
    if named != 1 {
        let message = format!("expected one of `atLeast`, `exactly`, `between`, found {named} of them");
        reader.error(if named == 0 { Code::MissingField } else { Code::ConflictingFields }, path, message);
        return None;
    }
    let (least, most) = at_least.or(exactly).or(between)?;
    if least > most {
        reader.error(Code::WrongOrder, path, format!("expected a range with counts, found `{least}` to `{most}`"));
    }
    Some(FrequencyBand { least, most, within, points: points? })
}

pub fn multiplier(reader: &mut Reader, fields: Fields, path: &Path) -> Multiplier {
    let read = optional(reader, fields, "multiplier", path, |reader, value, path| match value {
        Value::Number(_) => reader.number_within(value, path, 0.0, NUMBER).map(Multiplier::Number),
        Value::Object(_) => {
            let fields = reader.fields(value, path, MULTIPLIER)?;
            let property = reader.needed(fields, "property", path)?;
            let property = reader.text(property, &path.field("property"))?;
            let max = optional(reader, fields, "max", path, |r, v, p| r.number_within(v, p, 0.0, NUMBER));
            Some(Multiplier::Property { path: property, max: max.unwrap_or(NUMBER) })
        }
        other => {
            reader.wrong_type(path, "a number or an object", other);
            None
        }
    });
    read.unwrap_or(Multiplier::Number(1.0))
}
