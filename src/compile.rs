//! From a model to a program and its names: attributes become slots, conditions clauses, ids places. The only room that
//! knows both.

use std::collections::BTreeMap;

use crate::cells;
use crate::condition::{Condition, Fold, Listed, Relation, Scalar, Test};
use crate::engage::token;
use crate::error::{Code, Error, Path};
use crate::grade::Status;
use crate::limits::{ATTRIBUTES, MODEL_BYTES};
use crate::model::{self, Axis, Band, BandValues, FactPoints, Model, Text};
use crate::names::{Because, Name, Names, Route};
use crate::order::sort;
use crate::program::{
    Bounds, Case, Clause, Combine, Decay, DecayKind, Dimension, EVER, EventType, Flag, FrequencyBand, Grade, Group,
    Limit, Missing, NONE, Occurrences, Override, Program, Question, Reading, Rule, SESSION, Sheet, Slot, Stage,
    Threshold,
};
use crate::read::Reader;
use crate::time::{self, Duration};
use crate::value::{Type, Value};

/// A program and what its places are called.
#[derive(Debug)]
pub struct Compiled {
    pub program: Program,
    pub names: Names,
}

/// The program of a model without errors.
pub fn program(text: &str) -> Result<(Model, Compiled), Error> {
    let mut reader = Reader::default();
    let read = read(&mut reader, text);
    match (Error::of_issues(reader.into_issues()), read) {
        (None, Some(compiled)) => Ok(compiled),
        (Some(error), _) => Err(error),
        (None, None) => Err(Error::new(Code::InvalidJson, "", "expected a model")),
    }
}

/// Reads and compiles a model; nothing when it has errors.
pub fn read(reader: &mut Reader, text: &str) -> Option<(Model, Compiled)> {
    if text.len() > MODEL_BYTES {
        let message = format_args!("expected a model of at most {MODEL_BYTES} bytes, found {}", text.len());
        reader.error(Code::TooLarge, &Path::Root(""), message);
        return None;
    }
    let document = match Value::parse_strict(text) {
        Ok(document) => document,
        Err(error) => {
            reader.error(error.code(), &Path::Root(""), format_args!("{}", error.message()));
            return None;
        }
    };
    let model = model::read(reader, &document);
    if reader.has_errors() {
        return None;
    }
    let mut compiled = compile(&model, reader);
    compiled.names.hash = token(text).to_string();
    (!reader.has_errors()).then_some((model, compiled))
}

/// Compiles a model; what its conditions on the result name and there is not, the reader is told.
pub fn compile(model: &Model, reader: &mut Reader) -> Compiled {
    let mut compiler = Compiler {
        model,
        reader,
        program: Program::default(),
        names: Names::default(),
        facts: vec![Draft::Always],
        properties: vec![Draft::Always],
    };
    compiler.compile();
    compiler.lay_out();
    let Compiler { mut program, mut names, reader, .. } = compiler;
    for (what, count) in [("attributes", program.attributes()), ("properties", program.properties.slots.len())] {
        if count > ATTRIBUTES {
            let message = format_args!("expected at most {ATTRIBUTES} {what} in conditions, found more");
            reader.error(Code::TooLarge, &Path::Root(""), message);
        }
    }
    let properties = model.events.iter().flatten().flat_map(|kind| &kind.properties);
    names.cells = [
        cells::fill(&mut program.facts, &model.attributes.iter().collect::<Vec<_>>()),
        cells::fill(&mut program.properties, &properties.collect::<Vec<_>>()),
    ];
    program.prepare();
    Compiled { program, names }
}

struct Compiler<'m> {
    model: &'m Model,
    reader: &'m mut Reader,
    program: Program,
    names: Names,
    /// What clauses mean for now.
    facts: Vec<Draft>,
    properties: Vec<Draft>,
}

/// What a clause is about while it is not known how many questions there will be.
#[derive(Clone, Copy)]
enum Draft {
    Always,
    Question { slot: usize, question: usize },
    Join(usize),
}

/// Whose attributes a condition reads.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Facts,
    Properties,
}

