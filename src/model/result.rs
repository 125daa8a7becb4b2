//! From JSON to what stands on the result: grade, stages, flags, overrides, routes; and the model's tests.

use super::fields::{id, text, texts, unique};
use super::rules::event_types;
use super::{Axis, Cells, Flag, Grade, Label, Model, Override, Route, Stage, Test};
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
pub fn read(fields: &mut Fields, model: &mut Model) {
    model.grade = grade(fields, model);
    model.stages = fields.each("stages", stage);
    model.exclusions = fields.each("exclusions", flag);
    model.disqualifiers = fields.each("disqualifiers", flag);
    let stages: Vec<&str> = model.stages.iter().map(|stage| stage.id.as_str()).collect();
    model.overrides = fields.each("overrides", |reader, value, path| an_override(reader, value, path, &stages));
    model.routes = fields.each("routes", route);
    model.tests = fields.each("tests", test);
}

fn grade(fields: &mut Fields, model: &Model) -> Option<Grade> {
    let path = fields.path.field("grade");
    let mut fields = fields.reader.fields(fields.get("grade")?, &path, GRADE)?;
    match (fields.get("ladder"), fields.get("matrix")) {
        (Some(value), None) => ladder(fields.reader, value, &path.field("ladder"), model),
        (None, Some(value)) => matrix(fields.reader, value, &path.field("matrix"), model),
        (None, None) => {
            fields.error(Code::MissingField, format_args!("expected field `ladder` or `matrix`"));
            None
        }
        _ => {
            fields.error(Code::ConflictingFields, format_args!("expected either `ladder` or `matrix`, found both"));
            None
        }
    }
}

fn ladder(reader: &mut Reader, value: &Value, path: &Path, model: &Model) -> Option<Grade> {
    let mut fields = reader.fields(value, path, LADDER)?;
    let letters = fields.needed("letters", texts);
    let start = fields.needed("start", Reader::text);
    fields.expect("dimension");
    let dimension = fields.reference("dimension", "dimension", &dimensions(model))?;
    let (letters, _) = (letters?, start?);
    let names: Vec<&str> = letters.iter().map(String::as_str).collect();
    unique(fields.reader, &path.field("letters"), &names);
    let start = fields.reference("start", "letter", &names)?;
    Some(Grade::Ladder { letters, start, dimension })
}

fn matrix(reader: &mut Reader, value: &Value, path: &Path, model: &Model) -> Option<Grade> {
    let mut fields = reader.fields(value, path, MATRIX)?;
    let (rows, columns) = (axis(&mut fields, "rows", model), axis(&mut fields, "columns", model));
    let (rows, columns) = (rows?, columns?);
    let path = path.field("cells");
    let cells = fields
        .get("cells")
        .and_then(|value| cells(fields.reader, value, &path, &labels(model, rows), &labels(model, columns)));
    Some(Grade::Matrix { rows, columns, cells })
}

/// A side of a matrix: a dimension with labels, or the total.
fn axis(fields: &mut Fields, side: &str, model: &Model) -> Option<Axis> {
    let mut names = dimensions(model);
    names.push("total");
    fields.expect(side);
    let place = fields.reference(side, "dimension", &names)?;
    let axis = if place < model.dimensions.len() { Axis::Dimension(place) } else { Axis::Total };
    if labels(model, axis).is_empty()
        && let Some(found) = fields.get(side)
    {
        let message = format_args!("expected a dimension with labels, found {found}");
        fields.error_in(side, Code::UnknownReference, message);
    }
    Some(axis)
}

fn dimensions(model: &Model) -> Vec<&str> {
    model.dimensions.iter().map(|dimension| dimension.id.as_str()).collect()
}

fn labels(model: &Model, axis: Axis) -> Vec<&str> {
    let labels: &[Label] = match axis {
        Axis::Total => &model.total.labels,
        Axis::Dimension(place) => model.dimensions.get(place).map_or(&[], |dimension| &dimension.labels),
    };
    labels.iter().map(|label| label.id.as_str()).collect()
}

