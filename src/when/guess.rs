//! What was probably meant by a text that is no EDTF, and what is wrong with it.

use edtf_core::ParseError;

use crate::when::DateError;
use crate::when::calendar::{days_in_month, month_name};
use crate::when::{YearAndTwo, bounds, parse, words};

/// Nobody writes a date longer than this; a longer text is not guessed at.
const LONGEST: usize = 80;

/// The error that a reader gets for a text that is no EDTF.
pub(super) fn error(text: &str, error: ParseError) -> DateError {
    let mut offset = error.offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    if let Some(message) = day_or_month(text).or_else(|| years_or_month(text)) {
        return DateError { message, offset: 0, suggestion: None };
    }
    if let Some((message, suggestion)) = no_such_day(text) {
        return DateError { message, offset: 8, suggestion: Some(suggestion) };
    }
    // Where digits are lacking at the end, the place is behind what is there.
    let digit = |last: u8| last.is_ascii_digit() || last == b'X';
    if error.message.contains("digits (or X)")
        && offset + 1 == text.len()
        && text.bytes().last().is_some_and(digit)
    {
        offset = text.len();
    }
    DateError { message: message(text, error.message), offset, suggestion: suggest(text) }
}

/// The error for what ends before it begins.
pub(super) fn backwards(text: &str) -> DateError {
    let offset = text.find('/').map_or(0, |at| at + 1);
    DateError {
        message: "the end is before the beginning".to_owned(),
        offset,
        suggestion: suggest(text),
    }
}

/// `edtf-core`'s words, but where a reader who does not know the standard would be lost.
fn message(text: &str, message: &str) -> String {
    match message {
        "empty input" => "there is no date".to_owned(),
        "whitespace is not allowed" if text.trim() != text && !text.trim().is_empty() => {
            "a date has no spaces around it".to_owned()
        }
        "whitespace is not allowed" => "a date has no spaces in it".to_owned(),
        "EDTF permits ASCII characters only" => "a date has only ASCII characters".to_owned(),
        "year must have exactly four digits (or X)" => {
            "a year has four digits, or an X for one that is not known".to_owned()
        }
        "Y-prefixed years require |year| > 9999" => {
            "a year of up to four digits has no Y before it".to_owned()
        }
        "interval end precedes interval start" | "set range end precedes range start" => {
            "the end is before the beginning".to_owned()
        }
        "month must be two digits (or X)" => {
            "a month has two digits, or an X for one that is not known".to_owned()
        }
        "day must be two digits (or X)" => {
            "a day has two digits, or an X for one that is not known".to_owned()
        }
        "month must be 01-12 or a sub-year code 21-41" => {
            "a month is 01 to 12, or 21 to 41 for a season or another part of the year".to_owned()
        }
        "sub-year groupings cannot carry a day" => {
            "a month is 01 to 12; a season or another part of the year has no day".to_owned()
        }
        "interval must contain exactly one '/'" => "an interval has only one `/`".to_owned(),
        "interval needs at least one dated endpoint" => {
            "an interval has a date on one side at least".to_owned()
        }
        _ => message.to_owned(),
    }
}

/// `11/9/2022`, which is two days, depending on who writes it.
fn day_or_month(text: &str) -> Option<String> {
    let sign = text.chars().find(|letter| matches!(letter, '/' | '-'))?;
    let mut parts = text.trim().split(sign);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    let part = |text: &str| {
        let short = (1..=2).contains(&text.len());
        number(text)
            .filter(|of| short && (1..=12).contains(of))
            .and_then(|of| u8::try_from(of).ok())
    };
    number(year).filter(|_| year.len() == 4 && parts.next().is_none())?;
    let (a, b) = (part(a)?, part(b)?);
    let written =
        |day: u8, month: u8| format!("{day} {}, `{year}-{month:02}-{day:02}`", month_name(month));
    (a != b).then(|| format!("this may be {}, or {}", written(a, b), written(b, a)))
}

/// `2010/11`, which is a month or two years.
fn years_or_month(text: &str) -> Option<String> {
    let unclear = words::year_and_two(text.trim(), &['/', '–', '—'])? == YearAndTwo::Unclear;
    unclear.then(|| "this may be years or a part of one; write both years in full".to_owned())
}

