//! How long the period of a figure is, in months.
//!
//! 1. It is what the claim says of it (`lasting`), whatever the dates.
//! 2. Else it runs from the first to the last day that its dates allow, both counted, so that
//!    `2022` and `2022-01/2022-12` are of one length, as they are of the same days.
//! 3. Time is counted in whole calendar months, the days that are left in months of 365.2425 / 12
//!    days.
//! 4. A date that leaves open which of several spans it is (`195X`, `1950S2`, a choice) has no
//!    length, and neither has an end that it leaves open by more than a year.

use rust_decimal::Decimal;

use crate::model::Figure;
use crate::when::{Day, Edge, Lasting, Precision, When, civil, day_number};

/// The average length of a month of the Gregorian calendar, in days.
pub const MONTH: f64 = 365.2425 / 12.0;

/// The same to the last digit.
pub fn month() -> Decimal {
    Decimal::new(30_436_875, 6)
}

/// The most days of a date that is exact enough to begin or end a period.
const YEAR: i64 = 366;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Whole calendar months.
    whole: i64,
    /// The days beyond them.
    rest: i64,
    /// All of it in days, where it is given to the day.
    days: Option<i64>,
    /// Whether a date in it is approximate or uncertain.
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
    /// The length of what a figure covers.
    ///
    /// # Errors
    ///
    /// Why it has none.
    pub fn of(figure: &Figure) -> Result<Length, NoLength> {
        match (figure.lasting, &figure.period) {
            (Some(lasting), _) => Ok(Length::lasting(lasting)),
            (None, Some(period)) => Length::of_dates(period),
            (None, None) => Err(NoLength::NoPeriod),
        }
    }

    /// The length that a claim gives.
    pub fn lasting(lasting: Lasting) -> Length {
        let (whole, rest) = (lasting.months(), lasting.days());
        Length { whole, rest, days: (whole == 0).then_some(rest), soft: false }
    }

    /// From the first to the last day that dates allow.
    ///
    /// # Errors
    ///
    /// Why that is no length.
    pub fn of_dates(period: &When) -> Result<Length, NoLength> {
        let (first, last) = match (period.earliest(), period.latest()) {
            (Edge::Open, _) => return Err(NoLength::NoBeginning),
            (_, Edge::Open) => return Err(NoLength::NoEnd),
            (Edge::Day(first), Edge::Day(last)) => (first, last),
            (Edge::Unknown, _) | (_, Edge::Unknown) => return Err(NoLength::UnknownEnd),
        };
        let text = period.text();
        let to_the_day = if period.is_interval() {
            let (Some(start), Some(end)) = (period.start_span(), period.end_span()) else {
                return Err(NoLength::UnknownEnd);
            };
            if [start, end].iter().any(|(from, to)| to.saturating_sub(*from) >= YEAR) {
                return Err(NoLength::Vague);
            }
            start.0 == start.1 && end.0 == end.1
        } else if text.contains(['X', 'S', '[', '{']) {
            return Err(NoLength::Vague);
        } else {
            period.precision() == Precision::Day
        };
        let (whole, rest) = months(first, last.saturating_add(1));
        let days = last.saturating_sub(first).saturating_add(1);
        Ok(Length {
            whole,
            // Dates that end before they begin are no dates; whatever they are, they last a day.
            rest: if whole == 0 { rest.max(1) } else { rest },
            days: to_the_day.then_some(days.max(1)),
            soft: period.is_approximate() || period.is_uncertain(),
        })
    }

    /// In months, as near as floating point comes to it; above 0.
    pub fn months(self) -> f64 {
        self.whole as f64 + self.rest as f64 / MONTH
    }

    /// In average days, to the last digit; nothing of what is beyond all numbers.
    pub fn average_days(self) -> Option<Decimal> {
        Decimal::from(self.whole).checked_mul(month())?.checked_add(self.rest.into())
    }

    /// In words: `8 months`, `7 days`, `about 3 months`.
    pub fn text(self) -> String {
        let about = if self.soft { "about " } else { "" };
        let count = |number: f64, unit: &str| {
            let many = if number == 1.0 { "" } else { "s" };
            format!("{number} {unit}{many}")
        };
        let months = self.months();
        match self.days {
            _ if self.rest == 0 && self.whole >= 24 && self.whole % 12 == 0 => {
                format!("{about}{}", count(months / 12.0, "year"))
            }
            _ if self.rest == 0 => format!("{about}{}", count(months, "month")),
            Some(days) if months < 2.0 => format!("{about}{}", count(days as f64, "day")),
            _ if months < 2.0 => format!("about {}", count((months * MONTH).round(), "day")),
            _ => format!("about {}", count(months.round(), "month")),
        }
    }
}

