//! What leads do: events become occurrences of rules, and occurrences points, by window, limit, frequency and decay.
//!
//! Order of arrival never matters: whatever is decided by order is decided by time, and ties by content.

use std::collections::BTreeMap;

use crate::answers::Answers;
use crate::condition::Truth;
use crate::error::{Code, Error};
use crate::limits::EVENTS;
use crate::model::{Decay, DecayKind, EventPoints, Limit, Per};
use crate::order::sort;
use crate::program::{Counts, Multiplier, Occurrences, Program, Question};
use crate::score::EventCounts;
use crate::time::{DAY, Duration, Instant};

/// The events of one lead, as they came in.
#[derive(Debug, Default)]
pub struct History {
    events: Vec<Event>,
    hits: Vec<Hit>,
    /// Ids, sessions and purposes, each a number from 1.
    tokens: BTreeMap<String, usize>,
}

/// One event: what of it matters to this program.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    pub at: Instant,
    /// The place of its type; `None` where nothing looks at it.
    pub kind: Option<usize>,
    /// Tokens; 0: none.
    pub id: u32,
    pub session: u32,
    pub purpose: u32,
    pub bot: bool,
    /// Its hits, from and to.
    hits: (usize, usize),
}

/// What one event does: an occurrence of a rule; or after the rules, of a flag; or after those, perhaps of a flag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    target: usize,
    /// What the rule's points are multiplied by.
    amount: f64,
}

impl Event {
    pub fn new(at: Instant, kind: Option<usize>, id: u32, session: u32, purpose: u32, bot: bool) -> Event {
        Event { at, kind, id, session, purpose, bot, hits: (0, 0) }
    }
}

impl History {
    /// The number of a text, from 1.
    pub fn token(&mut self, text: &str) -> u32 {
        let next = self.tokens.len() + 1;
        let known = self.tokens.get(text).copied();
        if known.is_none() {
            self.tokens.insert(text.to_owned(), next);
        }
        known.unwrap_or(next) as u32
    }

    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Adds an event with the answers of its properties, and for each of their slots its number or NaN.
    pub fn push(&mut self, program: &Program, event: Event, answers: &Answers, numbers: &[f64]) -> Result<(), Error> {
        if self.events.len() == EVENTS {
            return Err(Error::new(Code::TooLarge, "events", format!("expected at most {EVENTS} events")));
        }
        let first = self.hits.len();
        self.hits.extend(hits(program, event.kind, answers, numbers));
        self.events.push(Event { hits: (first, self.hits.len()), ..event });
        Ok(())
    }

    fn hits_of(&self, event: &Event) -> &[Hit] {
        self.hits.get(event.hits.0..event.hits.1).unwrap_or_default()
    }

    /// Lays the events out in time, each once; `consent` lists the purposes that events may need, if it was asked for.
    pub fn timeline(&self, program: &Program, as_of: Option<Instant>, consent: Option<&[String]>) -> Timeline {
        let mut texts: Vec<(&str, usize)> = self.tokens.iter().map(|(text, token)| (text.as_str(), *token)).collect();
        sort(&mut texts, |a, b| a.1.cmp(&b.1));
        let text =
            |token: u32| token.checked_sub(1).and_then(|place| texts.get(place as usize)).map_or("", |(t, _)| *t);
        let content = |event: &Event| {
            let hits = self.hits_of(event).iter().map(|hit| (hit.target, hit.amount.to_bits()));
            (event.bot, text(event.session), text(event.purpose), hits.collect::<Vec<_>>())
        };
        let mut order: Vec<&Event> = self.events.iter().collect();
        sort(&mut order, |a, b| {
            let first = (a.at, text(a.id), a.kind).cmp(&(b.at, text(b.id), b.kind));
            first.then_with(|| content(a).cmp(&content(b)))
        });
        let mut timeline = Timeline {
            occurrences: vec![Vec::new(); program.rules.len()],
            raised: vec![None; 2 * program.flags()],
            counts: EventCounts { given: self.events.len(), ..EventCounts::default() },
        };
        let mut seen = vec![false; self.tokens.len() + 1];
        for event in order {
            let before = seen.get_mut(event.id as usize).is_some_and(|seen| core::mem::replace(seen, event.id != 0));
            if before {
                timeline.counts.duplicate += 1;
                continue;
            }
            let consented = consent.is_none_or(|given| consented(program, event, text(event.purpose), given));
            match as_of.is_some_and(|as_of| event.at <= as_of) {
                false => timeline.counts.future += 1,
                true if !consented => timeline.counts.without_consent += 1,
                true => {
                    timeline.counts.counted += 1;
                    timeline.counts.bot += usize::from(event.bot);
                }
            }
            if consented {
                timeline.add(event, self.hits_of(event));
            }
        }
        timeline
    }
}

