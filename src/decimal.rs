//! From decimal digits to the nearest 64-bit float, exactly, without the tables of the usual ways.
//!
//! A guess by plain arithmetic is off by a few steps at most; comparing the digits with the middle between two floats, in
//! whole numbers of any length, puts it right (after W. D. Clinger, How to read floating point numbers accurately, 1990).

use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Digits that can decide between two floats; of more it only matters whether they are all zero.
const DIGITS: usize = 800;
/// Powers of ten that are exact as floats.
const EXACT: [f64; 23] = [
    1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The value of a JSON number; `None` when it is too large. Zero is never `-0`.
pub fn number(text: &str) -> Option<f64> {
    let mut digits = Vec::new();
    let (mut power, mut after_point) = (0_i64, 0);
    let mut letters = text.bytes();
    for letter in &mut letters {
        match letter {
            b'e' | b'E' => break,
            b'.' => after_point = 1,
            b'0'..=b'9' => {
                power -= after_point;
                if letter != b'0' || !digits.is_empty() {
                    digits.push(letter);
                }
            }
            _ => {} // the sign
        }
    }
    power += whole_number(letters);
    if digits.len() > DIGITS {
        let rest = digits.split_off(DIGITS);
        power += rest.len() as i64;
        if rest.iter().any(|digit| *digit != b'0') {
            digits.push(b'1');
            power -= 1;
        }
    }
    let size = magnitude(&digits, power)?;
    Some(if text.starts_with('-') && size != 0.0 { -size } else { size })
}

/// A whole number in the bounds that matter here.
fn whole_number(letters: impl Iterator<Item = u8>) -> i64 {
    let (mut size, mut sign) = (0_i64, 1);
    for letter in letters {
        match letter {
            b'-' => sign = -1,
            b'0'..=b'9' => size = (size * 10 + i64::from(letter - b'0')).min(100_000_000),
            _ => {}
        }
    }
    sign * size
}

fn magnitude(digits: &[u8], power: i64) -> Option<f64> {
    let length = digits.len() as i64 + power;
    if digits.is_empty() || length < -330 {
        return Some(0.0);
    }
    if length > 310 {
        return None;
    }
    let mut leading = 0_u64;
    for digit in digits.iter().take(17) {
        leading = leading * 10 + u64::from(digit - b'0');
    }
    let exact = EXACT.get(power.unsigned_abs() as usize).filter(|_| digits.len() <= 15);
    if let Some(scale) = exact {
        return Some(if power < 0 { leading as f64 / scale } else { leading as f64 * scale });
    }
    let mut guess = scaled(leading as f64, power + (digits.len() - digits.len().min(17)) as i64);
    let wanted = Big::of_digits(digits);
    // Up while the wanted number is above the middle to the next float, down while it is below the one before;
    // in the very middle the even one is nearest.
    while against_middle(&wanted, power, guess) != Ordering::Less {
        let above = guess.next_up();
        if above.is_infinite() {
            return None;
        }
        if against_middle(&wanted, power, guess) == Ordering::Equal && guess.to_bits() & 1 == 0 {
            return Some(guess);
        }
        guess = above;
    }
    while guess > 0.0 {
        let below = guess.next_down();
        match against_middle(&wanted, power, below) {
            Ordering::Less => guess = below,
            Ordering::Equal if below.to_bits() & 1 == 0 => guess = below,
            _ => break,
        }
    }
    Some(guess)
}

/// About `number` × 10^`power`, finite.
fn scaled(number: f64, power: i64) -> f64 {
    let mut number = number;
    let mut left = power;
    while left != 0 {
        let step = left.clamp(-22, 22);
        let scale = EXACT.get(step.unsigned_abs() as usize).copied().unwrap_or(1.0);
        number = if step < 0 { number / scale } else { (number * scale).min(f64::MAX) };
        left -= step;
    }
    number
}

/// Digits × 10^`power`, held against the middle between a float and the next one up.
fn against_middle(digits: &Big, power: i64, float: f64) -> Ordering {
    let bits = float.to_bits();
    let (exponent, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
    let (mantissa, exponent) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    let (middle, exponent) = (Big::of(2 * mantissa + 1), exponent - 1);
    let left = digits.times_ten(power.max(0)).shifted((-exponent).max(0));
    let right = middle.times_ten((-power).max(0)).shifted(exponent.max(0));
    left.compare(&right)
}

/// A whole number of any length, lowest part first, without leading zeros.
struct Big(Vec<u32>);

impl Big {
    fn of(number: u64) -> Big {
        Big(vec![number as u32, (number >> 32) as u32]).trimmed()
    }

    fn of_digits(digits: &[u8]) -> Big {
        let mut number = Big(Vec::new());
        for digit in digits {
            number.times_plus(10, u64::from(digit - b'0'));
        }
        number
    }

    fn times_plus(&mut self, factor: u64, plus: u64) {
        let mut carry = plus;
        for part in &mut self.0 {
            let product = u64::from(*part) * factor + carry;
            *part = product as u32;
            carry = product >> 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn times_ten(&self, power: i64) -> Big {
        let mut number = Big(self.0.clone());
        for _ in 0..power {
            number.times_plus(10, 0);
        }
        number
    }

    fn shifted(mut self, bits: i64) -> Big {
        self.times_plus(1 << (bits % 32), 0);
        let mut parts = vec![0; (bits / 32) as usize];
        parts.append(&mut self.0);
        Big(parts).trimmed()
    }

    fn trimmed(mut self) -> Big {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }

    fn compare(&self, other: &Big) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that catch readers out; the standard library reads them right.
    #[test]
    fn numbers_are_read_to_the_last_bit() {
        let hard = [
            "0",
            "-0",
            "1",
            "-1.5",
            "0.1",
            "1e22",
            "1e23",
            "8.5e22",
            "123456789012345678",
            "0.30000000000000004",
            "9007199254740993",
            "9007199254740992.5",
            "9007199254740993.00000000000000000000000001",
            "1e-323",
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "6.631236846766476e-316",
            "3.5e-400",
            "1e-100000000000",
            "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
        ];
        for text in hard {
            let expected = text.parse::<f64>().unwrap() + 0.0;
            assert_eq!(number(text).map(f64::to_bits), Some(expected.to_bits()), "{text}");
        }
        for text in ["1e309", "1.8e308", "1e400", "1e100000000000", "1.7976931348623159e308"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    /// Every kind of float, written out and read again.
    #[test]
    fn every_float_survives_being_written_and_read() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..20_000 {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let float = f64::from_bits(bits).abs();
            if float.is_finite() {
                for text in [format!("{float:e}"), format!("{float}"), format!("{float:.3e}")] {
                    let expected = text.parse::<f64>().unwrap();
                    assert_eq!(number(&text).map(f64::to_bits), Some(expected.to_bits()), "{text}");
                }
            }
        }
    }
}
