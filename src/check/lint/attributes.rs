//! Attributes and what is asked of them: declared or not, read or not, and comparisons that cannot be met.

use super::each_rule;
use crate::condition::{Condition, Fold, Scalar, Test, Truth};
use crate::error::{Code, Path, Severity, likely, short};
use crate::model::{Attribute, BandValues, Counts, FactPoints, Model, Type};
use crate::program::{Program, Question, Slot};
use crate::read::Reader;
use crate::time::instant_of_text;

pub fn lint(reader: &mut Reader, model: &Model, program: &Program) {
    let mut look = Look { reader, model, read: Vec::new(), undeclared: Vec::new() };
    let root = Path::Root("");
    each_rule(model, &mut |path, rule| match &rule.counts {
        Counts::Facts { when, gives } => {
            look.condition(&path.field("when"), when.as_ref(), "");
            if let FactPoints::Bands { attribute, bands } = gives {
                let path = path.field("bands");
                look.path(&path, attribute);
                for (place, band) in bands.iter().enumerate() {
                    look.band(&path.item(place), attribute, &band.values);
                }
            }
        }
        Counts::Events(rule) => look.event_condition(&path.field("when"), &rule.on, rule.when.as_ref()),
    });
    for (list, flags) in [("exclusions", &model.exclusions), ("disqualifiers", &model.disqualifiers)] {
        let list = root.field(list);
        for (place, flag) in flags.iter().enumerate() {
            let path = list.item(place);
            match flag.on.as_slice() {
                [] => look.condition(&path.field("when"), flag.when.as_ref(), ""),
                on => look.event_condition(&path.field("when"), on, flag.when.as_ref()),
            }
        }
    }
    let stages = model.stages.iter().map(|stage| ("stages", [stage.when.as_ref(), stage.keep.as_ref()]));
    let overrides = model.overrides.iter().map(|one| ("overrides", [one.when.as_ref(), None]));
    let routes = model.routes.iter().map(|route| ("routes", [route.when.as_ref(), None]));
    let lists: [Vec<_>; 3] = [stages.collect(), overrides.collect(), routes.collect()];
    for list in lists {
        for (place, (name, conditions)) in list.into_iter().enumerate() {
            let list = root.field(name);
            for condition in conditions.into_iter().flatten() {
                look.condition(&list.item(place), Some(condition), "facts.");
            }
        }
    }
    look.unused();
    constant_questions(reader, model, program);
}

struct Look<'l> {
    reader: &'l mut Reader,
    model: &'l Model,
    read: Vec<String>,
    undeclared: Vec<String>,
}

impl Look<'_> {
    /// A condition on the facts, which stand under `prefix`.
    fn condition(&mut self, path: &Path, condition: Option<&Condition>, prefix: &str) {
        let Some(condition) = condition else { return };
        condition.each(&mut |name, test| {
            let Some(name) = name.strip_prefix(prefix).filter(|name| !name.is_empty()) else {
                return;
            };
            self.path(path, name);
            if let Some(attribute) = self.model.attributes.iter().find(|attribute| attribute.path == name) {
                question(self.reader, path, attribute, test);
            }
        });
    }

    /// A condition on the properties of events of these types.
    fn event_condition(&mut self, path: &Path, on: &[String], condition: Option<&Condition>) {
        let (Some(condition), Some(types)) = (condition, &self.model.events) else {
            return;
        };
        let declared = types.iter().filter(|kind| on.contains(&kind.name)).flat_map(|kind| &kind.properties);
        let declared: Vec<&Attribute> = declared.collect();
        condition.each(&mut |name, test| {
            if let Some(property) = declared.iter().find(|property| property.path == name) {
                question(self.reader, path, property, test);
            }
        });
    }

    /// A path that the model reads; what lies below a declared attribute counts as declared.
    fn path(&mut self, path: &Path, name: &str) {
        let declares = |attribute: &&Attribute| {
            let rest = name.strip_prefix(attribute.path.as_str());
            rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('.') && attribute.kind == Type::List))
        };
        if let Some(attribute) = self.model.attributes.iter().find(declares) {
            if !self.read.contains(&attribute.path) {
                self.read.push(attribute.path.clone());
            }
        } else if !self.reader.is_full() && !self.undeclared.iter().any(|known| known == name) {
            self.undeclared.push(name.to_owned());
            let known = self.model.attributes.iter().map(|attribute| attribute.path.as_str());
            let suggestion = likely(name, known).map(str::to_owned);
            let message = match &suggestion {
                Some(known) => format!("attribute `{}` is not declared, expected `{known}`", short(name)),
                None => format!("attribute `{}` is not declared", short(name)),
            };
            self.reader.note(Severity::Warning, Code::UndeclaredAttribute, path, message, suggestion);
        }
    }

    fn band(&mut self, path: &Path, name: &str, values: &BandValues) {
        let Some(attribute) = self.model.attributes.iter().find(|attribute| attribute.path == name) else {
            return;
        };
        match values {
            BandValues::Is(listed) => {
                listed.iter().for_each(|value| listed_value(self.reader, path, attribute, value, Fold::Nothing))
            }
            BandValues::Range { .. } if !matches!(attribute.kind, Type::Number | Type::Integer | Type::Date) => {
                never(self.reader, path, attribute, "a range of numbers");
            }
            BandValues::Range { .. } | BandValues::Rest => {}
        }
    }

    fn unused(&mut self) {
        let root = Path::Root("");
        let attributes = root.field("attributes");
        for attribute in self.model.attributes.iter().filter(|attribute| !attribute.required) {
            if !self.read.contains(&attribute.path) {
                let message = format!("attribute `{}` is declared, but nothing reads it", short(&attribute.path));
                self.reader.warn(Code::UnusedAttribute, &attributes.field(&attribute.path), message);
            }
        }
    }
}