/// What an event of this type does, by the answers of its properties and for each of their slots its number or NaN.
pub fn hits(program: &Program, kind: Option<usize>, answers: &Answers, numbers: &[f64]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let kind = kind.and_then(|kind| program.types.get(kind));
    let truth = of_event(answers);
    for &place in kind.iter().flat_map(|kind| &kind.rules) {
        let Some(Counts::Events(rule)) = program.rules.get(place).map(|rule| &rule.counts) else { continue };
        if rule.when.truth(&truth) == Truth::True {
            hits.push(Hit { target: place, amount: amount(&rule.multiplier, numbers) });
        }
    }
    for &flag in kind.iter().flat_map(|kind| &kind.flags) {
        let mut flags = program.exclusions.iter().chain(&program.disqualifiers);
        let clause = flags.nth(flag).and_then(|flag| flag.event.as_ref());
        let target = match clause.map(|clause| clause.truth(&truth)) {
            Some(Truth::True) => program.rules.len() + flag,
            Some(Truth::Unknown) => program.rules.len() + program.flags() + flag,
            _ => continue,
        };
        hits.push(Hit { target, amount: 1.0 });
    }
    hits
}

/// Answers a question of an event's properties.
pub fn of_event(answers: &Answers) -> impl Fn(&Question) -> Truth + '_ {
    |question| match question {
        Question::Bit(bit) => answers.truth(*bit),
        Question::Result(..) => Truth::Unknown,
    }
}

fn amount(multiplier: &Multiplier, numbers: &[f64]) -> f64 {
    match multiplier {
        Multiplier::Number(number) => *number,
        Multiplier::Property { slot, max } => {
            let number = numbers.get(*slot).copied().unwrap_or(f64::NAN);
            number.max(0.0).min(*max) // NaN, for no number, becomes 0
        }
    }
}

fn consented(program: &Program, event: &Event, own: &str, given: &[String]) -> bool {
    let declared = event.kind.and_then(|kind| program.types.get(kind)).and_then(|kind| kind.purpose.as_deref());
    let needed = if event.purpose == 0 { declared } else { Some(own) };
    needed.is_none_or(|purpose| given.iter().any(|one| one == purpose))
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
    pub session: u32,
}

impl Timeline {
    /// Lets something happen so many times at an instant.
    pub fn happen(&mut self, hits: &[Hit], at: Instant, times: u32) {
        for hit in hits {
            let occurrence = Occurrence { at, amount: hit.amount, session: 0 };
            if let Some(occurrences) = self.occurrences.get_mut(hit.target) {
                let place = occurrences.partition_point(|one| one.at <= at);
                occurrences.splice(place..place, (0..times).map(|_| occurrence));
            } else if let Some(raised) = self.raised.get_mut(hit.target - self.occurrences.len()) {
                *raised = Some(raised.map_or(at, |before| before.min(at)));
            }
        }
    }

