//! From a model to a program and its names: attributes become slots, conditions clauses, ids places. The only room that
//! knows both.

mod conditions;
mod results;
mod rules;

pub use rules::decay;

use std::collections::BTreeMap;

use self::conditions::{Draft, Of};
use crate::cells;
use crate::engage::token;
use crate::error::{Code, Error, Path};
use crate::limits::{ATTRIBUTES, MODEL_BYTES};
use crate::model::{self, Model, Text};
use crate::names::{Because, Name, Names};
use crate::order::sort;
use crate::program::{Bounds, Dimension, EventType, Flag, Grade, Group, NONE, Program, Threshold};
use crate::read::Reader;
use crate::tape;
use crate::value::Value;

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
    program.seal = tape::seal(&mut program, &names.types);
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
    program.ask_events();
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

impl<'m> Compiler<'m> {
    fn compile(&mut self) {
        let model = self.model;
        self.names.id = model.id.clone();
        self.names.version = model.version.clone();
        self.program.decimals = model.decimals;
        self.program.combine = model.total.combine;
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
                missing: group.missing,
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
                types.push((name, EventType { purpose: purpose.map_or(0, token), ..EventType::default() }));
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
}

fn name(id: &str, label: &Text) -> Name {
    Name { id: id.to_owned(), label: label.clone() }
}

fn bounds(bounds: model::Bounds) -> Bounds {
    let none = Bounds::default();
    Bounds { floor: bounds.floor.unwrap_or(none.floor), cap: bounds.cap.unwrap_or(none.cap) }
}