/// Whether two figures cover one and the same time, however it is written.
pub fn same_time(one: &Figure, other: &Figure) -> bool {
    let dates = |figure: &Figure| {
        figure.period.as_ref().map(|period| {
            let soft = (period.is_approximate(), period.is_uncertain());
            (period.earliest(), period.latest(), soft)
        })
    };
    dates(one) == dates(other) && Length::of(one) == Length::of(other)
}

/// How the times that two figures cover lie to one another, where they are not the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// They may have no day in common.
    No,
    /// Some days are in both.
    Some,
    /// All of the first is in the second.
    FirstWithin,
    /// All of the second is in the first.
    SecondWithin,
}

/// Which days two periods have in common, from their first to their last possible day.
pub fn overlap(one: &When, other: &When) -> Overlap {
    let days = |period: &When| {
        let first = match period.earliest() {
            Edge::Day(day) => day,
            Edge::Open => Day::MIN,
            Edge::Unknown => period.latest().day()?,
        };
        let last = match period.latest() {
            Edge::Day(day) => day,
            Edge::Open => Day::MAX,
            Edge::Unknown => period.earliest().day()?,
        };
        Some((first, last))
    };
    match days(one).zip(days(other)) {
        None => Overlap::No,
        Some((a, b)) if a.1 < b.0 || b.1 < a.0 => Overlap::No,
        Some((a, b)) if b.0 <= a.0 && a.1 <= b.1 => Overlap::FirstWithin,
        Some((a, b)) if a.0 <= b.0 && b.1 <= a.1 => Overlap::SecondWithin,
        Some(_) => Overlap::Some,
    }
}

