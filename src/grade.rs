//! What a value means: labels, the grade, overrides, the stage, the route.

use alloc::vec;
use alloc::vec::Vec;

use crate::answers::Answers;
use crate::condition::Truth;
use crate::eval::{Given, Tally};
use crate::program::{Grade, NONE, Program, Reading, Slot, Threshold, row};

/// Whether a lead was scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It was.
    #[default]
    Scored,
    /// A disqualifier is true; the value is for information.
    Disqualified,
    /// An exclusion is true; there is no value.
    Excluded,
    /// Something required is unknown; there is no value.
    InsufficientData,
}

impl Status {
    /// Their names in results, by place.
    pub const NAMES: [&'static str; 4] = ["scored", "disqualified", "excluded", "insufficient_data"];
}

/// The labels and the stage that a lead had.
#[derive(Clone, Debug, Default)]
pub struct Previous {
    /// For each dimension, then the total.
    pub labels: Vec<Option<usize>>,
    pub stage: Option<usize>,
}

/// Where a lead stands; each by its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// For each dimension, then the total.
    pub labels: Vec<Option<usize>>,
    pub grade: Option<usize>,
    pub stage: Option<usize>,
    /// Without overrides.
    pub computed_grade: Option<usize>,
    pub computed_stage: Option<usize>,
    /// Those that apply.
    pub overrides: Vec<usize>,
}

impl Standing {
    /// Whether labels, grade and stage are those of another; the way there does not matter.
    pub fn shows(&self, other: &Standing) -> bool {
        self.labels == other.labels && self.grade == other.grade && self.stage == other.stage
    }
}

/// What conditions on the result look at.
#[derive(Clone, Copy)]
pub struct View<'v> {
    pub program: &'v Program,
    pub tally: &'v Tally,
    pub given: &'v [Given],
    pub coverage: f64,
    pub status: Status,
    /// Whether the result shows numbers; what it does not show, conditions do not see.
    pub has_value: bool,
}

impl View<'_> {
    /// Labels, grade, overrides and stage, in this order, which only scored leads have; then the route.
    pub fn stand(&self, answers: &mut Answers, previous: &Previous) -> (Standing, Option<usize>) {
        let program = self.program;
        let mut standing = self.labels_and_grade(previous);
        self.read(answers, &standing);
        if self.status == Status::Scored {
            let mut forced = None;
            for (place, one) in program.overrides.iter().enumerate() {
                if one.when.truth(&answers.truths) == Truth::True {
                    standing.grade = some(one.grade).or(standing.grade);
                    forced = some(one.stage).or(forced);
                    standing.overrides.push(place);
                }
            }
            if standing.grade != standing.computed_grade {
                self.read(answers, &standing);
            }
            for (place, stage) in program.stages.iter().enumerate() {
                let kept = previous.stage == Some(place) && stage.keep.truth(&answers.truths) == Truth::True;
                if kept || stage.when.truth(&answers.truths) == Truth::True {
                    standing.computed_stage = Some(place);
                }
            }
            standing.stage = forced.or(standing.computed_stage);
            self.read(answers, &standing);
        }
        let route = program.routes.iter().position(|route| route.truth(&answers.truths) == Truth::True);
        (standing, route)
    }

    fn labels_and_grade(&self, previous: &Previous) -> Standing {
        let axes = self.program.labels.len();
        let mut standing = Standing { labels: vec![None; axes], ..Standing::default() };
        if self.status == Status::Scored {
            for (axis, label) in standing.labels.iter_mut().enumerate() {
                *label = self.label(axis, previous);
            }
            standing.computed_grade = self.grade(&standing.labels);
            standing.grade = standing.computed_grade;
        }
        standing
    }

    /// All on which the standing depends, as numbers: between two results that share it nothing changes.
    pub fn signature(&self, previous: &Previous) -> Vec<u64> {
        let standing = self.labels_and_grade(previous);
        let mut signature = Vec::new();
        for place in standing.labels.iter().chain([&standing.grade]) {
            signature.push(place.map_or(0, |place| place as u64 + 1));
        }
        for (slot, reading) in self.slots() {
            let number = self.number(*reading);
            signature.push(slot.number(number).map_or(number.to_bits(), |row| row as u64));
        }
        signature
    }

    /// The slots that read the result.
    fn slots(&self) -> impl Iterator<Item = (&Slot, &Reading)> {
        let slots = self.program.facts.slots.get(self.program.attributes()..).unwrap_or_default();
        slots.iter().zip(&self.program.readings)
    }

    /// Answers what is asked of the result so far.
    fn read(&self, answers: &mut Answers, standing: &Standing) {
        let first = self.program.attributes();
        for (place, (slot, reading)) in self.slots().enumerate() {
            let option = match *reading {
                Reading::Grade => standing.grade,
                Reading::Stage => standing.stage,
                Reading::Status => Some(self.status as usize),
                Reading::Label(axis) => standing.labels.get(axis as usize).copied().flatten(),
                _ => None,
            };
            let number = self.number(*reading);
            match option {
                Some(option) => answers.put(first + place, slot, slot.row(slot.option(option)), true),
                None if number.is_nan() => answers.put(first + place, slot, slot.row(row::UNKNOWN), true),
                None => answers.put_number(first + place, slot, number),
            }
        }
        answers.join(&self.program.facts, self.program.settled as usize, self.program.facts.joins.len());
    }

    /// The number that a reading is, as it is shown; NaN for none.
    fn number(&self, reading: Reading) -> f64 {
        let given = |rule: u32| self.given.get(rule as usize);
        match reading {
            Reading::Total => self.value(self.program.dimensions.len()),
            Reading::Dimension(place) => self.value(place as usize),
            Reading::Coverage => self.coverage,
            Reading::Group(place) if self.has_value => {
                self.tally.groups.get(place as usize).map_or(f64::NAN, |points| self.program.shown(*points))
            }
            Reading::Rule(place) => given(place).map_or(f64::NAN, |given| self.program.shown(given.points)),
            Reading::Count(place) => given(place).map_or(f64::NAN, |given| f64::from(given.count)),
            _ => f64::NAN,
        }
    }

    /// The shown value of a dimension, or after the last of the total.
    fn value(&self, axis: usize) -> f64 {
        let value = self.tally.dimensions.get(axis).map_or(self.tally.total, |dimension| dimension.value);
        if self.has_value { self.program.shown(value) } else { f64::NAN }
    }

    fn label(&self, axis: usize, previous: &Previous) -> Option<usize> {
        let value = self.value(axis);
        let had = previous.labels.get(axis).copied().flatten();
        // The first label from the top that the value reaches, or keeps.
        let reached =
            |(place, label): (usize, &Threshold)| value >= label.from || (had == Some(place) && value >= label.keep);
        self.program.labels.get(axis)?.iter().enumerate().position(reached)
    }

    fn grade(&self, labels: &[Option<usize>]) -> Option<usize> {
        let label = |axis: u32| labels.get(axis as usize).copied().flatten();
        match &self.program.grade {
            Grade::None => None,
            Grade::Ladder { letters, start, dimension } => {
                let value = self.value(*dimension as usize);
                let last = f64::from(letters.saturating_sub(1));
                let step = (f64::from(*start) + libm::round(value)).max(0.0).min(last);
                (!value.is_nan()).then_some(step as usize)
            }
            Grade::Matrix { rows, columns, cells } => {
                let width = self.program.labels.get(*columns as usize)?.len();
                cells.get(label(*rows)? * width + label(*columns)?).map(|grade| *grade as usize)
            }
        }
    }
}

fn some(place: u32) -> Option<usize> {
    (place != NONE).then_some(place as usize)
}
