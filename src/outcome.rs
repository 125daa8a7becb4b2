//! One lead at one instant: from its answers and occurrences to where it stands.
//!
//! The one way through the engine, for scores and for what-ifs alike; `explain` only tells what came of it. An outcome
//! is made once and used for lead after lead, as making room for its lists is most of the work.

use alloc::vec::Vec;

use crate::answers::Answers;
use crate::condition::Truth;
use crate::engage::Timeline;
use crate::eval::{self, Given, Tally};
use crate::grade::{Previous, Standing, Status, View};
use crate::order::insert;
use crate::program::{Clause, Missing, Program, Reading};
use crate::time::Instant;

/// Everything that was worked out for one lead.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// To set before it is worked out.
    pub answers: Answers,
    pub given: Vec<Given>,
    pub tally: Tally,
    /// The answers to the exclusions, then to the disqualifiers.
    pub flags: Vec<Truth>,
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

impl Outcome {
    pub fn new(program: &Program) -> Outcome {
        Outcome { answers: Answers::new(&program.facts), ..Outcome::default() }
    }

    /// Works out the total and the status, and nothing that does not change them.
    pub fn add_up(&mut self, program: &Program, timeline: &Timeline, now: Instant) {
        self.answers.join(&program.facts, 0, program.settled as usize);
        self.flags.clear();
        for (place, flag) in program.flags.iter().enumerate() {
            let on_facts = || flag.when.truth(&self.answers.truths);
            self.flags.push(if flag.on_events { timeline.flag(place, now) } else { on_facts() });
        }
        eval::rules(program, &self.answers, timeline, now, &mut self.given);
        self.tally.of_rules(program, &self.given);
        let (exclusions, disqualifiers) = self.flags.split_at_checked(program.exclusions as usize).unwrap_or_default();
        let insufficient = self.tally.total.is_nan() || self.lacks_required(program);
        self.status = match () {
            () if exclusions.contains(&Truth::True) => Status::Excluded,
            () if disqualifiers.contains(&Truth::True) => Status::Disqualified,
            () if insufficient => Status::InsufficientData,
            () => Status::Scored,
        };
        self.has_value = self.status != Status::Excluded && !insufficient;
    }

    /// Works out where the lead stands, too.
    pub fn work_out(&mut self, program: &Program, timeline: &Timeline, now: Instant, previous: &Previous) {
        self.add_up(program, timeline, now);
        if program.readings.contains(&Reading::Coverage) {
            // Stages, overrides and routes read the coverage, so it cannot count what they lack.
            self.note_missing(program);
            self.note_coverage(program);
        }
        let (tally, given, coverage, status, has_value) =
            (&self.tally, self.given.as_slice(), self.coverage, self.status, self.has_value);
        let view = View { program, tally, given, coverage, status, has_value };
        (self.standing, self.route) = view.stand(&mut self.answers, previous);
    }

    /// Finds what is missing; after the rest.
    pub fn look_for_missing(&mut self, program: &Program) {
        self.note_missing(program);
        self.note_open_results(program);
        self.note_coverage(program);
    }

    /// The total before rounding; NaN where there is none.
    pub fn raw(&self) -> f64 {
        if self.has_value { self.tally.total } else { f64::NAN }
    }

    /// The total as it is shown.
    pub fn value(&self, program: &Program) -> f64 {
        program.shown(self.raw())
    }

    /// Whether a required attribute is unknown, or a rule of a group with the policy `required` undecided.
    fn lacks_required(&self, program: &Program) -> bool {
        for (rule, given) in program.rules.iter().zip(&self.given) {
            let group = program.groups.get(rule.group as usize);
            if given.undecided && group.is_some_and(|group| group.missing == Missing::Required) {
                return true;
            }
        }
        let mut slots = program.facts.slots.iter().enumerate();
        slots.any(|(place, slot)| slot.required && !self.answers.is_known(place))
    }

    /// The unknown slots that keep a rule or a flag undecided, those asked whether they are known, and the required ones.
    fn note_missing(&mut self, program: &Program) {
        self.missing.clear();
        for (place, slot) in program.facts.slots.iter().enumerate().take(program.attributes()) {
            // A question whether an attribute is known has an answer now, and another one when it becomes known.
            if !self.answers.is_known(place) && (slot.required || slot.exists) {
                self.missing.push(place);
            }
        }
        for (place, rule) in program.rules.iter().enumerate() {
            if self.given.get(place).is_some_and(|given| given.undecided) {
                self.note_open(program, rule.when);
                if rule.when.truth(&self.answers.truths) != Truth::False {
                    rule.cases.iter().for_each(|case| self.note_open(program, case.when));
                }
            }
        }
        for flag in program.flags.iter().filter(|flag| !flag.on_events) {
            self.note_open(program, flag.when);
        }
    }

    /// The slots for want of which a condition on the result is unknown.
    fn note_open_results(&mut self, program: &Program) {
        for stage in &program.stages {
            self.note_open(program, stage.when);
            self.note_open(program, stage.keep);
        }
        program.overrides.iter().for_each(|one| self.note_open(program, one.when));
        program.routes.iter().for_each(|route| self.note_open(program, *route));
    }

    fn note_open(&mut self, program: &Program, clause: Clause) {
        let missing = &mut self.missing;
        let attributes = program.attributes();
        program.facts.open(&self.answers.truths, clause, &mut |slot| {
            if slot < attributes {
                insert(missing, slot);
            }
        });
    }

    fn note_coverage(&mut self, program: &Program) {
        let known = self.answers.known(program.attributes());
        let needed = known + self.missing.len();
        self.coverage = if needed == 0 { 1.0 } else { known as f64 / needed as f64 };
    }
}
