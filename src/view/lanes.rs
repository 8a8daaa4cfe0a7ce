//! Lanes: time runs from left to right, one lane a speaker, tag, source, place or kind.
//!
//! ```text
//!             2022                          2023
//!             Aug   Sep   Oct   Nov   Dec   Jan   Feb   Mar   Apr   May
//! Milley                        ░░◐░░
//! Gates                                           ●
//! Kirby                                                             5
//! events                              ░░■░░────────────────■────────────▶
//! ```
//!
//! Each entry has a mark: on its day; in the middle of the days that it may have been; of an
//! interval, in the middle of those on which it may have begun (or ended, where it has no
//! beginning). Marks that share a column are a number. Under the marks lie bars: firm where an
//! interval surely lasts, loose over days that an entry may have been or an interval may have
//! lasted, faint beside the ends of an approximate date. An interval without an end has an arrow
//! at the window's edge.
//!
//! An entry stands in every lane that it belongs to (each of its tags); one without a speaker, tag
//! and so on stands in the last lane. Undated entries have no place on the axis; lanes count them.
//!
//! To build lanes takes time in proportion to the entries; to draw one, or to move, grows with
//! the columns and the logarithm of the entries.

use std::sync::Arc;

use crate::model::{EntryIndex, SpeakerIndex, Timeline};
use crate::view::axis::Axis;
use crate::view::extent::Extent;
use crate::when::Day;

mod build;
mod cells;
mod stab;

pub use cells::{Cell, Class, draw};
use stab::Stab;

/// What each lane stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LaneBy {
    /// One speaker each, and one for events.
    #[default]
    Speaker,
    /// One tag each.
    Tag,
    /// One source each.
    Source,
    /// One place each.
    Place,
    /// Statements and events.
    Kind,
}

impl LaneBy {
    /// All, in the order in which a key goes through them.
    pub const ALL: [LaneBy; 5] =
        [LaneBy::Speaker, LaneBy::Tag, LaneBy::Source, LaneBy::Place, LaneBy::Kind];

    /// The word a person uses: `speaker`.
    pub fn word(self) -> &'static str {
        match self {
            LaneBy::Speaker => "speaker",
            LaneBy::Tag => "tag",
            LaneBy::Source => "source",
            LaneBy::Place => "place",
            LaneBy::Kind => "kind",
        }
    }

    /// The name of the lane of entries that have none of it.
    fn without(self) -> &'static str {
        match self {
            LaneBy::Speaker | LaneBy::Kind => "events",
            LaneBy::Tag => "no tag",
            LaneBy::Source => "no source",
            LaneBy::Place => "no place",
        }
    }
}

/// The order of lanes from top to bottom. The lane of entries that have no speaker, tag and so on
/// is always the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LaneOrder {
    /// By the first entry of each.
    #[default]
    First,
    /// The one with the most entries first.
    Count,
    /// By name, letter case aside.
    Name,
}

impl LaneOrder {
    /// All, in the order in which a key goes through them.
    pub const ALL: [LaneOrder; 3] = [LaneOrder::First, LaneOrder::Count, LaneOrder::Name];

    /// The word a person uses: `first`.
    pub fn word(self) -> &'static str {
        match self {
            LaneOrder::First => "first appearance",
            LaneOrder::Count => "count",
            LaneOrder::Name => "name",
        }
    }
}

/// Where an entry is marked; in the order of days, then of entries. The day is kept in halves, so
/// that a mark takes 12 bytes and not 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    high: i32,
    low: u32,
    entry: EntryIndex,
}

impl Mark {
    fn new(day: Day, entry: EntryIndex) -> Self {
        Mark { high: (day >> 32) as i32, low: day as u32, entry }
    }

    fn day(self) -> Day {
        Day::from(self.high) << 32 | Day::from(self.low)
    }
}

/// One lane.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    /// What stands before it; a speaker's short name, unless two share it.
    pub name: String,
    /// The speaker whose colour it has, where lanes are speakers.
    pub speaker: Option<SpeakerIndex>,
    /// Dated entries from left to right.
    marks: Vec<Mark>,
    /// Those that have no place on the axis, in chronological order.
    undated: Vec<EntryIndex>,
    /// Days over which entries are firm.
    firm: Stab,
    /// Days over which entries may have been.
    loose: Stab,
    /// Of those whose beginning fades.
    soft_start: Stab,
    /// Of those whose end fades.
    soft_end: Stab,
    /// Of the intervals without an end, where the first one is marked.
    onwards: Option<(Day, EntryIndex)>,
    /// Of the intervals without a beginning, where the last one is marked.
    before: Option<(Day, EntryIndex)>,
}

