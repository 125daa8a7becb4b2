//! Which events of a history count for a lead, and which of those a rule counts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::condition::{Answer, Facts, holds};
use super::score::Lead;
use super::time::{duration, instant};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What of a history is visible at the instant that is scored for, oldest first, and how the rest was lost.
pub struct History {
    pub visible: Vec<Value>,
    pub counts: Value,
}

/// An event that a rule counts.
pub struct Occurrence {
    pub event: Value,
    pub age: i64,
    /// Whether the limit leaves it.
    pub kept: bool,
}

pub fn at(event: &Value) -> i64 {
    instant(&event["at"]).expect("an event has an instant")
}

/// Drops duplicates, then what is later than as-of, then what lacks consent.
pub fn history(model: &Value, lead: &Lead) -> History {
    let mut sorted = lead.events.clone();
    sorted.sort_by_key(|event| (at(event), event["id"].as_str().map(str::to_owned), event.to_string()));
    let given = sorted.len();

    let mut ids = BTreeSet::new();
    sorted.retain(|event| event["id"].as_str().is_none_or(|id| ids.insert(id.to_owned())));
    let duplicate = given - sorted.len();

    sorted.retain(|event| at(event) <= lead.as_of.expect("events need an as-of"));
    let future = given - duplicate - sorted.len();

    sorted.retain(|event| consented(model, event, lead.consent.as_deref()));
    let counted = sorted.len();
    let bot = sorted.iter().filter(|event| event["bot"] == json!(true)).count();
    History {
        counts: json!({
            "given": given, "counted": counted, "duplicate": duplicate, "future": future,
            "withoutConsent": given - duplicate - future - counted, "bot": bot,
        }),
        visible: sorted,
    }
}

fn consented(model: &Value, event: &Value, consent: Option<&[String]>) -> bool {
    let kind = event["type"].as_str().expect("an event has a type");
    let purpose = event["purpose"].as_str().or(model["events"][kind]["purpose"].as_str());
    match (purpose, consent) {
        (Some(purpose), Some(consent)) => consent.iter().any(|given| given == purpose),
        _ => true,
    }
}

/// Whether an event is of a type in `on`, and meets `when`.
pub fn concerns(rule: &Value, model: &Value, event: &Value) -> Answer {
    let on = rule["on"].as_array().cloned().unwrap_or_else(|| vec![rule["on"].clone()]);
    if !on.contains(&event["type"]) {
        return Some(false);
    }
    // A property declared for one type is declared for all.
    let declared = |path: &str| {
        model["events"]
            .as_object()
            .into_iter()
            .flatten()
            .any(|(_, kind)| kind["properties"][path]["type"] == json!("date"))
    };
    rule.get("when").map_or(Some(true), |when| holds(when, Facts { object: event, is_date: &declared }))
}

/// What a rule counts: condition, then window, then limit.
pub fn occurrences(rule: &Value, model: &Value, history: &History, as_of: Option<i64>) -> Vec<Occurrence> {
    let age = |event: &Value| as_of.expect("events need an as-of") - at(event);
    let in_window = |event: &Value| rule.get("window").is_none_or(|window| age(event) <= duration(window));
    let counted = history.visible.iter().filter(|e| concerns(rule, model, e) == Some(true) && in_window(e));

    let limits = match rule.get("limit") {
        None => Vec::new(),
        Some(Value::Array(limits)) => limits.clone(),
        Some(limit) => vec![limit.clone()],
    };
    let (latest, earliest): (Vec<_>, Vec<_>) = limits.into_iter().partition(|limit| limit["keep"] == "latest");
    let counted: Vec<&Value> = counted.collect();
    let first = kept(&earliest, counted.iter().copied());
    let left = counted.iter().zip(&first).filter(|(_, kept)| **kept).map(|(event, _)| *event);
    let mut last = kept(&latest, left.rev()).into_iter().rev();
    let kept = first.iter().map(|kept| *kept && last.next().unwrap());
    let occurrence = |(event, kept): (&&Value, bool)| Occurrence { age: age(event), kept, event: (*event).clone() };
    counted.iter().zip(kept).map(occurrence).collect()
}

/// Which of these events limits keep, in the order given.
fn kept<'e>(limits: &[Value], events: impl Iterator<Item = &'e Value>) -> Vec<bool> {
    let mut used: BTreeMap<(usize, Period), f64> = BTreeMap::new();
    let keeps = |event: &Value| {
        let periods: Vec<_> = limits.iter().enumerate().map(|(i, limit)| (i, period(&limit["per"], event))).collect();
        let room = periods.iter().all(|p| used.get(p).copied().unwrap_or(0.0) < limits[p.0]["n"].as_f64().unwrap());
        if room {
            periods.into_iter().for_each(|p| *used.entry(p).or_default() += 1.0);
        }
        room
    };
    events.map(keeps).collect()
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Period {
    Ever,
    Session(String),
    /// The n-th of its length since 1970.
    Nth(i64),
}

fn period(per: &Value, event: &Value) -> Period {
    match (per.as_str().unwrap(), event["session"].as_str()) {
        ("ever", _) => Period::Ever,
        ("session", Some(session)) => Period::Session(session.to_owned()),
        ("session", None) => Period::Nth(at(event).div_euclid(DAY)),
        _ => Period::Nth(at(event).div_euclid(duration(per))),
    }
}

/// The share of its points that an event of this age has left.
pub fn left_by(decay: &Value, age: i64) -> f64 {
    let aged = (age - decay.get("grace").map_or(0, duration)).max(0) as f64;
    let length = |field: &str| duration(&decay[field]) as f64;
    let lose = || decay["lose"].as_f64().unwrap();
    let left = match decay["kind"].as_str().unwrap() {
        "none" => 1.0,
        "expire" => f64::from(u8::from(aged <= length("after"))),
        "linear" => 1.0 - lose() * (aged / length("every")),
        "step" => 1.0 - lose() * (aged / length("every")).floor(),
        "exponential" => 0.5_f64.powf(aged / length("halfLife")),
        kind => panic!("`{kind}` is no decay"),
    };
    left.max(decay["residual"].as_f64().unwrap_or(0.0)).max(0.0)
}
