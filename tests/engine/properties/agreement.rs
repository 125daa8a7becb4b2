//! The engine gives what the naive evaluator gives.

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use super::compare::{decimals, difference, on_the_edge, without_nothing};
use super::conditions::condition;
use super::engine::{Engine, matches};
use super::leads::{facts, lead, without_ties};
use super::models::model;
use super::vocabulary::ATTRIBUTES;
use crate::naive;

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn a_score_is_what_the_naive_evaluator_says(model in model(), lead in lead(0.2).prop_map(without_ties)) {
        let expected = without_nothing(naive::score(&model, &lead));
        let found = without_nothing(Engine::new(&model).score(&lead));
        if !on_the_edge(&expected, &found, decimals(&model)) {
            prop_assert_eq!(difference(&expected, &found), None);
        }
    }

    #[test]
    fn a_condition_holds_when_the_naive_evaluator_says_so(condition in condition(ATTRIBUTES), facts in facts(0.3)) {
        let none_is_date = |_: &str| false;
        let expected = naive::holds(&condition, naive::Facts { object: &facts, is_date: &none_is_date });
        prop_assert_eq!(matches(&condition, &facts), Ok(expected));
    }
}

proptest! {
    #![proptest_config(Config { cases: 4, ..super::config() })]

    /// What generates models is worth nothing if most leads come out alike.
    #[test]
    fn generated_leads_differ(cases in prop::collection::vec((model(), lead(0.2)), 64)) {
        let scores: Vec<Value> = cases.iter().map(|(model, lead)| naive::score(model, lead)).collect();
        let share = |test: &dyn Fn(&Value) -> bool| scores.iter().filter(|score| test(score)).count();
        prop_assert!(share(&|score| score["status"] == "scored") > 16);
        prop_assert!(share(&|score| score["value"].as_f64().is_some_and(|value| value != 0.0)) > 16);
        prop_assert!(share(&|score| !score["stage"].is_null() || !score["grade"].is_null()) > 2);
    }
}
