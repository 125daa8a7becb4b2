//! The state of a visitor, held against scoring the whole history: in any order, in pieces, merged, written and read back.

use std::collections::BTreeMap;

use leadscore::{SnapshotFault, Visitor};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};

use super::compare::{decimals, difference, on_the_edge};
use super::engine::{Engine, apply, score_visitor};
use super::leads::{event, lead, without_ties};
use super::models::model;
use super::vocabulary::{AS_OF, HOUR};
use crate::naive::{Lead, instant};

/// The most events that are kept, as docs/model.md says.
const KEPT: usize = 1_000;

/// A visitor: a lead with an instant, whose events each have an id of their own, or none but an instant of their own: what
/// has no id, happens at one instant and means the same is taken for the same.
fn visit(events: impl Strategy<Value = Vec<Value>>) -> impl Strategy<Value = Lead> {
    (lead(0.1), events).prop_map(|(lead, events)| {
        let mut distinct: BTreeMap<String, Value> = BTreeMap::new();
        for event in events {
            let name = event["id"].as_str().map_or_else(|| event.to_string(), str::to_owned);
            distinct.entry(name).or_insert(event);
        }
        without_ties(Lead {
            as_of: Some(lead.as_of.unwrap_or(AS_OF)),
            events: distinct.into_values().collect(),
            ..lead
        })
    })
}

fn few() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(event(), 0..14)
}

/// What is the same for a visitor and the whole history: all but how many events there were that nothing looks at.
fn told(mut score: Value) -> Value {
    score["events"] = Value::Null;
    score
}

/// The events in an order that keys give, some of them twice if they have ids.
fn shuffled(events: &[Value], keys: &[u32]) -> Vec<Value> {
    let key = |place: usize| keys[place % keys.len()].rotate_left(place as u32);
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|place| key(*place));
    let again = order.iter().filter(|place| events[**place]["id"].is_string() && key(**place) % 2 == 0);
    order.iter().chain(again).map(|place| events[*place].clone()).collect()
}

/// Which of three states each event is in: at least one.
fn parts(events: &[Value], keys: &[u32]) -> [Vec<Value>; 3] {
    let mut parts: [Vec<Value>; 3] = Default::default();
    for (place, event) in events.iter().enumerate() {
        let states = keys[place % keys.len()] % 7 + 1;
        for (state, part) in parts.iter_mut().enumerate() {
            if states & (1 << state) != 0 {
                part.push(event.clone());
            }
        }
    }
    parts
}