fn never(reader: &mut Reader, path: &Path, attribute: &Attribute, what: &str) {
    let name = short(&attribute.path);
    let message = format!("{what} never matches attribute `{name}` of type `{}`", attribute.kind.name());
    reader.warn(Code::NeverMatches, path, message);
}

/// A question that the declared type or values can never answer with yes.
fn question(reader: &mut Reader, path: &Path, attribute: &Attribute, test: &Test) {
    match test {
        Test::OneOf(listed, fold) => {
            listed.scalars().for_each(|value| listed_value(reader, path, attribute, &value, *fold));
        }
        Test::Compare(_, bound, _) if !fits(attribute, bound) => {
            never(reader, path, attribute, &format!("order against {}", bound.to_value()));
        }
        Test::Text(..) if !matches!(attribute.kind, Type::Text | Type::List) => {
            never(reader, path, attribute, "a text operator");
        }
        Test::Size(_) | Test::Whole(_) | Test::Element(_) if attribute.kind != Type::List => {
            never(reader, path, attribute, "a list operator");
        }
        Test::Whole(_) => {
            let message = "a list as value matches only the whole list, in this order";
            reader.note(Severity::Warning, Code::NeverMatches, path, message.to_owned(), Some("$in".to_owned()));
        }
        _ => {}
    }
}

/// Whether a value of the declared type can equal, or be ordered against, this one.
fn fits(attribute: &Attribute, value: &Scalar) -> bool {
    match (attribute.kind, value) {
        (Type::Number | Type::Integer, Scalar::Number(_)) | (Type::Text, Scalar::Text(_)) => true,
        (Type::Boolean, Scalar::Boolean(_)) | (Type::Date, Scalar::Number(_)) => true,
        (Type::Date, Scalar::Text(text)) => instant_of_text(text).is_some(),
        (Type::List, Scalar::Number(_) | Scalar::Text(_)) => true,
        _ => false,
    }
}

fn listed_value(reader: &mut Reader, path: &Path, attribute: &Attribute, value: &Scalar, fold: Fold) {
    if !fits(attribute, value) {
        return never(reader, path, attribute, &format!("{}", value.to_value()));
    }
    let (Some(values), Scalar::Text(text)) = (&attribute.values, value) else {
        return;
    };
    if !values.iter().any(|known| fold.apply(known) == *text) {
        let suggestion = likely(text, values.iter().map(String::as_str)).map(str::to_owned);
        let (text, name) = (short(text), short(&attribute.path));
        let message = match &suggestion {
            Some(known) => format!("`{text}` is not among the values of attribute `{name}`, expected `{known}`"),
            None => format!("`{text}` is not among the values of attribute `{name}`"),
        };
        reader.note(Severity::Warning, Code::NeverMatches, path, message, suggestion);
    }
}

/// Questions that every value within an attribute's declared limits answers alike.
fn constant_questions(reader: &mut Reader, model: &Model, program: &Program) {
    let root = Path::Root("");
    let attributes = root.field("attributes");
    for slot in program.facts.slots.iter().filter(|slot| slot.complete && slot.cells() > 0) {
        let declared = model.attributes.iter().find(|attribute| attribute.path == slot.path);
        if declared.is_some_and(|attribute| attribute.min.is_some() || attribute.max.is_some()) {
            for (place, question) in slot.questions.iter().enumerate() {
                if let Question::Test(Test::Compare(_, bound, _)) = question {
                    constant_question(reader, &attributes.field(&slot.path), slot, place, bound);
                }
            }
        }
    }
}

fn constant_question(reader: &mut Reader, path: &Path, slot: &Slot, question: usize, bound: &Scalar) {
    let mut answers = (0..slot.cells()).map(|cell| slot.cell(cell).get(question) == Some(&Truth::True));
    let Some(first) = answers.next() else { return };
    if !answers.all(|answer| answer == first) {
        return;
    }
    let bound = bound.to_value();
    match first {
        true => reader.warn(
            Code::AlwaysMatches,
            path,
            format!("every value within `min` and `max` meets the comparison with {bound}"),
        ),
        false => reader.warn(
            Code::NeverMatches,
            path,
            format!("no value within `min` and `max` meets the comparison with {bound}"),
        ),
    }
}
