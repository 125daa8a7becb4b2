//! Why: everything that made the score, as sentences, the heaviest first.

use super::Case;
use super::words::Words;
use crate::condition::Truth;
use crate::model::{Lang, Text};
use crate::order::sort;
use crate::program::Flag;
use crate::score::{Adjustment, Contribution, Reason};

/// Flags and overrides first, then contributions and adjustments by weight, then what is unknown.
pub fn reasons(case: &Case, lang: Lang, contributions: &[Contribution], adjustments: &[Adjustment]) -> Vec<Reason> {
    let words = Words { lang, decimals: case.program.decimals };
    let told = |code: String, value: f64, text: String| Reason { code, value, text };
    let mut reasons = Vec::new();
    let program = case.program;
    type Flags<'f> = (&'f str, &'f [Flag], &'f [Truth], fn(Words, &str) -> String);
    let flags: [Flags; 2] = [
        ("exclusion", &program.exclusions, &case.outcome.exclusions, Words::excluded),
        ("disqualifier", &program.disqualifiers, &case.outcome.disqualifiers, Words::disqualified),
    ];
    for (kind, flags, answers, sentence) in flags {
        for (flag, answer) in flags.iter().zip(answers) {
            let why = text_or_id(flag.reason.as_ref(), lang, &flag.id);
            let text = match answer {
                Truth::True => sentence(words, why),
                Truth::Unknown => words.undecided(why),
                Truth::False => continue,
            };
            reasons.push(told(format!("{kind}:{}", flag.id), 0.0, text));
        }
    }
    for one in case.outcome.standing.overrides.iter().filter_map(|place| program.overrides.get(*place)) {
        let text = words.overridden(text_or_id(one.reason.as_ref(), lang, &one.id));
        reasons.push(told(format!("override:{}", one.id), 0.0, text));
    }
    let mut weighed: Vec<Reason> = Vec::new();
    for line in contributions {
        let label = program.rules.iter().find(|rule| rule.id == line.rule).map(|rule| &rule.label);
        let text = label.map_or_else(String::new, |label| words.contribution(label, line));
        weighed.push(told(format!("rule:{}", line.rule), line.value, text));
    }
    for line in adjustments {
        let text = words.adjustment(line, case.label_of(line.on, &line.id));
        weighed.push(told(format!("{}:{}", line.kind, line.id), line.value, text));
    }
    sort(&mut weighed, |a, b| b.value.abs().total_cmp(&a.value.abs()));
    reasons.extend(weighed);
    for slot in case.outcome.missing.iter().filter_map(|slot| program.facts.slots.get(*slot)) {
        reasons.push(told(format!("missing:{}", slot.name), 0.0, words.missing(&slot.label)));
    }
    reasons
}

fn text_or_id<'t>(text: Option<&'t Text>, lang: Lang, id: &'t str) -> &'t str {
    text.map_or(id, |text| text.of(lang))
}
