//! From JSON to a model: the top level, attributes, dimensions and groups.

use super::fields::{bounds, each, id, label, optional, text, texts, unique};
use super::{Attribute, Combine, Dimension, EventType, FORMAT, Group, Label, Missing, Model, Total, Type};
use super::{events, result, rules};
use crate::error::{Code, Path, short};
use crate::limits::{ATTRIBUTES, NUMBER, RULES};
use crate::read::{Fields, Reader};
use crate::value::{Value, written};

const MODEL: &[&str] = &[
    "$schema",
    "format",
    "id",
    "version",
    "name",
    "description",
    "attributes",
    "events",
    "missing",
    "decimals",
    "dimensions",
    "total",
    "grade",
    "stages",
    "exclusions",
    "disqualifiers",
    "overrides",
    "routes",
    "tests",
];
const ATTRIBUTE: &[&str] = &["type", "label", "unit", "values", "min", "max", "required"];
const EVENT_TYPE: &[&str] = &["label", "purpose", "properties"];
const DIMENSION: &[&str] = &["id", "label", "weight", "normalise", "floor", "cap", "labels", "groups"];
const GROUP: &[&str] = &["id", "label", "weight", "floor", "cap", "missing", "decay", "rules"];
const TOTAL: &[&str] = &["combine", "floor", "cap", "labels"];
const LABEL: &[&str] = &["id", "label", "from", "keep"];
const MISSING: &[(&str, Missing)] =
    &[("zero", Missing::Zero), ("neutral", Missing::Neutral), ("required", Missing::Required)];

/// Reads a model; what is wrong is noted, and the rest read all the same.
pub fn read(reader: &mut Reader, document: &Value) -> Model {
    let root = Path::Root("");
    let mut model = Model { decimals: 2, ..Model::default() };
    let Some(fields) = reader.fields(document, &root, MODEL) else {
        return model;
    };
    if let Some(format) = reader.needed(fields, "format", &root)
        && *format != Value::Number(FORMAT)
    {
        reader.error(
            Code::UnknownFormat,
            &root.field("format"),
            format!("expected `{format_known}`, found {format}", format_known = written(FORMAT)),
        );
        return model;
    }
    model.id = id(reader, fields, &root).unwrap_or_default();
    model.version = optional(reader, fields, "version", &root, Reader::text);
    optional(reader, fields, "name", &root, text);
    optional(reader, fields, "description", &root, text);
    model.attributes = fields
        .get("attributes")
        .map_or_else(Vec::new, |value| attributes(reader, value, &root.field("attributes"), ATTRIBUTE));
    model.events = fields.get("events").map(|value| event_types(reader, value, &root.field("events")));
    let missing = optional(reader, fields, "missing", &root, missing).unwrap_or_default();
    if let Some(decimals) = optional(reader, fields, "decimals", &root, |r, v, p| r.whole(v, p, 0, 6)) {
        model.decimals = decimals;
    }
    model.dimensions = dimensions(reader, fields, missing);
    model.total = optional(reader, fields, "total", &root, total).unwrap_or_default();
    result::read(reader, fields, &mut model);
    let rules = model.dimensions.iter().flat_map(|d| &d.groups).map(|g| g.rules.len()).sum::<usize>();
    let flags = model.exclusions.len() + model.disqualifiers.len();
    let count = rules + flags + model.stages.len() + model.overrides.len() + model.routes.len();
    if count > RULES {
        reader.error(Code::TooLarge, &root, format!("expected at most {RULES} rules in all, found {count}"));
    }
    model
}

fn missing(reader: &mut Reader, value: &Value, path: &Path) -> Option<Missing> {
    reader.choice(value, path, "policy", MISSING)
}

fn weight(reader: &mut Reader, fields: Fields, path: &Path) -> f64 {
    optional(reader, fields, "weight", path, |r, v, p| r.number_within(v, p, 0.0, NUMBER)).unwrap_or(1.0)
}

/// The attributes of the facts, or the properties of an event type, by their `known` fields.
fn attributes(reader: &mut Reader, value: &Value, path: &Path, known: &[&str]) -> Vec<Attribute> {
    let entries = reader.entries(value, path).unwrap_or_default();
    if entries.len() > ATTRIBUTES {
        reader.error(
            Code::TooLarge,
            path,
            format!("expected at most {ATTRIBUTES} attributes, found {}", entries.len()),
        );
        return Vec::new();
    }
    entries.iter().filter_map(|(name, value)| attribute(reader, name, value, &path.field(name), known)).collect()
}

