//! A number as somebody claimed it, to the last digit.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};

/// A number as it was written, with its last zeros: `0.10` is not rounded, and not shortened.
///
/// Two are equal that are written alike; which is the greater is asked of their
/// [numbers](Amount::number), among which 0.1 is 0.10.
#[derive(Clone, Copy)]
pub struct Amount(Decimal);

/// The most digits that a number may have to be sure to be held. Some of one more are held too.
pub const MOST_DIGITS: usize = 28;

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAmount {
    /// It is not written as a number.
    NoNumber,
    /// It has more digits, before the point and behind it, than can be held.
    TooManyDigits,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(Decimal::ZERO);

    /// For tests: the digits that a floating-point number is shown with.
    #[cfg(test)]
    pub(crate) fn new(value: f64) -> Option<Self> {
        value.to_string().parse().ok()
    }

    /// The number itself, to be compared and to work with.
    pub fn number(self) -> Decimal {
        self.0
    }

    /// The number as near as floating point comes to it, for what is drawn.
    pub fn nearly(self) -> f64 {
        // All that a decimal shows is a number of floating point, or close to one.
        self.0.to_string().parse().unwrap_or_default()
    }

    /// Its digits as a program reads them, without groups: `-1234.50`.
    pub fn plain(self) -> String {
        self.0.to_string()
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.0.scale() == other.0.scale() && self.0.mantissa() == other.0.mantissa()
    }
}

impl Eq for Amount {}

impl fmt::Debug for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Amount({})", self.0)
    }
}

impl From<u32> for Amount {
    fn from(whole: u32) -> Self {
        Amount(whole.into())
    }
}

/// Reads what RON, JSON and people write: digits with `_` between them, a sign, a point, an
/// exponent, and `0x`, `0o` or `0b` before whole numbers.
impl FromStr for Amount {
    type Err = NoAmount;

    fn from_str(written: &str) -> Result<Self, NoAmount> {
        let (negative, rest) = match written.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, written.strip_prefix('+').unwrap_or(written)),
        };
        let (digits, scale) = match based(rest) {
            Some(digits) => (digits?, 0),
            None => decimal(rest)?,
        };
        let digits = i128::try_from(digits).map_err(|_| NoAmount::TooManyDigits)?;
        let digits = if negative { -digits } else { digits };
        Decimal::try_from_i128_with_scale(digits, scale)
            .map(Amount)
            .map_err(|_| NoAmount::TooManyDigits)
    }
}

/// A whole number to another base.
fn based(written: &str) -> Option<Result<u128, NoAmount>> {
    let (digits, base) = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(prefix, base)| Some((written.strip_prefix(prefix)?, base)))?;
    let digits: String = digits.chars().filter(|digit| *digit != '_').collect();
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return Some(Err(NoAmount::NoNumber));
    }
    Some(u128::from_str_radix(&digits, base).map_err(|_| NoAmount::TooManyDigits))
}

/// The digits, and how many of them stand behind the point.
fn decimal(written: &str) -> Result<(u128, u32), NoAmount> {
    let (digits, exponent) = match written.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, self::exponent(exponent)?),
        None => (written, 0),
    };
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    // Between digits `_` may stand anywhere, but nothing begins with it.
    if digits.starts_with('_') || behind.starts_with('_') {
        return Err(NoAmount::NoNumber);
    }
    let behind = behind.chars().filter(|digit| *digit != '_');
    let all: String = whole.chars().filter(|digit| *digit != '_').chain(behind.clone()).collect();
    if all.is_empty() || !all.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(NoAmount::NoNumber);
    }
    let behind = i64::try_from(behind.count()).map_err(|_| NoAmount::TooManyDigits)?;
    let scale = behind.saturating_sub(exponent);
    let digits = all.trim_start_matches('0');
    // Nothing is nothing, whatever its exponent.
    if digits.is_empty() && !(0..=MOST_DIGITS as i64).contains(&scale) {
        return Ok((0, 0));
    }
    let zeros = usize::try_from(-scale).unwrap_or(0);
    if digits.len().saturating_add(zeros) > MOST_DIGITS + 1 {
        return Err(NoAmount::TooManyDigits);
    }
    let digits = format!("{digits:0<width$}", width = digits.len() + zeros);
    let digits = if digits.is_empty() { Ok(0) } else { digits.parse() };
    let scale = u32::try_from(scale.max(0)).map_err(|_| NoAmount::TooManyDigits)?;
    Ok((digits.map_err(|_| NoAmount::TooManyDigits)?, scale))
}

/// An exponent; one that no number could be held with is as great as there are.
fn exponent(written: &str) -> Result<i64, NoAmount> {
    let digits = written.strip_prefix(['+', '-']).unwrap_or(written);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(NoAmount::NoNumber);
    }
    let size = digits.parse::<i64>().unwrap_or(i64::MAX).min(i64::from(i32::MAX));
    Ok(if written.starts_with('-') { -size } else { size })
}

/// Groups thousands with commas: `100,000`; decimals as they were written.
impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match u64::try_from(self.0.mantissa()) {
            Ok(whole) if self.0.scale() == 0 => write_whole(whole, out),
            _ => out.write_str(&grouped(&self.plain())),
        }
    }
}

