//! What leads do: events become occurrences of rules, and occurrences points, by window, limit, frequency and decay.
//!
//! Order of arrival never matters: whatever is decided by order is decided by time, and ties by content.

use alloc::vec;
use alloc::vec::Vec;

use core::cmp::Ordering;

use crate::answers::Answers;
use crate::condition::Truth;
use crate::order::{distinct_numbers, places};
use crate::program::{Decay, DecayKind, EVER, Limit, NONE, Occurrences, Program, SESSION};
use crate::time::{DAY, Instant};

/// What stands for an id, a session or a purpose: texts that are only ever compared. 53 bits, so that a number of
/// JavaScript holds it (G. Fowler, L. C. Noll, K.-P. Vo: FNV-1a, as in RFC 9923); never 0.
pub fn token(text: &str) -> i64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    ((text.bytes().fold(0xcbf2_9ce4_8422_2325, mix) >> 11) as i64).max(1)
}

/// The events of one lead, as they came in.
#[derive(Debug, Default)]
pub struct History {
    events: Vec<Event>,
    hits: Vec<Hit>,
}

/// One event: what of it matters to this program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Event {
    pub at: Instant,
    /// The place of its type, or none where nothing looks at it.
    pub kind: u32,
    /// Tokens; 0: none.
    pub id: i64,
    pub session: i64,
    pub purpose: i64,
    pub bot: bool,
    /// Its hits, from and to; `push` notes them.
    pub hits: (usize, usize),
}

/// What one event does: an occurrence of a rule; or after the rules, of a flag; or after those, perhaps of a flag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    target: usize,
    /// What the rule's points are multiplied by.
    amount: f64,
}

/// What became of the events.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventCounts {
    /// All that were given.
    pub given: usize,
    /// Those that the score could see.
    pub counted: usize,
    /// Those whose id came before.
    pub duplicate: usize,
    /// Those later than as-of.
    pub future: usize,
    /// Those whose purpose was not consented to.
    pub without_consent: usize,
    /// Of those counted, the ones with evidence of a robot.
    pub bot: usize,
}

impl History {
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Adds an event with the answers of its properties, and for each of their slots its number or NaN.
    pub fn push(&mut self, program: &Program, event: Event, answers: &Answers, numbers: &[f64]) {
        let first = self.hits.len();
        hits(program, event.kind, answers, numbers, &mut self.hits);
        self.events.push(Event { hits: (first, self.hits.len()), ..event });
    }

    fn hits_of(&self, event: &Event) -> &[Hit] {
        self.hits.get(event.hits.0..event.hits.1).unwrap_or_default()
    }

    /// What happened at one instant has an order by what it does.
    fn compare(&self, a: usize, b: usize) -> Ordering {
        let (Some(a), Some(b)) = (self.events.get(a), self.events.get(b)) else { return Ordering::Equal };
        let plain =
            |event: &Event| [event.at, i64::from(event.kind), i64::from(event.bot), event.session, event.purpose];
        let (mut own, mut other) = (self.hits_of(a).iter(), self.hits_of(b).iter());
        let mut order = plain(a).cmp(&plain(b)).then(own.len().cmp(&other.len()));
        while let (Ordering::Equal, Some(a), Some(b)) = (order, own.next(), other.next()) {
            order = a.target.cmp(&b.target).then(a.amount.total_cmp(&b.amount));
        }
        order
    }

