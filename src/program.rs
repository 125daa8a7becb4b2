//! The compiled form of a model: immutable, made by `compile` or read from a `tape`, run by all rooms above.
//!
//! Ids have become places in lists, conditions clauses over numbered answers. Nothing here is for people to read, and
//! nothing knows JSON: names and texts are in `names`.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::condition::{Test, Truth};
use crate::time::{self, Instant};
use crate::value::{Type, Value};

/// In place of a place: none.
pub const NONE: u32 = u32::MAX;

/// A compiled model.
#[derive(Debug, Default)]
pub struct Program {
    pub decimals: u32,
    /// What is asked of the facts, and after them of the result.
    pub facts: Sheet,
    /// What is asked of each event.
    pub properties: Sheet,
    /// What the last slots of `facts` read, in place of attributes.
    pub readings: Vec<Reading>,
    /// How many of the joins of `facts` are about attributes alone; those after them are about the result too.
    pub settled: u32,
    /// The event types that anything looks at or that need consent, in the order of their names.
    pub types: Vec<EventType>,
    pub dimensions: Vec<Dimension>,
    /// In the order of their dimensions.
    pub groups: Vec<Group>,
    /// In the order of their groups.
    pub rules: Vec<Rule>,
    /// Of each rule that is no more than that: its only case; see `prepare`.
    pub plain: Vec<Case>,
    /// Whether anything is required; see `prepare`.
    pub requires: bool,
    pub combine: Combine,
    pub bounds: Bounds,
    /// Thresholds of each dimension, then of the total, from high to low.
    pub labels: Vec<Vec<Threshold>>,
    pub grade: Grade,
    pub stages: Vec<Stage>,
    /// Exclusions, then disqualifiers.
    pub flags: Vec<Flag>,
    pub exclusions: u32,
    pub overrides: Vec<Override>,
    /// When each route is taken.
    pub routes: Vec<Clause>,
}

/// What is asked of one kind of object. Its answers have places one after the other: one that is always true, then the
/// questions of each slot, then the joins.
#[derive(Debug, Default)]
pub struct Sheet {
    pub slots: Vec<Slot>,
    pub joins: Vec<[Clause; 2]>,
    /// Where the answer of each place comes from; see `prepare`.
    pub origins: Vec<Origin>,
}

/// Where an answer comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Origin {
    /// From nowhere: it is always true.
    #[default]
    Always,
    Slot(u32),
    Join(u32),
}

/// An answer and whether its contrary is meant.
///
/// With *and* and *not* every condition can be said, and unknown spreads through them as Kleene has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clause(pub u32);

/// One attribute, event property or reading, and everything that is asked of it.
#[derive(Debug, Default)]
pub struct Slot {
    /// The dotted path.
    pub path: String,
    pub kind: Option<Type>,
    pub required: bool,
    /// Each only asks back: a join names questions before it.
    pub questions: Vec<Question>,
    /// A row for each set of answers that the attribute can give, one after the other.
    pub cells: Vec<Truth>,
    /// Whether `cells` is known to hold every set of answers.
    pub complete: bool,
    /// The texts that a reading can be, by place.
    pub options: Vec<String>,
    /// Numbers between which, and at which, answers change; see `prepare`.
    pub cuts: Vec<f64>,
    /// Whether there are too many of them, so that each number is asked anew.
    pub endless: bool,
    /// Whether a question has an answer even of what is unknown; see `prepare`.
    pub exists: bool,
    /// Whether a list matters as one value, not element by element; see `prepare`.
    pub whole: bool,
    /// The place of the answer to its first question; see `prepare`.
    pub first: usize,
    /// Rows of the value unknown, then `false`, `true`, then of numbers: below the first cut, at it, above it, and so
    /// on, then of the options.
    pub rows: Vec<Truth>,
}

/// One question of a slot: its answers are a row.
#[derive(Debug)]
pub enum Question {
    Test(Test),
    /// Whether two questions before it hold.
    Both([Clause; 2]),
}

/// What conditions on the result can read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    #[default]
    Total,
    Coverage,
    Grade,
    Stage,
    Status,
    Dimension(u32),
    Group(u32),
    /// Points of a rule.
    Rule(u32),
    /// Occurrences of a rule.
    Count(u32),
    /// The label of a dimension, or after the last of them of the total.
    Label(u32),
}

#[derive(Debug, Default)]
pub struct EventType {
    /// The consent it needs, as a token; 0: none.
    pub purpose: i64,
    /// The rules that count it, and the flags that look at it: their place after all rules.
    pub looks: Vec<u32>,
}

