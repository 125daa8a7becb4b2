//! The questions that can be asked of one attribute, and their answers.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::text::{Fold, Glob, contains};
use super::{Condition, Truth};
#[cfg(feature = "full")]
use crate::order::sort;
use crate::value::Value;

/// A value that operators compare with.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Scalar {
    /// A number; for dates, milliseconds.
    Number(f64),
    /// A text.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
}

impl Default for Scalar {
    fn default() -> Scalar {
        Scalar::Boolean(false)
    }
}

impl Scalar {
    /// The scalar that a value is, if it is one.
    #[cfg(feature = "full")]
    pub(crate) fn of(value: &Value) -> Option<Scalar> {
        match value {
            Value::Number(number) => Some(Scalar::Number(*number)),
            Value::Text(text) => Some(Scalar::Text(text.clone())),
            Value::Boolean(answer) => Some(Scalar::Boolean(*answer)),
            _ => None,
        }
    }

    pub(crate) fn to_value(&self) -> Value {
        match self {
            Scalar::Number(number) => Value::Number(*number),
            Scalar::Text(text) => Value::Text(text.clone()),
            Scalar::Boolean(answer) => Value::Boolean(*answer),
        }
    }
}

/// The four orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// `$gt`
    #[default]
    Above,
    /// `$gte`
    From,
    /// `$lt`
    Below,
    /// `$lte`
    UpTo,
}

impl Relation {
    fn holds<T: PartialOrd>(self, found: &T, bound: &T) -> bool {
        match self {
            Relation::Above => found > bound,
            Relation::From => found >= bound,
            Relation::Below => found < bound,
            Relation::UpTo => found <= bound,
        }
    }
}

/// What a text is looked at for.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// `$contains`
    Contains(String),
    /// `$startsWith`
    Start(String),
    /// `$endsWith`
    End(String),
    /// `$glob`
    Glob(Glob),
}

impl Default for Shape {
    fn default() -> Shape {
        Shape::Start(String::new())
    }
}

impl Shape {
    fn holds(&self, text: &str) -> bool {
        match self {
            Shape::Contains(part) => contains(text, part),
            Shape::Start(part) => text.starts_with(part.as_str()),
            Shape::End(part) => text.ends_with(part.as_str()),
            Shape::Glob(glob) => glob.matches(text),
        }
    }
}

/// The values an operator lists, by type and sorted, so that finding one among thousands stays quick.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    pub(crate) numbers: Vec<f64>,
    pub(crate) texts: Vec<String>,
    pub(crate) booleans: Vec<bool>,
}

impl Listed {
    #[cfg(feature = "full")]
    pub(crate) fn new(values: impl IntoIterator<Item = Scalar>, fold: Fold) -> Listed {
        let mut listed = Listed::default();
        for value in values {
            match value {
                Scalar::Number(number) => listed.numbers.push(number),
                Scalar::Text(text) => listed.texts.push(fold.apply(&text)),
                Scalar::Boolean(answer) => listed.booleans.push(answer),
            }
        }
        sort(&mut listed.numbers, f64::total_cmp);
        sort(&mut listed.texts, String::cmp);
        listed
    }

    fn has_number(&self, number: f64) -> bool {
        self.numbers.binary_search_by(|listed| listed.total_cmp(&number)).is_ok()
    }

    fn has_text(&self, text: &str) -> bool {
        self.texts.binary_search_by(|listed| listed.as_str().cmp(text)).is_ok()
    }

    /// All of them, numbers first.
    #[cfg(feature = "full")]
    pub(crate) fn scalars(&self) -> impl Iterator<Item = Scalar> + '_ {
        let numbers = self.numbers.iter().map(|number| Scalar::Number(*number));
        let texts = self.texts.iter().map(|text| Scalar::Text(text.clone()));
        numbers.chain(texts).chain(self.booleans.iter().map(|answer| Scalar::Boolean(*answer)))
    }
}

/// One question about one attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Test {
    /// Is it known? The only question that unknown answers.
    #[default]
    Exists,
    /// Is it one of these? (`$eq` lists one.)
    OneOf(Listed, Fold),
    /// Is it above, from, below, up to this?
    Compare(Relation, Scalar, Fold),
    /// Is it a text of one of these shapes?
    Text(Vec<Shape>, Fold),
    /// Is it a list of this length?
    Size(usize),
    /// Is it exactly this list?
    Whole(Vec<Scalar>),
    /// Is it a list with an element that meets this?
    Element(Box<Condition>),
}

impl Test {
    /// The answer for the known values found at the attribute's path; over a list it holds when it does for one element.
    pub(crate) fn ask(&self, found: &[&Value]) -> Truth {
        match (self, found) {
            (Test::Exists, _) => Truth::from(!found.is_empty()),
            (_, []) => Truth::Unknown,
            (Test::Element(condition), _) => {
                let lists = found.iter().filter_map(|value| match value {
                    Value::List(items) => Some(items),
                    _ => None,
                });
                Truth::any(lists.flatten().map(|item| condition.truth(item)))
            }
            (Test::Size(size), _) => Truth::from(found.iter().any(|v| matches!(v, Value::List(l) if l.len() == *size))),
            (Test::Whole(list), _) => Truth::from(found.iter().any(|value| is_list(value, list))),
            _ => Truth::from(found.iter().any(|value| self.holds_somewhere(value))),
        }
    }

    /// Adds the numbers at which its answer may change.
    pub(crate) fn cuts(&self, cuts: &mut Vec<f64>) {
        match self {
            Test::Compare(_, Scalar::Number(bound), _) => cuts.push(*bound),
            Test::OneOf(listed, _) => cuts.extend_from_slice(&listed.numbers),
            _ => {}
        }
    }

    fn holds_somewhere(&self, value: &Value) -> bool {
        match value {
            Value::List(items) => items.iter().any(|item| self.holds(item)),
            other => self.holds(other),
        }
    }

    /// Whether it holds for one plain value; values of different types never compare.
    fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Test::OneOf(listed, _), Value::Number(number)) => listed.has_number(*number),
            (Test::OneOf(listed, Fold::Nothing), Value::Text(text)) => listed.has_text(text),
            (Test::OneOf(listed, fold), Value::Text(text)) => listed.has_text(&fold.apply(text)),
            (Test::OneOf(listed, _), Value::Boolean(answer)) => listed.booleans.contains(answer),
            (Test::Compare(relation, Scalar::Number(bound), _), Value::Number(number)) => relation.holds(number, bound),
            (Test::Compare(relation, Scalar::Text(bound), fold), Value::Text(text)) => {
                relation.holds(&fold.apply(text), bound)
            }
            (Test::Text(shapes, Fold::Nothing), Value::Text(text)) => shapes.iter().any(|shape| shape.holds(text)),
            (Test::Text(shapes, fold), Value::Text(text)) => {
                let text = fold.apply(text);
                shapes.iter().any(|shape| shape.holds(&text))
            }
            _ => false,
        }
    }
}

/// Whether a value is that list, or a list with it as an element.
fn is_list(value: &Value, list: &[Scalar]) -> bool {
    let Value::List(items) = value else {
        return false;
    };
    let same = items.len() == list.len() && items.iter().zip(list).all(|(item, wanted)| *item == wanted.to_value());
    same || items.iter().any(|item| matches!(item, Value::List(_)) && is_list(item, list))
}
