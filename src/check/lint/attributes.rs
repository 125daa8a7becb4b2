//! Attributes and what is asked of them: declared or not, read or not, and comparisons that cannot be met.

use core::fmt::Arguments;

use super::each_rule;
use crate::condition::{Condition, Fold, Scalar, Test, Truth};
use crate::error::{Code, Path, Severity, short};
use crate::model::{Attribute, BandValues, Counts, FactPoints, Model, Text, Type};
use crate::program::{Clause, Program, Question, Reading, Slot};
use crate::read::Reader;
use crate::time::instant_of_text;

pub fn lint(reader: &mut Reader, model: &Model, program: &Program) {
    let read = vec![false; model.attributes.len()];
    let mut look = Look { reader, model, program, read, undeclared: Vec::new() };
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
    for (place, stage) in model.stages.iter().enumerate() {
        look.condition(&root.field("stages").item(place), stage.when.as_ref(), "facts.");
        look.condition(&root.field("stages").item(place), stage.keep.as_ref(), "facts.");
    }
    for (place, one) in model.overrides.iter().enumerate() {
        look.condition(&root.field("overrides").item(place), one.when.as_ref(), "facts.");
    }
    for (place, route) in model.routes.iter().enumerate() {
        look.condition(&root.field("routes").item(place), route.when.as_ref(), "facts.");
    }
    look.unused();
    constant_questions(reader, model, program);
}

/// The attribute that is declared with this path.
fn declared<'m>(model: &'m Model, path: &str) -> Option<&'m Attribute> {
    model.attributes.iter().find(|attribute| attribute.path == path)
}

/// What a path into the result leads to, as if it was declared.
fn result(model: &Model, program: &Program, name: &str) -> Attribute {
    let axis = |id: &str| model.dimensions.iter().position(|known| known.id == id).unwrap_or(model.dimensions.len());
    let reading = match (name, name.strip_prefix("labels.")) {
        ("grade", _) => Reading::Grade,
        ("stage", _) => Reading::Stage,
        ("status", _) => Reading::Status,
        (_, Some(id)) => Reading::Label(axis(id) as u32),
        _ => Reading::Total,
    };
    let place = program.readings.iter().position(|known| *known == reading);
    let slot = place.and_then(|place| program.facts.slots.get(program.attributes() + place));
    let values = slot.filter(|_| reading != Reading::Total).map(|slot| slot.options.clone());
    let kind = if values.is_some() { Type::Text } else { Type::Number };
    let label = Text::default();
    Attribute { path: name.to_owned(), kind, label, values, min: None, max: None, required: false }
}

struct Look<'l> {
    reader: &'l mut Reader,
    model: &'l Model,
    program: &'l Program,
    /// For each declared attribute whether anything reads it.
    read: Vec<bool>,
    undeclared: Vec<String>,
}

impl Look<'_> {
    /// A condition on the facts, which stand under `prefix`; beside them stands the result.
    fn condition(&mut self, path: &Path, condition: Option<&Condition>, prefix: &str) {
        let Some(condition) = condition else { return };
        condition.each(&mut |name, test| {
            if let Some(name) = name.strip_prefix(prefix)
                && !name.is_empty()
            {
                self.path(path, name);
                if let Some(attribute) = declared(self.model, name) {
                    question(self.reader, path, attribute, test);
                }
            } else {
                question(self.reader, path, &result(self.model, self.program, name), test);
            }
        });
    }

    /// A condition on the properties of events of these types.
    fn event_condition(&mut self, path: &Path, on: &[String], condition: Option<&Condition>) {
        let (Some(condition), Some(types)) = (condition, &self.model.events) else {
            return;
        };
        let mut declared: Vec<&Attribute> = Vec::new();
        for kind in types {
            if on.contains(&kind.name) {
                declared.extend(&kind.properties);
            }
        }
        condition.each(&mut |name, test| {
            if let Some(property) = declared.iter().find(|property| property.path == name) {
                question(self.reader, path, property, test);
            }
        });
    }

    /// A path that the model reads; what lies below a declared list counts as declared.
    fn path(&mut self, path: &Path, name: &str) {
        for (attribute, read) in self.model.attributes.iter().zip(&mut self.read) {
            let rest = name.strip_prefix(attribute.path.as_str());
            if rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('.') && attribute.kind == Type::List)) {
                *read = true;
                return;
            }
        }
        if !self.reader.is_full() && !self.undeclared.iter().any(|known| known == name) {
            self.undeclared.push(name.to_owned());
            let known: Vec<&str> = self.model.attributes.iter().map(|attribute| attribute.path.as_str()).collect();
            let message = format_args!("attribute `{}` is not declared", short(name));
            self.reader.doubt(Code::UndeclaredAttribute, path, message, name, &known);
        }
    }

    fn band(&mut self, path: &Path, name: &str, values: &BandValues) {
        let Some(attribute) = declared(self.model, name) else { return };
        match values {
            BandValues::Is(listed) => {
                for value in listed {
                    listed_value(self.reader, path, attribute, value, Fold::Nothing);
                }
            }
            BandValues::Range { .. } if !matches!(attribute.kind, Type::Number | Type::Integer | Type::Date) => {
                never(self.reader, path, attribute, format_args!("a range of numbers"));
            }
            BandValues::Range { .. } | BandValues::Rest => {}
        }
    }

    fn unused(&mut self) {
        let root = Path::Root("");
        let attributes = root.field("attributes");
        for (attribute, read) in self.model.attributes.iter().zip(&self.read) {
            if !read && !attribute.required {
                let message = format_args!("attribute `{}` is declared, but nothing reads it", short(&attribute.path));
                self.reader.warn(Code::UnusedAttribute, &attributes.field(&attribute.path), message);
            }
        }
    }
}

