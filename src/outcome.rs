//! One lead at one instant: from its answers and occurrences to where it stands.
//!
//! The one way through the engine, for scores and for what-ifs alike; `explain` only tells what came of it.

use crate::answers::Answers;
use crate::condition::{Test, Truth};
use crate::engage::Timeline;
use crate::eval::{self, Given, Tally};
use crate::grade::{Previous, Standing, Status, View, rule_ranges};
use crate::model::Missing;
use crate::order::distinct;
use crate::program::{Clause, Counts, Flag, Program, Question, Slot};
use crate::time::Instant;

/// Everything that was worked out for one lead.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub given: Vec<Given>,
    /// Whether each group stayed.
    pub staying: Vec<bool>,
    pub tally: Tally,
    /// The answers to the exclusions, then to the disqualifiers.
    pub exclusions: Vec<Truth>,
    pub disqualifiers: Vec<Truth>,
    pub status: Status,
    /// Whether there is a number: not for the excluded, nor where something required is unknown.
    pub has_value: bool,
    /// Slots that are unknown and could still change the answer.
    pub missing: Vec<usize>,
    /// Share of the needed attributes that are known.
    pub coverage: f64,
    pub standing: Standing,
    pub route: Option<usize>,
}

/// Works it out.
pub fn outcome(
    program: &Program,
    answers: &Answers,
    timeline: &Timeline,
    now: Instant,
    previous: &Previous,
) -> Outcome {
    let answer = |flag: &Flag, place: usize| match &flag.facts {
        Some(clause) => clause.truth(&eval::of_facts(answers)),
        None => timeline.flag(place, now),
    };
    let excluded = program.exclusions.len();
    let exclusions: Vec<Truth> =
        program.exclusions.iter().enumerate().map(|(place, flag)| answer(flag, place)).collect();
    let disqualifiers: Vec<Truth> =
        program.disqualifiers.iter().enumerate().map(|(place, flag)| answer(flag, excluded + place)).collect();

    let given = eval::rules(program, answers, timeline, now);
    let staying = eval::staying(program, &given);
    let points = given.iter().map(|given| eval::Range::point(given.points));
    let tally = eval::tally(program, points, &staying);

    let insufficient = tally.total.is_none() || lacks_required(program, answers, &given);
    let status = match () {
        () if exclusions.contains(&Truth::True) => Status::Excluded,
        () if disqualifiers.contains(&Truth::True) => Status::Disqualified,
        () if insufficient => Status::InsufficientData,
        () => Status::Scored,
    };
    let has_value = status != Status::Excluded && !insufficient;

    let mut missing = missing_of_lead(program, answers, &given);
    let rules = rule_ranges(&given);
    // Stages, overrides and routes read the coverage, so it cannot count what they lack.
    let coverage = coverage(program, answers, &missing);
    let mut view = View::new(program, answers, &tally, &rules, coverage, (status, has_value));
    let standing = view.standing(previous);
    let route = view.route();
    view.open_facts(&mut |bit| note(program, &mut missing, bit));
    distinct(&mut missing);
    let coverage = self::coverage(program, answers, &missing);
    Outcome { given, staying, tally, exclusions, disqualifiers, status, has_value, missing, coverage, standing, route }
}

/// Whether a required attribute is unknown, or a rule of a group with the policy `required` undecided.
fn lacks_required(program: &Program, answers: &Answers, given: &[Given]) -> bool {
    let required = |group: usize| program.groups.get(group).is_some_and(|group| group.missing == Missing::Required);
    let undecided = program.rules.iter().zip(given).any(|(rule, given)| given.undecided && required(rule.group));
    let mut slots = program.facts.slots.iter().enumerate();
    undecided || slots.any(|(place, slot)| slot.required && !answers.is_known(place))
}

/// The unknown slots that keep a rule or a flag undecided, those asked whether they are known, and the required ones.
fn missing_of_lead(program: &Program, answers: &Answers, given: &[Given]) -> Vec<usize> {
    let mut missing = Vec::new();
    let slots = program.facts.slots.iter().enumerate();
    // A question whether an attribute is known has an answer now, and another one when it becomes known.
    let matters = |slot: &Slot| slot.required || slot.tests.contains(&Test::Exists);
    missing.extend(slots.filter(|(place, slot)| !answers.is_known(*place) && matters(slot)).map(|(place, _)| place));
    let mut open = |clause: &Clause| {
        clause.open(&eval::of_facts(answers), &mut |question| {
            if let Question::Bit(bit) = question {
                note(program, &mut missing, *bit);
            }
        });
    };
    for (rule, _) in program.rules.iter().zip(given).filter(|(_, given)| given.undecided) {
        if let Counts::Facts { when, cases, .. } = &rule.counts {
            open(when);
            if when.truth(&eval::of_facts(answers)) != Truth::False {
                cases.iter().for_each(|(clause, _)| open(clause));
            }
        }
    }
    program.exclusions.iter().chain(&program.disqualifiers).filter_map(|flag| flag.facts.as_ref()).for_each(open);
    missing
}

fn note(program: &Program, missing: &mut Vec<usize>, bit: usize) {
    if let Some((slot, _)) = program.facts.question(bit)
        && !missing.contains(&slot)
    {
        missing.push(slot);
    }
}

fn coverage(program: &Program, answers: &Answers, missing: &[usize]) -> f64 {
    let known = (0..program.facts.slots.len()).filter(|slot| answers.is_known(*slot)).count();
    let needed = known + missing.len();
    if needed == 0 { 1.0 } else { known as f64 / needed as f64 }
}
