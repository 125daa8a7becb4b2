//! The smallest sets of changes that reach the next label or stage.
//!
//! A change is another value of one attribute, or a few more occurrences of one rule. Sets of one are tried first, then
//! of two, then of three; what reaches the target by itself is in no larger set.

use super::Case;
use super::words::Words;
use crate::answers::Answers;
use crate::condition::Truth;
use crate::engage::{Hit, Timeline, hits};
use crate::grade::Status;
use crate::limits::{
    CHANGE_SETS, CHANGES, COMBINED_CHANGES, COUNTERFACTUALS, OCCURRENCES_ADDED, OCCURRENCES_LOOKED_AT, PROPERTY_SETS,
};
use crate::model::Lang;
use crate::names::Names;
use crate::order::{distinct, sort};
use crate::outcome::Outcome;
use crate::program::{Clause, picks, row};
use crate::score::{Change, Counterfactual, Named, Target};
use crate::value::Value;

/// A change: of an attribute, to a cell of its slot; or more of an event, by place.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Attribute { slot: usize, cell: usize },
    Event { event: usize, times: u32 },
}

impl Step {
    /// Two changes of the same thing do not go together.
    fn excludes(self, other: Step) -> bool {
        match (self, other) {
            (Step::Attribute { slot, .. }, Step::Attribute { slot: same, .. }) => slot == same,
            (Step::Event { event, .. }, Step::Event { event: same, .. }) => event == same,
            _ => false,
        }
    }
}

/// An event that a rule would count, and everything else that it would do.
struct Possible {
    rule: usize,
    kind: u32,
    properties: Vec<(String, Value)>,
    hits: Vec<Hit>,
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
            Goal::Label(label) => standing.labels.last().copied().flatten().is_some_and(|place| place <= label),
            Goal::Stage(stage) => standing.stage.is_some_and(|place| place >= stage),
        }
    }

    /// What was reached; it may lie beyond the goal.
    fn reached_by(self, names: &Names, outcome: &Outcome) -> Option<Target> {
        let standing = &outcome.standing;
        match self {
            Goal::Label(_) => {
                let label = names.labels.last()?.get((*standing.labels.last()?)?)?;
                Some(Target::Label(label.clone()))
            }
            Goal::Stage(_) => Some(Target::Stage(names.stages.get(standing.stage?)?.clone())),
        }
    }
}

/// The smallest sets for the next label of the total, then for the next stage.
pub fn counterfactuals(case: &Case, names: &Names, lang: Option<Lang>) -> Vec<Counterfactual> {
    if case.outcome.status != Status::Scored {
        return Vec::new();
    }
    let search = Search::new(case, names);
    let mut told = Vec::new();
    for goal in goals(case) {
        for set in search.smallest(goal) {
            let after = search.after(&set);
            told.extend(goal.reached_by(names, &after).map(|reaches| Counterfactual {
                reaches,
                changes: set.iter().filter_map(|step| search.told(*step, lang)).collect(),
                value: case.program.shown(total(&after)),
            }));
        }
    }
    told
}

/// The total of an outcome, or 0.
fn total(outcome: &Outcome) -> f64 {
    if outcome.tally.total.is_nan() { 0.0 } else { outcome.tally.total }
}

/// The next label of the total and the next stage, where there are such.
fn goals(case: &Case) -> Vec<Goal> {
    let program = case.program;
    let standing = &case.outcome.standing;
    let labels = program.labels.last().map_or(0, Vec::len);
    let label = standing.labels.last().copied().flatten().unwrap_or(labels).checked_sub(1);
    let stage = standing.stage.map_or(0, |place| place + 1);
    let stage = Some(stage).filter(|stage| *stage < program.stages.len());
    label.map(Goal::Label).into_iter().chain(stage.map(Goal::Stage)).collect()
}

/// For each rule on events, an event that it counts and that there is consent for.
fn possible_events(case: &Case, names: &Names) -> Vec<Possible> {
    let mut events: Vec<Possible> = Vec::new();
    for (rule, asked) in case.program.rules.iter().enumerate().filter(|(_, rule)| !rule.events.is_empty()) {
        let Some(event) = possible_event(case, names, rule, asked.when) else { continue };
        let same = |other: &Possible| other.kind == event.kind && other.properties == event.properties;
        if !events.iter().any(same) {
            events.push(event);
        }
    }
    events
}

fn possible_event(case: &Case, names: &Names, rule: usize, when: Clause) -> Option<Possible> {
    let program = case.program;
    let allowed = |purpose: i64| purpose == 0 || case.consent.is_none_or(|given| given.contains(&purpose));
    let sheet = &program.properties;
    let mut types = program.types.iter();
    let kind = types.position(|kind| kind.looks.contains(&(rule as u32)) && allowed(kind.purpose))? as u32;
    let mut slots = Vec::new();
    sheet.each(when, &|_| true, &mut |slot| slots.push(slot));
    distinct(&mut slots);
    let named: Vec<_> = slots.iter().filter_map(|place| Some((*place, sheet.slots.get(*place)?))).collect();
    // One choice more for each property: it may be left out.
    let sizes = || named.iter().map(|(_, slot)| slot.cells() + 1);
    let count = sizes().try_fold(1_usize, usize::checked_mul)?;
    let mut answers = Answers::new(sheet);
    for combination in 0..count.min(PROPERTY_SETS) {
        let mut properties = Vec::new();
        for ((place, slot), choice) in named.iter().zip(picks(combination, sizes())) {
            let value = choice.checked_sub(1).and_then(|cell| names.cells[1].get(*place)?.get(cell));
            properties.extend(value.map(|value| (slot.path.clone(), value.clone())));
            let row = if choice == 0 { slot.row(row::UNKNOWN) } else { slot.cell(choice - 1) };
            answers.put(*place, slot, row, choice > 0);
        }
        answers.join_all(sheet);
        if when.truth(&answers.truths) == Truth::True {
            let mut hit = Vec::new();
            hits(program, kind, &answers, &[], &mut hit);
            return Some(Possible { rule, kind, properties, hits: hit });
        }
    }
    None
}

