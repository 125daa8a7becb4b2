//! From conditions as trees to clauses: questions of slots, and joins. Until every question is known, clauses are about
//! drafts; then those get their places.

use super::Compiler;
use crate::condition::{Condition, Listed, Scalar, Test};
use crate::limits::ATTRIBUTES;
use crate::model::Text;
use crate::order::sort;
use crate::program::{Clause, Question, Sheet, Slot};
use crate::time;
use crate::value::Type;

/// What a clause is about while it is not known how many questions there will be.
#[derive(Clone, Copy)]
pub(super) enum Draft {
    Always,
    Question { slot: usize, question: usize },
    Join(usize),
}

/// Whose attributes a condition reads.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Of {
    Facts,
    Properties,
}

/// A part of a condition: still about one slot, where more can be asked of it, or with a place of its own.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Local(usize, Clause),
    Global(Clause),
}

impl Part {
    pub(super) fn not(self) -> Part {
        match self {
            Part::Local(slot, clause) => Part::Local(slot, clause.not()),
            Part::Global(clause) => Part::Global(clause.not()),
        }
    }

    /// The slot it is about; what is about several comes last.
    pub(super) fn slot(self) -> usize {
        match self {
            Part::Local(slot, _) => slot,
            Part::Global(_) => usize::MAX,
        }
    }
}

/// Beyond so many questions of one attribute an equal one is no longer looked for: it would take too long.
const LOOKED_AT: usize = 256;

