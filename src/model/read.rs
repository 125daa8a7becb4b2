//! From JSON to a model: the top level, attributes, dimensions and groups.

use super::fields::{bounds, id, label, text, texts, unique, unique_ids};
use super::{Attribute, Combine, Dimension, EventType, FORMAT, Group, Label, Missing, Model, Total, Type};
use super::{events, result, rules};
use crate::error::{Code, Path, short};
use crate::limits::{ATTRIBUTES, RULES};
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
/// A property of an event is an attribute that cannot be required.
const PROPERTY: &[&str] = &["type", "label", "unit", "values", "min", "max"];
const EVENT_TYPE: &[&str] = &["label", "purpose", "properties"];
const DIMENSION: &[&str] = &["id", "label", "weight", "normalise", "floor", "cap", "labels", "groups"];
const GROUP: &[&str] = &["id", "label", "weight", "floor", "cap", "missing", "decay", "rules"];
const TOTAL: &[&str] = &["combine", "floor", "cap", "labels"];
const LABEL: &[&str] = &["id", "label", "from", "keep"];
const MISSING: &[(&str, Missing)] =
    &[("zero", Missing::Zero), ("neutral", Missing::Neutral), ("required", Missing::Required)];
const COMBINE: &[(&str, Combine)] = &[("sum", Combine::Sum), ("mean", Combine::Mean), ("max", Combine::Max)];

/// Reads a model; what is wrong is noted, and the rest read all the same.
pub fn read(reader: &mut Reader, document: &Value) -> Model {
    let root = Path::Root("");
    let mut model = Model { decimals: 2, ..Model::default() };
    let Some(mut fields) = reader.fields(document, &root, MODEL) else {
        return model;
    };
    fields.expect("format");
    if let Some(format) = fields.get("format")
        && *format != Value::Number(FORMAT)
    {
        let message = format_args!("expected `{}`, found {format}", written(FORMAT));
        fields.error_in("format", Code::UnknownFormat, message);
        return model;
    }
    model.id = id(&mut fields).unwrap_or_default();
    model.version = fields.optional("version", Reader::text);
    fields.optional("name", text);
    fields.optional("description", text);
    model.attributes = fields.optional("attributes", attributes).unwrap_or_default();
    model.events = fields.optional("events", event_types);
    let missing = fields.optional("missing", missing).unwrap_or_default();
    model.decimals = fields.optional("decimals", |reader, value, path| reader.whole(value, path, 0, 6)).unwrap_or(2);
    model.dimensions = dimensions(&mut fields, missing);
    for lists in [&["dimensions"][..], &["dimensions", "groups"], &["dimensions", "groups", "rules"]] {
        unique_ids(fields.reader, document, lists);
    }
    model.total = fields.optional("total", total).unwrap_or_default();
    result::read(&mut fields, &mut model);
    for list in ["stages", "exclusions", "disqualifiers", "overrides", "routes"] {
        unique_ids(fields.reader, document, &[list]);
    }
    let flags = model.exclusions.len() + model.disqualifiers.len();
    let mut count = flags + model.stages.len() + model.overrides.len() + model.routes.len();
    for group in model.dimensions.iter().flat_map(|dimension| &dimension.groups) {
        count += group.rules.len();
    }
    if count > RULES {
        fields.error(Code::TooLarge, format_args!("expected at most {RULES} rules in all, found {count}"));
    }
    model
}

fn missing(reader: &mut Reader, value: &Value, path: &Path) -> Option<Missing> {
    reader.choice(value, path, "policy", MISSING)
}

fn weight(fields: &mut Fields) -> f64 {
    fields.optional("weight", Reader::size).unwrap_or(1.0)
}

