//! The smallest sets of changes that reach the next label or stage.
//!
//! A change is another value of one attribute, or a few more occurrences of one rule. Sets of one are tried first, then
//! of two, then of three; what reaches the target by itself is in no larger set.

use super::Case;
use super::words::Words;
use crate::answers::Answers;
use crate::engage::{Occurrence, Timeline};
use crate::grade::Status;
use crate::limits::{CHANGE_SETS, CHANGES, COUNTERFACTUALS};
use crate::model::Lang;
use crate::outcome::{Outcome, outcome};
use crate::program::{Counts, Multiplier};
use crate::score::{Change, Counterfactual, Target};

/// More occurrences of one rule than this are no small change.
const TIMES: u32 = 3;
/// Most changes that sets of several are made of; the most helpful ones.
const COMBINED: usize = 40;

/// A change, by place.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Attribute { slot: usize, cell: usize },
    Event { rule: usize, times: u32 },
}

impl Step {
    /// Two changes of the same thing do not go together.
    fn excludes(self, other: Step) -> bool {
        match (self, other) {
            (Step::Attribute { slot, .. }, Step::Attribute { slot: same, .. }) => slot == same,
            (Step::Event { rule, .. }, Step::Event { rule: same, .. }) => rule == same,
            _ => false,
        }
    }
}

/// Whether an outcome is where the lead should go.
#[derive(Clone, Copy)]
enum Goal {
    /// A label of the total, by place from the top.
    Label(usize),
    Stage(usize),
}

impl Goal {
    fn reached(self, outcome: &Outcome) -> bool {
        let standing = &outcome.standing;
        match self {
            Goal::Label(label) => {
                standing.labels.last().and_then(|told| told.place()).is_some_and(|place| place <= label)
            }
            Goal::Stage(stage) => standing.stage.place().is_some_and(|place| place >= stage),
        }
    }
}

/// The smallest sets for the next label of the total, then for the next stage.
pub fn counterfactuals(case: &Case, lang: Option<Lang>) -> Vec<Counterfactual> {
    if case.outcome.status != Status::Scored {
        return Vec::new();
    }
    let search = Search { case, steps: steps(case) };
    let found = goals(case).into_iter().flat_map(|(goal, target)| {
        search.smallest(goal).into_iter().map(move |(set, value)| (target.clone(), set, value))
    });
    let told = found.map(|(reaches, set, value)| Counterfactual {
        reaches,
        changes: set.iter().filter_map(|step| told(case, *step, lang)).collect(),
        value,
    });
    told.collect()
}

fn goals(case: &Case) -> Vec<(Goal, Target)> {
    let program = case.program;
    let standing = &case.outcome.standing;
    let labels = program.labels.last().map_or(&[][..], Vec::as_slice);
    let label = standing.labels.last().and_then(|told| told.place()).unwrap_or(labels.len()).checked_sub(1);
    let label = label.and_then(|place| Some((Goal::Label(place), Target::Label(labels.get(place)?.id.clone()))));
    let stage = standing.stage.place().map_or(0, |place| place + 1);
    let stage = program.stages.get(stage).map(|named| (Goal::Stage(stage), Target::Stage(named.id.clone())));
    label.into_iter().chain(stage).collect()
}

/// Every single change.
fn steps(case: &Case) -> Vec<Step> {
    let mut steps = Vec::new();
    for (slot, asked) in case.program.facts.slots.iter().enumerate().filter(|(_, slot)| !slot.tests.is_empty()) {
        steps.extend((0..asked.cells.len()).map(|cell| Step::Attribute { slot, cell }));
    }
    for (rule, asked) in case.program.rules.iter().enumerate() {
        if let Counts::Events(events) = &asked.counts
            && matches!(events.multiplier, Multiplier::Number(_))
        {
            steps.extend((1..=TIMES).map(|times| Step::Event { rule, times }));
        }
    }
    steps
}

struct Search<'c> {
    case: &'c Case<'c>,
    steps: Vec<Step>,
}

