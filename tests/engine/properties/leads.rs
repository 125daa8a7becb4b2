//! Leads: facts that are absent, null, mistyped or lists; events twice, out of order, yet to come, at one instant.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::vocabulary::{AS_OF, ATTRIBUTES, DAY, EVENT_TYPES, HOUR, Kind, PROPERTIES, PURPOSES, Vocabulary, put};
use crate::naive::{Lead, instant};

/// A lead whose attributes are each unknown with this probability.
pub fn lead(unknown: f64) -> impl Strategy<Value = Lead> {
    let events = prop_oneof![1 => Just(Vec::new()), 4 => prop::collection::vec(event(), 1..12)];
    let as_of = prop_oneof![
        8 => Just(AS_OF),
        1 => (-3..40_i64).prop_map(|days| AS_OF + days * DAY),
        1 => (0..30 * DAY).prop_map(|ms| AS_OF + ms),
    ];
    let consent = prop::option::weighted(0.3, subsequence(PURPOSES.to_vec(), 0..=PURPOSES.len()));
    (facts(unknown), events, prop::option::weighted(0.9, as_of), prop::option::weighted(0.4, previous()), consent)
        .prop_map(|(facts, events, as_of, previous, consent)| Lead {
            as_of: as_of.or((!events.is_empty()).then_some(AS_OF)),
            facts,
            events,
            previous,
            lang: None,
            consent: consent.map(|purposes| purposes.into_iter().map(str::to_owned).collect()),
        })
}

/// The lead with no two different events at one instant: which of them a limit or an id keeps is nowhere said, only
/// that the order of the input does not decide it.
pub fn without_ties(mut lead: Lead) -> Lead {
    let mut taken: BTreeMap<i64, Value> = BTreeMap::new();
    for event in &mut lead.events {
        while let Some(other) = taken.get(&at(event)).filter(|other| *other != event) {
            event["at"] = json!(at(other) - 1);
        }
        taken.insert(at(event), event.clone());
    }
    lead
}

fn at(event: &Value) -> i64 {
    instant(&event["at"]).expect("an instant")
}

pub fn facts(unknown: f64) -> impl Strategy<Value = Value> {
    let scalars: Vec<_> = ATTRIBUTES
        .iter()
        .filter(|(path, _)| !path.starts_with("deals."))
        .map(|(path, kind)| (Just(*path), maybe(*kind, unknown)))
        .collect();
    let deal = (maybe(Kind::Number, unknown), maybe(Kind::Text, unknown))
        .prop_map(|(amount, stage)| object([("amount", amount), ("stage", stage)]));
    let deals = prop_oneof![
        2 => prop::collection::vec(deal.clone(), 0..3).prop_map(Value::Array),
        1 => deal,
    ];
    (scalars, prop::option::weighted(1.0 - unknown, deals)).prop_map(|(scalars, deals)| {
        let mut facts = object([("deals", deals)]);
        for (path, value) in scalars {
            if let Some(value) = value {
                put(&mut facts, path, &value);
            }
        }
        facts
    })
}

/// `None` is absent.
fn maybe(kind: Kind, unknown: f64) -> BoxedStrategy<Option<Value>> {
    let share = (unknown * 100.0) as u32;
    prop_oneof![
        100 - share => kind.fact().prop_map(Some),
        share / 2 + 1 => Just(None),
        share / 2 + 1 => Just(Some(Value::Null)),
    ]
    .boxed()
}

fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    Value::Object(fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
}

pub fn event() -> impl Strategy<Value = Value> {
    let age = prop_oneof![
        6 => (0..60_i64, select(&[0, 1, HOUR, DAY][..])).prop_map(|(n, unit)| n * unit),
        3 => 0..40 * DAY,
        1 => -2 * DAY..0,
    ];
    let at = (age, any::<bool>()).prop_map(|(age, as_text)| match as_text {
        false => json!(AS_OF - age),
        true => json!(jiff::Timestamp::from_millisecond(AS_OF - age).expect("in the calendar").to_string()),
    });
    let names = (
        prop::option::weighted(0.4, select(&["e1", "e2", "e3", "e4"][..])),
        prop::option::weighted(0.3, select(&["s1", "s2"][..])),
        prop::option::weighted(0.2, select(PURPOSES)),
        prop::option::weighted(0.1, any::<bool>()),
    );
    (select(EVENT_TYPES), at, names, properties(PROPERTIES)).prop_map(|(kind, at, names, properties)| {
        let (id, session, purpose, bot) = names;
        let mut event = object([
            ("id", id.map(|id| json!(id))),
            ("type", Some(json!(kind))),
            ("at", Some(at)),
            ("session", session.map(|session| json!(session))),
            ("purpose", purpose.map(|purpose| json!(purpose))),
            ("bot", bot.map(|bot| json!(bot))),
        ]);
        for (path, value) in properties {
            put(&mut event, path, &value);
        }
        event
    })
}

fn properties(vocabulary: Vocabulary) -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let each: Vec<_> = vocabulary.iter().map(|(path, kind)| (Just(*path), maybe(*kind, 0.3))).collect();
    each.prop_map(|each| each.into_iter().filter_map(|(path, value)| Some((path, value?))).collect())
}

fn previous() -> impl Strategy<Value = Value> {
    let label = || prop::option::of(select(&["high", "mid", "low"][..]));
    let labels = (label(), label(), label()).prop_map(|(fit, engagement, total)| {
        let labels = [("fit", fit), ("engagement", engagement), ("total", total)];
        labels.into_iter().map(|(owner, label)| (owner.to_owned(), json!(label))).collect::<Map<String, Value>>()
    });
    (labels, prop::option::of(select(&["s0", "s1", "s2"][..])))
        .prop_map(|(labels, stage)| json!({ "labels": labels, "stage": stage }))
}
