//! How long the period of a figure is, in months, and how sure that is.
//!
//! A length has three values: what a person counts on their fingers, the shortest that the dates
//! allow and the longest. The rules:
//!
//! 1. Time is counted in whole calendar months, the days that are left in months of 365.2425 / 12
//!    days.
//! 2. Between two exact days, both of them count, and the length is exact: 1 to 7 May is 7 days,
//!    1 January to 30 June 6 months.
//! 3. A single date (`2022-11`, `2022`) covers all of it: a month, a year.
//! 4. Else both ends are uncertain within what is written. The shortest runs from the end of the
//!    first to the beginning of the last, the longest from the beginning of the first to the end
//!    of the last: February to October 2022 is from 7 months (1 March to 1 October) to 9
//!    (1 February to 1 November).
//! 5. The usual length is the difference in the coarser unit of the two: February to October is 8
//!    months, December 2022 to 1 May 2023 is 5. Where the units are no months or years (seasons,
//!    decades), it is the middle of the shortest and the longest.

use crate::when::{Day, Edge, Precision, Unit, When, civil, day_number};

/// The average length of a month of the Gregorian calendar, in days.
pub const MONTH: f64 = 365.2425 / 12.0;

/// How long a period is, in months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// What a person counts.
    pub usual: f64,
    /// The shortest that the dates allow; above 0.
    pub shortest: f64,
    /// The longest that the dates allow.
    pub longest: f64,
    /// The number of days, where both ends are known to the day.
    pub days: Option<i64>,
    /// Whether a date in it is approximate or uncertain, so that even the longest may be exceeded.
    pub soft: bool,
}

/// Why a period has no length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLength {
    /// The figure has no period.
    NoPeriod,
    /// It is open at its end.
    NoEnd,
    /// It is open at its beginning.
    NoBeginning,
    /// It has an end or a beginning that nobody knows.
    UnknownEnd,
    /// Its date leaves open which of several spans it is.
    Vague,
}

impl NoLength {
    /// As a reason for there being no monthly rate.
    pub fn reason(self) -> &'static str {
        match self {
            NoLength::NoPeriod => "no period is given",
            NoLength::NoEnd => "the period has no end",
            NoLength::NoBeginning => "the period has no beginning",
            NoLength::UnknownEnd => "an end of the period is unknown",
            NoLength::Vague => "the period is too vague",
        }
    }
}

impl Length {
    /// The length of a period.
    ///
    /// # Errors
    ///
    /// Why it has none.
    pub fn of(period: &When) -> Result<Length, NoLength> {
        let soft = period.is_approximate() || period.is_uncertain();
        let (first, last) = match (period.earliest(), period.latest()) {
            (Edge::Open, _) => return Err(NoLength::NoBeginning),
            (_, Edge::Open) => return Err(NoLength::NoEnd),
            (Edge::Day(first), Edge::Day(last)) => (first, last),
            (Edge::Unknown, _) | (_, Edge::Unknown) => return Err(NoLength::UnknownEnd),
        };
        if !period.is_interval() {
            return Length::whole(period, first, last, soft);
        }
        let (Some(start), Some(end)) = (period.start_span(), period.end_span()) else {
            return Err(NoLength::UnknownEnd);
        };
        if start.0 == start.1 && end.0 == end.1 {
            return Ok(Length::exact(start.0, end.1, soft));
        }
        let shortest = months(start.1.saturating_add(1), end.0).max(1.0 / MONTH);
        let longest = months(start.0, end.1.saturating_add(1)).max(shortest);
        let (from, to) = (civil(start.0), civil(end.0));
        let years = to.year.saturating_sub(from.year) as f64;
        let usual = match Unit::of(start).max(Unit::of(end)) {
            Unit::Day | Unit::Month => 12.0 * years + f64::from(to.month) - f64::from(from.month),
            Unit::Year => 12.0 * years,
            Unit::Other => f64::midpoint(shortest, longest),
        };
        // Within one month or year there is nothing to count: all of it, then.
        let usual = if usual > 0.0 { usual.clamp(shortest, longest) } else { longest };
        Ok(Length { usual, shortest, longest, days: None, soft })
    }

