//! The values that leads and models are written in: JSON, with every number a 64-bit float.
//!
//! Not `serde_json::Value`: there `1` and `1.0` differ, and a repeated key goes unnoticed.

use core::cell::Cell;
use core::fmt;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::error::{Code, Error};
use crate::limits::JSON_DEPTH;

/// A JSON value. Objects keep the order in which they were written.
///
/// ```
/// use leadscore::Value;
/// let facts = Value::parse(r#"{"company": {"employees": 45}}"#)?;
/// assert_eq!(facts.get("company").and_then(|c| c.get("employees")), Some(&Value::Number(45.0)));
/// # Ok::<(), leadscore::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`: unknown.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A finite number, never `-0`.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// An object; each key once.
    Object(Vec<(String, Value)>),
}

/// What happens to an object that names a key twice.
#[derive(Clone, Copy)]
enum Repeated {
    /// The last one counts, as in JavaScript.
    LastCounts,
    /// It is an error, as it can only be a mistake.
    IsError,
}

impl Value {
    /// Reads JSON text; of a repeated key the last counts, as in JavaScript.
    ///
    /// # Errors
    /// `invalid-json` with line and column.
    pub fn parse(text: &str) -> Result<Value, Error> {
        parse(text, Repeated::LastCounts)
    }

    /// Reads JSON text in which no key is repeated.
    pub(crate) fn parse_strict(text: &str) -> Result<Value, Error> {
        parse(text, Repeated::IsError)
    }

    /// The value of an object's key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Object(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// What this value is called in messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Boolean(_) => "boolean",
            Value::Number(_) => "number",
            Value::Text(_) => "text",
            Value::List(_) => "list",
            Value::Object(_) => "object",
        }
    }

    /// Every known value that a path leads to, through every object of the lists on its way.
    pub(crate) fn reach<'v>(&'v self, path: &[String], found: &mut Vec<&'v Value>) {
        let Some((key, rest)) = path.split_first() else {
            if !matches!(self, Value::Null) {
                found.push(self);
            }
            return;
        };
        match self {
            Value::Object(_) => {
                if let Some(next) = self.get(key) {
                    next.reach(rest, found);
                }
            }
            Value::List(items) => {
                for item in items {
                    if matches!(item, Value::Object(_)) {
                        item.reach(path, found);
                    }
                }
                if let Some(next) = key.parse::<usize>().ok().and_then(|index| items.get(index)) {
                    next.reach(rest, found);
                }
            }
            _ => {}
        }
    }
}

/// A value as it stands in a message: texts in backticks, long ones cut.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => write!(f, "`{}`", crate::error::short(text)),
            Value::Number(number) => write!(f, "`{number}`"),
            Value::Boolean(answer) => write!(f, "`{answer}`"),
            other => f.write_str(other.kind()),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(answer) => serializer.serialize_bool(*answer),
            Value::Number(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Object(entries) => serializer.collect_map(entries.iter().map(|(k, v)| (k, v))),
        }
    }
}

fn parse(text: &str, repeated: Repeated) -> Result<Value, Error> {
    let code = Cell::new(Code::InvalidJson);
    let seed = Seed { repeated, depth: 0, code: &code };
    let mut json = serde_json::Deserializer::from_str(text);
    let parsed = seed.deserialize(&mut json).and_then(|value| json.end().map(|()| value));
    parsed.map_err(|cause| Error::new(code.get(), "", cause.to_string()))
}

/// Builds a value while serde_json reads; knows how deep it is.
#[derive(Clone, Copy)]
struct Seed<'c> {
    repeated: Repeated,
    depth: usize,
    code: &'c Cell<Code>,
}

impl Seed<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth < JSON_DEPTH {
            return Ok(Seed { depth: self.depth + 1, ..self });
        }
        self.code.set(Code::TooDeep);
        Err(E::custom(format_args!("expected at most {JSON_DEPTH} levels of nesting")))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, answer: bool) -> Result<Value, E> {
        Ok(Value::Boolean(answer))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number + 0.0)) // `-0.0 + 0.0` is `0.0`
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut entries: Vec<(String, Value)> = Vec::new();
        let mut places = std::collections::BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value_seed(inner)?;
            match places.get(&key).and_then(|&place: &usize| entries.get_mut(place)) {
                None => {
                    places.insert(key.clone(), entries.len());
                    entries.push((key, value));
                }
                Some(first) => match self.repeated {
                    Repeated::LastCounts => first.1 = value,
                    Repeated::IsError => {
                        self.code.set(Code::DuplicateKey);
                        let key = crate::error::short(&key);
                        return Err(A::Error::custom(format_args!("expected each key once, found `{key}` twice")));
                    }
                },
            }
        }
        Ok(Value::Object(entries))
    }
}
