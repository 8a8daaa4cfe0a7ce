//! One date in words, but for what is said about its certainty.

use edtf_core::{Date, DateField, YearKind};

use crate::when::bounds::{days, season_code};
use crate::when::calendar::{days_in_month, month_name};
use crate::when::civil;

/// Numbers up to here are listed, more are read as a range.
const LISTED: usize = 4;

/// The date in words.
pub(super) fn read_bare(date: &Date) -> String {
    let Some(month) = date.month else { return bare_year(date) };
    if let Some(code) = season_code(date) {
        return season(code, date);
    }
    let months = possible_months(month, date.day);
    match date.day {
        None => match months.as_slice() {
            [] => bare_year(date),
            [1, .., 12] if months.len() == 12 => format!("a month {}", within_year(date)),
            _ => format!("{} {}", some_months(&months), of_year(date)),
        },
        Some(day) => with_day(date, &months, day),
    }
}

fn with_day(date: &Date, months: &[u8], day: DateField) -> String {
    let any_month = months.len() == 12 || date.month.is_some_and(|month| month.digits == [None; 2]);
    let any_day = day.digits == [None; 2];
    match months {
        _ if any_month && any_day => format!("a day {}", within_year(date)),
        _ if any_month => {
            let days = some_days(&possible_days(day, 31), ordinal, "the ");
            // `XXXX-XX-15`: nothing is gained by a mention of the year.
            if year_digits(date) == Some((false, [None; 4])) {
                format!("{days} of an unknown month")
            } else {
                format!("{days} of a month {}", within_year(date))
            }
        }
        _ if any_day => format!("a day in {} {}", some_months(months), of_year(date)),
        [month] => {
            // A leap year unless it is known to be none.
            let year = date.year.value().unwrap_or(2000);
            let days = possible_days(day, days_in_month(year, *month));
            let days = some_days(&days, |day| day.to_string(), "");
            format!("{days} {} {}", month_name(*month), of_year(date))
        }
        _ => {
            let days = some_days(&possible_days(day, 31), ordinal, "the ");
            format!("{days} of {} {}", some_months(months), of_year(date))
        }
    }
}

fn fits(field: DateField, number: u8) -> bool {
    let [tens, ones] = field.digits;
    tens.is_none_or(|digit| digit == number / 10) && ones.is_none_or(|digit| digit == number % 10)
}

/// The months that it can have been: those that have such a day, too.
fn possible_months(month: DateField, day: Option<DateField>) -> Vec<u8> {
    let has_day = |month: u8| {
        day.is_none_or(|day| (1..=days_in_month(2000, month)).any(|number| fits(day, number)))
    };
    (1..=12).filter(|number| fits(month, *number) && has_day(*number)).collect()
}

fn possible_days(day: DateField, last: u8) -> Vec<u8> {
    (1..=last).filter(|number| fits(day, *number)).collect()
}

/// `June`; `October, November or December`; `a month from January to September`.
fn some_months(months: &[u8]) -> String {
    match months {
        [first, .., last] if months.len() > LISTED => {
            format!("a month from {} to {}", month_name(*first), month_name(*last))
        }
        _ => either(&months.iter().map(|month| month_name(*month).to_owned()).collect::<Vec<_>>()),
    }
}

/// `11`; `1, 11, 21 or 31`; `a day from 20 to 29`.
fn some_days(days: &[u8], name: impl Fn(u8) -> String, article: &str) -> String {
    match days {
        [first, .., last] if days.len() > LISTED => {
            format!("a day from {article}{} to {article}{}", name(*first), name(*last))
        }
        _ => {
            let names: Vec<String> = days.iter().map(|day| name(*day)).collect();
            format!("{article}{}", either(&names))
        }
    }
}