/// All lanes of the entries on show.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    by: LaneBy,
    lanes: Vec<Lane>,
    /// All dated entries from left to right.
    marked: Vec<EntryIndex>,
    /// First and last day of all that is dated.
    span: Option<(Day, Day)>,
    /// Stretches in which nothing is, begins or ends, in order.
    gaps: Arc<[(Day, Day)]>,
}

impl Lanes {
    /// What each lane stands for.
    pub fn by(&self) -> LaneBy {
        self.by
    }

    /// The lanes, from top to bottom.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// First and last day that a bounded date or end of a date names; nothing where none does.
    pub fn span(&self) -> Option<(Day, Day)> {
        self.span
    }

    /// The window in which all is in sight, with long empty stretches folded or not. Without
    /// dated entries it shows `today`.
    pub fn fit(&self, columns: usize, folded: bool, today: Day) -> Axis {
        let gaps = if folded { Arc::clone(&self.gaps) } else { Arc::from([]) };
        Axis::fit(self.span.unwrap_or((today, today)), columns, gaps)
    }

    /// The window with its folds opened, or folded, around a day.
    #[must_use]
    pub fn folded(&self, axis: &Axis, folded: bool, around: Day) -> Axis {
        axis.with_gaps(if folded { Arc::clone(&self.gaps) } else { Arc::from([]) }, around)
    }

    /// The columns of a lane. The cursor's entry comes before others that share its column.
    pub fn cells(
        &self,
        timeline: &Timeline,
        lane: usize,
        axis: &Axis,
        cursor: Option<EntryIndex>,
    ) -> Vec<Cell> {
        match self.lanes.get(lane) {
            Some(lane) => cells::cells(timeline, lane, axis, cursor),
            None => vec![Cell::default(); axis.columns()],
        }
    }

    /// The entries marked in a column of a lane, from left to right.
    pub fn marked(
        &self,
        lane: usize,
        axis: &Axis,
        column: usize,
    ) -> impl Iterator<Item = EntryIndex> + '_ {
        let marks = self.lanes.get(lane).map(|lane| lane.marked(axis, column)).unwrap_or_default();
        marks.iter().map(|mark| mark.entry)
    }

    /// How many entries of a lane are marked before the window, and how many after it.
    pub fn beyond(&self, lane: usize, axis: &Axis) -> (usize, usize) {
        let (Some(lane), Some((first, last))) = (self.lanes.get(lane), axis.days()) else {
            return (0, 0);
        };
        let until = |end: Day| lane.marks.partition_point(|mark| mark.day() <= end);
        // A day that begins before the window may still end in it.
        let before = lane.marks.partition_point(|mark| mark.day() < first);
        (before, lane.marks.len() - until(last).max(before))
    }

    /// The day at which an entry is marked; nothing for an undated one.
    pub fn day(timeline: &Timeline, entry: EntryIndex) -> Option<Day> {
        Extent::of_entry(timeline, entry).map(|extent| extent.mark)
    }

    /// The columns over which an entry may lie, with an open end as far as the window goes; to be
    /// lit for the cursor and the selection. Nothing where that is out of the window.
    pub fn columns(timeline: &Timeline, entry: EntryIndex, axis: &Axis) -> Option<(usize, usize)> {
        let extent = Extent::of_entry(timeline, entry)?;
        axis.range(extent.first, extent.last)
    }
}

/// Moves. Each gives the entry to go to; the same one where there is nowhere to go.
impl Lanes {
    /// So many entries later in time (earlier where negative), among all lanes or within one.
    /// From an entry that is not on show it goes to the nearest that is, in that direction.
    pub fn step(
        &self,
        timeline: &Timeline,
        from: EntryIndex,
        by: isize,
        within: Option<usize>,
    ) -> EntryIndex {
        let count = self.count(within);
        let Some(day) = Lanes::day(timeline, from) else {
            return self.end(true, within).unwrap_or(from);
        };
        let here = match within {
            Some(lane) => self.marks(lane).binary_search(&Mark::new(day, from)),
            None => {
                let place = |entry: &EntryIndex| (Lanes::day(timeline, *entry), *entry);
                self.marked.binary_search_by_key(&(Some(day), from), place)
            }
        };
        let to = match here {
            Ok(at) => at.checked_add_signed(by).unwrap_or(if by < 0 { 0 } else { usize::MAX }),
            Err(after) if by > 0 => after.saturating_add_signed(by - 1),
            Err(after) => after.saturating_add_signed(by),
        };
        self.at(to.min(count.saturating_sub(1)), within).unwrap_or(from)
    }