fn never(reader: &mut Reader, path: &Path, attribute: &Attribute, what: Arguments) {
    let (name, kind) = (short(&attribute.path), attribute.kind.name());
    reader.warn(Code::NeverMatches, path, format_args!("{what} never matches attribute `{name}` of type `{kind}`"));
}

/// A question that the declared type or values can never answer with yes.
fn question(reader: &mut Reader, path: &Path, attribute: &Attribute, test: &Test) {
    match test {
        Test::OneOf(listed, fold) => {
            for value in listed.scalars() {
                listed_value(reader, path, attribute, &value, *fold);
            }
        }
        Test::Compare(_, bound, _) if !fits(attribute, bound) => {
            never(reader, path, attribute, format_args!("order against {}", bound.to_value()));
        }
        Test::Text(..) if !matches!(attribute.kind, Type::Text | Type::List) => {
            never(reader, path, attribute, format_args!("a text operator"));
        }
        Test::Size(_) | Test::Whole(_) | Test::Element(_) if attribute.kind != Type::List => {
            never(reader, path, attribute, format_args!("a list operator"));
        }
        Test::Whole(_) => {
            let message = format_args!("a list as value matches only the whole list, in this order");
            reader.note(Severity::Warning, Code::NeverMatches, path, message, Some("$in"));
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
        return never(reader, path, attribute, format_args!("{}", value.to_value()));
    }
    let (Some(values), Scalar::Text(text)) = (&attribute.values, value) else {
        return;
    };
    if !values.iter().any(|known| fold.apply(known) == *text) {
        let known: Vec<&str> = values.iter().map(String::as_str).collect();
        let (found, name) = (short(text), short(&attribute.path));
        let message = format_args!("`{found}` is not among the values of attribute `{name}`");
        reader.doubt(Code::NeverMatches, path, message, text, &known);
    }
}

/// Questions that every value within an attribute's declared limits answers alike.
fn constant_questions(reader: &mut Reader, model: &Model, program: &Program) {
    let root = Path::Root("");
    let attributes = root.field("attributes");
    for slot in &program.facts.slots {
        let declared = declared(model, &slot.path);
        let limited = declared.is_some_and(|attribute| attribute.min.is_some() || attribute.max.is_some());
        if limited && slot.complete {
            for (place, question) in slot.questions.iter().enumerate() {
                if let Question::Test(Test::Compare(_, bound, _)) = question {
                    constant_question(reader, &attributes.field(&slot.path), slot, place, bound);
                }
            }
        }
    }
}

fn constant_question(reader: &mut Reader, path: &Path, slot: &Slot, question: usize, bound: &Scalar) {
    let meets = |cell: usize| Clause::at(question as u32).truth(slot.cell(cell)) == Truth::True;
    let always = meets(0);
    if slot.cells() == 0 || (1..slot.cells()).any(|cell| meets(cell) != always) {
        return;
    }
    let (code, which) = if always { (Code::AlwaysMatches, "every") } else { (Code::NeverMatches, "no") };
    let bound = bound.to_value();
    reader.warn(code, path, format_args!("{which} value within `min` and `max` meets the comparison with {bound}"));
}
