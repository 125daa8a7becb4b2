//! From JSON to what stands on the result: grade, stages, flags, overrides, routes; and the model's tests.

use super::fields::{each, id, label, optional, text, texts, unique};
use super::rules::event_types;
use super::{Axis, Flag, Grade, Model, Override, Route, Stage, Test};
use crate::condition;
use crate::error::{Code, Path};
use crate::read::{Fields, Reader};
use crate::value::Value;

const GRADE: &[&str] = &["ladder", "matrix"];
const LADDER: &[&str] = &["letters", "start", "dimension"];
const MATRIX: &[&str] = &["rows", "columns", "cells"];
const STAGE: &[&str] = &["id", "label", "when", "keep"];
const FLAG: &[&str] = &["id", "when", "on", "reason"];
const OVERRIDE: &[&str] = &["id", "when", "stage", "grade", "reason"];
const ROUTE: &[&str] = &["id", "when", "queue", "owner", "action", "text"];
const TEST: &[&str] = &["name", "facts", "events", "asOf", "previous", "consent", "expect"];

/// Reads all that comes after the total.
pub fn read(reader: &mut Reader, fields: Fields, model: &mut Model) {
    let root = Path::Root("");
    model.grade = optional(reader, fields, "grade", &root, |reader, value, path| grade(reader, value, path, model));
    model.stages = each(reader, fields, "stages", &root, stage);
    model.exclusions = each(reader, fields, "exclusions", &root, flag);
    model.disqualifiers = each(reader, fields, "disqualifiers", &root, flag);
    let stages = &model.stages;
    model.overrides = each(reader, fields, "overrides", &root, |r, v, p| an_override(r, v, p, stages));
    model.routes = each(reader, fields, "routes", &root, route);
    model.tests = each(reader, fields, "tests", &root, test);
    let place = |list: &'static str| move |(index, id)| (id, format!("{list}[{index}].id"));
    unique(reader, model.stages.iter().map(|one| one.id.as_str()).enumerate().map(place("stages")));
    unique(reader, model.exclusions.iter().map(|one| one.id.as_str()).enumerate().map(place("exclusions")));
    unique(reader, model.disqualifiers.iter().map(|one| one.id.as_str()).enumerate().map(place("disqualifiers")));
    unique(reader, model.overrides.iter().map(|one| one.id.as_str()).enumerate().map(place("overrides")));
    unique(reader, model.routes.iter().map(|one| one.id.as_str()).enumerate().map(place("routes")));
}

fn grade(reader: &mut Reader, value: &Value, path: &Path, model: &Model) -> Option<Grade> {
    let fields = reader.fields(value, path, GRADE)?;
    match (fields.get("ladder"), fields.get("matrix")) {
        (Some(value), None) => ladder(reader, value, &path.field("ladder"), model),
        (None, Some(value)) => matrix(reader, value, &path.field("matrix"), model),
        (None, None) => {
            reader.error(Code::MissingField, path, "expected field `ladder` or `matrix`");
            None
        }
        _ => {
            reader.error(Code::ConflictingFields, path, "expected either `ladder` or `matrix`, found both");
            None
        }
    }
}

fn ladder(reader: &mut Reader, value: &Value, path: &Path, model: &Model) -> Option<Grade> {
    let fields = reader.fields(value, path, LADDER)?;
    let letters = reader.needed(fields, "letters", path);
    let letters = letters.and_then(|value| texts(reader, value, &path.field("letters")));
    let start = reader.needed(fields, "start", path);
    let start = start.and_then(|value| reader.text(value, &path.field("start")));
    let dimension = reader.needed(fields, "dimension", path)?;
    let dimension = axis(reader, dimension, &path.field("dimension"), model, false)?;
    let (letters, start) = (letters?, start?);
    let place = path.field("letters").to_string();
    unique(reader, letters.iter().map(|letter| (letter.as_str(), place.clone())));
    let Some(found) = letters.iter().position(|letter| *letter == start) else {
        let names: Vec<&str> = letters.iter().map(String::as_str).collect();
        reader.unknown(Code::UnknownReference, &path.field("start"), "letter", &start, &names);
        return None;
    };
    match dimension {
        Axis::Dimension(dimension) => Some(Grade::Ladder { letters, start: found, dimension }),
        Axis::Total => None,
    }
}

fn matrix(reader: &mut Reader, value: &Value, path: &Path, model: &Model) -> Option<Grade> {
    let fields = reader.fields(value, path, MATRIX)?;
    let mut side = |name: &str| {
        let value = reader.needed(fields, name, path)?;
        let path = path.field(name);
        let axis = axis(reader, value, &path, model, true)?;
        if labels(model, axis).is_empty() {
            reader.error(Code::UnknownReference, &path, format!("expected a dimension with labels, found {value}"));
        }
        Some(axis)
    };
    let (rows, columns) = (side("rows"), side("columns"));
    let (rows, columns) = (rows?, columns?);
    let cells = optional(reader, fields, "cells", path, |reader, value, path| {
        let mut cells = Vec::new();
        for (row, value) in labelled(reader, value, path, &labels(model, rows))? {
            let path = path.field(row);
            let entries = labelled(reader, value, &path, &labels(model, columns))?;
            let entries = entries
                .iter()
                .filter_map(|(column, grade)| Some((column.clone(), reader.text(grade, &path.field(column))?)));
            cells.push((row.clone(), entries.collect()));
        }
        Some(cells)
    });
    Some(Grade::Matrix { rows, columns, cells })
}