/// A plain date with a day that its month does not have; what is left of it is the month.
fn no_such_day(text: &str) -> Option<(String, String)> {
    let (month, day) = text.rsplit_once('-').filter(|(month, _)| month.len() == 7)?;
    let (year, of_year) = month.split_once('-').filter(|(year, _)| year.len() == 4)?;
    let (year, of_year) = (number(year)?, u8::try_from(number(of_year)?).ok()?);
    number(day).filter(|_| day.len() == 2)?;
    let last = days_in_month(year, of_year);
    if last == 0 || parse::parse(text).is_ok() {
        return None;
    }
    Some((format!("{} {year} has {last} days", month_name(of_year)), month.to_owned()))
}

fn number(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// EDTF that was probably meant by a text; to be offered, and not to be taken for it.
pub(super) fn suggest(text: &str) -> Option<String> {
    meant(text).or_else(|| swapped(text).filter(|guess| is_date(guess)))
}

/// EDTF for what a text says in its own words.
pub(super) fn meant(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    if let Some(years) = words::dashed_years(text) {
        return words::clear(years);
    }
    let plain = words::plain(text);
    [respelt, timed, short_year, words::read, words::span, reversed]
        .iter()
        .filter_map(|guess| guess(&plain))
        .find(|guess| is_date(guess))
}

fn is_date(text: &str) -> bool {
    parse::parse(text).is_ok_and(|edtf| !bounds::is_backwards(&edtf))
}

/// The same with upper-case letters and without the spaces around signs.
fn respelt(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars() {
        if character == ' ' {
            gap = true;
            continue;
        }
        let parted = |one: Option<char>, other: char| {
            one.is_some_and(char::is_alphanumeric) && other.is_alphanumeric()
        };
        if gap && parted(out.chars().last(), character) {
            return None;
        }
        gap = false;
        out.push(character.to_ascii_uppercase());
    }
    Some(out)
}

/// A day with a time that lacks its seconds, its `T` or the colon of its shift, or has fractions.
fn timed(text: &str) -> Option<String> {
    let (day, time) = text.split_once(['t', ' '])?;
    if day.len() != 10 {
        return None;
    }
    let at = time.find(|character| !matches!(character, '0'..='9' | ':' | '.' | ','));
    let (clock, shift) = time.split_at_checked(at.unwrap_or(time.len()))?;
    let clock = clock.split(['.', ',']).next()?;
    let clock = if clock.len() == 5 { format!("{clock}:00") } else { clock.to_owned() };
    let shift = shift.trim().to_ascii_uppercase();
    let shift = match (shift.as_str(), shift.replace(':', "").as_str()) {
        ("UTC" | "GMT", _) | (_, "-0000" | "-00") => "Z".to_owned(),
        (_, bare) if bare.len() == 5 => {
            let (hours, minutes) = bare.split_at_checked(3)?;
            format!("{hours}:{minutes}")
        }
        _ => shift,
    };
    Some(format!("{day}T{clock}{shift}"))
}

/// Years with a digit too few, one too many, or a needless `Y`.
fn short_year(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    if let Some(year) = text.strip_prefix("-y") {
        return Some(format!("Y-{}", year.to_ascii_uppercase()));
    }
    if let Some(year) = text.strip_prefix('y') {
        return number(year).map(|year| format!("{year:04}"));
    }
    let value = number(digits)?;
    match digits.len() {
        3 => Some(format!("{sign}{value:04}")),
        5 | 7 | 9.. => Some(format!("Y{sign}{value}")),
        _ => None,
    }
}

/// Year, day, month: `2022-31-12`, which is no date of ISO 8601 and may be a slip as well.
fn swapped(text: &str) -> Option<String> {
    let mut parts = text.trim().split('-');
    let (year, day, month) = (parts.next()?, parts.next()?, parts.next()?);
    (text.len() <= LONGEST && number(day)? > 12 && year.len() == 4 && parts.next().is_none())
        .then(|| format!("{year}-{month}-{day}"))
}

/// An interval whose end is before its beginning.
fn reversed(text: &str) -> Option<String> {
    let (start, end) = text.split_once('/')?;
    Some(format!("{end}/{start}").to_ascii_uppercase())
}
