//! From a model to a program: attributes become slots, conditions clauses, ids places. The only room that knows both.

use std::collections::BTreeMap;

use crate::cells;
use crate::condition::{Condition, Fold, Listed, Relation, Scalar, Test, segments};
use crate::error::{Code, Error, Path};
use crate::limits::{ATTRIBUTES, MODEL_BYTES};
use crate::model::{self, Axis, Band, BandValues, FactPoints, Model, Text, Type};
use crate::order::sort;
use crate::program::{
    Clause, Counts, Dimension, EventType, Flag, Grade, Group, Multiplier, Occurrences, Override, Program, Question,
    Reading, Route, Rule, Sheet, Slot, Stage,
};
use crate::read::Reader;
use crate::time;
use crate::value::Value;

/// The program of a model without errors.
pub fn program(model: &str) -> Result<Program, Error> {
    let mut reader = Reader::default();
    let read = read(&mut reader, model);
    match (Error::of_issues(reader.into_issues()), read) {
        (None, Some((_, program))) => Ok(program),
        (Some(error), _) => Err(error),
        (None, None) => Err(Error::new(Code::InvalidJson, "", "expected a model")),
    }
}

/// Reads and compiles a model; nothing when it has errors.
pub fn read(reader: &mut Reader, text: &str) -> Option<(Model, Program)> {
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
    let program = compile(&model, reader);
    (!reader.has_errors()).then_some((model, program))
}

/// Compiles a model; what its conditions on the result name and there is not, the reader is told.
fn compile(model: &Model, reader: &mut Reader) -> Program {
    let mut compiler = Compiler { model, reader, facts: Sheet::default(), properties: Sheet::default() };
    let mut program = compiler.program();
    for (what, sheet) in [("attributes", &compiler.facts), ("properties", &compiler.properties)] {
        if sheet.slots.len() > ATTRIBUTES {
            let message = format_args!("expected at most {ATTRIBUTES} {what} in conditions, found more");
            compiler.reader.error(Code::TooLarge, &Path::Root(""), message);
        }
    }
    cells::fill(&mut compiler.facts, &model.attributes.iter().collect::<Vec<_>>());
    let properties = model.events.iter().flatten().flat_map(|kind| &kind.properties);
    cells::fill(&mut compiler.properties, &properties.collect::<Vec<_>>());
    program.facts = compiler.facts;
    program.properties = compiler.properties;
    program
}

struct Compiler<'m> {
    model: &'m Model,
    reader: &'m mut Reader,
    facts: Sheet,
    properties: Sheet,
}

/// Whose attributes a condition reads.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Facts,
    Properties,
}

