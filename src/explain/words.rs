//! Sentences for people, in English and French, with numbers and dates as each language writes them.

use super::contributions::Line;
use crate::model::{Lang, Text};
use crate::time::text_of_instant;
use crate::value::{Type, Value};

/// How to write.
#[derive(Clone, Copy)]
pub struct Words {
    pub lang: Lang,
    pub decimals: u32,
}

impl Words {
    fn either(self, en: &'static str, fr: &'static str) -> &'static str {
        match self.lang {
            Lang::En => en,
            Lang::Fr => fr,
        }
    }

    /// A number with its thousands apart: `12,345.5`, `12 345,5`.
    pub fn number(self, number: f64) -> String {
        let unit = 10_u64.pow(self.decimals.min(6));
        let scaled = libm::round(number.abs() * unit as f64) as u64;
        let whole = (scaled / unit).to_string();
        let fraction = format!("{:0width$}", scaled % unit, width = self.decimals.min(6) as usize);
        let fraction = fraction.trim_end_matches('0');
        let mut written = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                written.push_str(self.either(",", "\u{202f}"));
            }
            written.push(digit);
        }
        if !fraction.is_empty() {
            written.push_str(self.either(".", ","));
            written.push_str(fraction);
        }
        let zero = written.bytes().all(|b| !b.is_ascii_digit() || b == b'0');
        if number < 0.0 && !zero { format!("−{written}") } else { written }
    }

    fn signed(self, number: f64) -> String {
        let written = self.number(number);
        if written.starts_with('−') || number <= 0.0 { written } else { format!("+{written}") }
    }

    /// `Label (3 times): +25 (5 lost with age)`.
    pub fn contribution(self, label: &Text, line: &Line) -> String {
        let mut text = label.of(self.lang).to_owned();
        if line.gain.count > 1 {
            text.push_str(&format!(" ({} {})", self.number(f64::from(line.gain.count)), self.either("times", "fois")));
        }
        // Points of a rule are told as what they are worth in the score.
        let worth = if line.points == 0.0 { 1.0 } else { line.value / line.points };
        text.push_str(self.either(": ", "\u{a0}: "));
        text.push_str(&self.signed(line.value));
        let lost = [
            (line.gain.decay, self.either("lost with age", "perdus avec le temps")),
            (line.gain.limit, self.either("over the limit", "au-delà de la limite")),
            (line.gain.points - line.points, self.either("held back by a bound", "retenus par une borne")),
        ];
        let lost: Vec<String> = lost
            .iter()
            .map(|(points, how)| (self.number(points * worth), how))
            .filter(|(points, _)| points != "0")
            .map(|(points, how)| format!("{points} {how}"))
            .collect();
        if !lost.is_empty() {
            text.push_str(&format!(" ({})", lost.join(", ")));
        }
        text
    }

    /// `Cap (Company): −25`.
    pub fn adjustment(self, kind: &str, value: f64, label: Option<&Text>) -> String {
        let kind = match kind {
            "cap" => self.either("Cap", "Plafond"),
            _ => self.either("Floor", "Plancher"),
        };
        let label = label.map_or("total", |label| label.of(self.lang));
        format!("{kind} ({label}){}{}", self.either(": ", "\u{a0}: "), self.signed(value))
    }

    pub fn disqualified(self, why: &str) -> String {
        format!("{}{why}", self.either("Disqualified: ", "Disqualifié\u{a0}: "))
    }

    pub fn excluded(self, why: &str) -> String {
        format!("{}{why}", self.either("Not scored: ", "Non noté\u{a0}: "))
    }

    pub fn undecided(self, why: &str) -> String {
        format!("{}{why}", self.either("Cannot be ruled out: ", "Ne peut être écarté\u{a0}: "))
    }

    pub fn overridden(self, why: &str) -> String {
        format!("{}{why}", self.either("Set by hand: ", "Imposé\u{a0}: "))
    }

    pub fn missing(self, label: &Text) -> String {
        format!("{}{}", self.either("Unknown: ", "Inconnu\u{a0}: "), label.of(self.lang))
    }

    /// `Employees: 10`.
    pub fn becomes(self, label: &Text, kind: Option<Type>, to: &Value) -> String {
        format!("{}{}{}", label.of(self.lang), self.either(": ", "\u{a0}: "), self.value(kind, to))
    }

    /// `Pricing page, once more`.
    pub fn happens(self, label: &Text, times: u32) -> String {
        let more = match (self.lang, times) {
            (Lang::En, 1) => "once more".to_owned(),
            (Lang::En, 2) => "twice more".to_owned(),
            (Lang::En, n) => format!("{n} times more"),
            (Lang::Fr, n) => format!("{n} fois de plus"),
        };
        format!("{}, {more}", label.of(self.lang))
    }

    fn value(self, kind: Option<Type>, value: &Value) -> String {
        match (kind, value) {
            (Some(Type::Date), Value::Number(instant)) => {
                text_of_instant(*instant as i64).split('T').next().unwrap_or_default().to_owned()
            }
            (_, Value::Number(number)) => self.number(*number),
            (_, Value::Text(text)) => text.clone(),
            (_, Value::Boolean(true)) => self.either("yes", "oui").to_owned(),
            (_, Value::Boolean(false)) => self.either("no", "non").to_owned(),
            (_, Value::List(items)) if items.is_empty() => self.either("none", "aucun").to_owned(),
            (_, Value::List(items)) => items.iter().map(|item| self.value(None, item)).collect::<Vec<_>>().join(", "),
            (_, Value::Null | Value::Object(_)) => self.either("unknown", "inconnu").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        for (number, en, fr) in [
            (0.0, "0", "0"),
            (-0.001, "0", "0"),
            (1234.5, "1,234.5", "1\u{202f}234,5"),
            (-15.0, "−15", "−15"),
            (1_234_567.891, "1,234,567.89", "1\u{202f}234\u{202f}567,89"),
        ] {
            assert_eq!(Words { lang: Lang::En, decimals: 2 }.number(number), en);
            assert_eq!(Words { lang: Lang::Fr, decimals: 2 }.number(number), fr);
        }
    }
}
