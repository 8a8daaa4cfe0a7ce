//! Dates as people and programs write them, as EDTF: no finer than written, and nothing guessed.
//!
//! `when::from_words` reads most of it. This adds what only an import meets: times of day, seconds
//! since 1970, days and months as numbers in an order that the file alone knows, centuries before
//! the common era, words of other languages, and ends in a column of their own.

use crate::when::{Civil, Day, Precision, When, civil, day_number, from_words};

mod clock;
mod numbers;
mod words;

pub use numbers::{DayOrder, Parts, Unit};

/// Nobody writes a date longer than this, in bytes.
const LONGEST: usize = 100;

/// How the dates of a file are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// What `11/9/2022` is; nothing where only dates that can be one thing are read.
    pub order: Option<DayOrder>,
    /// Whether a bare number is a time since 1970-01-01.
    pub epoch: bool,
}

/// A date that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The date.
    pub when: When,
    /// What was written and has no place in EDTF.
    pub rest: Rest,
}

/// What a date in EDTF leaves out of the one that was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// Nothing.
    #[default]
    None,
    /// Fractions of a second.
    Fraction,
    /// A word such as `early`, or a time whose zone is not known.
    Words,
}

impl Dated {
    fn whole(when: When) -> Self {
        Dated { when, rest: Rest::None }
    }
}

impl Rules {
    /// Reads one date or range. An empty text is undated.
    ///
    /// # Errors
    ///
    /// Why it is no date, in a sentence without its full stop.
    pub fn read(&self, text: &str) -> Result<Dated, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Dated::whole(When::undated()));
        }
        if let Ok(when) = When::parse(text) {
            return Ok(Dated::whole(when));
        }
        if text.len() > LONGEST {
            return Err("what should be a date is too long for one".to_owned());
        }
        if let Some(read) = self.bare_number(text) {
            return read;
        }
        // Before dashes are made plain: `2022-23` is EDTF for an autumn.
        if let Some(read) = numbers::years(text, &['–', '—']) {
            return read.map(Dated::whole);
        }
        let plain = words::in_english(&words::plain(text));
        self.in_words(&plain).unwrap_or_else(|| Err(no_date(text)))
    }

    /// Reads a date that begins in one text and ends in another.
    ///
    /// # Errors
    ///
    /// As [`Rules::read`].
    pub fn read_span(&self, start: &str, end: &str) -> Result<Dated, String> {
        if end.trim().is_empty() {
            return self.read(start);
        }
        if start.trim().is_empty() {
            let end = self.read(end)?;
            let text = format!("/{}", endpoint(&end.when).ok_or_else(|| no_date(end.when.text()))?);
            return When::parse(&text)
                .map(|when| Dated { when, rest: end.rest })
                .map_err(|error| error.message);
        }
        let start = self.read(start)?;
        if words::is_open(end) {
            return join(start, None);
        }
        let end = self.read(end)?;
        if start.when == end.when {
            return Ok(start);
        }
        join(start, Some(end))
    }

    /// A number alone: a year, a day written as eight digits, or a time since 1970.
    fn bare_number(&self, text: &str) -> Option<Result<Dated, String>> {
        let number = numbers::decimal(text)?;
        if self.epoch {
            return Some(numbers::since_1970(number, Unit::Guess));
        }
        let digits = text.trim_start_matches(['-', '+']).len();
        if !number.fraction && matches!(digits, 3 | 4 | 8) {
            return None;
        }
        Some(Err(format!(
            "`{text}` is a bare number; `--epoch` reads such as a time since 1970-01-01"
        )))
    }

    /// Nothing for what is no date at all.
    fn in_words(&self, text: &str) -> Option<Result<Dated, String>> {
        if let Some((date, clock)) = clock::split(text) {
            return Some(self.timed(&date, clock));
        }
        if let Some(bare) = words::without_part(text) {
            let read = self.in_words(bare)?;
            return Some(read.map(|dated| Dated { rest: Rest::Words, ..dated }));
        }
        if let Some(read) = words::centuries(text) {
            return Some(Ok(read));
        }
        if let Some(when) = words::days_of_month(text) {
            return Some(Ok(Dated::whole(when)));
        }
        if let Some(read) = self.one_sided(text) {
            return Some(read);
        }
        if let Some(read) = numbers::numeric(text, self.order) {
            return Some(read.map(Dated::whole));
        }
        if let Some(read) = self.range(text) {
            return Some(read);
        }
        // An interval that ends before it begins is a mistake and not to be turned round.
        if let Some((from, to)) = text.split_once('/')
            && When::parse(from).is_ok()
            && When::parse(to).is_ok()
        {
            return Some(Err("the end is before the beginning".to_owned()));
        }
        from_words(text).map(|when| Ok(Dated::whole(when)))
    }

    fn timed(&self, date: &str, clock: clock::Clock) -> Result<Dated, String> {
        let day = self.in_words(date).unwrap_or_else(|| {
            When::parse(date).map(Dated::whole).map_err(|error| error.message)
        })?;
        if day.when.precision() != Precision::Day || !day.when.facts().is_certain() {
            return Err("it has a time of day but no day".to_owned());
        }
        let at =
            clock.known().and_then(|time| When::parse(&format!("{}T{time}", day.when.text())).ok());
        let rest = match (&at, clock.fraction) {
            (None, _) => Rest::Words,
            (Some(_), true) => Rest::Fraction,
            (Some(_), false) => day.rest,
        };
        Ok(Dated { when: at.unwrap_or(day.when), rest })
    }

    /// `before 1850`, `after march 1850`, `by 1850`.
    fn one_sided(&self, text: &str) -> Option<Result<Dated, String>> {
        let (side, rest) = words::side(text)?;
        let read = match self.in_words(rest)? {
            Ok(read) => read,
            Err(error) => return Some(Err(error)),
        };
        let facts = read.when.facts();
        let (first, last) = (facts.earliest.day()?, facts.latest.day()?);
        let next_to = |day: Option<Day>| dated_like(&read.when, day?);
        let text = match side {
            words::Side::Before => format!("[..{}]", next_to(first.checked_sub(1))?),
            words::Side::UpTo => format!("[..{}]", read.when.text()),
            words::Side::From => format!("[{}..]", read.when.text()),
            words::Side::After => format!("[{}..]", next_to(last.checked_add(1))?),
        };
        Some(Ok(Dated { when: When::parse(&text).ok()?, rest: read.rest }))
    }

    /// Two dates with a word or a dash between them, each of which can be read alone.
    fn range(&self, text: &str) -> Option<Result<Dated, String>> {
        let (from, to) = words::parted(text)?;
        let alone = |text: &str| {
            let numeric = numbers::numeric(text, self.order);
            numeric.map(|read| read.map(Dated::whole)).or_else(|| {
                let read = words::centuries(text);
                read.or_else(|| from_words(text).map(Dated::whole)).map(Ok)
            })
        };
        if words::is_open(to) {
            return Some(alone(from)?.and_then(|from| join(from, None)));
        }
        match (alone(from)?, alone(to)?) {
            (Ok(from), Ok(to)) => Some(join(from, Some(to))),
            (Err(error), _) | (_, Err(error)) => Some(Err(error)),
        }
    }
}

