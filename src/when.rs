//! Dates that say only what is known: EDTF (ISO 8601-2:2019) over `edtf-core`.

use std::fmt;

use edtf_core::{Bound, Edtf};

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

/// The place of a date in the one total order of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Order(i64, i64);

/// An EDTF date or interval, with its earliest and latest possible day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    text: Box<str>,
    edtf: Edtf,
    earliest: Edge,
    latest: Edge,
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
        let edtf = Edtf::parse(text).map_err(|error| DateError {
            message: error.message.to_owned(),
            offset: error.offset.min(text.len()),
            suggestion: None,
        })?;
        let bounds = edtf.bounds();
        let edge = |bound: Bound| match bound {
            Bound::NegativeInfinity | Bound::PositiveInfinity => Edge::Open,
            Bound::Unknown => Edge::Unknown,
            Bound::Date(_) => Edge::Day(0),
        };
        let (earliest, latest) = (edge(bounds.earliest), edge(bounds.latest));
        Ok(When { text: text.into(), edtf, earliest, latest })
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first day that it may have been.
    pub fn earliest(&self) -> Edge {
        self.earliest
    }

    /// The last day that it may have been.
    pub fn latest(&self) -> Edge {
        self.latest
    }

    /// Its place in the order of a timeline.
    pub fn order(&self) -> Order {
        Order(0, 0)
    }

    /// Read aloud: `since December 2022`.
    pub fn reading(&self) -> String {
        self.text.to_string()
    }

    /// [`When::reading`], with the day of the week where the day is known.
    pub fn reading_with_weekday(&self) -> String {
        self.reading()
    }

    /// EDTF conformance level: 0, 1 or 2.
    pub fn level(&self) -> u8 {
        self.edtf.level()
    }
}
