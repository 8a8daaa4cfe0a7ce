//! Days and dates in the forms that other programs read.

use crate::when::{Civil, Day, When, civil};

/// A day as ISO 8601: `2023-05-01`; years beyond four digits carry a sign (ISO 8601-1, 4.3.2).
pub(super) fn iso(day: Day) -> String {
    let Civil { year, month, day } = civil(day);
    format!("{}-{month:02}-{day:02}", iso_year(year))
}

fn iso_year(year: i64) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        10_000.. => format!("+{year}"),
        _ => format!("-{:04}", year.unsigned_abs()),
    }
}

/// A year as it is counted where there is no year nought: 0 is -1, 1 BCE.
pub(super) fn without_nought(year: i64) -> i64 {
    if year <= 0 { year.saturating_sub(1) } else { year }
}

/// A date as far as it is known: a year, a year and month, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Astronomical: year 0 is 1 BCE.
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: Option<u8>,
    /// 1 to 31; never without a month.
    pub(super) day: Option<u8>,
}

impl Known {
    /// Only the year in which a day lies.
    pub(super) fn year_of(day: Day) -> Known {
        Known { year: civil(day).year, month: None, day: None }
    }

    /// As ISO 8601: `2023`, `2023-05` or `2023-05-01`.
    pub(super) fn iso(self) -> String {
        let mut text = iso_year(self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            text.push_str(&format!("-{part:02}"));
        }
        text
    }
}

/// The date that spans exactly these days; nothing where that is no year, month or day.
pub(super) fn spanning((first, last): (Day, Day)) -> Option<Known> {
    let (from, to) = (civil(first), civil(last));
    let Civil { year, month, day } = from;
    if first == last {
        return Some(Known { year, month: Some(month), day: Some(day) });
    }
    // The day after the last of a month is the first of another.
    let whole_months = day == 1 && civil(last.checked_add(1)?).day == 1;
    if !whole_months || from.year != to.year {
        return None;
    }
    if month == to.month {
        return Some(Known { year, month: Some(month), day: None });
    }
    (month == 1 && to.month == 12).then_some(Known { year, month: None, day: None })
}

/// The first and the last of these days, as parts of the widest kind that the span is made of: a
/// season is its first and its last month, a decade its first and its last year.
pub(super) fn whole((first, last): (Day, Day)) -> (Known, Known) {
    let next = last.checked_add(1).map(civil);
    let months = civil(first).day == 1 && next.is_some_and(|next| next.day == 1);
    let years = months && civil(first).month == 1 && next.is_some_and(|next| next.month == 1);
    let known = |at: Day| {
        let Civil { year, month, day } = civil(at);
        Known { year, month: (!years).then_some(month), day: (!months).then_some(day) }
    };
    (known(first), known(last))
}

/// The beginning and end of an interval as far as they are known, or the date itself twice.
pub(super) fn ends(when: &When) -> (Option<Known>, Option<Known>) {
    (when.start_span().and_then(spanning), when.end_span().and_then(spanning))
}

/// The year, month and day in the basic format that calendars use, `20230501`; nothing for a year
/// that has not four digits (RFC 5545, 3.3.4).
pub(super) fn basic(day: Day) -> Option<String> {
    let Civil { year, month, day } = civil(day);
    (1..=9999).contains(&year).then(|| format!("{year:04}{month:02}{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::when::day_number;

    fn at(year: i64, month: u8, day: u8) -> Day {
        day_number(year, month, day).unwrap()
    }

    #[test]
    fn days_are_written_as_iso_8601() {
        for (year, month, day, written) in [
            (2023, 5, 1, "2023-05-01"),
            (70, 12, 31, "0070-12-31"),
            (0, 1, 1, "0000-01-01"),
            (-299, 2, 28, "-0299-02-28"),
            (12_345, 6, 7, "+12345-06-07"),
        ] {
            assert_eq!(iso(at(year, month, day)), written);
        }
    }

    #[test]
    fn spans_are_known_as_far_as_they_go() {
        for (first, last, known) in [
            (at(2023, 5, 1), at(2023, 5, 1), Some("2023-05-01")),
            (at(2023, 5, 1), at(2023, 5, 31), Some("2023-05")),
            (at(2024, 2, 1), at(2024, 2, 29), Some("2024-02")),
            (at(2024, 2, 1), at(2024, 2, 28), None),
            (at(2023, 1, 1), at(2023, 12, 31), Some("2023")),
            (at(2023, 3, 1), at(2023, 5, 31), None),
            (at(1960, 1, 1), at(1969, 12, 31), None),
            (at(-43, 3, 15), at(-43, 3, 15), Some("-0043-03-15")),
            (at(2022, 12, 1), at(2023, 12, 31), None),
        ] {
            assert_eq!(spanning((first, last)).map(Known::iso).as_deref(), known);
        }
    }

    #[test]
    fn spans_go_from_their_first_part_to_their_last() {
        for (first, last, from, to) in [
            (at(2023, 12, 1), at(2024, 2, 29), "2023-12", "2024-02"),
            (at(2023, 12, 1), at(2024, 2, 28), "2023-12-01", "2024-02-28"),
            (at(2023, 3, 1), at(2023, 5, 31), "2023-03", "2023-05"),
            (at(2023, 3, 1), at(2023, 3, 31), "2023-03", "2023-03"),
            (at(1980, 1, 1), at(1989, 12, 31), "1980", "1989"),
            (at(2022, 12, 1), at(2023, 12, 31), "2022-12", "2023-12"),
            (at(2000, 12, 25), at(2099, 12, 25), "2000-12-25", "2099-12-25"),
        ] {
            let (start, end) = whole((first, last));
            assert_eq!((start.iso(), end.iso()), (from.to_owned(), to.to_owned()));
        }
    }

    #[test]
    fn years_before_ours_are_counted_without_a_nought() {
        for (year, counted) in [(2023, 2023), (1, 1), (0, -1), (-1, -2), (-43, -44)] {
            assert_eq!(without_nought(year), counted);
        }
    }

    #[test]
    fn calendars_have_years_of_four_digits() {
        assert_eq!(basic(at(2023, 5, 1)).as_deref(), Some("20230501"));
        assert_eq!(basic(at(33, 4, 3)).as_deref(), Some("00330403"));
        assert_eq!(basic(at(0, 1, 1)), None);
        assert_eq!(basic(at(10_000, 1, 1)), None);
    }
}