fn merged(one: &Visitor, other: &Visitor) -> Vec<u8> {
    let mut both = one.clone();
    both.merge(other).expect("states of one model");
    both.snapshot()
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn events_in_any_order_give_what_the_whole_history_gives(
        model in model(), visit in visit(few()), keys in prop::collection::vec(any::<u32>(), 14), cut in 0..14_usize,
    ) {
        let engine = Engine::new(&model);
        let events = shuffled(&visit.events, &keys);
        let (first, rest) = events.split_at(cut.min(events.len()));
        // Written down and read back in between.
        let mut visitor = engine.restore(&engine.visitor(first).snapshot()).expect("what was just written");
        visitor.merge(&engine.visitor(rest)).expect("states of one model");
        prop_assert_eq!(told(score_visitor(&visitor, &visit)), told(engine.score(&visit)));
        prop_assert_eq!(visitor.snapshot(), engine.visitor(&events).snapshot());
        prop_assert!(visitor.snapshot().len() <= visitor.largest());
    }

    #[test]
    fn states_that_share_events_merge_as_sets(
        model in model(), visit in visit(few()), keys in prop::collection::vec(any::<u32>(), 14),
    ) {
        let engine = Engine::new(&model);
        let all = engine.visitor(&visit.events);
        let [a, b, c] = parts(&visit.events, &keys).map(|part| engine.visitor(&part));
        let restored = |snapshot: &[u8]| engine.restore(snapshot).expect("what was just written");
        prop_assert_eq!(merged(&a, &b), merged(&b, &a), "commutative");
        prop_assert_eq!(merged(&a, &a), a.snapshot(), "idempotent");
        let left = merged(&restored(&merged(&a, &b)), &c);
        prop_assert_eq!(&left, &merged(&a, &restored(&merged(&b, &c))), "associative");
        prop_assert_eq!(left, all.snapshot(), "each counts once");
    }

    #[test]
    fn the_value_after_each_event_is_that_of_all_until_then(
        model in model(), visit in visit(prop::collection::vec(event(), 0..30)), waits in prop::collection::vec(0..200 * HOUR, 1..30),
    ) {
        let engine = Engine::new(&model);
        let mut visitor = engine.visitor(&[]);
        let mut events = visit.events.clone();
        // Nearly in order: an event that comes late is not forgotten either.
        events.sort_by_key(|event| instant(&event["at"]).map(|at| at.div_euclid(HOUR)));
        let mut so_far = Lead { facts: json!({}), events: Vec::new(), consent: None, previous: None, ..visit };
        let mut now = i64::MIN;
        for (place, event) in events.iter().enumerate() {
            apply(&mut visitor, event);
            so_far.events.push(event.clone());
            now = now.max(instant(&event["at"]).expect("an instant"));
            for at in [now, now + waits[place % waits.len()], now - HOUR] {
                so_far.as_of = Some(at);
                let whole = engine.score(&so_far);
                let expected = json!({ "value": whole["value"] });
                let found = json!({ "value": visitor.value(at) });
                if !on_the_edge(&expected, &found, decimals(&model)) {
                    prop_assert_eq!(difference(&expected, &found), None, "as of {}", at);
                }
                now = now.max(at);
            }
        }
    }

    #[test]
    fn a_damaged_snapshot_is_refused(model in model(), visit in visit(few()), at in any::<u32>(), bit in 0..8_u32) {
        let engine = Engine::new(&model);
        let snapshot = engine.visitor(&visit.events).snapshot();
        let at = at as usize % snapshot.len();
        prop_assert!(engine.restore(&snapshot[..at]).is_err());
        let mut flipped = snapshot.clone();
        flipped[at] ^= 1 << bit;
        prop_assert!(engine.restore(&flipped).is_err());
        let longer = [snapshot.as_slice(), &[0]].concat();
        prop_assert!(engine.restore(&longer).is_err());
    }

    #[test]
    fn any_bytes_are_an_error_or_a_state(model in model(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let engine = Engine::new(&model);
        let visitor = engine.visitor(&[]);
        // With a sound header, so that the rest is looked at.
        let mut snapshot = visitor.snapshot()[..8].to_vec();
        snapshot.extend(checksum(&bytes).to_le_bytes());
        snapshot.extend(&bytes);
        if let Ok(visitor) = engine.restore(&snapshot) {
            prop_assert!(engine.restore(&visitor.snapshot()).is_ok());
        }
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

proptest! {
    #![proptest_config(Config { cases: 24, ..super::config() })]

    /// Past its capacity a state tells how far it can be off.
    #[test]
    fn the_whole_history_lies_within_the_stated_error(
        model in model(), kinds in visit(prop::collection::vec(event(), 1..12)), steps in prop::collection::vec(0..8 * HOUR, 1..40),
    ) {
        let engine = Engine::new(&model);
        let mut at = AS_OF - 400 * 24 * HOUR;
        let mut visit = kinds.clone();
        visit.as_of = Some(AS_OF);
        visit.events = (0..3 * KEPT).map(|place| {
            at = (at + steps[place % steps.len()]).min(AS_OF);
            let mut event = kinds.events[place % kinds.events.len()].clone();
            event["at"] = json!(at);
            event["id"] = json!(place.to_string());
            event
        }).collect();
        let visitor = engine.visitor(&visit.events);
        prop_assert!(visitor.snapshot().len() <= visitor.largest());
        let score = score_visitor(&visitor, &visit);
        let whole = engine.score(&visit);
        prop_assert_eq!(&score["status"], &whole["status"]);
        match score.get("folded") {
            None => prop_assert_eq!(&score["value"], &whole["value"]),
            Some(folded) if score["value"].is_null() => prop_assert!(whole["value"].is_null() && folded["lowest"].is_null()),
            Some(folded) => {
                let number = |value: &Value| value.as_f64();
                for value in [&score["value"], &whole["value"]] {
                    let within = number(&folded["lowest"]) <= number(value) && number(value) <= number(&folded["highest"]);
                    prop_assert!(within, "{value} in {folded}");
                }
            }
        }
        let again = engine.restore(&visitor.snapshot()).expect("what was just written");
        prop_assert_eq!(again.snapshot(), visitor.snapshot());
        prop_assert_eq!(score_visitor(&again, &visit), score);
        prop_assert_eq!(merged(&visitor, &visitor), visitor.snapshot());
    }
}

#[test]
fn what_comes_late_to_a_full_state_raises_its_flag_for_the_value_too() {
    let engine = Engine::new(&json!({
        "format": 1, "id": "m", "exclusions": [{ "id": "left", "on": "unsubscribe" }],
        "dimensions": [{ "id": "d", "groups": [{ "id": "g", "rules": [{ "id": "r", "on": "visit", "points": 1 }] }] }],
    }));
    let visits: Vec<Value> =
        (0..=KEPT as i64).map(|place| json!({ "type": "visit", "at": AS_OF - place * HOUR })).collect();
    let mut visitor = engine.visitor(&visits);
    assert!(visitor.value(AS_OF).is_some());
    apply(&mut visitor, &json!({ "type": "unsubscribe", "at": AS_OF - KEPT as i64 * HOUR }));
    assert_eq!(visitor.value(AS_OF), None);
}

#[test]
fn a_snapshot_of_another_model_is_refused() {
    let model = |on: &str, points: f64, label: &str| {
        Engine::new(&json!({
            "format": 1, "id": "m",
            "dimensions": [{ "id": "d", "groups": [{ "id": "g", "rules": [{ "id": label, "on": on, "points": points }] }] }],
        }))
    };
    let event = json!({ "type": "visit", "at": AS_OF });
    assert_eq!(instant(&event["at"]), Some(AS_OF));
    let snapshot = model("visit", 1.0, "r").visitor(&[event]).snapshot();
    assert_eq!(model("download", 1.0, "r").restore(&snapshot).map(|_| ()), Err(SnapshotFault::OtherModel));
    // What an event is worth, and what rules are called, may change: the visitor did what it did.
    assert!(model("visit", 5.0, "renamed").restore(&snapshot).is_ok());
}
