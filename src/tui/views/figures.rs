//! What the figures keep: the measure, the order, the row at the cursor, and those marked for
//! comparison.

use ratatui::layout::Rect;

use crate::model::{EntryIndex, NameIndex, Timeline};
use crate::text::width;
use crate::view::compare::FigureRef;
use crate::view::figures::at_hand::{self, FigureAt};
use crate::view::figures::chart::{Bar, Chart};
use crate::view::figures::labels::BarLabel;
use crate::view::figures::{Column, FigureRow};
use crate::view::shown::Shown;

/// Rows of the upper part that are no chart: the measures above it, two of the ruler below.
const AROUND_CHART: u16 = 3;

/// The widths of columns are those of the first so many rows.
const MEASURED: usize = 500;

/// What the figures keep.
#[derive(Clone, Debug, Default)]
pub struct FiguresView {
    /// The column that the table is in order of.
    pub sort: Column,
    /// Whether from high to low.
    pub descending: bool,
    /// The row of the table that the cursor is on; none where the entry at the cursor has no
    /// figure of this measure.
    pub row: Option<usize>,
    /// The first row in the window.
    pub top: usize,
    /// Those marked for comparison, in the order in which they were marked.
    pub marked: Vec<FigureRef>,
    all: Vec<FigureAt>,
    rows: Vec<FigureAt>,
    window: Vec<FigureRow>,
    widths: [usize; Column::ALL.len()],
    measures: Vec<(String, usize)>,
    measure: usize,
    chart: Option<Chart>,
    labels: Vec<BarLabel>,
    /// The bar of the figure at the cursor.
    bar: Option<Bar>,
    /// What the chart was laid out for, in cells.
    charted: Option<(u16, u16)>,
    fresh: bool,
    /// Whether the rows are those of the measure, in order.
    grouped: bool,
    followed: Option<EntryIndex>,
}

impl FiguresView {
    /// The figures of the measure on the screen, in order.
    pub fn rows(&self) -> &[FigureAt] {
        &self.rows
    }

    /// The rows in the window, all that is to be drawn of them.
    pub fn window(&self) -> &[FigureRow] {
        &self.window
    }

    /// The cells that the widest text of a column takes.
    pub fn widest(&self, column: Column) -> usize {
        let at = Column::ALL.iter().position(|other| *other == column);
        at.and_then(|at| self.widths.get(at)).copied().unwrap_or(0)
    }

    /// The measures, each with how many figures it has.
    pub fn measures(&self) -> &[(String, usize)] {
        &self.measures
    }

    /// Which measure is on the screen.
    pub fn measure(&self) -> usize {
        self.measure
    }

    /// The chart, where there is room for one and a figure with a place in time.
    pub fn chart(&self) -> Option<(&Chart, &[BarLabel])> {
        self.chart.as_ref().map(|chart| (chart, self.labels.as_slice()))
    }

    /// The bar of the figure at the cursor, to lie over the others.
    pub fn bar(&self) -> Option<&Bar> {
        self.bar.as_ref()
    }

    /// The figure at the cursor.
    pub fn figure(&self) -> Option<FigureRef> {
        self.row.and_then(|row| self.rows.get(row)).map(|row| row.name())
    }

    /// The place of a figure among those marked, from 1.
    pub fn mark_of(&self, row: &FigureRow) -> Option<usize> {
        let name = FigureRef { entry: row.entry, number: row.number };
        self.marked.iter().position(|marked| *marked == name).map(|at| at + 1)
    }

    /// Forgets the figures, after a change of what is shown.
    pub fn renew(&mut self) {
        self.fresh = false;
        self.followed = None;
    }

    /// Keeps what is marked through another reading of the files.
    pub fn reread(&mut self, moved: impl Fn(EntryIndex) -> Option<EntryIndex>) {
        self.marked.retain_mut(|figure| match moved(figure.entry) {
            Some(entry) => {
                figure.entry = entry;
                true
            }
            None => false,
        });
    }

    /// Gathers the figures of what is shown, where that is to be done anew.
    pub fn refresh(&mut self, timeline: &Timeline, shown: &Shown) {
        if self.fresh {
            return;
        }
        self.fresh = true;
        self.grouped = false;
        let measure = self.measures.get(self.measure).map(|(name, _)| name.clone());
        self.all = at_hand::gather(timeline, &shown.entries);
        let name = |measure| timeline.measures().name(measure).to_owned();
        let measures = at_hand::measures(timeline, &self.all).into_iter();
        self.measures = measures.map(|(measure, count)| (name(measure), count)).collect();
        let kept = |name: String| self.measures.iter().position(|(other, _)| *other == name);
        self.measure = measure.and_then(kept).unwrap_or(0);
    }

    /// The rows of the measure, in order; the row at the cursor stays the same figure.
    fn group(&mut self, timeline: &Timeline) {
        if self.grouped {
            return;
        }
        self.grouped = true;
        let here = self.figure();
        let measure = self.measures.get(self.measure);
        let measure = measure.and_then(|(name, _)| timeline.measures().find(name));
        let own = |figure: &&FigureAt| figure.measure(timeline) == measure;
        self.rows = self.all.iter().filter(own).copied().collect();
        at_hand::sort(timeline, &mut self.rows, self.sort, self.descending);
        self.row = here.and_then(|here| self.rows.iter().position(|row| row.name() == here));
        self.charted = None;
        self.widths = Default::default();
        for row in self.rows.iter().take(MEASURED).filter_map(|row| row.row(timeline)) {
            for (column, widest) in Column::ALL.into_iter().zip(&mut self.widths) {
                *widest = width(&row.cell(column)).max(*widest);
            }
        }
    }