    /// Lays the events out in time, each once; `consent` lists the purposes that events may need, if it was asked for.
    pub fn timeline(&self, program: &Program, as_of: Option<Instant>, consent: Option<&[i64]>) -> Timeline {
        let mut timeline = Timeline::new(program);
        timeline.counts.given = self.events.len();
        let mut events = Vec::new();
        let mut sessions = Vec::new();
        for place in places(self.events.len(), &|a, b| self.compare(a, b)) {
            if let Some(event) = self.events.get(place) {
                events.push(*event);
                sessions.push(event.session);
            }
        }
        sessions.push(0); // no session at all comes first
        let sessions = distinct_numbers(&sessions);
        let repeated = repeated(&events);
        for (event, repeated) in events.iter().zip(repeated) {
            if repeated {
                timeline.counts.duplicate += 1;
                continue;
            }
            let consented = consent.is_none_or(|given| consented(program, event, given));
            match as_of.is_some_and(|as_of| event.at <= as_of) {
                false => timeline.counts.future += 1,
                true if !consented => timeline.counts.without_consent += 1,
                true => {
                    timeline.counts.counted += 1;
                    timeline.counts.bot += usize::from(event.bot);
                }
            }
            if consented {
                let session = sessions.partition_point(|session| *session < event.session);
                timeline.add(event.at, session as u32, self.hits_of(event));
            }
        }
        timeline
    }
}

/// Of which events in order the id came before.
fn repeated(events: &[Event]) -> Vec<bool> {
    let id = |place: usize| events.get(place).map_or(0, |event| event.id);
    let mut repeated = vec![false; events.len()];
    let mut before = 0;
    for place in places(events.len(), &|a, b| id(a).cmp(&id(b))) {
        if let Some(repeated) = repeated.get_mut(place) {
            *repeated = id(place) == before && before != 0;
        }
        before = id(place);
    }
    repeated
}

/// Adds what an event of this type does, by the answers of its properties and for each of their slots its number or NaN.
pub fn hits(program: &Program, kind: u32, answers: &Answers, numbers: &[f64], hits: &mut Vec<Hit>) {
    let (rules, flags) = (program.rules.len(), program.flags.len());
    for &look in program.types.get(kind as usize).iter().flat_map(|kind| &kind.looks) {
        let target = look as usize;
        if let Some(rule) = program.rules.get(target) {
            if rule.when.truth(&answers.truths) == Truth::True {
                hits.extend(rule.events.iter().map(|events| Hit { target, amount: events.amount(numbers) }));
            }
        } else if let Some(flag) = program.flags.get(target - rules) {
            match flag.when.truth(&answers.truths) {
                Truth::True => hits.push(Hit { target, amount: 1.0 }),
                Truth::Unknown => hits.push(Hit { target: target + flags, amount: 1.0 }),
                Truth::False => {}
            }
        }
    }
}

fn consented(program: &Program, event: &Event, given: &[i64]) -> bool {
    let declared = program.types.get(event.kind as usize).map_or(0, |kind| kind.purpose);
    let needed = if event.purpose == 0 { declared } else { event.purpose };
    needed == 0 || given.contains(&needed)
}

/// The events of one lead in time: for each rule what it counts, in order.
#[derive(Clone, Debug)]
pub struct Timeline {
    pub occurrences: Vec<Vec<Occurrence>>,
    /// When each flag on events is first raised; after them, when each first may be.
    raised: Vec<Option<Instant>>,
    pub counts: EventCounts,
}

/// One event as a rule sees it. Those after as-of are invisible until their time comes.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    pub at: Instant,
    pub amount: f64,
    /// By number; 0: none.
    pub session: u32,
}

impl Timeline {
    /// In which nothing happened.
    pub fn new(program: &Program) -> Timeline {
        Timeline {
            occurrences: vec![Vec::new(); program.rules.len()],
            raised: vec![None; 2 * program.flags.len()],
            counts: EventCounts::default(),
        }
    }

    /// Lets something happen so many times at an instant.
    pub fn happen(&mut self, hits: &[Hit], at: Instant, times: u32) {
        (0..times).for_each(|_| self.add(at, 0, hits));
    }

