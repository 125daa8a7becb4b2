//! The whole result, with the names that the model has for everything.

use super::contributions::{Change, Level, Line, Worth};
use super::counterfactuals::counterfactuals;
use super::reasons::reasons;
use super::{Case, Doubt, bounds, folded, forecast};
use crate::condition::Truth;
use crate::error::{Code, Issue, Severity};
use crate::grade::Status;
use crate::model::Lang;
use crate::names::{Because, Names};
use crate::outcome::Outcome;
use crate::score::{
    Adjustment, AppliedOverride, BoundsOfValue, Computed, Contribution, DimensionValue, FlagAnswer, Folded, GroupValue,
    Lost, ModelName, Named, Next, Route, Score,
};
use crate::time::{Instant, text_of_instant};

/// Tells it; reasons where a language is given.
pub fn told(case: &Case, names: &Names, lang: Option<Lang>, with_counterfactuals: bool) -> Score {
    let outcome = case.outcome;
    let worth = Worth::new(case);
    let (mut lines, mut changes) = (Vec::new(), Vec::new());
    if outcome.has_value {
        worth.lines(&mut |line| lines.push(line));
        worth.changes(&mut |change| changes.push(change));
    }
    let forecast = forecast(case);
    let told = Told { case, names, lang: lang.unwrap_or_default() };
    let (exclusions, disqualifiers) = told.flags();
    Score {
        model: ModelName { id: names.id.clone(), version: names.version.clone() },
        status: Status::NAMES.get(outcome.status as usize).copied().unwrap_or_default(),
        as_of: case.now,
        value: number(outcome.value(case.program)),
        raw: number(outcome.raw()),
        labels: told.labels(outcome),
        grade: named(&names.grades, outcome.standing.grade),
        stage: named(&names.stages, outcome.standing.stage),
        route: told.route(),
        dimensions: told.dimensions(),
        groups: told.groups(),
        contributions: lines.iter().filter_map(|line| told.contribution(line)).collect(),
        adjustments: changes.iter().filter_map(|change| told.adjustment(change)).collect(),
        coverage: outcome.coverage,
        missing: outcome.missing.iter().map(|slot| told.path(*slot)).collect(),
        bounds: told.bounds(),
        valid_until: forecast.valid_until,
        next: forecast.next.as_ref().map(|(at, then)| told.next(*at, then)),
        disqualifiers,
        exclusions,
        overrides: told.overrides(),
        computed: Computed {
            grade: named(&names.grades, outcome.standing.computed_grade),
            stage: named(&names.stages, outcome.standing.computed_stage),
        },
        events: case.timeline.counts,
        warnings: case.doubts(&forecast).iter().map(|doubt| told.warning(doubt)).collect(),
        folded: folded(case).map(|(lowest, highest)| Folded {
            events: case.timeline.counts.folded,
            lowest: number(case.program.shown(lowest)),
            highest: number(case.program.shown(highest)),
        }),
        reasons: lang.map(|lang| reasons(case, names, lang)),
        counterfactuals: with_counterfactuals.then(|| counterfactuals(case, names, lang)),
    }
}

fn number(number: f64) -> Option<f64> {
    (!number.is_nan()).then_some(number)
}

fn named(names: &[String], place: Option<usize>) -> Option<String> {
    names.get(place?).cloned()
}

struct Told<'t> {
    case: &'t Case<'t>,
    names: &'t Names,
    lang: Lang,
}

