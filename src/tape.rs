//! A program as bytes, and back. One description of each record serves both ways, so that they cannot disagree.
//!
//! The file: `LSP`, the version of the format, how long the program and the names are (as 32 bits, low byte first), a
//! checksum of what follows, the program, the names as JSON. Whole numbers take as many groups of seven bits as they
//! need. What a damaged or hostile file says is never trusted: places are looked up, lists are no longer than the file.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::condition::{Condition, Fold, Glob, Listed, Relation, Scalar, Shape, Test};
use crate::limits::CONDITION_DEPTH;
use crate::program::{
    Bounds, Case, Clause, Combine, Decay, DecayKind, Dimension, EventType, Flag, FrequencyBand, Grade, Group, Limit,
    Missing, Occurrences, Origin, Override, Program, Question, Reading, Rule, Sheet, Slot, Stage, Threshold, Word,
};
use crate::value::Type;

const NAME: &[u8; 3] = b"LSP";
/// Grows with every change of what follows.
const VERSION: u8 = 2;
const HEADER: usize = 16;
/// The longest span of time that a program may name, in milliseconds: twice as far as the calendar reaches.
const LONGEST: u64 = 20_000_000_000_000_000;

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is something else.
    NotAProgram = 1,
    /// It was written by an older or newer version.
    OtherVersion = 2,
    /// It is cut off or changed.
    Damaged = 3,
}

/// The file of a program and its names.
#[cfg(feature = "full")]
pub fn write(program: &mut Program, names: &str) -> Vec<u8> {
    let mut tape = Tape { written: Vec::new(), rest: &[], reading: false, sound: true, depth: 0 };
    program.pass(&mut tape);
    let mut body = tape.written;
    let lengths = [body.len(), names.len()];
    body.extend_from_slice(names.as_bytes());
    let mut file = [NAME.as_slice(), &[VERSION]].concat();
    for word in [lengths[0] as u32, lengths[1] as u32, checksum(&body)] {
        file.extend_from_slice(&word.to_le_bytes());
    }
    file.append(&mut body);
    file
}

/// What stands for the meaning of a program's events: their types, what is asked of them, and what counts them.
#[cfg(feature = "full")]
pub fn seal(program: &mut Program, types: &[String]) -> u32 {
    let mut tape = Tape { written: Vec::new(), rest: &[], reading: false, sound: true, depth: 0 };
    tape.list(&mut types.to_vec());
    tape.list(&mut program.types);
    program.properties.pass(&mut tape);
    for rule in &mut program.rules {
        for events in &mut rule.events {
            rule.when.pass(&mut tape);
            tape.place(&mut events.multiplier);
        }
    }
    for flag in program.flags.iter_mut().filter(|flag| flag.on_events) {
        flag.when.pass(&mut tape);
    }
    checksum(&tape.written)
}

/// Whether a file is a compiled program that this version can read.
///
/// # Errors
/// What is wrong with it: it is never read as something else than what was written.
pub fn verify(file: &[u8]) -> Result<(), Fault> {
    read(file).map(|_| ())
}

