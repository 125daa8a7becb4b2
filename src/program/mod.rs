//! The compiled form of a model: immutable, made by `compile` or read from a `tape`, run by all rooms above.
//!
//! Ids have become places in lists, conditions clauses over numbered answers. Nothing here is for people to read, and
//! nothing knows JSON: names and texts are in `names`.

mod sheet;
mod slot;
mod word;

pub use sheet::{Clause, Origin, Sheet, join};
pub use slot::{Question, Slot, row};
pub use word::{Word, set};

pub use crate::policy::{Combine, Missing};

use alloc::vec::Vec;

use crate::order::insert;

/// In place of a place: none.
pub const NONE: u32 = u32::MAX;

/// A compiled model.
#[derive(Debug, Default)]
pub struct Program {
    pub decimals: u32,
    /// Stands for all that its events mean: what was worked out of them under another seal is worth nothing here.
    pub seal: u32,
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
    /// The slots of the properties that those ask for; see `ask_events`.
    pub asks: Vec<usize>,
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
        let capped = if value > self.cap { self.cap } else { value };
        if capped < self.floor { self.floor } else { capped }
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
    /// Whether the latest of a period are kept, and not the earliest.
    pub latest: bool,
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

    /// Works out what is asked of each event type; last, as it takes joins for a tree.
    pub fn ask_events(&mut self) {
        for kind in &mut self.types {
            kind.asks.clear();
            for &look in &kind.looks {
                let (mut when, mut multiplier) = (Clause::ALWAYS, NONE);
                if let Some(rule) = self.rules.get(look as usize) {
                    when = rule.when;
                    multiplier = rule.events.first().map_or(NONE, |events| events.multiplier);
                } else if let Some(flag) = self.flags.get(look as usize - self.rules.len()) {
                    when = flag.when;
                }
                self.properties.each(when, &|_| true, &mut |slot| insert(&mut kind.asks, slot));
                if multiplier != NONE {
                    insert(&mut kind.asks, multiplier as usize);
                }
            }
        }
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

/// What is picked from each of several lists, by their sizes, in one of all the ways to pick.
pub fn picks(way: usize, sizes: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
    let mut rest = way;
    sizes.map(move |size| {
        let pick = rest % size.max(1);
        rest /= size.max(1);
        pick
    })
}