impl Compiler<'_> {
    fn program(&mut self) -> Program {
        let model = self.model;
        let mut groups = Vec::new();
        let mut rules = Vec::new();
        for (place, dimension) in model.dimensions.iter().enumerate() {
            for group in &dimension.groups {
                for rule in &group.rules {
                    rules.push(self.rule(rule, groups.len()));
                }
                groups.push(Group {
                    id: group.id.clone(),
                    label: group.label.clone(),
                    dimension: place,
                    weight: group.weight,
                    bounds: group.bounds,
                    missing: group.missing,
                });
            }
        }
        let exclusions: Vec<Flag> = model.exclusions.iter().map(|flag| self.flag(flag)).collect();
        let disqualifiers: Vec<Flag> = model.disqualifiers.iter().map(|flag| self.flag(flag)).collect();
        for attribute in model.attributes.iter().filter(|attribute| attribute.required) {
            self.slot(Of::Facts, &attribute.path);
        }
        let mut grades = Vec::new();
        let grade = model.grade.as_ref().map(|grade| self.grade(grade, &mut grades));
        let labels = model.dimensions.iter().map(|dimension| &dimension.labels).chain([&model.total.labels]);
        Program {
            id: model.id.clone(),
            version: model.version.clone(),
            decimals: model.decimals,
            facts: Sheet::default(),
            properties: Sheet::default(),
            types: self.event_types(),
            dimensions: model.dimensions.iter().map(dimension).collect(),
            groups,
            rules,
            combine: model.total.combine,
            bounds: model.total.bounds,
            labels: labels.cloned().collect(),
            grade,
            stages: self.stages(),
            exclusions,
            disqualifiers,
            overrides: self.overrides(&mut grades),
            grades,
            routes: self.routes(),
        }
    }

    fn slot(&mut self, of: Of, path: &str) -> usize {
        let sheet = self.sheet(of);
        if let Some(place) = sheet.slots.iter().position(|slot| slot.name == path) {
            return place;
        }
        if sheet.slots.len() > ATTRIBUTES {
            return 0; // refused in the end; until then it must not take for ever
        }
        let (kind, label, required) = match of {
            Of::Facts => match self.model.attributes.iter().find(|attribute| attribute.path == path) {
                Some(attribute) => (Some(attribute.kind), attribute.label.clone(), attribute.required),
                None => (None, Text::same(path), false),
            },
            Of::Properties => (self.property_type(path), Text::same(path), false),
        };
        let sheet = self.sheet(of);
        sheet.slots.push(Slot {
            name: path.to_owned(),
            path: segments(path),
            kind,
            label,
            required,
            tests: Vec::new(),
            words: Vec::new(),
            cells: Vec::new(),
            complete: false,
        });
        sheet.slots.len() - 1
    }

    fn sheet(&mut self, of: Of) -> &mut Sheet {
        match of {
            Of::Facts => &mut self.facts,
            Of::Properties => &mut self.properties,
        }
    }

    /// The type that the event types which declare this property agree on.
    fn property_type(&self, path: &str) -> Option<Type> {
        let types = self.model.events.iter().flatten();
        let mut kinds =
            types.flat_map(|kind| &kind.properties).filter(|property| property.path == path).map(|p| p.kind);
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    fn ask(&mut self, of: Of, path: &str, test: &Test) -> Clause {
        let slot = self.slot(of, path);
        let sheet = self.sheet(of);
        let dated = sheet.slots.get(slot).is_some_and(|slot| slot.kind == Some(Type::Date));
        let test = if dated { with_instants(test) } else { test.clone() };
        Clause::Ask(Question::Bit(sheet.ask(slot, test)))
    }

    fn clause(&mut self, of: Of, condition: &Condition) -> Clause {
        match condition {
            Condition::All(parts) => Clause::All(parts.iter().map(|part| self.clause(of, part)).collect()),
            Condition::Any(parts) => Clause::Any(parts.iter().map(|part| self.clause(of, part)).collect()),
            Condition::Not(part) => Clause::Not(Box::new(self.clause(of, part))),
            Condition::Ask { path, test } => self.ask(of, path, test),
        }
    }

    fn clause_or_always(&mut self, of: Of, condition: &Option<Condition>) -> Clause {
        condition.as_ref().map_or(Clause::ALWAYS, |condition| self.clause(of, condition))
    }

    fn rule(&mut self, rule: &model::Rule, group: usize) -> Rule {
        let counts = match &rule.counts {
            model::Counts::Facts { when, gives: FactPoints::Points { points, otherwise } } => Counts::Facts {
                when: Clause::ALWAYS,
                cases: vec![(self.clause_or_always(Of::Facts, when), *points)],
                otherwise: *otherwise,
                table: None,
            },
            model::Counts::Facts { when, gives: FactPoints::Bands { attribute, bands } } => Counts::Facts {
                when: self.clause_or_always(Of::Facts, when),
                cases: bands.iter().map(|band| (self.band(attribute, band), band.points)).collect(),
                otherwise: 0.0,
                table: Some(self.slot(Of::Facts, attribute)),
            },
            model::Counts::Events(rule) => Counts::Events(Occurrences {
                when: self.clause_or_always(Of::Properties, &rule.when),
                gives: rule.gives.clone(),
                multiplier: match &rule.multiplier {
                    model::Multiplier::Number(number) => Multiplier::Number(*number),
                    model::Multiplier::Property { path, max } => {
                        Multiplier::Property { slot: self.slot(Of::Properties, path), max: *max }
                    }
                },
                window: rule.window,
                limits: rule.limits.clone(),
                decay: rule.decay,
            }),
        };
        Rule { id: rule.id.clone(), label: rule.label.clone(), group, bounds: rule.bounds, counts }
    }

    /// The questions whether a value is in a band.
    fn band(&mut self, attribute: &str, band: &Band) -> Clause {
        let mut ask = |test| self.ask(Of::Facts, attribute, &test);
        match &band.values {
            BandValues::Range { low, high } => {
                let low = low.map(|(edge, included)| (edge, if included { Relation::From } else { Relation::Above }));
                let high = high.map(|(edge, included)| (edge, if included { Relation::UpTo } else { Relation::Below }));
                let edges = low.into_iter().chain(high);
                Clause::All(
                    edges
                        .map(|(edge, relation)| ask(Test::Compare(relation, Scalar::Number(edge), Fold::Nothing)))
                        .collect(),
                )
            }
            BandValues::Is(values) => {
                ask(Test::OneOf(Listed::new(values.iter().cloned(), Fold::Nothing), Fold::Nothing))
            }
            // Known, whatever it is; put so that unknown stays unknown.
            BandValues::Rest => {
                let nothing = ask(Test::OneOf(Listed::default(), Fold::Nothing));
                Clause::Not(Box::new(nothing))
            }
        }
    }

    fn flag(&mut self, flag: &model::Flag) -> Flag {
        let on_events = !flag.on.is_empty();
        let clause = self.clause_or_always(if on_events { Of::Properties } else { Of::Facts }, &flag.when);
        let (facts, event) = if on_events { (None, Some(clause)) } else { (Some(clause), None) };
        Flag { id: flag.id.clone(), facts, event, reason: flag.reason.clone() }
    }

    /// Every event type that a rule or a flag looks at, or that needs consent.
    fn event_types(&self) -> Vec<EventType> {
        let rules = self.model.dimensions.iter().flat_map(|d| &d.groups).flat_map(|group| &group.rules);
        let rules = rules.map(|rule| match &rule.counts {
            model::Counts::Events(events) => events.on.as_slice(),
            model::Counts::Facts { .. } => &[],
        });
        let rules: Vec<&[String]> = rules.collect();
        let flags: Vec<&[String]> =
            self.model.exclusions.iter().chain(&self.model.disqualifiers).map(|flag| flag.on.as_slice()).collect();
        let declared = |name: &str| self.model.events.iter().flatten().find(|kind| kind.name == name);
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut types: Vec<EventType> = Vec::new();
        let mut note = |name: &String, rule: Option<usize>, flag: Option<usize>| {
            let place = *places.entry(name.clone()).or_insert(types.len());
            if place == types.len() {
                let purpose = declared(name).and_then(|kind| kind.purpose.clone());
                types.push(EventType { name: name.clone(), purpose, rules: Vec::new(), flags: Vec::new() });
            }
            if let Some(kind) = types.get_mut(place) {
                kind.rules.extend(rule.filter(|rule| kind.rules.last() != Some(rule)));
                kind.flags.extend(flag.filter(|flag| kind.flags.last() != Some(flag)));
            }
        };
        let with_purpose = self.model.events.iter().flatten().filter(|kind| kind.purpose.is_some());
        with_purpose.for_each(|kind| note(&kind.name, None, None));
        for (rule, on) in rules.iter().enumerate() {
            on.iter().for_each(|name| note(name, Some(rule), None));
        }
        for (flag, on) in flags.iter().enumerate() {
            on.iter().for_each(|name| note(name, None, Some(flag)));
        }
        sort(&mut types, |a, b| a.name.cmp(&b.name));
        types
    }

    fn grade(&mut self, grade: &model::Grade, grades: &mut Vec<String>) -> Grade {
        match grade {
            model::Grade::Ladder { letters, start, dimension } => {
                grades.clone_from(letters);
                Grade::Ladder { letters: letters.len(), start: *start, dimension: *dimension }
            }
            model::Grade::Matrix { rows, columns, cells } => {
                let total = self.model.dimensions.len();
                let place = |axis: &Axis| {
                    if let Axis::Dimension(place) = axis { *place } else { total }
                };
                let (rows, columns) = (place(rows), place(columns));
                let labels = |place: usize| {
                    let dimension = self.model.dimensions.get(place).map(|dimension| &dimension.labels);
                    dimension.unwrap_or(&self.model.total.labels)
                };
                let names = labels(rows).iter().map(|row| {
                    let named = cells.as_ref().and_then(|cells| cells.iter().find(|(name, _)| *name == row.id));
                    labels(columns).iter().map(move |column| {
                        let named = named.and_then(|(_, cells)| cells.iter().find(|(name, _)| *name == column.id));
                        named.map_or_else(|| format!("{}{}", row.id, column.id), |(_, grade)| grade.clone())
                    })
                });
                let names: Vec<Vec<String>> = names.map(Iterator::collect).collect();
                let cells = names.into_iter().map(|row| row.into_iter().map(|name| place_of(grades, name)).collect());
                Grade::Matrix { rows, columns, cells: cells.collect() }
            }
        }
    }

    fn stages(&mut self) -> Vec<Stage> {
        let stages = self.model.stages.iter().enumerate().map(|(place, stage)| {
            let path = format!("stages[{place}]");
            Stage {
                id: stage.id.clone(),
                when: self.result_clause(&stage.when, &format!("{path}.when"), After::Grade),
                keep: stage.keep.as_ref().map(|keep| self.on_result(keep, &format!("{path}.keep"), After::Grade)),
            }
        });
        stages.collect()
    }

    fn overrides(&mut self, grades: &mut Vec<String>) -> Vec<Override> {
        let overrides = self.model.overrides.iter().enumerate().map(|(place, one)| Override {
            id: one.id.clone(),
            when: self.result_clause(&one.when, &format!("overrides[{place}].when"), After::Grade),
            stage: one.stage,
            grade: one.grade.clone().map(|grade| place_of(grades, grade)),
            reason: one.reason.clone(),
        });
        overrides.collect()
    }

    fn routes(&mut self) -> Vec<Route> {
        let routes = self.model.routes.iter().enumerate().map(|(place, route)| Route {
            id: route.id.clone(),
            when: self.result_clause(&route.when, &format!("routes[{place}].when"), After::Stage),
            queue: route.queue.clone(),
            owner: route.owner.clone(),
            action: route.action.clone(),
            text: route.text.clone(),
        });
        routes.collect()
    }

    fn result_clause(&mut self, condition: &Option<Condition>, path: &str, after: After) -> Clause {
        condition.as_ref().map_or(Clause::ALWAYS, |condition| self.on_result(condition, path, after))
    }

    /// A condition on the result; attributes of the facts stand under `facts`.
    fn on_result(&mut self, condition: &Condition, path: &str, after: After) -> Clause {
        match condition {
            Condition::All(parts) => Clause::All(parts.iter().map(|part| self.on_result(part, path, after)).collect()),
            Condition::Any(parts) => Clause::Any(parts.iter().map(|part| self.on_result(part, path, after)).collect()),
            Condition::Not(part) => Clause::Not(Box::new(self.on_result(part, path, after))),
            Condition::Ask { path: name, test } => match name.strip_prefix("facts.") {
                Some(attribute) => self.ask(Of::Facts, attribute, test),
                None => match reading(self.model, name, after) {
                    Ok(reading) => Clause::Ask(Question::Result(reading, test.clone())),
                    Err(known) => {
                        let known: Vec<&str> = known.iter().map(String::as_str).collect();
                        let path = Path::Root(path);
                        self.reader.unknown(
                            Code::UnknownReference,
                            &path.field(name),
                            "part of the result",
                            name,
                            &known,
                        );
                        Clause::ALWAYS
                    }
                },
            },
        }
    }
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
    type Kind<'k> = (&'k str, &'k [&'k str], fn(usize) -> Reading);
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
            Some(place) => Ok(reading(place)),
            None => Err(ids.iter().map(|id| format!("{kind}.{id}")).collect()),
        },
        None => {
            let paths = kinds.iter().flat_map(|(kind, ids, _)| ids.iter().map(move |id| format!("{kind}.{id}")));
            Err(plain.map(|(known, _)| (*known).to_owned()).chain(paths).collect())
        }
    }
}

fn dimension(dimension: &model::Dimension) -> Dimension {
    Dimension {
        id: dimension.id.clone(),
        label: dimension.label.clone(),
        weight: dimension.weight,
        normalise: dimension.normalise,
        bounds: dimension.bounds,
    }
}

fn place_of(names: &mut Vec<String>, name: String) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
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
