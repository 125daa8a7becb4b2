//! Leads as JSON bytes, read where they are: a scanner that goes straight to the slots (RFC 8259).
//!
//! What no slot asks for is passed over, though never unchecked. Of a repeated key the last counts, as in JavaScript.

mod lexing;
mod values;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use self::lexing::Quoted;
use crate::intake::Intake;
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
/// Longest key in quotes that is compared in one go.
const WRITTEN: usize = 16;
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
    /// For texts that are asked anew.
    spare: String,
}

struct Node {
    key: String,
    head: u64,
    /// The key as it mostly stands in texts, in quotes, and which bytes of that count; nothing there is if it is longer.
    written: u128,
    mask: u128,
    slot: u32,
    children: Vec<usize>,
    /// The object in which it was seen last.
    seen: u32,
    /// What came first in an object at this node, and what came after the node itself; keys mostly come in one order.
    first: usize,
    next: usize,
}

impl Node {
    fn new(key: &str) -> Node {
        let quoted = ["\"", key, "\""].concat();
        let mut bytes = [0; WRITTEN];
        let plain = lexing::plain(key.as_bytes()) == key.len();
        let (written, mask) = match bytes.get_mut(..quoted.len()).filter(|_| plain) {
            Some(to) => {
                to.copy_from_slice(quoted.as_bytes());
                (u128::from_le_bytes(bytes), u128::MAX >> (8 * (WRITTEN - quoted.len())))
            }
            None => (u128::MAX, u128::MAX), // no text has such bytes
        };
        let head = head(key.as_bytes());
        Node { key: key.to_owned(), head, written, mask, slot: NONE, children: Vec::new(), seen: 0, first: 0, next: 0 }
    }
}

impl Scanner {
    pub fn new(sheet: &Sheet, slots: usize) -> Scanner {
        // No key is as long as that of the first, which no guess at a key may find.
        let mut nodes = vec![Node::new(&" ".repeat(WRITTEN))];
        for (slot, asked) in sheet.slots.iter().enumerate().take(slots) {
            let mut at = 0;
            for key in asked.path.split('.') {
                let children = nodes.get(at).map_or(&[][..], |node| &node.children);
                let known =
                    children.iter().copied().find(|child| nodes.get(*child).is_some_and(|node| node.key == key));
                let next = known.unwrap_or(nodes.len());
                if known.is_none() {
                    nodes.push(Node::new(key));
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
        Scanner { nodes, known, objects: 0, unescaped: String::new(), spare: String::new() }
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

impl Scan<'_> {
    fn object(&mut self, node: usize) -> Result<(), Fault> {
        let mut more = self.enter(b'}')?;
        self.depth += 1;
        let mut before = None;
        while more {
            let child = self.key(node, &mut before)?;
            self.pass(b':')?;
            match child {
                Some(child) => self.wanted(child)?,
                None => self.pass_over()?,
            }
            more = self.another(b'}')?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// The node of the key that comes next, if a slot asks for it.
    fn key(&mut self, parent: usize, before: &mut Option<usize>) -> Result<Option<usize>, Fault> {
        self.peek();
        let nodes = &self.scanner.nodes;
        let guess = before.map_or_else(|| nodes.get(parent).map(|node| node.first), |node| Some(nodes.get(node)?.next));
        if let Some(child) = self.guessed(guess.unwrap_or(0)) {
            *before = Some(child);
            return Ok(Some(child));
        }
        let key = self.quoted()?;
        let child = self.child(parent, &key)?;
        if let Some(child) = child {
            let nodes = &mut self.scanner.nodes;
            match before.replace(child) {
                None => nodes.get_mut(parent).map(|node| node.first = child),
                Some(before) => nodes.get_mut(before).map(|node| node.next = child),
            };
        }
        Ok(child)
    }

    /// Passes the key of a node, or of the one that comes after it, if that is what stands here.
    fn guessed(&mut self, mut guess: usize) -> Option<usize> {
        let bytes = self.text.as_bytes().get(self.at..self.at + WRITTEN)?;
        let bytes = u128::from_le_bytes(bytes.try_into().ok()?);
        for _ in 0..2 {
            let node = self.scanner.nodes.get(guess)?;
            if (bytes ^ node.written) & node.mask == 0 {
                self.at += node.key.len() + 2;
                return Some(guess);
            }
            guess = node.next;
        }
        None
    }

    /// The node of a key.
    fn child(&mut self, parent: usize, key: &Quoted) -> Result<Option<usize>, Fault> {
        if key.escaped {
            let mut unescaped = core::mem::take(&mut self.scanner.unescaped);
            self.unescape(key, &mut unescaped)?;
            self.scanner.unescaped = unescaped;
        }
        let nodes = &self.scanner.nodes;
        let plain = self.text.as_bytes().get(key.start..key.end).unwrap_or_default();
        let key = if key.escaped { self.scanner.unescaped.as_bytes() } else { plain };
        let head = head(key);
        let is_it = |node: &Node| node.head == head && (key.len() <= 8 || node.key.as_bytes() == key);
        let mut children = nodes.get(parent).map_or(&[][..], |node| &node.children).iter().copied();
        Ok(children.find(|child| nodes.get(*child).is_some_and(is_it)))
    }

    /// A value that a slot asks for, or that has such values in it.
    fn wanted(&mut self, place: usize) -> Result<(), Fault> {
        let Some(node) = self.scanner.nodes.get_mut(place) else { return self.pass_over() };
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
            _ if slot == NONE => self.pass_over(),
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

    pub(super) fn put(&mut self, slot: usize, row: i32) {
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

    /// The row of the text that comes next.
    pub(super) fn row(&mut self, slot: usize) -> Result<i32, Fault> {
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
        let mut spare = core::mem::take(&mut self.scanner.spare);
        spare.clear();
        spare.push_str(text);
        let value = Value::Text(spare);
        let row = self.intake.values_found(self.sheet, slot, &[&value]);
        if let Value::Text(spare) = value {
            self.scanner.spare = spare;
        }
        if row < 0 { Err((at, Expected::ShortText)) } else { Ok(row) }
    }

    /// Passes over any value.
    fn pass_over(&mut self) -> Result<(), Fault> {
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
                            self.pass_over()?;
                        }
                        self.pass(b':')?;
                    }
                    self.pass_over()?;
                    more = self.another(end)?;
                }
                self.depth -= 1;
                Ok(())
            }
            b't' | b'f' | b'n' => self.word().map(|_| ()),
            _ => self.number().map(|_| ()),
        }
    }
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
