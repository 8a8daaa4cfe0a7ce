//! The claims of one measure as a picture: each a bar over the period that it covers, at its value.
//!
//! ```text
//!         │                          ↑
//! 100,000 ┤ ╌╌≈≈≈≈≈≈≈≈≈≈≈≈≈≈╌╌╌      ╌━━━━━━━━━━
//!         │
//!  50,000 ┤
//!         │
//!       0 ┤
//!         └ 2022                     2023
//! ```
//!
//! Rows count from the top, columns from the left edge of the plot, which is right of the labels.
//! A bar stands at its value, whatever else does: equal values are in one row. It is words that give
//! way to one another. Only classes are given here; characters and colours are left to the terminal.

use std::sync::Arc;

use crate::model::{Amount, Bound, grouped};
use crate::view::axis::Axis;
use crate::view::extent::Extent;
use crate::view::figures::FigureRow;
use crate::when::Day;

/// Among more bars than this those of which nothing is seen may be left out.
const CROWD: usize = 400;

/// Where a chart's bars would be two powers of ten apart, its scale is logarithmic.
const WIDE: f64 = 100.0;

/// What a bar says of the true value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It is this.
    Exact,
    /// It is near this: a soft end.
    Soft,
    /// It is this or more: an arrow up.
    Floor,
    /// It is this or less: an arrow down.
    Ceiling,
    /// It is somewhere in the band.
    Band,
}

impl Shape {
    fn of(claim: Bound) -> Shape {
        match claim {
            Bound::Exactly(_) => Shape::Exact,
            Bound::About(_) => Shape::Soft,
            Bound::AtLeast(_) | Bound::MoreThan(_) => Shape::Floor,
            Bound::AtMost(_) | Bound::LessThan(_) => Shape::Ceiling,
            Bound::Between(..) => Shape::Band,
        }
    }
}

/// One claim in the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Which of the rows that the chart was made of.
    pub row: usize,
    /// What it says of the true value.
    pub shape: Shape,
    /// First and last column.
    pub columns: (usize, usize),
    /// The columns of those that it surely covers; fewer where dates are uncertain.
    pub firm: Option<(usize, usize)>,
    /// Top and bottom row; the same but for a band.
    pub rows: (usize, usize),
    /// Whether its period has no beginning.
    pub before: bool,
    /// Whether its period has no end.
    pub onwards: bool,
    /// Whether it stands at the date of its entry, having no period.
    pub dated_by_entry: bool,
}

/// A claim with its place in time.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Which of the rows that the chart is made of.
    pub row: usize,
    /// The value as claimed.
    pub bound: Bound,
    /// The period, else the date of the entry.
    pub extent: Extent,
    /// Whether it is the date of the entry.
    pub by_entry: bool,
}

/// Beyond this a scale would have no finite length; what is greater stands at its end.
const GREATEST: f64 = f64::MAX / 64.0;

/// How values lie on rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    log: bool,
    height: usize,
}

impl Scale {
    /// The scale for values from the least to the greatest, from 0 (or the least of them, where that is below) to a round number
    /// above the greatest; by powers of ten where they are far apart.
    fn of(least: f64, most: f64, height: usize) -> Scale {
        if least > 0.0 && most / least >= WIDE {
            let (low, high) = (least.log10().floor(), most.log10().ceil());
            return Scale { low, high: high.max(low + 1.0), log: true, height };
        }
        let (least, most) = (least.clamp(-GREATEST, 0.0), most.clamp(0.0, GREATEST));
        let step = step(most - least, height);
        let (low, high) = ((least / step).floor() * step, (most / step).ceil() * step);
        Scale { low, high: if high > low { high } else { low + 1.0 }, log: false, height }
    }

    /// How many rows it has.
    pub fn height(self) -> usize {
        self.height
    }

    /// Whether it goes by powers of ten.
    pub fn is_log(self) -> bool {
        self.log
    }