    /// The first figure of an entry, of any measure.
    fn first_of(&self, entry: EntryIndex) -> Option<FigureAt> {
        let from = self.all.partition_point(|figure| figure.entry < entry);
        self.all.get(from).copied().filter(|figure| figure.entry == entry)
    }

    /// Brings the row, the window and the chart into step with the entry at the cursor.
    pub fn settle(
        &mut self,
        timeline: &Timeline,
        cursor: Option<EntryIndex>,
        upper: Rect,
        lower: Rect,
    ) {
        self.group(timeline);
        let own = |row: &FigureAt| Some(row.entry) == cursor;
        // Most entries have none, and need not be looked for.
        let first = cursor.and_then(|entry| self.first_of(entry));
        let here = self.row.and_then(|row| self.rows.get(row)).is_some_and(own);
        if !here {
            self.row = first.and_then(|_| self.rows.iter().position(own));
        }
        if cursor != self.followed {
            self.followed = cursor;
            // An entry without a figure of this measure may have one of another.
            if self.row.is_none()
                && let Some(measure) = first.and_then(|figure| figure.measure(timeline))
            {
                self.show(timeline, measure);
                self.row = self.rows.iter().position(own);
            }
        }
        let height = usize::from(lower.height.saturating_sub(1)).max(1);
        let row = self.row.unwrap_or(self.top.min(self.rows.len()));
        let lowest = (row + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest, row.max(lowest));
        self.top = self.top.min(self.rows.len().saturating_sub(height));
        let window = self.rows.iter().skip(self.top).take(height);
        self.window = window.filter_map(|row| row.row(timeline)).collect();
        let size = (upper.width.saturating_sub(3), upper.height.saturating_sub(AROUND_CHART));
        if self.charted != Some(size) {
            self.charted = Some(size);
            self.lay_out_chart(timeline, (size.1 > 3).then_some(size));
        }
        self.bar = self.chart.as_ref().zip(self.row).and_then(|(chart, row)| {
            let known = chart.bars.iter().find(|bar| bar.row == row).copied();
            let placed = || at_hand::placed(timeline, row, *self.rows.get(row)?);
            known.or_else(|| placed().and_then(|claim| chart.bar(claim)))
        });
    }

    fn show(&mut self, timeline: &Timeline, measure: NameIndex) {
        let name = timeline.measures().name(measure);
        let at = self.measures.iter().position(|(other, _)| other == name);
        self.measure = at.unwrap_or(self.measure);
        self.grouped = false;
        self.group(timeline);
    }

    fn lay_out_chart(&mut self, timeline: &Timeline, room: Option<(u16, u16)>) {
        let chart = room.and_then(|(wide, high)| {
            at_hand::chart(timeline, &self.rows, wide.into(), high.into())
        });
        let row_of = |bar: &Bar| self.rows.get(bar.row)?.row(timeline);
        self.labels = chart.as_ref().map_or_else(Vec::new, |chart| chart.labels(row_of));
        self.chart = chart;
        if let Some(chart) = self.chart.as_mut().filter(|chart| chart.is_crowded()) {
            chart.leave_out_hidden();
        }
    }
}

/// What keys do.
impl FiguresView {
    /// So many rows down, or up: the entry to go to. From an entry that has no row it goes to the
    /// nearest in time that has one, in that direction.
    pub fn step(&mut self, cursor: Option<EntryIndex>, by: isize) -> Option<EntryIndex> {
        let last = self.rows.len().checked_sub(1)?;
        let to = match (self.row, cursor) {
            (Some(row), _) => row.saturating_add_signed(by).min(last),
            (None, Some(cursor)) => {
                let numbered = self.rows.iter().enumerate();
                let near = if by > 0 {
                    numbered.filter(|(_, row)| row.entry > cursor).min_by_key(|(_, row)| row.entry)
                } else {
                    numbered.filter(|(_, row)| row.entry < cursor).max_by_key(|(_, row)| row.entry)
                };
                near.map_or(if by > 0 { last } else { 0 }, |(at, _)| at)
            }
            (None, None) => 0,
        };
        self.go(to)
    }

    /// The row to be on, and its entry.
    pub fn go(&mut self, row: usize) -> Option<EntryIndex> {
        let entry = self.rows.get(row)?.entry;
        self.row = Some(row);
        Some(entry)
    }

    /// So many measures further, or back.
    pub fn next_measure(&mut self, by: isize) {
        let Ok(count) = isize::try_from(self.measures.len()) else { return };
        if count == 0 {
            return;
        }
        let at = isize::try_from(self.measure).unwrap_or(0).saturating_add(by).rem_euclid(count);
        self.measure = usize::try_from(at).unwrap_or(0);
        self.top = 0;
        self.grouped = false;
    }

    /// In order of another column; of the same one, the other way round.
    pub fn sort_by(&mut self, column: Column) {
        self.descending = self.sort == column && !self.descending;
        self.sort = column;
        self.grouped = false;
    }

    /// The order turned round.
    pub fn reverse(&mut self) {
        self.descending = !self.descending;
        self.grouped = false;
    }

    /// Marks the figure at the cursor, or no longer. Gives whether there was one.
    pub fn mark(&mut self) -> bool {
        let Some(figure) = self.figure() else { return false };
        match self.marked.iter().position(|marked| *marked == figure) {
            Some(at) => {
                self.marked.remove(at);
            }
            None => self.marked.push(figure),
        }
        true
    }
}
