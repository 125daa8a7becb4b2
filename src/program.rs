//! The compiled form of a model: immutable, made by `compile`, run by `eval`, `engage`, `grade` and `explain`.
//!
//! Conditions have become questions with numbers, ids have become places in lists. Nothing here knows JSON.

use crate::condition::{Test, Truth};
use crate::model::{Bounds, Combine, Decay, EventPoints, Label, Limit, Missing, Text, Type};
use crate::order::distinct;
use crate::time::Duration;
use crate::value::Value;

/// A compiled model.
#[derive(Debug)]
pub struct Program {
    pub id: String,
    pub version: Option<String>,
    pub decimals: u32,
    /// What is asked of the facts.
    pub facts: Sheet,
    /// What is asked of each event.
    pub properties: Sheet,
    /// The event types that anything looks at or that need consent, sorted.
    pub types: Vec<EventType>,
    pub dimensions: Vec<Dimension>,
    pub groups: Vec<Group>,
    pub rules: Vec<Rule>,
    pub combine: Combine,
    pub bounds: Bounds,
    /// Labels of each dimension, then of the total; empty where there are none.
    pub labels: Vec<Vec<Label>>,
    pub grade: Option<Grade>,
    /// Every grade there is; `grade` and `overrides` name them by place.
    pub grades: Vec<String>,
    pub stages: Vec<Stage>,
    pub exclusions: Vec<Flag>,
    pub disqualifiers: Vec<Flag>,
    pub overrides: Vec<Override>,
    pub routes: Vec<Route>,
}

/// The attributes that are read from one kind of object, and what is asked of each.
#[derive(Debug, Default)]
pub struct Sheet {
    pub slots: Vec<Slot>,
    /// For each word of answers, the slot that it belongs to and the place of its first question there.
    pub words: Vec<(usize, usize)>,
}

/// One attribute: where it is, and the questions asked of it. Their answers are bits of a few whole words.
#[derive(Debug)]
pub struct Slot {
    /// The dotted path.
    pub name: String,
    pub path: Vec<String>,
    pub kind: Option<Type>,
    pub label: Text,
    pub required: bool,
    pub tests: Vec<Test>,
    /// The words that hold its answers, 64 in each.
    pub words: Vec<usize>,
    /// A value for each set of answers that the attribute can give.
    pub cells: Vec<Cell>,
    /// Whether `cells` is known to hold every set of answers.
    pub complete: bool,
}

/// A value that stands for all that give the same answers.
#[derive(Debug)]
pub struct Cell {
    pub value: Value,
    pub class: Class,
}

/// The answers of one value to the questions of a slot, as two masks over its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Class {
    pub truths: Vec<u64>,
    pub unknowns: Vec<u64>,
}

/// A question, by its bit in the answers; or one about the result.
#[derive(Clone, Debug)]
pub enum Question {
    /// Of a slot of the facts, or of an event's properties: word × 64 + bit.
    Bit(usize),
    /// Of the result so far.
    Result(Reading, Test),
}

/// What conditions on the result can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Total,
    Coverage,
    Grade,
    Stage,
    Status,
    Dimension(usize),
    Group(usize),
    /// Points of a rule.
    Rule(usize),
    /// Occurrences of a rule.
    Count(usize),
    /// The label of a dimension, or after the last of them of the total.
    Label(usize),
}

/// A compiled condition.
#[derive(Clone, Debug)]
pub enum Clause {
    All(Vec<Clause>),
    Any(Vec<Clause>),
    Not(Box<Clause>),
    Ask(Question),
}

impl Clause {
    /// The clause that always holds.
    pub const ALWAYS: Clause = Clause::All(Vec::new());

    pub fn truth(&self, answer: &dyn Fn(&Question) -> Truth) -> Truth {
        match self {
            Clause::All(parts) => Truth::all(parts.iter().map(|part| part.truth(answer))),
            Clause::Any(parts) => Truth::any(parts.iter().map(|part| part.truth(answer))),
            Clause::Not(part) => part.truth(answer).not(),
            Clause::Ask(question) => answer(question),
        }
    }

    /// Visits the questions for want of whose answers the clause is unknown.
    pub fn open(&self, answer: &dyn Fn(&Question) -> Truth, visit: &mut dyn FnMut(&Question)) {
        if self.truth(answer) != Truth::Unknown {
            return;
        }
        match self {
            Clause::All(parts) | Clause::Any(parts) => parts.iter().for_each(|part| part.open(answer, visit)),
            Clause::Not(part) => part.open(answer, visit),
            Clause::Ask(question) => visit(question),
        }
    }

