//! Conditions: true, false or unknown, by walking the condition and the facts side by side.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::time::instant;

/// `None` is unknown.
pub type Answer = Option<bool>;

/// What a condition reads: an object, and which of its paths are declared as dates.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub object: &'a Value,
    pub is_date: &'a dyn Fn(&str) -> bool,
}

/// Whether the facts meet the condition.
pub fn holds(condition: &Value, facts: Facts) -> Answer {
    let parts = condition.as_object().expect("a condition is an object");
    all(parts.iter().map(|(key, operand)| match key.as_str() {
        "$and" => all(list(operand).iter().map(|part| holds(part, facts))),
        "$or" => any(list(operand).iter().map(|part| holds(part, facts))),
        "$nor" => not(any(list(operand).iter().map(|part| holds(part, facts)))),
        "$not" => not(holds(operand, facts)),
        path if (facts.is_date)(path) => {
            let found: Vec<Value> = read(facts.object, path).iter().map(as_instant).collect();
            meets(&found, &as_instants(operand))
        }
        path => meets(&read(facts.object, path), operand),
    }))
}

/// Every value at the path that is not null; a list of objects on the way is read through, each of them.
pub fn read(value: &Value, path: &str) -> Vec<Value> {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let follow = |next: &Value| match rest {
        Some(rest) => read(next, rest),
        None if next.is_null() => Vec::new(),
        None => vec![next.clone()],
    };
    match value {
        Value::Object(fields) => fields.get(key).map(follow).unwrap_or_default(),
        Value::Array(items) => {
            let through = items.iter().filter(|item| item.is_object()).flat_map(|item| read(item, path));
            let at_index = key.parse::<usize>().ok().and_then(|index| items.get(index)).map(follow);
            through.chain(at_index.unwrap_or_default()).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether what was found at a path meets all the operators (or is the plain value).
fn meets(found: &[Value], operators: &Value) -> Answer {
    let Some(operators) = operators.as_object() else {
        return (!found.is_empty()).then(|| one_of(found, |value| same(value, operators, Fold::default())));
    };
    let fold = Fold::of(operators.get("$fold"));
    let others = operators.iter().filter(|(operator, _)| *operator != "$fold");
    all(others.map(|(operator, operand)| match operator.as_str() {
        "$exists" => Some(operand.as_bool() == Some(!found.is_empty())),
        "$not" => not(meets(found, operand)),
        _ if found.is_empty() => None,
        "$elemMatch" => any(found.iter().flat_map(items).map(|item| element_meets(item, operand))),
        operator => Some(compare(found, operator, operand, fold)),
    }))
}

fn compare(found: &[Value], operator: &str, operand: &Value, fold: Fold) -> bool {
    let is = |wanted: &Value| one_of(found, |value| same(value, wanted, fold));
    let ordered = |accepted: &[Ordering]| {
        one_of(found, |value| order(value, operand, fold).is_some_and(|order| accepted.contains(&order)))
    };
    let text = |test: fn(&str, &str) -> bool| {
        let wanted = operand.as_array().cloned().unwrap_or_else(|| vec![operand.clone()]);
        let wanted: Vec<String> = wanted.iter().map(|text| fold.apply(text.as_str().expect("a text"))).collect();
        one_of(found, |value| {
            value.as_str().is_some_and(|text| wanted.iter().any(|wanted| test(&fold.apply(text), wanted)))
        })
    };
    match operator {
        "$eq" => is(operand),
        "$ne" => !is(operand),
        "$in" => list(operand).iter().any(is),
        "$nin" => !list(operand).iter().any(is),
        "$all" => !list(operand).is_empty() && list(operand).iter().all(is), // as MongoDB: an empty one is never met
        "$gt" => ordered(&[Ordering::Greater]),
        "$gte" => ordered(&[Ordering::Greater, Ordering::Equal]),
        "$lt" => ordered(&[Ordering::Less]),
        "$lte" => ordered(&[Ordering::Less, Ordering::Equal]),
        "$size" => found.iter().any(|value| value.as_array().is_some_and(|l| Some(l.len() as f64) == operand.as_f64())),
        "$contains" => text(|text, wanted| text.contains(wanted)),
        "$startsWith" => text(|text, wanted| text.starts_with(wanted)),
        "$endsWith" => text(|text, wanted| text.ends_with(wanted)),
        "$glob" => text(glob),
        unknown => panic!("`{unknown}` is no operator"),
    }
}

/// Whether one element of a list meets a condition on its fields, or operators on itself.
fn element_meets(element: &Value, operand: &Value) -> Answer {
    let fields = operand.as_object().expect("an object");
    let on_itself = fields.keys().any(|key| key.starts_with('$') && !["$and", "$or", "$nor"].contains(&key.as_str()));
    if on_itself {
        let found = if element.is_null() { vec![] } else { vec![element.clone()] };
        return meets(&found, operand);
    }
    holds(operand, Facts { object: element, is_date: &|_| false })
}

/// A value meets a test itself, or as a list by one of its elements.
fn one_of(found: &[Value], test: impl Fn(&Value) -> bool) -> bool {
    found.iter().any(|value| test(value) || items(value).iter().any(&test))
}

fn same(a: &Value, b: &Value, fold: Fold) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, Fold::default()))
        }
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Null, Value::Null) => true,
        _ => order(a, b, fold) == Some(Ordering::Equal),
    }
}