#[derive(Debug, Default)]
pub struct Dimension {
    pub weight: f64,
    pub normalise: bool,
    pub bounds: Bounds,
    /// How many groups it has.
    pub groups: u32,
}

#[derive(Debug, Default)]
pub struct Group {
    pub dimension: u32,
    pub weight: f64,
    pub bounds: Bounds,
    pub missing: Missing,
    /// How many rules it has.
    pub rules: u32,
}

/// What a group does when one of its rules cannot be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    #[default]
    Zero,
    Neutral,
    Required,
}

/// How dimensions become one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Combine {
    #[default]
    Sum,
    Mean,
    Max,
}

/// The least and the most that something may give; infinite where there is no such bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub floor: f64,
    pub cap: f64,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds { floor: f64::NEG_INFINITY, cap: f64::INFINITY }
    }
}

impl Bounds {
    pub fn clamp(self, value: f64) -> f64 {
        value.min(self.cap).max(self.floor)
    }
}

/// Gives points: for what the facts are, or for events.
#[derive(Debug, Default)]
pub struct Rule {
    pub group: u32,
    pub bounds: Bounds,
    /// Must hold for the rest to be looked at; for rules on events, of the event.
    pub when: Clause,
    /// The first that is true gives its points.
    pub cases: Vec<Case>,
    /// Points when all are false.
    pub otherwise: f64,
    /// The slot of a band table: its value may be in no band.
    pub table: u32,
    /// How events count; none: the rule is on the facts.
    pub events: Vec<Occurrences>,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Case {
    pub when: Clause,
    pub points: f64,
}

/// How a rule counts events.
#[derive(Debug, Default)]
pub struct Occurrences {
    /// For each occurrence; without frequency bands.
    pub points: f64,
    pub bands: Vec<FrequencyBand>,
    /// Whose number multiplies the points; none: `most` does.
    pub multiplier: u32,
    /// The largest multiplier.
    pub most: f64,
    /// In milliseconds; 0: for ever.
    pub window: i64,
    pub limits: Vec<Limit>,
    pub decay: Decay,
}

/// Points by how often something happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct FrequencyBand {
    pub least: u32,
    pub most: u32,
    /// In milliseconds, back from as-of; 0: for ever.
    pub within: i64,
    pub points: f64,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Limit {
    pub n: u32,
    /// A period in milliseconds, or one of the two below.
    pub per: i64,
}

/// Limits that are not for a period of time.
pub const EVER: i64 = 0;
/// See `EVER`.
pub const SESSION: i64 = -1;

/// How the points of one event shrink with its age.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decay {
    pub kind: DecayKind,
    /// The share lost in each `time`.
    pub lose: f64,
    /// In milliseconds: after which it expires, in which it loses, or its half-life.
    pub time: i64,
    /// Milliseconds in which nothing is lost.
    pub grace: i64,
    /// The share that always stays.
    pub residual: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecayKind {
    #[default]
    None,
    Expire,
    Linear,
    Step,
    Exponential,
}

/// Where a label begins, and down to where it is kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Threshold {
    pub from: f64,
    pub keep: f64,
}

#[derive(Debug, Default)]
pub enum Grade {
    #[default]
    None,
    /// So many letters, which are the first grades.
    Ladder { letters: u32, start: u32, dimension: u32 },
    /// The grade of each pair of labels, row by row; axes are dimensions, then the total.
    Matrix { rows: u32, columns: u32, cells: Vec<u32> },
}

#[derive(Debug, Default)]
pub struct Stage {
    pub when: Clause,
    /// For a lead that had it; never true where the stage has none.
    pub keep: Clause,
}

#[derive(Debug, Default)]
pub struct Flag {
    /// Whether events raise it, and not the facts.
    pub on_events: bool,
    pub when: Clause,
}

#[derive(Debug, Default)]
pub struct Override {
    pub when: Clause,
    /// By place, or none.
    pub stage: u32,
    pub grade: u32,
}

impl Clause {
    pub const ALWAYS: Clause = Clause(0);
    pub const NEVER: Clause = Clause(1);

    pub fn at(place: u32) -> Clause {
        Clause(place * 2)
    }

    pub fn not(self) -> Clause {
        Clause(self.0 ^ 1)
    }

    pub fn place(self) -> usize {
        (self.0 / 2) as usize
    }

