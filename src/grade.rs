//! What a value means: labels, the grade, overrides, the stage, the route.
//!
//! Works on ranges: what is the same at both ends is told, the rest stays open. For a score, every range is a point.

use crate::answers::Answers;
use crate::condition::{Scalar, Test, Truth};
use crate::eval::{Given, Range, Tally};
use crate::model::Label;
use crate::program::{Clause, Grade, Program, Question, Reading};
use crate::value::Value;

/// Whether a lead was scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was.
    Scored,
    /// A disqualifier is true; the value is for information.
    Disqualified,
    /// An exclusion is true; there is no value.
    Excluded,
    /// Something required is unknown; there is no value.
    InsufficientData,
}

impl Status {
    /// Its name in results.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Scored => "scored",
            Status::Disqualified => "disqualified",
            Status::Excluded => "excluded",
            Status::InsufficientData => "insufficient_data",
        }
    }
}

/// One of several, by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// None of them.
    Nothing,
    Is(usize),
    /// It depends on where in its range a number is.
    Open,
}

impl Told {
    fn of(place: Option<usize>) -> Told {
        place.map_or(Told::Nothing, Told::Is)
    }

    /// What both ends of a range agree on.
    fn both(low: Option<usize>, high: Option<usize>) -> Told {
        if low == high { Told::of(low) } else { Told::Open }
    }

    pub fn place(self) -> Option<usize> {
        match self {
            Told::Is(place) => Some(place),
            _ => None,
        }
    }
}

/// The labels and the stage that a lead had.
#[derive(Clone, Debug, Default)]
pub struct Previous {
    /// For each dimension, then the total.
    pub labels: Vec<Option<usize>>,
    pub stage: Option<usize>,
}

/// Where a lead stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub status: Status,
    /// For each dimension, then the total.
    pub labels: Vec<Told>,
    pub grade: Told,
    pub stage: Told,
    /// Without overrides.
    pub computed_grade: Told,
    pub computed_stage: Told,
    /// Those that apply.
    pub overrides: Vec<usize>,
}

impl Standing {
    /// Whether labels, grade and stage are certainly those of another; the way there does not matter.
    pub fn shows_the_same(&self, other: &Standing) -> bool {
        let told = || self.labels.iter().chain([&self.grade, &self.stage]);
        told().all(|told| *told != Told::Open) && told().eq(other.labels.iter().chain([&other.grade, &other.stage]))
    }
}

/// What conditions on the result look at.
pub struct View<'v> {
    pub program: &'v Program,
    pub answers: &'v Answers,
    pub tally: &'v Tally,
    /// Points and occurrences of each rule.
    pub rules: &'v [(Range, Range)],
    pub coverage: f64,
    pub status: Status,
    /// Whether the result shows numbers; what it does not show, conditions do not see.
    pub has_value: bool,
    labels: Vec<Told>,
    grade: Told,
    stage: Told,
}

/// The answer to a condition on the result.
#[derive(Clone, Copy, PartialEq)]
enum Decision {
    Yes,
    No,
    Open,
}

/// Points and occurrences of each rule, as points.
pub fn rule_ranges(given: &[Given]) -> Vec<(Range, Range)> {
    given.iter().map(|given| (Range::point(given.points), Range::point(f64::from(given.gain.count)))).collect()
}