/// Only numbers and texts are ordered, each among themselves.
fn order(a: &Value, b: &Value, fold: Fold) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::String(a), Value::String(b)) => Some(fold.apply(a).cmp(&fold.apply(b))),
        _ => None,
    }
}

/// Follows the shape with every place in the text that it could have come to so far.
fn glob(text: &str, shape: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut shape = shape.chars();
    let mut places = BTreeSet::from([0]);
    while let Some(piece) = shape.next() {
        let literal = if piece == '\\' { shape.next().unwrap_or('\\') } else { piece };
        places = match piece {
            '*' => (places.first().copied().unwrap_or(usize::MAX)..=text.len()).collect(),
            '?' => places.iter().filter(|place| **place < text.len()).map(|place| place + 1).collect(),
            _ => places.iter().filter(|place| text.get(**place) == Some(&literal)).map(|place| place + 1).collect(),
        };
    }
    places.contains(&text.len())
}

/// A Latin letter without its one accent; nothing of a mark that follows its letter.
fn without_accent(letter: char) -> String {
    let parts: Vec<char> = std::iter::once(letter).nfd().collect();
    match parts[..] {
        [base, mark] if base.is_ascii_alphabetic() && is_combining_mark(mark) => base.to_string(),
        [mark] if is_combining_mark(mark) => String::new(),
        _ => letter.to_string(),
    }
}

/// Letters that are more than a base and a mark.
const JOINED: &[(char, &str)] = &[
    ('æ', "ae"),
    ('Æ', "AE"),
    ('œ', "oe"),
    ('Œ', "OE"),
    ('ß', "ss"),
    ('ø', "o"),
    ('Ø', "O"),
    ('ł', "l"),
    ('Ł', "L"),
    ('đ', "d"),
    ('Đ', "D"),
];

/// What `$fold` takes away from texts before they are compared.
#[derive(Clone, Copy, Default)]
struct Fold {
    case: bool,
    accents: bool,
}

impl Fold {
    fn of(option: Option<&Value>) -> Fold {
        let option = option.and_then(Value::as_str);
        Fold { case: matches!(option, Some("case" | "all")), accents: matches!(option, Some("accents" | "all")) }
    }

    fn apply(self, text: &str) -> String {
        let text = if self.case { text.to_lowercase() } else { text.to_owned() };
        if !self.accents {
            return text;
        }
        let bare: String = text.chars().map(without_accent).collect();
        JOINED.iter().fold(bare, |text, (letter, base)| text.replace(*letter, base))
    }
}

/// A fact declared as a date, as milliseconds; one that is no instant stays as it is.
fn as_instant(value: &Value) -> Value {
    match value {
        Value::String(_) => instant(value).map_or_else(|| value.clone(), Value::from),
        Value::Array(items) => items.iter().map(as_instant).collect(),
        _ => value.clone(),
    }
}

/// The same for what a condition compares it with, as deep as its operators go.
fn as_instants(operand: &Value) -> Value {
    match operand {
        Value::Object(operators) => operators.iter().map(|(operator, o)| (operator.clone(), as_instants(o))).collect(),
        other => as_instant(other),
    }
}

pub fn all(answers: impl IntoIterator<Item = Answer>) -> Answer {
    not(any(answers.into_iter().map(not)))
}

pub fn any(answers: impl IntoIterator<Item = Answer>) -> Answer {
    let answers: Vec<Answer> = answers.into_iter().collect();
    match () {
        () if answers.contains(&Some(true)) => Some(true),
        () if answers.contains(&None) => None,
        () => Some(false),
    }
}

pub fn not(answer: Answer) -> Answer {
    answer.map(|answer| !answer)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
