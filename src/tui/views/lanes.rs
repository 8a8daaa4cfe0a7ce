//! What the lanes keep: what they stand for, the window on time, and the lane of the cursor.
//!
//! ```text
//! │▌ name………  ‹12 │ plot ………………………………………………… 3› │
//! ```

use ratatui::layout::Rect;

use crate::model::{EntryIndex, Timeline};
use crate::text::width;
use crate::view::axis::Axis;
use crate::view::lanes::{LaneBy, LaneOrder, Lanes};
use crate::view::shown::Shown;
use crate::when::Day;

/// The most cells that a lane's name takes.
const NAME: usize = 24;

/// Where the parts of a lane lie, in columns of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plot {
    /// Where the names begin.
    pub name: u16,
    /// Where the counts of what lies before the window begin.
    pub before: u16,
    /// Where the plot begins.
    pub left: u16,
    /// Where it ends; what lies after the window is counted from here on.
    pub right: u16,
    /// Where those counts end.
    pub end: u16,
    /// How many rows stand over the lanes.
    pub header: u16,
}

impl Plot {
    /// How many columns it has.
    pub fn columns(self) -> usize {
        usize::from(self.right.saturating_sub(self.left))
    }
}

/// What the lanes keep.
#[derive(Clone, Debug)]
pub struct LanesView {
    /// What each lane stands for.
    pub by: LaneBy,
    /// The order of the lanes.
    pub order: LaneOrder,
    /// Whether long times without entries are folded.
    pub folded: bool,
    /// The lane of the cursor.
    pub lane: usize,
    /// The first lane in the window.
    pub top: usize,
    lanes: Lanes,
    axis: Option<Axis>,
    /// Whether the window shows the whole span, whatever that becomes.
    whole: bool,
    stale: bool,
    widest: usize,
    /// The entry at the cursor when the window was last brought to it.
    followed: Option<EntryIndex>,
    /// Where steps from lane to lane led, and the day at which they began.
    aim: Option<(EntryIndex, Day)>,
}

impl Default for LanesView {
    fn default() -> Self {
        LanesView {
            by: LaneBy::default(),
            order: LaneOrder::default(),
            folded: false,
            lane: 0,
            top: 0,
            lanes: Lanes::default(),
            axis: None,
            whole: true,
            stale: true,
            widest: 0,
            followed: None,
            aim: None,
        }
    }
}

impl LanesView {
    /// The lanes.
    pub fn lanes(&self) -> &Lanes {
        &self.lanes
    }

    /// The window on time.
    pub fn axis(&self) -> Option<&Axis> {
        self.axis.as_ref()
    }

    /// Whether the window shows the whole span.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// How many rows it takes to show all, with the ruler above.
    pub fn rows(&self) -> u16 {
        u16::try_from(self.lanes.lanes().len()).unwrap_or(u16::MAX).saturating_add(3)
    }

    /// Where the parts of a lane lie.
    pub fn plot(&self, area: Rect) -> Plot {
        let room = usize::from(area.width);
        let most = self.widest.max(width(self.heading())).min(NAME).min(room / 4);
        let count: u16 = if room < 70 { 4 } else { 5 };
        let name = area.x.saturating_add(2);
        let before = name.saturating_add(u16::try_from(most).unwrap_or(0)).saturating_add(1);
        let left = before.saturating_add(count);
        let right = area.right().saturating_sub(count + 1).max(left);
        let header = if area.height >= self.rows().min(10) { 3 } else { 2 };
        Plot { name, before, left, right, end: area.right().saturating_sub(1), header }
    }

