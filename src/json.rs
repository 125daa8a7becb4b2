//! From JSON text to values (RFC 8259).
//!
//! Our own reader, as it is part of what a browser downloads: a fifth of the size of serde_json with its exact numbers, and
//! it knows of nesting limits, of repeated keys, and where it is.

use core::fmt::Arguments;
use std::collections::BTreeMap;

use crate::decimal;
use crate::error::{Code, Error, short};
use crate::limits::JSON_DEPTH;
use crate::value::Value;

/// What happens to an object that names a key twice.
#[derive(Clone, Copy, PartialEq)]
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
}

/// Reads one JSON value and nothing after it.
fn parse(text: &str, repeated: Repeated) -> Result<Value, Error> {
    let mut reader = Json { text, at: 0, depth: 0, repeated };
    let value = reader.value()?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.expected("the end of the text")),
    }
}

struct Json<'t> {
    text: &'t str,
    /// The byte that comes next.
    at: usize,
    depth: usize,
    repeated: Repeated,
}

impl Json<'_> {
    /// An error at this place.
    fn error(&self, code: Code, message: Arguments) -> Error {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let (mut line, mut column) = (1_usize, 1_usize);
        for letter in before.chars() {
            column += 1;
            if letter == '\n' {
                line += 1;
                column = 1;
            }
        }
        Error::new(code, "", format!("{message} at line {line} column {column}"))
    }

    fn expected(&self, what: &str) -> Error {
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(letter) if letter.is_control() => self.unlike(what, format_args!("a control character")),
            Some(letter) => self.unlike(what, format_args!("`{letter}`")),
            None => self.unlike(what, format_args!("the end of the text")),
        }
    }

    fn unlike(&self, what: &str, found: Arguments) -> Error {
        self.error(Code::InvalidJson, format_args!("expected {what}, found {found}"))
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
        self.byte()
    }

    /// Passes a byte if it comes next.
    fn pass(&mut self, byte: u8) -> bool {
        let passes = self.peek() == Some(byte);
        self.at += usize::from(passes);
        passes
    }

    fn value(&mut self) -> Result<Value, Error> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => self.text().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                let words = [("null", Value::Null), ("true", Value::Boolean(true)), ("false", Value::Boolean(false))];
                for (word, value) in words {
                    if self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                Err(self.expected("a value"))
            }
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Error>) -> Result<Value, Error> {
        if self.depth == JSON_DEPTH {
            return Err(self.error(Code::TooDeep, format_args!("expected at most {JSON_DEPTH} levels of nesting")));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Result<Value, Error> {
        let mut items = Vec::new();
        if self.pass(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.pass(b']') {
                return Ok(Value::List(items));
            }
            if !self.pass(b',') {
                return Err(self.expected("`,` or `]`"));
            }
        }
    }

    fn object(&mut self) -> Result<Value, Error> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        if self.pass(b'}') {
            return Ok(Value::Object(entries));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.expected("a key in quotes"));
            }
            let key = self.text()?;
            let before = places.insert(key.clone(), entries.len());
            if before.is_some() && self.repeated == Repeated::IsError {
                let message = format_args!("expected each key once, found `{}` twice", short(&key));
                return Err(self.error(Code::DuplicateKey, message));
            }
            if !self.pass(b':') {
                return Err(self.expected("`:`"));
            }
            let value = self.value()?;
            match before.and_then(|place| entries.get_mut(place)) {
                Some(first) => {
                    first.1 = value;
                    places.extend(before.map(|place| (key, place)));
                }
                None => entries.push((key, value)),
            }
            if self.pass(b'}') {
                return Ok(Value::Object(entries));
            }
            if !self.pass(b',') {
                return Err(self.expected("`,` or `}`"));
            }
        }
    }

    /// A text in quotes.
    fn text(&mut self) -> Result<String, Error> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while self.byte().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                _ => return Err(self.expected("a text that ends in `\"`, its control characters escaped")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        let letter = match self.byte() {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'u') => return self.unicode(),
            _ => return Err(self.expected("an escape such as `\\n` or `\\u00e9`")),
        };
        self.at += 1;
        Ok(letter)
    }

    /// `u` and four digits, and for the first half of a pair the second half too.
    fn unicode(&mut self) -> Result<char, Error> {
        let mut code = self.unit()?;
        if (0xd800..0xdc00).contains(&code) && self.byte() == Some(b'\\') {
            self.at += 1;
            let low = if self.byte() == Some(b'u') { self.unit()? } else { 0 };
            if (0xdc00..0xe000).contains(&low) {
                code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            }
        }
        match char::from_u32(code) {
            Some(letter) => Ok(letter),
            None => Err(self.unlike("a character", format_args!("half of a surrogate pair"))),
        }
    }

    fn unit(&mut self) -> Result<u32, Error> {
        let mut unit = 0;
        for place in self.at + 1..self.at + 5 {
            let digit = self.text.as_bytes().get(place).and_then(|digit| char::from(*digit).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.expected("`u` and four hexadecimal digits"));
            };
            unit = unit * 16 + digit;
        }
        self.at += 5;
        Ok(unit)
    }

    fn digits(&mut self) -> Result<(), Error> {
        if !self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.expected("a digit"));
        }
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Value, Error> {
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        let leading_zero = self.byte() == Some(b'0');
        self.digits()?;
        let digits = self.text.get(start..self.at).unwrap_or_default().trim_start_matches('-');
        if leading_zero && digits.len() > 1 {
            return Err(self.expected("no digit after a leading zero"));
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        match decimal::number(self.text.get(start..self.at).unwrap_or_default()) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(self.unlike("a number up to `1.8e308`", format_args!("a larger one"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, String> {
        parse(text, Repeated::LastCounts).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn texts_are_unescaped() {
        for (json, expected) in [
            (r#""""#, ""),
            (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#""\u00e9\u20AC\ud83d\ude00é€😀""#, "é€😀é€😀"),
        ] {
            assert_eq!(read(json), Ok(Value::Text(expected.to_owned())));
        }
    }

    #[test]
    fn what_is_not_json_is_an_error_with_its_place() {
        for (json, expected) in [
            ("", "expected a value, found the end of the text at line 1 column 1"),
            ("[1,\n é]", "expected a value, found `é` at line 2 column 2"),
            ("[1 2]", "expected `,` or `]`, found `2` at line 1 column 4"),
            ("[1,]", "expected a value, found `]` at line 1 column 4"),
            ("{\"a\" 1}", "expected `:`, found `1` at line 1 column 6"),
            ("{a: 1}", "expected a key in quotes, found `a` at line 1 column 2"),
            ("{\"a\": 1,}", "expected a key in quotes, found `}` at line 1 column 9"),
            ("01", "expected no digit after a leading zero, found the end of the text at line 1 column 3"),
            ("-", "expected a digit, found the end of the text at line 1 column 2"),
            ("1.", "expected a digit, found the end of the text at line 1 column 3"),
            (".5", "expected a value, found `.` at line 1 column 1"),
            ("1e", "expected a digit, found the end of the text at line 1 column 3"),
            ("1e400", "expected a number up to `1.8e308`, found a larger one at line 1 column 6"),
            ("NaN", "expected a value, found `N` at line 1 column 1"),
            ("true false", "expected the end of the text, found `f` at line 1 column 6"),
            ("\"\\ud800\"", "expected a character, found half of a surrogate pair at line 1 column 8"),
            ("\"\\ud800\\u0041\"", "expected a character, found half of a surrogate pair at line 1 column 14"),
            ("\"\\x\"", "expected an escape such as `\\n` or `\\u00e9`, found `x` at line 1 column 3"),
            ("\"\\u00g0\"", "expected `u` and four hexadecimal digits, found `u` at line 1 column 3"),
            (
                "\"a\nb\"",
                "expected a text that ends in `\"`, its control characters escaped, found a control character at line 1 column 3",
            ),
            ("\u{feff}{}", "expected a value, found `\u{feff}` at line 1 column 1"),
        ] {
            assert_eq!(read(json), Err(expected.to_owned()), "{json}");
        }
    }

    #[test]
    fn of_a_repeated_key_the_last_counts_unless_it_is_an_error() {
        let text = r#"{"a": 1, "b": 2, "a": 3, "a": 4}"#;
        let expected = vec![("a".to_owned(), Value::Number(4.0)), ("b".to_owned(), Value::Number(2.0))];
        assert_eq!(read(text), Ok(Value::Object(expected)));
        let error = parse(text, Repeated::IsError).unwrap_err();
        assert_eq!(
            (error.code(), error.message()),
            (Code::DuplicateKey, "expected each key once, found `a` twice at line 1 column 21")
        );
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(JSON_DEPTH)).is_ok());
        assert_eq!(parse(&nested(JSON_DEPTH + 1), Repeated::LastCounts).unwrap_err().code(), Code::TooDeep);
    }
}
