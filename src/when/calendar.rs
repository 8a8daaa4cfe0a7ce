//! The proleptic Gregorian calendar, by plain arithmetic, exact for every [`Day`].

use std::fmt;

use crate::when::Day;

/// Days in 400 years, after which the calendar repeats.
const CYCLE: i64 = 146_097;
/// Days from 0000-03-01, where the arithmetic's years begin, to 1970-01-01.
const SHIFT: i64 = 719_468;

/// A day of the proleptic Gregorian calendar; year 0 is 1 BCE.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Civil {
    /// Astronomical year.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl fmt::Display for Civil {
    /// `YYYY-MM-DD`, a negative year with its sign.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(out, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are named as they are")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The day of the week of a day.
    pub fn of(day: Day) -> Weekday {
        // 1970-01-01 was a Thursday.
        match day.rem_euclid(7) {
            0 => Weekday::Thursday,
            1 => Weekday::Friday,
            2 => Weekday::Saturday,
            3 => Weekday::Sunday,
            4 => Weekday::Monday,
            5 => Weekday::Tuesday,
            _ => Weekday::Wednesday,
        }
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, out)
    }
}

/// The calendar's name for a day.
pub fn civil(day: Day) -> Civil {
    // Years are counted from March, so that a leap day is the last of its year. Whole cycles are
    // taken off before the shift, so that nothing overflows.
    let shifted = day.rem_euclid(CYCLE) + SHIFT;
    let cycle = day.div_euclid(CYCLE) + shifted / CYCLE;
    let in_cycle = shifted % CYCLE;
    let year_of_cycle =
        (in_cycle - in_cycle / 1460 + in_cycle / 36_524 - in_cycle / (CYCLE - 1)) / 365;
    let day_of_year = in_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_cycle + cycle * 400 + i64::from(month <= 2);
    Civil { year, month: month as u8, day: day as u8 }
}

/// The number of a day; nothing where there is no such day, or it is beyond all numbers.
pub fn day_number(year: i64, month: u8, day: u8) -> Option<Day> {
    if day < 1 || day > days_in_month(year, month) {
        return None;
    }
    let from_march = (i64::from(month) + 9) % 12;
    let shifted = year.checked_sub(i64::from(month <= 2))?;
    let (cycle, year_of_cycle) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let day_of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    let in_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    let number = i128::from(cycle) * i128::from(CYCLE) + i128::from(in_cycle - SHIFT);
    Day::try_from(number).ok()
}

/// Whether a year has a 29 February.
fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// How many days a month has; none where there is no such month.
pub fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(is_leap(year)),
        _ => 0,
    }
}

/// The names of the months, in full.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `January` to `December`; `?` where there is no such month.
pub fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("?")
}

/// `Jan` to `Dec`; `?` where there is no such month.
pub fn month_short(month: u8) -> &'static str {
    let name = month_name(month);
    name.get(..3).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_have_their_number() {
        for (year, month, day, number) in [
            (1970, 1, 1, Some(0)),
            (1969, 12, 31, Some(-1)),
            (2000, 2, 29, Some(11_016)),
            (2023, 5, 1, Some(19_478)),
            (0, 3, 1, Some(-SHIFT)),
            (-44, 3, 15, Some(-735_525)),
            (2022, 11, 31, None),
            (1900, 2, 29, None),
            (2022, 13, 1, None),
            (2022, 0, 1, None),
            (2022, 1, 0, None),
            (i64::MIN, 1, 1, None),
            (i64::MAX, 12, 31, None),
        ] {
            assert_eq!(day_number(year, month, day), number, "{year}-{month}-{day}");
        }
        assert_eq!(Weekday::of(19_478), Weekday::Monday);
        assert_eq!(civil(-735_525).to_string(), "-0044-03-15");
    }

    #[test]
    fn the_last_days_of_all_are_days() {
        for day in [Day::MIN, Day::MIN + 1, Day::MAX - 1, Day::MAX] {
            let Civil { year, month, day: of_month } = civil(day);
            assert_eq!(day_number(year, month, of_month), Some(day));
        }
    }

    proptest! {
        #[test]
        fn agrees_with_chrono(number in -95_000_000i64..95_000_000) {
            let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
            let theirs = epoch + chrono::Duration::days(number);
            let ours = civil(number);
            prop_assert_eq!(
                (ours.year, u32::from(ours.month), u32::from(ours.day)),
                (i64::from(theirs.year()), theirs.month(), theirs.day())
            );
            prop_assert_eq!(day_number(ours.year, ours.month, ours.day), Some(number));
            prop_assert!(Weekday::of(number).to_string().starts_with(&theirs.weekday().to_string()));
        }

        #[test]
        fn every_day_has_one_name(day: i64) {
            let Civil { year, month, day: of_month } = civil(day);
            prop_assert_eq!(day_number(year, month, of_month), Some(day));
            if day < Day::MAX {
                prop_assert!(civil(day) < civil(day + 1));
            }
        }
    }
}
