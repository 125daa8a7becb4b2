//! Tells what came of scoring a lead: contributions, coverage, bounds, what comes next, and on request why and what if.
//!
//! Decides nothing: `outcome` has, and is asked again for every what-if.

mod bounds;
mod contributions;
mod counterfactuals;
mod forecast;
mod reasons;
mod words;

use crate::answers::Answers;
use crate::condition::Truth;
use crate::engage::Timeline;
use crate::error::{Code, Issue, Severity};
use crate::grade::{Previous, Told};
use crate::model::{Lang, Text};
use crate::outcome::Outcome;
use crate::program::{Counts, Flag, Program};
use crate::score::{
    AppliedOverride, BoundsOfValue, Computed, DimensionValue, FlagAnswer, GroupValue, ModelName, Named, Next, Route,
    Score,
};
use crate::time::{Instant, text_of_instant};

/// One lead, and what came of scoring it.
pub struct Case<'c> {
    pub program: &'c Program,
    pub answers: &'c Answers,
    pub timeline: &'c Timeline,
    pub now: Option<Instant>,
    pub previous: &'c Previous,
    /// The purposes consented to, if that was asked.
    pub consent: Option<&'c [String]>,
    pub outcome: &'c Outcome,
}

/// The whole result; reasons where a language is given.
pub fn explain(case: &Case, lang: Option<Lang>, with_counterfactuals: bool) -> Score {
    let (program, outcome) = (case.program, case.outcome);
    let raw = outcome.tally.total.filter(|_| outcome.has_value).map(|total| total.low);
    let (contributions, adjustments) = match outcome.has_value {
        true => contributions::contributions(program, outcome),
        false => (Vec::new(), Vec::new()),
    };
    let forecast = forecast::forecast(case);
    let text_lang = lang.unwrap_or_default();
    let reasons = lang.map(|lang| reasons::reasons(case, lang, &contributions, &adjustments));
    Score {
        model: ModelName { id: program.id.clone(), version: program.version.clone() },
        status: outcome.status.as_str(),
        as_of: case.now,
        value: raw.map(|raw| program.shown(raw)),
        raw,
        labels: case.labels(outcome),
        grade: case.grade(outcome.standing.grade),
        stage: case.stage(outcome.standing.stage),
        route: case.route(text_lang),
        dimensions: case.dimensions(),
        groups: case.groups(),
        contributions,
        adjustments,
        coverage: outcome.coverage,
        missing: outcome.missing.iter().filter_map(|slot| Some(program.facts.slots.get(*slot)?.name.clone())).collect(),
        bounds: case.bounds(),
        valid_until: forecast.valid_until,
        next: forecast.next.as_ref().map(|(at, then)| case.next(*at, then)),
        disqualifiers: flags(&program.disqualifiers, &outcome.disqualifiers, text_lang),
        exclusions: flags(&program.exclusions, &outcome.exclusions, text_lang),
        overrides: case.overrides(text_lang),
        computed: Computed {
            grade: case.grade(outcome.standing.computed_grade),
            stage: case.stage(outcome.standing.computed_stage),
        },
        events: case.timeline.counts,
        warnings: case.warnings(forecast.stopped),
        reasons,
        counterfactuals: with_counterfactuals.then(|| counterfactuals::counterfactuals(case, lang)),
    }
}

fn flags(flags: &[Flag], answers: &[Truth], lang: Lang) -> Vec<FlagAnswer> {
    let told = flags.iter().zip(answers).filter(|(_, answer)| **answer != Truth::False);
    let told = told.map(|(flag, answer)| FlagAnswer {
        id: flag.id.clone(),
        answer: answer.known(),
        reason: flag.reason.as_ref().map(|reason| reason.of(lang).to_owned()),
    });
    told.collect()
}

