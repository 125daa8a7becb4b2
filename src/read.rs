//! Strict reading of JSON objects: everything wrong is noted with its place, and reading goes on.
//!
//! Knows nothing of models or conditions; those rooms say which fields they have. A way of reading is a plain function, so
//! that each type is read by one piece of code, whoever asks for it.

use core::fmt::Arguments;

use crate::error::{Code, Issue, Path, Severity, likely, short};
use crate::limits::{ISSUES, NUMBER};
use crate::value::{Value, written};

/// Reads a value at a place; `None` when it is not what was expected, which the reader has noted.
pub(crate) type Read<T> = fn(&mut Reader, &Value, &Path) -> Option<T>;

/// Collects the issues of one document.
#[derive(Default)]
pub(crate) struct Reader {
    issues: Vec<Issue>,
    /// Operators read so far, for the limit on all of them.
    pub operators: usize,
    /// Bytes of glob patterns read so far, likewise.
    pub globs: usize,
}

impl Reader {
    pub fn into_issues(self) -> Vec<Issue> {
        self.issues
    }

    pub fn has_errors(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }

    pub fn error(&mut self, code: Code, path: &Path, message: Arguments) {
        self.note(Severity::Error, code, path, message, None);
    }

    pub fn warn(&mut self, code: Code, path: &Path, message: Arguments) {
        self.note(Severity::Warning, code, path, message, None);
    }

    pub fn note(&mut self, severity: Severity, code: Code, path: &Path, message: Arguments, suggestion: Option<&str>) {
        if !self.is_full() {
            let (path, message, suggestion) = (path.to_string(), message.to_string(), suggestion.map(str::to_owned));
            self.issues.push(Issue { severity, code, path, message, suggestion });
        }
    }

    /// Whether as many issues were noted as are listed.
    pub fn is_full(&self) -> bool {
        self.issues.len() >= ISSUES
    }

    /// A doubt about `found`, with the likely one among `known`, if any.
    pub fn doubt(&mut self, code: Code, path: &Path, message: Arguments, found: &str, known: &[&str]) {
        if self.is_full() {
            return;
        }
        match likely(found, known) {
            Some(name) => {
                self.note(Severity::Warning, code, path, format_args!("{message}, expected `{name}`"), Some(name));
            }
            None => self.warn(code, path, message),
        }
    }

    /// `found` is not among `known`: an error that names the likely one.
    pub fn unknown(&mut self, code: Code, path: &Path, what: &str, found: &str, known: &[&str]) {
        if self.is_full() {
            return;
        }
        let mut known = known.to_vec();
        known.retain(|name| !name.is_empty() && !name.ends_with('.'));
        let suggestion = likely(found, &known);
        let mut expected = String::new();
        if let Some(name) = suggestion {
            expected = format!(", expected `{name}`");
        } else if known.is_empty() {
            expected.push_str(", expected none");
        } else if known.len() <= 24 {
            for name in known {
                expected.push_str(if expected.is_empty() { ", expected one of `" } else { "`, `" });
                expected.push_str(name);
            }
            expected.push('`');
        }
        let message = format_args!("unknown {what} `{}`{expected}", short(found));
        self.note(Severity::Error, code, path, message, suggestion);
    }

    pub fn wrong_type(&mut self, path: &Path, expected: &str, found: &Value) {
        self.error(Code::WrongType, path, format_args!("expected {expected}, found {found}"));
    }

    pub fn invalid(&mut self, path: &Path, expected: &str, found: &Value) {
        self.error(Code::InvalidValue, path, format_args!("expected {expected}, found {found}"));
    }

    /// An object that has no fields but those `known`.
    pub fn fields<'f>(&'f mut self, value: &'f Value, path: &'f Path<'f>, known: &[&str]) -> Option<Fields<'f>> {
        let entries = self.entries(value, path)?;
        for (name, _) in entries {
            if !known.contains(&name.as_str()) {
                self.unknown(Code::UnknownField, &path.field(name), "field", name, known);
            }
        }
        Some(Fields { reader: self, path, entries })
    }

