//! Dates of numbers alone: days and months in either order, times since 1970, and parts.

use crate::import::dates::{Dated, Rest, is_day};
use crate::when::{Civil, When, YearAndTwo, civil, month_name, year_and_two};

/// Which comes first where a day and a month are both numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// `11/9/2022` is 11 September.
    DayFirst,
    /// `11/9/2022` is 9 November.
    MonthFirst,
}

/// What a number counts since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds, milliseconds, microseconds or nanoseconds, whichever makes a year near ours.
    Guess,
    /// Microseconds.
    Microseconds,
}

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    whole: i128,
    /// Whether it has decimals other than zeros.
    pub(super) fraction: bool,
}

/// Reads a number without an exponent.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 24 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let mut number: i128 = whole.parse().ok()?;
    let fraction = decimals.bytes().any(|byte| byte != b'0');
    if text.starts_with('-') {
        // Rounded down, as the second is that it lies in.
        number = -number - i128::from(fraction);
    }
    Some(Decimal { whole: number, fraction })
}

/// The second in which a time since 1970 lies.
pub(super) fn since_1970(number: Decimal, unit: Unit) -> Result<Dated, String> {
    let per_second: i128 = match unit {
        Unit::Microseconds => 1_000_000,
        // Seconds until the year 5138, milliseconds from 1973 on, and so forth.
        Unit::Guess => match number.whole.unsigned_abs() {
            0..100_000_000_000 => 1,
            100_000_000_000..100_000_000_000_000 => 1_000,
            100_000_000_000_000..100_000_000_000_000_000 => 1_000_000,
            _ => 1_000_000_000,
        },
    };
    let seconds = number.whole.div_euclid(per_second);
    let fraction = number.fraction || number.whole.rem_euclid(per_second) != 0;
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let Civil { year, month, day } = civil(i64::try_from(day).unwrap_or(i64::MAX));
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    match When::parse(&text) {
        Ok(when) if (0..=9999).contains(&year) => {
            Ok(Dated { when, rest: if fraction { Rest::Fraction } else { Rest::None } })
        }
        _ => Err("a time since 1970 that is in no year of four digits".to_owned()),
    }
}

/// A year and another in two digits, or a month. Nothing for what is not of that shape.
pub(super) fn years(text: &str, signs: &[char]) -> Option<Result<When, String>> {
    Some(match year_and_two(text, signs)? {
        YearAndTwo::Clear(edtf) => When::parse(&edtf).map_err(|error| error.message),
        YearAndTwo::Unclear => {
            Err(format!("`{text}` may be years or a part of one; write both years in full"))
        }
    })
}

/// A day and a month as numbers before a year. Nothing for what is not of that shape.
pub(super) fn numeric(text: &str, order: Option<DayOrder>) -> Option<Result<When, String>> {
    if let Some(read) = years(text, &['/']) {
        return Some(read);
    }
    let sign = text.chars().find(|letter| matches!(letter, '/' | '.' | '-'))?;
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    let [a, b, year] = *parts.as_slice() else { return None };
    let number = |part: &str, most: usize| -> Option<u32> {
        let digits = (1..=most).contains(&part.len());
        (digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (a, b) = (number(a, 2)?, number(b, 2)?);
    let year_number = number(year, 4)?;
    match year.len() {
        4 => {}
        2 => return Some(Err(format!("`{text}` has a year of two digits"))),
        _ => return None,
    }
    let (day, month) = match order {
        _ if a == b || a > 12 => (a, b),
        _ if b > 12 => (b, a),
        // Days go first wherever dates are written with full stops.
        _ if sign == '.' => (a, b),
        Some(DayOrder::DayFirst) => (a, b),
        Some(DayOrder::MonthFirst) => (b, a),
        None => {
            let read = |day: u32, month: u32| {
                format!("{day} {}", month_name(u8::try_from(month).unwrap_or(0)))
            };
            return Some(Err(format!(
                "`{text}` is {} with `--day-first` and {} with `--month-first`",
                read(a, b),
                read(b, a)
            )));
        }
    };
    let written = format!("{year_number:04}-{month:02}-{day:02}");
    Some(When::parse(&written).map_err(|error| format!("`{text}` is no date: {}", error.message)))
}

/// A year as EDTF writes it, as far as it can stand before a month.
pub(super) fn year(year: i64) -> Option<String> {
    match year {
        0..=9999 => Some(format!("{year:04}")),
        -9999..=-1 => Some(format!("-{:04}", year.unsigned_abs())),
        _ => None,
    }
}

/// A date in parts. Year 0 is 1 BCE.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The year.
    pub year: i64,
    /// 1 to 12.
    pub month: Option<i64>,
    /// 1 to 31; nothing without a month.
    pub day: Option<i64>,
    /// A time of day, as written.
    pub clock: Option<&'a str>,
}

impl Parts<'_> {
    /// Without its time of day.
    pub(super) fn edtf(&self) -> Result<String, String> {
        let Some(text) = year(self.year) else {
            // What is so far away has no months.
            return Ok(format!("Y{}", self.year));
        };
        let month = self.month.map(u8::try_from).transpose();
        let day = self.day.map(u8::try_from).transpose();
        match (month, day) {
            (Ok(None), Ok(None)) => Ok(text),
            (Ok(Some(month @ 1..=12)), Ok(None)) => Ok(format!("{text}-{month:02}")),
            (Ok(Some(month)), Ok(Some(day))) if is_day(self.year, month, day) => {
                Ok(format!("{text}-{month:02}-{day:02}"))
            }
            (Ok(None), Ok(Some(_))) => Err("it has a day but no month".to_owned()),
            _ => Err("there is no such day".to_owned()),
        }
    }
}
