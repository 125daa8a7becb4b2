//! What a result means: the grade, stages, overrides and routes, whose conditions read the result.

use super::Compiler;
use super::conditions::{Of, Part};
use crate::condition::Condition;
use crate::error::{Code, Path};
use crate::grade::Status;
use crate::model::{self, Axis, Model};
use crate::names::{Because, Route};
use crate::program::{Clause, Grade, NONE, Override, Reading, Slot, Stage};

impl Compiler<'_> {
    pub(super) fn grade(&mut self, grade: &model::Grade) -> Grade {
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
    pub(super) fn grade_named(&mut self, name: &str) -> u32 {
        let grades = &mut self.names.grades;
        let known = grades.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            grades.push(name.to_owned());
            grades.len() - 1
        }) as u32
    }

    /// Stages, overrides and routes: their conditions read the result.
    pub(super) fn results(&mut self) {
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
