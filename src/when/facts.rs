//! What a timeline asks of every date, in one small value; found without a full parse where a date
//! is plain.

use edtf_core::{Edtf, IntervalEndpoint, Set, SetElement, SetKind, Time};

use crate::when::bounds::{self, days, ends, is_unknown, is_whole, set_edges};
use crate::when::{
    Answer, DateError, Day, Edge, Precision, When, civil, day_number, days_in_month,
};

/// The place of a date in the one total order of a timeline.
///
/// What is undated comes first, then what has no beginning (by its last day), then everything by
/// its first day, or by its last where the beginning is unknown. What begins on the same day goes
/// from wide to narrow, as a heading goes before what it covers: what lasts on, a year, a month, a
/// day, then the times of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Order(i64, i64);

/// What a timeline asks of every date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its place among others.
    pub order: Order,
    /// The first day that it may have been.
    pub earliest: Edge,
    /// The last day that it may have been.
    pub latest: Edge,
    /// How exactly it is known.
    pub precision: Precision,
    /// Whether it spans time from one date to another.
    pub interval: bool,
    /// Whether nobody knows it at all.
    pub undated: bool,
    /// Whether any part of it is approximate.
    pub approximate: bool,
    /// Whether any part of it is uncertain.
    pub uncertain: bool,
    /// Whether it is one date or interval, and any day from the earliest to the latest is possible.
    pub simple: bool,
}

/// The facts of a date in EDTF.
///
/// # Errors
///
/// As [`When::parse`].
pub fn facts(text: &str) -> Result<Facts, DateError> {
    match quick(text) {
        Some(facts) => Ok(facts),
        None => When::parse(text).map(|when| when.facts()),
    }
}

/// The facts of a plain date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, perhaps with a `~`, `?` or `%`
/// behind it. Nothing for any other date, and for what is none.
pub fn quick(text: &str) -> Option<Facts> {
    let (bytes, approximate, uncertain) = match text.as_bytes() {
        [bytes @ .., b'~'] => (bytes, true, false),
        [bytes @ .., b'?'] => (bytes, false, true),
        [bytes @ .., b'%'] => (bytes, true, true),
        bytes => (bytes, false, false),
    };
    let (first, last, precision) = match *bytes {
        [a, b, c, d] => {
            let year = year(a, b, c, d)?;
            (day_number(year, 1, 1)?, day_number(year, 12, 31)?, Precision::Year)
        }
        [a, b, c, d, b'-', e, f] => {
            let (year, month) = (year(a, b, c, d)?, two(e, f)?);
            let first = day_number(year, month, 1)?;
            let last = first.saturating_add(i64::from(days_in_month(year, month)) - 1);
            (first, last, Precision::Month)
        }
        [a, b, c, d, b'-', e, f, b'-', g, h] => {
            let day = day_number(year(a, b, c, d)?, two(e, f)?, two(g, h)?)?;
            (day, day, Precision::Day)
        }
        _ => return None,
    };
    let (earliest, latest) = (Edge::Day(first), Edge::Day(last));
    Some(Facts {
        order: Order::new(earliest, latest, None),
        earliest,
        latest,
        precision,
        interval: false,
        undated: false,
        approximate,
        uncertain,
        simple: true,
    })
}

fn year(a: u8, b: u8, c: u8, d: u8) -> Option<i64> {
    Some(i64::from(two(a, b)?) * 100 + i64::from(two(c, d)?))
}

fn two(tens: u8, ones: u8) -> Option<u8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// Numbers that are kept free below all days.
const LOWEST: i64 = i64::MIN;
const LOW: i64 = i64::MIN + 1;

impl Order {
    const UNDATED: Order = Order(LOWEST, 0);

    /// The place of all dates, but those with a time of day, from one day to another.
    pub fn of(earliest: Edge, latest: Edge) -> Order {
        Order::new(earliest, latest, None)
    }

    /// A number in the order of places; nothing for one that is too far away, by some six million
    /// years.
    pub fn short(self) -> Option<u64> {
        let short = |number: i64| match number {
            LOWEST => Some(0),
            LOW => Some(1),
            i64::MAX => Some(u32::MAX),
            number => {
                let number = u32::try_from(number.checked_add(1 << 31)?).ok()?;
                (1 < number && number < u32::MAX).then_some(number)
            }
        };
        Some(u64::from(short(self.0)?) << 32 | u64::from(short(self.1)?))
    }

