//! What one rule gives: on facts by its condition or bands, on events by its occurrences.

use serde_json::{Map, Value, json};

use super::condition::{Facts, holds, read};
use super::events::{History, left_by, occurrences};
use super::time::duration;

/// What a rule gave, and what it lost on the way.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub undecided: bool,
    pub count: f64,
    pub gross: f64,
    pub lost_to_limit: f64,
    pub lost_to_decay: f64,
    pub lost_to_bounds: f64,
    pub points: f64,
}

/// All that a rule can see.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub model: &'a Value,
    pub facts: Facts<'a>,
    pub history: &'a History,
    pub as_of: Option<i64>,
}

pub fn give(rule: &Value, group: &Value, scene: Scene) -> Given {
    let given = match rule.get("on") {
        Some(_) => on_events(rule, group, scene),
        None => on_facts(rule, scene),
    };
    if given.undecided {
        return given;
    }
    let before = given.gross - given.lost_to_limit - given.lost_to_decay;
    let points = bounded(before, rule);
    Given { lost_to_bounds: before - points, points, ..given }
}

fn on_facts(rule: &Value, scene: Scene) -> Given {
    let undecided = Given { undecided: true, ..Given::default() };
    match rule.get("when").map_or(Some(true), |when| holds(when, scene.facts)) {
        None => undecided,
        Some(false) => Given { gross: rule["otherwise"].as_f64().unwrap_or(0.0), ..Given::default() },
        Some(true) => {
            let fired = |points: &Value| Given { count: 1.0, gross: points.as_f64().unwrap(), ..Given::default() };
            let Some(bands) = rule.get("bands") else { return fired(&rule["points"]) };
            let attribute = rule["attribute"].as_str().unwrap();
            if read(scene.facts.object, attribute).is_empty() {
                return undecided;
            }
            let is_in = |band: &&Value| holds(&json!({ attribute: as_operators(band) }), scene.facts) == Some(true);
            let first = bands.as_array().unwrap().iter().find(is_in);
            first.map_or(Given::default(), |band| fired(&band["points"]))
        }
    }
}

fn as_operators(band: &Value) -> Value {
    let fields = band.as_object().unwrap().iter();
    let operators: Map<String, Value> = fields
        .filter_map(|(field, value)| match field.as_str() {
            "from" => Some(("$gte".to_owned(), value.clone())),
            "above" => Some(("$gt".to_owned(), value.clone())),
            "to" => Some(("$lte".to_owned(), value.clone())),
            "below" => Some(("$lt".to_owned(), value.clone())),
            "is" if value.is_array() => Some(("$in".to_owned(), value.clone())),
            "is" => Some(("$eq".to_owned(), value.clone())),
            _ => None,
        })
        .collect();
    Value::Object(operators)
}

fn on_events(rule: &Value, group: &Value, scene: Scene) -> Given {
    let occurrences = occurrences(rule, scene.model, scene.history, scene.as_of);
    let kept: Vec<_> = occurrences.iter().filter(|occurrence| occurrence.kept).collect();
    let count = kept.len() as f64;
    if let Some(bands) = rule.get("frequency") {
        let matching = bands.as_array().unwrap().iter().filter(|band| {
            let within = |age: i64| band.get("within").is_none_or(|within| age <= duration(within));
            in_frequency(band, kept.iter().filter(|occurrence| within(occurrence.age)).count() as f64)
        });
        let best = matching.map(|band| band["points"].as_f64().unwrap()).reduce(f64::max).unwrap_or(0.0);
        return Given { count, gross: best, ..Given::default() };
    }
    let worth = |event: &Value| rule["points"].as_f64().unwrap() * multiplier(rule, event);
    let dropped = occurrences.iter().filter(|occurrence| !occurrence.kept);
    let decay = rule.get("decay").or(group.get("decay"));
    let left = |age: i64| decay.map_or(1.0, |decay| left_by(decay, age));
    Given {
        count,
        gross: occurrences.iter().map(|occurrence| worth(&occurrence.event)).sum(),
        lost_to_limit: dropped.map(|occurrence| worth(&occurrence.event)).sum(),
        lost_to_decay: kept.iter().map(|kept| worth(&kept.event) * (1.0 - left(kept.age))).sum(),
        ..Given::default()
    }
}

fn in_frequency(band: &Value, count: f64) -> bool {
    let number = |value: &Value| value.as_f64().unwrap();
    match (band.get("atLeast"), band.get("exactly"), band.get("between")) {
        (Some(least), _, _) => count >= number(least),
        (_, Some(exactly), _) => count == number(exactly),
        (_, _, Some(between)) => (number(&between[0])..=number(&between[1])).contains(&count),
        _ => panic!("a frequency band says how often"),
    }
}

fn multiplier(rule: &Value, event: &Value) -> f64 {
    let Some(multiplier) = rule.get("multiplier") else { return 1.0 };
    let Some(property) = multiplier["property"].as_str() else { return multiplier.as_f64().unwrap() };
    let found = read(event, property);
    let value = found.first().and_then(Value::as_f64).unwrap_or(0.0).max(0.0);
    multiplier["max"].as_f64().map_or(value, |max| value.min(max))
}

/// Within `floor` and `cap`, where there are any.
pub fn bounded(points: f64, owner: &Value) -> f64 {
    let points = owner["cap"].as_f64().map_or(points, |cap| points.min(cap));
    owner["floor"].as_f64().map_or(points, |floor| points.max(floor))
}