/// The attributes of the facts.
fn attributes(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<Attribute>> {
    declared(reader, value, path, ATTRIBUTE)
}

/// The properties of an event type.
fn properties(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<Attribute>> {
    declared(reader, value, path, PROPERTY)
}

fn declared(reader: &mut Reader, value: &Value, path: &Path, known: &[&str]) -> Option<Vec<Attribute>> {
    let entries = reader.entries(value, path)?;
    if entries.len() > ATTRIBUTES {
        let message = format_args!("expected at most {ATTRIBUTES} attributes, found {}", entries.len());
        reader.error(Code::TooLarge, path, message);
        return None;
    }
    let mut attributes = Vec::new();
    for (name, value) in entries {
        if let Some(attribute) = attribute(reader, name, value, &path.field(name), known) {
            attributes.push(attribute);
        }
    }
    Some(attributes)
}

fn attribute(reader: &mut Reader, name: &str, value: &Value, path: &Path, known: &[&str]) -> Option<Attribute> {
    let mut fields = reader.fields(value, path, known)?;
    if name.split('.').any(str::is_empty) || name.starts_with('$') {
        fields.error(Code::InvalidValue, format_args!("expected a dotted path, found `{}`", short(name)));
    }
    let kind = fields.needed("type", |reader, value, path| reader.choice(value, path, "type", Type::NAMES));
    fields.optional("unit", Reader::text);
    let label = label(&mut fields, name);
    let values = fields.optional("values", texts);
    let min = fields.optional("min", Reader::number);
    let max = fields.optional("max", Reader::number);
    let required = fields.optional("required", Reader::boolean).unwrap_or(false);
    let kind = kind?;
    let numbers = matches!(kind, Type::Number | Type::Integer);
    for (field, set, fits) in [
        ("values", values.is_some(), matches!(kind, Type::Text | Type::List)),
        ("min", min.is_some(), numbers),
        ("max", max.is_some(), numbers),
    ] {
        if set && !fits {
            let message = format_args!("expected no `{field}` for type `{}`", kind.name());
            fields.error_in(field, Code::ConflictingFields, message);
        }
    }
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let message = format_args!("expected a `max` from the `min` `{}`, found `{}`", written(min), written(max));
        fields.error_in("max", Code::WrongOrder, message);
    }
    Some(Attribute { path: name.to_owned(), kind, label, values, min, max, required })
}

fn event_types(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<EventType>> {
    let mut types = Vec::new();
    let mut count = 0;
    for (name, value) in reader.entries(value, path).unwrap_or_default() {
        if count > ATTRIBUTES {
            let message = format_args!("expected at most {ATTRIBUTES} event types and properties in all");
            reader.error(Code::TooLarge, path, message);
            break;
        }
        let path = path.field(name);
        let Some(mut fields) = reader.fields(value, &path, EVENT_TYPE) else {
            continue;
        };
        fields.optional("label", text);
        let purpose = fields.optional("purpose", Reader::text);
        let properties = fields.optional("properties", properties).unwrap_or_default();
        count += 1 + properties.len();
        types.push(EventType { name: name.clone(), purpose, properties });
    }
    Some(types)
}

fn dimensions(fields: &mut Fields, missing: Missing) -> Vec<Dimension> {
    fields.expect("dimensions");
    if matches!(fields.get("dimensions"), Some(Value::List(items)) if items.is_empty()) {
        let message = format_args!("expected at least one dimension, found an empty list");
        fields.error_in("dimensions", Code::InvalidValue, message);
    }
    fields.each("dimensions", |reader, value, path| Some(dimension(reader, value, path, missing)))
}

/// A dimension is kept even when parts of it are wrong, so that places in lists stay those of the document.
fn dimension(reader: &mut Reader, value: &Value, path: &Path, missing: Missing) -> Dimension {
    let Some(mut fields) = reader.fields(value, path, DIMENSION) else {
        return Dimension::default();
    };
    let id = id(&mut fields).unwrap_or_default();
    if id == "total" {
        fields.error_in("id", Code::InvalidValue, format_args!("expected another id than `total`"));
    }
    let label = label(&mut fields, &id);
    let weight = weight(&mut fields);
    let normalise = fields.optional("normalise", Reader::boolean).unwrap_or(false);
    let bounds = bounds(&mut fields);
    let labels = labels(&mut fields);
    fields.expect("groups");
    let groups = fields.each("groups", |reader, value, path| {
        let group = group(reader, value, path, missing);
        if normalise && group.bounds.cap.is_none_or(|cap| cap <= 0.0) {
            let message = format_args!("expected a cap above 0, as the dimension is normalised");
            reader.error(Code::CapNeeded, &path.field("cap"), message);
        }
        Some(group)
    });
    Dimension { id, label, weight, normalise, bounds, labels, groups }
}

fn group(reader: &mut Reader, value: &Value, path: &Path, missing_of_model: Missing) -> Group {
    let Some(mut fields) = reader.fields(value, path, GROUP) else {
        return Group::default();
    };
    let id = id(&mut fields).unwrap_or_default();
    let label = label(&mut fields, &id);
    let weight = weight(&mut fields);
    let bounds = bounds(&mut fields);
    let missing = fields.optional("missing", missing).unwrap_or(missing_of_model);
    let decay = fields.optional("decay", events::decay).unwrap_or_default();
    fields.expect("rules");
    let rules = fields.each("rules", |reader, value, path| Some(rules::rule(reader, value, path, decay)));
    Group { id, label, weight, bounds, missing, rules }
}

fn total(reader: &mut Reader, value: &Value, path: &Path) -> Option<Total> {
    let mut fields = reader.fields(value, path, TOTAL)?;
    let combine = fields.optional("combine", |reader, value, path| reader.choice(value, path, "combination", COMBINE));
    let bounds = bounds(&mut fields);
    Some(Total { combine: combine.unwrap_or_default(), bounds, labels: labels(&mut fields) })
}

/// Thresholds, from high to low.
fn labels(fields: &mut Fields) -> Vec<Label> {
    let mut left = match fields.get("labels") {
        Some(Value::List(items)) => items.len(),
        _ => 0,
    };
    let mut above = f64::INFINITY;
    let labels = fields.each("labels", |reader, value, path| {
        left -= 1;
        let mut fields = reader.fields(value, path, LABEL)?;
        let id = fields.needed("id", name)?;
        fields.optional("label", text);
        let from = fields.optional("from", Reader::number);
        if from.is_none() && left > 0 {
            let message = format_args!("expected field `from`, as it is not the last label");
            fields.error(Code::MissingField, message);
        }
        let from = from.unwrap_or(f64::NEG_INFINITY);
        if from >= above && from.is_finite() {
            let message = format_args!("expected a threshold below `{}`, found `{}`", written(above), written(from));
            fields.error_in("from", Code::WrongOrder, message);
        }
        let keep = fields.optional("keep", Reader::number).unwrap_or(from);
        if !from.is_finite() {
            if keep.is_finite() {
                fields.error_in("keep", Code::WrongOrder, format_args!("expected no `keep` where there is no `from`"));
            }
        } else {
            above = from;
            if keep > from {
                let message =
                    format_args!("expected a value up to `from` `{}`, found `{}`", written(from), written(keep));
                fields.error_in("keep", Code::WrongOrder, message);
            }
        }
        Some(Label { id, from, keep })
    });
    let ids: Vec<&str> = labels.iter().map(|label| label.id.as_str()).collect();
    unique(fields.reader, &fields.path.field("labels"), &ids);
    labels
}

/// The `id` of a label: any short text.
fn name(reader: &mut Reader, value: &Value, path: &Path) -> Option<String> {
    let id = reader.text(value, path)?;
    if id.is_empty() || id.chars().count() > 64 {
        let message = format_args!("expected a text of 1 to 64 characters, found `{}`", short(&id));
        reader.error(Code::InvalidValue, path, message);
        return None;
    }
    Some(id)
}