    fn add(&mut self, at: Instant, session: u32, hits: &[Hit]) {
        for hit in hits {
            let rules = self.occurrences.len();
            if let Some(occurrences) = self.occurrences.get_mut(hit.target) {
                let later = occurrences.iter().rev().take_while(|one| one.at > at).count();
                occurrences.push(Occurrence { at, amount: hit.amount, session });
                let first = occurrences.len() - 1 - later;
                if let Some(moved) = occurrences.get_mut(first..) {
                    moved.rotate_right(1);
                }
            } else if let Some(raised) = self.raised.get_mut(hit.target - rules) {
                *raised = Some(raised.map_or(at, |before| before.min(at)));
            }
        }
    }

    /// Whether a flag on events, by place, is raised at an instant; unknown where only a property decides that is.
    pub fn flag(&self, place: usize, now: Instant) -> Truth {
        let raised = |place: usize| self.raised.get(place).copied().flatten().is_some_and(|at| at <= now);
        match raised(place) {
            true => Truth::True,
            false if raised(place + self.raised.len() / 2) => Truth::Unknown,
            false => Truth::False,
        }
    }

    /// The instants at which flags on events are raised.
    pub fn flags(&self) -> impl Iterator<Item = Instant> + '_ {
        self.raised.iter().take(self.raised.len() / 2).flatten().copied()
    }
}

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
    fn amount(&self, numbers: &[f64]) -> f64 {
        match self.multiplier {
            NONE => self.most,
            slot => numbers.get(slot as usize).copied().unwrap_or(f64::NAN).max(0.0).min(self.most), // NaN becomes 0
        }
    }

    /// Condition and multiplier are behind; here come window, limit, frequency or decay, in that order.
    pub fn gain(&self, list: &[Occurrence], now: Instant) -> Gain {
        let mut room = Room::new(&self.limits);
        let mut gain = Gain::default();
        let mut kept = Vec::new();
        for one in list {
            if one.at > now {
                break;
            }
            if !recent(one.at, now, self.window) {
                continue;
            }
            let keeps = room.take(one);
            gain.count += u32::from(keeps);
            let points = self.points * one.amount;
            if !self.bands.is_empty() {
                kept.extend(keeps.then_some(one.at));
            } else if keeps {
                let left = points * self.decay.left(now - one.at);
                gain.gross += points;
                gain.decay += points - left;
                gain.points += left;
            } else {
                gain.gross += points;
                gain.limit += points;
            }
        }
        if !self.bands.is_empty() {
            gain.points = self.by_frequency(&kept, now);
            gain.gross = gain.points;
        }
        gain
    }

    /// The best of the bands that the number of occurrences is in, or 0.
    fn by_frequency(&self, kept: &[Instant], now: Instant) -> f64 {
        let mut best: Option<f64> = None;
        for band in &self.bands {
            let count = kept.iter().filter(|at| recent(**at, now, band.within)).count();
            if (band.least as usize..=band.most as usize).contains(&count) {
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
fn recent(at: Instant, now: Instant, window: i64) -> bool {
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
fn halved(times: f64) -> f64 {
    let whole = libm::floor(times);
    let power = 1023.0 - whole;
    if power <= 0.0 {
        return 0.0;
    }
    libm::exp((whole - times) * core::f64::consts::LN_2) * f64::from_bits((power as u64) << 52)
}

/// How much room the limits leave: the earliest occurrences of a period are kept.
struct Room<'l> {
    limits: &'l [Limit],
    taken: Vec<Taken>,
}

/// What is taken of one limit. Occurrences come in time order, so only the last period of time matters.
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
    fn new(limits: &'l [Limit]) -> Room<'l> {
        Room { limits, taken: vec![Taken::default(); limits.len()] }
    }

    /// Takes a place in every period that the occurrence belongs to, if each has one left.
    fn take(&mut self, one: &Occurrence) -> bool {
        for (limit, taken) in self.limits.iter().zip(&mut self.taken) {
            if *taken.count(limit.per, one) >= limit.n {
                return false;
            }
        }
        for (limit, taken) in self.limits.iter().zip(&mut self.taken) {
            *taken.count(limit.per, one) += 1;
        }
        true
    }
}