/// From the beginning of one day to the beginning of another, in whole calendar months, as a
/// person counts them, and the days that are left; nothing where the other is earlier.
fn months(from: Day, to: Day) -> (i64, i64) {
    if to <= from {
        return (0, 0);
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
    (whole, rest)
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
        for (period, months, text) in [
            // The same days, however they are written.
            ("2022", 12.0, "12 months"),
            ("2022-01/2022-12", 12.0, "12 months"),
            ("2022-01-01/2022-12-31", 12.0, "12 months"),
            ("2022-33", 3.0, "3 months"),
            ("2022-01/2022-03", 3.0, "3 months"),
            ("2022-02", 1.0, "1 month"),
            ("2022-02/2022-02", 1.0, "1 month"),
            ("2022-02/2022-03", 2.0, "2 months"),
            ("2022-02/2022-10", 9.0, "9 months"),
            ("2014/2022", 108.0, "9 years"),
            ("2014/2022-06", 102.0, "102 months"),
            // 1 December to 1 May, both counted: five months and a day.
            ("2022-12/2023-05-01", 5.032_855, "about 5 months"),
            ("2022-12/2023-05-31", 6.0, "6 months"),
            ("2023-05-31/2023-12", 7.032_855, "about 7 months"),
            ("2023-05-01/2023-05-07", 7.0 * 0.032_855, "7 days"),
            ("2023-01-01/2023-06-30", 6.0, "6 months"),
            ("2022-02-24/2022-10-23", 8.0, "8 months"),
            // 30 January to 29 March is two months, to 28 February one and a day.
            ("2023-01-30/2023-03-29", 2.0, "2 months"),
            ("2023-01-30/2023-02-28", 1.0 + 0.032_855, "30 days"),
            ("2023-05-01", 0.032_855, "1 day"),
            ("2022-02~/2022-10", 9.0, "about 9 months"),
        ] {
            let length = Length::of_dates(&when(period)).unwrap();
            let got = length.months();
            assert!((got - months).abs() < 1e-4, "{period}: {got}, expected {months}");
            assert_eq!(length.text(), text, "{period}");
            let days = length.average_days().unwrap().to_string().parse::<f64>().unwrap();
            assert!((days / MONTH - got).abs() < 1e-9, "{period}");
        }
        for (lasting, months, text) in [
            ("P8M", 8.0, "8 months"),
            ("P2Y", 24.0, "2 years"),
            ("P1W", 7.0 * 0.032_855, "7 days"),
            ("P1M15D", 1.0 + 15.0 * 0.032_855, "about 45 days"),
        ] {
            let length = Length::lasting(lasting.parse().unwrap());
            assert!((length.months() - months).abs() < 1e-4, "{lasting}");
            assert_eq!(length.text(), text, "{lasting}");
        }
    }

    #[test]
    fn one_time_is_the_same_however_it_is_written() {
        let figure = |period: &str, lasting: Option<&str>| Figure {
            lasting: lasting.map(|text| text.parse().unwrap()),
            ..crate::view::figures::tests::figure(
                crate::model::Bound::Exactly(1.into()),
                "m",
                "",
                "",
                period,
            )
        };
        for (one, other, same) in [
            ("2022", "2022-01/2022-12", true),
            ("2022-33", "2022-01/2022-03", true),
            ("2022-12/..", "2022-12-01/..", true),
            ("2022", "2022~", false),
            ("2022", "2023", false),
            ("", "2022", false),
            ("", "", true),
        ] {
            assert_eq!(same_time(&figure(one, None), &figure(other, None)), same, "{one} {other}");
        }
        let months = Some("P8M");
        assert!(!same_time(&figure("2022-02/2022-10", months), &figure("2022-02/2022-10", None)));
        assert!(same_time(&figure("2022", Some("P1Y")), &figure("2022", None)));
    }

    #[test]
    fn periods_overlap_or_do_not() {
        for (one, other, expected) in [
            ("2022", "2023", Overlap::No),
            ("2022-01/2022-06", "2022-06/2022-12", Overlap::Some),
            ("2022-03", "2022", Overlap::FirstWithin),
            ("2022", "2022-12-31", Overlap::SecondWithin),
            ("2022-12/..", "2023-05", Overlap::SecondWithin),
            ("../2022", "2021/2023", Overlap::Some),
            ("/2022", "2021", Overlap::No),
        ] {
            assert_eq!(overlap(&when(one), &when(other)), expected, "{one} {other}");
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
            ("1950S2", NoLength::Vague),
            ("195X", NoLength::Vague),
            ("1950S2/2022", NoLength::Vague),
            ("195X/2022", NoLength::Vague),
        ] {
            assert_eq!(Length::of_dates(&when(period)), Err(reason), "{period}");
        }
    }

    proptest! {
        #[test]
        fn a_longer_time_is_never_shorter(from in -900_000i64..900_000, length in 0i64..4000) {
            let as_months = |(whole, rest)| whole as f64 + rest as f64 / MONTH;
            let [here, next] =
                [length, length + 1].map(|length| as_months(months(from, from + length)));
            prop_assert!(here < next, "{here} then {next}");
            // Calendar months stray a few days from the average: February, leap years.
            let average = length as f64 / MONTH;
            prop_assert!((here - average).abs() < 6.0 / MONTH);
        }
    }
}