    /// Visits every question.
    pub fn each(&self, visit: &mut dyn FnMut(&Question)) {
        match self {
            Clause::All(parts) | Clause::Any(parts) => parts.iter().for_each(|part| part.each(visit)),
            Clause::Not(part) => part.each(visit),
            Clause::Ask(question) => visit(question),
        }
    }
}

#[derive(Clone, Debug)]
pub struct EventType {
    pub name: String,
    pub purpose: Option<String>,
    /// The rules that count it.
    pub rules: Vec<usize>,
    /// The flags that look at it; exclusions come first, then disqualifiers.
    pub flags: Vec<usize>,
}

#[derive(Debug)]
pub struct Dimension {
    pub id: String,
    pub label: Text,
    pub weight: f64,
    pub normalise: bool,
    pub bounds: Bounds,
}

#[derive(Debug)]
pub struct Group {
    pub id: String,
    pub label: Text,
    pub dimension: usize,
    pub weight: f64,
    pub bounds: Bounds,
    pub missing: Missing,
}

#[derive(Debug)]
pub struct Rule {
    pub id: String,
    pub label: Text,
    pub group: usize,
    pub bounds: Bounds,
    pub counts: Counts,
}

/// What a rule looks at and what it gives for it.
#[derive(Debug)]
pub enum Counts {
    /// The first answer that is true gives its points; when all are false, `otherwise`.
    Facts {
        /// Must hold for the rest to be looked at.
        when: Clause,
        cases: Vec<(Clause, f64)>,
        otherwise: f64,
        /// The slot of a band table: its value may be in no band.
        table: Option<usize>,
    },
    Events(Occurrences),
}

/// How a rule counts events.
#[derive(Debug)]
pub struct Occurrences {
    pub when: Clause,
    pub gives: EventPoints,
    pub multiplier: Multiplier,
    pub window: Option<Duration>,
    pub limits: Vec<Limit>,
    pub decay: Decay,
}

#[derive(Debug)]
pub enum Multiplier {
    Number(f64),
    /// The value of a slot of the event's properties, at most so much.
    Property {
        slot: usize,
        max: f64,
    },
}

#[derive(Debug)]
pub enum Grade {
    /// Letters are the first of `grades`.
    Ladder { letters: usize, start: usize, dimension: usize },
    /// For each row label the grades of the column labels.
    Matrix { rows: usize, columns: usize, cells: Vec<Vec<usize>> },
}

#[derive(Debug)]
pub struct Stage {
    pub id: String,
    pub when: Clause,
    pub keep: Option<Clause>,
}

#[derive(Debug)]
pub struct Flag {
    pub id: String,
    /// On the facts; on events `None`: occurrences decide.
    pub facts: Option<Clause>,
    /// On the properties of events.
    pub event: Option<Clause>,
    pub reason: Option<Text>,
}

#[derive(Debug)]
pub struct Override {
    pub id: String,
    pub when: Clause,
    pub stage: Option<usize>,
    pub grade: Option<usize>,
    pub reason: Option<Text>,
}

#[derive(Debug)]
pub struct Route {
    pub id: String,
    pub when: Clause,
    pub queue: Option<String>,
    pub owner: Option<String>,
    pub action: Option<String>,
    pub text: Option<Text>,
}

impl Counts {
    /// Every clause of a rule on facts.
    pub fn on_facts(&self) -> impl Iterator<Item = &Clause> {
        let (when, cases) = match self {
            Counts::Facts { when, cases, .. } => (Some(when), cases.as_slice()),
            Counts::Events(_) => (None, &[][..]),
        };
        when.into_iter().chain(cases.iter().map(|(clause, _)| clause))
    }
}

/// What is picked from each of several lists, by their sizes, in one of all the ways to pick.
pub fn picks(way: usize, sizes: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
    let mut rest = way;
    sizes.map(move |size| {
        let pick = rest % size.max(1);
        rest /= size.max(1);
        pick
    })
}