    /// From the beginning of one day to the end of another.
    fn exact(first: Day, last: Day, soft: bool) -> Length {
        let length = months(first, last.saturating_add(1)).max(1.0 / MONTH);
        let days = last.saturating_sub(first).saturating_add(1).max(1);
        Length { usual: length, shortest: length, longest: length, days: Some(days), soft }
    }

    /// All of a single date; unless it has unspecified digits, or is a choice: then it is one of
    /// several spans, and nobody knows which.
    fn whole(date: &When, first: Day, last: Day, soft: bool) -> Result<Length, NoLength> {
        if date.text().contains(['X', '[', '{']) {
            return Err(NoLength::Vague);
        }
        let length = Length::exact(first, last, soft);
        let days = length.days.filter(|_| date.precision() == Precision::Day);
        Ok(Length { days, ..length })
    }

    /// Whether it can be no other than the usual.
    pub fn is_exact(self) -> bool {
        self.shortest == self.longest && !self.soft
    }

    /// In words: `8 months`, `7 days`, `about 3 months`.
    pub fn text(self) -> String {
        let about = if self.soft { "about " } else { "" };
        let count = |number: f64, unit: &str| {
            let many = if number == 1.0 { "" } else { "s" };
            format!("{number} {unit}{many}")
        };
        let whole = self.usual.fract() == 0.0;
        match self.days {
            Some(days) if !whole && self.usual < 2.0 => {
                format!("{about}{}", count(days as f64, "day"))
            }
            _ if whole && self.usual >= 24.0 && self.usual % 12.0 == 0.0 => {
                format!("{about}{}", count(self.usual / 12.0, "year"))
            }
            _ if whole => format!("{about}{}", count(self.usual, "month")),
            _ if self.usual < 2.0 => {
                format!("about {}", count((self.usual * MONTH).round(), "day"))
            }
            _ => format!("about {}", count(self.usual.round(), "month")),
        }
    }
}

/// From the beginning of one day to the beginning of another, in months; 0 where the other is
/// earlier. Whole calendar months first, as a person counts them, then what is left in days.
fn months(from: Day, to: Day) -> f64 {
    if to <= from {
        return 0.0;
    }
    let (a, b) = (civil(from), civil(to));
    let number =
        |year: i64, month: u8| year.saturating_mul(12).saturating_add(i64::from(month) - 1);
    let start = number(a.year, a.month);
    let mut whole = number(b.year, b.month).saturating_sub(start);
    let anniversary = |whole: i64| {
        let month = start.saturating_add(whole);
        let (year, month) =
            (month.div_euclid(12), u8::try_from(month.rem_euclid(12)).unwrap_or(0) + 1);
        // The 31st of a month of 30 days is its 30th.
        (0..4).find_map(|short| day_of(year, month, a.day.saturating_sub(short)))
    };
    if anniversary(whole).is_none_or(|day| day > to) {
        whole -= 1;
    }
    let rest = anniversary(whole).map_or(0, |day| to.saturating_sub(day));
    whole as f64 + rest as f64 / MONTH
}

