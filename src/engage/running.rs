//! The timeline of a visitor that is kept up to date, so that the value after one more event does not take a look at all.
//!
//! Of most rules a sum is enough: what is left of exponential points shrinks for all alike, so that their sum, as of some
//! instant, tells their sum at any other (E. Cohen, M. Strauss: Maintaining time-decaying stream aggregates, 2003).
//! Occurrences leave it by window and limit in the order in which they came. All other rules are worked out as ever.

use alloc::vec::Vec;

use super::fold::Fold;
use super::gain::{halved, recent};
use super::history::{Happening, History};
use super::timeline::{Occurrence, Quick, Timeline};
use crate::program::{DecayKind, EVER, Occurrences, Program};
use crate::time::Instant;

/// What a visitor did up to an instant that only moves forward.
#[derive(Clone, Debug)]
pub struct Running {
    timeline: Timeline,
    /// By number, from 1.
    sessions: Vec<i64>,
    /// For each rule.
    sums: Vec<Option<Sum>>,
    /// The rules that something happened to since their sums were brought up to date.
    news: Vec<usize>,
    /// Up to when no sum loses an occurrence by its window.
    quiet: Instant,
    halves: Vec<Half>,
    now: Instant,
}

/// What one rule gives: its last occurrences, each as of when its half-life began to be counted.
#[derive(Clone, Debug, Default)]
struct Sum {
    half: usize,
    /// The first occurrence that counts.
    first: usize,
    weights: Vec<f64>,
    sum: f64,
}

/// A half-life, and what is left at the instant of points that were given since it is counted.
#[derive(Clone, Copy, Debug)]
struct Half {
    /// 0: nothing is lost.
    time: i64,
    since: Instant,
    left: f64,
}

/// Past so many half-lives they are counted anew: numbers get no larger than that.
const ANEW: i64 = 40;

impl Running {
    pub fn new(program: &Program, history: &History, folds: &[Fold]) -> Running {
        let mut timeline = Timeline::new(program);
        folds.iter().for_each(|fold| timeline.recall(fold));
        let now = history.events.first().map_or(0, |event| event.at);
        let (sessions, sums, news, halves) = Default::default();
        let mut running = Running { timeline, sessions, sums, news, quiet: Instant::MAX, halves, now };
        for (place, rule) in program.rules.iter().enumerate() {
            let is_folded = folds.iter().any(|fold| fold.target == place);
            let half = rule.events.first().filter(|_| !is_folded).and_then(half_life);
            let half = half.map(|time| running.half(time));
            running.sums.push(half.map(|half| Sum { half, ..Sum::default() }));
            running.timeline.quick.push(None);
        }
        history.each(|one| running.add(program, one));
        running
    }

    /// Adds what is not earlier than all before.
    pub fn add(&mut self, program: &Program, one: Happening) {
        if self.halves.iter().any(|half| half.is_old(one.event.at)) {
            self.at(program, one.event.at.max(self.now));
        }
        let session = match (one.event.session, self.sessions.iter().rposition(|known| *known == one.event.session)) {
            (0, _) => 0,
            (_, Some(place)) => place + 1,
            _ => {
                self.sessions.push(one.event.session);
                self.sessions.len()
            }
        };
        self.timeline.add(one.event.at, session as u32, one.hits);
        self.news.extend(one.hits.iter().map(|hit| hit.target));
        self.now = self.now.max(one.event.at);
    }

