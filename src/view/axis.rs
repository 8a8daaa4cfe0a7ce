//! A window on time: which days stand in which column.
//!
//! Columns lie on a grid fixed to the calendar: at every step of zoom, time is cut into equal
//! slots counted from 1970-01-01, and a window is a run of slots. A zoom around a day keeps that
//! day's column, so to zoom in and out again leads back to the very same window.
//!
//! Long stretches without entries can be folded: their slots make one column, a break.
//!
//! ```text
//!   slots     … 17 18 19 20 21 22 … 90 91 92 …
//!   columns         0  1  2  ⁞        3  4
//! ```
//!
//! All sums are exact (in `i128`), for any day that a date can name.

use std::sync::Arc;

use crate::when::Day;

/// How many parts a day has, so that a day can be several columns wide.
const PARTS: i128 = 4;

/// A stretch is folded when it is longer than one in so many columns of the window…
const FOLD_SHARE: usize = 4;

/// …and than this many columns.
const FOLD_LEAST: usize = 6;

/// Empty columns that stay on either side of a break, so that it does not touch an entry.
const FOLD_MARGIN: i128 = 1;

/// How much time a column is: a step on a ladder from a quarter of a day upwards, on which every
/// second step doubles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Zoom(u8);

impl Zoom {
    /// Four columns a day.
    pub const NEAREST: Zoom = Zoom(0);
    /// One column a day.
    pub const DAY: Zoom = Zoom(2);
    /// Four columns for all days that have a number.
    pub const FARTHEST: Zoom = Zoom(126);

    /// The length of a column in quarters of a day: 1, 2, 4, 6, 8, 12, 16, 24, …
    fn parts(self) -> i128 {
        match self.0 {
            0 => 1,
            1 => 2,
            step if step % 2 == 0 => PARTS << (step / 2 - 1),
            step => (PARTS + PARTS / 2) << (step / 2 - 1),
        }
    }

    /// So many steps further away; nothing where the ladder ends before that.
    fn moved(self, steps: i16) -> Option<Zoom> {
        let step = u8::try_from(i16::from(self.0) + steps).ok().map(Zoom)?;
        (step <= Zoom::FARTHEST).then_some(step)
    }

    /// Every step, from near to far.
    fn all() -> impl Iterator<Item = Zoom> {
        (0..=Zoom::FARTHEST.0).map(Zoom)
    }

    /// The slot in which a day begins.
    fn slot(self, day: Day) -> i128 {
        (i128::from(day) * PARTS).div_euclid(self.parts())
    }

    /// The last slot that belongs to a day.
    fn last_slot(self, day: Day) -> i128 {
        if self < Zoom::DAY {
            ((i128::from(day) + 1) * PARTS).div_euclid(self.parts()) - 1
        } else {
            self.slot(day)
        }
    }

    /// The days that belong to the slots from `first` to `last`.
    fn days(self, first: i128, last: i128) -> (Day, Day) {
        if self < Zoom::DAY {
            let day = |slot: i128| clamped((slot * self.parts()).div_euclid(PARTS));
            return (day(first), day(last));
        }
        // A day belongs to the slot in which it begins.
        let begin = |slot: i128| -(-slot * self.parts()).div_euclid(PARTS);
        (clamped(begin(first)), clamped(begin(last + 1) - 1))
    }
}

fn clamped(day: i128) -> Day {
    Day::try_from(day).unwrap_or(if day < 0 { Day::MIN } else { Day::MAX })
}

/// The days of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day.
    pub first: Day,
    /// Its last day; the first again where a column is a day or less.
    pub last: Day,
    /// Whether it is a break, which stands for a long time without entries.
    pub folded: bool,
}

/// Slots that make one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fold {
    first: i128,
    last: i128,
    /// How many slots the folds before this one take away.
    before: i128,
}

impl Fold {
    fn taken(self) -> i128 {
        self.last - self.first
    }
}

