//! What a timeline asks of every date, in one small value; found without a full parse where a date
//! is plain.

use edtf_core::{Edtf, IntervalEndpoint, Set, SetElement, SetKind};

use crate::when::bounds::{self, days, ends, is_unknown, is_whole, set_edges};
use crate::when::moment::{Instant, Moment};
use crate::when::{
    Answer, DateError, Day, Edge, Order, Precision, When, civil, day_number, days_in_month,
};

/// What a timeline asks of every date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The first day that it may have been.
    pub earliest: Edge,
    /// The last day that it may have been.
    pub latest: Edge,
    /// Its time of day, if it has one.
    pub moment: Option<Moment>,
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
        earliest,
        latest,
        moment: None,
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

impl Facts {
    pub(super) fn of(edtf: &Edtf) -> Facts {
        let undated = matches!(edtf, Edtf::Date(date) if is_unknown(date));
        let (earliest, latest) = if undated { (Edge::Unknown, Edge::Unknown) } else { edges(edtf) };
        Facts {
            earliest,
            latest,
            moment: if let Edtf::DateTime(at) = edtf { Some(Moment::of(at.time)) } else { None },
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

    /// Its place among others.
    pub fn order(&self) -> Order {
        Order::of(self.earliest, self.latest, self.moment)
    }

    /// Its time on its day, if it has one.
    pub(super) fn instant(&self) -> Option<Instant> {
        Some(Instant::new(self.earliest.day()?, self.moment?))
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
