//! Instants and durations, in whole milliseconds.
//!
//! No clock and no time zone data: instants come from outside, days are UTC days.

#[cfg(feature = "full")]
use core::fmt;

use crate::value::Value;

/// Milliseconds since 1970 UTC; as far as JavaScript's dates reach, 8.64e15 on either side.
pub type Instant = i64;

/// The last instant there is.
pub const LAST_INSTANT: Instant = 8_640_000_000_000_000;

/// One UTC day.
pub const DAY: i64 = 86_400_000;

#[cfg(feature = "full")]
/// A length of time: milliseconds, more than 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(i64);

#[cfg(feature = "full")]
impl Duration {
    /// Reads a whole number and a unit, such as `30d`; `None` when it is anything else, 0, or over 100 years.
    pub fn parse(text: &str) -> Option<Duration> {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let unit = match unit {
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => DAY,
            "w" => 7 * DAY,
            _ => return None,
        };
        if number.is_empty() || number.len() > 10 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let length = number.parse::<i64>().ok()?.checked_mul(unit)?;
        (1..=36_525 * DAY).contains(&length).then_some(Duration(length))
    }

    /// Its length in milliseconds.
    pub fn milliseconds(self) -> i64 {
        self.0
    }
}

#[cfg(feature = "full")]
/// In the largest unit that divides it: `30d`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (length, unit) = match self.0 {
            ms if ms % DAY == 0 => (ms / DAY, 'd'),
            ms if ms % 3_600_000 == 0 => (ms / 3_600_000, 'h'),
            ms if ms % 60_000 == 0 => (ms / 60_000, 'm'),
            ms => (ms / 1_000, 's'),
        };
        write!(f, "{length}{unit}")
    }
}

/// The instant that a number of milliseconds means; parts of a millisecond are dropped.
pub fn instant_of_number(number: f64) -> Option<Instant> {
    let whole = libm::floor(number);
    (whole.abs() <= LAST_INSTANT as f64).then_some(whole as Instant)
}

/// Reads an ISO 8601 date, or date and time; without an offset it is UTC.
///
/// Accepts what JavaScript's `toISOString` and RFC 3339 write: `2026-11-22`, `2026-11-22T09:30Z`,
/// `2026-11-22T09:30:00.250+01:00`, `+275760-09-13T00:00:00Z`.
pub fn instant_of_text(text: &str) -> Option<Instant> {
    let mut rest = Rest(text.as_bytes());
    let year = match rest.one_of(b"+-") {
        Some(sign) => {
            let year = rest.digits(6)?;
            if sign == b'-' { -year } else { year }
        }
        None => rest.digits(4)?,
    };
    rest.one_of(b"-")?;
    let month = rest.digits(2).filter(|m| (1..=12).contains(m))?;
    rest.one_of(b"-")?;
    let day = rest.digits(2).filter(|d| (1..=days_in_month(year, month)).contains(d))?;
    let mut instant = days_since_1970(year, month, day) * DAY;
    if rest.one_of(b"Tt ").is_some() {
        instant += rest.time_of_day()?;
        instant -= rest.offset()?;
    }
    (rest.0.is_empty() && instant.abs() <= LAST_INSTANT).then_some(instant)
}

/// The instant that a JSON value means: milliseconds or an ISO 8601 text.
pub fn instant_of_value(value: &Value) -> Option<Instant> {
    match value {
        Value::Number(number) => instant_of_number(*number),
        Value::Text(text) => instant_of_text(text),
        _ => None,
    }
}

#[cfg(feature = "full")]
/// The UTC date and time of an instant, as ISO 8601.
pub fn text_of_instant(instant: Instant) -> String {
    let (days, ms) = (instant.div_euclid(DAY), instant.rem_euclid(DAY));
    let (year, month, day) = date_of_days(days);
    let (h, m, s, ms) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}.{ms:03}Z")
}

/// What is still to be read.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        wanted.contains(&first).then(|| {
            self.0 = rest;
            first
        })
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let number = digits.iter().try_fold(0, |n, d| d.is_ascii_digit().then(|| n * 10 + i64::from(d - b'0')))?;
        self.0 = rest;
        Some(number)
    }

    fn time_of_day(&mut self) -> Option<i64> {
        let hour = self.digits(2).filter(|h| *h <= 24)?;
        self.one_of(b":")?;
        let minute = self.digits(2).filter(|m| *m <= 59)?;
        let mut ms = (hour * 60 + minute) * 60_000;
        if self.one_of(b":").is_some() {
            ms += self.digits(2).filter(|s| *s <= 59)? * 1_000;
            if self.one_of(b".,").is_some() {
                ms += self.fraction()?;
            }
        }
        (ms <= DAY).then_some(ms)
    }

    fn fraction(&mut self) -> Option<i64> {
        let (mut ms, mut unit) = (self.digits(1)? * 100, 10);
        while let Some(digit) = self.digits(1) {
            ms += digit * unit;
            unit /= 10;
        }
        Some(ms)
    }

    fn offset(&mut self) -> Option<i64> {
        let Some(sign) = self.one_of(b"Zz+-") else {
            return Some(0);
        };
        if matches!(sign, b'Z' | b'z') {
            return Some(0);
        }
        let hours = self.digits(2).filter(|h| *h <= 23)?;
        self.one_of(b":");
        let minutes = self.digits(2).filter(|m| *m <= 59)?;
        let ms = (hours * 60 + minutes) * 60_000;
        Some(if sign == b'-' { -ms } else { ms })
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01, counting years from March so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(feature = "full")]
fn date_of_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year_of_era + i64::from(month >= 10);
    (year, if month < 10 { month + 3 } else { month - 9 }, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_as_javascript_reads_them() {
        for (text, expected) in [
            ("1970-01-01", Some(0)),
            ("2026-11-22", Some(1_795_305_600_000)),
            ("2026-11-22T09:30Z", Some(1_795_339_800_000)),
            ("2026-11-22T09:30:00.250+01:00", Some(1_795_336_200_250)),
            ("2000-02-29T24:00:00", Some(951_868_800_000)),
            ("1969-12-31T23:59:59.999Z", Some(-1)),
            ("+275760-09-13T00:00:00Z", Some(LAST_INSTANT)),
            ("+275760-09-13T00:00:00.001Z", None),
            ("2026-02-29", None),
            ("2026-13-01", None),
            ("2026-11-22T24:01", None),
            ("2026-11-22T", None),
            ("2026-11-22x", None),
            ("22/11/2026", None),
            ("", None),
        ] {
            assert_eq!(instant_of_text(text), expected, "{text}");
        }
    }

    #[test]
    fn every_day_survives_being_written_and_read() {
        for days in (-200_000..200_000).step_by(37) {
            assert_eq!(instant_of_text(&text_of_instant(days * DAY)), Some(days * DAY));
        }
    }

    #[test]
    fn durations_are_a_whole_number_and_a_unit() {
        for (text, expected) in [
            ("90s", Some(90_000)),
            ("30d", Some(30 * DAY)),
            ("2w", Some(14 * DAY)),
            ("0d", None),
            ("1.5d", None),
            ("-1d", None),
            ("30", None),
            ("d", None),
            ("3é", None),
            ("99999999999d", None),
        ] {
            assert_eq!(Duration::parse(text).map(Duration::milliseconds), expected, "{text}");
        }
    }
}
