//! What follows from the numbers: labels, grade, stage, overrides, route.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::condition::{Facts, holds};
use super::coverage::Needed;
use super::rules::Given;
use super::score::{Lead, id, items};

/// A number as a person sees it: half a unit of the last decimal goes away from zero.
pub fn shown(value: f64, decimals: f64) -> f64 {
    let scale = 10_f64.powf(decimals);
    (value * scale).round() / scale + 0.0
}

/// A text for people, in the language asked for where there is a choice.
pub fn text(text: Option<&Value>, lead: &Lead) -> Value {
    match text {
        Some(Value::Object(languages)) => languages[lead.lang.as_deref().unwrap_or("en")].clone(),
        Some(text) => text.clone(),
        None => Value::Null,
    }
}

/// Adds the outcome to a result that holds the numbers.
pub fn add(result: &mut Value, model: &Value, lead: &Lead, rules: &BTreeMap<&str, &Given>, mut needed: Needed) {
    let scored = result["status"] == json!("scored");
    result["labels"] = labels(model, lead, result, scored);
    let grade = if scored { grade(model, result) } else { Value::Null };

    let mut seen = seen_by_conditions(result, model, lead, rules);
    seen["coverage"] = json!(needed.coverage());
    seen["grade"] = grade.clone();
    let applied: Vec<&Value> = items(&model["overrides"]).filter(|o| scored && is_true(o, &seen, model)).collect();
    let forced = |field: &str| applied.iter().rev().find_map(|forced| forced.get(field)).cloned();
    result["grade"] = forced("grade").unwrap_or_else(|| grade.clone());
    seen["grade"] = result["grade"].clone();
    let stage = if scored { stage(model, lead, &seen) } else { Value::Null };
    result["stage"] = forced("stage").unwrap_or_else(|| stage.clone());
    seen["stage"] = result["stage"].clone();
    result["computed"] = json!({ "grade": grade, "stage": stage });
    let overrides = applied.iter().map(|o| json!({ "id": o["id"], "reason": text(o.get("reason"), lead) })).collect();
    result["overrides"] = Value::Array(overrides);

    let route = items(&model["routes"]).find(|route| is_true(route, &seen, model));
    result["route"] = route.map_or(Value::Null, |route| {
        json!({
            "id": route["id"], "queue": route["queue"], "owner": route["owner"], "action": route["action"],
            "text": text(route.get("text"), lead),
        })
    });

    let owners = ["stages", "overrides", "routes"].into_iter().flat_map(|kind| items(&model[kind]));
    for when in owners.flat_map(|owner| [owner.get("when"), owner.get("keep")]).flatten() {
        needed.add_of_result(when, Facts { object: &seen, is_date: &is_date(model) });
    }
    result["coverage"] = json!(needed.coverage());
}

fn labels(model: &Value, lead: &Lead, result: &Value, scored: bool) -> Value {
    let dimensions = items(&model["dimensions"]).map(|d| (id(d), &d["labels"], &result["dimensions"][id(d)]["value"]));
    let total = ("total", &model["total"]["labels"], &result["value"]);
    let owners = dimensions.chain([total]).filter(|(_, labels, _)| labels.is_array());
    let named: Map<String, Value> = owners
        .map(|(owner, labels, value)| {
            let had = lead.previous.as_ref().map_or(&Value::Null, |previous| &previous["labels"][owner]);
            let label = value.as_f64().filter(|_| scored).and_then(|value| {
                items(labels).find(|label| {
                    let kept = label["id"] == *had && label["keep"].as_f64().is_some_and(|keep| value >= keep);
                    kept || label["from"].as_f64().is_none_or(|from| value >= from)
                })
            });
            (owner.to_owned(), label.map_or(Value::Null, |label| label["id"].clone()))
        })
        .collect();
    Value::Object(named)
}

fn grade(model: &Value, result: &Value) -> Value {
    if let Some(ladder) = model["grade"].get("ladder") {
        let letters = ladder["letters"].as_array().unwrap();
        let start = letters.iter().position(|letter| *letter == ladder["start"]).unwrap() as f64;
        let steps = result["dimensions"][ladder["dimension"].as_str().unwrap()]["value"].as_f64();
        return steps.map_or(Value::Null, |steps| {
            let place = (start + steps.round()).clamp(0.0, letters.len() as f64 - 1.0);
            letters[place as usize].clone()
        });
    }
    let matrix = &model["grade"]["matrix"];
    let label = |side: &str| result["labels"][matrix[side].as_str()?].as_str().map(str::to_owned);
    let (Some(row), Some(column)) = (label("rows"), label("columns")) else { return Value::Null };
    match &matrix["cells"][&row][&column] {
        Value::Null => json!(row + &column),
        cell => cell.clone(),
    }
}

/// The last stage that is reached, or the one the lead had when that is later and kept.
fn stage(model: &Value, lead: &Lead, seen: &Value) -> Value {
    let had = lead.previous.as_ref().map_or(&Value::Null, |previous| &previous["stage"]);
    let stages: Vec<&Value> = items(&model["stages"]).collect();
    let keeps =
        |stage: &Value| stage["id"] == *had && stage.get("keep").is_some_and(|keep| condition(keep, seen, model));
    let held = stages.iter().rev().find(|stage| is_true(stage, seen, model) || keeps(stage));
    held.map_or(Value::Null, |stage| stage["id"].clone())
}

/// What conditions on the result read, numbers rounded as shown.
fn seen_by_conditions(result: &Value, model: &Value, lead: &Lead, rules: &BTreeMap<&str, &Given>) -> Value {
    let decimals = decimals(model);
    let values = |owners: &Value, field: &str| -> Map<String, Value> {
        let owners = owners.as_object().into_iter().flatten();
        owners
            .map(|(id, owner)| (id.clone(), owner[field].as_f64().map_or(Value::Null, |v| json!(shown(v, decimals)))))
            .collect()
    };
    let of_rules = |number: fn(&Given) -> f64| -> Map<String, Value> {
        rules.iter().map(|(id, given)| ((*id).to_owned(), json!(shown(number(given), decimals)))).collect()
    };
    json!({
        "status": result["status"],
        "total": result["value"],
        "dimensions": values(&result["dimensions"], "value"),
        "groups": values(&result["groups"], "value"),
        "rules": of_rules(|given| given.points),
        "counts": of_rules(|given| given.count),
        "labels": result["labels"],
        "facts": lead.facts,
    })
}

fn is_true(owner: &Value, seen: &Value, model: &Value) -> bool {
    owner.get("when").is_none_or(|when| condition(when, seen, model))
}

fn condition(when: &Value, seen: &Value, model: &Value) -> bool {
    holds(when, Facts { object: seen, is_date: &is_date(model) }) == Some(true)
}

fn is_date(model: &Value) -> impl Fn(&str) -> bool {
    |path| path.strip_prefix("facts.").is_some_and(|path| model["attributes"][path]["type"] == json!("date"))
}

fn decimals(model: &Value) -> f64 {
    model["decimals"].as_f64().unwrap_or(2.0)
}