impl Case<'_> {
    fn labels(&self, outcome: &Outcome) -> Named<Option<String>> {
        let axes = self.program.dimensions.iter().map(|dimension| dimension.id.as_str()).chain(["total"]);
        let labels = axes.zip(&self.program.labels).zip(&outcome.standing.labels);
        let told = labels.filter(|((_, labels), _)| !labels.is_empty()).map(|((axis, labels), told)| {
            (axis.to_owned(), told.place().and_then(|place| labels.get(place)).map(|label| label.id.clone()))
        });
        Named(told.collect())
    }

    fn grade(&self, told: Told) -> Option<String> {
        self.program.grades.get(told.place()?).cloned()
    }

    fn stage(&self, told: Told) -> Option<String> {
        self.program.stages.get(told.place()?).map(|stage| stage.id.clone())
    }

    fn route(&self, lang: Lang) -> Option<Route> {
        let route = self.program.routes.get(self.outcome.route?)?;
        Some(Route {
            id: route.id.clone(),
            queue: route.queue.clone(),
            owner: route.owner.clone(),
            action: route.action.clone(),
            text: route.text.as_ref().map(|text| text.of(lang).to_owned()),
        })
    }

    fn dimensions(&self) -> Named<DimensionValue> {
        let values = self.program.dimensions.iter().zip(&self.outcome.tally.dimensions).map(|(dimension, tally)| {
            let raw = tally.filter(|_| self.outcome.has_value).map(|tally| tally.value.low);
            (dimension.id.clone(), DimensionValue { value: raw.map(|raw| self.program.shown(raw)), raw })
        });
        Named(values.collect())
    }

    fn groups(&self) -> Named<GroupValue> {
        let tally = &self.outcome.tally;
        let values = self.program.groups.iter().zip(&tally.sums).zip(&tally.groups).map(|((group, sum), value)| {
            let dimension = self.program.dimensions.get(group.dimension).map_or("", |dimension| &dimension.id);
            let value = value.filter(|_| self.outcome.has_value).map(|value| value.low);
            (group.id.clone(), GroupValue { dimension: dimension.to_owned(), points: sum.low + 0.0, value })
        });
        Named(values.collect())
    }

    fn bounds(&self) -> Option<BoundsOfValue> {
        if self.outcome.status == crate::grade::Status::Excluded {
            return None;
        }
        let (range, exact) = bounds::bounds(self)?;
        let shown = |value| self.program.shown(value);
        Some(BoundsOfValue { lowest: shown(range.low), highest: shown(range.high), exact })
    }

    fn next(&self, at: Instant, then: &Outcome) -> Next {
        let total = then.tally.total.filter(|_| then.has_value);
        Next {
            at,
            value: total.map(|total| self.program.shown(total.low)),
            labels: self.labels(then),
            grade: self.grade(then.standing.grade),
            stage: self.stage(then.standing.stage),
        }
    }

    fn overrides(&self, lang: Lang) -> Vec<AppliedOverride> {
        let applied = self.outcome.standing.overrides.iter().filter_map(|place| self.program.overrides.get(*place));
        let applied = applied.map(|one| AppliedOverride {
            id: one.id.clone(),
            reason: one.reason.as_ref().map(|reason| reason.of(lang).to_owned()),
        });
        applied.collect()
    }

    /// The label of a group or dimension; none for the total.
    fn label_of(&self, on: &str, id: &str) -> Option<&Text> {
        match on {
            "group" => self.program.groups.iter().find(|group| group.id == id).map(|group| &group.label),
            "dimension" => self.program.dimensions.iter().find(|dimension| dimension.id == id).map(|d| &d.label),
            _ => None,
        }
    }

    fn warnings(&self, stopped: Option<Instant>) -> Vec<Issue> {
        let warn = |code, path, message| Issue { severity: Severity::Warning, code, path, message, suggestion: None };
        let mut warnings = Vec::new();
        for slot in self.answers.unexpected().filter_map(|place| self.program.facts.slots.get(place)) {
            let kind = slot.kind.map_or("", |kind| kind.name());
            let message = format!("expected type `{kind}`, as declared");
            warnings.push(warn(Code::UnexpectedType, format!("facts.{}", slot.name), message));
        }
        let outside = self.program.rules.iter().zip(&self.outcome.given).filter(|(_, given)| given.out_of_range);
        for (rule, _) in outside {
            if let Counts::Facts { table: Some(slot), .. } = rule.counts {
                let slot = self.program.facts.slots.get(slot).map_or("", |slot| &slot.name);
                let message = format!("expected a value in one of the bands of rule `{}`", rule.id);
                warnings.push(warn(Code::OutOfRange, format!("facts.{slot}"), message));
            }
        }
        if let Some(instant) = stopped {
            let message = format!("too many events to look further ahead than {}", text_of_instant(instant));
            warnings.push(warn(Code::TooLarge, "events".to_owned(), message));
        }
        warnings
    }
}
