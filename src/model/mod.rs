//! The model document: what its author wrote, typed, with defaults filled in.
//!
//! Nothing here scores; `read` makes it from JSON, `check` judges it, `compile` turns it into a program.

mod events;
mod fields;
mod read;
mod result;
mod rules;

pub use read::read;

use crate::condition::{Condition, Scalar};
use crate::time::Duration;
use crate::value::Value;

pub use crate::policy::{Combine, Missing};
pub use crate::value::Type;

/// The format of model documents that this version reads.
pub const FORMAT: f64 = 1.0;

/// A text for people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    pub en: String,
    pub fr: String,
}

impl Text {
    /// One text for both languages.
    pub fn same(text: &str) -> Text {
        Text { en: text.to_owned(), fr: text.to_owned() }
    }

    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }
}

/// The languages of texts for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

#[derive(Clone, Debug, Default)]
pub struct Model {
    pub id: String,
    pub version: Option<String>,
    pub attributes: Vec<Attribute>,
    /// The declared event types; `None` when the model declares none at all.
    pub events: Option<Vec<EventType>>,
    pub decimals: u32,
    pub dimensions: Vec<Dimension>,
    pub total: Total,
    pub grade: Option<Grade>,
    pub stages: Vec<Stage>,
    pub exclusions: Vec<Flag>,
    pub disqualifiers: Vec<Flag>,
    pub overrides: Vec<Override>,
    pub routes: Vec<Route>,
    pub tests: Vec<Test>,
}

/// A declared attribute of the facts, or property of an event.
#[derive(Clone, Debug)]
pub struct Attribute {
    pub path: String,
    pub kind: Type,
    pub label: Text,
    pub values: Option<Vec<String>>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub required: bool,
}

#[derive(Clone, Debug)]
pub struct EventType {
    pub name: String,
    pub purpose: Option<String>,
    pub properties: Vec<Attribute>,
}

/// Bounds on what a rule, group, dimension or the total may give.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    pub floor: Option<f64>,
    pub cap: Option<f64>,
}

#[derive(Clone, Debug, Default)]
pub struct Dimension {
    pub id: String,
    pub label: Text,
    pub weight: f64,
    pub normalise: bool,
    pub bounds: Bounds,
    pub labels: Vec<Label>,
    pub groups: Vec<Group>,
}

#[derive(Clone, Debug, Default)]
pub struct Group {
    pub id: String,
    pub label: Text,
    pub weight: f64,
    pub bounds: Bounds,
    pub missing: Missing,
    pub rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    pub label: Text,
    pub bounds: Bounds,
    pub counts: Counts,
}

/// What a rule looks at: the facts, or events.
#[derive(Clone, Debug)]
pub enum Counts {
    Facts { when: Option<Condition>, gives: FactPoints },
    Events(EventRule),
}

#[derive(Clone, Debug)]
pub enum FactPoints {
    Points { points: f64, otherwise: f64 },
    Bands { attribute: String, bands: Vec<Band> },
}

/// One line of a band table: the values it is for, and their points.
#[derive(Clone, Debug)]
pub struct Band {
    pub values: BandValues,
    pub points: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BandValues {
    /// From low to high; the flags say whether the ends are included.
    Range { low: Option<(f64, bool)>, high: Option<(f64, bool)> },
    /// One of these.
    Is(Vec<Scalar>),
    /// Everything that no band before it is for.
    Rest,
}

#[derive(Clone, Debug)]
pub struct EventRule {
    pub on: Vec<String>,
    pub when: Option<Condition>,
    pub gives: EventPoints,
    pub multiplier: Multiplier,
    pub window: Option<Duration>,
    pub limits: Vec<Limit>,
    pub decay: Decay,
}

#[derive(Clone, Debug)]
pub enum EventPoints {
    /// For each occurrence.
    Each(f64),
    /// By the number of occurrences.
    Frequency(Vec<FrequencyBand>),
}

#[derive(Clone, Debug)]
pub struct FrequencyBand {
    pub least: u32,
    pub most: u32,
    pub within: Option<Duration>,
    pub points: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Multiplier {
    Number(f64),
    Property { path: String, max: f64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub n: u32,
    pub per: Per,
    /// Whether the latest of a period are kept, and not the earliest.
    pub latest: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    Time(Duration),
    Session,
    Ever,
}

/// How the points of one event shrink with its age.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Decay {
    pub kind: DecayKind,
    /// Milliseconds in which nothing is lost.
    pub grace: i64,
    /// The share that always stays.
    pub residual: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum DecayKind {
    #[default]
    None,
    Expire {
        after: Duration,
    },
    Linear {
        lose: f64,
        every: Duration,
    },
    Step {
        lose: f64,
        every: Duration,
    },
    Exponential {
        half_life: Duration,
    },
}

#[derive(Clone, Debug, Default)]
pub struct Total {
    pub combine: Combine,
    pub bounds: Bounds,
    pub labels: Vec<Label>,
}

/// A threshold and the label from there up.
#[derive(Clone, Debug)]
pub struct Label {
    pub id: String,
    /// `-∞` for the lowest.
    pub from: f64,
    pub keep: f64,
}

#[derive(Clone, Debug)]
pub enum Grade {
    Ladder { letters: Vec<String>, start: usize, dimension: usize },
    Matrix { rows: Axis, columns: Axis, cells: Option<Cells> },
}

/// For a row label, the grade of each column label.
pub type Cells = Vec<(String, Vec<(String, String)>)>;

/// Where a label comes from: a dimension, by its place, or the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    Dimension(usize),
    Total,
}

#[derive(Clone, Debug)]
pub struct Stage {
    pub id: String,
    pub when: Option<Condition>,
    pub keep: Option<Condition>,
}

/// An exclusion or a disqualifier.
#[derive(Clone, Debug)]
pub struct Flag {
    pub id: String,
    pub when: Option<Condition>,
    /// The event types it looks at; empty: it looks at the facts.
    pub on: Vec<String>,
    pub reason: Option<Text>,
}

#[derive(Clone, Debug)]
pub struct Override {
    pub id: String,
    pub when: Option<Condition>,
    pub stage: Option<usize>,
    pub grade: Option<String>,
    pub reason: Option<Text>,
}

#[derive(Clone, Debug)]
pub struct Route {
    pub id: String,
    pub when: Option<Condition>,
    pub queue: Option<String>,
    pub owner: Option<String>,
    pub action: Option<String>,
    pub text: Option<Text>,
}

/// A lead and the result it must give.
#[derive(Clone, Debug)]
pub struct Test {
    pub name: String,
    /// With `facts`, `events`, `asOf`, `previous`, `consent`, as `Lead` reads them.
    pub lead: Value,
    pub expect: Value,
}