    fn new(earliest: Edge, latest: Edge, time: Option<Time>) -> Order {
        let place = |day: Day| day.max(LOW + 1);
        match (earliest, latest) {
            (Edge::Open, Edge::Day(last)) => Order(LOW, place(last)),
            (Edge::Open, _) => Order(LOW, i64::MAX),
            (Edge::Unknown, Edge::Day(last)) => Order(place(last), LOW),
            (Edge::Unknown, _) => Order::UNDATED,
            (Edge::Day(first), Edge::Open) => Order(place(first), LOWEST),
            (Edge::Day(first), Edge::Unknown) => Order(place(first), LOW),
            (Edge::Day(first), Edge::Day(last)) => {
                let narrowness = first.saturating_sub(last).max(LOW + 1);
                Order(place(first), narrowness.saturating_add(time.map_or(0, second_of_day)))
            }
        }
    }
}

/// 1 for midnight, so that a day without a time goes before it.
fn second_of_day(time: Time) -> i64 {
    i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(time.second) + 1
}

impl Facts {
    pub(super) fn of(edtf: &Edtf) -> Facts {
        let undated = matches!(edtf, Edtf::Date(date) if is_unknown(date));
        let (earliest, latest) = if undated { (Edge::Unknown, Edge::Unknown) } else { edges(edtf) };
        let time = if let Edtf::DateTime(at) = edtf { Some(at.time) } else { None };
        Facts {
            order: if undated { Order::UNDATED } else { Order::new(earliest, latest, time) },
            earliest,
            latest,
            precision: precision(edtf),
            interval: matches!(edtf, Edtf::Interval(_)),
            undated,
            approximate: edtf.is_approximate(),
            uncertain: edtf.is_uncertain(),
            simple: match edtf {
                Edtf::Date(date) => is_whole(date),
                Edtf::DateTime(_) | Edtf::Interval(_) => true,
                Edtf::Set(_) => false,
            },
        }
    }

    /// Whether nothing about it is marked as approximate or uncertain.
    pub fn is_certain(&self) -> bool {
        !self.approximate && !self.uncertain
    }

    /// [`When::during`] where these facts alone tell; nothing where the date has to be asked.
    pub fn during(&self, span: &Facts) -> Option<Answer> {
        crate::when::relation::during_by_facts(self, span)
    }

    /// [`When::before`] where these facts alone tell; nothing where the date has to be asked.
    pub fn before(&self, other: &Facts) -> Option<Answer> {
        crate::when::relation::before_by_facts(self, other)
    }

    /// [`When::after`] where these facts alone tell; nothing where the date has to be asked.
    pub fn after(&self, other: &Facts) -> Option<Answer> {
        crate::when::relation::after_by_facts(self, other)
    }
}

fn edges(edtf: &Edtf) -> (Edge, Edge) {
    let whole = |(first, last)| (Edge::Day(first), Edge::Day(last));
    match edtf {
        Edtf::Date(date) => whole(days(date)),
        Edtf::DateTime(at) => whole(days(&at.date)),
        Edtf::Interval(interval) => {
            let ends = ends(interval);
            (ends.start.0, ends.end.1)
        }
        Edtf::Set(set) => set_edges(set),
    }
}

fn precision(edtf: &Edtf) -> Precision {
    match edtf {
        Edtf::Date(date) => bounds::precision(date),
        Edtf::DateTime(_) => Precision::Day,
        Edtf::Interval(interval) => [interval.start, interval.end]
            .iter()
            .filter_map(|end| match end {
                IntervalEndpoint::Date(date)
                | IntervalEndpoint::OnOrBefore(date)
                | IntervalEndpoint::OnOrAfter(date) => Some(bounds::precision(date)),
                IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
            })
            .max()
            .unwrap_or(Precision::Vague),
        Edtf::Set(set) => set_precision(set),
    }
}

/// Of all its members the least exact; of a choice, what all of them together leave.
fn set_precision(set: &Set) -> Precision {
    let members = set.elements.iter().map(|element| match element {
        SetElement::Date(date) => bounds::precision(date),
        SetElement::Range(from, _) if set.kind == SetKind::AllMembers => bounds::precision(from),
        SetElement::Range(..) => Precision::Day,
        SetElement::OnOrBefore(_) | SetElement::OnOrAfter(_) => Precision::Vague,
    });
    let least = members.max().unwrap_or(Precision::Vague);
    match set.kind {
        SetKind::AllMembers => least,
        SetKind::OneMember => match set_edges(set) {
            (Edge::Day(first), Edge::Day(last)) => least.max(common(first, last)),
            _ => Precision::Vague,
        },
    }
}

/// The smallest part of the calendar that holds two days.
fn common(first: Day, last: Day) -> Precision {
    let (a, b) = (civil(first), civil(last));
    if first == last {
        Precision::Day
    } else if (a.year, a.month) == (b.year, b.month) {
        Precision::Month
    } else if a.year == b.year {
        Precision::Year
    } else {
        Precision::Vague
    }
}