    /// What it says, by the answers it is about.
    pub fn truth(self, answers: &[Truth]) -> Truth {
        let answer = answers.get(self.place()).copied().unwrap_or(Truth::Unknown);
        if self.0 & 1 == 1 { answer.not() } else { answer }
    }
}

impl Default for Question {
    fn default() -> Question {
        Question::Test(Test::Exists)
    }
}

impl Sheet {
    /// Gives every answer its place, and works out the rows of all the values that are known beforehand.
    pub fn prepare(&mut self) {
        self.origins.clear();
        self.origins.push(Origin::Always);
        for (place, slot) in self.slots.iter_mut().enumerate() {
            slot.prepare();
            slot.first = self.origins.len();
            for _ in &slot.questions {
                self.origins.push(Origin::Slot(place as u32));
            }
        }
        for join in 0..self.joins.len() {
            self.origins.push(Origin::Join(join as u32));
        }
    }

    /// The place of the first join.
    pub fn first_join(&self) -> usize {
        self.origins.len() - self.joins.len()
    }

    /// Visits each slot for want of whose answers a clause is unknown.
    pub fn open(&self, answers: &[Truth], clause: Clause, visit: &mut dyn FnMut(usize)) {
        if clause.truth(answers) == Truth::Unknown {
            self.each(clause, &|part| part.truth(answers) == Truth::Unknown, visit);
        }
    }

    /// Visits the slot of each part of a clause that is wanted, through the joins that are.
    pub fn each(&self, clause: Clause, wanted: &dyn Fn(Clause) -> bool, visit: &mut dyn FnMut(usize)) {
        let mut left = vec![clause];
        while let Some(clause) = left.pop() {
            match self.origins.get(clause.place()) {
                _ if !wanted(clause) => {}
                Some(Origin::Slot(slot)) => visit(*slot as usize),
                Some(Origin::Join(join)) => {
                    left.extend_from_slice(self.joins.get(*join as usize).map_or(&[][..], |both| both));
                }
                _ => {}
            }
        }
    }
}

impl Program {
    /// Works out what follows from the rest.
    pub fn prepare(&mut self) {
        self.facts.prepare();
        self.properties.prepare();
        self.plain.clear();
        for rule in &self.rules {
            let plain = rule.when == Clause::ALWAYS
                && rule.events.is_empty()
                && rule.table == NONE
                && rule.otherwise == 0.0
                && rule.bounds == Bounds::default();
            self.plain.push(match rule.cases.as_slice() {
                [case] if plain => *case,
                _ => Case { when: Clause(NONE), points: 0.0 },
            });
        }
        let needed = |group: &Group| group.missing == Missing::Required;
        self.requires = self.groups.iter().any(needed) || self.facts.slots.iter().any(|slot| slot.required);
    }

    /// How many slots of the facts are attributes.
    pub fn attributes(&self) -> usize {
        self.facts.slots.len() - self.readings.len()
    }

    /// Whether leads have more than a value: a grade or a stage.
    #[cfg(feature = "bulk")]
    pub fn has_standing(&self) -> bool {
        !self.stages.is_empty() || !self.overrides.is_empty() || !matches!(self.grade, Grade::None)
    }

    /// A value as it is shown: rounded to the model's decimals, halves away from zero, never `-0`.
    pub fn shown(&self, value: f64) -> f64 {
        const POWERS: [f64; 7] = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];
        let power = POWERS.get(self.decimals as usize).copied().unwrap_or(1.0);
        libm::round(value * power) / power + 0.0
    }
}

/// Rows that every slot has.
pub mod row {
    pub const UNKNOWN: usize = 0;
    pub const FALSE: usize = 1;
    pub const TRUE: usize = 2;
    pub const NUMBERS: usize = 3;
}

impl Slot {
    /// Most answers in the rows of one slot; beyond it numbers are asked one by one.
    const ROWS: usize = 1 << 20;

