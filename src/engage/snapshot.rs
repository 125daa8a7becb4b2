//! A visitor's state as bytes, and back.
//!
//! The bytes: `LSV`, the version of the format, the seal of the program (what its events mean), a checksum of what
//! follows; then folds, the sessions and purposes that events name, the events. Whole numbers take as many groups of
//! seven bits as they need, the low ones first; times are told by what has passed since the one before.

use alloc::vec::Vec;

use super::fold::Fold;
use super::history::{Event, Happening, Hit};
use super::visitor::Visitor;
use crate::limits::VISITOR_EVENTS;
use crate::order::distinct_numbers;
use crate::program::{NONE, Program};
use crate::tape::checksum;
use crate::time::LAST_INSTANT;

const NAME: &[u8; 3] = b"LSV";
/// Grows with every change of what follows.
const VERSION: u8 = 1;
const HEADER: usize = 12;

/// Why a snapshot is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotFault {
    /// It is something else.
    NotASnapshot = 1,
    /// It was written by an older or newer version.
    OtherVersion = 2,
    /// It is cut off or changed.
    Damaged = 3,
    /// It was made under a model whose events mean something else.
    OtherModel = 4,
}

impl Visitor {
    /// The state as bytes: states that say the same are the same bytes.
    pub fn snapshot(&self, program: &Program) -> Vec<u8> {
        let mut body = Vec::new();
        put(&mut body, u64::from(self.folded));
        put(&mut body, self.horizon.map_or(0, |horizon| wound(horizon) + 1));
        put(&mut body, self.folds.len() as u64);
        for fold in &self.folds {
            let Fold { target, purpose, times, most, amount, largest, first, last } = *fold;
            for number in [target as u64, wound(purpose), u64::from(times), u64::from(most)] {
                put(&mut body, number);
            }
            body.extend_from_slice(&amount.to_le_bytes());
            body.extend_from_slice(&largest.to_le_bytes());
            put(&mut body, wound(first));
            put(&mut body, (last - first) as u64);
        }
        let named = self.named();
        put(&mut body, named.len() as u64);
        named.iter().for_each(|token| put(&mut body, *token as u64));
        put(&mut body, self.history.events.len() as u64);
        let mut before = 0;
        self.history.each(|one| {
            put(&mut body, wound(one.event.at - before));
            before = one.event.at;
            put_event(&mut body, program, &named, one);
        });
        let mut bytes = [NAME.as_slice(), &[VERSION]].concat();
        bytes.extend_from_slice(&program.seal.to_le_bytes());
        bytes.extend_from_slice(&checksum(&body).to_le_bytes());
        bytes.append(&mut body);
        bytes
    }

    /// The state that a snapshot holds.
    ///
    /// # Errors
    /// What is wrong with it: it is never read as something else than what was written.
    pub fn restore(program: &Program, snapshot: &[u8]) -> Result<Visitor, SnapshotFault> {
        let (header, body) = snapshot.split_at_checked(HEADER).unwrap_or((snapshot, &[]));
        if header.get(..3) != Some(NAME) {
            return Err(SnapshotFault::NotASnapshot);
        }
        if header.get(3).is_some_and(|version| *version != VERSION) {
            return Err(SnapshotFault::OtherVersion);
        }
        if header.get(8..) != Some(&checksum(body).to_le_bytes()) {
            return Err(SnapshotFault::Damaged);
        }
        if header.get(4..8) != Some(&program.seal.to_le_bytes()) {
            return Err(SnapshotFault::OtherModel);
        }
        read(program, &mut Bytes { rest: body }).ok_or(SnapshotFault::Damaged)
    }

    /// The sessions and purposes that events name, each once.
    fn named(&self) -> Vec<i64> {
        let mut named = Vec::new();
        for event in &self.history.events {
            named.extend_from_slice(&[event.session, event.purpose]);
        }
        let mut named = distinct_numbers(&named);
        named.retain(|token| *token != 0);
        named
    }

    /// The most bytes that a snapshot under a program can take.
    pub fn largest(program: &Program) -> usize {
        let targets = program.rules.len() + 2 * program.flags.len();
        let purposes = 2 + program.types.len();
        let looks = program.types.iter().map(|kind| kind.looks.len()).max().unwrap_or(0);
        HEADER + 20 + targets * purposes * 56 + VISITOR_EVENTS * (46 + looks * 13)
    }
}

const BOT: u8 = 1;
const ID: u8 = 2;
const SESSION: u8 = 4;
const PURPOSE: u8 = 8;

fn put_event(body: &mut Vec<u8>, program: &Program, named: &[i64], one: Happening) {
    let Event { kind, id, session, purpose, bot, .. } = *one.event;
    let mark = |mark: u8, there: bool| if there { mark } else { 0 };
    body.push(mark(BOT, bot) | mark(ID, id != 0) | mark(SESSION, session != 0) | mark(PURPOSE, purpose != 0));
    put(body, u64::from(kind));
    if id != 0 {
        body.extend(id.to_le_bytes().iter().take(7));
    }
    for token in [session, purpose] {
        if token != 0 {
            put(body, named.partition_point(|known| *known < token) as u64);
        }
    }
    put(body, one.hits.len() as u64);
    for hit in one.hits {
        put(body, hit.target as u64);
        if is_measured(program, hit.target) {
            body.extend_from_slice(&hit.amount.to_le_bytes());
        }
    }
}

