//! The first and last day of dates, and of the beginnings and ends of intervals.

use edtf_core::{
    Bound, BoundDate, Bounds, Date, DateField, Edtf, Interval, IntervalEndpoint, Set, SetElement,
    YearKind,
};

use crate::when::{Day, Edge, Precision, civil, day_number};

/// The first and last day of one date. What lies beyond all numbers becomes the last of them on
/// its side.
pub(super) fn days(date: &Date) -> (Day, Day) {
    if let Some(days) = days_before_zero(date) {
        return days;
    }
    let bounds = Edtf::Date(*date).bounds();
    let side = |bound: Bound| match bound {
        Bound::Date(at) => nearest(at),
        // Only of a year that does not fit into an `i64`.
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => {
            farthest(is_negative(date))
        }
    };
    (side(bounds.earliest), side(bounds.latest))
}

/// [`days`] of a negative year with an `X`, which `edtf-core` does not know.
fn days_before_zero(date: &Date) -> Option<(Day, Day)> {
    let YearKind::Standard { negative: true, digits } = date.year.kind else { return None };
    if digits.iter().all(Option::is_some) {
        return None;
    }
    // Mostly the outermost years will do; a 29 February may have to look further.
    let years = || (-9999..0).filter(|year| year_fits(true, digits, *year));
    let bounds = |year: i64| Edtf::Date(in_year(date, year)).bounds();
    let earliest = years().find_map(|year| match bounds(year).earliest {
        Bound::Date(at) => Some(nearest(at)),
        _ => None,
    });
    let latest = years().rev().find_map(|year| match bounds(year).latest {
        Bound::Date(at) => Some(nearest(at)),
        _ => None,
    });
    earliest.zip(latest)
}

/// Whether a year is one of those that digits leave.
pub(super) fn year_fits(negative: bool, digits: [Option<u8>; 4], year: i64) -> bool {
    let size = year.unsigned_abs();
    let places = [size / 1000 % 10, size / 100 % 10, size / 10 % 10, size % 10];
    (year < 0) == negative
        && digits
            .iter()
            .zip(places)
            .all(|(digit, place)| digit.is_none_or(|digit| u64::from(digit) == place))
}

/// The date with its year set, which has at most four digits.
pub(super) fn in_year(date: &Date, year: i64) -> Date {
    let size = year.unsigned_abs();
    let place = |unit: u64| Some((size / unit % 10) as u8);
    let mut date = *date;
    let digits = [place(1000), place(100), place(10), place(1)];
    date.year.kind = YearKind::Standard { negative: year < 0, digits };
    date
}

/// The first or last day of a text that is beyond all numbers and has a date all the same.
pub(super) fn beyond(edtf: &Edtf, first: bool) -> Option<BoundDate> {
    let far = |date: &Date| match (Edtf::Date(*date).bounds(), first) {
        (Bounds { earliest: Bound::Date(at), .. }, true)
        | (Bounds { latest: Bound::Date(at), .. }, false) => {
            Some(at).filter(|at| day_number(at.year, at.month, at.day).is_none())
        }
        _ => None,
    };
    let all = dates(edtf).into_iter().filter(|date| !date.year.has_unspecified());
    let far = all.filter_map(|date| far(&date));
    if first { far.min() } else { far.max() }
}

/// Every date in a text.
pub(super) fn dates(edtf: &Edtf) -> Vec<Date> {
    match edtf {
        Edtf::Date(date) => vec![*date],
        Edtf::DateTime(at) => vec![at.date],
        Edtf::Interval(Interval { start, end }) => {
            let date = |end: &IntervalEndpoint| match end {
                IntervalEndpoint::Date(date)
                | IntervalEndpoint::OnOrBefore(date)
                | IntervalEndpoint::OnOrAfter(date) => Some(*date),
                IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
            };
            [start, end].into_iter().filter_map(date).collect()
        }
        Edtf::Set(set) => set
            .elements
            .iter()
            .flat_map(|element| match element {
                SetElement::Date(date)
                | SetElement::OnOrBefore(date)
                | SetElement::OnOrAfter(date) => vec![*date],
                SetElement::Range(from, to) => vec![*from, *to],
            })
            .collect(),
    }
}

fn nearest(at: BoundDate) -> Day {
    day_number(at.year, at.month, at.day).unwrap_or_else(|| farthest(at.year < 0))
}

fn farthest(negative: bool) -> Day {
    if negative { Day::MIN } else { Day::MAX }
}

fn is_negative(date: &Date) -> bool {
    match date.year.kind {
        YearKind::Standard { negative, .. } => negative,
        YearKind::Big { value } => value < 0,
        YearKind::Exponential { significand, .. } => significand < 0,
    }
}

/// When an interval began and when it ended: the first and last day for each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub start: (Edge, Edge),
    pub end: (Edge, Edge),
}