    fn prepare(&mut self) {
        let mut cuts = Vec::new();
        for question in &self.questions {
            if let Question::Test(test) = question {
                test.cuts(&mut cuts);
                self.exists |= matches!(test, Test::Exists);
                self.whole |= matches!(test, Test::Size(_) | Test::Whole(_) | Test::Element(_));
            }
        }
        let cut = |place: usize| cuts.get(place).copied().unwrap_or(0.0);
        let mut sorted: Vec<f64> = Vec::new();
        for place in crate::order::places(cuts.len(), &|a, b| cut(a).total_cmp(&cut(b))) {
            if sorted.last() != Some(&cut(place)) {
                sorted.push(cut(place));
            }
        }
        let mut cuts = sorted;
        self.endless = (2 * cuts.len() + 4 + self.options.len()) * self.questions.len() > Slot::ROWS;
        if self.endless {
            cuts.clear();
        }
        self.rows.clear();
        self.append(&[]);
        self.append(&[&Value::Boolean(false)]);
        self.append(&[&Value::Boolean(true)]);
        let mut below = f64::NEG_INFINITY;
        for &cut in &cuts {
            // What lies between two floats that are neighbours does not matter.
            let between = if below.is_finite() { below / 2.0 + cut / 2.0 } else { below };
            self.append(&[&Value::Number(between)]);
            self.append(&[&Value::Number(cut)]);
            below = cut;
        }
        self.append(&[&Value::Number(f64::INFINITY)]);
        for option in core::mem::take(&mut self.options) {
            let option = Value::Text(option);
            self.append(&[&option]);
            if let Value::Text(option) = option {
                self.options.push(option);
            }
        }
        self.cuts = cuts;
    }

    fn append(&mut self, found: &[&Value]) {
        let row = self.ask(found);
        self.rows.extend(row);
    }

    /// A row by its place.
    pub fn row(&self, place: usize) -> &[Truth] {
        let width = self.questions.len();
        self.rows.get(place * width..(place + 1) * width).unwrap_or_default()
    }

    /// The place of the row of a number, where all are prepared.
    pub fn number(&self, number: f64) -> Option<usize> {
        let number = if self.kind == Some(Type::Date) { date_of(number) } else { number };
        let place = self.cuts.partition_point(|cut| *cut < number);
        let at = self.cuts.get(place) == Some(&number);
        (!self.endless).then_some(row::NUMBERS + 2 * place + usize::from(at))
    }

    /// The place of the row of an option.
    pub fn option(&self, option: usize) -> usize {
        row::NUMBERS + 2 * self.cuts.len() + 1 + option
    }

    /// The row of a cell.
    pub fn cell(&self, cell: usize) -> &[Truth] {
        let width = self.questions.len();
        self.cells.get(cell * width..(cell + 1) * width).unwrap_or_default()
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.cells.len() / self.questions.len().max(1)
    }

    /// The answers of the known values found at this slot.
    pub fn ask(&self, found: &[&Value]) -> Vec<Truth> {
        let dated: Vec<Value>;
        let refs: Vec<&Value>;
        let found = if self.kind == Some(Type::Date) {
            dated = found.iter().map(|value| date(value)).collect();
            refs = dated.iter().collect();
            refs.as_slice()
        } else {
            found
        };
        let mut row = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            let answer = match question {
                Question::Test(test) => test.ask(found),
                Question::Both(both) => join(both, &row),
            };
            row.push(answer);
        }
        row
    }

    /// Adds to the answers of a list those of one more element.
    pub fn with_element(&self, list: &mut [Truth], element: &[Truth]) {
        for place in 0..list.len() {
            let answer = match self.questions.get(place) {
                Some(Question::Both(both)) => join(both, list),
                _ => list.get(place).max(element.get(place)).copied().unwrap_or(Truth::Unknown),
            };
            if let Some(to) = list.get_mut(place) {
                *to = answer;
            }
        }
    }

    /// The answers of an attribute that is known, but not to us: that it exists, and nothing else.
    pub fn undisclosed(&self) -> Vec<Truth> {
        let mut row = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            let answer = match question {
                Question::Test(Test::Exists) => Truth::True,
                Question::Test(_) => Truth::Unknown,
                Question::Both(both) => join(both, &row),
            };
            row.push(answer);
        }
        row
    }

    /// Whether each answer about a list is that about any of its elements.
    #[cfg(feature = "bulk")]
    pub fn by_element(&self) -> bool {
        !self.whole && self.questions.iter().all(|question| matches!(question, Question::Test(_)))
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

/// What a join says.
pub fn join(both: &[Clause; 2], answers: &[Truth]) -> Truth {
    let [one, other] = both;
    one.truth(answers).min(other.truth(answers))
}

fn date_of(number: f64) -> f64 {
    time::instant_of_number(number).map_or(number, |instant| instant as f64)
}

/// Dates are compared as milliseconds; what is no date stays as it is.
fn date(value: &Value) -> Value {
    time::instant_of_value(value).map_or_else(|| value.clone(), |instant: Instant| Value::Number(instant as f64))
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
