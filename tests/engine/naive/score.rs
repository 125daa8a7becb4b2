//! From rules to the whole result: groups, dimensions, total, status, and the sums behind each.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use super::condition::{Facts, any, holds, read};
use super::coverage::needed;
use super::events::{History, concerns, history};
use super::outcome::{self, shown};
use super::rules::{Given, Scene, bounded, give};

/// One lead, as a caller gives it.
#[derive(Clone)]
pub struct Lead {
    pub facts: Value,
    pub events: Vec<Value>,
    pub as_of: Option<i64>,
    pub previous: Option<Value>,
    pub consent: Option<Vec<String>>,
    /// `en` or `fr`; texts are in English by default.
    pub lang: Option<String>,
}

/// As JSON, to be copied from a failure into a case.
impl fmt::Debug for Lead {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Lead { facts, events, as_of, previous, consent, lang } = self;
        let lead = json!({
            "facts": facts, "events": events, "asOf": as_of, "previous": previous, "consent": consent, "lang": lang,
        });
        write!(f, "{lead}")
    }
}

/// A group and its rules, worked out.
struct Group<'a> {
    model: &'a Value,
    rules: Vec<(&'a Value, Given)>,
    sum: f64,
    /// `None`: it left, by the policy `neutral`.
    value: Option<f64>,
}

/// A dimension and its groups, worked out.
struct Dimension<'a> {
    model: &'a Value,
    groups: Vec<Group<'a>>,
    /// What its groups' points are multiplied with: 1, or what makes 100 of all that they could give.
    scale: f64,
    sum: f64,
    /// `None`: every group left, or nothing could be given.
    raw: Option<f64>,
}

/// Everything the result has but bounds, the next change, warnings and texts.
pub fn score(model: &Value, lead: &Lead) -> Value {
    let is_date = |path: &str| model["attributes"][path]["type"] == json!("date");
    let facts = Facts { object: &lead.facts, is_date: &is_date };
    let history = history(model, lead);
    let scene = Scene { model, facts, history: &history, as_of: lead.as_of };

    let flags = |kind: &str| flags(&model[kind], scene, lead);
    let (exclusions, disqualifiers) = (flags("exclusions"), flags("disqualifiers"));
    let dimensions: Vec<Dimension> = items(&model["dimensions"]).map(|d| dimension(d, scene)).collect();
    let total = total(model, &dimensions);
    let lacking = total.is_none() || lacks_required(model, facts, &dimensions);
    let happened = |flags: &[Value]| flags.iter().any(|flag| flag["answer"] == json!(true));
    let status = match () {
        () if happened(&exclusions) => "excluded",
        () if happened(&disqualifiers) => "disqualified",
        () if lacking => "insufficient_data",
        () => "scored",
    };
    let has_value = status != "excluded" && !lacking;
    let decimals = model["decimals"].as_f64().unwrap_or(2.0);
    let number = |value: Option<f64>| value.filter(|_| has_value).map(|value| value + 0.0);
    let rounded = |value: Option<f64>| number(value.map(|value| shown(value, decimals)));
    let mut result = json!({
        "model": { "id": model["id"], "version": model["version"] },
        "status": status,
        "asOf": lead.as_of,
        "raw": number(total.as_ref().map(|total| total.raw)),
        "value": rounded(total.as_ref().map(|total| total.raw)),
        "dimensions": by_id(&dimensions, |d| (d.model, json!({ "value": rounded(d.raw), "raw": number(d.raw) }))),
        "events": history.counts,
        "exclusions": exclusions,
        "disqualifiers": disqualifiers,
    });
    if let Some(total) = total.filter(|_| has_value) {
        result["groups"] = by_id(dimensions.iter().flat_map(|d| d.groups.iter().map(move |g| (d, g))), |(d, g)| {
            (g.model, json!({ "dimension": d.model["id"], "points": g.sum + 0.0, "value": g.value.map(|v| v + 0.0) }))
        });
        result["contributions"] = contributions(&dimensions, &total.parts);
        result["adjustments"] = adjustments(&dimensions, &total);
    }
    let rules = dimensions.iter().flat_map(|d| &d.groups).flat_map(|g| &g.rules);
    let rules: BTreeMap<&str, &Given> = rules.map(|(rule, given)| (id(rule), given)).collect();
    outcome::add(&mut result, model, lead, &rules, needed(model, facts, undecided(&dimensions)));
    result
}

fn dimension<'a>(model: &'a Value, scene: Scene) -> Dimension<'a> {
    let groups: Vec<Group> = items(&model["groups"]).map(|g| group(g, scene)).collect();
    let staying = || groups.iter().filter_map(|group| group.value.map(|value| (group.model, value)));
    let sum: f64 = staying().map(|(group, value)| weight(group) * value).sum();
    let most: f64 = staying().map(|(group, _)| weight(group) * group["cap"].as_f64().unwrap_or(0.0)).sum();
    let normalise = model["normalise"] == json!(true);
    let scale = if normalise { 100.0 / most } else { 1.0 };
    let has_value = staying().count() > 0 && !(normalise && most == 0.0);
    Dimension { model, scale, sum: sum * scale, raw: has_value.then(|| bounded(sum * scale, model)), groups }
}

fn group<'a>(model: &'a Value, scene: Scene) -> Group<'a> {
    let rules: Vec<_> = items(&model["rules"]).map(|rule| (rule, give(rule, model, scene))).collect();
    let sum = rules.iter().map(|(_, given)| given.points).sum();
    let undecided = rules.iter().any(|(_, given)| given.undecided);
    let left = undecided && policy(scene.model, model) == "neutral";
    Group { model, rules, sum, value: (!left).then(|| bounded(sum, model)) }
}

