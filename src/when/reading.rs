//! Dates as a newsroom prints them: `9 November 2022`, `about June 2004`, `since December 2022`.

use edtf_core::{
    Date, DateTime, Edtf, Interval, IntervalEndpoint, Precision, Qualifier, Set, SetElement,
    SetKind, Time, TimeShift,
};

use crate::when::bounds::is_unknown;
use crate::when::calendar::Weekday;
use crate::when::{Edge, Facts, civil};

mod date;

/// How many members of a set are read before the rest is only counted.
const MEMBERS: usize = 12;
/// The first whole year of the Gregorian calendar in use; a weekday before it would mislead.
const GREGORIAN: i64 = 1583;

pub(super) fn read(edtf: &Edtf) -> String {
    match edtf {
        Edtf::Date(date) => read_date(date),
        Edtf::DateTime(DateTime { date, time }) => {
            format!("{}, {}", read_date(date), read_time(*time))
        }
        Edtf::Interval(interval) => read_interval(interval),
        Edtf::Set(set) => read_set(set),
    }
}

pub(super) fn read_with_weekday(edtf: &Edtf, facts: Facts) -> String {
    let (date, time) = match edtf {
        Edtf::Date(date) => (date, None),
        Edtf::DateTime(at) => (&at.date, Some(at.time)),
        Edtf::Interval(_) | Edtf::Set(_) => return read(edtf),
    };
    let weekday = match (facts.earliest, facts.latest) {
        (Edge::Day(day), _) if facts.precision == super::Precision::Day && facts.is_certain() => {
            day
        }
        _ => return read(edtf),
    };
    if civil(weekday).year < GREGORIAN {
        return read(edtf);
    }
    let day = format!("{}, {}", read_date(date), Weekday::of(weekday));
    time.map_or_else(|| day.clone(), |time| format!("{day}, {}", read_time(time)))
}

/// The time of day of a date that has one.
pub(super) fn read_clock(edtf: &Edtf) -> Option<String> {
    match edtf {
        Edtf::DateTime(at) => Some(read_time(at.time)),
        Edtf::Date(_) | Edtf::Interval(_) | Edtf::Set(_) => None,
    }
}

/// `14:05 UTC`, with seconds where there are any.
fn read_time(time: Time) -> String {
    let mut out = format!("{:02}:{:02}", time.hour, time.minute);
    if time.second > 0 {
        out += &format!(":{:02}", time.second);
    }
    match time.shift {
        None => {}
        Some(TimeShift::Utc | TimeShift::Offset { minutes: 0, .. }) => out += " UTC",
        Some(TimeShift::Offset { minutes, .. }) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
            out += &format!(" UTC{sign}{hours}");
            if rest > 0 {
                out += &format!(":{rest:02}");
            }
        }
    }
    out
}

/// One date with what is said about its certainty: before it where that holds for all of it, else
/// behind it, part by part.
fn read_date(date: &Date) -> String {
    let bare = if is_unknown(date) { "undated".to_owned() } else { date::read_bare(date) };
    let parts = [
        ("year", Some(date.year.qualifier)),
        ("month", date.month.map(|month| month.qualifier)),
        ("day", date.day.map(|day| day.qualifier)),
    ];
    let parts: Vec<_> =
        parts.into_iter().filter_map(|(name, qualifier)| Some((name, qualifier?))).collect();
    let all = date.year.qualifier;
    if parts.iter().all(|(_, qualifier)| *qualifier == all) {
        if !all.is_qualified() {
            return bare;
        }
        // "about a day in June" would say something else.
        return if bare.starts_with("a ") || bare == "undated" {
            format!("{bare} ({})", adjective(all))
        } else {
            format!("{} {bare}", adverb(all))
        };
    }
    format!("{bare} ({})", read_parts(&parts))
}

/// `year and month approximate, day uncertain`.
fn read_parts(parts: &[(&str, Qualifier)]) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut rest = parts;
    while let Some(((_, qualifier), _)) = rest.split_first() {
        let like = rest.iter().take_while(|(_, other)| other == qualifier).count();
        let (same, other) = rest.split_at(like);
        if qualifier.is_qualified() {
            let names: Vec<&str> = same.iter().map(|(name, _)| *name).collect();
            said.push(format!("{} {}", names.join(" and "), adjective(*qualifier)));
        }
        rest = other;
    }
    said.join(", ")
}

fn adverb(qualifier: Qualifier) -> &'static str {
    match (qualifier.uncertain, qualifier.approximate) {
        (true, true) => "possibly about",
        (true, false) => "possibly",
        (false, _) => "about",
    }
}

fn adjective(qualifier: Qualifier) -> &'static str {
    match (qualifier.uncertain, qualifier.approximate) {
        (true, true) => "uncertain and approximate",
        (true, false) => "uncertain",
        (false, _) => "approximate",
    }
}

fn read_interval(interval: &Interval) -> String {
    use IntervalEndpoint::{Date, OnOrAfter, OnOrBefore, Open, Unknown};
    let end = match &interval.end {
        Open => return format!("since {}", read_start(&interval.start)),
        Unknown => "an unknown date".to_owned(),
        Date(date) | OnOrBefore(date) => read_date(date),
        OnOrAfter(date) => format!("{} or later", read_date(date)),
    };
    match &interval.start {
        Open => format!("until {end}"),
        start => format!("from {} to {end}", read_start(start)),
    }
}

fn read_start(start: &IntervalEndpoint) -> String {
    match start {
        // Both open is no interval.
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => "an unknown date".to_owned(),
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => read_date(date),
        IntervalEndpoint::OnOrBefore(date) => format!("{} or earlier", read_date(date)),
    }
}

fn read_set(set: &Set) -> String {
    let mut members: Vec<String> =
        set.elements.iter().take(MEMBERS).map(|element| read_element(element, set.kind)).collect();
    let unread = set.elements.len() - members.len();
    if unread > 0 {
        members.push(format!("{unread} more"));
    }
    let ranged = matches!(set.elements.as_slice(), [SetElement::Range(..)]);
    let plain = set.elements.iter().all(|element| matches!(element, SetElement::Date(_)));
    match (members.as_slice(), set.kind) {
        ([one], _) if !ranged => one.clone(),
        ([one, other], SetKind::OneMember) => format!("{one} or {other}"),
        ([one, other], SetKind::AllMembers) if plain => format!("both {one} and {other}"),
        (members, SetKind::OneMember) => format!("one of {}", members.join(", ")),
        (members, SetKind::AllMembers) => format!("all of {}", members.join(", ")),
    }
}

fn read_element(element: &SetElement, kind: SetKind) -> String {
    let unit = |date: &Date| match date.precision() {
        Precision::Day => "days",
        Precision::Month => "months",
        Precision::Season => "seasons",
        Precision::Year => "years",
    };
    match (element, kind) {
        (SetElement::Date(date), _) => read_date(date),
        (SetElement::Range(from, to), _) => format!("{} to {}", read_date(from), read_date(to)),
        (SetElement::OnOrBefore(date), SetKind::OneMember) => {
            format!("{} or earlier", read_date(date))
        }
        (SetElement::OnOrAfter(date), SetKind::OneMember) => {
            format!("{} or later", read_date(date))
        }
        (SetElement::OnOrBefore(date), SetKind::AllMembers) => {
            format!("{} and all {} before", read_date(date), unit(date))
        }
        (SetElement::OnOrAfter(date), SetKind::AllMembers) => {
            format!("{} and all {} after", read_date(date), unit(date))
        }
    }
}
