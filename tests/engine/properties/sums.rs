//! What holds of every single result: it adds up, holds only plain numbers, and depends on nothing but its input.

use leadscore::Lang;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use super::compare::close;
use super::engine::{Asked, Engine};
use super::leads::lead;
use super::models::model;
use crate::naive::Lead;

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn contributions_and_adjustments_add_up_to_the_score(model in model(), lead in lead(0.2)) {
        let score = Engine::new(&model).score(&lead);
        if let Some(raw) = score["raw"].as_f64() {
            prop_assert!(close(raw, sum(&score["contributions"]) + sum(&score["adjustments"])), "{}", score);
        }
        for contribution in score["contributions"].as_array().expect("a list") {
            let number = |place: &str| contribution.pointer(place).and_then(Value::as_f64).expect("a number");
            let left = number("/gross") - number("/lost/limit") - number("/lost/decay") - number("/lost/cap");
            prop_assert!(close(number("/points"), left), "{}", contribution);
        }
    }

    #[test]
    fn zero_is_never_negative_and_every_number_is_finite(model in model(), lead in lead(0.2)) {
        let score = Engine::new(&model).ask(&lead, Asked { lang: Some(Lang::En), counterfactuals: true });
        prop_assert!(!has_negative_zero(&score), "{}", score);
        let numbers = ["value", "raw"].iter().filter(|field| !score[**field].is_null()).count();
        let has_value = ["scored", "disqualified"].contains(&score["status"].as_str().expect("a text"));
        // Not-a-number and infinity would be written as null.
        prop_assert!(numbers == 2 || !has_value || score["value"] == score["raw"], "{}", score);
    }

    #[test]
    fn the_same_lead_scores_the_same_bits(model in model(), lead in lead(0.2)) {
        let engine = Engine::new(&model);
        let first = engine.score(&lead).to_string();
        prop_assert_eq!(&engine.score(&lead).to_string(), &first);
        prop_assert_eq!(&Engine::new(&model).score(&lead).to_string(), &first);
    }

    #[test]
    fn the_order_of_events_does_not_matter(
        (model, lead) in (model(), lead(0.2)), order in prop::collection::vec(any::<Index>(), 12),
    ) {
        let engine = Engine::new(&model);
        let mut shuffled = lead.clone();
        for (place, index) in (1..lead.events.len()).zip(&order) {
            shuffled.events.swap(place, index.index(place + 1));
        }
        prop_assert_eq!(engine.score(&shuffled).to_string(), engine.score(&lead).to_string());
    }

    #[test]
    fn a_duplicate_counts_once((model, lead) in (model(), lead(0.2)), again in prop::collection::vec(any::<Index>(), 1..4)) {
        let named: Vec<Value> = lead.events.iter().filter(|event| event["id"].is_string()).cloned().collect();
        if named.is_empty() {
            return Ok(());
        }
        let engine = Engine::new(&model);
        let mut repeated = lead.clone();
        repeated.events.extend(again.iter().map(|index| index.get(&named).clone()));
        let (mut once, mut twice) = (engine.score(&lead), engine.score(&repeated));
        let more = twice["events"]["duplicate"].as_f64().zip(once["events"]["duplicate"].as_f64()).map(|(t, o)| t - o);
        prop_assert_eq!(more, Some(again.len() as f64));
        for field in ["given", "duplicate"] {
            once["events"][field].take();
            twice["events"][field].take();
        }
        prop_assert_eq!(once.to_string(), twice.to_string());
    }

    #[test]
    fn to_explain_a_score_does_not_change_it(model in model(), lead in lead(0.2)) {
        let engine = Engine::new(&model);
        let plain = engine.score(&lead);
        for (lang, counterfactuals) in [(Some(Lang::En), false), (None, true), (Some(Lang::En), true)] {
            let mut explained = engine.ask(&lead, Asked { lang, counterfactuals });
            let fields = explained.as_object_mut().expect("an object");
            prop_assert_eq!(fields.shift_remove("reasons").is_some(), lang.is_some());
            prop_assert_eq!(fields.shift_remove("counterfactuals").is_some(), counterfactuals);
            prop_assert_eq!(explained.to_string(), plain.to_string());
        }
        let french = engine.ask(&lead, Asked { lang: Some(Lang::Fr), counterfactuals: false });
        prop_assert_eq!(&french["raw"], &plain["raw"]);
        prop_assert_eq!(&french["contributions"], &plain["contributions"]);
    }

    #[test]
    fn facts_that_nothing_reads_do_not_matter(model in model(), lead in lead(0.2)) {
        let engine = Engine::new(&model);
        let mut more = Lead { facts: lead.facts.clone(), ..lead.clone() };
        more.facts["unread"] = serde_json::json!({ "company": [1, { "employees": "FR" }], "__proto__": null });
        prop_assert_eq!(engine.score(&more).to_string(), engine.score(&lead).to_string());
    }
}

fn sum(list: &Value) -> f64 {
    list.as_array().expect("a list").iter().map(|entry| entry["value"].as_f64().expect("a number")).sum()
}

fn has_negative_zero(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|number| number == 0.0 && number.is_sign_negative()),
        Value::Array(items) => items.iter().any(has_negative_zero),
        Value::Object(fields) => fields.values().any(has_negative_zero),
        _ => false,
    }
}
