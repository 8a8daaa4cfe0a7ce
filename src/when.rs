//! Dates that say only what is known: EDTF (ISO 8601-2:2019), levels 0 to 2, over `edtf-core`.
//!
//! The grammar is `edtf-core`'s. This layer adds what a timeline asks of a date: its first and last
//! possible day as numbers, one total order, questions with three answers, and how it reads aloud.
//! Where a date stands on a screen is left to `view`.
//!
//! Rules that hold throughout:
//!
//! - Days are those of the proleptic Gregorian calendar, counted from 1970-01-01. A day too far away
//!   for [`Day`] becomes [`Day::MIN`] or [`Day::MAX`], never a nearer one.
//! - A time of day belongs to the day that is written, whatever its shift from UTC. Beside another
//!   time it counts by its instant, where what has no zone is read as UTC: in the order of a
//!   timeline ([`Order`]), and where a date is asked about that has a time itself.
//! - `~`, `?` and `%` move no bound (ISO 8601-2, 8.4.2), but what is only about or possibly so is
//!   never certain: they weaken [`Answer::Yes`] to [`Answer::Maybe`].
//! - Seasons without a hemisphere (21 to 24) are read as northern, by whole months: spring is March
//!   to May, and the winter of 2001 is December 2001 to February 2002.

use std::fmt;

use edtf_core::{Date, Edtf, Qualifier, Year, YearKind};

mod bounds;
mod calendar;
mod clock;
mod explain;
mod facts;
mod guess;
mod lasting;
mod moment;
mod order;
mod parse;
mod reading;
mod relation;
mod short;
#[cfg(test)]
pub(crate) mod tests;
mod words;

pub use calendar::{Civil, Weekday, civil, day_number, days_in_month, month_name, month_short};
pub use clock::Clock;
pub use explain::{Explanation, explain};
pub use facts::{Facts, facts, quick};
pub use lasting::{Lasting, NoLasting};
pub use moment::Moment;
pub use order::Order;
pub use short::{Unit, short, year};
pub use words::{YearAndTwo, from_words, year_and_two};

/// Days since 1970-01-01 in the proleptic Gregorian calendar; exact for any year.
pub type Day = i64;

/// One side of what a date covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// This day.
    Day(Day),
    /// There is no bound on this side: `..`.
    Open,
    /// There is a bound, and nobody knows it.
    Unknown,
}

impl Edge {
    /// The day, where there is one.
    pub fn day(self) -> Option<Day> {
        match self {
            Edge::Day(day) => Some(day),
            Edge::Open | Edge::Unknown => None,
        }
    }
}

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// To the day, or a time of day.
    Day,
    /// To the month.
    Month,
    /// To a season, quarter, or other part of a year.
    Season,
    /// To the year.
    Year,
    /// To a decade, a century or worse.
    Vague,
    /// Not at all: `XXXX`.
    Undated,
}

/// What a question about an uncertain date is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// It cannot be.
    No,
    /// It may be.
    Maybe,
    /// It must be.
    Yes,
}

/// The longest date, in bytes: a set of a thousand days. One of millions would be read aloud
/// whenever it is shown.
const LONGEST: usize = 10_000;

/// An EDTF date or interval, with its earliest and latest possible day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    text: Box<str>,
    edtf: Edtf,
    facts: Facts,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong.
    pub message: String,
    /// Where in the text, in bytes from its start; on a character's boundary.
    pub offset: usize,
    /// What was probably meant, as EDTF.
    pub suggestion: Option<String>,
}

impl fmt::Display for DateError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for DateError {}

impl When {
    /// Reads EDTF, levels 0 to 2.
    ///
    /// # Errors
    ///
    /// What is wrong, where, and what was probably meant.
    pub fn parse(text: &str) -> Result<When, DateError> {
        if text.len() > LONGEST {
            let message = format!("a date has at most {LONGEST} characters");
            return Err(DateError { message, offset: 0, suggestion: None });
        }
        let edtf = parse::parse(text).map_err(|error| guess::error(text, error))?;
        let facts = quick(text).unwrap_or_else(|| Facts::of(&edtf));
        if bounds::is_backwards(&edtf) {
            return Err(guess::backwards(text));
        }
        Ok(When { text: text.into(), edtf, facts })
    }