fn undecided<'a>(dimensions: &'a [Dimension]) -> impl Iterator<Item = &'a Value> {
    let rules = dimensions.iter().flat_map(|d| &d.groups).flat_map(|g| &g.rules);
    rules.filter(|(_, given)| given.undecided).map(|(rule, _)| *rule)
}

fn policy<'a>(model: &'a Value, group: &'a Value) -> &'a str {
    group["missing"].as_str().or(model["missing"].as_str()).unwrap_or("zero")
}

fn lacks_required(model: &Value, facts: Facts, dimensions: &[Dimension]) -> bool {
    let attributes = model["attributes"].as_object().into_iter().flatten();
    let mut required = attributes.filter(|(_, attribute)| attribute["required"] == json!(true));
    let mut groups = dimensions.iter().flat_map(|d| &d.groups);
    required.any(|(path, _)| read(facts.object, path).is_empty())
        || groups.any(|g| policy(model, g.model) == "required" && g.rules.iter().any(|(_, given)| given.undecided))
}

/// The total of the dimensions that have a value.
struct Total {
    /// What a point of each dimension is worth in it.
    parts: Vec<f64>,
    /// Before its floor and cap.
    sum: f64,
    raw: f64,
}

fn total(model: &Value, dimensions: &[Dimension]) -> Option<Total> {
    let valued = || dimensions.iter().filter_map(|d| Some((weight(d.model), d.raw?)));
    let weights: f64 = valued().map(|(weight, _)| weight).sum();
    let combine = model["total"]["combine"].as_str().unwrap_or("sum");
    if valued().count() == 0 || (combine == "mean" && weights == 0.0) {
        return None;
    }
    let weighted: f64 = valued().map(|(weight, value)| weight * value).sum();
    let highest = valued().map(|(_, value)| value).reduce(f64::max)?;
    let first = dimensions.iter().position(|d| d.raw == Some(highest));
    let (sum, part): (f64, &dyn Fn(usize, f64) -> f64) = match combine {
        "sum" => (weighted, &|_, weight| weight),
        "mean" => (weighted / weights, &|_, weight| weight / weights),
        "max" => (highest, &|index, _| f64::from(u8::from(Some(index) == first))),
        combine => panic!("`{combine}` is no way to combine"),
    };
    let part_of = |(index, d): (usize, &Dimension)| d.raw.map_or(0.0, |_| part(index, weight(d.model)));
    let parts = dimensions.iter().enumerate().map(part_of).collect();
    Some(Total { parts, sum, raw: bounded(sum, &model["total"]) })
}

fn contributions(dimensions: &[Dimension], parts: &[f64]) -> Value {
    let mut contributions = Vec::new();
    for (dimension, part) in dimensions.iter().zip(parts) {
        for group in &dimension.groups {
            let stays = group.value.is_some() && dimension.raw.is_some();
            let worth = if stays { weight(group.model) * dimension.scale * part } else { 0.0 };
            for (rule, given) in &group.rules {
                contributions.push(json!({
                    "rule": rule["id"], "group": group.model["id"], "dimension": dimension.model["id"],
                    "count": given.count, "gross": given.gross + 0.0, "points": given.points + 0.0,
                    "lost": {
                        "limit": given.lost_to_limit + 0.0,
                        "decay": given.lost_to_decay + 0.0,
                        "cap": given.lost_to_bounds + 0.0,
                    },
                    "value": given.points * worth + 0.0,
                }));
            }
        }
    }
    Value::Array(contributions)
}

fn adjustments(dimensions: &[Dimension], total: &Total) -> Value {
    let mut adjustments = Vec::new();
    let mut adjust = |on: &str, id: &str, kind: &str, value: f64| {
        if value != 0.0 {
            adjustments.push(json!({ "on": on, "id": id, "kind": kind, "value": value }));
        }
    };
    let kind = |change: f64| if change < 0.0 { "cap" } else { "floor" };
    let valued = || dimensions.iter().zip(&total.parts).filter_map(|(d, part)| Some((d, d.raw?, part)));
    for (dimension, _, part) in valued() {
        for (group, value) in dimension.groups.iter().filter_map(|group| Some((group, group.value?))) {
            let change = value - group.sum;
            adjust("group", id(group.model), kind(change), change * weight(group.model) * dimension.scale * part);
        }
    }
    for (dimension, raw, part) in valued() {
        let change = raw - dimension.sum;
        adjust("dimension", id(dimension.model), kind(change), change * part);
    }
    let change = total.raw - total.sum;
    adjust("total", "total", kind(change), change);
    Value::Array(adjustments)
}

/// The exclusions or disqualifiers that are true, or cannot be decided.
fn flags(flags: &Value, scene: Scene, lead: &Lead) -> Vec<Value> {
    let History { visible, .. } = scene.history;
    let answer = |flag: &Value| match flag.get("on") {
        Some(_) => any(visible.iter().map(|event| concerns(flag, scene.model, event))),
        None => holds(&flag["when"], scene.facts),
    };
    items(flags)
        .map(|flag| (flag, answer(flag)))
        .filter(|(_, answer)| *answer != Some(false))
        .map(|(flag, answer)| {
            json!({ "id": flag["id"], "answer": answer, "reason": outcome::text(flag.get("reason"), lead) })
        })
        .collect()
}

pub fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

pub fn id(owner: &Value) -> &str {
    owner["id"].as_str().expect("an id")
}

fn weight(owner: &Value) -> f64 {
    owner["weight"].as_f64().unwrap_or(1.0)
}

fn by_id<'a, T>(owners: impl IntoIterator<Item = T>, entry: impl Fn(T) -> (&'a Value, Value)) -> Value {
    let entries: Map<String, Value> =
        owners.into_iter().map(entry).map(|(owner, value)| (id(owner).to_owned(), value)).collect();
    Value::Object(entries)
}
