//! Rules on events: types that are not declared, events that two rules count, windows that cut off what decay leaves.

use super::each_rule;
use crate::engage::left;
use crate::error::{Code, Path, Severity, likely, short};
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
            let list = format!("{list}[{place}]");
            undeclared(reader, model, &Path::Root(&list).field("on"), &flag.on);
        }
    }
    counted_twice(reader, model);
}

fn undeclared(reader: &mut Reader, model: &Model, path: &Path, on: &[String]) {
    let Some(types) = &model.events else { return };
    for name in on.iter().filter(|name| !types.iter().any(|kind| kind.name == **name)) {
        let suggestion = likely(name, types.iter().map(|kind| kind.name.as_str())).map(str::to_owned);
        let message = match &suggestion {
            Some(known) => format!("event type `{}` is not declared, expected `{known}`", short(name)),
            None => format!("event type `{}` is not declared", short(name)),
        };
        reader.note(Severity::Warning, Code::UndeclaredEvent, path, message, suggestion);
    }
}

fn window(reader: &mut Reader, path: &Path, rule: &EventRule) {
    let Some(window) = rule.window else { return };
    let share = left(rule.decay, window.milliseconds());
    if rule.decay.kind != DecayKind::None && share > MUCH.max(rule.decay.residual) {
        let percent = libm::round(share * 100.0) as i64;
        let message =
            format!("at the end of window `{window}` an event still has {percent} % of its points, then none");
        reader.warn(Code::WindowAgainstDecay, &path.field("window"), message);
    }
}

/// Rules of one dimension that give points for one and the same event: one of them for every such event, or both for
/// the same condition.
fn counted_twice(reader: &mut Reader, model: &Model) {
    let each = |rule: &'_ Rule| match &rule.counts {
        Counts::Events(events) if matches!(events.gives, EventPoints::Each(points) if points != 0.0) => {
            Some(events.clone())
        }
        _ => None,
    };
    for (place, dimension) in model.dimensions.iter().enumerate() {
        let mut before: Vec<(&str, EventRule)> = Vec::new();
        for (group_place, group) in dimension.groups.iter().enumerate() {
            for (rule_place, rule) in group.rules.iter().enumerate() {
                let Some(events) = each(rule) else { continue };
                let twice = before.iter().find(|(_, other)| {
                    let shares = other.on.iter().any(|name| events.on.contains(name));
                    shares && (other.when.is_none() || events.when.is_none() || other.when == events.when)
                });
                if let Some((other, _)) = twice {
                    let path = format!("dimensions[{place}].groups[{group_place}].rules[{rule_place}]");
                    let message = format!("an event that rule `{}` counts is counted by rule `{other}` too", rule.id);
                    reader.warn(Code::EventCountedTwice, &Path::Root(&path), message);
                }
                before.push((&rule.id, events));
            }
        }
    }
}