/// The program of a file.
pub fn read(file: &[u8]) -> Result<Program, Fault> {
    let (header, body) = file.split_at_checked(HEADER).unwrap_or((file, &[]));
    if header.get(..3) != Some(NAME) {
        return Err(Fault::NotAProgram);
    }
    if header.get(3).is_some_and(|version| *version != VERSION) {
        return Err(Fault::OtherVersion);
    }
    let word = |at: usize| {
        let bytes = header.get(at..at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let (Some(length), Some(names), Some(sum)) = (word(4), word(8), word(12)) else { return Err(Fault::Damaged) };
    let whole = u64::from(length) + u64::from(names) == body.len() as u64;
    let Some(rest) = body.get(..length as usize).filter(|_| whole && checksum(body) == sum) else {
        return Err(Fault::Damaged);
    };
    let mut tape = Tape { written: Vec::new(), rest, reading: true, sound: true, depth: 0 };
    let mut program = Program::default();
    program.pass(&mut tape);
    if !tape.sound || !tape.rest.is_empty() {
        return Err(Fault::Damaged);
    }
    program.prepare();
    if !is_tree(&program.facts) || !is_tree(&program.properties) {
        return Err(Fault::Damaged);
    }
    program.ask_events();
    Ok(program)
}

/// FNV-1a of 32 bits (RFC 9923): every change of one byte changes it.
pub fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Whether joins are only of joins before them, and none is part of two: else following them could take for ever.
fn is_tree(sheet: &Sheet) -> bool {
    let mut free = vec![true; sheet.joins.len()];
    sheet.joins.iter().enumerate().all(|(place, both)| {
        both.iter().all(|clause| match sheet.origins.get(clause.place()) {
            Some(Origin::Join(part)) => {
                let part = *part as usize;
                part < place && free.get_mut(part).is_some_and(core::mem::take)
            }
            origin => origin.is_some(),
        })
    })
}

/// What is being written or read.
struct Tape<'t> {
    written: Vec<u8>,
    rest: &'t [u8],
    reading: bool,
    /// Whether all that was read so far could be what was written.
    sound: bool,
    /// Of conditions within conditions.
    depth: usize,
}

/// What can be on a tape.
trait Record: Default {
    /// Writes itself, or becomes what is read.
    fn pass(&mut self, tape: &mut Tape);
}

impl Tape<'_> {
    /// The runtime never writes, so that its code for it goes.
    fn is_reading(&self) -> bool {
        self.reading || cfg!(not(feature = "full"))
    }

    fn byte(&mut self, byte: &mut u8) {
        if !self.is_reading() {
            return self.written.push(*byte);
        }
        match self.rest.split_first() {
            Some((first, rest)) => {
                *byte = *first;
                self.rest = rest;
            }
            None => self.sound = false,
        }
    }

    fn whole(&mut self, number: &mut u64) {
        let mut left = core::mem::take(number);
        for shift in (0..64).step_by(7) {
            let mut byte = (left & 127) as u8;
            left >>= 7;
            byte |= u8::from(left != 0) << 7;
            self.byte(&mut byte);
            *number |= u64::from(byte & 127) << shift;
            if byte < 128 || !self.sound {
                return;
            }
        }
        self.sound = false;
    }

    /// A count or a place; one more is written, as none is the largest of all.
    fn place(&mut self, place: &mut u32) {
        let mut number = u64::from(place.wrapping_add(1));
        self.whole(&mut number);
        self.sound &= number <= u64::from(u32::MAX);
        *place = (number as u32).wrapping_sub(1);
    }

    fn time(&mut self, time: &mut i64) {
        let mut number = (*time + 1) as u64; // `SESSION` is the only one below 0
        self.whole(&mut number);
        self.sound &= number <= LONGEST;
        *time = number.min(LONGEST) as i64 - 1;
    }

    /// Small whole numbers take few bytes, all others nine.
    fn number(&mut self, number: &mut f64) {
        let doubled = (*number * 2.0) as i64 as u64;
        let mut short = if (0.0..1e12).contains(number) && (doubled / 2) as f64 == *number { doubled } else { 1 };
        self.whole(&mut short);
        if short != 1 {
            *number = (short / 2) as f64;
            return;
        }
        let mut bytes = number.to_le_bytes();
        bytes.iter_mut().for_each(|byte| self.byte(byte));
        *number = f64::from_le_bytes(bytes);
        self.sound &= !number.is_nan();
    }

    fn flag(&mut self, flag: &mut bool) {
        let mut byte = u8::from(*flag);
        self.byte(&mut byte);
        *flag = byte == 1;
    }

    /// One of several, by place.
    fn choice<T: Copy + PartialEq>(&mut self, choice: &mut T, choices: &[T]) {
        let mut place = choices.iter().position(|known| known == choice).unwrap_or(0) as u8;
        self.byte(&mut place);
        match choices.get(place as usize) {
            Some(known) => *choice = *known,
            None => self.sound = false,
        }
    }

    /// How long a list or a text is: no longer than what is left.
    fn length(&mut self, length: usize) -> usize {
        let mut number = length as u64;
        self.whole(&mut number);
        if self.is_reading() && number > self.rest.len() as u64 {
            self.sound = false;
            return 0;
        }
        number as usize
    }

    fn text(&mut self, text: &mut String) {
        let mut bytes = core::mem::take(text).into_bytes();
        let length = self.length(bytes.len());
        bytes.resize(length, 0);
        bytes.iter_mut().for_each(|byte| self.byte(byte));
        match String::from_utf8(bytes) {
            Ok(whole) => *text = whole,
            Err(_) => self.sound = false,
        }
    }

    fn list<T: Record>(&mut self, items: &mut Vec<T>) {
        let length = self.length(items.len());
        if self.is_reading() {
            for _ in 0..length {
                let mut item = T::default();
                item.pass(self);
                items.push(item);
            }
        } else {
            items.iter_mut().for_each(|item| item.pass(self));
        }
    }
}