    /// The timeline as of an instant; nothing for one that is past.
    pub fn at(&mut self, program: &Program, now: Instant) -> Option<&Timeline> {
        if now < self.now {
            return None;
        }
        self.now = now;
        self.halves.iter_mut().for_each(|half| half.left = half.left_at(now));
        if now > self.quiet {
            self.news.clear();
            self.news.extend(0..self.sums.len());
            self.quiet = Instant::MAX;
        }
        while let Some(place) = self.news.pop() {
            let list = self.timeline.occurrences.get(place);
            let events = program.rules.get(place).and_then(|rule| rule.events.first());
            if let (Some(Some(sum)), Some(list), Some(events)) = (self.sums.get_mut(place), list, events)
                && let Some(half) = self.halves.get(sum.half)
            {
                self.quiet = self.quiet.min(sum.take_in(events, list, half, now));
            }
        }
        for (sum, quick) in self.sums.iter().zip(&mut self.timeline.quick) {
            if let Some(sum) = sum {
                *quick = self.halves.get(sum.half).map(|half| sum.quick(half));
            }
        }
        for half in self.halves.iter_mut().enumerate() {
            begin_anew(half, &mut self.sums, now);
        }
        Some(&self.timeline)
    }

    /// The place of a half-life.
    fn half(&mut self, time: i64) -> usize {
        let known = self.halves.iter().position(|half| half.time == time);
        known.unwrap_or_else(|| {
            self.halves.push(Half { time, since: self.now, left: 1.0 });
            self.halves.len() - 1
        })
    }
}

/// The half-life of a rule that a sum is enough for.
fn half_life(events: &Occurrences) -> Option<i64> {
    let limited = match events.limits.as_slice() {
        [] => false,
        [limit] => !limit.latest || limit.per != EVER,
        _ => true,
    };
    let decay = &events.decay;
    match decay.kind {
        _ if limited || !events.bands.is_empty() => None,
        DecayKind::None => Some(0),
        DecayKind::Exponential if decay.grace == 0 && decay.residual == 0.0 => Some(decay.time),
        _ => None,
    }
}

/// Counts a half-life from now on, where it was long ago that it began.
fn begin_anew((place, half): (usize, &mut Half), sums: &mut [Option<Sum>], now: Instant) {
    if !half.is_old(now) {
        return;
    }
    for sum in sums.iter_mut().flatten().filter(|sum| sum.half == place) {
        sum.sum = 0.0;
        for weight in sum.weights.iter_mut().skip(sum.first) {
            *weight *= half.left;
            sum.sum += *weight;
        }
    }
    (half.since, half.left) = (now, 1.0);
}

impl Half {
    fn is_old(&self, now: Instant) -> bool {
        self.time > 0 && (now - self.since) / self.time >= ANEW
    }

    fn left_at(&self, at: Instant) -> f64 {
        if self.time == 0 { 1.0 } else { halved((at - self.since) as f64 / self.time as f64) }
    }

    /// What points given at an instant would have been when the half-life began to be counted.
    fn weight(&self, points: f64, at: Instant, now: Instant) -> f64 {
        match at {
            _ if self.time == 0 => points,
            _ if at == now => points / self.left,
            _ if at < self.since => points * halved((self.since - at) as f64 / self.time as f64),
            _ => points / self.left_at(at),
        }
    }
}

impl Sum {
    /// Takes in what happened since, and lets go of what no longer counts; up to when nothing else goes by itself.
    fn take_in(&mut self, events: &Occurrences, list: &[Occurrence], half: &Half, now: Instant) -> Instant {
        for one in list.get(self.weights.len()..).unwrap_or_default() {
            let weight = half.weight(events.points * one.amount, one.at, now);
            self.weights.push(weight);
            self.sum += weight;
        }
        let most = events.limits.first().map_or(usize::MAX, |limit| limit.n as usize);
        while let Some(one) = list.get(self.first) {
            if list.len() - self.first <= most && recent(one.at, now, events.window) {
                break;
            }
            self.sum -= self.weights.get(self.first).copied().unwrap_or(0.0);
            self.first += 1;
        }
        match list.get(self.first) {
            Some(one) if events.window > 0 => return one.at + events.window,
            Some(_) => {}
            None => self.sum = 0.0,
        }
        Instant::MAX
    }

    fn quick(&self, half: &Half) -> Quick {
        Quick { points: self.sum * half.left, count: (self.weights.len() - self.first) as u32 }
    }
}
