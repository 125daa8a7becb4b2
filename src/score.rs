//! The result of scoring one lead, as hosts see it. Data only; `explain` fills it in.

pub use crate::engage::EventCounts;
use crate::error::Issue;
use crate::time::Instant;
use crate::value::Value;

/// Values by name, in the model's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Named<T> {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

/// What came of scoring one lead.
#[derive(Clone, Debug)]
pub struct Score {
    /// The model that scored.
    pub model: ModelName,
    /// `scored`, `disqualified`, `excluded` or `insufficient_data`.
    pub status: &'static str,
    /// The instant it is for.
    pub as_of: Option<Instant>,
    /// The score, rounded to the model's decimals.
    pub value: Option<f64>,
    /// The score before rounding.
    pub raw: Option<f64>,
    /// The label of each dimension that has labels, and of the total.
    pub labels: Named<Option<String>>,
    /// The letter, or the cell of the matrix.
    pub grade: Option<String>,
    /// The stage reached.
    pub stage: Option<String>,
    /// What to do next.
    pub route: Option<Route>,
    /// The value of each dimension.
    pub dimensions: Named<DimensionValue>,
    /// The value of each group.
    pub groups: Named<GroupValue>,
    /// What each rule gave that fired.
    pub contributions: Vec<Contribution>,
    /// What caps and floors above the rules added or took.
    pub adjustments: Vec<Adjustment>,
    /// Share of the needed attributes that are known.
    pub coverage: f64,
    /// Unknown attributes that could still change the answer.
    pub missing: Vec<String>,
    /// Lowest and highest score over every completion of the missing attributes.
    pub bounds: Option<BoundsOfValue>,
    /// Until when the value stays as it is, without new events.
    pub valid_until: Option<Instant>,
    /// The first change of a label, the grade or the stage to come.
    pub next: Option<Next>,
    /// Red flags that are true or cannot be decided.
    pub disqualifiers: Vec<FlagAnswer>,
    /// The same of exclusions.
    pub exclusions: Vec<FlagAnswer>,
    /// Overrides that applied.
    pub overrides: Vec<AppliedOverride>,
    /// Grade and stage without overrides.
    pub computed: Computed,
    /// What became of the events.
    pub events: EventCounts,
    /// What looks wrong in the lead.
    pub warnings: Vec<Issue>,
    /// How far it can be off, where the oldest events of a visitor were folded.
    pub folded: Option<Folded>,
    /// Contributions as sentences.
    pub reasons: Option<Vec<Reason>>,
    /// The smallest sets of changes that reach the next label or stage.
    pub counterfactuals: Option<Vec<Counterfactual>>,
}

/// Which model it was.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelName {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: Option<String>,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The route's id.
    pub id: String,
    /// Where the lead goes.
    pub queue: Option<String>,
    /// Whose it becomes.
    pub owner: Option<String>,
    /// What is to be done.
    pub action: Option<String>,
    /// The same for people.
    pub text: Option<String>,
}

/// The value of a dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct DimensionValue {
    /// Rounded.
    pub value: Option<f64>,
    /// Before rounding.
    pub raw: Option<f64>,
}

/// The value of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupValue {
    /// The dimension it belongs to.
    pub dimension: String,
    /// The sum of its rules.
    pub points: f64,
    /// After floor and cap; none where the group left.
    pub value: Option<f64>,
}

/// What one rule gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The rule.
    pub rule: String,
    /// Its group.
    pub group: String,
    /// Its dimension.
    pub dimension: String,
    /// Occurrences counted.
    pub count: u32,
    /// Points before anything was lost.
    pub gross: f64,
    /// What was lost on the way.
    pub lost: Lost,
    /// What the rule gave its group.
    pub points: f64,
    /// Its share of the total before rounding.
    pub value: f64,
}

/// Points lost to limit, decay and the rule's own cap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lost {
    /// Occurrences over the limit.
    pub limit: f64,
    /// Age.
    pub decay: f64,
    /// The cap; negative where a floor added.
    pub cap: f64,
}

/// What a cap or a floor above the rules added or took.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjustment {
    /// `group`, `dimension` or `total`.
    pub on: &'static str,
    /// Its id; `total` for the total.
    pub id: String,
    /// `cap`, `floor` or `maximum`.
    pub kind: &'static str,
    /// Its share of the total before rounding.
    pub value: f64,
}

/// Lowest and highest score still possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundsOfValue {
    /// The lowest.
    pub lowest: f64,
    /// The highest.
    pub highest: f64,
    /// Whether both are attained by some completion.
    pub exact: bool,
}

/// What is left of the oldest events of a visitor, and what that leaves open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Folded {
    /// How many were folded.
    pub events: usize,
    /// The lowest value that the whole history could have.
    pub lowest: Option<f64>,
    /// The highest.
    pub highest: Option<f64>,
}

/// A change to come without new events.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// When.
    pub at: Instant,
    /// The value then.
    pub value: Option<f64>,
    /// The labels then.
    pub labels: Named<Option<String>>,
    /// The grade then.
    pub grade: Option<String>,
    /// The stage then.
    pub stage: Option<String>,
}

/// A red flag or an exclusion that is true, or cannot be decided.
#[derive(Clone, Debug, PartialEq)]
pub struct FlagAnswer {
    /// Its id.
    pub id: String,
    /// `true`, or nothing when it cannot be decided.
    pub answer: Option<bool>,
    /// Why, for people.
    pub reason: Option<String>,
}

/// An override that applied.
#[derive(Clone, Debug, PartialEq)]
pub struct AppliedOverride {
    /// Its id.
    pub id: String,
    /// Why, for people.
    pub reason: Option<String>,
}

/// Grade and stage without overrides.
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// The grade.
    pub grade: Option<String>,
    /// The stage.
    pub stage: Option<String>,
}

/// Something told to a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Stable: `rule:ID`, `disqualifier:ID`, `exclusion:ID`, `override:ID`, `missing:PATH`.
    pub code: String,
    /// Its share of the total; 0 for what is not a contribution.
    pub value: f64,
    /// The sentence.
    pub text: String,
}

/// A smallest set of changes that reaches the next label or stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactual {
    /// What it reaches.
    pub reaches: Target,
    /// The changes, all of them needed.
    pub changes: Vec<Change>,
    /// The value the lead would have.
    pub value: f64,
}

/// The next label of the total, or the next stage.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A label.
    Label(String),
    /// A stage.
    Stage(String),
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// An attribute takes another value.
    Attribute {
        /// Its path.
        attribute: String,
        /// A value that is enough; others may be.
        to: Value,
        /// The same for people.
        text: Option<String>,
    },
    /// Something happens, at the instant of the score.
    Event {
        /// The event type.
        event: String,
        /// Its properties, by path, for the rule to count it.
        with: Named<Value>,
        /// The rule that counts it.
        rule: String,
        /// How often.
        times: u32,
        /// The same for people.
        text: Option<String>,
    },
}