impl Slot {
    /// The answers of the known values found at this slot.
    pub fn classify(&self, found: &[&Value]) -> Class {
        let dated: Vec<Value>;
        let refs: Vec<&Value>;
        let found = if self.kind == Some(Type::Date) {
            dated = found.iter().map(|value| date(value)).collect();
            refs = dated.iter().collect();
            refs.as_slice()
        } else {
            found
        };
        let mut class = Class { truths: vec![0; self.words.len()], unknowns: vec![0; self.words.len()] };
        for (place, test) in self.tests.iter().enumerate() {
            class.set(place, test.ask(found));
        }
        class
    }

    /// The answers of an unknown attribute.
    pub fn unknown(&self) -> Class {
        self.classify(&[])
    }

    /// The answers of an attribute that is known, but not to us: that it exists, and nothing else.
    pub fn undisclosed(&self) -> Class {
        let mut class = self.unknown();
        for place in (0..self.tests.len()).filter(|place| self.tests.get(*place) == Some(&Test::Exists)) {
            class.set(place, Truth::True);
        }
        class
    }

    /// Whether the value is of the declared type.
    pub fn expects(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (None, _) | (Some(Type::Number), Value::Number(_)) | (Some(Type::Text), Value::Text(_)) => true,
            (Some(Type::Boolean), Value::Boolean(_)) | (Some(Type::List), Value::List(_)) => true,
            (Some(Type::Integer), Value::Number(number)) => *number == libm::floor(*number),
            (Some(Type::Date), value) => matches!(date(value), Value::Number(_)),
            _ => false,
        }
    }
}

/// Dates are compared as milliseconds; what is no date stays as it is.
fn date(value: &Value) -> Value {
    crate::time::instant_of_value(value).map_or_else(|| value.clone(), |instant| Value::Number(instant as f64))
}

impl Class {
    fn set(&mut self, place: usize, truth: Truth) {
        let bit = 1 << (place % 64);
        let mask = match truth {
            Truth::True => &mut self.truths,
            Truth::Unknown => &mut self.unknowns,
            Truth::False => return,
        };
        if let Some(word) = mask.get_mut(place / 64) {
            *word |= bit;
        }
    }
}

impl Sheet {
    /// The slot and test of a question's bit.
    pub fn question(&self, bit: usize) -> Option<(usize, &Test)> {
        let (slot, first) = *self.words.get(bit / 64)?;
        Some((slot, self.slots.get(slot)?.tests.get(first + bit % 64)?))
    }

    /// The slots that clauses ask about, each once, in order.
    pub fn asked<'c>(&self, clauses: impl Iterator<Item = &'c Clause>) -> Vec<usize> {
        let mut slots = Vec::new();
        let mut note = |question: &Question| {
            if let Question::Bit(bit) = question {
                slots.extend(self.question(*bit).map(|(slot, _)| slot));
            }
        };
        clauses.for_each(|clause| clause.each(&mut note));
        distinct(&mut slots);
        slots
    }

    /// The bit of a test at a slot, which is asked anew or was asked before.
    pub fn ask(&mut self, slot: usize, test: Test) -> usize {
        /// Beyond so many questions of one attribute an equal one is no longer looked for: it would take too long.
        const LOOKED_AT: usize = 256;
        let words = self.words.len();
        let Some(found) = self.slots.get_mut(slot) else {
            return 0;
        };
        let place = found.tests.iter().take(LOOKED_AT).position(|asked| *asked == test);
        let place = place.unwrap_or_else(|| {
            found.tests.push(test);
            found.tests.len() - 1
        });
        if place / 64 == found.words.len() {
            found.words.push(words);
            self.words.push((slot, place));
        }
        found.words.get(place / 64).copied().unwrap_or(0) * 64 + place % 64
    }
}

impl Program {
    /// The place of an event type; none where nothing looks at it.
    pub fn event_type(&self, name: &str) -> Option<usize> {
        self.types.binary_search_by(|known| known.name.as_str().cmp(name)).ok()
    }

    /// How many exclusions and disqualifiers there are.
    pub fn flags(&self) -> usize {
        self.exclusions.len() + self.disqualifiers.len()
    }

    pub fn groups_of(&self, dimension: usize) -> impl Iterator<Item = (usize, &Group)> {
        self.groups.iter().enumerate().filter(move |(_, group)| group.dimension == dimension)
    }

    /// A value as it is shown: rounded to the model's decimals, halves away from zero, never `-0`.
    pub fn shown(&self, value: f64) -> f64 {
        const POWERS: [f64; 7] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];
        let power = POWERS.get(self.decimals as usize).copied().unwrap_or(1.0);
        libm::round(value * power) / power + 0.0
    }
}
