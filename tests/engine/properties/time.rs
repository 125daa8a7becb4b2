//! What a result says of the time to come, held against scoring again at later instants.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::engine::Engine;
use super::leads::lead;
use super::models::model;
use super::vocabulary::{DAY, HOUR};
use crate::naive::Lead;

/// Some instants after the one scored for, and before `end` if there is one.
fn before(now: i64, end: Option<i64>, shares: &[f64]) -> Vec<i64> {
    match end {
        Some(end) => {
            let between = shares.iter().map(|share| now + ((end - now) as f64 * share) as i64);
            between.chain([end - 1, end - HOUR]).filter(|at| (now..end).contains(at)).collect()
        }
        None => {
            let near = shares.iter().map(|share| now + (share * 60.0 * DAY as f64) as i64);
            near.chain([1, HOUR, 400 * DAY, 4_000 * DAY, 40_000 * DAY].map(|later| now + later)).collect()
        }
    }
}

/// The same lead at a later instant: nothing new, but what lay in its future has come.
fn later(lead: &Lead, at: i64) -> Lead {
    Lead { as_of: Some(at), ..lead.clone() }
}

fn at(instant: &Value) -> Option<i64> {
    instant.as_f64().map(|ms| ms as i64)
}

fn standing(score: &Value) -> Value {
    json!([score["labels"], score["grade"], score["stage"]])
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn the_value_shown_stays_until_it_says(
        model in model(), lead in lead(0.1), shares in prop::collection::vec(0.0..1.0_f64, 12),
    ) {
        let engine = Engine::new(&model);
        let now = engine.score(&lead);
        let Some(as_of) = lead.as_of else {
            prop_assert!(now["validUntil"].is_null());
            return Ok(());
        };
        let until = at(&now["validUntil"]);
        for earlier in before(as_of, until, &shares) {
            prop_assert_eq!(&engine.score(&later(&lead, earlier))["value"], &now["value"], "at {}", earlier);
        }
        if let Some(until) = until {
            prop_assert!(until > as_of);
            prop_assert_ne!(&engine.score(&later(&lead, until))["value"], &now["value"], "at {}", until);
        }
    }

    #[test]
    fn the_next_change_is_exact_to_the_millisecond(
        model in model(), lead in lead(0.1), shares in prop::collection::vec(0.0..1.0_f64, 12),
    ) {
        let engine = Engine::new(&model);
        let now = engine.score(&lead);
        let Some(as_of) = lead.as_of else {
            prop_assert!(now["next"].is_null());
            return Ok(());
        };
        let next = at(&now["next"]["at"]);
        for earlier in before(as_of, next, &shares) {
            prop_assert_eq!(standing(&engine.score(&later(&lead, earlier))), standing(&now), "at {}", earlier);
        }
        if let Some(at) = next {
            let then = engine.score(&later(&lead, at));
            prop_assert!(at > as_of);
            prop_assert_eq!(standing(&then), standing(&now["next"]));
            prop_assert_eq!(&then["value"], &now["next"]["value"]);
            prop_assert_ne!(standing(&then), standing(&now));
        }
    }
}
