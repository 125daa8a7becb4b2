//! What JSON is made of: white space, marks, words, texts and numbers.

use alloc::string::String;

use super::{Expected, Fault, Scan};
use crate::decimal;
use crate::limits::JSON_DEPTH;

/// A text: where it stands, and whether there are escapes in it.
pub(super) struct Quoted {
    pub start: usize,
    pub end: usize,
    pub escaped: bool,
}

impl Scan<'_> {
    pub(super) fn fail<T>(&self, expected: Expected) -> Result<T, Fault> {
        Err((self.at, expected))
    }

    /// The byte here; 0, which JSON never has outside texts, at the end.
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is no white space.
    pub(super) fn peek(&mut self) -> u8 {
        loop {
            match self.byte() {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Passes a byte that must come next.
    pub(super) fn pass(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() != byte {
            return self.fail(Expected::Json);
        }
        self.at += 1;
        Ok(())
    }

    /// Goes on after an item of a list or an object: whether there is another.
    pub(super) fn another(&mut self, end: u8) -> Result<bool, Fault> {
        match self.peek() {
            b',' => {
                self.at += 1;
                Ok(true)
            }
            byte if byte == end => {
                self.at += 1;
                Ok(false)
            }
            _ => self.fail(Expected::Json),
        }
    }

    /// Enters a list or an object: whether there is anything in it.
    pub(super) fn enter(&mut self, end: u8) -> Result<bool, Fault> {
        self.at += 1;
        if self.depth == JSON_DEPTH {
            return self.fail(Expected::Shallow);
        }
        if self.peek() == end {
            self.at += 1;
            return Ok(false);
        }
        Ok(true)
    }

    /// `true`, `false` or `null`, as the row that it is for every slot.
    pub(super) fn word(&mut self) -> Result<i32, Fault> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        for (row, word) in [(0, "null"), (1, "false"), (2, "true")] {
            if rest.starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(row);
            }
        }
        self.fail(Expected::Json)
    }

    /// A text in quotes.
    pub(super) fn quoted(&mut self) -> Result<Quoted, Fault> {
        self.pass(b'"')?;
        let bytes = self.text.as_bytes();
        let (start, mut at, mut escaped) = (self.at, self.at, false);
        loop {
            at += plain(bytes.get(at..).unwrap_or_default());
            match bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(Quoted { start, end: at, escaped });
                }
                Some(b'\\') => {
                    escaped = true;
                    at += 2;
                }
                _ => {
                    self.at = at;
                    return self.fail(Expected::Json);
                }
            }
        }
    }

    /// Writes out the escapes of a text.
    pub(super) fn unescape(&mut self, quoted: &Quoted, to: &mut String) -> Result<(), Fault> {
        let text = self.text;
        let after = core::mem::replace(&mut self.at, quoted.start);
        to.clear();
        while self.at < quoted.end {
            let rest = text.get(self.at..quoted.end).unwrap_or_default();
            let plain = rest.bytes().take_while(|byte| *byte != b'\\').count();
            to.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            if self.at < quoted.end {
                self.at += 1;
                let letter = self.escape()?;
                to.push(letter);
            }
        }
        self.at = after;
        Ok(())
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let letter = match self.byte() {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            plain @ (b'"' | b'\\' | b'/') => char::from(plain),
            b'u' => return self.unicode(),
            _ => return self.fail(Expected::Json),
        };
        self.at += 1;
        Ok(letter)
    }

    /// `u` and four digits, and for the first half of a pair the second half too.
    fn unicode(&mut self) -> Result<char, Fault> {
        let start = self.at;
        let mut code = self.unit()?;
        if (0xd800..0xdc00).contains(&code) && self.byte() == b'\\' {
            self.at += 1;
            let low = if self.byte() == b'u' { self.unit()? } else { 0 };
            if (0xdc00..0xe000).contains(&low) {
                code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            }
        }
        char::from_u32(code).ok_or((start - 1, Expected::WholeCharacter))
    }

    fn unit(&mut self) -> Result<u32, Fault> {
        let mut unit = 0;
        for _ in 0..4 {
            self.at += 1;
            match char::from(self.byte()).to_digit(16) {
                Some(digit) => unit = unit * 16 + digit,
                None => return self.fail(Expected::Json),
            }
        }
        self.at += 1;
        Ok(unit)
    }

    /// A number: digits in the usual way where that is exact.
    pub(super) fn number(&mut self) -> Result<f64, Fault> {
        let start = self.at;
        let negative = self.byte() == b'-';
        self.at += usize::from(negative);
        let first = self.at;
        let mut whole: u64 = 0;
        self.digits(&mut whole)?;
        let digits = self.at - first;
        if digits > 1 && self.text.as_bytes().get(first) == Some(&b'0') {
            self.at = first + 1;
            return self.fail(Expected::Json);
        }
        let mut places = 0;
        if self.byte() == b'.' {
            self.at += 1;
            let point = self.at;
            self.digits(&mut whole)?;
            places = self.at - point;
        }
        let power = matches!(self.byte(), b'e' | b'E');
        if power {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits(&mut 0)?;
        }
        if !power && digits + places <= 15 {
            const POWERS: [f64; 16] =
                [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
            let number = whole as f64 / POWERS.get(places).copied().unwrap_or(1.0);
            return Ok(if negative && number != 0.0 { -number } else { number });
        }
        decimal::number(self.text.get(start..self.at).unwrap_or_default()).ok_or((start, Expected::Finite))
    }

    pub(super) fn digits(&mut self, number: &mut u64) -> Result<(), Fault> {
        let start = self.at;
        for byte in self.text.as_bytes().get(start..).unwrap_or_default() {
            if !byte.is_ascii_digit() {
                break;
            }
            *number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            self.at += 1;
        }
        if self.at == start { self.fail(Expected::Json) } else { Ok(()) }
    }
}

/// How many bytes stand before a quote, a backslash or a control character; eight are looked at in one go.
pub(super) fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    // The high bit of each byte that is 0, and perhaps of some after it.
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let mut at = 0;
    while let Some(word) = bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map(u64::from_le_bytes) {
        let quote = zero(word ^ (ONES * u64::from(b'"')));
        let slash = zero(word ^ (ONES * u64::from(b'\\')));
        let control = word.wrapping_sub(ONES * u64::from(b' ')) & !word;
        let found = (quote | slash | control) & (ONES << 7);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..b' ')).count()
}
