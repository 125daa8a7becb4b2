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

/// Reads a condition; `None` when there was an error, which the reader has noted.
pub(crate) fn read(reader: &mut Reader, value: &Value, path: &Path) -> Option<Condition> {
    condition(reader, value, path, CONDITION_DEPTH)
}

fn condition(reader: &mut Reader, value: &Value, path: &Path, depth: usize) -> Option<Condition> {
    let entries = reader.entries(value, path)?;
    let depth = deeper(reader, path, depth)?;
    let mut parts = Some(Vec::new());
    for (key, operand) in entries {
        let path = path.field(key);
        let part = match key.as_str() {
            "$and" => all_of(reader, operand, &path, depth).map(Condition::All),
            "$or" => all_of(reader, operand, &path, depth).map(Condition::Any),
            "$nor" => all_of(reader, operand, &path, depth).map(|parts| negated(Condition::Any(parts))),
            "$not" => condition(reader, operand, &path, depth).map(negated),
            operator if operator.starts_with('$') => {
                let what = if OPERATORS_OF_ATTRIBUTES.contains(&operator) {
                    "operator outside an attribute"
                } else {
                    "operator"
                };
                reader.unknown(Code::UnknownOperator, &path, what, operator, COMBINING);
                None
            }
            attribute => ask(reader, attribute, operand, &path, depth),
        };
        collect(&mut parts, part);
    }
    parts.map(one_or_all)
}

fn all_of(reader: &mut Reader, value: &Value, path: &Path, depth: usize) -> Option<Vec<Condition>> {
    let items = reader.list(value, path)?;
    if items.is_empty() {
        reader.error(Code::InvalidValue, path, "expected at least one condition, found an empty list");
        return None;
    }
    let mut parts = Some(Vec::new());
    for (index, item) in items.iter().enumerate() {
        let part = condition(reader, item, &path.item(index), depth);
        collect(&mut parts, part);
    }
    parts
}

/// What is asked of one attribute: operators, or a value that it must equal.
fn ask(reader: &mut Reader, attribute: &str, operand: &Value, path: &Path, depth: usize) -> Option<Condition> {
    if attribute.split('.').any(str::is_empty) {
        let found = short(attribute);
        reader.error(Code::InvalidValue, path, format!("expected a dotted path, found `{found}`"));
        return None;
    }
    match operand {
        Value::Object(entries) => operators(reader, attribute, entries, path, depth),
        plain => operator(reader, attribute, "$eq", plain, Fold::Nothing, path, depth),
    }
}

fn operators(
    reader: &mut Reader,
    attribute: &str,
    entries: &[(String, Value)],
    path: &Path,
    depth: usize,
) -> Option<Condition> {
    let depth = deeper(reader, path, depth)?;
    let fold = match entries.iter().find(|(name, _)| name == "$fold") {
        None => Some(Fold::Nothing),
        Some((name, operand)) => {
            let choices = [("case", Fold::Case), ("accents", Fold::Accents), ("all", Fold::All)];
            reader.choice(operand, &path.field(name), "folding", &choices)
        }
    };
    let mut parts = Some(Vec::new());
    for (name, operand) in entries.iter().filter(|(name, _)| name != "$fold") {
        let path = path.field(name);
        let part = operator(reader, attribute, name, operand, fold.unwrap_or_default(), &path, depth);
        collect(&mut parts, part);
    }
    if parts.as_ref().is_some_and(Vec::is_empty) {
        reader.error(Code::InvalidValue, path, "expected at least one operator, found none");
        return None;
    }
    fold.and(parts).map(one_or_all)
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
            reader.error(Code::TooLarge, path, format!("expected at most {OPERATORS} operators in all"));
        }
        return None;
    }
    let ask = |test| Condition::Ask { path: attribute.to_owned(), test };
    let compare =
        |reader: &mut Reader, relation| Some(ask(Test::Compare(relation, ordered(reader, operand, fold, path)?, fold)));
    Some(match name {
        "$eq" => ask(equal(reader, operand, fold, path)?),
        "$ne" => negated(ask(equal(reader, operand, fold, path)?)),
        "$in" => ask(one_of(reader, operand, fold, path)?),
        "$nin" => negated(ask(one_of(reader, operand, fold, path)?)),
        "$gt" => compare(reader, Relation::Above)?,
        "$gte" => compare(reader, Relation::From)?,
        "$lt" => compare(reader, Relation::Below)?,
        "$lte" => compare(reader, Relation::UpTo)?,
        "$exists" => match reader.boolean(operand, path)? {
            true => ask(Test::Exists),
            false => negated(ask(Test::Exists)),
        },
        "$all" => {
            let wanted = scalars(reader, operand, path)?;
            if wanted.is_empty() {
                return Some(ask(Test::OneOf(Listed::default(), fold))); // as MongoDB: an empty `$all` is never met
            }
            Condition::All(wanted.into_iter().map(|one| ask(Test::OneOf(Listed::new([one], fold), fold))).collect())
        }
        "$size" => ask(Test::Size(reader.whole(operand, path, 0, u32::MAX)? as usize)),
        "$elemMatch" => ask(Test::Element(Box::new(element(reader, operand, path, depth)?))),
        "$contains" => ask(shapes(reader, operand, fold, path, Shape::Contains)?),
        "$startsWith" => ask(shapes(reader, operand, fold, path, Shape::Start)?),
        "$endsWith" => ask(shapes(reader, operand, fold, path, Shape::End)?),
        "$glob" if too_many_globs(reader, operand, path) => return None,
        "$glob" => ask(shapes(reader, operand, fold, path, |pattern| Shape::Glob(Glob::new(&pattern)))?),
        "$not" => {
            let entries = reader.entries(operand, path)?;
            negated(operators(reader, attribute, entries, path, depth)?)
        }
        unknown => {
            reader.unknown(Code::UnknownOperator, path, "operator", unknown, OPERATORS_OF_ATTRIBUTES);
            return None;
        }
    })
}

