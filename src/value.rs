//! The values that leads and models are written in: JSON, with every number a 64-bit float.
//!
//! Not `serde_json::Value`: there `1` and `1.0` differ.

use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "full")]
use core::fmt;

#[cfg(feature = "full")]
use serde::Serialize;

#[cfg(feature = "full")]
use crate::error::short;
use crate::limits::FACT_TEXT_BYTES;

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

/// The declared type of an attribute or property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Number,
    Integer,
    Text,
    Boolean,
    Date,
    List,
}

impl Type {
    pub const NAMES: &[(&str, Type)] = &[
        ("number", Type::Number),
        ("integer", Type::Integer),
        ("text", Type::Text),
        ("boolean", Type::Boolean),
        ("date", Type::Date),
        ("list", Type::List),
    ];

    pub fn name(self) -> &'static str {
        Type::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

impl Value {
    /// The value of an object's key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Object(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// What this value is called in messages.
    #[cfg(feature = "full")]
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

impl Value {
    /// The length of the first text in it that is too long to be compared.
    pub(crate) fn too_long(&self) -> Option<usize> {
        match self {
            Value::Text(text) => Some(text.len()).filter(|length| *length > FACT_TEXT_BYTES),
            Value::List(items) => items.iter().find_map(Value::too_long),
            Value::Object(entries) => entries.iter().find_map(|(_, entry)| entry.too_long()),
            _ => None,
        }
    }
}

#[cfg(feature = "full")]
/// A value as it stands in a message: in backticks, texts in quotes too, long ones cut.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => write!(f, "`\"{}\"`", short(text)),
            Value::Number(number) => write!(f, "`{}`", written(*number)),
            Value::Boolean(answer) => write!(f, "`{answer}`"),
            other => f.write_str(other.kind()),
        }
    }
}

#[cfg(feature = "full")]
/// A number for a message.
pub(crate) fn written(number: f64) -> Written {
    Written(number)
}

#[cfg(feature = "full")]
/// A number with up to six decimals, and if it is very large with its power of ten.
///
/// The standard way writes every digit, and is larger than all the rest of this room.
pub(crate) struct Written(f64);

#[cfg(feature = "full")]
impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, mut size) = (if self.0 < 0.0 { "-" } else { "" }, self.0.abs());
        let mut power = 0_usize;
        while size >= 1e15 && power < 400 {
            size /= 10.0;
            power += 1;
        }
        let scaled = libm::round(size * 1e6) as u64;
        let (whole, mut fraction, mut digits) = (scaled / 1_000_000, scaled % 1_000_000, 6);
        write!(f, "{sign}{whole}")?;
        if fraction > 0 {
            while fraction % 10 == 0 {
                fraction /= 10;
                digits -= 1;
            }
            write!(f, ".{fraction:0digits$}")?;
        }
        if power > 0 {
            write!(f, "e{power}")?;
        }
        Ok(())
    }
}

#[cfg(feature = "full")]
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
