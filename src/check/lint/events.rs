//! Rules on events: types that are not declared, events that two rules count, windows that cut off what decay leaves.

use std::collections::BTreeMap;

use super::each_rule;
use crate::compile::decay;
use crate::error::{Code, Path, short};
use crate::model::{Counts, DecayKind, EventPoints, EventRule, Model, Rule};
use crate::read::Reader;

/// A window that ends while events still have more than this share of their points is doubtful.
const MUCH: f64 = 0.5;

pub fn lint(reader: &mut Reader, model: &Model) {
    each_rule(model, &mut |path, rule| {
        if let Counts::Events(events) = &rule.counts {
            undeclared(reader, model, &path.field("on"), &events.on);
            window(reader, path, events);
        }
    });
    for (list, flags) in [("exclusions", &model.exclusions), ("disqualifiers", &model.disqualifiers)] {
        for (place, flag) in flags.iter().enumerate() {
            undeclared(reader, model, &Path::Root(list).item(place).field("on"), &flag.on);
        }
    }
    counted_twice(reader, model);
}

fn undeclared(reader: &mut Reader, model: &Model, path: &Path, on: &[String]) {
    let Some(types) = &model.events else { return };
    let known: Vec<&str> = types.iter().map(|kind| kind.name.as_str()).collect();
    for name in on {
        if !known.contains(&name.as_str()) {
            let message = format_args!("event type `{}` is not declared", short(name));
            reader.doubt(Code::UndeclaredEvent, path, message, name, &known);
        }
    }
}

fn window(reader: &mut Reader, path: &Path, rule: &EventRule) {
    let Some(window) = rule.window else { return };
    let EventPoints::Each(_) = rule.gives else { return };
    let share = decay(rule.decay).left(window.milliseconds());
    if rule.decay.kind != DecayKind::None && share > MUCH.max(rule.decay.residual) {
        let percent = libm::round(share * 100.0) as i64;
        let message =
            format_args!("at the end of window `{window}` an event still has {percent} % of its points, then none");
        reader.warn(Code::WindowAgainstDecay, &path.field("window"), message);
    }
}

/// Rules of one dimension that give points for one and the same event: one of them for every such event, or both for
/// the same condition.
fn counted_twice(reader: &mut Reader, model: &Model) {
    for (place, dimension) in model.dimensions.iter().enumerate() {
        let mut counting: BTreeMap<String, usize> = BTreeMap::new();
        let mut rules: Vec<Vec<(&Rule, &EventRule)>> = Vec::new();
        for (group_place, group) in dimension.groups.iter().enumerate() {
            for (rule_place, rule) in group.rules.iter().enumerate() {
                let Counts::Events(events) = &rule.counts else { continue };
                if !matches!(events.gives, EventPoints::Each(points) if points != 0.0) {
                    continue;
                }
                let mut twice = None;
                for name in &events.on {
                    let of_type = *counting.entry(name.clone()).or_insert(rules.len());
                    if of_type == rules.len() {
                        rules.push(Vec::new());
                    }
                    let Some(before) = rules.get_mut(of_type) else { continue };
                    let same = |(other, counted): &&(&Rule, &EventRule)| {
                        let meets = counted.when.is_none() || events.when.is_none() || counted.when == events.when;
                        meets && other.id != rule.id
                    };
                    twice = twice.or_else(|| before.iter().find(same).map(|(other, _)| *other));
                    before.push((rule, events));
                }
                if let Some(other) = twice {
                    let path = format!("dimensions[{place}].groups[{group_place}].rules[{rule_place}]");
                    let (one, other) = (&rule.id, &other.id);
                    let message = format_args!("an event that rule `{one}` counts is counted by rule `{other}` too");
                    reader.warn(Code::EventCountedTwice, &Path::Root(&path), message);
                }
            }
        }
    }
}
