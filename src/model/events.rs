//! From JSON to what rules on events have: durations, decay, limits, frequency bands, multipliers.

use super::{Decay, DecayKind, FrequencyBand, Limit, Multiplier, Per};
use crate::error::{Code, Path};
use crate::limits::NUMBER;
use crate::read::{Fields, Reader};
use crate::time::Duration;
use crate::value::Value;

/// A kind of decay: the fields that belong to it, and how those of its own are read.
type Kind<'k> = (&'k [&'k str], fn(&mut Fields) -> Option<DecayKind>);

const DECAYS: &[(&str, Kind)] = &[
    ("none", (&["kind"], |_| Some(DecayKind::None))),
    (
        "expire",
        (&["kind", "after", "grace", "residual"], |fields| {
            Some(DecayKind::Expire { after: fields.needed("after", duration)? })
        }),
    ),
    (
        "linear",
        (&["kind", "lose", "every", "grace", "residual"], |fields| {
            loss(fields).map(|(lose, every)| DecayKind::Linear { lose, every })
        }),
    ),
    (
        "step",
        (&["kind", "lose", "every", "grace", "residual"], |fields| {
            loss(fields).map(|(lose, every)| DecayKind::Step { lose, every })
        }),
    ),
    (
        "exponential",
        (&["kind", "halfLife", "grace", "residual"], |fields| {
            Some(DecayKind::Exponential { half_life: fields.needed("halfLife", duration)? })
        }),
    ),
];
const LIMIT: &[&str] = &["n", "per", "keep"];
const KEPT: &[(&str, bool)] = &[("earliest", false), ("latest", true)];
const FREQUENCY: &[&str] = &["atLeast", "exactly", "between", "within", "points"];
const MULTIPLIER: &[&str] = &["property", "max"];

pub fn duration(reader: &mut Reader, value: &Value, path: &Path) -> Option<Duration> {
    let text = reader.text(value, path)?;
    let duration = Duration::parse(&text);
    if duration.is_none() {
        reader.invalid(path, "a duration such as `30d`, `12h`, `15m`, `90s` or `2w`", value);
    }
    duration
}

pub fn decay(reader: &mut Reader, value: &Value, path: &Path) -> Option<Decay> {
    reader.entries(value, path)?;
    let Some(kind) = value.get("kind") else {
        reader.error(Code::MissingField, path, format_args!("expected field `kind`"));
        return None;
    };
    let (known, read) = reader.choice(kind, &path.field("kind"), "decay", DECAYS)?;
    let mut fields = reader.fields(value, path, known)?;
    let kind = read(&mut fields)?;
    let grace = fields.optional("grace", duration).map_or(0, Duration::milliseconds);
    let residual =
        fields.optional("residual", |reader, value, path| share(reader, value, path, 0.0, "a share from 0 to 1"));
    Some(Decay { kind, grace, residual: residual.unwrap_or(0.0) })
}

/// How much is lost, and in what time.
fn loss(fields: &mut Fields) -> Option<(f64, Duration)> {
    let every = fields.needed("every", duration);
    let lose = fields.needed("lose", |reader, value, path| {
        share(reader, value, path, f64::MIN_POSITIVE, "a share above 0, up to 1")
    });
    Some((lose?, every?))
}

/// A share of the whole: up to 1, from `least`.
fn share(reader: &mut Reader, value: &Value, path: &Path, least: f64, expected: &str) -> Option<f64> {
    let number = reader.number(value, path)?;
    if (least..=1.0).contains(&number) {
        return Some(number);
    }
    reader.invalid(path, expected, value);
    None
}

/// One limit, or a list of them.
pub fn limits(fields: &mut Fields) -> Vec<Limit> {
    match fields.get("limit") {
        Some(Value::List(_)) => fields.each("limit", limit),
        _ => Vec::from_iter(fields.optional("limit", limit)),
    }
}

fn limit(reader: &mut Reader, value: &Value, path: &Path) -> Option<Limit> {
    let mut fields = reader.fields(value, path, LIMIT)?;
    let n = fields.needed("n", |reader, value, path| reader.whole(value, path, 1, 1_000_000));
    let per = fields.needed("per", |reader, value, path| {
        let Value::Text(text) = value else {
            reader.wrong_type(path, "`session`, `ever` or a duration", value);
            return None;
        };
        let per = match text.as_str() {
            "session" => Some(Per::Session),
            "ever" => Some(Per::Ever),
            other => Duration::parse(other).map(Per::Time),
        };
        if per.is_none() {
            reader.invalid(path, "`session`, `ever` or a duration such as `1d`", value);
        }
        per
    });
    let latest = fields.optional("keep", |reader, value, path| reader.choice(value, path, "end of a period", KEPT));
    Some(Limit { n: n?, per: per?, latest: latest.unwrap_or_default() })
}

pub fn frequency(fields: &mut Fields) -> Vec<FrequencyBand> {
    if matches!(fields.get("frequency"), Some(Value::List(items)) if items.is_empty()) {
        let message = format_args!("expected at least one band, found an empty list");
        fields.error_in("frequency", Code::InvalidValue, message);
    }
    fields.each("frequency", frequency_band)
}

fn frequency_band(reader: &mut Reader, value: &Value, path: &Path) -> Option<FrequencyBand> {
    let mut fields = reader.fields(value, path, FREQUENCY)?;
    let points = fields.needed("points", Reader::number);
    let within = fields.optional("within", duration);
    let at_least = fields.optional("atLeast", count).map(|n| (n, u32::MAX));
    let exactly = fields.optional("exactly", count).map(|n| (n, n));
    let between = fields.optional("between", between);
    let named = ["atLeast", "exactly", "between"].iter().filter(|name| fields.has(name)).count();
    if named != 1 {
        let code = if named == 0 { Code::MissingField } else { Code::ConflictingFields };
        fields.error(code, format_args!("expected one of `atLeast`, `exactly`, `between`, found {named} of them"));
        return None;
    }
    let (least, most) = at_least.or(exactly).or(between)?;
    if least > most {
        fields.error(Code::WrongOrder, format_args!("expected a range with counts, found `{least}` to `{most}`"));
    }
    Some(FrequencyBand { least, most, within, points: points? })
}

fn between(reader: &mut Reader, value: &Value, path: &Path) -> Option<(u32, u32)> {
    if let Value::List(ends) = value
        && let [least, most] = ends.as_slice()
    {
        return Some((count(reader, least, &path.item(0))?, count(reader, most, &path.item(1))?));
    }
    reader.wrong_type(path, "a list of two numbers", value);
    None
}

fn count(reader: &mut Reader, value: &Value, path: &Path) -> Option<u32> {
    reader.whole(value, path, 0, 1_000_000)
}

pub fn multiplier(fields: &mut Fields) -> Multiplier {
    let read = fields.optional("multiplier", |reader, value, path| match value {
        Value::Number(_) => reader.size(value, path).map(Multiplier::Number),
        Value::Object(_) => {
            let mut fields = reader.fields(value, path, MULTIPLIER)?;
            let property = fields.needed("property", Reader::text)?;
            let max = fields.optional("max", Reader::size);
            Some(Multiplier::Property { path: property, max: max.unwrap_or(NUMBER) })
        }
        other => {
            reader.wrong_type(path, "a number or an object", other);
            None
        }
    });
    read.unwrap_or(Multiplier::Number(1.0))
}