/// The date of which another program gives the parts.
///
/// # Errors
///
/// What is wrong with them.
pub fn from_parts(parts: Parts) -> Result<Dated, String> {
    let text = parts.edtf()?;
    let Some(clock) = parts.clock.and_then(|text| clock::alone(&words::plain(text))) else {
        return When::parse(&text).map(Dated::whole).map_err(|error| error.message);
    };
    Rules::default().timed(&text, clock)
}

/// A number as a time since 1970-01-01.
///
/// # Errors
///
/// Why it is none.
pub fn from_epoch(text: &str, unit: Unit) -> Result<Dated, String> {
    let number = numbers::decimal(text.trim())
        .ok_or_else(|| format!("`{}` is no number", short(text.trim())))?;
    numbers::since_1970(number, unit)
}

/// From one date to another, or on without an end.
pub(super) fn join(from: Dated, to: Option<Dated>) -> Result<Dated, String> {
    let unfit = || "a range from or to something that is itself a range".to_owned();
    let start = endpoint(&from.when).ok_or_else(unfit)?;
    let end = match &to {
        Some(to) => endpoint(&to.when).ok_or_else(unfit)?,
        None => "..".to_owned(),
    };
    // Two times of one day.
    if start == end {
        return Ok(from);
    }
    let when = When::parse(&format!("{start}/{end}")).map_err(|error| error.message)?;
    let rest = match (from.rest, to.map_or(Rest::None, |to| to.rest)) {
        (Rest::None, rest) | (rest, Rest::None) => rest,
        (Rest::Words, _) | (_, Rest::Words) => Rest::Words,
        (Rest::Fraction, Rest::Fraction) => Rest::Fraction,
    };
    Ok(Dated { when, rest })
}

/// The date as the end of an interval, which has no times of day (ISO 8601-2, 9).
fn endpoint(when: &When) -> Option<String> {
    let text = when.text();
    let plain = !when.is_interval() && !text.starts_with(['[', '{']);
    plain.then(|| text.split('T').next().unwrap_or(text).to_owned())
}

/// A day as exactly as another date is known.
fn dated_like(when: &When, day: Day) -> Option<String> {
    let Civil { year, month, day } = civil(day);
    let year = numbers::year(year)?;
    Some(match when.precision() {
        Precision::Day => format!("{year}-{month:02}-{day:02}"),
        Precision::Month => format!("{year}-{month:02}"),
        Precision::Year => year,
        Precision::Season | Precision::Vague | Precision::Undated => return None,
    })
}

fn no_date(text: &str) -> String {
    let shaped = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match When::parse(text) {
        Err(error) if shaped => {
            let day = error.suggestion.filter(|edtf| edtf.len() == "2022-12-31".len());
            let hint = day.map_or_else(String::new, |day| format!("; perhaps `{day}` is meant"));
            format!("`{text}` is no date: {}{hint}", error.message)
        }
        _ if words::is_relative(text) => {
            format!("`{}` is no date: it depends on the day it is read", short(text))
        }
        _ => format!("`{}` cannot be read as a date", short(text)),
    }
}

fn short(text: &str) -> String {
    crate::text::visible(&crate::text::clip(text, 40)).into_owned()
}

/// Whether a year, month and day are one day of the calendar.
fn is_day(year: i64, month: u8, day: u8) -> bool {
    day_number(year, month, day).is_some()
}