/// A window on time, some columns wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    columns: usize,
    zoom: Zoom,
    /// The place of the first column, counted in slots less those that folds take away.
    first: i128,
    /// The days that there is something to see in; a window always touches them.
    span: (Day, Day),
    /// Stretches without entries, in order, first and last day.
    gaps: Arc<[(Day, Day)]>,
    folds: Vec<Fold>,
}

impl Axis {
    /// The window that shows all of `span` at the nearest zoom, with a free column on either side
    /// where there is room; in fewer than two columns it may not all fit. `gaps` are stretches without entries that may be folded, in order;
    /// none to fold none. Takes time in proportion to the number of gaps, as every zoom does.
    pub fn fit(span: (Day, Day), columns: usize, gaps: Arc<[(Day, Day)]>) -> Self {
        let span = (span.0.min(span.1), span.0.max(span.1));
        let mut axis =
            Axis { columns, zoom: Zoom::FARTHEST, first: 0, span, gaps, folds: Vec::new() };
        // Days before and after 1970-01-01 never share a slot, so less than two are not enough.
        let room = columns.saturating_sub(2).max(2) as i128;
        let unfolded = Zoom::all()
            .find(|zoom| zoom.last_slot(span.1) - zoom.slot(span.0) < room)
            .unwrap_or(Zoom::FARTHEST);
        axis.set_zoom(unfolded);
        // What is folded leaves room to come nearer; a fold may open on the way, hence the tries.
        let mut tries = if axis.gaps.is_empty() { 0 } else { 4 };
        let mut nearer = axis.clone();
        while tries > 0
            && let Some(zoom) = nearer.zoom.moved(-1)
        {
            nearer.set_zoom(zoom);
            if nearer.length() <= room {
                axis = nearer.clone();
            } else {
                tries -= 1;
            }
        }
        axis.first = axis.place(span.0) - (columns as i128 - axis.length()) / 2;
        axis
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How much time a column is.
    pub fn zoom(&self) -> Zoom {
        self.zoom
    }

    /// Whether stretches without entries are folded where they are long.
    pub fn folds(&self) -> bool {
        !self.gaps.is_empty()
    }

    /// The length of a column in days.
    pub fn days_a_column(&self) -> f64 {
        self.zoom.parts() as f64 / PARTS as f64
    }

    /// The column in which a day begins, where that is in the window.
    pub fn column(&self, day: Day) -> Option<usize> {
        self.inside(self.place(day))
    }

    /// The columns from the beginning of one day to the end of another, as far as they are in the
    /// window: first and last.
    pub fn range(&self, first: Day, last: Day) -> Option<(usize, usize)> {
        let from = (self.place(first) - self.first).max(0);
        let to = self.place_of_slot(self.zoom.last_slot(last.max(first))) - self.first;
        let to = to.min(self.columns as i128 - 1);
        (from <= to).then_some(())?;
        Some((usize::try_from(from).ok()?, usize::try_from(to).ok()?))
    }

    /// The days of a column; also of columns before and after the window, as if it went on.
    pub fn stretch(&self, column: isize) -> Stretch {
        let place = self.first + column as i128;
        let next = self.folds.partition_point(|fold| fold.first - fold.before <= place);
        let before = next.checked_sub(1).and_then(|at| self.folds.get(at));
        let (first, last, folded) = match before {
            Some(fold) if fold.first - fold.before == place => (fold.first, fold.last, true),
            Some(fold) => {
                let slot = place + fold.before + fold.taken();
                (slot, slot, false)
            }
            None => (place, place, false),
        };
        let (first, last) = self.zoom.days(first, last);
        Stretch { first, last, folded }
    }

    /// First and last day in the window; nothing where it has no columns.
    pub fn days(&self) -> Option<(Day, Day)> {
        let last = isize::try_from(self.columns).ok()?.checked_sub(1).filter(|last| *last >= 0)?;
        Some((self.stretch(0).first, self.stretch(last).last))
    }

    /// Twice as near (or, where `nearer` is false, twice as far), with `day` in the column in
    /// which it is; the same window where there is no such step.
    #[must_use]
    pub fn zoomed(&self, nearer: bool, day: Day) -> Self {
        let Some(zoom) = self.zoom.moved(if nearer { -2 } else { 2 }) else { return self.clone() };
        let mut axis = self.clone();
        let column = self.place(day) - self.first;
        axis.set_zoom(zoom);
        axis.first = axis.place(day) - column;
        axis
    }

    /// So many columns later, or earlier; never so far that nothing is left to see.
    #[must_use]
    pub fn panned(&self, columns: isize) -> Self {
        let mut axis = self.clone();
        axis.first = self.kept(self.first.saturating_add(columns as i128));
        axis
    }

    /// Panned as little as brings a day into the window, `margin` columns from its edges where it
    /// is so wide.
    #[must_use]
    pub fn showing(&self, day: Day, margin: usize) -> Self {
        let mut axis = self.clone();
        let margin = margin.min(self.columns.saturating_sub(1) / 2) as i128;
        let place = self.place(day);
        let highest = place - margin;
        let lowest = place + margin + 1 - self.columns as i128;
        if self.columns > 0 {
            axis.first = self.first.clamp(lowest.min(highest), highest);
        }
        axis
    }

    /// As wide as a window that was resized, with `day` in the same column if there still is one.
    #[must_use]
    pub fn resized(&self, columns: usize, day: Day) -> Self {
        let mut axis = self.clone();
        let column = self.place(day) - self.first;
        axis.columns = columns;
        axis.set_zoom(self.zoom);
        axis.first = axis.place(day) - column;
        if self.column(day).is_some() { axis.showing(day, 0) } else { axis }
    }

    /// With other stretches to fold, or none, and `day` in the same column.
    #[must_use]
    pub fn with_gaps(&self, gaps: Arc<[(Day, Day)]>, day: Day) -> Self {
        let mut axis = self.clone();
        let column = self.place(day) - self.first;
        axis.gaps = gaps;
        axis.set_zoom(self.zoom);
        axis.first = axis.place(day) - column;
        axis
    }

    /// Over other days that there is something to see in; the window stays where it is.
    #[must_use]
    pub fn with_span(&self, span: (Day, Day)) -> Self {
        Axis { span: (span.0.min(span.1), span.0.max(span.1)), ..self.clone() }
    }

    /// The place of a window that still touches the span.
    fn kept(&self, first: i128) -> i128 {
        let lowest = self.place(self.span.0) + 1 - self.columns.max(1) as i128;
        first.clamp(lowest, self.place(self.span.1).max(lowest))
    }

    fn inside(&self, place: i128) -> Option<usize> {
        usize::try_from(place - self.first).ok().filter(|column| *column < self.columns)
    }

    /// The columns that the span takes.
    fn length(&self) -> i128 {
        self.place_of_slot(self.zoom.last_slot(self.span.1)) - self.place(self.span.0) + 1
    }

    fn place(&self, day: Day) -> i128 {
        self.place_of_slot(self.zoom.slot(day))
    }

    fn place_of_slot(&self, slot: i128) -> i128 {
        let next = self.folds.partition_point(|fold| fold.first <= slot);
        match next.checked_sub(1).and_then(|at| self.folds.get(at)) {
            Some(fold) if slot <= fold.last => fold.first - fold.before,
            Some(fold) => slot - fold.before - fold.taken(),
            None => slot,
        }
    }

    /// Sets the zoom and folds anew what is long at it.
    fn set_zoom(&mut self, zoom: Zoom) {
        self.zoom = zoom;
        let least = (self.columns / FOLD_SHARE).max(FOLD_LEAST) as i128;
        let mut before = 0;
        self.folds.clear();
        for (first, last) in self.gaps.iter() {
            let first = zoom.slot(*first) + 1 + FOLD_MARGIN;
            let last = zoom.last_slot(*last) - 1 - FOLD_MARGIN;
            if last - first + 1 > least {
                let fold = Fold { first, last, before };
                before += fold.taken();
                self.folds.push(fold);
            }
        }
    }
}

#[cfg(test)]
mod tests;