impl Told<'_> {
    fn path(&self, slot: usize) -> String {
        self.case.program.facts.slots.get(slot).map_or_else(String::new, |slot| slot.path.clone())
    }

    fn dimension(&self, place: usize) -> &str {
        self.names.dimensions.get(place).map_or("total", |name| &name.id)
    }

    fn labels(&self, outcome: &Outcome) -> Named<Option<String>> {
        let labels = self.names.labels.iter().zip(&outcome.standing.labels).enumerate();
        let told = labels.filter(|(_, (labels, _))| !labels.is_empty());
        Named(told.map(|(axis, (labels, place))| (self.dimension(axis).to_owned(), named(labels, *place))).collect())
    }

    /// What of the exclusions and of the disqualifiers is not false.
    fn flags(&self) -> (Vec<FlagAnswer>, Vec<FlagAnswer>) {
        let (mut exclusions, mut disqualifiers) = (Vec::new(), Vec::new());
        for (place, (flag, answer)) in self.names.flags.iter().zip(&self.case.outcome.flags).enumerate() {
            let kind = if place < self.case.program.exclusions as usize { &mut exclusions } else { &mut disqualifiers };
            if *answer != Truth::False {
                let (id, reason) = self.because(flag);
                kind.push(FlagAnswer { id, answer: answer.known(), reason });
            }
        }
        (exclusions, disqualifiers)
    }

    fn because(&self, named: &Because) -> (String, Option<String>) {
        (named.id.clone(), named.in_words(self.lang))
    }

    fn overrides(&self) -> Vec<AppliedOverride> {
        let applied = self.case.outcome.standing.overrides.iter();
        let applied = applied.filter_map(|place| self.names.overrides.get(*place)).map(|one| self.because(one));
        applied.map(|(id, reason)| AppliedOverride { id, reason }).collect()
    }

    fn route(&self) -> Option<Route> {
        let route = self.names.routes.get(self.case.outcome.route?)?;
        Some(Route {
            id: route.id.clone(),
            queue: route.queue.clone(),
            owner: route.owner.clone(),
            action: route.action.clone(),
            text: route.text.as_ref().map(|text| text.of(self.lang).to_owned()),
        })
    }

    fn dimensions(&self) -> Named<DimensionValue> {
        let mut values = Vec::new();
        for (name, tally) in self.names.dimensions.iter().zip(&self.case.outcome.tally.dimensions) {
            let raw = number(tally.value).filter(|_| self.case.outcome.has_value);
            let value = raw.map(|raw| self.case.program.shown(raw));
            values.push((name.id.clone(), DimensionValue { value, raw }));
        }
        Named(values)
    }

    fn groups(&self) -> Named<GroupValue> {
        let tally = &self.case.outcome.tally;
        let mut values = Vec::new();
        for (place, name) in self.names.groups.iter().enumerate() {
            let dimension = self.case.program.groups.get(place).map_or(0, |group| group.dimension);
            let value = tally.groups.get(place).and_then(|value| number(*value));
            values.push((
                name.id.clone(),
                GroupValue {
                    dimension: self.dimension(dimension as usize).to_owned(),
                    points: tally.sums.get(place).copied().unwrap_or(0.0) + 0.0,
                    value: value.filter(|_| self.case.outcome.has_value),
                },
            ));
        }
        Named(values)
    }

    fn contribution(&self, line: &Line) -> Option<Contribution> {
        let group = self.case.program.rules.get(line.rule)?.group as usize;
        let gain = &line.gain;
        Some(Contribution {
            rule: self.names.rules.get(line.rule)?.id.clone(),
            group: self.names.groups.get(group)?.id.clone(),
            dimension: self.dimension(self.case.program.groups.get(group)?.dimension as usize).to_owned(),
            count: gain.count,
            gross: gain.gross + 0.0,
            lost: Lost { limit: gain.limit + 0.0, decay: gain.decay + 0.0, cap: gain.points - line.points + 0.0 },
            points: line.points + 0.0,
            value: line.value + 0.0,
        })
    }

    fn adjustment(&self, change: &Change) -> Option<Adjustment> {
        let (on, id) = match change.on {
            Level::Group => ("group", self.names.groups.get(change.place)?.id.as_str()),
            Level::Dimension => ("dimension", self.dimension(change.place)),
            Level::Total => ("total", "total"),
        };
        Some(Adjustment { on, id: id.to_owned(), kind: change.kind(), value: change.value })
    }

    fn bounds(&self) -> Option<BoundsOfValue> {
        let (range, exact) = bounds(self.case)?;
        let shown = |value| self.case.program.shown(value);
        Some(BoundsOfValue { lowest: shown(range.low), highest: shown(range.high), exact })
    }

    fn next(&self, at: Instant, then: &Outcome) -> Next {
        Next {
            at,
            value: number(then.value(self.case.program)),
            labels: self.labels(then),
            grade: named(&self.names.grades, then.standing.grade),
            stage: named(&self.names.stages, then.standing.stage),
        }
    }

    fn warning(&self, doubt: &Doubt) -> Issue {
        let facts = |slot: usize| format!("facts.{}", self.path(slot));
        let (code, path, message) = match *doubt {
            Doubt::UnexpectedType(slot) => {
                let kind = self.case.program.facts.slots.get(slot).and_then(|slot| slot.kind);
                let kind = kind.map_or("", |kind| kind.name());
                (Code::UnexpectedType, facts(slot), format!("expected type `{kind}`, as declared"))
            }
            Doubt::OutOfRange(rule) => {
                let slot = self.case.program.rules.get(rule).map_or(0, |rule| rule.table as usize);
                let id = self.names.rules.get(rule).map_or("", |name| &name.id);
                (Code::OutOfRange, facts(slot), format!("expected a value in one of the bands of rule `{id}`"))
            }
            Doubt::TooFar(instant) => {
                let instant = text_of_instant(instant);
                let message = format!("too many events to look further ahead than {instant}");
                (Code::TooLarge, "events".to_owned(), message)
            }
        };
        Issue { severity: Severity::Warning, code, path, message, suggestion: None }
    }
}