/// Says how a record goes by, field by field.
macro_rules! record {
    ($type:ty: $($method:ident $($field:tt).+),+) => {
        impl Record for $type {
            fn pass(&mut self, tape: &mut Tape) {
                $(tape.$method(&mut self.$($field).+);)+
            }
        }
    };
}

impl Tape<'_> {
    fn record<T: Record>(&mut self, record: &mut T) {
        record.pass(self);
    }
}

record!(Program: place decimals, place seal, record facts, record properties, list readings, place settled, list types,
    list dimensions, list groups, list rules, record combine, record bounds, list labels, record grade, list stages,
    list flags, place exclusions, list overrides, list routes);
record!(Sheet: list slots, list joins);
record!(Slot: text path, record kind, flag required, list questions, list cells, flag complete, list options);
record!(EventType: time purpose, list looks);
record!(Dimension: number weight, flag normalise, record bounds, place groups);
record!(Group: place dimension, number weight, record bounds, record missing, place rules);
record!(Bounds: number floor, number cap);
record!(Rule: place group, record bounds, record when, list cases, number otherwise, place table, list events);
record!(Case: record when, number points);
record!(Occurrences: number points, list bands, place multiplier, number most, time window, list limits, record decay);
record!(FrequencyBand: place least, place most, time within, number points);
record!(Limit: place n, time per, flag latest);
record!(Decay: record kind, number lose, time time, time grace, number residual);
record!(Threshold: number from, number keep);
record!(Stage: record when, record keep);
record!(Flag: flag on_events, record when);
record!(Override: record when, place stage, place grade);
record!(Clause: place 0);
record!(Word: whole yes, whole no);
record!(Listed: list numbers, list texts, list booleans);

impl Record for [Clause; 2] {
    fn pass(&mut self, tape: &mut Tape) {
        self.iter_mut().for_each(|clause| clause.pass(tape));
    }
}

impl Record for Vec<Threshold> {
    fn pass(&mut self, tape: &mut Tape) {
        tape.list(self);
    }
}

macro_rules! plain {
    ($($type:ty: $method:ident),+) => {
        $(impl Record for $type {
            fn pass(&mut self, tape: &mut Tape) {
                tape.$method(self);
            }
        })+
    };
}

plain!(u32: place, f64: number, String: text, bool: flag);

macro_rules! choice {
    ($($type:ty: $($choice:expr),+;)+) => {
        $(impl Record for $type {
            fn pass(&mut self, tape: &mut Tape) {
                tape.choice(self, &[$($choice),+]);
            }
        })+
    };
}

choice! {
    Combine: Combine::Sum, Combine::Mean, Combine::Max;
    Missing: Missing::Zero, Missing::Neutral, Missing::Required;
    DecayKind: DecayKind::None, DecayKind::Expire, DecayKind::Linear, DecayKind::Step, DecayKind::Exponential;
    Fold: Fold::Nothing, Fold::Case, Fold::Accents, Fold::All;
    Relation: Relation::Above, Relation::From, Relation::Below, Relation::UpTo;
    Option<Type>: None, Some(Type::Number), Some(Type::Integer), Some(Type::Text), Some(Type::Boolean), Some(Type::Date),
        Some(Type::List);
}

