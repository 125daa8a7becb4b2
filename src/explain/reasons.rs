//! Why: everything that made the score, as sentences, the heaviest first.

use super::Case;
use super::contributions::{Level, Worth};
use super::words::Words;
use crate::condition::Truth;
use crate::model::Lang;
use crate::names::{Because, Names};
use crate::order::sort;
use crate::score::Reason;

/// Flags and overrides first, then contributions and adjustments by weight, then what is unknown.
pub fn reasons(case: &Case, names: &Names, lang: Lang) -> Vec<Reason> {
    let words = Words { lang, decimals: case.program.decimals };
    let told = |kind: &str, id: &str, value: f64, text: String| Reason { code: format!("{kind}:{id}"), value, text };
    let why = |one: &Because| one.in_words(lang).unwrap_or_else(|| one.id.clone());
    let mut reasons = Vec::new();
    for (place, (flag, answer)) in names.flags.iter().zip(&case.outcome.flags).enumerate() {
        let excludes = place < case.program.exclusions as usize;
        let kind = if excludes { "exclusion" } else { "disqualifier" };
        let text = match answer {
            Truth::False => continue,
            Truth::Unknown => words.undecided(&why(flag)),
            Truth::True if excludes => words.excluded(&why(flag)),
            Truth::True => words.disqualified(&why(flag)),
        };
        reasons.push(told(kind, &flag.id, 0.0, text));
    }
    for one in case.outcome.standing.overrides.iter().filter_map(|place| names.overrides.get(*place)) {
        reasons.push(told("override", &one.id, 0.0, words.overridden(&why(one))));
    }
    let mut weighed: Vec<Reason> = Vec::new();
    if case.outcome.has_value {
        let worth = Worth::new(case);
        worth.lines(&mut |line| {
            if let Some(name) = names.rules.get(line.rule) {
                weighed.push(told("rule", &name.id, line.value + 0.0, words.contribution(&name.label, &line)));
            }
        });
        worth.changes(&mut |change| {
            let name = match change.on {
                Level::Group => names.groups.get(change.place),
                Level::Dimension => names.dimensions.get(change.place),
                Level::Total => None,
            };
            let text = words.adjustment(change.kind(), change.value, name.map(|name| &name.label));
            weighed.push(told(change.kind(), name.map_or("total", |name| &name.id), change.value, text));
        });
    }
    sort(&mut weighed, |a, b| b.value.abs().total_cmp(&a.value.abs()));
    reasons.extend(weighed);
    for slot in &case.outcome.missing {
        if let (Some(slot), Some(label)) = (case.program.facts.slots.get(*slot), names.attributes.get(*slot)) {
            reasons.push(told("missing", &slot.path, 0.0, words.missing(label)));
        }
    }
    reasons
}
