//! From JSON to a condition, noting every problem on the way.

use super::Condition;
use super::test::{Listed, Relation, Scalar, Shape, Test};
use super::text::{Fold, Glob};
use crate::error::{Code, Path, Severity, short};
use crate::limits::{CONDITION_DEPTH, GLOB_BYTES, LISTED_VALUES, OPERATORS};
use crate::read::Reader;
use crate::value::Value;

/// What combines conditions.
const COMBINING: &[&str] = &["$and", "$or", "$nor", "$not"];

/// What is asked of an attribute.
const OPERATORS_OF_ATTRIBUTES: &[&str] = &[
    "$eq",
    "$ne",
    "$gt",
    "$gte",
    "$lt",
    "$lte",
    "$in",
    "$nin",
    "$exists",
    "$all",
    "$size",
    "$elemMatch",
    "$contains",
    "$startsWith",
    "$endsWith",
    "$glob",
    "$not",
    "$fold",
];

const FOLDS: &[(&str, Fold)] = &[("case", Fold::Case), ("accents", Fold::Accents), ("all", Fold::All)];

/// Reads a condition; of one with errors, which the reader has noted, as much as can be read.
pub(crate) fn read(reader: &mut Reader, value: &Value, path: &Path) -> Option<Condition> {
    condition(reader, value, path, CONDITION_DEPTH)
}

fn condition(reader: &mut Reader, value: &Value, path: &Path, depth: usize) -> Option<Condition> {
    let entries = reader.entries(value, path)?;
    let depth = deeper(reader, path, depth)?;
    let mut parts = Vec::new();
    for (key, operand) in entries {
        let path = path.field(key);
        let part = match key.as_str() {
            "$and" => all_of(reader, operand, &path, depth).map(Condition::All),
            "$or" => all_of(reader, operand, &path, depth).map(Condition::Any),
            "$nor" => all_of(reader, operand, &path, depth).map(|parts| negated(Condition::Any(parts))),
            "$not" => condition(reader, operand, &path, depth).map(negated),
            operator if operator.starts_with('$') => {
                let known = OPERATORS_OF_ATTRIBUTES.contains(&operator);
                let what = if known { "operator outside an attribute" } else { "operator" };
                reader.unknown(Code::UnknownOperator, &path, what, operator, COMBINING);
                None
            }
            attribute => ask(reader, attribute, operand, &path, depth),
        };
        parts.extend(part);
    }
    Some(one_or_all(parts))
}

fn all_of(reader: &mut Reader, value: &Value, path: &Path, depth: usize) -> Option<Vec<Condition>> {
    let items = reader.list(value, path)?;
    if items.is_empty() {
        reader.error(Code::InvalidValue, path, format_args!("expected at least one condition, found an empty list"));
    }
    let mut parts = Vec::new();
    for (place, item) in items.iter().enumerate() {
        parts.extend(condition(reader, item, &path.item(place), depth));
    }
    Some(parts)
}

/// What is asked of one attribute: operators, or a value that it must equal.
fn ask(reader: &mut Reader, attribute: &str, operand: &Value, path: &Path, depth: usize) -> Option<Condition> {
    if attribute.split('.').any(str::is_empty) {
        let message = format_args!("expected a dotted path, found `{}`", short(attribute));
        reader.error(Code::InvalidValue, path, message);
        return None;
    }
    match operand {
        Value::Object(_) => operators(reader, attribute, operand, path, depth),
        plain => operator(reader, attribute, "$eq", plain, Fold::Nothing, path, depth),
    }
}

/// The operators that are asked of an attribute together.
fn operators(reader: &mut Reader, attribute: &str, asked: &Value, path: &Path, depth: usize) -> Option<Condition> {
    let entries = reader.entries(asked, path)?;
    let depth = deeper(reader, path, depth)?;
    let mut fold = Fold::Nothing;
    if let Some(operand) = asked.get("$fold") {
        fold = reader.choice(operand, &path.field("$fold"), "folding", FOLDS).unwrap_or_default();
    }
    let mut parts = Vec::new();
    let mut none = true;
    for (name, operand) in entries {
        if name != "$fold" {
            none = false;
            parts.extend(operator(reader, attribute, name, operand, fold, &path.field(name), depth));
        }
    }
    if none {
        reader.error(Code::InvalidValue, path, format_args!("expected at least one operator, found none"));
    }
    Some(one_or_all(parts))
}