fn either(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn ordinal(day: u8) -> String {
    let suffix = match (day / 10, day % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{day}{suffix}")
}

/// Parts of a year (ISO 8601-2, 4.8).
fn season(code: u8, date: &Date) -> String {
    let name = match code {
        21 | 25 | 29 => "spring",
        22 | 26 | 30 => "summer",
        23 | 27 | 31 => "autumn",
        24 | 28 | 32 => "winter",
        33 => "the first quarter of",
        34 => "the second quarter of",
        35 => "the third quarter of",
        36 => "the fourth quarter of",
        37 => "the first four months of",
        38 => "the second four months of",
        39 => "the last four months of",
        40 => "the first half of",
        _ => "the second half of",
    };
    let year = of_year(date);
    // Of a year that is not known, the `of` is already there.
    let year = if code >= 33 { year.trim_start_matches("of ") } else { &year };
    match code {
        25..=28 => format!("{name} {year} (northern hemisphere)"),
        29..=32 => format!("{name} {year} (southern hemisphere)"),
        _ => format!("{name} {year}"),
    }
}

/// The four digits of a year, and whether it is negative.
fn year_digits(date: &Date) -> Option<(bool, [Option<u8>; 4])> {
    match date.year.kind {
        YearKind::Standard { negative, digits } => Some((negative, digits)),
        YearKind::Big { .. } | YearKind::Exponential { .. } => None,
    }
}

/// The year alone.
fn bare_year(date: &Date) -> String {
    let value = match (date.year.value(), date.year.kind) {
        (Some(value), _) => value,
        (None, YearKind::Exponential { significand, exponent }) => {
            return format!("the year {significand} × 10^{exponent}");
        }
        (None, _) => return unknown_year(date),
    };
    if date.year.significant_digits.is_some() {
        let (first, last) = days(date);
        let (first, last) = (civil(first).year, civil(last).year);
        if first != last {
            let years = year_range(first, last);
            return format!("a year {years}, estimated as {}", year_number(value));
        }
    }
    if value.unsigned_abs() > 9999 {
        format!("the year {}", year_number(value))
    } else {
        year_number(value)
    }
}

/// A year as a person says it: `1984`, `44 CE`, `45 BCE`, `170,000,002`. Astronomical year 0 is
/// 1 BCE (ISO 8601-1, 4.3.2).
fn year_number(year: i64) -> String {
    match year {
        100.. => grouped(year.unsigned_abs()),
        1..=99 => format!("{year} CE"),
        _ => format!("{} BCE", grouped(year.unsigned_abs().saturating_add(1))),
    }
}

/// Thousands apart, from five digits on.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A year with unspecified digits, alone.
fn unknown_year(date: &Date) -> String {
    match year_digits(date) {
        Some((false, [None, None, None, None])) => "an unknown year".to_owned(),
        Some((negative, digits)) => named_years(negative, digits)
            .unwrap_or_else(|| format!("a year {}", years(negative, digits))),
        None => String::new(),
    }
}

/// The common name of a decade or a century, where it has one that means no other: "the 1900s" are
/// a century and "the 2000s" a decade, so `190X` and `20XX` go by their years.
fn named_years(negative: bool, digits: [Option<u8>; 4]) -> Option<String> {
    match digits {
        _ if negative => None,
        [Some(0), Some(0), ..] => None,
        [Some(2), Some(0), Some(0), None] => Some("the 2000s".to_owned()),
        [Some(a), Some(b), Some(0), None] => {
            let century = u32::from(a) * 10 + u32::from(b);
            Some(format!("the decade {century}00 to {century}09"))
        }
        [Some(a), Some(b), Some(c), None] => {
            Some(format!("the {}0s", u32::from(a) * 100 + u32::from(b) * 10 + u32::from(c)))
        }
        // The first century of a thousand years has the name of these, too.
        [Some(a), Some(b @ 1..), None, None] => {
            Some(format!("the {}00s", u32::from(a) * 10 + u32::from(b)))
        }
        _ => None,
    }
}

/// `from 1000 to 1999`, or what the digits leave: `written 1X84`.
fn years(negative: bool, digits: [Option<u8>; 4]) -> String {
    let known = digits.iter().take_while(|digit| digit.is_some()).count();
    if digits.iter().skip(known).all(Option::is_none) {
        let fill = |with: u8| {
            digits.iter().fold(0, |year, digit| year * 10 + i64::from(digit.unwrap_or(with)))
        };
        // There is no year -0000.
        return if negative {
            year_range(-fill(9), -fill(0).max(1))
        } else {
            year_range(fill(0), fill(9))
        };
    }
    let sign = if negative { "-" } else { "" };
    let written = digits.iter().map(|digit| digit.map_or('X', |digit| char::from(b'0' + digit)));
    format!("written {sign}{}", written.collect::<String>())
}

fn year_range(first: i64, last: i64) -> String {
    format!("from {} to {}", year_number(first), year_number(last))
}

/// What stands behind a month: `2004`, or `of a year in the 1560s`.
fn of_year(date: &Date) -> String {
    match (date.year.value(), year_digits(date)) {
        (Some(_), _) | (_, None) => bare_year(date),
        (None, Some((false, [None, None, None, None]))) => "of an unknown year".to_owned(),
        (None, Some((negative, digits))) => match named_years(negative, digits) {
            Some(name) => format!("of a year in {name}"),
            None => format!("of a year {}", years(negative, digits)),
        },
    }
}

/// What stands behind `a month` or `a day`: `in 2004`, `in the 1560s`.
fn within_year(date: &Date) -> String {
    format!("in {}", bare_year(date))
}