/// Inside `$elemMatch`: operators on the element itself, or a condition on its fields.
fn element(reader: &mut Reader, operand: &Value, path: &Path, depth: usize) -> Option<Condition> {
    let entries = reader.entries(operand, path)?;
    if asks_the_value_itself(entries) {
        return operators(reader, "", entries, path, depth);
    }
    condition(reader, operand, path, depth)
}

/// `$not` stands in both kinds: what it negates decides.
fn asks_the_value_itself(entries: &[(String, Value)]) -> bool {
    entries.iter().any(|(name, operand)| match (name.as_str(), operand) {
        ("$not", Value::Object(negated)) => asks_the_value_itself(negated),
        (name, _) => OPERATORS_OF_ATTRIBUTES.contains(&name) && !COMBINING.contains(&name),
    })
}

fn scalar(reader: &mut Reader, value: &Value, path: &Path) -> Option<Scalar> {
    let scalar = Scalar::of(value);
    if scalar.is_none() {
        let message = format!("expected a number, a text or a boolean, found {value}");
        let suggestion = (*value == Value::Null).then(|| "{\"$exists\": false}".to_owned());
        reader.note(Severity::Error, Code::WrongType, path, message, suggestion);
    }
    scalar
}

fn scalars(reader: &mut Reader, value: &Value, path: &Path) -> Option<Vec<Scalar>> {
    let items = reader.list(value, path)?;
    if items.len() > LISTED_VALUES {
        reader.error(Code::TooLarge, path, format!("expected at most {LISTED_VALUES} values, found {}", items.len()));
        return None;
    }
    let mut all = Some(Vec::new());
    for (index, item) in items.iter().enumerate() {
        let one = scalar(reader, item, &path.item(index));
        collect(&mut all, one);
    }
    all
}

fn equal(reader: &mut Reader, operand: &Value, fold: Fold, path: &Path) -> Option<Test> {
    if matches!(operand, Value::List(_)) {
        return scalars(reader, operand, path).map(Test::Whole);
    }
    Some(Test::OneOf(Listed::new([scalar(reader, operand, path)?], fold), fold))
}

fn one_of(reader: &mut Reader, operand: &Value, fold: Fold, path: &Path) -> Option<Test> {
    Some(Test::OneOf(Listed::new(scalars(reader, operand, path)?, fold), fold))
}

fn ordered(reader: &mut Reader, operand: &Value, fold: Fold, path: &Path) -> Option<Scalar> {
    match scalar(reader, operand, path)? {
        Scalar::Boolean(answer) => {
            reader.error(Code::WrongType, path, format!("expected a number or a text, found `{answer}`"));
            None
        }
        Scalar::Text(text) => Some(Scalar::Text(fold.apply(&text))),
        number => Some(number),
    }
}

fn shapes(reader: &mut Reader, operand: &Value, fold: Fold, path: &Path, shape: fn(String) -> Shape) -> Option<Test> {
    let listed = match operand {
        Value::List(_) => scalars(reader, operand, path)?,
        one => vec![scalar(reader, one, path)?],
    };
    let mut shapes = Some(Vec::new());
    for part in &listed {
        let one = match part {
            Scalar::Text(text) => Some(shape(fold.apply(text))),
            other => {
                reader.wrong_type(path, "a text", &other.to_value());
                None
            }
        };
        collect(&mut shapes, one);
    }
    shapes.map(|shapes| Test::Text(shapes, fold))
}

/// Counts the patterns of a `$glob`, and says so once they are too much.
fn too_many_globs(reader: &mut Reader, operand: &Value, path: &Path) -> bool {
    let length = |value: &Value| if let Value::Text(text) = value { text.len() } else { 0 };
    let before = reader.globs;
    reader.globs += if let Value::List(items) = operand { items.iter().map(length).sum() } else { length(operand) };
    if before <= GLOB_BYTES && reader.globs > GLOB_BYTES {
        reader.error(Code::TooLarge, path, format!("expected patterns of at most {GLOB_BYTES} bytes in all"));
    }
    reader.globs > GLOB_BYTES
}

fn deeper(reader: &mut Reader, path: &Path, depth: usize) -> Option<usize> {
    if depth == 0 {
        reader.error(Code::TooDeep, path, format!("expected at most {CONDITION_DEPTH} levels in a condition"));
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

/// Adds a part, or remembers that one of them could not be read.
fn collect<T>(parts: &mut Option<Vec<T>>, part: Option<T>) {
    match (parts.as_mut(), part) {
        (Some(all), Some(part)) => all.push(part),
        _ => *parts = None,
    }
}