struct Search<'c> {
    case: &'c Case<'c>,
    names: &'c Names,
    events: Vec<Possible>,
    steps: Vec<Step>,
}

impl<'c> Search<'c> {
    fn new(case: &'c Case<'c>, names: &'c Names) -> Search<'c> {
        let events = possible_events(case, names);
        let mut steps = Vec::new();
        for (slot, asked) in case.program.facts.slots.iter().enumerate().take(case.program.attributes()) {
            steps.extend((0..asked.cells()).map(|cell| Step::Attribute { slot, cell }));
        }
        for event in 0..events.len() {
            steps.extend((1..=OCCURRENCES_ADDED).map(|times| Step::Event { event, times }));
        }
        Search { case, names, events, steps }
    }

    fn smallest(&self, goal: Goal) -> Vec<Vec<Step>> {
        let mut found: Vec<Vec<Step>> = Vec::new();
        let mut helpful: Vec<(Step, f64)> = Vec::new();
        let before = self.case.outcome;
        let mut budget = self.affordable();
        for &step in self.steps.iter().take(budget) {
            let after = self.after(&[step]);
            if goal.reached(&after) {
                let same = found.iter().flatten().any(|other| step.excludes(*other));
                if !same {
                    found.push(vec![step]);
                }
            } else if total(&after) > total(before)
                || after.standing != before.standing
                || after.status != before.status
            {
                helpful.push((step, total(&after)));
            }
        }
        sort(&mut helpful, |a, b| b.1.total_cmp(&a.1));
        helpful.truncate(COMBINED_CHANGES);
        let steps: Vec<Step> = helpful.into_iter().map(|(step, _)| step).collect();
        budget = budget.saturating_sub(self.steps.len());
        for size in 2..=CHANGES {
            if !found.is_empty() {
                break;
            }
            self.sets(goal, size, &steps, &mut Vec::new(), &mut found, &mut budget);
        }
        found.truncate(COUNTERFACTUALS);
        found
    }

    /// How many sets can be tried in bearable time.
    fn affordable(&self) -> usize {
        let occurrences: usize = self.case.timeline.occurrences.iter().map(Vec::len).sum();
        CHANGE_SETS.min(10 * OCCURRENCES_LOOKED_AT / (self.case.program.rules.len() + occurrences + 1))
    }

    /// Tries every set of this size.
    fn sets(
        &self,
        goal: Goal,
        size: usize,
        steps: &[Step],
        set: &mut Vec<Step>,
        found: &mut Vec<Vec<Step>>,
        budget: &mut usize,
    ) {
        if set.len() == size {
            *budget -= 1;
            if goal.reached(&self.after(set)) {
                let lean = self.lean(goal, set);
                if !found.iter().any(|other| lean.iter().all(|step| other.contains(step))) {
                    found.push(lean);
                }
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

    /// The set with no more occurrences of anything than are needed.
    fn lean(&self, goal: Goal, set: &[Step]) -> Vec<Step> {
        let mut lean = set.to_vec();
        let mut place = 0;
        while let Some(step) = lean.get(place).copied() {
            place += 1;
            let Step::Event { event, times: times @ 2.. } = step else { continue };
            let fewer: Vec<Step> = lean
                .iter()
                .map(|other| if *other == step { Step::Event { event, times: times - 1 } } else { *other })
                .collect();
            if goal.reached(&self.after(&fewer)) {
                lean = fewer;
                place = 0; // less of one may allow less of another
            }
        }
        lean
    }

    /// What the lead would be with these changes.
    fn after(&self, steps: &[Step]) -> Outcome {
        let Case { program, timeline, previous, .. } = *self.case;
        let mut after = self.case.outcome.clone();
        let mut more: Option<Timeline> = None;
        for step in steps {
            match *step {
                Step::Attribute { slot, cell } => {
                    if let Some(asked) = program.facts.slots.get(slot) {
                        after.answers.put(slot, asked, asked.cell(cell), true);
                    }
                }
                Step::Event { event, times } => {
                    if let Some(event) = self.events.get(event) {
                        more.get_or_insert_with(|| timeline.clone()).happen(&event.hits, self.case.at(), times);
                    }
                }
            }
        }
        after.work_out(program, more.as_ref().unwrap_or(timeline), self.case.at(), previous);
        after
    }

    fn told(&self, step: Step, lang: Option<Lang>) -> Option<Change> {
        let names = self.names;
        let words = lang.map(|lang| Words { lang, decimals: 6 });
        match step {
            Step::Attribute { slot: place, cell } => {
                let slot = self.case.program.facts.slots.get(place)?;
                let to = names.cells[0].get(place)?.get(cell)?.clone();
                let label = names.attributes.get(place)?;
                let text = words.map(|words| words.becomes(label, slot.kind, &to));
                Some(Change::Attribute { attribute: slot.path.clone(), to, text })
            }
            Step::Event { event, times } => {
                let event = self.events.get(event)?;
                let rule = names.rules.get(event.rule)?;
                Some(Change::Event {
                    event: names.types.get(event.kind as usize)?.clone(),
                    with: Named(event.properties.clone()),
                    rule: rule.id.clone(),
                    times,
                    text: words.map(|words| words.happens(&rule.label, times)),
                })
            }
        }
    }
}
