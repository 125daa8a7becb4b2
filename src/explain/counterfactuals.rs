//! The smallest sets of changes that reach the next label or stage.
//!
//! A change is another value of one attribute, or a few more occurrences of one rule. Sets of one are tried first, then
//! of two, then of three; what reaches the target by itself is in no larger set.

use super::Case;
use super::words::Words;
use crate::answers::Answers;
use crate::condition::Truth;
use crate::engage::{Hit, Timeline, hits, of_event};
use crate::grade::Status;
use crate::limits::{
    CHANGE_SETS, CHANGES, COMBINED_CHANGES, COUNTERFACTUALS, OCCURRENCES_ADDED, OCCURRENCES_LOOKED_AT, PROPERTY_SETS,
};
use crate::model::Lang;
use crate::order::sort;
use crate::outcome::{Outcome, outcome};
use crate::program::{Counts, Program, picks};
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
    kind: usize,
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
            Goal::Label(label) => {
                standing.labels.last().and_then(|told| told.place()).is_some_and(|place| place <= label)
            }
            Goal::Stage(stage) => standing.stage.place().is_some_and(|place| place >= stage),
        }
    }

    /// What was reached; it may lie beyond the goal.
    fn reached_by(self, program: &Program, outcome: &Outcome) -> Option<Target> {
        let standing = &outcome.standing;
        match self {
            Goal::Label(_) => {
                let place = standing.labels.last()?.place()?;
                Some(Target::Label(program.labels.last()?.get(place)?.id.clone()))
            }
            Goal::Stage(_) => Some(Target::Stage(program.stages.get(standing.stage.place()?)?.id.clone())),
        }
    }
}

/// The smallest sets for the next label of the total, then for the next stage.
pub fn counterfactuals(case: &Case, lang: Option<Lang>) -> Vec<Counterfactual> {
    if case.outcome.status != Status::Scored {
        return Vec::new();
    }
    let search = Search::new(case);
    let mut told = Vec::new();
    for goal in goals(case) {
        for set in search.smallest(goal) {
            let after = search.after(&set);
            told.extend(goal.reached_by(case.program, &after).map(|reaches| Counterfactual {
                reaches,
                changes: set.iter().filter_map(|step| search.told(*step, lang)).collect(),
                value: case.program.shown(after.tally.total.map_or(0.0, |total| total.low)),
            }));
        }
    }
    told
}

/// The next label of the total and the next stage, where there are such.
fn goals(case: &Case) -> Vec<Goal> {
    let program = case.program;
    let standing = &case.outcome.standing;
    let labels = program.labels.last().map_or(0, Vec::len);
    let label = standing.labels.last().and_then(|told| told.place()).unwrap_or(labels).checked_sub(1);
    let stage = standing.stage.place().map_or(0, |place| place + 1);
    let stage = Some(stage).filter(|stage| *stage < program.stages.len());
    label.map(Goal::Label).into_iter().chain(stage.map(Goal::Stage)).collect()
}

/// For each rule on events, an event that it counts and that there is consent for.
fn possible_events(case: &Case) -> Vec<Possible> {
    let program = case.program;
    let allowed = |purpose: &Option<String>| match (purpose, case.consent) {
        (Some(purpose), Some(given)) => given.contains(purpose),
        _ => true,
    };
    let rules = program.rules.iter().enumerate().filter_map(|(rule, asked)| match &asked.counts {
        Counts::Events(events) => Some((rule, events)),
        Counts::Facts { .. } => None,
    });
    let events = rules.filter_map(|(rule, events)| {
        let kind = program.types.iter().position(|kind| kind.rules.contains(&rule) && allowed(&kind.purpose))?;
        let slots = program.properties.asked([&events.when].into_iter());
        let named: Vec<_> = slots.iter().filter_map(|slot| program.properties.slots.get(*slot)).collect();
        // One cell more for each property: it may be left out.
        let count = named.iter().map(|slot| slot.cells.len() + 1).try_fold(1_usize, usize::checked_mul)?;
        (0..count.min(PROPERTY_SETS)).find_map(|combination| {
            let mut answers = Answers::new(&program.properties);
            let mut properties = Vec::new();
            let picked = picks(combination, named.iter().map(|slot| slot.cells.len() + 1));
            for ((place, slot), choice) in slots.iter().zip(&named).zip(picked) {
                let Some(cell) = choice.checked_sub(1).and_then(|cell| slot.cells.get(cell)) else { continue };
                answers.set_class(*place, slot, &cell.class, true);
                properties.push((slot.name.clone(), cell.value.clone()));
            }
            let counted = events.when.truth(&of_event(&answers)) == Truth::True;
            let hits = || hits(program, Some(kind), &answers, &[]);
            counted.then(|| Possible { rule, kind, properties, hits: hits() })
        })
    });
    events.collect()
}