    /// A date that nobody knows: `XXXX`.
    pub fn undated() -> When {
        let kind = YearKind::Standard { negative: false, digits: [None; 4] };
        let year = Year { kind, significant_digits: None, qualifier: Qualifier::default() };
        let edtf = Edtf::Date(Date { year, month: None, day: None });
        let facts = Facts::of(&edtf);
        When { text: "XXXX".into(), edtf, facts }
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first day that it may have been.
    pub fn earliest(&self) -> Edge {
        self.facts.earliest
    }

    /// The last day that it may have been.
    pub fn latest(&self) -> Edge {
        self.facts.latest
    }

    /// Its place in the order of a timeline.
    pub fn order(&self) -> Order {
        self.facts.order()
    }

    /// What a timeline asks of every date, in one small value.
    pub fn facts(&self) -> Facts {
        self.facts
    }

    /// Read aloud: `since December 2022`.
    pub fn reading(&self) -> String {
        reading::read(&self.edtf)
    }

    /// [`When::reading`], with the day of the week where it is one certain day of the Gregorian
    /// calendar's own time, from 1583 on: `1 May 2023, Monday`.
    pub fn reading_with_weekday(&self) -> String {
        reading::read_with_weekday(&self.edtf, self.facts)
    }

    /// Its time of day read aloud, with the zone if one is written: `14:05 UTC+3`.
    pub fn clock(&self) -> Option<String> {
        reading::read_clock(&self.edtf)
    }

    /// EDTF conformance level: 0, 1 or 2.
    pub fn level(&self) -> u8 {
        let unknown = |date: &Date| {
            let before_zero = matches!(date.year.kind, YearKind::Standard { negative: true, .. });
            before_zero && date.year.has_unspecified()
        };
        if parse::qualifies_rightwards(&self.text) || bounds::dates(&self.edtf).iter().any(unknown)
        {
            return 2;
        }
        self.edtf.level()
    }

    /// Whether nobody knows it at all: `XXXX`, also with unknown month and day.
    pub fn is_undated(&self) -> bool {
        self.facts.undated
    }

    /// Whether any part of it is approximate (`~`, `%`).
    pub fn is_approximate(&self) -> bool {
        self.facts.approximate
    }

    /// Whether any part of it is uncertain (`?`, `%`).
    pub fn is_uncertain(&self) -> bool {
        self.facts.uncertain
    }

    /// Whether it has a time of day.
    pub fn has_time(&self) -> bool {
        self.facts.moment.is_some()
    }

    /// Whether it spans time from one date to another.
    pub fn is_interval(&self) -> bool {
        self.facts.interval
    }

    /// How exactly it is known; of an interval, its less exact end.
    pub fn precision(&self) -> Precision {
        self.facts.precision
    }

    /// The code of a season, quarter or other part of a year, 21 to 41 (ISO 8601-2, 4.8); of a
    /// single date only.
    pub fn season_code(&self) -> Option<u8> {
        match &self.edtf {
            Edtf::Date(date) => bounds::season_code(date),
            Edtf::DateTime(_) | Edtf::Interval(_) | Edtf::Set(_) => None,
        }
    }

    /// The first and last day on which it may have begun; nothing where that is open or unknown.
    pub fn start_span(&self) -> Option<(Day, Day)> {
        let (first, last) = match &self.edtf {
            Edtf::Interval(interval) => bounds::ends(interval).start,
            _ => (self.facts.earliest, self.facts.latest),
        };
        first.day().zip(last.day())
    }

    /// The first and last day on which it may have ended; nothing where that is open or unknown.
    pub fn end_span(&self) -> Option<(Day, Day)> {
        let (first, last) = match &self.edtf {
            Edtf::Interval(interval) => bounds::ends(interval).end,
            _ => (self.facts.earliest, self.facts.latest),
        };
        first.day().zip(last.day())
    }

    /// Whether it was within a span of time, from the first to the last possible day of that.
    ///
    /// A date was within it if its true day was. An interval was if it lasted on any day of the
    /// span. Of a set, `{…}`, one member is enough; of a choice, `[…]`, all have to be for a yes.
    /// What is undated may have been at any time.
    ///
    /// Where the other date has a time of day, it is that instant in place of a day, here and in
    /// the questions below; then only what has a time as well gives a yes.
    pub fn during(&self, span: &When) -> Answer {
        relation::during(self, span)
    }

    /// Whether all of it was before the first possible day of another date.
    pub fn before(&self, other: &When) -> Answer {
        relation::before(self, other)
    }

    /// Whether all of it was after the last possible day of another date.
    pub fn after(&self, other: &When) -> Answer {
        relation::after(self, other)
    }

    /// Whether it began on the first possible day of another date or later.
    pub fn since(&self, other: &When) -> Answer {
        relation::since(self, other)
    }

    /// Whether it was over by the last possible day of another date.
    pub fn until(&self, other: &When) -> Answer {
        relation::until(self, other)
    }
}
