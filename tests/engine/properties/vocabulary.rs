//! The few paths and values that generated models and leads are made of, so that conditions often hit.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// What an attribute or a property holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Number,
    Integer,
    Text,
    Boolean,
    Date,
    List,
}

pub type Vocabulary = &'static [(&'static str, Kind)];

/// `deals` is a list of objects, so its paths lead through a list.
pub const ATTRIBUTES: Vocabulary = &[
    ("company.employees", Kind::Integer),
    ("company.revenue", Kind::Number),
    ("company.country", Kind::Text),
    ("company.tags", Kind::List),
    ("contact.title", Kind::Text),
    ("contact.optIn", Kind::Boolean),
    ("contract.ends", Kind::Date),
    ("deals.amount", Kind::Number),
    ("deals.stage", Kind::Text),
];

pub const PROPERTIES: Vocabulary = &[
    ("path", Kind::Text),
    ("seconds", Kind::Number),
    ("page.tags", Kind::List),
    ("paid", Kind::Boolean),
    ("due", Kind::Date),
];

pub const EVENT_TYPES: &[&str] = &["page_view", "email_open", "form"];
pub const PURPOSES: &[&str] = &["analytics", "ads"];
pub const TEXTS: &[&str] = &["FR", "fr", "BE", "", "Été", "ete", "a*b", "a pricing page", "CEO"];
pub const NUMBERS: &[f64] = &[0.0, 1.0, 2.5, 10.0, 50.0, 100.0, -3.0, 1e6];
pub const DATES: &[&str] = &["2026-11-20", "2026-11-22T09:30:00Z", "2026-11-22T09:30:00.250+01:00", "2027-01-01T00:00"];

/// The instant that leads are mostly scored for: 2026-11-22T09:30:00Z.
pub const AS_OF: i64 = 1_795_339_800_000;
pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Integer => "integer",
            Kind::Text => "text",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
            Kind::List => "list",
        }
    }

    /// A value of this kind.
    pub fn value(self) -> BoxedStrategy<Value> {
        match self {
            Kind::Number => number().boxed(),
            Kind::Integer => select(&[0, 1, 2, 10, 50, 100][..]).prop_map(|n| json!(n)).boxed(),
            Kind::Text => text().boxed(),
            Kind::Boolean => any::<bool>().prop_map(|b| json!(b)).boxed(),
            Kind::Date => prop_oneof![
                3 => select(DATES).prop_map(|date| json!(date)),
                1 => Just(json!(AS_OF)),
            ]
            .boxed(),
            Kind::List => prop::collection::vec(scalar(), 0..4).prop_map(Value::Array).boxed(),
        }
    }

    /// What a lead may hold instead: mostly a value of this kind, at times another.
    pub fn fact(self) -> BoxedStrategy<Value> {
        prop_oneof![
            20 => self.value(),
            1 => any_fact(),
        ]
        .boxed()
    }
}

pub fn number() -> impl Strategy<Value = Value> {
    select(NUMBERS).prop_map(|n| json!(n))
}

pub fn text() -> impl Strategy<Value = Value> {
    select(TEXTS).prop_map(|text| json!(text))
}

/// What a list may hold: mostly texts and numbers.
pub fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![4 => text(), 4 => number(), 1 => any::<bool>().prop_map(|b| json!(b))]
}

fn any_fact() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("no date")),
        Just(json!({})),
        Just(json!({ "amount": 5, "FR": null })),
        Just(json!([null])),
        Just(json!([["FR"], [1, 2.5]])),
        scalar(),
        prop::collection::vec(scalar(), 0..3).prop_map(Value::Array),
    ]
}

/// Puts a value at a dotted path, making objects on the way and entering every object of a list.
pub fn put(object: &mut Value, path: &str, value: &Value) {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    match object {
        Value::Array(items) => {
            if items.is_empty() {
                items.push(json!({}));
            }
            items.iter_mut().for_each(|item| put(item, path, value));
        }
        object => {
            if !object.is_object() {
                *object = json!({});
            }
            match rest {
                Some(rest) => put(&mut object[key], rest, value),
                None => object[key] = value.clone(),
            }
        }
    }
}