/// An object with one field for each of these labels.
fn labelled<'v>(reader: &mut Reader, value: &'v Value, path: &Path, labels: &[&str]) -> Option<&'v [(String, Value)]> {
    let entries = reader.entries(value, path)?;
    for (name, _) in entries.iter().filter(|(name, _)| !labels.contains(&name.as_str())) {
        reader.unknown(Code::UnknownReference, &path.field(name), "label", name, labels);
    }
    for label in labels.iter().filter(|label| !entries.iter().any(|(name, _)| name == *label)) {
        reader.error(Code::MissingField, path, format!("expected a cell for label `{label}`"));
    }
    Some(entries)
}

fn labels(model: &Model, axis: Axis) -> Vec<&str> {
    let labels = match axis {
        Axis::Total => Some(&model.total.labels),
        Axis::Dimension(dimension) => model.dimensions.get(dimension).map(|dimension| &dimension.labels),
    };
    labels.into_iter().flatten().map(|label| label.id.as_str()).collect()
}

fn axis(reader: &mut Reader, value: &Value, path: &Path, model: &Model, or_total: bool) -> Option<Axis> {
    let found = reader.text(value, path)?;
    if or_total && found == "total" {
        return Some(Axis::Total);
    }
    let place = model.dimensions.iter().position(|dimension| dimension.id == found);
    if place.is_none() {
        let total = or_total.then_some("total");
        let known: Vec<&str> = model.dimensions.iter().map(|dimension| dimension.id.as_str()).chain(total).collect();
        reader.unknown(Code::UnknownReference, path, "dimension", &found, &known);
    }
    place.map(Axis::Dimension)
}

fn stage(reader: &mut Reader, value: &Value, path: &Path) -> Option<Stage> {
    let fields = reader.fields(value, path, STAGE)?;
    let id = id(reader, fields, path)?;
    label(reader, fields, path, &id);
    let when = optional(reader, fields, "when", path, condition::read);
    let keep = optional(reader, fields, "keep", path, condition::read);
    if fields.has("keep") && !fields.has("when") {
        reader.error(Code::ConflictingFields, &path.field("keep"), "expected no `keep` without `when`");
    }
    Some(Stage { id, when, keep })
}

fn flag(reader: &mut Reader, value: &Value, path: &Path) -> Option<Flag> {
    let fields = reader.fields(value, path, FLAG)?;
    let id = id(reader, fields, path)?;
    let when = optional(reader, fields, "when", path, condition::read);
    let on = optional(reader, fields, "on", path, event_types).unwrap_or_default();
    if !fields.has("when") && !fields.has("on") {
        reader.error(Code::MissingField, path, "expected field `when` or `on`");
    }
    let reason = optional(reader, fields, "reason", path, text);
    Some(Flag { id, when, on, reason })
}

fn an_override(reader: &mut Reader, value: &Value, path: &Path, stages: &[Stage]) -> Option<Override> {
    let fields = reader.fields(value, path, OVERRIDE)?;
    let id = id(reader, fields, path)?;
    let when = reader.needed(fields, "when", path);
    let when = when.and_then(|value| condition::read(reader, value, &path.field("when")));
    let stage = optional(reader, fields, "stage", path, |reader, value, path| {
        let found = reader.text(value, path)?;
        let place = stages.iter().position(|stage| stage.id == found);
        if place.is_none() {
            let known: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
            reader.unknown(Code::UnknownReference, path, "stage", &found, &known);
        }
        place
    });
    let grade = optional(reader, fields, "grade", path, Reader::text);
    if !fields.has("stage") && !fields.has("grade") {
        reader.error(Code::MissingField, path, "expected field `stage` or `grade`");
    }
    let reason = reader.needed(fields, "reason", path);
    let reason = reason.and_then(|value| text(reader, value, &path.field("reason")));
    Some(Override { id, when, stage, grade, reason })
}

fn route(reader: &mut Reader, value: &Value, path: &Path) -> Option<Route> {
    let fields = reader.fields(value, path, ROUTE)?;
    Some(Route {
        id: id(reader, fields, path)?,
        when: optional(reader, fields, "when", path, condition::read),
        queue: optional(reader, fields, "queue", path, Reader::text),
        owner: optional(reader, fields, "owner", path, Reader::text),
        action: optional(reader, fields, "action", path, Reader::text),
        text: optional(reader, fields, "text", path, text),
    })
}

fn test(reader: &mut Reader, value: &Value, path: &Path) -> Option<Test> {
    let fields = reader.fields(value, path, TEST)?;
    let name = optional(reader, fields, "name", path, Reader::text).unwrap_or_default();
    let expect = reader.needed(fields, "expect", path);
    let expect = expect.and_then(|value| reader.entries(value, &path.field("expect")).map(|_| value.clone()));
    Some(Test { name, lead: value.clone(), expect: expect? })
}