    fn add(&mut self, event: &Event, hits: &[Hit]) {
        for hit in hits {
            let occurrence = Occurrence { at: event.at, amount: hit.amount, session: event.session };
            if let Some(occurrences) = self.occurrences.get_mut(hit.target) {
                occurrences.push(occurrence);
            } else if let Some(flag) = self.raised.get_mut(hit.target - self.occurrences.len()) {
                flag.get_or_insert(event.at);
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

/// What a rule on events gives at one instant, before its own floor and cap.
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
    /// Condition and multiplier are behind; here come window, limit, frequency or decay, in that order.
    pub fn gain(&self, list: &[Occurrence], now: Instant) -> Gain {
        let mut room = Room::new(&self.limits);
        let mut gain = Gain::default();
        let mut kept = Vec::new();
        let visible = list
            .iter()
            .take_while(|one| one.at <= now)
            .filter(|one| self.window.is_none_or(|w| recent(one.at, now, w)));
        for one in visible {
            let keeps = room.take(one);
            gain.count += u32::from(keeps);
            match &self.gives {
                EventPoints::Frequency(_) if keeps => kept.push(one.at),
                EventPoints::Frequency(_) => {}
                EventPoints::Each(points) => {
                    let points = points * one.amount;
                    gain.gross += points;
                    match keeps {
                        true => {
                            let left = points * left(self.decay, now - one.at);
                            gain.decay += points - left;
                            gain.points += left;
                        }
                        false => gain.limit += points,
                    }
                }
            }
        }
        if let EventPoints::Frequency(bands) = &self.gives {
            let met = bands.iter().filter(|band| {
                let n = kept.iter().filter(|at| band.within.is_none_or(|within| recent(**at, now, within))).count();
                (band.least as usize..=band.most as usize).contains(&n)
            });
            gain.points = met.map(|band| band.points).reduce(f64::max).unwrap_or(0.0);
            gain.gross = gain.points;
        }
        gain
    }

    /// The instants after `from` at which an occurrence comes into sight, or leaves the window or a band.
    pub fn turns(&self, list: &[Occurrence], from: Instant, turns: &mut Vec<Instant>) {
        let bands = match &self.gives {
            EventPoints::Frequency(bands) => bands.as_slice(),
            EventPoints::Each(_) => &[],
        };
        for one in list {
            let windows = bands.iter().filter_map(|band| band.within).chain(self.window);
            let leaves = windows.map(|window| one.at + window.milliseconds() + 1);
            turns.extend(leaves.chain([one.at]).filter(|instant| *instant > from));
        }
    }

    /// Whether what it gives can change between two turns.
    pub fn fades(&self) -> bool {
        self.decay.kind != DecayKind::None && matches!(self.gives, EventPoints::Each(_))
    }
}

fn recent(at: Instant, now: Instant, window: Duration) -> bool {
    now - at <= window.milliseconds()
}

/// The share of an event's points that is left at this age, in milliseconds; never grows.
pub fn left(decay: Decay, age: i64) -> f64 {
    let age = (age - decay.grace).max(0) as f64;
    let in_units = |unit: Duration| age / unit.milliseconds() as f64;
    let left = match decay.kind {
        DecayKind::None => return 1.0,
        DecayKind::Expire { after } => f64::from(u8::from(age <= after.milliseconds() as f64)),
        DecayKind::Linear { lose, every } => 1.0 - lose * in_units(every),
        DecayKind::Step { lose, every } => 1.0 - lose * libm::floor(in_units(every)),
        DecayKind::Exponential { half_life } => libm::exp2(-in_units(half_life)),
    };
    left.max(0.0).max(decay.residual)
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
    fn count(&mut self, per: Per, one: &Occurrence) -> &mut u32 {
        if let (Per::Session, session @ 1..) = (per, one.session as usize) {
            if self.in_sessions.len() <= session {
                self.in_sessions.resize(session + 1, 0);
            }
            if let Some(count) = self.in_sessions.get_mut(session) {
                return count;
            }
        }
        let period = match per {
            Per::Ever => 0,
            Per::Time(duration) => one.at.div_euclid(duration.milliseconds()),
            Per::Session => one.at.div_euclid(DAY),
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
        let mut limits = self.limits.iter().zip(&mut self.taken);
        if limits.any(|(limit, taken)| *taken.count(limit.per, one) >= limit.n) {
            return false;
        }
        self.limits.iter().zip(&mut self.taken).for_each(|(limit, taken)| *taken.count(limit.per, one) += 1);
        true
    }
}