    /// An object with any keys.
    pub fn entries<'v>(&mut self, value: &'v Value, path: &Path) -> Option<&'v [(String, Value)]> {
        if let Value::Object(entries) = value {
            return Some(entries);
        }
        self.wrong_type(path, "an object", value);
        None
    }

    pub fn list<'v>(&mut self, value: &'v Value, path: &Path) -> Option<&'v [Value]> {
        if let Value::List(items) = value {
            return Some(items);
        }
        self.wrong_type(path, "a list", value);
        None
    }

    pub fn text(&mut self, value: &Value, path: &Path) -> Option<String> {
        if let Value::Text(text) = value {
            return Some(text.clone());
        }
        self.wrong_type(path, "a text", value);
        None
    }

    /// A number small enough that no sum or product of such numbers is infinite.
    pub fn number(&mut self, value: &Value, path: &Path) -> Option<f64> {
        let Value::Number(number) = value else {
            self.wrong_type(path, "a number", value);
            return None;
        };
        if number.abs() > NUMBER {
            let expected =
                format_args!("expected a number from `-{most}` to `{most}`, found {value}", most = written(NUMBER));
            self.error(Code::InvalidValue, path, expected);
            return None;
        }
        Some(*number)
    }

    /// A number from `low` to `high`.
    fn number_within(&mut self, value: &Value, path: &Path, low: f64, high: f64) -> Option<f64> {
        let number = self.number(value, path)?;
        if (low..=high).contains(&number) {
            return Some(number);
        }
        let (low, most) = (written(low), written(high));
        match high == NUMBER {
            true => self.error(Code::InvalidValue, path, format_args!("expected a number from {low}, found {value}")),
            false => self.error(
                Code::InvalidValue,
                path,
                format_args!("expected a number from {low} to {most}, found {value}"),
            ),
        }
        None
    }

    /// A number that is not below 0.
    pub fn size(&mut self, value: &Value, path: &Path) -> Option<f64> {
        self.number_within(value, path, 0.0, NUMBER)
    }

    pub fn whole(&mut self, value: &Value, path: &Path, low: u32, high: u32) -> Option<u32> {
        let number = self.number_within(value, path, f64::from(low), f64::from(high))?;
        if number != libm::floor(number) {
            self.invalid(path, "a whole number", value);
            return None;
        }
        Some(number as u32)
    }

    pub fn boolean(&mut self, value: &Value, path: &Path) -> Option<bool> {
        if let Value::Boolean(answer) = value {
            return Some(*answer);
        }
        self.wrong_type(path, "`true` or `false`", value);
        None
    }

    /// One of a few names, each with what it stands for.
    pub fn choice<T: Copy>(&mut self, value: &Value, path: &Path, what: &str, choices: &[(&str, T)]) -> Option<T> {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let place = self.place(Code::InvalidValue, value, path, what, &names)?;
        choices.get(place).map(|(_, choice)| *choice)
    }

    /// The place of a text among the names that it may be.
    pub fn place(&mut self, code: Code, value: &Value, path: &Path, what: &str, names: &[&str]) -> Option<usize> {
        let Value::Text(text) = value else {
            self.wrong_type(path, "a text", value);
            return None;
        };
        let place = names.iter().position(|name| name == text);
        if place.is_none() {
            self.unknown(code, path, what, text, names);
        }
        place
    }
}

/// The fields of an object that is being read, and who is told what is wrong with them.
pub(crate) struct Fields<'f> {
    pub reader: &'f mut Reader,
    pub path: &'f Path<'f>,
    entries: &'f [(String, Value)],
}

impl<'f> Fields<'f> {
    /// A field's value; `null` is the same as leaving it out.
    pub fn get(&self, name: &str) -> Option<&'f Value> {
        let (_, value) = self.entries.iter().find(|(key, _)| key == name)?;
        if matches!(value, Value::Null) { None } else { Some(value) }
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Reads a field where it is there.
    pub fn optional<T>(&mut self, name: &str, read: Read<T>) -> Option<T> {
        read(self.reader, self.get(name)?, &self.path.field(name))
    }

    /// Reads a field that must be there.
    pub fn needed<T>(&mut self, name: &str, read: Read<T>) -> Option<T> {
        self.expect(name);
        self.optional(name, read)
    }

    /// The place of what a field names, where it is there, among the `names` of all such things.
    pub fn reference(&mut self, name: &str, what: &str, names: &[&str]) -> Option<usize> {
        let value = self.get(name)?;
        self.reader.place(Code::UnknownReference, value, &self.path.field(name), what, names)
    }

    /// Notes it when a field is not there.
    pub fn expect(&mut self, name: &str) {
        if !self.has(name) {
            self.error(Code::MissingField, format_args!("expected field `{name}`"));
        }
    }

    /// Reads each element of a list where it is there; elements with errors are left out.
    pub fn each<T>(&mut self, name: &str, mut read: impl FnMut(&mut Reader, &Value, &Path) -> Option<T>) -> Vec<T> {
        let mut all = Vec::new();
        let Some(value) = self.get(name) else { return all };
        let path = self.path.field(name);
        for (place, item) in self.reader.list(value, &path).unwrap_or_default().iter().enumerate() {
            if let Some(one) = read(self.reader, item, &path.item(place)) {
                all.push(one);
            }
        }
        all
    }

    /// An error of the object.
    pub fn error(&mut self, code: Code, message: Arguments) {
        self.reader.error(code, self.path, message);
    }

    /// An error of one of its fields.
    pub fn error_in(&mut self, name: &str, code: Code, message: Arguments) {
        self.reader.error(code, &self.path.field(name), message);
    }
}
