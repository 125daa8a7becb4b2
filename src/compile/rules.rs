//! Rules: what they ask of facts, and how they count events.

use super::conditions::Of;
use super::{Compiler, bounds, name};
use crate::condition::{Fold, Listed, Relation, Scalar, Test};
use crate::model::{self, Band, BandValues, FactPoints};
use crate::program::{Case, Clause, Decay, DecayKind, EVER, FrequencyBand, Limit, NONE, Occurrences, Rule, SESSION};
use crate::time::Duration;

impl Compiler<'_> {
    pub(super) fn rule(&mut self, rule: &model::Rule) -> Rule {
        self.names.rules.push(name(&rule.id, &rule.label));
        let mut compiled = Rule {
            group: self.program.groups.len() as u32,
            bounds: bounds(rule.bounds),
            table: NONE,
            ..Rule::default()
        };
        match &rule.counts {
            model::Counts::Facts { when, gives: FactPoints::Points { points, otherwise } } => {
                compiled.cases = vec![Case { when: self.clause(Of::Facts, when), points: *points }];
                compiled.otherwise = *otherwise;
            }
            model::Counts::Facts { when, gives: FactPoints::Bands { attribute, bands } } => {
                compiled.when = self.clause(Of::Facts, when);
                let slot = self.slot(Of::Facts, attribute);
                for band in bands {
                    compiled.cases.push(Case { when: self.band(slot, band), points: band.points });
                }
                compiled.table = slot as u32;
            }
            model::Counts::Events(events) => {
                compiled.when = self.clause(Of::Properties, &events.when);
                let occurrences = self.occurrences(events);
                compiled.events.push(occurrences);
            }
        }
        compiled
    }

    fn occurrences(&mut self, rule: &model::EventRule) -> Occurrences {
        let mut occurrences = Occurrences {
            window: milliseconds(rule.window),
            limits: rule.limits.iter().map(limit).collect(),
            decay: decay(rule.decay),
            multiplier: NONE,
            ..Occurrences::default()
        };
        match &rule.gives {
            model::EventPoints::Each(points) => occurrences.points = *points,
            model::EventPoints::Frequency(bands) => {
                for band in bands {
                    let (least, most, within) = (band.least, band.most, milliseconds(band.within));
                    occurrences.bands.push(FrequencyBand { least, most, within, points: band.points });
                }
            }
        }
        match &rule.multiplier {
            model::Multiplier::Number(number) => occurrences.most = *number,
            model::Multiplier::Property { path, max } => {
                occurrences.multiplier = self.slot(Of::Properties, path) as u32;
                occurrences.most = *max;
            }
        }
        occurrences
    }

    /// Whether a value is in a band.
    fn band(&mut self, slot: usize, band: &Band) -> Clause {
        let one_of = |values: &[Scalar]| Test::OneOf(Listed::new(values.iter().cloned(), Fold::Nothing), Fold::Nothing);
        let part = match &band.values {
            BandValues::Range { low, high } => {
                let low = low.map(|(edge, included)| (edge, if included { Relation::From } else { Relation::Above }));
                let high = high.map(|(edge, included)| (edge, if included { Relation::UpTo } else { Relation::Below }));
                let mut edges = Vec::new();
                for (edge, relation) in low.into_iter().chain(high) {
                    let test = Test::Compare(relation, Scalar::Number(edge), Fold::Nothing);
                    edges.push(self.ask(Of::Facts, slot, &test));
                }
                self.all(Of::Facts, edges)
            }
            BandValues::Is(values) => self.ask(Of::Facts, slot, &one_of(values)),
            // Known, whatever it is; put so that unknown stays unknown.
            BandValues::Rest => self.ask(Of::Facts, slot, &one_of(&[])).not(),
        };
        self.place(Of::Facts, part)
    }
}

fn milliseconds(duration: Option<Duration>) -> i64 {
    duration.map_or(0, Duration::milliseconds)
}

fn limit(limit: &model::Limit) -> Limit {
    let per = match limit.per {
        model::Per::Time(duration) => duration.milliseconds(),
        model::Per::Session => SESSION,
        model::Per::Ever => EVER,
    };
    Limit { n: limit.n, per, latest: limit.latest }
}

/// How points shrink.
pub fn decay(decay: model::Decay) -> Decay {
    let (kind, lose, time) = match decay.kind {
        model::DecayKind::None => (DecayKind::None, 0.0, None),
        model::DecayKind::Expire { after } => (DecayKind::Expire, 0.0, Some(after)),
        model::DecayKind::Linear { lose, every } => (DecayKind::Linear, lose, Some(every)),
        model::DecayKind::Step { lose, every } => (DecayKind::Step, lose, Some(every)),
        model::DecayKind::Exponential { half_life } => (DecayKind::Exponential, 0.0, Some(half_life)),
    };
    Decay { kind, lose, time: milliseconds(time), grace: decay.grace, residual: decay.residual }
}