impl Compiler<'_> {
    fn sheet(&mut self, of: Of) -> &mut Sheet {
        match of {
            Of::Facts => &mut self.program.facts,
            Of::Properties => &mut self.program.properties,
        }
    }

    pub(super) fn slot(&mut self, of: Of, path: &str) -> usize {
        let slots = &self.sheet(of).slots;
        if let Some(place) = slots.iter().position(|slot| slot.path == path) {
            return place;
        }
        if slots.len() > ATTRIBUTES {
            return 0; // refused in the end; until then it must not take for ever
        }
        let mut slot = Slot { path: path.to_owned(), ..Slot::default() };
        if of == Of::Properties {
            slot.kind = self.property_type(path);
        } else {
            let declared = self.model.attributes.iter().find(|attribute| attribute.path == path);
            slot.kind = declared.map(|attribute| attribute.kind);
            slot.required = declared.is_some_and(|attribute| attribute.required);
            self.names.attributes.push(declared.map_or_else(|| Text::same(path), |attribute| attribute.label.clone()));
        }
        let slots = &mut self.sheet(of).slots;
        slots.push(slot);
        slots.len() - 1
    }

    /// The type that the event types which declare this property agree on.
    fn property_type(&self, path: &str) -> Option<Type> {
        let types = self.model.events.iter().flatten();
        let mut kinds =
            types.flat_map(|kind| &kind.properties).filter(|property| property.path == path).map(|p| p.kind);
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    pub(super) fn ask(&mut self, of: Of, slot: usize, test: &Test) -> Part {
        let Some(asked) = self.sheet(of).slots.get_mut(slot) else {
            return Part::Global(Clause::ALWAYS);
        };
        let test = if asked.kind == Some(Type::Date) { with_instants(test) } else { test.clone() };
        let same = |question: &Question| matches!(question, Question::Test(asked) if *asked == test);
        let place = asked.questions.iter().take(LOOKED_AT).position(same).unwrap_or_else(|| {
            asked.questions.push(Question::Test(test));
            asked.questions.len() - 1
        });
        Part::Local(slot, Clause::at(place as u32))
    }

    /// Gives a part a place among the answers, if it has none.
    pub(super) fn place(&mut self, of: Of, part: Part) -> Clause {
        let (slot, clause) = match part {
            Part::Global(clause) => return clause,
            Part::Local(slot, clause) => (slot, clause),
        };
        let drafted = self.draft(of, Draft::Question { slot, question: clause.place() });
        if clause.is_contrary() { drafted.not() } else { drafted }
    }

    fn join(&mut self, of: Of, one: Part, other: Part) -> Part {
        if let (Part::Local(slot, one), Part::Local(same, other)) = (one, other)
            && slot == same
            && let Some(asked) = self.sheet(of).slots.get_mut(slot)
        {
            asked.questions.push(Question::Both([one, other]));
            return Part::Local(slot, Clause::at(asked.questions.len() as u32 - 1));
        }
        let both = [self.place(of, one), self.place(of, other)];
        let joins = &mut self.sheet(of).joins;
        joins.push(both);
        let join = joins.len() - 1;
        Part::Global(self.draft(of, Draft::Join(join)))
    }

    fn draft(&mut self, of: Of, draft: Draft) -> Clause {
        let drafts = match of {
            Of::Facts => &mut self.facts,
            Of::Properties => &mut self.properties,
        };
        drafts.push(draft);
        Clause::at(drafts.len() as u32 - 1)
    }

    /// Turns drafts into places, now that every question is known.
    pub(super) fn lay_out(&mut self) {
        let program = &mut self.program;
        let facts = places(&self.facts, &mut program.facts);
        let properties = places(&self.properties, &mut program.properties);
        for (sheet, places) in [(&mut program.facts, &facts), (&mut program.properties, &properties)] {
            sheet.joins.iter_mut().flatten().for_each(|clause| settle(clause, places));
        }
        for rule in &mut program.rules {
            settle(&mut rule.when, if rule.events.is_empty() { &facts } else { &properties });
            rule.cases.iter_mut().for_each(|case| settle(&mut case.when, &facts));
        }
        for flag in &mut program.flags {
            settle(&mut flag.when, if flag.on_events { &properties } else { &facts });
        }
        let stages = program.stages.iter_mut().flat_map(|stage| [&mut stage.when, &mut stage.keep]);
        let overrides = program.overrides.iter_mut().map(|one| &mut one.when);
        stages.chain(overrides).chain(&mut program.routes).for_each(|clause| settle(clause, &facts));
    }

    /// All of them: first what is asked of one attribute, which then has a single answer.
    pub(super) fn all(&mut self, of: Of, mut parts: Vec<Part>) -> Part {
        sort(&mut parts, |a, b| a.slot().cmp(&b.slot()));
        let mut joined: Vec<Part> = Vec::new();
        for same in parts.chunk_by(|a, b| a.slot() == b.slot()) {
            let part = self.in_pairs(of, same.to_vec());
            joined.push(part);
        }
        self.in_pairs(of, joined)
    }

    /// Joined by twos, so that however many there are the joins stay shallow.
    fn in_pairs(&mut self, of: Of, mut parts: Vec<Part>) -> Part {
        while parts.len() > 1 {
            let mut half = Vec::new();
            for pair in parts.chunks(2) {
                half.push(match *pair {
                    [one, other] => self.join(of, one, other),
                    [one, ..] => one,
                    [] => continue,
                });
            }
            parts = half;
        }
        parts.first().copied().unwrap_or(Part::Global(Clause::ALWAYS))
    }

    /// A condition, by what is done with each of its questions.
    pub(super) fn part(
        &mut self,
        of: Of,
        condition: &Condition,
        ask: &mut dyn FnMut(&mut Self, &str, &Test) -> Part,
    ) -> Part {
        match condition {
            Condition::All(parts) => {
                let parts = parts.iter().map(|part| self.part(of, part, ask)).collect();
                self.all(of, parts)
            }
            Condition::Any(parts) => {
                let parts = parts.iter().map(|part| self.part(of, part, ask).not()).collect();
                self.all(of, parts).not()
            }
            Condition::Not(part) => self.part(of, part, ask).not(),
            Condition::Ask { path, test } => ask(self, path, test),
        }
    }

    /// A condition on attributes; without one always.
    pub(super) fn clause(&mut self, of: Of, condition: &Option<Condition>) -> Clause {
        let Some(condition) = condition else { return Clause::ALWAYS };
        let part = self.part(of, condition, &mut |compiler, path, test| {
            let slot = compiler.slot(of, path);
            compiler.ask(of, slot, test)
        });
        self.place(of, part)
    }
}

/// The place of each draft.
fn places(drafts: &[Draft], sheet: &mut Sheet) -> Vec<u32> {
    let first_join = sheet.lay_out();
    let place = |draft: &Draft| match *draft {
        Draft::Always => 0,
        Draft::Question { slot, question } => sheet.slots.get(slot).map_or(0, |slot| slot.first) + question,
        Draft::Join(join) => first_join + join,
    };
    drafts.iter().map(|draft| place(draft) as u32).collect()
}

fn settle(clause: &mut Clause, places: &[u32]) {
    let place = places.get(clause.place()).copied().unwrap_or(0);
    *clause = if clause.is_contrary() { Clause::at(place).not() } else { Clause::at(place) };
}

/// The same question with instants as milliseconds, as dates are compared.
fn with_instants(test: &Test) -> Test {
    let instant = |scalar: &Scalar| match scalar {
        Scalar::Text(text) => match time::instant_of_text(text) {
            Some(instant) => Scalar::Number(instant as f64),
            None => scalar.clone(),
        },
        other => other.clone(),
    };
    match test {
        Test::Compare(relation, bound, fold) => Test::Compare(*relation, instant(bound), *fold),
        Test::OneOf(listed, fold) => {
            let values: Vec<Scalar> = listed.scalars().map(|scalar| instant(&scalar)).collect();
            Test::OneOf(Listed::new(values, *fold), *fold)
        }
        other => other.clone(),
    }
}