    /// What stands over the names.
    pub fn heading(&self) -> &'static str {
        match self.by {
            LaneBy::Speaker => "speakers",
            LaneBy::Tag => "tags",
            LaneBy::Source => "sources",
            LaneBy::Place => "places",
            LaneBy::Kind => "kinds",
        }
    }

    /// Forgets the lanes, after a change of what they are made of.
    pub fn renew(&mut self) {
        self.stale = true;
        self.aim = None;
        self.followed = None;
    }

    /// Sorts what is shown into lanes, where that is to be done anew.
    pub fn refresh(&mut self, timeline: &Timeline, shown: &Shown) {
        if !self.stale {
            return;
        }
        self.stale = false;
        // Two sets of lanes would take the room of both.
        self.lanes = Lanes::default();
        self.lanes = Lanes::new(timeline, &shown.entries, self.by, self.order);
        self.widest = self.lanes.lanes().iter().map(|lane| width(&lane.name)).max().unwrap_or(0);
        self.axis = match (self.axis.take(), self.lanes.span()) {
            (Some(axis), Some(span)) if !self.whole => {
                let around = axis.days().map_or(span.0, |(first, _)| first);
                Some(self.lanes.folded(&axis.with_span(span), self.folded, around))
            }
            _ => None,
        };
        self.whole = self.axis.is_none();
        self.lane = self.lane.min(self.lanes.lanes().len().saturating_sub(1));
    }

    /// Brings the window to the cursor.
    pub fn settle(
        &mut self,
        timeline: &Timeline,
        cursor: Option<EntryIndex>,
        area: Rect,
        today: Option<Day>,
    ) {
        let plot = self.plot(area);
        let columns = plot.columns();
        let day = cursor.and_then(|entry| Lanes::day(timeline, entry));
        let axis = match self.axis.take() {
            Some(axis) if axis.columns() == columns => axis,
            Some(axis) if !self.whole => {
                let middle = isize::try_from(axis.columns() / 2).unwrap_or(0);
                let held = day.filter(|day| axis.column(*day).is_some());
                axis.resized(columns, held.unwrap_or(axis.stretch(middle).first))
            }
            _ => self.lanes.fit(columns, self.folded, today.unwrap_or(0)),
        };
        let moved = cursor != self.followed;
        self.followed = cursor;
        // A window that was moved away stays there until the cursor moves.
        self.axis = Some(match day {
            Some(day) if moved => axis.showing(day, columns / 12),
            _ => axis,
        });
        if self.aim.map(|(entry, _)| entry) != cursor {
            self.aim = None;
        }
        if let Some(lane) = cursor.and_then(|entry| self.lanes.lane_of(timeline, entry, self.lane))
        {
            self.lane = lane;
        }
        let height = usize::from(area.height.saturating_sub(plot.header)).max(1);
        let count = self.lanes.lanes().len();
        let margin = usize::from(height > 4);
        let lowest = (self.lane + 1 + margin).saturating_sub(height);
        let highest = self.lane.saturating_sub(margin);
        self.top = self.top.clamp(lowest.min(highest), highest).min(count.saturating_sub(height));
    }
}

/// What keys do.
impl LanesView {
    /// Other lanes: those of the next kind.
    pub fn next_kind(&mut self) {
        self.by = next(&LaneBy::ALL, self.by);
        self.lane = 0;
        self.top = 0;
        self.renew();
    }

    /// The lanes in the next order.
    pub fn next_order(&mut self) {
        self.order = next(&LaneOrder::ALL, self.order);
        self.top = 0;
        self.renew();
    }

    /// Twice as near or far, so many times, around a day.
    pub fn zoom(&mut self, nearer: bool, times: usize, day: Option<Day>) {
        let Some(mut axis) = self.axis.take() else { return };
        let middle = isize::try_from(axis.columns() / 2).unwrap_or(0);
        let in_sight = day.filter(|day| axis.column(*day).is_some());
        let day = in_sight.unwrap_or_else(|| axis.stretch(middle).first);
        for _ in 0..times.min(64) {
            axis = axis.zoomed(nearer, day);
        }
        self.axis = Some(axis);
        self.whole = false;
    }

    /// The whole span.
    pub fn zoom_to_whole(&mut self) {
        self.axis = None;
        self.whole = true;
        self.followed = None;
    }

    /// So many quarters of the window later, or earlier.
    pub fn pan(&mut self, times: usize, later: bool) {
        let Some(axis) = self.axis.take() else { return };
        let step = (axis.columns() / 4).max(1).saturating_mul(times);
        let step = isize::try_from(step).unwrap_or(isize::MAX);
        self.axis = Some(axis.panned(if later { step } else { -step }));
        self.whole = false;
    }

    /// Folds long times without entries, or opens them, around a day.
    pub fn fold(&mut self, day: Option<Day>) {
        self.folded = !self.folded;
        if self.whole {
            self.axis = None;
            return;
        }
        let Some(axis) = self.axis.take() else { return };
        let middle = isize::try_from(axis.columns() / 2).unwrap_or(0);
        let day = day.unwrap_or_else(|| axis.stretch(middle).first);
        self.axis = Some(self.lanes.folded(&axis, self.folded, day));
    }

    /// So many lanes down, or up: the entry to go to.
    pub fn lane_step(
        &mut self,
        timeline: &Timeline,
        from: EntryIndex,
        by: isize,
    ) -> Option<EntryIndex> {
        let day = match self.aim {
            Some((entry, day)) if entry == from => day,
            _ => Lanes::day(timeline, from).or_else(|| self.lanes.span().map(|span| span.0))?,
        };
        let (lane, entry) = self.lanes.lane_step(self.lane, by, day)?;
        self.lane = lane;
        self.aim = Some((entry, day));
        Some(entry)
    }
}

/// The next of some; after the last the first.
fn next<T: Copy + PartialEq + Default>(all: &[T], of: T) -> T {
    let at = all.iter().position(|other| *other == of).map_or(0, |at| at + 1);
    all.get(at).or(all.first()).copied().unwrap_or_default()
}
