//! Leads as JSON bytes, read where they are: a scanner that goes straight to the slots (RFC 8259).
//!
//! What no slot asks for is passed over, though never unchecked. Of a repeated key the last counts, as in JavaScript.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::decimal;
use crate::intake::Intake;
use crate::limits::{FACT_TEXT_BYTES, JSON_DEPTH};
use crate::order::places;
use crate::program::{NONE, Sheet};
use crate::value::Value;

/// What was expected in place of what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Utf8 = 1,
    Json = 2,
    Finite = 3,
    WholeCharacter = 4,
    Shallow = 5,
    ShortText = 6,
    Object = 7,
}

/// A place in the bytes, and what was expected there.
pub type Fault = (usize, Expected);

/// Texts remembered for each slot, by their hash.
const REMEMBERED: usize = 128;
/// Longer texts hardly repeat.
const WORTH_REMEMBERING: usize = 64;

/// How to find the slots of a sheet in objects.
pub struct Scanner {
    /// A tree of keys; the first is the object itself.
    nodes: Vec<Node>,
    /// Texts seen before, and their rows.
    known: Vec<(String, i32)>,
    /// How many objects were begun, to tell keys of this one from those of others.
    objects: u32,
    /// For texts with escapes.
    unescaped: String,
}

#[derive(Default)]
struct Node {
    key: String,
    head: u64,
    slot: u32,
    children: Vec<usize>,
    /// The object in which it was seen last.
    seen: u32,
}

impl Scanner {
    pub fn new(sheet: &Sheet, slots: usize) -> Scanner {
        let mut nodes = vec![Node { slot: NONE, ..Node::default() }];
        for (slot, asked) in sheet.slots.iter().enumerate().take(slots) {
            let mut at = 0;
            for key in asked.path.split('.') {
                let children = nodes.get(at).map_or(&[][..], |node| &node.children);
                let known =
                    children.iter().copied().find(|child| nodes.get(*child).is_some_and(|node| node.key == key));
                let next = known.unwrap_or(nodes.len());
                if known.is_none() {
                    nodes.push(Node { key: key.to_owned(), head: head(key.as_bytes()), slot: NONE, ..Node::default() });
                    if let Some(node) = nodes.get_mut(at) {
                        node.children.push(next);
                    }
                }
                at = next;
            }
            if let Some(node) = nodes.get_mut(at) {
                node.slot = slot as u32;
            }
        }
        let known = vec![(String::new(), -1); slots * REMEMBERED];
        Scanner { nodes, known, objects: 0, unescaped: String::new() }
    }
}

/// Reads one object into the slots; `at` moves behind it.
pub fn lead(
    scanner: &mut Scanner,
    sheet: &Sheet,
    intake: &mut Intake,
    text: &str,
    at: &mut usize,
) -> Result<(), Fault> {
    intake.forget();
    scanner.objects = scanner.objects.wrapping_add(1);
    let mut scan = Scan { scanner, sheet, intake, text, at: *at, depth: 0 };
    let read = if scan.peek() == b'{' { scan.object(0) } else { Err((scan.at, Expected::Object)) };
    *at = scan.at;
    read
}

/// Where the next value begins, behind white space.
pub fn space(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count()
}

struct Scan<'s> {
    scanner: &'s mut Scanner,
    sheet: &'s Sheet,
    intake: &'s mut Intake,
    text: &'s str,
    at: usize,
    depth: usize,
}

/// A text: where it stands, and whether there are escapes in it.
struct Quoted {
    start: usize,
    end: usize,
    escaped: bool,
}

impl<'s> Scan<'s> {
    fn fail<T>(&self, expected: Expected) -> Result<T, Fault> {
        Err((self.at, expected))
    }