impl Search<'_> {
    fn smallest(&self, goal: Goal) -> Vec<(Vec<Step>, f64)> {
        let mut found = Vec::new();
        let mut helpful: Vec<(Step, f64)> = Vec::new();
        let before = self.case.outcome;
        let raw = |outcome: &Outcome| outcome.tally.total.map_or(0.0, |total| total.low);
        for &step in &self.steps {
            let after = self.after(&[step]);
            if goal.reached(&after) {
                let same =
                    found.iter().any(|(set, _): &(Vec<Step>, f64)| set.iter().any(|other| step.excludes(*other)));
                if !same {
                    found.push((vec![step], self.value(&after)));
                }
            } else if raw(&after) > raw(before) || after.standing != before.standing {
                helpful.push((step, raw(&after)));
            }
        }
        helpful.sort_by(|a, b| b.1.total_cmp(&a.1));
        helpful.truncate(COMBINED);
        let reaching: Vec<Step> = found.iter().filter_map(|(set, _)| set.first().copied()).collect();
        let steps: Vec<Step> = helpful.into_iter().map(|(step, _)| step).collect();
        let mut budget = CHANGE_SETS;
        for size in 2..=CHANGES {
            if !found.is_empty() {
                break;
            }
            self.sets(goal, size, &steps, &mut Vec::new(), &mut found, &mut budget);
        }
        debug_assert!(reaching.len() <= self.steps.len());
        found.truncate(COUNTERFACTUALS);
        found
    }

    /// Tries every set of this size.
    fn sets(
        &self,
        goal: Goal,
        size: usize,
        steps: &[Step],
        set: &mut Vec<Step>,
        found: &mut Vec<(Vec<Step>, f64)>,
        budget: &mut usize,
    ) {
        if set.len() == size {
            *budget -= 1;
            let after = self.after(set);
            if goal.reached(&after) {
                found.push((set.clone(), self.value(&after)));
            }
            return;
        }
        for (place, step) in steps.iter().enumerate() {
            if *budget == 0 || found.len() >= COUNTERFACTUALS {
                return;
            }
            if set.iter().all(|other| !step.excludes(*other)) {
                set.push(*step);
                self.sets(goal, size, steps.get(place + 1..).unwrap_or_default(), set, found, budget);
                set.pop();
            }
        }
    }

    fn value(&self, after: &Outcome) -> f64 {
        self.case.program.shown(after.tally.total.map_or(0.0, |total| total.low))
    }

    /// What the lead would be with these changes.
    fn after(&self, steps: &[Step]) -> Outcome {
        let case = self.case;
        let mut answers: Option<Answers> = None;
        let mut timeline: Option<Timeline> = None;
        let now = case.now.unwrap_or(0);
        for step in steps {
            match *step {
                Step::Attribute { slot, cell } => {
                    let asked = case.program.facts.slots.get(slot);
                    if let Some((asked, cell)) = asked.and_then(|asked| Some((asked, asked.cells.get(cell)?))) {
                        answers.get_or_insert_with(|| case.answers.clone()).set_class(slot, asked, &cell.class, true);
                    }
                }
                Step::Event { rule, times } => {
                    let timeline = timeline.get_or_insert_with(|| case.timeline.clone());
                    if let Some(occurrences) = timeline.occurrences.get_mut(rule) {
                        let amount = match case.program.rules.get(rule).map(|rule| &rule.counts) {
                            Some(Counts::Events(events)) => match events.multiplier {
                                Multiplier::Number(number) => number,
                                Multiplier::Property { .. } => 1.0,
                            },
                            _ => 1.0,
                        };
                        let place = occurrences.partition_point(|one| one.at <= now);
                        let more = (0..times).map(|_| Occurrence { at: now, amount, session: 0 });
                        occurrences.splice(place..place, more);
                    }
                }
            }
        }
        let (answers, timeline) =
            (answers.as_ref().unwrap_or(case.answers), timeline.as_ref().unwrap_or(case.timeline));
        outcome(case.program, answers, timeline, now, case.previous)
    }
}

fn told(case: &Case, step: Step, lang: Option<Lang>) -> Option<Change> {
    let words = lang.map(|lang| Words { lang, decimals: 6 });
    match step {
        Step::Attribute { slot, cell } => {
            let slot = case.program.facts.slots.get(slot)?;
            let to = slot.cells.get(cell)?.value.clone();
            let text = words.map(|words| words.becomes(&slot.label, slot.kind, &to));
            Some(Change::Attribute { attribute: slot.name.clone(), to, text })
        }
        Step::Event { rule, times } => {
            let event = case.program.types.iter().find(|kind| kind.rules.contains(&rule))?;
            let rule = case.program.rules.get(rule)?;
            let text = words.map(|words| words.happens(&rule.label, times));
            Some(Change::Event { event: event.name.clone(), rule: rule.id.clone(), times, text })
        }
    }
}
