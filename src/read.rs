//! Strict reading of JSON objects: everything wrong is noted with its place, and reading goes on.
//!
//! Knows nothing of models or conditions; those rooms say which fields they have.

use crate::error::{Code, Issue, Path, Severity, likely, short};
use crate::limits::{ISSUES, NUMBER};
use crate::value::{Value, written};

/// Collects the issues of one document.
#[derive(Default)]
pub(crate) struct Reader {
    issues: Vec<Issue>,
    /// Operators read so far, for the limit on all of them.
    pub operators: usize,
    /// Bytes of glob patterns read so far, likewise.
    pub globs: usize,
}

/// The entries of an object whose field names were checked.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'v>(&'v [(String, Value)]);

impl<'v> Fields<'v> {
    /// A field's value; `null` is the same as leaving it out.
    pub fn get(self, name: &str) -> Option<&'v Value> {
        self.0.iter().find(|(key, value)| key == name && *value != Value::Null).map(|(_, value)| value)
    }

    pub fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

impl Reader {
    pub fn into_issues(self) -> Vec<Issue> {
        self.issues
    }

    /// Whether as many issues were noted as are listed.
    pub fn is_full(&self) -> bool {
        self.issues.len() >= ISSUES
    }

    pub fn has_errors(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }

    pub fn error(&mut self, code: Code, path: &Path, message: impl Into<String>) {
        self.note(Severity::Error, code, path, message.into(), None);
    }

    pub fn warn(&mut self, code: Code, path: &Path, message: impl Into<String>) {
        self.note(Severity::Warning, code, path, message.into(), None);
    }

    pub fn note(&mut self, severity: Severity, code: Code, path: &Path, message: String, suggestion: Option<String>) {
        if !self.is_full() {
            self.issues.push(Issue { severity, code, path: path.to_string(), message, suggestion });
        }
    }

    /// `found` is not among `known`: an error that names the likely one.
    pub fn unknown(&mut self, code: Code, path: &Path, what: &str, found: &str, known: &[&str]) {
        if self.is_full() {
            return;
        }
        let known: Vec<&str> = known.iter().copied().filter(|name| !name.is_empty() && !name.ends_with('.')).collect();
        let suggestion = likely(found, known.iter().copied()).map(str::to_owned);
        let found = short(found);
        let message = match (&suggestion, known.as_slice()) {
            (Some(name), _) => format!("unknown {what} `{found}`, expected `{name}`"),
            (None, []) => format!("unknown {what} `{found}`, expected none"),
            (None, names) if names.len() <= 24 => {
                format!("unknown {what} `{found}`, expected one of `{}`", names.join("`, `"))
            }
            (None, _) => format!("unknown {what} `{found}`"),
        };
        self.note(Severity::Error, code, path, message, suggestion);
    }

    pub fn wrong_type(&mut self, path: &Path, expected: &str, found: &Value) {
        self.error(Code::WrongType, path, format!("expected {expected}, found {found}"));
    }

    /// An object that has no fields but those `known`.
    pub fn fields<'v>(&mut self, value: &'v Value, path: &Path, known: &[&str]) -> Option<Fields<'v>> {
        let entries = self.entries(value, path)?;
        for (name, _) in entries.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            self.unknown(Code::UnknownField, &path.field(name), "field", name, known);
        }
        Some(Fields(entries))
    }

    /// An object with any keys.
    pub fn entries<'v>(&mut self, value: &'v Value, path: &Path) -> Option<&'v [(String, Value)]> {
        match value {
            Value::Object(entries) => Some(entries),
            other => {
                self.wrong_type(path, "an object", other);
                None
            }
        }
    }

    pub fn list<'v>(&mut self, value: &'v Value, path: &Path) -> Option<&'v [Value]> {
        match value {
            Value::List(items) => Some(items),
            other => {
                self.wrong_type(path, "a list", other);
                None
            }
        }
    }

    pub fn needed<'v>(&mut self, fields: Fields<'v>, name: &str, path: &Path) -> Option<&'v Value> {
        let found = fields.get(name);
        if found.is_none() {
            self.error(Code::MissingField, path, format!("expected field `{name}`"));
        }
        found
    }

    pub fn text(&mut self, value: &Value, path: &Path) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.clone()),
            other => {
                self.wrong_type(path, "a text", other);
                None
            }
        }
    }

    /// A number small enough that no sum or product of such numbers is infinite.
    pub fn number(&mut self, value: &Value, path: &Path) -> Option<f64> {
        match value {
            Value::Number(number) if number.abs() <= NUMBER => Some(*number),
            Value::Number(number) => {
                let message = format!(
                    "expected a number from `-{most}` to `{most}`, found `{number}`",
                    most = written(NUMBER),
                    number = written(*number)
                );
                self.error(Code::InvalidValue, path, message);
                None
            }
            other => {
                self.wrong_type(path, "a number", other);
                None
            }
        }
    }

    /// A number from `low` to `high`.
    pub fn number_within(&mut self, value: &Value, path: &Path, low: f64, high: f64) -> Option<f64> {
        let number = self.number(value, path)?;
        if (low..=high).contains(&number) {
            return Some(number);
        }
        let expected = match high == NUMBER {
            true => format!("expected a number from {low}", low = written(low)),
            false => format!("expected a number from {low} to {high}", low = written(low), high = written(high)),
        };
        self.error(Code::InvalidValue, path, format!("{expected}, found `{number}`", number = written(number)));
        None
    }

    pub fn whole(&mut self, value: &Value, path: &Path, low: u32, high: u32) -> Option<u32> {
        let number = self.number_within(value, path, f64::from(low), f64::from(high))?;
        if number != libm::floor(number) {
            self.error(
                Code::InvalidValue,
                path,
                format!("expected a whole number, found `{number}`", number = written(number)),
            );
            return None;
        }
        Some(number as u32)
    }

    pub fn boolean(&mut self, value: &Value, path: &Path) -> Option<bool> {
        match value {
            Value::Boolean(answer) => Some(*answer),
            other => {
                self.wrong_type(path, "`true` or `false`", other);
                None
            }
        }
    }

    /// One of a few names, each with what it stands for.
    pub fn choice<T: Copy>(&mut self, value: &Value, path: &Path, what: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(value, path)?;
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice);
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.unknown(Code::InvalidValue, path, what, &text, &names);
        }
        chosen
    }
}