/// Says how the variants of an enum go by: each a tag, then its fields.
macro_rules! variants {
    ($type:ident: $($tag:literal $variant:ident $(($($field:ident $method:ident),+))?),+) => {
        impl Record for $type {
            fn pass(&mut self, tape: &mut Tape) {
                let mut tag: u8 = match self { $($type::$variant $(($($field),+))? => { $($(let _ = $field;)+)? $tag })+ };
                tape.byte(&mut tag);
                if tape.is_reading() {
                    *self = match tag {
                        $($tag => $type::$variant $(($({ let $field = Default::default(); $field }),+))?,)+
                        _ => {
                            tape.sound = false;
                            return;
                        }
                    };
                }
                match self { $($type::$variant $(($($field),+))? => { $($(tape.$method($field);)+)? })+ }
            }
        }
    };
}

variants!(Question: 0 Test(test record), 1 Both(both record));
variants!(Reading: 0 Total, 1 Coverage, 2 Grade, 3 Stage, 4 Status, 5 Dimension(place place), 6 Group(place place),
    7 Rule(place place), 8 Count(place place), 9 Label(place place));
variants!(Scalar: 0 Boolean(answer flag), 1 Number(number number), 2 Text(text text));
variants!(Test: 0 Exists, 1 OneOf(listed record, fold record), 2 Compare(relation record, bound record, fold record),
    3 Text(shapes list, fold record), 4 Size(size size), 5 Whole(list list), 6 Element(condition boxed));
variants!(Shape: 0 Contains(part text), 1 Start(part text), 2 End(part text), 3 Glob(glob record));

impl Tape<'_> {
    fn size(&mut self, size: &mut usize) {
        let mut number = *size as u64;
        self.whole(&mut number);
        *size = number as usize;
    }

    fn boxed(&mut self, condition: &mut Box<Condition>) {
        condition.pass(self);
    }
}

impl Record for Glob {
    fn pass(&mut self, tape: &mut Tape) {
        let mut pattern = self.pattern();
        tape.text(&mut pattern);
        *self = Glob::new(&pattern);
    }
}

impl Record for Grade {
    fn pass(&mut self, tape: &mut Tape) {
        let (mut kind, mut places, mut grades) = match self {
            Grade::None => (0, [0; 3], Vec::new()),
            Grade::Ladder { letters, start, dimension } => (1, [*letters, *start, *dimension], Vec::new()),
            Grade::Matrix { rows, columns, cells } => (2, [*rows, *columns, 0], core::mem::take(cells)),
        };
        tape.byte(&mut kind);
        places.iter_mut().for_each(|place| tape.place(place));
        tape.list(&mut grades);
        let [one, other, third] = places;
        *self = match kind {
            1 => Grade::Ladder { letters: one, start: other, dimension: third },
            2 => Grade::Matrix { rows: one, columns: other, cells: grades },
            _ => Grade::None,
        };
    }
}

impl Record for Condition {
    fn pass(&mut self, tape: &mut Tape) {
        tape.depth += 1;
        if tape.depth > 2 * CONDITION_DEPTH {
            tape.sound = false;
        }
        let mut kind = match self {
            Condition::All(_) => 0,
            Condition::Any(_) => 1,
            Condition::Not(_) => 2,
            Condition::Ask { .. } => 3,
        };
        tape.byte(&mut kind);
        if tape.is_reading() {
            *self = match kind {
                _ if !tape.sound => Condition::default(),
                1 => Condition::Any(Vec::new()),
                2 => Condition::Not(Box::default()),
                3 => Condition::Ask { path: String::new(), test: Test::default() },
                _ => Condition::default(),
            };
        }
        match self {
            Condition::All(parts) | Condition::Any(parts) => tape.list(parts),
            Condition::Not(part) => tape.boxed(part),
            Condition::Ask { path, test } => {
                tape.text(path);
                test.pass(tape);
            }
        }
        tape.depth -= 1;
    }
}
