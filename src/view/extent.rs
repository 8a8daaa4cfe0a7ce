//! Where a date lies on the axis: what is sure of it, what may be, and where its mark stands.

use crate::model::{EntryIndex, Timeline};
use crate::when::{Day, Edge, When};

/// The place of a dated entry on the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The first day that it may have been; the first of all for an open beginning.
    pub first: Day,
    /// The last day that it may have been; the last of all for an open end.
    pub last: Day,
    /// The days over which an interval surely lasts.
    pub firm: Option<(Day, Day)>,
    /// Where its mark stands.
    pub mark: Day,
    /// Whether its beginning is known only approximately, or not at all.
    pub soft_start: bool,
    /// The same of its end.
    pub soft_end: bool,
    /// Whether it has no end.
    pub onwards: bool,
    /// Whether it has no beginning.
    pub before: bool,
    /// The days on which something begins or ends: all of a date, both ends of an interval.
    pub edges: [Option<(Day, Day)>; 2],
}

impl Extent {
    /// The extent of an entry's date; nothing for one that has no day to stand at.
    pub fn of_entry(timeline: &Timeline, entry: EntryIndex) -> Option<Extent> {
        // Most dates are plain, and need no reading.
        if timeline.is_interval(entry) || timeline.is_qualified(entry) || timeline.is_undated(entry)
        {
            return Extent::of(&timeline.date(entry));
        }
        let (first, last) = (timeline.earliest(entry).day()?, timeline.latest(entry).day()?);
        Some(Extent::single(first, last, false))
    }

    /// The extent of a date that is no interval.
    fn single(first: Day, last: Day, soft: bool) -> Extent {
        Extent {
            first,
            last,
            firm: None,
            mark: middle(first, last),
            soft_start: soft,
            soft_end: soft,
            onwards: false,
            before: false,
            edges: [Some((first, last)), None],
        }
    }

    /// The extent of a date; nothing for one that names no day.
    pub fn of(date: &When) -> Option<Extent> {
        if date.is_undated() {
            return None;
        }
        let (first, last) = (date.earliest(), date.latest());
        if !date.is_interval() {
            return Some(Extent::single(first.day()?, last.day()?, date.is_approximate()));
        }
        let (from, to) = date.text().split_once('/').unwrap_or((date.text(), date.text()));
        let soft_start = first == Edge::Unknown || from.contains(['~', '%']);
        let soft_end = last == Edge::Unknown || to.contains(['~', '%']);
        let (start, end) = (date.start_span(), date.end_span());
        let (mark_first, mark_last) = start.or(end)?;
        let onwards = last == Edge::Open;
        let before = first == Edge::Open;
        let begin = |edge: Edge| match edge {
            Edge::Day(day) => day,
            Edge::Open => Day::MIN,
            Edge::Unknown => mark_first,
        };
        let finish = |edge: Edge| match edge {
            Edge::Day(day) => day,
            Edge::Open => Day::MAX,
            Edge::Unknown => mark_last,
        };
        let (first, last) = (begin(first), finish(last));
        let from = start.map_or(first, |(_, latest)| latest);
        let to = end.map_or(last, |(earliest, _)| earliest);
        let firm = (from <= to).then_some((from, to));
        let mark = middle(mark_first, mark_last);
        Some(Extent {
            first,
            last,
            firm,
            mark,
            soft_start,
            soft_end,
            onwards,
            before,
            edges: [start, end],
        })
    }
}

/// The day in the middle, the earlier one of two.
fn middle(first: Day, last: Day) -> Day {
    let sum = i128::from(first) + i128::from(last);
    Day::try_from(sum.div_euclid(2)).unwrap_or(first)
}