/// The ends of an interval. No end is earlier than the first start, no start later than the last
/// end: `2004/2004-06` cannot have begun in July.
pub(super) fn ends(interval: &Interval) -> Ends {
    let mut start = endpoint(&interval.start);
    let mut end = endpoint(&interval.end);
    if let (Edge::Day(start), Edge::Day(end)) = (&mut start.1, end.1) {
        *start = end.min(*start);
    }
    if let (Edge::Day(start), Edge::Day(end)) = (start.0, &mut end.0) {
        *end = start.max(*end);
    }
    Ends { start, end }
}

fn endpoint(endpoint: &IntervalEndpoint) -> (Edge, Edge) {
    match endpoint {
        IntervalEndpoint::Open => (Edge::Open, Edge::Open),
        IntervalEndpoint::Unknown => (Edge::Unknown, Edge::Unknown),
        IntervalEndpoint::Date(date) => {
            let (first, last) = days(date);
            (Edge::Day(first), Edge::Day(last))
        }
        IntervalEndpoint::OnOrBefore(date) => (Edge::Open, Edge::Day(days(date).1)),
        IntervalEndpoint::OnOrAfter(date) => (Edge::Day(days(date).0), Edge::Open),
    }
}

/// The first and last day of all members of a set, or of one element of it.
pub(super) fn set_edges(set: &Set) -> (Edge, Edge) {
    let elements = || set.elements.iter().map(element_days);
    let earliest = elements().map(|(first, _)| first).min().flatten();
    // `None`, no bound, sorts before all days, which serves the earliest alone.
    let latest = elements().map(|(_, last)| last.map_or((1, 0), |day| (0, day))).max();
    let latest = latest.and_then(|(open, day)| (open == 0).then_some(day));
    let edge = |day: Option<Day>| day.map_or(Edge::Open, Edge::Day);
    (edge(earliest), edge(latest))
}

/// The first and last day of one element of a set; nothing on a side that is open.
pub(super) fn element_days(element: &SetElement) -> (Option<Day>, Option<Day>) {
    match element {
        SetElement::Date(date) => {
            let (first, last) = days(date);
            (Some(first), Some(last))
        }
        SetElement::OnOrBefore(date) => (None, Some(days(date).1)),
        SetElement::OnOrAfter(date) => (Some(days(date).0), None),
        SetElement::Range(from, to) => (Some(days(from).0), Some(days(to).1)),
    }
}

/// Whether an interval or a run of years ends before it begins, which `edtf-core` does not see where
/// a year is beyond its numbers.
pub(super) fn is_backwards(edtf: &Edtf) -> bool {
    match edtf {
        Edtf::Date(_) | Edtf::DateTime(_) => false,
        Edtf::Interval(Interval { start, end }) => match (start, end) {
            (IntervalEndpoint::Date(start), IntervalEndpoint::Date(end)) => {
                days(start).0 > days(end).1
            }
            _ => false,
        },
        Edtf::Set(set) => set.elements.iter().any(|element| match element {
            SetElement::Range(from, to) => days(from).0 > days(to).1,
            _ => false,
        }),
    }
}

/// 21 to 41 where the month is a part of the year (ISO 8601-2, 4.8).
pub(super) fn season_code(date: &Date) -> Option<u8> {
    date.month.and_then(DateField::value).filter(|code| (21..=41).contains(code))
}

/// Whether nothing of a date is known. Of `-XXXX` it is known that it was before year 0.
pub(super) fn is_unknown(date: &Date) -> bool {
    let blank = |field: DateField| field.digits == [None, None];
    matches!(date.year.kind, YearKind::Standard { digits, negative: false } if digits == [None; 4])
        && date.month.is_none_or(blank)
        && date.day.is_none_or(blank)
}

/// Whether a date may have been on any day between its first and its last: unspecified digits, if
/// any, are its last ones.
pub(super) fn is_whole(date: &Date) -> bool {
    let YearKind::Standard { digits, .. } = date.year.kind else { return true };
    let fields = [date.month, date.day];
    let rest = fields.iter().flatten().flat_map(|field| field.digits);
    let mut blank = false;
    digits.into_iter().chain(rest).all(|digit| {
        blank |= digit.is_none();
        !blank || digit.is_none()
    })
}

/// How exactly one date is known, by the digits that are.
pub(super) fn precision(date: &Date) -> Precision {
    if is_unknown(date) {
        return Precision::Undated;
    }
    let swept = match (date.year.significant_digits, date.year.kind) {
        (None, _) => false,
        (Some(digits), YearKind::Standard { .. }) => digits < 4,
        (Some(_), _) => {
            let (first, last) = days(date);
            civil(first).year != civil(last).year
        }
    };
    if date.year.has_unspecified() || swept {
        return Precision::Vague;
    }
    let Some(month) = date.month else { return Precision::Year };
    match month.digits {
        [None, None] => Precision::Year,
        [None, _] | [_, None] => Precision::Season,
        _ if season_code(date).is_some() => Precision::Season,
        _ => match date.day {
            Some(day) if !day.has_unspecified() => Precision::Day,
            _ => Precision::Month,
        },
    }
}
