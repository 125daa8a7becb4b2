//! What people read of a model: ids, labels, reasons, texts, by the places that the program has for them.
//!
//! Scoring needs none of it.

use crate::model::{Lang, Text};
use crate::program::{NONE, Program, Sheet};
use crate::tell::Tell;
use crate::value::Value;

/// The names of a program.
#[derive(Debug, Default)]
pub struct Names {
    pub id: String,
    pub version: Option<String>,
    /// Of each attribute.
    pub attributes: Vec<Text>,
    /// Of event types.
    pub types: Vec<String>,
    pub dimensions: Vec<Name>,
    pub groups: Vec<Name>,
    pub rules: Vec<Name>,
    /// Of each dimension, then of the total.
    pub labels: Vec<Vec<String>>,
    pub grades: Vec<String>,
    pub stages: Vec<String>,
    /// Exclusions, then disqualifiers.
    pub flags: Vec<Because>,
    pub overrides: Vec<Because>,
    pub routes: Vec<Route>,
    /// The values that the cells of each slot stand for: of the facts, then of events.
    pub cells: [Vec<Vec<Value>>; 2],
    /// Which text it was compiled from.
    pub hash: String,
}

#[derive(Debug)]
pub struct Name {
    pub id: String,
    pub label: Text,
}

/// A flag or an override.
#[derive(Debug)]
pub struct Because {
    pub id: String,
    pub reason: Option<Text>,
}

impl Because {
    pub fn in_words(&self, lang: Lang) -> Option<String> {
        self.reason.as_ref().map(|reason| reason.of(lang).to_owned())
    }
}

#[derive(Debug)]
pub struct Route {
    pub id: String,
    pub queue: Option<String>,
    pub owner: Option<String>,
    pub action: Option<String>,
    pub text: Option<Text>,
}

impl Names {
    /// The place of an event type, or none.
    pub fn event_type(&self, name: &str) -> u32 {
        self.types.binary_search_by(|known| known.as_str().cmp(name)).map_or(NONE, |place| place as u32)
    }

    /// All that JavaScript needs to read leads and to name what comes of them.
    pub fn tell(&self, program: &Program, audience: &str) -> Value {
        let rules = self.rules.iter().zip(&program.rules).map(|(name, rule)| {
            let table = if rule.table == NONE { -1.0 } else { f64::from(rule.table) };
            list([name.id.tell(), rule.group.tell(), table.tell()])
        });
        let groups = self.groups.iter().zip(&program.groups);
        let groups = groups.map(|(name, group)| list([name.id.tell(), group.dimension.tell()]));
        let (exclusions, disqualifiers) = self.flags.split_at_checked(program.exclusions as usize).unwrap_or_default();
        let routes = self.routes.iter().map(|route| {
            let [en, fr] = both(&route.text);
            list([route.id.tell(), route.queue.tell(), route.owner.tell(), route.action.tell(), en, fr])
        });
        let model = [("id", self.id.tell()), ("version", self.version.tell())];
        object([
            ("model", object(model)),
            ("facts", slots(&program.facts, program.attributes())),
            ("properties", slots(&program.properties, program.properties.slots.len())),
            ("types", self.types.tell()),
            ("dimensions", list(self.dimensions.iter().map(|name| name.id.tell()))),
            ("groups", list(groups)),
            ("rules", list(rules)),
            ("labels", self.labels.tell()),
            ("grades", self.grades.tell()),
            ("stages", self.stages.tell()),
            ("exclusions", because(exclusions)),
            ("disqualifiers", because(disqualifiers)),
            ("overrides", because(&self.overrides)),
            ("routes", list(routes)),
            ("hash", self.hash.tell()),
            ("audience", audience.tell()),
        ])
    }
}

/// How to read the slots of a sheet.
fn slots(sheet: &Sheet, count: usize) -> Value {
    list(sheet.slots.iter().take(count).map(|slot| {
        object([
            ("path", crate::condition::segments(&slot.path).tell()),
            ("type", slot.kind.map(|kind| kind.name()).tell()),
            ("whole", slot.whole.tell()),
        ])
    }))
}

fn because(named: &[Because]) -> Value {
    list(named.iter().map(|one| {
        let [en, fr] = both(&one.reason);
        list([one.id.tell(), en, fr])
    }))
}

fn both(text: &Option<Text>) -> [Value; 2] {
    [Lang::En, Lang::Fr].map(|lang| text.as_ref().map(|text| text.of(lang)).tell())
}

fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::List(items.into_iter().collect())
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
