//! What one rule gives for its occurrences: window, limits, frequency, decay, in that order.

use alloc::vec;
use alloc::vec::Vec;

use super::timeline::Occurrence;
use crate::program::{Decay, DecayKind, EVER, Limit, NONE, Occurrences, SESSION};
use crate::time::{DAY, Instant};

/// What a rule gives at one instant, before its own floor and cap.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gain {
    /// Occurrences that count: within window and limits.
    pub count: u32,
    /// Points of all within the window.
    pub gross: f64,
    /// What the limits took.
    pub limit: f64,
    /// What the decay took.
    pub decay: f64,
    /// What is left.
    pub points: f64,
}

impl Occurrences {
    /// What points are multiplied by.
    pub(super) fn amount(&self, numbers: &[f64]) -> f64 {
        match self.multiplier {
            NONE => self.most,
            slot => numbers.get(slot as usize).copied().unwrap_or(f64::NAN).max(0.0).min(self.most), // NaN becomes 0
        }
    }

    /// Condition and multiplier are behind; here come window, limit, frequency or decay, in that order.
    pub fn gain(&self, list: &[Occurrence], now: Instant) -> Gain {
        let from = list.partition_point(|one| !recent(one.at, now, self.window));
        let to = list.partition_point(|one| one.at <= now);
        let seen = list.get(from..to).unwrap_or_default();
        let kept = self.kept(seen);
        let mut gain = Gain::default();
        let mut counted = Vec::new();
        for (place, one) in seen.iter().enumerate() {
            let kept = kept.get(place).copied().unwrap_or(one.times);
            gain.count += kept;
            if !self.bands.is_empty() {
                counted.push((one.at, kept));
                continue;
            }
            let points = self.points * one.amount;
            gain.gross += points * f64::from(one.times);
            gain.limit += points * f64::from(one.times - kept);
            if kept > 0 {
                let points = points * f64::from(kept);
                let left = points * self.decay.left(now - one.at);
                gain.decay += points - left;
                gain.points += left;
            }
        }
        if !self.bands.is_empty() {
            gain.points = self.by_frequency(&counted, now);
            gain.gross = gain.points;
        }
        gain
    }

    /// How many of each the limits keep; nothing where there are none. Those that keep the earliest of a period come first.
    fn kept(&self, seen: &[Occurrence]) -> Vec<u32> {
        let mut kept = Vec::new();
        for latest in [false, true] {
            if !self.limits.iter().any(|limit| limit.latest == latest) {
                continue;
            }
            if kept.is_empty() {
                seen.iter().for_each(|one| kept.push(one.times));
            }
            let mut room = Room::new(&self.limits, latest);
            for turn in 0..seen.len() {
                let place = if latest { seen.len() - 1 - turn } else { turn };
                if let (Some(one), Some(kept)) = (seen.get(place), kept.get_mut(place)) {
                    *kept = room.take(one, *kept);
                }
            }
        }
        kept
    }

    /// The best of the bands that the number of occurrences is in, or 0.
    fn by_frequency(&self, counted: &[(Instant, u32)], now: Instant) -> f64 {
        let mut best: Option<f64> = None;
        for band in &self.bands {
            let mut count = 0;
            for (at, times) in counted {
                count += if recent(*at, now, band.within) { *times } else { 0 };
            }
            if (band.least..=band.most).contains(&count) {
                best = Some(best.map_or(band.points, |best| best.max(band.points)));
            }
        }
        best.unwrap_or(0.0)
    }

    /// The instants after `from` at which an occurrence comes into sight, or leaves the window or a band.
    pub fn turns(&self, list: &[Occurrence], from: Instant, turns: &mut Vec<Instant>) {
        for one in list {
            let mut turn = |at: Instant| turns.extend((at > from).then_some(at));
            turn(one.at);
            for window in self.bands.iter().map(|band| band.within).chain([self.window]) {
                if window > 0 {
                    turn(one.at + window + 1);
                }
            }
        }
    }

    /// Whether what it gives can change between two turns.
    pub fn fades(&self) -> bool {
        self.decay.kind != DecayKind::None && self.bands.is_empty()
    }
}

/// Whether an instant is so near; 0 is any distance.
pub fn recent(at: Instant, now: Instant, window: i64) -> bool {
    window == 0 || now - at <= window
}

impl Decay {
    /// The share of an event's points that is left at this age, in milliseconds; never grows.
    pub fn left(&self, age: i64) -> f64 {
        let age = (age - self.grace).max(0) as f64;
        let time = self.time as f64;
        let left = match self.kind {
            DecayKind::None => return 1.0,
            DecayKind::Expire => f64::from(u8::from(age <= time)),
            DecayKind::Linear => 1.0 - self.lose * (age / time),
            DecayKind::Step => 1.0 - self.lose * libm::floor(age / time),
            DecayKind::Exponential => halved(age / time),
        };
        left.max(0.0).max(self.residual)
    }
}

/// 2 to the power of −`times`, 0 where that is next to nothing. By way of *e*: the table that powers of two are worked
/// out with elsewhere is larger than this room.
pub fn halved(times: f64) -> f64 {
    let whole = libm::floor(times);
    let power = 1023.0 - whole;
    if power <= 0.0 {
        return 0.0;
    }
    libm::exp((whole - times) * core::f64::consts::LN_2) * f64::from_bits((power as u64) << 52)
}

/// How much room the limits leave that keep the same end of a period.
struct Room<'l> {
    limits: &'l [Limit],
    latest: bool,
    taken: Vec<Taken>,
}

/// What is taken of one limit. Occurrences come in time order, or against it, so only the last period of time matters.
#[derive(Clone, Default)]
struct Taken {
    period: Option<i64>,
    in_period: u32,
    /// By session.
    in_sessions: Vec<u32>,
}

impl Taken {
    /// The count that an occurrence adds to.
    fn count(&mut self, per: i64, one: &Occurrence) -> &mut u32 {
        if let (SESSION, session @ 1..) = (per, one.session as usize) {
            if self.in_sessions.len() <= session {
                self.in_sessions.resize(session + 1, 0);
            }
            if let Some(count) = self.in_sessions.get_mut(session) {
                return count;
            }
        }
        let period = match per {
            EVER => 0,
            SESSION => one.at.div_euclid(DAY),
            time => one.at.div_euclid(time),
        };
        if self.period != Some(period) {
            self.period = Some(period);
            self.in_period = 0;
        }
        &mut self.in_period
    }
}

impl<'l> Room<'l> {
    fn new(limits: &'l [Limit], latest: bool) -> Room<'l> {
        Room { limits, latest, taken: vec![Taken::default(); limits.len()] }
    }

    /// Takes places in every period that the occurrence belongs to: at most so many, and as many as each of them has left.
    fn take(&mut self, one: &Occurrence, most: u32) -> u32 {
        let mut kept = most;
        self.each(one, |n, taken| kept = kept.min(n.saturating_sub(*taken)));
        if kept > 0 {
            self.each(one, |_, taken| *taken += kept);
        }
        kept
    }

    /// Visits each limit: its number, and how much is taken of the period of an occurrence.
    fn each(&mut self, one: &Occurrence, mut visit: impl FnMut(u32, &mut u32)) {
        for (limit, taken) in self.limits.iter().zip(&mut self.taken) {
            if limit.latest == self.latest {
                visit(limit.n, taken.count(limit.per, one));
            }
        }
    }
}