fn attribute(reader: &mut Reader, name: &str, value: &Value, path: &Path, known: &[&str]) -> Option<Attribute> {
    let fields = reader.fields(value, path, known)?;
    if name.split('.').any(str::is_empty) || name.starts_with('$') {
        let found = short(name);
        reader.error(Code::InvalidValue, path, format!("expected a dotted path, found `{found}`"));
    }
    let kind = reader.needed(fields, "type", path);
    let kind = kind.and_then(|value| reader.choice(value, &path.field("type"), "type", Type::NAMES));
    optional(reader, fields, "unit", path, Reader::text);
    let label = label(reader, fields, path, name);
    let values = optional(reader, fields, "values", path, texts);
    let min = optional(reader, fields, "min", path, Reader::number);
    let max = optional(reader, fields, "max", path, Reader::number);
    let required = optional(reader, fields, "required", path, Reader::boolean).unwrap_or(false);
    let kind = kind?;
    for (field, set, fits) in [
        ("values", values.is_some(), matches!(kind, Type::Text | Type::List)),
        ("min", min.is_some(), matches!(kind, Type::Number | Type::Integer)),
        ("max", max.is_some(), matches!(kind, Type::Number | Type::Integer)),
    ] {
        if set && !fits {
            let message = format!("expected no `{field}` for type `{}`", kind.name());
            reader.error(Code::ConflictingFields, &path.field(field), message);
        }
    }
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let message =
            format!("expected a `max` from the `min` `{min}`, found `{max}`", min = written(min), max = written(max));
        reader.error(Code::WrongOrder, &path.field("max"), message);
    }
    Some(Attribute { path: name.to_owned(), kind, label, values, min, max, required })
}

fn event_types(reader: &mut Reader, value: &Value, path: &Path) -> Vec<EventType> {
    let mut types: Vec<EventType> = Vec::new();
    for (name, value) in reader.entries(value, path).unwrap_or_default() {
        if types.iter().map(|kind| kind.properties.len() + 1).sum::<usize>() > ATTRIBUTES {
            let message = format!("expected at most {ATTRIBUTES} event types and properties in all");
            reader.error(Code::TooLarge, path, message);
            break;
        }
        let path = path.field(name);
        let Some(fields) = reader.fields(value, &path, EVENT_TYPE) else {
            continue;
        };
        label(reader, fields, &path, name);
        let purpose = optional(reader, fields, "purpose", &path, Reader::text);
        let known: Vec<&str> = ATTRIBUTE.iter().copied().filter(|field| *field != "required").collect();
        let properties = fields
            .get("properties")
            .map_or_else(Vec::new, |value| attributes(reader, value, &path.field("properties"), &known));
        types.push(EventType { name: name.clone(), purpose, properties });
    }
    types
}

fn dimensions(reader: &mut Reader, fields: Fields, missing: Missing) -> Vec<Dimension> {
    let root = Path::Root("");
    let Some(value) = reader.needed(fields, "dimensions", &root) else {
        return Vec::new();
    };
    let path = root.field("dimensions");
    let items = reader.list(value, &path).unwrap_or_default();
    if items.is_empty() && matches!(value, Value::List(_)) {
        reader.error(Code::InvalidValue, &path, "expected at least one dimension, found an empty list");
    }
    let read = items.iter().enumerate().map(|(index, item)| dimension(reader, item, &path.item(index), missing));
    let dimensions: Vec<Dimension> = read.collect();
    unique(reader, dimensions.iter().enumerate().map(|(d, dim)| (dim.id.as_str(), format!("dimensions[{d}].id"))));
    let groups = dimensions.iter().enumerate().flat_map(|(d, dimension)| {
        let place = move |g: usize| format!("dimensions[{d}].groups[{g}]");
        dimension.groups.iter().enumerate().map(move |(g, group)| (group, place(g)))
    });
    unique(reader, groups.clone().map(|(group, place)| (group.id.as_str(), format!("{place}.id"))));
    let rules = groups.flat_map(|(group, place)| {
        let place = move |r: usize| format!("{place}.rules[{r}].id");
        group.rules.iter().enumerate().map(move |(r, rule)| (rule.id.as_str(), place(r)))
    });
    unique(reader, rules);
    dimensions
}