/// Whether points of a rule are multiplied by a property of the event.
fn is_measured(program: &Program, target: usize) -> bool {
    let counts = program.rules.get(target).and_then(|rule| rule.events.first());
    counts.is_some_and(|counts| counts.multiplier != NONE)
}

fn read(program: &Program, bytes: &mut Bytes) -> Option<Visitor> {
    let mut visitor = Visitor { folded: bytes.small()?, ..Visitor::default() };
    visitor.horizon = match bytes.whole()? {
        0 => None,
        horizon => Some(instant(unwound(horizon - 1))?),
    };
    for _ in 0..bytes.length()? {
        let fold = bytes.fold(program)?;
        let key = (fold.target, fold.purpose);
        if visitor.folds.last().is_some_and(|before| (before.target, before.purpose) >= key) {
            return None;
        }
        visitor.folds.push(fold);
    }
    let mut named = Vec::new();
    for _ in 0..bytes.length()? {
        named.push(token(bytes.whole()?)?);
    }
    let mut at = 0_i64;
    let mut hits = Vec::new();
    let count = bytes.length()?;
    for _ in 0..count {
        at = instant(at.checked_add(unwound(bytes.whole()?))?)?;
        let event = Event { at, ..bytes.event(program, &named, &mut hits)? };
        let one = Happening { event: &event, hits: &hits };
        let last = visitor.history.events.len().checked_sub(1).and_then(|place| visitor.history.seen(place));
        let ordered = last.is_none_or(|before| before.order(one).is_le());
        if hits.is_empty() || !ordered || visitor.horizon.is_some_and(|horizon| at <= horizon) {
            return None;
        }
        visitor.append(one);
    }
    (count <= VISITOR_EVENTS && bytes.rest.is_empty()).then_some(visitor)
}

/// What is left to read; nothing when it is not what was written.
struct Bytes<'b> {
    rest: &'b [u8],
}

impl Bytes<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn whole(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.whole()?).ok()
    }

    /// How long a list is: each item takes a byte at least.
    fn length(&mut self) -> Option<usize> {
        let length = self.small()? as usize;
        (length <= self.rest.len()).then_some(length)
    }

    fn number(&mut self) -> Option<f64> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        let number = f64::from_le_bytes(*bytes);
        (number.is_finite() && number >= 0.0).then_some(number)
    }

    fn target(&mut self, program: &Program) -> Option<usize> {
        let target = self.small()? as usize;
        (target < program.rules.len() + 2 * program.flags.len()).then_some(target)
    }

    fn fold(&mut self, program: &Program) -> Option<Fold> {
        let target = self.target(program)?;
        let purpose = unwound(self.whole()?);
        let (times, most) = (self.small()?, self.small()?);
        let (amount, largest) = (self.number()?, self.number()?);
        let first = instant(unwound(self.whole()?))?;
        let last = instant(first.checked_add(i64::try_from(self.whole()?).ok()?)?)?;
        (times <= most).then_some(Fold { target, purpose, times, most, amount, largest, first, last })
    }

    fn event(&mut self, program: &Program, named: &[i64], hits: &mut Vec<Hit>) -> Option<Event> {
        let marks = self.byte()?;
        let kind = self.small()?;
        let mut id = 0;
        if marks & ID != 0 {
            for shift in 0..7 {
                id |= u64::from(self.byte()?) << (8 * shift);
            }
        }
        let mut name = |mark: u8| {
            if marks & mark == 0 { Some(0) } else { named.get(self.small()? as usize).copied() }
        };
        let (session, purpose) = (name(SESSION)?, name(PURPOSE)?);
        hits.clear();
        for _ in 0..self.length()? {
            let target = self.target(program)?;
            let counts = program.rules.get(target).and_then(|rule| rule.events.first());
            let amount = match counts {
                _ if is_measured(program, target) => self.number()?,
                Some(counts) => counts.most,
                None => 1.0,
            };
            hits.push(Hit { target, amount });
        }
        let id = if id == 0 { 0 } else { token(id)? };
        Some(Event { kind, id, session, purpose, bot: marks & BOT != 0, ..Event::default() })
    }
}

fn instant(at: i64) -> Option<i64> {
    (-LAST_INSTANT..=LAST_INSTANT).contains(&at).then_some(at)
}

fn token(number: u64) -> Option<i64> {
    i64::try_from(number).ok().filter(|token| (1..1 << 53).contains(token))
}

fn put(body: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        body.push(number as u8 | 128);
        number >>= 7;
    }
    body.push(number as u8);
}

/// Numbers near 0 on either side as small ones from 0 up.
fn wound(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn unwound(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}