/// A part of a condition: still about one slot, where more can be asked of it, or with a place of its own.
#[derive(Clone, Copy)]
enum Part {
    Local(usize, Clause),
    Global(Clause),
}

impl Part {
    fn not(self) -> Part {
        match self {
            Part::Local(slot, clause) => Part::Local(slot, clause.not()),
            Part::Global(clause) => Part::Global(clause.not()),
        }
    }

    /// The slot it is about; what is about several comes last.
    fn slot(self) -> usize {
        match self {
            Part::Local(slot, _) => slot,
            Part::Global(_) => usize::MAX,
        }
    }
}

/// Beyond so many questions of one attribute an equal one is no longer looked for: it would take too long.
const LOOKED_AT: usize = 256;

impl<'m> Compiler<'m> {
    fn compile(&mut self) {
        let model = self.model;
        self.names.id = model.id.clone();
        self.names.version = model.version.clone();
        self.program.decimals = model.decimals;
        self.program.combine = combine(model.total.combine);
        self.program.bounds = bounds(model.total.bounds);
        for dimension in &model.dimensions {
            self.dimension(dimension);
        }
        for flag in model.exclusions.iter().chain(&model.disqualifiers) {
            self.flag(flag);
        }
        self.program.exclusions = model.exclusions.len() as u32;
        self.event_types();
        for attribute in model.attributes.iter().filter(|attribute| attribute.required) {
            self.slot(Of::Facts, &attribute.path);
        }
        self.program.settled = self.program.facts.joins.len() as u32;
        for labels in model.dimensions.iter().map(|dimension| &dimension.labels).chain([&model.total.labels]) {
            self.names.labels.push(labels.iter().map(|label| label.id.clone()).collect());
            let thresholds = labels.iter().map(|label| Threshold { from: label.from, keep: label.keep });
            self.program.labels.push(thresholds.collect());
        }
        self.program.grade = model.grade.as_ref().map_or(Grade::None, |grade| self.grade(grade));
        self.names.stages = model.stages.iter().map(|stage| stage.id.clone()).collect();
        for one in &model.overrides {
            if let Some(grade) = &one.grade {
                self.grade_named(grade);
            }
        }
        self.results();
    }

    fn dimension(&mut self, dimension: &model::Dimension) {
        self.names.dimensions.push(name(&dimension.id, &dimension.label));
        let place = self.program.dimensions.len() as u32;
        for group in &dimension.groups {
            for rule in &group.rules {
                let rule = self.rule(rule);
                self.program.rules.push(rule);
            }
            self.names.groups.push(name(&group.id, &group.label));
            self.program.groups.push(Group {
                dimension: place,
                weight: group.weight,
                bounds: bounds(group.bounds),
                missing: missing(group.missing),
                rules: group.rules.len() as u32,
            });
        }
        self.program.dimensions.push(Dimension {
            weight: dimension.weight,
            normalise: dimension.normalise,
            bounds: bounds(dimension.bounds),
            groups: dimension.groups.len() as u32,
        });
    }

    fn sheet(&mut self, of: Of) -> &mut Sheet {
        match of {
            Of::Facts => &mut self.program.facts,
            Of::Properties => &mut self.program.properties,
        }
    }