/// A dimension is kept even when parts of it are wrong, so that places in lists stay those of the document.
fn dimension(reader: &mut Reader, value: &Value, path: &Path, missing: Missing) -> Dimension {
    let Some(fields) = reader.fields(value, path, DIMENSION) else {
        return Dimension::default();
    };
    let id = id(reader, fields, path).unwrap_or_default();
    if id == "total" {
        reader.error(Code::InvalidValue, &path.field("id"), "expected another id than `total`");
    }
    let label = label(reader, fields, path, &id);
    let weight = weight(reader, fields, path);
    let normalise = optional(reader, fields, "normalise", path, Reader::boolean).unwrap_or(false);
    let bounds = bounds(reader, fields, path);
    let labels = labels(reader, fields, path);
    reader.needed(fields, "groups", path);
    let groups = each(reader, fields, "groups", path, |reader, value, path| {
        let group = group(reader, value, path, missing);
        if normalise && group.bounds.cap.is_none_or(|cap| cap <= 0.0) {
            let message = "expected a cap above 0, as the dimension is normalised";
            reader.error(Code::CapNeeded, &path.field("cap"), message);
        }
        Some(group)
    });
    Dimension { id, label, weight, normalise, bounds, labels, groups }
}

fn group(reader: &mut Reader, value: &Value, path: &Path, missing_of_model: Missing) -> Group {
    let Some(fields) = reader.fields(value, path, GROUP) else {
        return Group::default();
    };
    let id = id(reader, fields, path).unwrap_or_default();
    let label = label(reader, fields, path, &id);
    let weight = weight(reader, fields, path);
    let bounds = bounds(reader, fields, path);
    let missing = optional(reader, fields, "missing", path, missing).unwrap_or(missing_of_model);
    let decay = optional(reader, fields, "decay", path, events::decay).unwrap_or_default();
    reader.needed(fields, "rules", path);
    let rules =
        each(reader, fields, "rules", path, |reader, value, path| Some(rules::rule(reader, value, path, decay)));
    Group { id, label, weight, bounds, missing, rules }
}

fn total(reader: &mut Reader, value: &Value, path: &Path) -> Option<Total> {
    let fields = reader.fields(value, path, TOTAL)?;
    let choices = [("sum", Combine::Sum), ("mean", Combine::Mean), ("max", Combine::Max)];
    let combine = optional(reader, fields, "combine", path, |r, v, p| r.choice(v, p, "combination", &choices));
    Some(Total {
        combine: combine.unwrap_or_default(),
        bounds: bounds(reader, fields, path),
        labels: labels(reader, fields, path),
    })
}

/// Thresholds, from high to low.
fn labels(reader: &mut Reader, fields: Fields, path: &Path) -> Vec<Label> {
    let count = match fields.get("labels") {
        Some(Value::List(items)) => items.len(),
        _ => 0,
    };
    let mut above = f64::INFINITY;
    let mut place = 0;
    let labels = each(reader, fields, "labels", path, |reader, value, path| {
        place += 1;
        let fields = reader.fields(value, path, LABEL)?;
        let id = name(reader, fields, path)?;
        label(reader, fields, path, &id);
        let from = optional(reader, fields, "from", path, Reader::number);
        if from.is_none() && place < count {
            reader.error(Code::MissingField, path, "expected field `from`, as it is not the last label");
        }
        let from = from.unwrap_or(f64::NEG_INFINITY);
        if from >= above && from.is_finite() {
            let message = format!(
                "expected a threshold below `{above}`, found `{from}`",
                above = written(above),
                from = written(from)
            );
            reader.error(Code::WrongOrder, &path.field("from"), message);
        }
        above = from;
        let keep = optional(reader, fields, "keep", path, Reader::number).unwrap_or(from);
        if keep > from {
            let message = format!(
                "expected a value up to `from` `{from}`, found `{keep}`",
                from = written(from),
                keep = written(keep)
            );
            reader.error(Code::WrongOrder, &path.field("keep"), message);
        }
        Some(Label { id, from, keep })
    });
    let place = format!("{}.labels", path);
    unique(reader, labels.iter().map(|label| (label.id.as_str(), place.clone())));
    labels
}

/// The needed `id` of a label: any short text.
fn name(reader: &mut Reader, fields: Fields, path: &Path) -> Option<String> {
    let value = reader.needed(fields, "id", path)?;
    let path = path.field("id");
    let id = reader.text(value, &path)?;
    if id.is_empty() || id.chars().count() > 64 {
        let found = short(&id);
        reader.error(Code::InvalidValue, &path, format!("expected a text of 1 to 64 characters, found `{found}`"));
        return None;
    }
    Some(id)
}
