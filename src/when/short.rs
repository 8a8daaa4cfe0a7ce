//! Dates as short as a table needs them.

use crate::when::{Day, Edge, When, civil, month_short};

/// The unit in which one end of a period is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// None of these.
    Other,
}

impl Unit {
    /// The unit that begins and ends with these days.
    pub fn of((first, last): (Day, Day)) -> Unit {
        let (from, after) = (civil(first), civil(last.saturating_add(1)));
        let begins = from.day == 1 && after.day == 1;
        let next = |months: i64| {
            let month =
                from.year.saturating_mul(12).saturating_add(i64::from(from.month) - 1 + months);
            month == after.year.saturating_mul(12).saturating_add(i64::from(after.month) - 1)
        };
        match () {
            () if first == last => Unit::Day,
            () if begins && next(1) => Unit::Month,
            () if begins && from.month == 1 && next(12) => Unit::Year,
            () => Unit::Other,
        }
    }
}

/// A date as short as a table needs it: `1 May 2023`, `Dec 2022`, `Feb – Oct 2022`. What is
/// qualified, open or in other units is read in full.
pub fn short(date: &When) -> String {
    let plain = !date.is_approximate() && !date.is_uncertain();
    let days = match (date.earliest(), date.latest()) {
        (Edge::Day(first), Edge::Day(last)) if plain && !date.text().contains(['X', '[', '{']) => {
            Some((first, last))
        }
        _ => None,
    };
    let text = days.and_then(|(first, last)| {
        if !date.is_interval() {
            return part((first, last), Shared::Nothing);
        }
        let (start, end) = (date.start_span()?, date.end_span()?);
        let (from, to) = (civil(start.0), civil(end.0));
        let shared = match () {
            () if from.year != to.year || Unit::of(start) == Unit::Year => Shared::Nothing,
            () if from.month != to.month || Unit::of(start) != Unit::of(end) => Shared::Year,
            () => Shared::Month,
        };
        Some(format!("{} – {}", part(start, shared)?, part(end, Shared::Nothing)?))
    });
    text.unwrap_or_else(|| date.reading())
}

/// What the first of two dates leaves to the second to say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shared {
    Nothing,
    Year,
    Month,
}

fn part(span: (Day, Day), shared: Shared) -> Option<String> {
    let at = civil(span.0);
    let year = year(at.year);
    let month = month_short(at.month);
    Some(match (Unit::of(span), shared) {
        (Unit::Other, _) => return None,
        (Unit::Year, _) => year,
        (Unit::Month, Shared::Nothing) => format!("{month} {year}"),
        (Unit::Month, _) => month.to_owned(),
        (Unit::Day, Shared::Nothing) => format!("{} {month} {year}", at.day),
        (Unit::Day, Shared::Year) => format!("{} {month}", at.day),
        (Unit::Day, Shared::Month) => at.day.to_string(),
    })
}

/// A year as a person says it; astronomical year 0 is 1 BCE (ISO 8601-1, 4.3.2).
pub fn year(number: i64) -> String {
    if number > 0 { number.to_string() } else { format!("{} BCE", 1i64.saturating_sub(number)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    #[test]
    fn periods_are_short() {
        for (period, text) in [
            ("2022-02/2022-10", "Feb – Oct 2022"),
            ("2022-12/2023-05-01", "Dec 2022 – 1 May 2023"),
            ("2023-05-01/2023-05-07", "1 – 7 May 2023"),
            ("2023-04-30/2023-05-07", "30 Apr – 7 May 2023"),
            ("2023-04/2023-05-07", "Apr – 7 May 2023"),
            ("2014/2022", "2014 – 2022"),
            ("2022-11", "Nov 2022"),
            ("2023-05-01", "1 May 2023"),
            ("-0043-03-15", "15 Mar 44 BCE"),
        ] {
            assert_eq!(short(&when(period)), text, "{period}");
        }
        // In other words than its own.
        assert_eq!(short(&when("2022-12/..")), when("2022-12/..").reading());
    }
}