fn operator(
    reader: &mut Reader,
    attribute: &str,
    name: &str,
    operand: &Value,
    fold: Fold,
    path: &Path,
    depth: usize,
) -> Option<Condition> {
    reader.operators += 1;
    if reader.operators > OPERATORS {
        if reader.operators == OPERATORS + 1 {
            reader.error(Code::TooLarge, path, format_args!("expected at most {OPERATORS} operators in all"));
        }
        return None;
    }
    let test = match name {
        "$eq" | "$ne" => equal(reader, operand, fold, path)?,
        "$in" | "$nin" => Test::OneOf(Listed::new(scalars(reader, operand, path)?, fold), fold),
        "$gt" => Test::Compare(Relation::Above, ordered(reader, operand, fold, path)?, fold),
        "$gte" => Test::Compare(Relation::From, ordered(reader, operand, fold, path)?, fold),
        "$lt" => Test::Compare(Relation::Below, ordered(reader, operand, fold, path)?, fold),
        "$lte" => Test::Compare(Relation::UpTo, ordered(reader, operand, fold, path)?, fold),
        "$exists" => match reader.boolean(operand, path)? {
            true => Test::Exists,
            false => return Some(negated(asked(attribute, Test::Exists))),
        },
        "$all" => {
            let mut parts = Vec::new();
            for wanted in scalars(reader, operand, path)? {
                parts.push(asked(attribute, Test::OneOf(Listed::new(vec![wanted], fold), fold)));
            }
            if !parts.is_empty() {
                return Some(Condition::All(parts));
            }
            Test::OneOf(Listed::default(), fold) // as MongoDB: an empty `$all` is never met
        }
        "$size" => Test::Size(reader.whole(operand, path, 0, u32::MAX)? as usize),
        "$elemMatch" => Test::Element(Box::new(element(reader, operand, path, depth)?)),
        "$contains" => shapes(reader, operand, fold, path, Shape::Contains)?,
        "$startsWith" => shapes(reader, operand, fold, path, Shape::Start)?,
        "$endsWith" => shapes(reader, operand, fold, path, Shape::End)?,
        "$glob" if too_many_globs(reader, operand, path) => return None,
        "$glob" => shapes(reader, operand, fold, path, |pattern| Shape::Glob(Glob::new(&pattern)))?,
        "$not" => return operators(reader, attribute, operand, path, depth).map(negated),
        unknown => {
            reader.unknown(Code::UnknownOperator, path, "operator", unknown, OPERATORS_OF_ATTRIBUTES);
            return None;
        }
    };
    let condition = asked(attribute, test);
    Some(if matches!(name, "$ne" | "$nin") { negated(condition) } else { condition })
}

fn asked(attribute: &str, test: Test) -> Condition {
    Condition::Ask { path: attribute.to_owned(), test }
}

/// Inside `$elemMatch`: operators on the element itself, or a condition on its fields.
fn element(reader: &mut Reader, operand: &Value, path: &Path, depth: usize) -> Option<Condition> {
    match asks_the_value_itself(operand) {
        true => operators(reader, "", operand, path, depth),
        false => condition(reader, operand, path, depth),
    }
}

/// `$not` stands in both kinds: what it negates decides.
fn asks_the_value_itself(asked: &Value) -> bool {
    let Value::Object(entries) = asked else { return false };
    entries.iter().any(|(name, operand)| match name.as_str() {
        "$not" => asks_the_value_itself(operand),
        name => OPERATORS_OF_ATTRIBUTES.contains(&name),
    })
}

fn scalar(reader: &mut Reader, value: &Value, path: &Path) -> Option<Scalar> {
    let scalar = Scalar::of(value);
    if scalar.is_none() {
        let message = format_args!("expected a number, a text or a boolean, found {value}");
        let suggestion = (*value == Value::Null).then_some("{\"$exists\": false}");
        reader.note(Severity::Error, Code::WrongType, path, message, suggestion);
    }
    scalar
}

fn scalars(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<Scalar>> {
    let items = reader.list(value, path)?;
    if items.len() > LISTED_VALUES {
        let message = format_args!("expected at most {LISTED_VALUES} values, found {}", items.len());
        reader.error(Code::TooLarge, path, message);
        return None;
    }
    let mut all = Vec::new();
    for (place, item) in items.iter().enumerate() {
        all.extend(scalar(reader, item, &path.item(place)));
    }
    Some(all)
}

/// One value, or a list of them.
fn one_or_several(reader: &mut Reader, operand: &Value, path: &Path) -> Option<Vec<Scalar>> {
    match operand {
        Value::List(_) => scalars(reader, operand, path),
        one => Some(vec![scalar(reader, one, path)?]),
    }
}

fn equal(reader: &mut Reader, operand: &Value, fold: Fold, path: &Path) -> Option<Test> {
    let listed = one_or_several(reader, operand, path)?;
    let whole = matches!(operand, Value::List(_));
    Some(if whole { Test::Whole(listed) } else { Test::OneOf(Listed::new(listed, fold), fold) })
}

fn ordered(reader: &mut Reader, operand: &Value, fold: Fold, path: &Path) -> Option<Scalar> {
    match scalar(reader, operand, path)? {
        Scalar::Boolean(_) => {
            reader.wrong_type(path, "a number or a text", operand);
            None
        }
        Scalar::Text(text) => Some(Scalar::Text(fold.apply(&text))),
        number => Some(number),
    }
}

fn shapes(reader: &mut Reader, operand: &Value, fold: Fold, path: &Path, shape: fn(String) -> Shape) -> Option<Test> {
    let mut shapes = Vec::new();
    for part in one_or_several(reader, operand, path)? {
        match part {
            Scalar::Text(text) => shapes.push(shape(fold.apply(&text))),
            other => reader.wrong_type(path, "a text", &other.to_value()),
        }
    }
    Some(Test::Text(shapes, fold))
}

/// Counts the patterns of a `$glob`, and says so once they are too much.
fn too_many_globs(reader: &mut Reader, operand: &Value, path: &Path) -> bool {
    let patterns = if let Value::List(items) = operand { items } else { core::slice::from_ref(operand) };
    let before = reader.globs;
    for pattern in patterns {
        if let Value::Text(text) = pattern {
            reader.globs += text.len();
        }
    }
    if before <= GLOB_BYTES && reader.globs > GLOB_BYTES {
        reader.error(Code::TooLarge, path, format_args!("expected patterns of at most {GLOB_BYTES} bytes in all"));
    }
    reader.globs > GLOB_BYTES
}

fn deeper(reader: &mut Reader, path: &Path, depth: usize) -> Option<usize> {
    if depth == 0 {
        reader.error(Code::TooDeep, path, format_args!("expected at most {CONDITION_DEPTH} levels in a condition"));
    }
    depth.checked_sub(1)
}

fn negated(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

fn one_or_all(mut parts: Vec<Condition>) -> Condition {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            Condition::All(parts)
        }
    }
}