    /// How high a value stands, from the bottom (0) to the top (1).
    pub fn share(self, value: f64) -> f64 {
        let at = if self.log { value.log10() } else { value };
        ((at - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The row of a value.
    pub fn row(self, value: f64) -> usize {
        let share = self.share(value);
        // The top row is left free, for arrows up, where there are rows enough.
        let (top, last) = (usize::from(self.height > 2), self.height.saturating_sub(1));
        let rows = last.saturating_sub(top) as f64;
        // A share of a row count is within it.
        last - (share * rows).round() as usize
    }

    /// The labelled rows, from the bottom upwards.
    fn ticks(self) -> Vec<(usize, String)> {
        self.labels().into_iter().map(|(value, text)| (self.row(value), text)).collect()
    }

    /// The values that have labels, in rows of their own, from the bottom upwards.
    pub fn labels(self) -> Vec<(f64, String)> {
        let values: Vec<f64> = if self.log {
            let decades = (self.high - self.low).round() as i32;
            let every = (decades as usize).div_ceil((self.height / 2).max(1)).max(1);
            (0..=decades).step_by(every).map(|at| 10f64.powi(self.low as i32 + at)).collect()
        } else {
            let step = step(self.high - self.low, self.height);
            let count = ((self.high - self.low) / step).round() as usize;
            (0..=count).map(|at| self.low + step * at as f64).collect()
        };
        let mut labels: Vec<(f64, String)> = Vec::new();
        for value in values {
            if labels.last().is_none_or(|(below, _)| self.row(value) < self.row(*below)) {
                labels.push((value, number(value)));
            }
        }
        labels
    }
}

/// The round number (1, 2 or 5 times a power of ten) that gives at most one label in three rows.
fn step(range: f64, height: usize) -> f64 {
    let most = (height / 3).clamp(1, 8) as f64;
    let least = range / most;
    if !least.is_finite() || least <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// A number on a scale: `150,000`, `1.5M`, `30bn`.
fn number(value: f64) -> String {
    let (unit, name) = match value.abs() {
        1e12.. => return format!("{value:e}"),
        1e9.. => (1e9, "bn"),
        1e6.. => (1e6, "M"),
        _ => (1.0, ""),
    };
    // Sums of steps leave dust behind.
    let tidy = ((value / unit) * 1e6).round() / 1e6;
    format!("{}{name}", grouped(&tidy.to_string()))
}

/// The claims of one measure as a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Where the plot begins: the width of the labels and the rule beside them.
    pub left: usize,
    /// Time under the plot.
    pub axis: Axis,
    /// Values beside it.
    pub scale: Scale,
    /// The labelled rows, from the bottom upwards.
    pub ticks: Vec<(usize, String)>,
    /// The claims, the greatest first.
    pub bars: Vec<Bar>,
}

impl Chart {
    /// The chart of rows, which are of one measure, in so many cells; nothing where no claim has
    /// a place in time, or there is no room.
    pub fn new(rows: &[FigureRow], columns: usize, height: usize) -> Option<Chart> {
        let placed = |(at, row): (usize, &FigureRow)| {
            let period = row.figure.period.as_ref().and_then(Extent::of);
            let extent = period.or_else(|| Extent::of(&row.date))?;
            let bound = row.figure.bound;
            Some(Placed { row: at, bound, extent, by_entry: period.is_none() })
        };
        Chart::of(|| rows.iter().enumerate().filter_map(placed), columns, height)
    }

    /// The chart of claims of one measure. They are gone through twice, and not kept: a claim with
    /// its place takes more room than its bar.
    pub fn of<I: Iterator<Item = Placed>>(
        placed: impl Fn() -> I,
        columns: usize,
        height: usize,
    ) -> Option<Chart> {
        let (mut least, mut most, mut count) = (f64::INFINITY, f64::NEG_INFINITY, 0usize);
        let span = span(placed().map(|claim| {
            let ends = [Some(claim.bound.amount()), claim.bound.high()];
            for value in ends.into_iter().flatten().map(Amount::nearly) {
                (least, most) = (least.min(value), most.max(value));
            }
            count += 1;
            claim.extent
        }))?;
        let scale = Scale::of(least, most, height);
        let ticks = scale.ticks();
        let left = ticks.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0) + 2;
        let room = columns.checked_sub(left).filter(|room| *room > 1 && height > 0)?;
        let axis = Axis::fit(span, room, Arc::from([]));
        let mut bars = Vec::with_capacity(count);
        bars.extend(placed().filter_map(|claim| bar(&axis, scale, claim)));
        // No two are of one row.
        bars.sort_unstable_by_key(|bar| (bar.rows.0, bar.columns.0, bar.row));
        Some(Chart { left, axis, scale, ticks, bars })
    }

    /// Leaves out the bars of which nothing is seen where they are drawn in their order. Words
    /// beside them have no place in such a crowd.
    pub fn leave_out_hidden(&mut self) {
        let height = self.scale.height();
        let columns = self.axis.columns();
        let mut covered = vec![false; columns * height];
        let mut seen = Vec::new();
        for bar in self.bars.iter().rev() {
            let body = (bar.rows.0..=bar.rows.1)
                .flat_map(|row| (bar.columns.0..=bar.columns.1).map(move |column| (row, column)));
            let mut shows = false;
            for (row, column) in body.chain(bar.arrow(height)) {
                if let Some(covered) = covered.get_mut(row * columns + column) {
                    shows |= !std::mem::replace(covered, true);
                }
            }
            if shows {
                seen.push(*bar);
            }
        }
        seen.reverse();
        self.bars = seen;
    }

    /// Whether bars lie on one another, so that those that are hidden may be left out.
    pub fn is_crowded(&self) -> bool {
        self.bars.len() > CROWD
    }

    /// The bar of a claim.
    pub fn bar(&self, claim: Placed) -> Option<Bar> {
        bar(&self.axis, self.scale, claim)
    }
}

fn bar(axis: &Axis, scale: Scale, placed: Placed) -> Option<Bar> {
    let Placed { row, bound: claim, extent, by_entry } = placed;
    let single = extent.firm.is_none() && extent.edges[1].is_none();
    // A single date as a period covers all of it; the date of an entry is a point.
    let (columns, firm) = if by_entry {
        (axis.range(extent.mark, extent.mark)?, None)
    } else {
        let whole = axis.range(extent.first, extent.last)?;
        let firm = extent.firm.and_then(|(from, to)| axis.range(from, to));
        (whole, if single { Some(whole) } else { firm })
    };
    let value = claim.amount().nearly();
    let top = claim.high().map_or(value, Amount::nearly);
    Some(Bar {
        row,
        shape: Shape::of(claim),
        columns,
        firm,
        rows: (scale.row(top), scale.row(value)),
        before: extent.before && !by_entry,
        onwards: extent.onwards && !by_entry,
        dated_by_entry: by_entry,
    })
}

/// The first and last day that a date's edge names.
fn span(extents: impl Iterator<Item = Extent>) -> Option<(Day, Day)> {
    let edges = extents.flat_map(|extent| extent.edges).flatten();
    edges.reduce(|(first, last), (from, to)| (first.min(from), last.max(to)))
}

#[cfg(test)]
mod tests;