/// The number of a day that the calendar has.
fn day_of(year: i64, month: u8, day: u8) -> Option<Day> {
    let number = day_number(year, month, day)?;
    let date = civil(number);
    (date.month == month && date.day == day).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    /// Worked by hand, with 1 day = 1 / 30.436875 = 0.032855 months.
    #[test]
    fn lengths_worked_by_hand() {
        for (period, shortest, usual, longest, text) in [
            // 1 March to 1 October; February to October; 1 February to 1 November.
            ("2022-02/2022-10", 7.0, 8.0, 9.0, "8 months"),
            // 1 January to 1 May; December to May; 1 December to 2 May.
            ("2022-12/2023-05-01", 4.0, 5.0, 5.032_855, "5 months"),
            ("2022-12/2023-05-31", 4.0 + 30.0 * 0.032_855, 5.0, 6.0, "5 months"),
            ("2023-05-31/2023-12", 6.0, 7.0, 7.032_855, "7 months"),
            ("2014/2022", 84.0, 96.0, 108.0, "8 years"),
            // 1 January 2015 to 1 June 2022, and 1 January 2014 to 1 July 2022.
            ("2014/2022-06", 89.0, 96.0, 102.0, "8 years"),
            ("2022-01/2022-12", 10.0, 11.0, 12.0, "11 months"),
            // Not longer than all of the month, not shorter than a day.
            ("2022-02/2022-02", 0.032_855, 1.0, 1.0, "1 month"),
            // Exact days, both counted.
            ("2023-05-01/2023-05-07", 7.0 * 0.032_855, 7.0 * 0.032_855, 7.0 * 0.032_855, "7 days"),
            ("2023-01-01/2023-06-30", 6.0, 6.0, 6.0, "6 months"),
            ("2022-02-24/2022-10-23", 8.0, 8.0, 8.0, "8 months"),
            // 30 January to 29 March (inclusive) is two months, to 1 March one and two days.
            ("2023-01-30/2023-03-29", 2.0, 2.0, 2.0, "2 months"),
            ("2023-01-30/2023-02-28", 1.0 + 0.032_855, 1.0 + 0.032_855, 1.0 + 0.032_855, "30 days"),
            // Single dates cover all of themselves.
            ("2022-11", 1.0, 1.0, 1.0, "1 month"),
            ("2022", 12.0, 12.0, 12.0, "12 months"),
            ("2023-05-01", 0.032_855, 0.032_855, 0.032_855, "1 day"),
            ("2022-02~/2022-10", 7.0, 8.0, 9.0, "about 8 months"),
        ] {
            let length = Length::of(&when(period)).unwrap();
            for (got, expected) in
                [(length.shortest, shortest), (length.usual, usual), (length.longest, longest)]
            {
                assert!((got - expected).abs() < 1e-4, "{period}: {length:?}, expected {expected}");
            }
            assert_eq!(length.text(), text, "{period}");
        }
    }

    #[test]
    fn some_periods_have_no_length() {
        for (period, reason) in [
            ("2022-12/..", NoLength::NoEnd),
            ("../2022-12", NoLength::NoBeginning),
            ("2022-12/", NoLength::UnknownEnd),
            ("/2022-12", NoLength::UnknownEnd),
            ("198X", NoLength::Vague),
            ("2022-XX", NoLength::Vague),
            ("[2021,2022]", NoLength::Vague),
        ] {
            assert_eq!(Length::of(&when(period)), Err(reason), "{period}");
        }
    }

    proptest! {
        #[test]
        fn a_longer_time_is_never_shorter(from in -900_000i64..900_000, length in 0i64..4000) {
            let (here, next) = (months(from, from + length), months(from, from + length + 1));
            prop_assert!(here < next, "{here} then {next}");
            // Calendar months stray a few days from the average: February, leap years.
            let average = length as f64 / MONTH;
            prop_assert!((here - average).abs() < 6.0 / MONTH);
        }

        #[test]
        fn the_usual_length_is_possible(
            year in -3000i64..3000, month in 1u8..=12, length in 0i64..60, from: u8, to: u8,
        ) {
            let last = (i64::from(month) - 1 + length).rem_euclid(12) + 1;
            let last_year = year + (i64::from(month) - 1 + length).div_euclid(12);
            let text = |year: i64, month: i64, form: u8| {
                let sign = if year < 0 { "-" } else { "" };
                let year = year.abs();
                match form % 3 {
                    0 => format!("{sign}{year:04}"),
                    1 => format!("{sign}{year:04}-{month:02}"),
                    _ => format!("{sign}{year:04}-{month:02}-{:02}", form / 10 + 1),
                }
            };
            let text = format!("{}/{}", text(year, i64::from(month), from), text(last_year, last, to));
            if let Ok(length) = When::parse(&text).map(|period| Length::of(&period)) {
                let length = length.unwrap();
                prop_assert!(0.0 < length.shortest && length.shortest <= length.usual);
                prop_assert!(length.usual <= length.longest);
            }
        }
    }
}