struct Search<'c> {
    case: &'c Case<'c>,
    events: Vec<Possible>,
    steps: Vec<Step>,
}

impl<'c> Search<'c> {
    fn new(case: &'c Case<'c>) -> Search<'c> {
        let mut events: Vec<Possible> = Vec::new();
        for event in possible_events(case) {
            let same = |other: &Possible| other.kind == event.kind && other.properties == event.properties;
            if !events.iter().any(same) {
                events.push(event);
            }
        }
        let slots = case.program.facts.slots.iter().enumerate();
        let attributes =
            slots.flat_map(|(slot, asked)| (0..asked.cells.len()).map(move |cell| Step::Attribute { slot, cell }));
        let occurrences =
            (0..events.len()).flat_map(|event| (1..=OCCURRENCES_ADDED).map(move |times| Step::Event { event, times }));
        let steps = attributes.chain(occurrences).collect();
        Search { case, events, steps }
    }

    fn smallest(&self, goal: Goal) -> Vec<Vec<Step>> {
        let mut found: Vec<Vec<Step>> = Vec::new();
        let mut helpful: Vec<(Step, f64)> = Vec::new();
        let before = self.case.outcome;
        let raw = |outcome: &Outcome| outcome.tally.total.map_or(0.0, |total| total.low);
        let mut budget = self.affordable();
        for &step in self.steps.iter().take(budget) {
            let after = self.after(&[step]);
            if goal.reached(&after) {
                let same = found.iter().flatten().any(|other| step.excludes(*other));
                if !same {
                    found.push(vec![step]);
                }
            } else if raw(&after) > raw(before) || after.standing != before.standing {
                helpful.push((step, raw(&after)));
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
                Step::Event { event, times } => {
                    if let Some(event) = self.events.get(event) {
                        timeline.get_or_insert_with(|| case.timeline.clone()).happen(&event.hits, now, times);
                    }
                }
            }
        }
        let (answers, timeline) =
            (answers.as_ref().unwrap_or(case.answers), timeline.as_ref().unwrap_or(case.timeline));
        outcome(case.program, answers, timeline, now, case.previous)
    }

    fn told(&self, step: Step, lang: Option<Lang>) -> Option<Change> {
        let program = self.case.program;
        let words = lang.map(|lang| Words { lang, decimals: 6 });
        match step {
            Step::Attribute { slot, cell } => {
                let slot = program.facts.slots.get(slot)?;
                let to = slot.cells.get(cell)?.value.clone();
                let text = words.map(|words| words.becomes(&slot.label, slot.kind, &to));
                Some(Change::Attribute { attribute: slot.name.clone(), to, text })
            }
            Step::Event { event, times } => {
                let event = self.events.get(event)?;
                let rule = program.rules.get(event.rule)?;
                let text = words.map(|words| words.happens(&rule.label, times));
                let kind = program.types.get(event.kind)?.name.clone();
                let properties = event.properties.iter().cloned();
                Some(Change::Event {
                    event: kind,
                    with: Named(properties.collect()),
                    rule: rule.id.clone(),
                    times,
                    text,
                })
            }
        }
    }
}