    fn slot(&mut self, of: Of, path: &str) -> usize {
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

    fn ask(&mut self, of: Of, slot: usize, test: &Test) -> Part {
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
    fn place(&mut self, of: Of, part: Part) -> Clause {
        let (slot, clause) = match part {
            Part::Global(clause) => return clause,
            Part::Local(slot, clause) => (slot, clause),
        };
        let drafted = self.draft(of, Draft::Question { slot, question: clause.place() });
        if clause.0 & 1 == 1 { drafted.not() } else { drafted }
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
    fn lay_out(&mut self) {
        let program = &mut self.program;
        let facts = places(&self.facts, &program.facts);
        let properties = places(&self.properties, &program.properties);
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
    fn all(&mut self, of: Of, mut parts: Vec<Part>) -> Part {
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
    fn part(&mut self, of: Of, condition: &Condition, ask: &mut dyn FnMut(&mut Self, &str, &Test) -> Part) -> Part {
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
    fn clause(&mut self, of: Of, condition: &Option<Condition>) -> Clause {
        let Some(condition) = condition else { return Clause::ALWAYS };
        let part = self.part(of, condition, &mut |compiler, path, test| {
            let slot = compiler.slot(of, path);
            compiler.ask(of, slot, test)
        });
        self.place(of, part)
    }

    fn rule(&mut self, rule: &model::Rule) -> Rule {
        self.names.rules.push(name(&rule.id, &rule.label));
        let mut compiled = Rule {
            group: self.program.groups.len() as u32,
            bounds: bounds(rule.bounds),
            table: NONE,
            ..Rule::default()
        };
        match &rule.counts {
            model::Counts::Facts { when, gives: FactPoints::Points { points, otherwise } } => {
                compiled.cases = vec![Case { when: self.clause(Of::Facts, when), points: *points }];
                compiled.otherwise = *otherwise;
            }
            model::Counts::Facts { when, gives: FactPoints::Bands { attribute, bands } } => {
                compiled.when = self.clause(Of::Facts, when);
                let slot = self.slot(Of::Facts, attribute);
                for band in bands {
                    compiled.cases.push(Case { when: self.band(slot, band), points: band.points });
                }
                compiled.table = slot as u32;
            }
            model::Counts::Events(events) => {
                compiled.when = self.clause(Of::Properties, &events.when);
                let occurrences = self.occurrences(events);
                compiled.events.push(occurrences);
            }
        }
        compiled
    }

    fn occurrences(&mut self, rule: &model::EventRule) -> Occurrences {
        let mut occurrences = Occurrences {
            window: milliseconds(rule.window),
            limits: rule.limits.iter().map(limit).collect(),
            decay: decay(rule.decay),
            multiplier: NONE,
            ..Occurrences::default()
        };
        match &rule.gives {
            model::EventPoints::Each(points) => occurrences.points = *points,
            model::EventPoints::Frequency(bands) => {
                for band in bands {
                    let (least, most, within) = (band.least, band.most, milliseconds(band.within));
                    occurrences.bands.push(FrequencyBand { least, most, within, points: band.points });
                }
            }
        }
        match &rule.multiplier {
            model::Multiplier::Number(number) => occurrences.most = *number,
            model::Multiplier::Property { path, max } => {
                occurrences.multiplier = self.slot(Of::Properties, path) as u32;
                occurrences.most = *max;
            }
        }
        occurrences
    }

    /// Whether a value is in a band.
    fn band(&mut self, slot: usize, band: &Band) -> Clause {
        let one_of = |values: &[Scalar]| Test::OneOf(Listed::new(values.iter().cloned(), Fold::Nothing), Fold::Nothing);
        let part = match &band.values {
            BandValues::Range { low, high } => {
                let low = low.map(|(edge, included)| (edge, if included { Relation::From } else { Relation::Above }));
                let high = high.map(|(edge, included)| (edge, if included { Relation::UpTo } else { Relation::Below }));
                let mut edges = Vec::new();
                for (edge, relation) in low.into_iter().chain(high) {
                    let test = Test::Compare(relation, Scalar::Number(edge), Fold::Nothing);
                    edges.push(self.ask(Of::Facts, slot, &test));
                }
                self.all(Of::Facts, edges)
            }
            BandValues::Is(values) => self.ask(Of::Facts, slot, &one_of(values)),
            // Known, whatever it is; put so that unknown stays unknown.
            BandValues::Rest => self.ask(Of::Facts, slot, &one_of(&[])).not(),
        };
        self.place(Of::Facts, part)
    }

    fn flag(&mut self, flag: &model::Flag) {
        self.names.flags.push(Because { id: flag.id.clone(), reason: flag.reason.clone() });
        let on_events = !flag.on.is_empty();
        let when = self.clause(if on_events { Of::Properties } else { Of::Facts }, &flag.when);
        self.program.flags.push(Flag { on_events, when });
    }

    /// Every event type that a rule or a flag looks at, or that needs consent.
    fn event_types(&mut self) {
        let model: &'m Model = self.model;
        let declared = || model.events.iter().flatten();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut types: Vec<(&str, EventType)> = Vec::new();
        let mut note = |name: &'m str, look: u32| {
            let place = *places.entry(name.to_owned()).or_insert(types.len());
            if place == types.len() {
                let purpose = declared().find(|kind| kind.name == name).and_then(|kind| kind.purpose.as_deref());
                types.push((name, EventType { purpose: purpose.map_or(0, token), looks: Vec::new() }));
            }
            if let Some((_, kind)) = types.get_mut(place) {
                kind.looks.extend((look != NONE && kind.looks.last() != Some(&look)).then_some(look));
            }
        };
        declared().filter(|kind| kind.purpose.is_some()).for_each(|kind| note(kind.name.as_str(), NONE));
        let rules = model.dimensions.iter().flat_map(|d| &d.groups).flat_map(|group| &group.rules);
        let rules = rules.map(|rule| match &rule.counts {
            model::Counts::Events(events) => events.on.as_slice(),
            model::Counts::Facts { .. } => &[],
        });
        let flags = model.exclusions.iter().chain(&model.disqualifiers).map(|flag| flag.on.as_slice());
        for (look, on) in rules.chain(flags).enumerate() {
            on.iter().for_each(|name| note(name.as_str(), look as u32));
        }
        let mut order: Vec<usize> = (0..types.len()).collect();
        sort(&mut order, |a, b| types.get(*a).map(|kind| kind.0).cmp(&types.get(*b).map(|kind| kind.0)));
        for place in order {
            if let Some((name, kind)) = types.get_mut(place) {
                self.names.types.push((*name).to_owned());
                self.program.types.push(core::mem::take(kind));
            }
        }
    }

    fn grade(&mut self, grade: &model::Grade) -> Grade {
        match grade {
            model::Grade::Ladder { letters, start, dimension } => {
                self.names.grades.clone_from(letters);
                Grade::Ladder { letters: letters.len() as u32, start: *start as u32, dimension: *dimension as u32 }
            }
            model::Grade::Matrix { rows, columns, cells: named } => {
                let total = self.model.dimensions.len();
                let place = |axis: &Axis| if let Axis::Dimension(place) = axis { *place } else { total };
                let labels = |axis: &Axis| self.names.labels.get(place(axis)).cloned().unwrap_or_default();
                let (row_labels, column_labels) = (labels(rows), labels(columns));
                let mut cells = Vec::new();
                for row in &row_labels {
                    let named = named.iter().flatten().find(|(name, _)| name == row);
                    for column in &column_labels {
                        let named = named.and_then(|(_, cells)| cells.iter().find(|(name, _)| name == column));
                        cells.push(match named {
                            Some((_, grade)) => self.grade_named(grade),
                            None => self.grade_named(&format!("{row}{column}")),
                        });
                    }
                }
                Grade::Matrix { rows: place(rows) as u32, columns: place(columns) as u32, cells }
            }
        }
    }

    /// The place of a grade, known or new.
    fn grade_named(&mut self, name: &str) -> u32 {
        let grades = &mut self.names.grades;
        let known = grades.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            grades.push(name.to_owned());
            grades.len() - 1
        }) as u32
    }

    /// Stages, overrides and routes: their conditions read the result.
    fn results(&mut self) {
        let model = self.model;
        let stages = model.stages.iter().flat_map(|stage| [&stage.when, &stage.keep]);
        let conditions = stages.chain(model.overrides.iter().map(|one| &one.when));
        for condition in conditions.chain(model.routes.iter().map(|route| &route.when)).flatten() {
            // Attributes come before readings among the slots.
            condition.each(&mut |path, _| {
                path.strip_prefix("facts.").map(|attribute| self.slot(Of::Facts, attribute));
            });
        }
        for (place, stage) in model.stages.iter().enumerate() {
            let path = format!("stages[{place}]");
            let when = self.on_result(&stage.when, &format!("{path}.when"), After::Grade);
            let keep = match &stage.keep {
                None => Clause::NEVER,
                keep => self.on_result(keep, &format!("{path}.keep"), After::Grade),
            };
            self.program.stages.push(Stage { when, keep });
        }
        for (place, one) in model.overrides.iter().enumerate() {
            let when = self.on_result(&one.when, &format!("overrides[{place}].when"), After::Grade);
            let grade = one.grade.as_ref().map_or(NONE, |grade| self.grade_named(grade));
            let stage = one.stage.map_or(NONE, |stage| stage as u32);
            self.program.overrides.push(Override { when, stage, grade });
            self.names.overrides.push(Because { id: one.id.clone(), reason: one.reason.clone() });
        }
        for (place, route) in model.routes.iter().enumerate() {
            let when = self.on_result(&route.when, &format!("routes[{place}].when"), After::Stage);
            self.program.routes.push(when);
            self.names.routes.push(Route {
                id: route.id.clone(),
                queue: route.queue.clone(),
                owner: route.owner.clone(),
                action: route.action.clone(),
                text: route.text.clone(),
            });
        }
    }

    /// A condition on the result; attributes of the facts stand under `facts`.
    fn on_result(&mut self, condition: &Option<Condition>, path: &str, after: After) -> Clause {
        let Some(condition) = condition else { return Clause::ALWAYS };
        let part = self.part(Of::Facts, condition, &mut |compiler, name, test| {
            if let Some(attribute) = name.strip_prefix("facts.") {
                let slot = compiler.slot(Of::Facts, attribute);
                return compiler.ask(Of::Facts, slot, test);
            }
            match reading(compiler.model, name, after) {
                Ok(reading) => {
                    let slot = compiler.reading(reading);
                    compiler.ask(Of::Facts, slot, test)
                }
                Err(known) => {
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    let path = Path::Root(path);
                    let what = "part of the result";
                    compiler.reader.unknown(Code::UnknownReference, &path.field(name), what, name, &known);
                    Part::Global(Clause::ALWAYS)
                }
            }
        });
        self.place(Of::Facts, part)
    }

    /// The slot of a reading.
    fn reading(&mut self, reading: Reading) -> usize {
        let attributes = self.program.attributes();
        let known = self.program.readings.iter().position(|known| *known == reading);
        let place = known.unwrap_or(self.program.readings.len());
        if known.is_none() {
            let options = match reading {
                Reading::Grade => self.names.grades.clone(),
                Reading::Stage => self.names.stages.clone(),
                Reading::Status => Status::NAMES.iter().map(|name| (*name).to_owned()).collect(),
                Reading::Label(axis) => self.names.labels.get(axis as usize).cloned().unwrap_or_default(),
                _ => Vec::new(),
            };
            self.program.readings.push(reading);
            self.program.facts.slots.push(Slot { options, ..Slot::default() });
        }
        attributes + place
    }
}

/// The place of each draft.
fn places(drafts: &[Draft], sheet: &Sheet) -> Vec<u32> {
    let mut firsts = Vec::new();
    let mut next = 1; // the place before all is always true
    for slot in &sheet.slots {
        firsts.push(next);
        next += slot.questions.len();
    }
    let place = |draft: &Draft| match *draft {
        Draft::Always => 0,
        Draft::Question { slot, question } => firsts.get(slot).copied().unwrap_or(0) + question,
        Draft::Join(join) => next + join,
    };
    drafts.iter().map(|draft| place(draft) as u32).collect()
}

fn settle(clause: &mut Clause, places: &[u32]) {
    let place = places.get(clause.place()).copied().unwrap_or(0);
    *clause = if clause.0 & 1 == 1 { Clause::at(place).not() } else { Clause::at(place) };
}

fn name(id: &str, label: &Text) -> Name {
    Name { id: id.to_owned(), label: label.clone() }
}

fn bounds(bounds: model::Bounds) -> Bounds {
    let none = Bounds::default();
    Bounds { floor: bounds.floor.unwrap_or(none.floor), cap: bounds.cap.unwrap_or(none.cap) }
}

fn missing(missing: model::Missing) -> Missing {
    match missing {
        model::Missing::Zero => Missing::Zero,
        model::Missing::Neutral => Missing::Neutral,
        model::Missing::Required => Missing::Required,
    }
}

fn combine(combine: model::Combine) -> Combine {
    match combine {
        model::Combine::Sum => Combine::Sum,
        model::Combine::Mean => Combine::Mean,
        model::Combine::Max => Combine::Max,
    }
}

fn milliseconds(duration: Option<Duration>) -> i64 {
    duration.map_or(0, Duration::milliseconds)
}

fn limit(limit: &model::Limit) -> Limit {
    let per = match limit.per {
        model::Per::Time(duration) => duration.milliseconds(),
        model::Per::Session => SESSION,
        model::Per::Ever => EVER,
    };
    Limit { n: limit.n, per }
}

/// How points shrink.
pub fn decay(decay: model::Decay) -> Decay {
    let (kind, lose, time) = match decay.kind {
        model::DecayKind::None => (DecayKind::None, 0.0, None),
        model::DecayKind::Expire { after } => (DecayKind::Expire, 0.0, Some(after)),
        model::DecayKind::Linear { lose, every } => (DecayKind::Linear, lose, Some(every)),
        model::DecayKind::Step { lose, every } => (DecayKind::Step, lose, Some(every)),
        model::DecayKind::Exponential { half_life } => (DecayKind::Exponential, 0.0, Some(half_life)),
    };
    Decay { kind, lose, time: milliseconds(time), grace: decay.grace, residual: decay.residual }
}

/// What is known of the result when a condition on it is asked.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Grade,
    Stage,
}

/// What a path into the result reads, or the paths that there are of its kind.
fn reading(model: &Model, name: &str, after: After) -> Result<Reading, Vec<String>> {
    let plain = [
        ("total", Reading::Total),
        ("coverage", Reading::Coverage),
        ("grade", Reading::Grade),
        ("status", Reading::Status),
        ("stage", Reading::Stage),
    ];
    let plain = plain.iter().filter(|(_, reading)| after == After::Stage || *reading != Reading::Stage);
    if let Some((_, reading)) = plain.clone().find(|(known, _)| *known == name) {
        return Ok(*reading);
    }
    if model.attributes.iter().any(|attribute| attribute.path == name) {
        return Err(vec![format!("facts.{name}")]);
    }
    let dimensions: Vec<&str> = model.dimensions.iter().map(|dimension| dimension.id.as_str()).collect();
    let groups = model.dimensions.iter().flat_map(|dimension| &dimension.groups);
    let rules: Vec<&str> = groups.clone().flat_map(|group| &group.rules).map(|rule| rule.id.as_str()).collect();
    let groups: Vec<&str> = groups.map(|group| group.id.as_str()).collect();
    let labels: Vec<&str> = dimensions.iter().copied().chain(["total"]).collect();
    type Kind<'k> = (&'k str, &'k [&'k str], fn(u32) -> Reading);
    let kinds: [Kind; 5] = [
        ("dimensions", &dimensions, Reading::Dimension),
        ("groups", &groups, Reading::Group),
        ("rules", &rules, Reading::Rule),
        ("counts", &rules, Reading::Count),
        ("labels", &labels, Reading::Label),
    ];
    let (kind, id) = name.split_once('.').unwrap_or((name, ""));
    match kinds.iter().find(|(known, ..)| *known == kind) {
        Some((kind, ids, reading)) => match ids.iter().position(|known| *known == id) {
            Some(place) => Ok(reading(place as u32)),
            None => Err(ids.iter().map(|id| format!("{kind}.{id}")).collect()),
        },
        None => {
            let paths = kinds.iter().flat_map(|(kind, ids, _)| ids.iter().map(move |id| format!("{kind}.{id}")));
            Err(plain.map(|(known, _)| (*known).to_owned()).chain(paths).collect())
        }
    }
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
