//! Rails: the lines that run alongside the timeline for as long as an interval lasts.
//!
//! ```text
//! ┬   the entry at which it begins
//! │   entries while it lasts
//! ┴   the last entry while it lasts
//! ╎   entries after it may have ended: from its earliest possible end to its latest
//! ```
//!
//! An interval that is open at the end runs to the end of the list. Few rails fit beside a list:
//! an interval for which there is none free is drawn without one.

use crate::model::{EntryIndex, Timeline};
use crate::view::label::standing;
use crate::when::{Day, Edge};

/// How many rails there are at most, in cells.
pub const RAILS: usize = 3;

/// One interval's rail, in positions among the entries on show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rail {
    /// Where it begins: the interval's own entry.
    pub first: usize,
    /// The last position at which it certainly lasts.
    pub sure: usize,
    /// The last position at which it may last.
    pub last: usize,
    /// Whether it is open at the end.
    pub ongoing: bool,
}

/// What one rail shows beside one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RailPart {
    /// No interval.
    Empty,
    /// It begins here.
    Start,
    /// It lasts.
    Through,
    /// It may last.
    Fading,
    /// It lasts no longer than this.
    End,
    /// It goes on beyond the end of the list.
    Onwards,
}

/// All rails of the entries on show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rails {
    /// Each rail's intervals, in order, none touching the next.
    rails: [Vec<Rail>; RAILS],
    count: usize,
}

impl Rails {
    /// Lays the intervals among `shown` on rails, the first free one each.
    pub fn new(timeline: &Timeline, shown: &[EntryIndex]) -> Self {
        let mut all = Rails { count: shown.len(), ..Rails::default() };
        for (entry, sides) in timeline.intervals() {
            let Ok(first) = shown.binary_search(&entry) else { continue };
            let is_free = |rail: &Vec<Rail>| rail.last().is_none_or(|before| before.last < first);
            if timeline.is_undated(entry) || !all.rails.iter().any(is_free) {
                continue;
            }
            let until = |end: Edge| match end {
                Edge::Day(day) => last_until(timeline, shown, day).max(first),
                Edge::Open => shown.len() - 1,
                Edge::Unknown => first,
            };
            let latest = timeline.latest(entry);
            let last = until(latest);
            if last == first {
                continue;
            }
            let sure = match sides.end {
                Some((earliest, _)) => until(Edge::Day(earliest)).min(last),
                None => last,
            };
            let rail = Rail { first, sure, last, ongoing: latest == Edge::Open };
            let free = all.rails.iter_mut().find(|rail| is_free(rail));
            if let Some(free) = free {
                free.push(rail);
            }
        }
        all
    }

    /// How many rails are in use, from the left.
    pub fn used(&self) -> usize {
        self.rails.iter().take_while(|rail| !rail.is_empty()).count()
    }

    /// What the rail numbered `rail` shows at a position.
    pub fn part(&self, rail: usize, position: usize) -> RailPart {
        let Some(intervals) = self.rails.get(rail) else { return RailPart::Empty };
        let next = intervals.partition_point(|interval| interval.last < position);
        let Some(interval) = intervals.get(next).filter(|interval| interval.first <= position)
        else {
            return RailPart::Empty;
        };
        if position == interval.first {
            RailPart::Start
        } else if position == interval.last {
            if interval.ongoing { RailPart::Onwards } else { RailPart::End }
        } else if position > interval.sure {
            RailPart::Fading
        } else {
            RailPart::Through
        }
    }

    /// Whether an interval on this rail lasts across the boundary above a position.
    pub fn crosses(&self, rail: usize, position: usize) -> bool {
        position > 0 && !matches!(self.part(rail, position), RailPart::Empty | RailPart::Start)
    }
}

/// The last position among `shown` whose entry stands on or before a day.
fn last_until(timeline: &Timeline, shown: &[EntryIndex], day: Day) -> usize {
    shown
        .partition_point(|entry| standing(timeline, *entry).is_none_or(|stands| stands <= day))
        .saturating_sub(1)
}