    /// The byte here; 0, which JSON never has outside texts, at the end.
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> u8 {
        loop {
            match self.byte() {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Passes a byte that must come next.
    fn pass(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() != byte {
            return self.fail(Expected::Json);
        }
        self.at += 1;
        Ok(())
    }

    /// Goes on after an item of a list or an object: whether there is another.
    fn another(&mut self, end: u8) -> Result<bool, Fault> {
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
    fn enter(&mut self, end: u8) -> Result<bool, Fault> {
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

    fn object(&mut self, node: usize) -> Result<(), Fault> {
        let mut more = self.enter(b'}')?;
        self.depth += 1;
        let mut hint = 0;
        while more {
            let key = self.quoted()?;
            let child = self.child(node, &key, &mut hint)?;
            self.pass(b':')?;
            match child {
                Some(child) => self.wanted(child)?,
                None => self.skip()?,
            }
            more = self.another(b'}')?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// The node of a key. Keys mostly come in the order of before, so the search goes on where it ended.
    fn child(&mut self, node: usize, key: &Quoted, hint: &mut usize) -> Result<Option<usize>, Fault> {
        if key.escaped {
            let mut unescaped = core::mem::take(&mut self.scanner.unescaped);
            self.unescape(key, &mut unescaped)?;
            self.scanner.unescaped = unescaped;
        }
        let nodes = &self.scanner.nodes;
        let plain = self.text.as_bytes().get(key.start..key.end).unwrap_or_default();
        let key = if key.escaped { self.scanner.unescaped.as_bytes() } else { plain };
        let head = head(key);
        let children = nodes.get(node).map_or(&[][..], |node| &node.children);
        for turn in 0..children.len() {
            let place = (*hint + turn) % children.len();
            let child = children.get(place).copied().unwrap_or(0);
            if nodes.get(child).is_some_and(|node| node.head == head && (key.len() <= 8 || node.key.as_bytes() == key))
            {
                *hint = place + 1;
                return Ok(Some(child));
            }
        }
        Ok(None)
    }

    /// A value that a slot asks for, or that has such values in it.
    fn wanted(&mut self, place: usize) -> Result<(), Fault> {
        let Some(node) = self.scanner.nodes.get_mut(place) else { return self.skip() };
        let again = node.seen == self.scanner.objects;
        node.seen = self.scanner.objects;
        let (slot, leaf) = (node.slot, node.children.is_empty());
        if again {
            self.forget(place);
        }
        let next = self.peek();
        match next {
            b'{' if slot == NONE => self.object(place),
            b'{' | b'[' if !leaf || next == b'{' => self.whole(place),
            _ if slot == NONE => self.skip(),
            b'[' => self.list(slot as usize),
            b'"' => {
                let row = self.row(slot as usize)?;
                self.put(slot as usize, row);
                Ok(())
            }
            b't' | b'f' | b'n' => {
                let row = self.word()?;
                self.put(slot as usize, row);
                Ok(())
            }
            _ => {
                let number = self.number()?;
                self.intake.put_number(slot as usize, number);
                Ok(())
            }
        }
    }

    fn put(&mut self, slot: usize, row: i32) {
        self.intake.put_row(slot, row);
    }

    /// What an earlier value of the same key left.
    fn forget(&mut self, place: usize) {
        let mut left = vec![place];
        while let Some(place) = left.pop() {
            if let Some(node) = self.scanner.nodes.get(place) {
                left.extend_from_slice(&node.children);
                self.intake.put_row(node.slot as usize, 0);
            }
        }
    }

    /// `true`, `false` or `null`, as the row that it is for every slot.
    fn word(&mut self) -> Result<i32, Fault> {
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
    fn quoted(&mut self) -> Result<Quoted, Fault> {
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
    fn unescape(&mut self, quoted: &Quoted, to: &mut String) -> Result<(), Fault> {
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

    /// The row of the text that comes next.
    fn row(&mut self, slot: usize) -> Result<i32, Fault> {
        let quoted = self.quoted()?;
        if quoted.escaped {
            let mut text = String::new();
            self.unescape(&quoted, &mut text)?;
            return self.row_of(slot, &text, quoted.start);
        }
        let bytes = self.text.as_bytes().get(quoted.start..quoted.end).unwrap_or_default();
        let place = slot * REMEMBERED + hash(bytes) % REMEMBERED;
        if let Some((known, row)) = self.scanner.known.get(place)
            && *row >= 0
            && known.as_bytes() == bytes
        {
            return Ok(*row);
        }
        let text = self.text.get(quoted.start..quoted.end).unwrap_or_default();
        if text.len() > WORTH_REMEMBERING {
            return self.row_of(slot, text, quoted.start);
        }
        let row = self.row_of(slot, text, quoted.start)?;
        if let Some((known, remembered)) = self.scanner.known.get_mut(place)
            && !Intake::is_volatile(row)
        {
            known.clear();
            known.push_str(text);
            *remembered = row;
        }
        Ok(row)
    }

    fn row_of(&mut self, slot: usize, text: &str, at: usize) -> Result<i32, Fault> {
        match self.intake.text(self.sheet, slot, text.to_owned()) {
            row @ 0.. => Ok(row),
            _ => Err((at, Expected::ShortText)),
        }
    }

    /// A number: digits in the usual way where that is exact.
    fn number(&mut self) -> Result<f64, Fault> {
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

    fn digits(&mut self, number: &mut u64) -> Result<(), Fault> {
        if !self.byte().is_ascii_digit() {
            return self.fail(Expected::Json);
        }
        while self.byte().is_ascii_digit() {
            *number = number.wrapping_mul(10).wrapping_add(u64::from(self.byte() - b'0'));
            self.at += 1;
        }
        Ok(())
    }

    /// Passes over any value.
    fn skip(&mut self) -> Result<(), Fault> {
        match self.peek() {
            b'"' => {
                let quoted = self.quoted()?;
                if quoted.escaped {
                    let mut unescaped = core::mem::take(&mut self.scanner.unescaped);
                    self.unescape(&quoted, &mut unescaped)?;
                    self.scanner.unescaped = unescaped;
                }
                Ok(())
            }
            open @ (b'{' | b'[') => {
                let end = open + 2;
                let mut more = self.enter(end)?;
                self.depth += 1;
                while more {
                    if open == b'{' {
                        self.peek();
                        let key = self.quoted()?;
                        if key.escaped {
                            self.at = key.start - 1;
                            self.skip()?;
                        }
                        self.pass(b':')?;
                    }
                    self.skip()?;
                    more = self.another(end)?;
                }
                self.depth -= 1;
                Ok(())
            }
            b't' | b'f' | b'n' => self.word().map(|_| ()),
            _ => self.number().map(|_| ()),
        }
    }

    /// A list at a slot: element by element where that is all that matters.
    fn list(&mut self, slot: usize) -> Result<(), Fault> {
        let start = self.at;
        if self.sheet.slots.get(slot).is_none_or(|asked| asked.whole) {
            return self.values(slot, &[]);
        }
        let mut more = self.enter(b']')?;
        self.intake.list_start(self.sheet, slot);
        while more {
            match self.peek() {
                b'"' => {
                    let row = self.row(slot)?;
                    self.intake.list_row(self.sheet, slot, row as usize);
                }
                b't' | b'f' => {
                    let row = self.word()?;
                    self.intake.list_row(self.sheet, slot, row as usize);
                }
                b'{' | b'[' | b'n' => {
                    self.at = start;
                    return self.values(slot, &[]);
                }
                _ => {
                    let number = self.number()?;
                    self.intake.list_number(self.sheet, slot, number);
                }
            }
            more = self.another(b']')?;
        }
        let row = self.intake.list_end(slot);
        self.put(slot, row);
        Ok(())
    }

    /// The value that comes next, for a slot: all that a path leads to in it.
    fn values(&mut self, slot: usize, path: &[String]) -> Result<(), Fault> {
        let start = self.at;
        let value = self.value()?;
        self.found(slot, &value, path, start)
    }

    fn found(&mut self, slot: usize, value: &Value, path: &[String], at: usize) -> Result<(), Fault> {
        let mut found = Vec::new();
        value.reach(path, &mut found);
        match found.as_slice() {
            [] => self.put(slot, 0),
            [Value::Number(number)] => self.intake.put_number(slot, *number),
            [Value::Boolean(answer)] => self.put(slot, 1 + i32::from(*answer)),
            found => match self.intake.values_found(self.sheet, slot, found) {
                row @ 0.. => self.put(slot, row),
                _ => return Err((at, Expected::ShortText)),
            },
        }
        Ok(())
    }

    /// A value in which paths go on through lists, or that is asked for as a whole too.
    fn whole(&mut self, place: usize) -> Result<(), Fault> {
        let start = self.at;
        let value = self.value()?;
        let mut left = vec![(place, Vec::new())];
        while let Some((place, path)) = left.pop() {
            let Some(node) = self.scanner.nodes.get(place) else { continue };
            let slot = node.slot;
            for &child in &node.children {
                let mut path = path.clone();
                path.extend(self.scanner.nodes.get(child).map(|node| node.key.clone()));
                left.push((child, path));
            }
            if slot != NONE {
                self.found(slot as usize, &value, &path, start)?;
            }
        }
        Ok(())
    }

    /// Any value, as it is.
    fn value(&mut self) -> Result<Value, Fault> {
        match self.peek() {
            b'"' => {
                let quoted = self.quoted()?;
                let mut text = String::new();
                self.unescape(&quoted, &mut text)?;
                if text.len() > FACT_TEXT_BYTES {
                    return Err((quoted.start, Expected::ShortText));
                }
                Ok(Value::Text(text))
            }
            b'[' => {
                let mut items = Vec::new();
                let mut more = self.enter(b']')?;
                self.depth += 1;
                while more {
                    items.push(self.value()?);
                    more = self.another(b']')?;
                }
                self.depth -= 1;
                Ok(Value::List(items))
            }
            b'{' => {
                let mut entries: Vec<(String, Value)> = Vec::new();
                let mut more = self.enter(b'}')?;
                self.depth += 1;
                while more {
                    let quoted = self.quoted()?;
                    let mut key = String::new();
                    self.unescape(&quoted, &mut key)?;
                    self.pass(b':')?;
                    let value = self.value()?;
                    entries.push((key, value));
                    more = self.another(b'}')?;
                }
                self.depth -= 1;
                Ok(Value::Object(last_of_each(entries)))
            }
            b't' | b'f' | b'n' => Ok(match self.word()? {
                0 => Value::Null,
                row => Value::Boolean(row == 2),
            }),
            _ => self.number().map(Value::Number),
        }
    }
}

/// How many bytes stand before a quote, a backslash or a control character; eight are looked at in one go.
fn plain(bytes: &[u8]) -> usize {
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

/// The beginning and the length of a text as a number, which tells those of up to eight bytes apart.
fn head(text: &[u8]) -> u64 {
    let (first, last) = (text.get(..4).map_or(0, word), text.get(text.len().saturating_sub(4)..).map_or(0, word));
    let start = match text.len() {
        0..4 => text.iter().fold(0, |head, byte| (head << 8) | u64::from(*byte)),
        4..=8 => first | (last << 32),
        _ => first | (text.get(4..8).map_or(0, word) << 32),
    };
    start ^ (text.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Of both ends of a text: enough to tell those apart that repeat.
fn hash(text: &[u8]) -> usize {
    let last = text.get(text.len().saturating_sub(4)..).map_or(0, word);
    ((head(text) ^ (last << 27)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize
}

/// Four bytes as a number; 0 of fewer.
fn word(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, |bytes| u64::from(u32::from_le_bytes(bytes)))
}

/// Of entries with the same key the last.
fn last_of_each(mut entries: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let key = |place: usize| entries.get(place).map(|(key, _)| key.as_str());
    let sorted = places(entries.len(), &|a, b| key(a).cmp(&key(b)));
    let mut last = vec![true; entries.len()];
    for pair in sorted.windows(2) {
        if let [one, other] = pair
            && key(*one) == key(*other)
            && let Some(last) = last.get_mut(*one)
        {
            *last = false;
        }
    }
    let mut last = last.into_iter();
    entries.retain(|_| last.next().unwrap_or(true));
    entries
}