/// A JSON number with the digits that were written.
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let number: serde_json::Number = self.plain().parse().map_err(S::Error::custom)?;
        number.serialize(out)
    }
}

/// A plain number as a person reads it: `-1234.5` as `−1,234.5`.
pub fn grouped(plain: &str) -> String {
    let (sign, size) = match plain.strip_prefix('-') {
        Some(size) => ("\u{2212}", size),
        None => ("", plain),
    };
    let (whole, behind) = size.find('.').map_or((size, ""), |point| size.split_at(point));
    let mut text = sign.to_owned();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + behind
}

/// [`grouped`], quicker, for whole numbers, as nearly all are: a search writes all of them.
fn write_whole(number: u64, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut groups = [0; 7];
    let mut rest = number;
    let mut first = 0;
    for (place, group) in groups.iter_mut().enumerate() {
        *group = rest % 1000;
        rest /= 1000;
        if *group > 0 {
            first = place;
        }
    }
    let mut text = [b','; 4 * 7];
    for (text, group) in text.chunks_exact_mut(4).zip(groups[..=first].iter().rev()) {
        for (digit, power) in text.iter_mut().zip([100, 10, 1]) {
            *digit = b'0' + (group / power % 10) as u8;
        }
    }
    let text = text.get(..4 * first + 3).unwrap_or_default();
    let blank = text.iter().take(2).take_while(|digit| **digit == b'0').count();
    out.write_str(std::str::from_utf8(text.get(blank..).unwrap_or_default()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_held_as_they_are_written() {
        for (written, plain, shown) in [
            ("0", "0", "0"),
            ("94", "94", "94"),
            ("999", "999", "999"),
            ("1000", "1000", "1,000"),
            ("100_000", "100000", "100,000"),
            ("30_000_000", "30000000", "30,000,000"),
            ("12.5", "12.5", "12.5"),
            ("0.10", "0.10", "0.10"),
            ("1.", "1", "1"),
            (".5", "0.5", "0.5"),
            ("007", "7", "7"),
            ("+5", "5", "5"),
            ("-0", "0", "0"),
            ("-0.0", "0.0", "0.0"),
            ("-1234.250", "-1234.250", "\u{2212}1,234.250"),
            ("-1000007", "-1000007", "\u{2212}1,000,007"),
            ("1040050", "1040050", "1,040,050"),
            ("1e6", "1000000", "1,000,000"),
            ("1.50e1", "15.0", "15.0"),
            ("2.5E-3", "0.0025", "0.0025"),
            ("0e500", "0", "0"),
            ("0x1F", "31", "31"),
            ("0b1_01", "5", "5"),
            ("0o17", "15", "15"),
            ("9007199254740993", "9007199254740993", "9,007,199,254,740,993"),
            ("123456789012345679", "123456789012345679", "123,456,789,012,345,679"),
            ("18446744073709551615", "18446744073709551615", "18,446,744,073,709,551,615"),
            (
                "79228162514264337593543950335",
                "79228162514264337593543950335",
                "79,228,162,514,264,337,593,543,950,335",
            ),
            (
                "0.0000000000000000000000000001",
                "0.0000000000000000000000000001",
                "0.0000000000000000000000000001",
            ),
        ] {
            let amount: Amount = written.parse().unwrap();
            assert_eq!((amount.plain().as_str(), amount.to_string().as_str()), (plain, shown));
            assert_eq!(serde_json::to_value(amount).unwrap().to_string(), plain);
            assert_eq!(plain.parse(), Ok(amount), "{written}");
        }
    }

    #[test]
    fn what_cannot_be_held_is_no_amount() {
        for written in [
            "1e-400",
            "1e400",
            "1e99999999999999999999",
            "1e29",
            "79228162514264337593543950336",
            "1.00000000000000000000000000001",
            "0xffffffffffffffffffffffffffffffffff",
        ] {
            assert_eq!(written.parse::<Amount>(), Err(NoAmount::TooManyDigits), "{written}");
        }
        for written in [
            "", "-", ".", "e5", "1e", "1e+", "1.2.3", "NaN", "inf", "--1", "0x", "_1", "1._5",
            "1,5",
        ] {
            assert_eq!(written.parse::<Amount>(), Err(NoAmount::NoNumber), "{written}");
        }
    }

    #[test]
    fn one_number_may_be_written_in_several_ways() {
        let [short, long] = ["0.1", "0.10"].map(|text| text.parse::<Amount>().unwrap());
        assert!(short != long && short.number() == long.number());
    }

    proptest! {
        #[test]
        fn every_number_of_so_many_digits_is_held(digits in "[1-9][0-9]{0,27}", point in 0usize..29) {
            let at = digits.len().saturating_sub(point);
            let (whole, behind) = digits.split_at(at);
            let whole = if whole.is_empty() { "0" } else { whole };
            let written =
                if behind.is_empty() { whole.to_owned() } else { format!("{whole}.{behind}") };
            let amount: Amount = written.parse().unwrap();
            prop_assert_eq!(amount.plain(), written.clone());
            prop_assert_eq!(amount.to_string().replace(',', ""), written);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+0-9._exob]{0,12}|\\PC{0,9}") {
            if let Ok(amount) = text.parse::<Amount>() {
                prop_assert_eq!(amount.plain().parse(), Ok(amount));
            }
        }
    }
}
