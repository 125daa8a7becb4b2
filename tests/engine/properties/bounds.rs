//! Bounds: every completion of the unknown attributes scores inside them, as shown, and when exact both are attained.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::compare::CLOSE;
use super::engine::Engine;
use super::leads::lead;
use super::models::model;
use super::vocabulary::{ATTRIBUTES, Kind, TEXTS, put};
use crate::naive::{Lead, instant, read};

/// Searching more completions than this would take too long.
const SEARCHED: usize = 3_000;

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn every_completion_scores_inside_the_bounds(
        model in model(), lead in lead(0.3), picks in prop::collection::vec(prop::collection::vec(any::<Index>(), 9), 24),
    ) {
        let engine = Engine::new(&model);
        let Some((lowest, highest, _)) = bounds(&engine.score(&lead)) else { return Ok(()) };
        let unknown = unknown(&model, &lead);
        for picks in picks {
            let values = unknown.iter().zip(&picks).map(|((path, domain), pick)| (*path, pick.get(domain)));
            let completed = complete(&lead, values);
            if let Some(value) = engine.score(&completed)["value"].as_f64() {
                prop_assert!(inside(value, lowest, highest), "{} for {}", value, completed.facts);
            }
        }
    }

    #[test]
    fn exact_bounds_are_attained(model in model(), lead in lead(0.15)) {
        let engine = Engine::new(&model);
        let Some((lowest, highest, true)) = bounds(&engine.score(&lead)) else { return Ok(()) };
        let read: Vec<_> = unknown(&model, &lead).into_iter().filter(|(path, _)| is_read(&model, path)).collect();
        let count = read.iter().try_fold(1_usize, |count, (_, domain)| count.checked_mul(domain.len()));
        let Some(count) = count.filter(|count| *count <= SEARCHED) else { return Ok(()) };
        let scores: Vec<f64> = (0..count)
            .filter_map(|mut index| {
                let values = read.iter().map(|(path, domain)| {
                    let value = &domain[index % domain.len()];
                    index /= domain.len();
                    (*path, value)
                });
                engine.score(&complete(&lead, values))["value"].as_f64()
            })
            .collect();
        if scores.is_empty() {
            return Ok(()); // every completion excludes
        }
        let (least, most) = (scores.iter().copied().fold(f64::MAX, f64::min), scores.iter().copied().fold(f64::MIN, f64::max));
        prop_assert!(inside(least, lowest, lowest) && inside(most, highest, highest), "{}..{}", least, most);
    }
}

fn bounds(score: &Value) -> Option<(f64, f64, bool)> {
    let bounds = &score["bounds"];
    Some((bounds["lowest"].as_f64()?, bounds["highest"].as_f64()?, bounds["exact"].as_bool()?))
}

fn inside(value: f64, lowest: f64, highest: f64) -> bool {
    (lowest - CLOSE..=highest + CLOSE).contains(&value)
}

fn complete<'a>(lead: &Lead, values: impl Iterator<Item = (&'static str, &'a Value)>) -> Lead {
    let mut lead = lead.clone();
    values.for_each(|(path, value)| put(&mut lead.facts, path, value));
    lead
}

/// The unknown attributes, each with the values it could turn out to have: those near what the model asks.
fn unknown(model: &Value, lead: &Lead) -> Vec<(&'static str, Vec<Value>)> {
    let unknown = ATTRIBUTES.iter().filter(|(path, _)| read(&lead.facts, path).is_empty());
    unknown.map(|(path, kind)| (*path, domain(model, path, *kind))).collect()
}

fn domain(model: &Value, path: &str, kind: Kind) -> Vec<Value> {
    let declared = &model["attributes"][path];
    let mut asked = Vec::new();
    mentioned(model, path, &mut asked);
    let numbers = || asked.iter().filter_map(Value::as_f64);
    let texts = || asked.iter().filter_map(Value::as_str);
    let mut domain: Vec<Value> = match kind {
        Kind::Number | Kind::Integer => {
            let limits = [&declared["min"], &declared["max"]].into_iter().filter_map(Value::as_f64);
            let near = numbers().chain(limits).chain([0.0]).flat_map(|n| [n - 1.0, n, n + 1.0]);
            let whole = |n: &f64| kind == Kind::Number || n.fract() == 0.0;
            let within = |n: &f64| {
                declared["min"].as_f64().is_none_or(|min| *n >= min)
                    && declared["max"].as_f64().is_none_or(|max| *n <= max)
            };
            near.filter(whole).filter(within).map(|n| json!(n)).collect()
        }
        Kind::Text => match declared["values"].as_array() {
            Some(values) => values.clone(),
            None => TEXTS.iter().copied().chain(texts()).chain(["zz", "\u{10ffff}"]).map(|text| json!(text)).collect(),
        },
        Kind::Boolean => vec![json!(true), json!(false)],
        Kind::Date => {
            let near = asked.iter().filter_map(instant).flat_map(|at| [at - 1, at, at + 1]);
            near.chain([0]).map(|at| json!(at)).collect()
        }
        Kind::List => {
            let named = asked.iter().flat_map(|one| one.as_array().cloned().unwrap_or_else(|| vec![one.clone()]));
            let near = |one: Value| match one.as_f64() {
                Some(n) => vec![json!(n - 1.0), json!(n), json!(n + 1.0)],
                None => vec![one],
            };
            // `values` names the texts that a list can hold; numbers it may hold all the same, booleans not.
            let fits = |one: &Value| match declared["values"].as_array() {
                Some(values) => one.is_number() || values.contains(one),
                None => declared.is_null() || !one.is_boolean(),
            };
            let values = declared["values"].as_array().cloned().unwrap_or_default();
            let scalars: Vec<Value> = named.chain(values).chain([json!("zz")]).flat_map(near).filter(fits).collect();
            let pairs = scalars.iter().flat_map(|a| scalars.iter().map(move |b| json!([a, b])));
            let singles = scalars.iter().map(|one| json!([one]));
            singles.chain(pairs).chain([json!([]), json!(scalars)]).collect()
        }
    };
    if declared.is_null() {
        domain.extend(asked.iter().cloned());
        domain.extend([json!("zz"), json!("\u{10ffff}"), json!(7), json!(true), json!([]), json!(["FR", "zz"])]); // it could be anything
    }
    domain.sort_by_key(Value::to_string);
    domain.dedup();
    domain
}

/// Whether a condition or a band table reads the path, in which case its values matter.
fn is_read(model: &Value, path: &str) -> bool {
    match model {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| *key != "attributes")
            .any(|(key, inner)| key == path || (key == "attribute" && inner == path) || is_read(inner, path)),
        Value::Array(items) => items.iter().any(|item| is_read(item, path)),
        _ => false,
    }
}

/// Every value that conditions and bands compare the path with.
fn mentioned(value: &Value, path: &str, asked: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields.iter().filter(|(key, _)| *key != "attributes") {
                if key == path {
                    leaves(inner, asked);
                }
                mentioned(inner, path, asked);
            }
            if fields.get("attribute").is_some_and(|attribute| attribute == path) {
                leaves(&fields["bands"], asked);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| mentioned(item, path, asked)),
        _ => {}
    }
}

fn leaves(value: &Value, asked: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => fields.iter().filter(|(key, _)| *key != "points").for_each(|(_, v)| leaves(v, asked)),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, asked)),
        other => asked.push(other.clone()),
    }
}