fn cells(reader: &mut Reader, value: &Value, path: &Path, rows: &[&str], columns: &[&str]) -> Option<Cells> {
    let mut cells = Vec::new();
    for (row, value) in labelled(reader, value, path, rows)? {
        let path = path.field(row);
        let mut grades = Vec::new();
        for (column, grade) in labelled(reader, value, &path, columns)? {
            if let Some(grade) = reader.text(grade, &path.field(column)) {
                grades.push((column.clone(), grade));
            }
        }
        cells.push((row.clone(), grades));
    }
    Some(cells)
}

/// An object with one field for each of these labels.
fn labelled<'v>(reader: &mut Reader, value: &'v Value, path: &Path, labels: &[&str]) -> Option<&'v [(String, Value)]> {
    let entries = reader.entries(value, path)?;
    for (name, _) in entries {
        if !labels.contains(&name.as_str()) {
            reader.unknown(Code::UnknownReference, &path.field(name), "label", name, labels);
        }
    }
    for label in labels {
        if value.get(label).is_none() {
            reader.error(Code::MissingField, path, format_args!("expected a cell for label `{label}`"));
        }
    }
    Some(entries)
}

fn stage(reader: &mut Reader, value: &Value, path: &Path) -> Option<Stage> {
    let mut fields = reader.fields(value, path, STAGE)?;
    let id = id(&mut fields)?;
    fields.optional("label", text);
    let when = fields.optional("when", condition::read);
    let keep = fields.optional("keep", condition::read);
    if fields.has("keep") && !fields.has("when") {
        fields.error_in("keep", Code::ConflictingFields, format_args!("expected no `keep` without `when`"));
    }
    Some(Stage { id, when, keep })
}

fn flag(reader: &mut Reader, value: &Value, path: &Path) -> Option<Flag> {
    let mut fields = reader.fields(value, path, FLAG)?;
    let id = id(&mut fields)?;
    let when = fields.optional("when", condition::read);
    let on = fields.optional("on", event_types).unwrap_or_default();
    if !fields.has("when") && !fields.has("on") {
        fields.error(Code::MissingField, format_args!("expected field `when` or `on`"));
    }
    let reason = fields.optional("reason", text);
    Some(Flag { id, when, on, reason })
}

fn an_override(reader: &mut Reader, value: &Value, path: &Path, stages: &[&str]) -> Option<Override> {
    let mut fields = reader.fields(value, path, OVERRIDE)?;
    let id = id(&mut fields)?;
    let when = fields.needed("when", condition::read);
    let stage = fields.reference("stage", "stage", stages);
    let grade = fields.optional("grade", Reader::text);
    if !fields.has("stage") && !fields.has("grade") {
        fields.error(Code::MissingField, format_args!("expected field `stage` or `grade`"));
    }
    let reason = fields.needed("reason", text);
    Some(Override { id, when, stage, grade, reason })
}

fn route(reader: &mut Reader, value: &Value, path: &Path) -> Option<Route> {
    let mut fields = reader.fields(value, path, ROUTE)?;
    Some(Route {
        id: id(&mut fields)?,
        when: fields.optional("when", condition::read),
        queue: fields.optional("queue", Reader::text),
        owner: fields.optional("owner", Reader::text),
        action: fields.optional("action", Reader::text),
        text: fields.optional("text", text),
    })
}

fn test(reader: &mut Reader, value: &Value, path: &Path) -> Option<Test> {
    let mut fields = reader.fields(value, path, TEST)?;
    let name = fields.optional("name", Reader::text).unwrap_or_default();
    let expect = fields.needed("expect", |reader, value, path| reader.entries(value, path).map(|_| value.clone()));
    Some(Test { name, lead: value.clone(), expect: expect? })
}