    /// The first or last entry in time, among all lanes or within one.
    pub fn end(&self, last: bool, within: Option<usize>) -> Option<EntryIndex> {
        self.at(if last { self.count(within).checked_sub(1)? } else { 0 }, within)
    }

    fn marks(&self, lane: usize) -> &[Mark] {
        self.lanes.get(lane).map(|lane| lane.marks.as_slice()).unwrap_or_default()
    }

    /// How many dated entries there are.
    fn count(&self, within: Option<usize>) -> usize {
        within.map_or(self.marked.len(), |lane| self.marks(lane).len())
    }

    /// The dated entry at a place, from left to right.
    fn at(&self, place: usize, within: Option<usize>) -> Option<EntryIndex> {
        match within {
            Some(lane) => self.marks(lane).get(place).map(|mark| mark.entry),
            None => self.marked.get(place).copied(),
        }
    }

    /// So many lanes down (up where negative), to the entry there that is nearest in time to a
    /// day; lanes without dated entries are passed over. To come back to where one was, pass the
    /// day of the entry at which one began to go up and down, not that of each on the way.
    pub fn lane_step(&self, from: usize, by: isize, day: Day) -> Option<(usize, EntryIndex)> {
        let mut left = by.unsigned_abs();
        let mut found = None;
        let mut lane = from;
        while left > 0 {
            let Some(next) = lane.checked_add_signed(by.signum()) else { break };
            let Some(there) = self.lanes.get(next) else { break };
            lane = next;
            if let Some(entry) = there.nearest(day) {
                found = Some((lane, entry));
                left -= 1;
            }
        }
        found
    }

    /// The entry of a lane that is nearest in time to a day; of two that are equally near, the
    /// earlier.
    pub fn nearest(&self, lane: usize, day: Day) -> Option<EntryIndex> {
        self.lanes.get(lane)?.nearest(day)
    }

    /// A lane in which an entry stands: `near` if it does there, else the topmost.
    pub fn lane_of(&self, timeline: &Timeline, entry: EntryIndex, near: usize) -> Option<usize> {
        let day = Lanes::day(timeline, entry);
        let stands = |lane: &Lane| lane.holds(entry, day);
        if self.lanes.get(near).is_some_and(stands) {
            return Some(near);
        }
        self.lanes.iter().position(stands)
    }
}

impl Lane {
    /// How many entries stand in it.
    pub fn len(&self) -> usize {
        self.marks.len() + self.undated.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many of them have no place on the axis.
    pub fn undated(&self) -> usize {
        self.undated.len()
    }

    /// Those that have one, from left to right.
    pub fn dated(&self) -> impl Iterator<Item = EntryIndex> {
        self.marks.iter().map(|mark| mark.entry)
    }

    /// Whether an entry stands in it, which is marked at this day.
    fn holds(&self, entry: EntryIndex, day: Option<Day>) -> bool {
        match day {
            Some(day) => self.marks.binary_search(&Mark::new(day, entry)).is_ok(),
            None => self.undated.binary_search(&entry).is_ok(),
        }
    }

    fn nearest(&self, day: Day) -> Option<EntryIndex> {
        let next = self.marks.partition_point(|mark| mark.day() < day);
        let after = self.marks.get(next);
        let before = next.checked_sub(1).and_then(|at| self.marks.get(at)).map(|mark| {
            // Of several on one day, the first.
            let first = self.marks.partition_point(|other| other.day() < mark.day());
            self.marks.get(first).unwrap_or(mark)
        });
        let far = |mark: &&Mark| day.abs_diff(mark.day());
        before.into_iter().chain(after).min_by_key(far).map(|mark| mark.entry)
    }

    /// The marks in a column.
    fn marked(&self, axis: &Axis, column: usize) -> &[Mark] {
        let Ok(column) = isize::try_from(column) else { return &[] };
        let stretch = axis.stretch(column);
        // A day of several columns is marked in the first of them that is in the window.
        if column > 0 && axis.stretch(column - 1).last == stretch.first {
            return &[];
        }
        let from = self.marks.partition_point(|mark| mark.day() < stretch.first);
        let to = self.marks.partition_point(|mark| mark.day() <= stretch.last);
        self.marks.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
