//! Which attributes a model reads, and what share of those that matter to a lead is known.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::condition::{Facts, holds, read};
use super::score::items;

/// The attributes that matter to a lead.
pub struct Needed {
    /// How many of those that the model reads are known.
    known: usize,
    /// The unknown ones that could change the answer.
    missing: BTreeSet<String>,
}

impl Needed {
    pub fn coverage(&self) -> f64 {
        let all = self.known + self.missing.len();
        if all == 0 { 1.0 } else { self.known as f64 / all as f64 }
    }

    /// Adds the facts for want of which a condition on the result is unknown.
    pub fn add_of_result(&mut self, condition: &Value, seen: Facts) {
        let mut open = BTreeSet::new();
        open_in(condition, seen, &mut open);
        self.missing.extend(open.iter().filter_map(|path| path.strip_prefix("facts.")).map(str::to_owned));
    }
}

/// What rules, exclusions and disqualifiers need.
pub fn needed<'a>(model: &Value, facts: Facts, undecided: impl Iterator<Item = &'a Value>) -> Needed {
    let is_known = |path: &String| !read(facts.object, path).is_empty();
    let matters = required(model).chain(asked_whether_known(model));
    let mut missing: BTreeSet<String> = matters.filter(|path| !is_known(path)).collect();
    for rule in undecided {
        if let Some(when) = rule.get("when") {
            open_in(when, facts, &mut missing);
        }
        let is_asked = rule.get("when").is_none_or(|when| holds(when, facts) != Some(false));
        let attribute = rule["attribute"].as_str().filter(|_| is_asked).map(str::to_owned);
        missing.extend(attribute.filter(|path| !is_known(path)));
    }
    for flag in flags(model) {
        open_in(&flag["when"], facts, &mut missing);
    }
    Needed { known: read_by(model).into_iter().filter(is_known).count(), missing }
}

fn required(model: &Value) -> impl Iterator<Item = String> {
    let attributes = model["attributes"].as_object().into_iter().flatten();
    attributes.filter(|(_, attribute)| attribute["required"] == json!(true)).map(|(path, _)| path.clone())
}

fn flags(model: &Value) -> impl Iterator<Item = &Value> {
    ["exclusions", "disqualifiers"].into_iter().flat_map(|kind| items(&model[kind])).filter(|f| f.get("on").is_none())
}

fn read_by(model: &Value) -> BTreeSet<String> {
    let groups = items(&model["dimensions"]).flat_map(|dimension| items(&dimension["groups"]));
    let attributes = groups.flat_map(|group| items(&group["rules"])).filter_map(|rule| rule["attribute"].as_str());
    let asked = questions(model).into_iter().map(|(path, _)| path);
    attributes.map(str::to_owned).chain(asked).chain(required(model)).collect()
}

/// What `$exists` asks has an answer while it is unknown, and another one when it becomes known.
fn asked_whether_known(model: &Value) -> impl Iterator<Item = String> {
    questions(model).into_iter().filter(|(_, operators)| asks_whether_known(operators)).map(|(path, _)| path)
}

fn asks_whether_known(operators: &Value) -> bool {
    operators.get("$exists").is_some() || operators.get("$not").is_some_and(asks_whether_known)
}

/// Every path of the facts that a condition of the model asks about, with what it asks.
fn questions(model: &Value) -> Vec<(String, Value)> {
    let mut questions = Vec::new();
    let groups = items(&model["dimensions"]).flat_map(|dimension| items(&dimension["groups"]));
    let rules = groups.flat_map(|group| items(&group["rules"])).filter(|rule| rule.get("on").is_none());
    for when in rules.filter_map(|rule| rule.get("when")).chain(flags(model).map(|flag| &flag["when"])) {
        each_question(when, &mut |path, operators| questions.push((path.to_owned(), operators.clone())));
    }
    for owner in ["stages", "overrides", "routes"].into_iter().flat_map(|kind| items(&model[kind])) {
        for when in ["when", "keep"].into_iter().filter_map(|field| owner.get(field)) {
            each_question(when, &mut |path, operators| {
                questions.extend(path.strip_prefix("facts.").map(|path| (path.to_owned(), operators.clone())));
            });
        }
    }
    questions
}

fn each_question(condition: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    for (key, operand) in condition.as_object().expect("a condition is an object") {
        match key.as_str() {
            "$and" | "$or" | "$nor" => items(operand).for_each(|part| each_question(part, visit)),
            "$not" => each_question(operand, visit),
            path => visit(path, operand),
        }
    }
}

/// Adds the paths for want of which the condition is unknown.
fn open_in(condition: &Value, facts: Facts, open: &mut BTreeSet<String>) {
    if holds(condition, facts).is_some() {
        return;
    }
    for (key, operand) in condition.as_object().expect("a condition is an object") {
        match key.as_str() {
            "$and" | "$or" | "$nor" => items(operand).for_each(|part| open_in(part, facts, open)),
            "$not" => open_in(operand, facts, open),
            path => {
                if holds(&json!({ path: operand }), facts).is_none() {
                    open.insert(path.to_owned());
                }
            }
        }
    }
}