impl<'v> View<'v> {
    pub fn new(
        program: &'v Program,
        answers: &'v Answers,
        tally: &'v Tally,
        rules: &'v [(Range, Range)],
        coverage: f64,
        (status, has_value): (Status, bool),
    ) -> View<'v> {
        let (grade, stage) = (Told::Nothing, Told::Nothing);
        View { program, answers, tally, rules, coverage, status, has_value, labels: Vec::new(), grade, stage }
    }

    /// Labels, grade, overrides and stage, in this order. Only scored leads have them.
    pub fn standing(&mut self, previous: &Previous) -> Standing {
        if self.status != Status::Scored {
            let labels = vec![Told::Nothing; self.program.labels.len()];
            let [grade, stage, computed_grade, computed_stage] = [Told::Nothing; 4];
            let overrides = Vec::new();
            return Standing { status: self.status, labels, grade, stage, computed_grade, computed_stage, overrides };
        }
        self.labels = (0..self.program.labels.len()).map(|axis| self.label(axis, previous)).collect();
        self.grade = self.computed_grade();
        let (computed_grade, decided) = (self.grade, self.decided_overrides());
        let mut stage_forced = None;
        let mut overrides = Vec::new();
        for (place, decision) in decided {
            let Some(one) = self.program.overrides.get(place) else {
                continue;
            };
            let told = |forced: usize| {
                if decision == Decision::Open { Told::Open } else { Told::Is(forced) }
            };
            self.grade = one.grade.map_or(self.grade, told);
            stage_forced = one.stage.map(told).or(stage_forced);
            overrides.push(place);
        }
        let computed_stage = self.computed_stage(previous);
        self.stage = stage_forced.unwrap_or(computed_stage);
        let (labels, grade, stage) = (self.labels.clone(), self.grade, self.stage);
        Standing { status: self.status, labels, grade, stage, computed_grade, computed_stage, overrides }
    }

    /// The first route whose condition is true.
    pub fn route(&self) -> Option<usize> {
        self.program.routes.iter().position(|route| self.decide(&route.when) == Decision::Yes)
    }

    /// The slots for want of which a condition on the result is unknown.
    pub fn open_facts(&self, visit: &mut impl FnMut(usize)) {
        let program = self.program;
        let stages = program.stages.iter().flat_map(|stage| [Some(&stage.when), stage.keep.as_ref()]).flatten();
        let clauses = stages.chain(program.overrides.iter().map(|one| &one.when));
        for clause in clauses.chain(program.routes.iter().map(|route| &route.when)) {
            clause.open(&|question| self.answer(question), &mut |question| {
                if let Question::Bit(bit) = question {
                    visit(*bit);
                }
            });
        }
    }

    fn value(&self, axis: usize) -> Option<Range> {
        let value = match self.tally.dimensions.get(axis) {
            Some(dimension) => dimension.map(|dimension| dimension.value),
            None => self.tally.total,
        };
        value.filter(|_| self.has_value).map(|value| self.shown(value))
    }

    fn shown(&self, range: Range) -> Range {
        range.map(|value| self.program.shown(value))
    }

    fn label(&self, axis: usize, previous: &Previous) -> Told {
        let had = previous.labels.get(axis).copied().flatten();
        let (Some(labels), Some(value)) = (self.program.labels.get(axis), self.value(axis)) else {
            return Told::Nothing;
        };
        Told::both(reached(labels, value.low, had), reached(labels, value.high, had))
    }

    fn computed_grade(&self) -> Told {
        match &self.program.grade {
            None => Told::Nothing,
            Some(Grade::Ladder { letters, start, dimension }) => {
                let last = letters.saturating_sub(1) as f64;
                let step = |value: f64| (*start as f64 + libm::round(value)).max(0.0).min(last) as usize;
                let value = self.value(*dimension);
                value.map_or(Told::Nothing, |value| Told::both(Some(step(value.low)), Some(step(value.high))))
            }
            Some(Grade::Matrix { rows, columns, cells }) => {
                let label = |axis: &usize| self.labels.get(*axis).copied().unwrap_or(Told::Nothing);
                match (label(rows), label(columns)) {
                    (Told::Nothing, _) | (_, Told::Nothing) => Told::Nothing,
                    (Told::Is(row), Told::Is(column)) => {
                        Told::of(cells.get(row).and_then(|row| row.get(column)).copied())
                    }
                    _ => Told::Open,
                }
            }
        }
    }

    /// The overrides that apply, and those that may.
    fn decided_overrides(&self) -> Vec<(usize, Decision)> {
        let decided = self.program.overrides.iter().map(|one| self.decide(&one.when)).enumerate();
        decided.filter(|(_, decision)| *decision != Decision::No).collect()
    }

    /// The last stage whose `when` is true, or that the lead had and whose `keep` is.
    fn computed_stage(&self, previous: &Previous) -> Told {
        for (place, stage) in self.program.stages.iter().enumerate().rev() {
            let kept = stage.keep.as_ref().filter(|_| previous.stage == Some(place));
            match (self.decide(&stage.when), kept.map(|keep| self.decide(keep))) {
                (Decision::Yes, _) | (_, Some(Decision::Yes)) => return Told::Is(place),
                (Decision::Open, _) | (_, Some(Decision::Open)) => return Told::Open,
                (Decision::No, _) => {}
            }
        }
        Told::Nothing
    }

    /// Unknown for want of a fact is no; open only where a range decides.
    fn decide(&self, clause: &Clause) -> Decision {
        let answer = |question: &Question| self.answer(question);
        match clause.truth(&answer) {
            Truth::True => Decision::Yes,
            Truth::False => Decision::No,
            Truth::Unknown => {
                let mut decision = Decision::No;
                clause.open(&answer, &mut |question| {
                    if matches!(question, Question::Result(reading, _) if self.is_open(*reading)) {
                        decision = Decision::Open;
                    }
                });
                decision
            }
        }
    }

    fn is_open(&self, reading: Reading) -> bool {
        match reading {
            Reading::Grade => self.grade == Told::Open,
            Reading::Stage => self.stage == Told::Open,
            Reading::Label(axis) => self.labels.get(axis) == Some(&Told::Open),
            Reading::Status => false,
            number => self.number(number).is_some_and(|range| !range.is_point()),
        }
    }

    fn answer(&self, question: &Question) -> Truth {
        let (reading, test) = match question {
            Question::Bit(bit) => return self.answers.truth(*bit),
            Question::Result(reading, test) => (*reading, test),
        };
        match reading {
            Reading::Status => ask_text(test, Some(self.status.as_str())),
            Reading::Grade => {
                self.ask_told(test, self.grade, |place| self.program.grades.get(place).map(String::as_str))
            }
            Reading::Stage => {
                self.ask_told(test, self.stage, |place| self.program.stages.get(place).map(|s| s.id.as_str()))
            }
            Reading::Label(axis) => {
                let labels = self.program.labels.get(axis);
                let told = self.labels.get(axis).copied().unwrap_or(Told::Nothing);
                self.ask_told(test, told, |place| labels?.get(place).map(|label| label.id.as_str()))
            }
            number => self.number(number).map_or_else(|| test.ask(&[]), |range| ask_number(test, range)),
        }
    }

    fn ask_told<'t>(&self, test: &Test, told: Told, name: impl FnOnce(usize) -> Option<&'t str>) -> Truth {
        match told {
            Told::Open => Truth::Unknown,
            Told::Nothing => ask_text(test, None),
            Told::Is(place) => ask_text(test, name(place)),
        }
    }

    fn number(&self, reading: Reading) -> Option<Range> {
        match reading {
            Reading::Total => self.value(self.tally.dimensions.len()),
            Reading::Coverage => Some(Range::point(self.coverage)),
            Reading::Dimension(place) => self.value(place),
            Reading::Group(place) => {
                let points = self.tally.groups.get(place).copied().flatten();
                points.filter(|_| self.has_value).map(|points| self.shown(points))
            }
            Reading::Rule(place) => self.rules.get(place).map(|(points, _)| self.shown(*points)),
            Reading::Count(place) => self.rules.get(place).map(|(_, count)| *count),
            _ => None,
        }
    }
}

/// The first label from the top that a value reaches, or keeps.
fn reached(labels: &[Label], value: f64, had: Option<usize>) -> Option<usize> {
    let reaches = |(place, label): (usize, &Label)| value >= label.from || (had == Some(place) && value >= label.keep);
    labels.iter().enumerate().position(reaches)
}

fn ask_text(test: &Test, text: Option<&str>) -> Truth {
    match text {
        Some(text) => test.ask(&[&Value::Text(text.to_owned())]),
        None => test.ask(&[]),
    }
}

/// The answer that holds all over a range, or unknown.
fn ask_number(test: &Test, range: Range) -> Truth {
    let at = |number: f64| test.ask(&[&Value::Number(number)]);
    if range.is_point() {
        return at(range.low);
    }
    match test {
        Test::OneOf(listed, _) => {
            let within = |scalar| matches!(scalar, Scalar::Number(n) if (range.low..=range.high).contains(&n));
            if listed.scalars().any(within) { Truth::Unknown } else { Truth::False }
        }
        _ if at(range.low) == at(range.high) => at(range.low),
        _ => Truth::Unknown,
    }
}
