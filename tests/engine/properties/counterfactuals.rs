//! Counterfactuals: their changes reach what they say, and no smaller set of them does.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::engine::{Asked, Engine};
use super::leads::lead;
use super::models::model;
use super::vocabulary::put;
use crate::naive::Lead;

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn their_changes_reach_what_they_say_and_fewer_do_not(model in model(), lead in lead(0.2)) {
        let engine = Engine::new(&model);
        let score = engine.ask(&lead, Asked { lang: None, counterfactuals: true });
        for counterfactual in score["counterfactuals"].as_array().expect("a list") {
            let changes = counterfactual["changes"].as_array().expect("a list");
            prop_assert!(!changes.is_empty());
            let then = engine.score(&apply(&lead, changes));
            prop_assert!(reached(&counterfactual["reaches"], &then), "{} gives {}", counterfactual, then);
            prop_assert_eq!(&then["value"], &counterfactual["value"]);
            for fewer in smaller(changes) {
                let then = engine.score(&apply(&lead, &fewer));
                prop_assert!(!reached(&counterfactual["reaches"], &then), "{:?} is enough of {}", fewer, counterfactual);
            }
        }
    }
}

fn reached(reaches: &Value, score: &Value) -> bool {
    match reaches.get("label") {
        Some(label) => score["labels"]["total"] == *label,
        None => score["stage"] == reaches["stage"],
    }
}

/// Every set with one change less, or one occurrence less.
fn smaller(changes: &[Value]) -> Vec<Vec<Value>> {
    let without = (0..changes.len()).map(|out| {
        changes.iter().enumerate().filter(|(index, _)| *index != out).map(|(_, change)| change.clone()).collect()
    });
    let less = (0..changes.len()).filter_map(|index| {
        let times = changes[index]["times"].as_f64().filter(|times| *times > 1.0)?;
        let mut changes = changes.to_vec();
        changes[index]["times"] = json!(times - 1.0);
        Some(changes)
    });
    without.chain(less).collect()
}

/// The lead with the changes made.
fn apply(lead: &Lead, changes: &[Value]) -> Lead {
    let mut lead = lead.clone();
    for change in changes {
        if let Some(path) = change["attribute"].as_str() {
            put(&mut lead.facts, path, &change["to"]);
            continue;
        }
        let mut event = json!({ "type": change["event"], "at": *lead.as_of.get_or_insert(0) });
        for (path, value) in change["with"].as_object().expect("an object") {
            put(&mut event, path, value);
        }
        let times = change["times"].as_f64().expect("a number") as usize;
        lead.events.extend((0..times).map(|_| event.clone()));
    }
    lead
}
