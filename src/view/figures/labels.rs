//! Words beside the bars of a chart: who claims it, and how much.

use crate::text::width;
use crate::view::figures::FigureRow;
use crate::view::figures::chart::{Bar, Chart, Shape};

/// Where there are more bars than this, words beside a few of them would say nothing.
const CROWD: usize = 60;

/// Words beside a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarLabel {
    /// Which of the chart's bars.
    pub bar: usize,
    /// The row, from the top.
    pub row: usize,
    /// The column of the plot at which the words begin.
    pub column: usize,
    /// The words: `Kirby, over 100,000`.
    pub text: String,
}

impl Bar {
    /// The row and column of its arrow, at its first column; nothing where it has none, or there
    /// is no row for it.
    pub fn arrow(&self, height: usize) -> Option<(usize, usize)> {
        let row = match self.shape {
            Shape::Floor => self.rows.0.checked_sub(1),
            Shape::Ceiling => self.rows.1.checked_add(1).filter(|row| *row < height),
            Shape::Exact | Shape::Soft | Shape::Band => None,
        };
        row.map(|row| (row, self.columns.0))
    }
}

impl Chart {
    /// Words for the bars, the greatest first, in places where they lie on no bar, arrow or other
    /// words: behind the bar, above it, below it, before it, or else as near to it as there is
    /// room. Only where there is none at all has a bar no words; in a crowd none has. `row_of`
    /// gives the row of a bar.
    pub fn labels(&self, row_of: impl Fn(&Bar) -> Option<FigureRow>) -> Vec<BarLabel> {
        if self.bars.len() > CROWD {
            return Vec::new();
        }
        let height = self.scale.height();
        let mut taken = vec![vec![false; self.axis.columns()]; height];
        let mut take = |row: usize, from: usize, to: usize| {
            let cells = taken.get_mut(row).and_then(|row| row.get_mut(from..=to));
            cells.into_iter().flatten().for_each(|cell| *cell = true);
        };
        for bar in &self.bars {
            (bar.rows.0..=bar.rows.1).for_each(|row| take(row, bar.columns.0, bar.columns.1));
            if let Some((row, column)) = bar.arrow(height) {
                take(row, column, column);
            }
        }
        let mut labels = Vec::new();
        for (at, bar) in self.bars.iter().enumerate() {
            let Some(row) = row_of(bar) else { continue };
            // Where all of it has no room, who claims it is better than nothing.
            let texts = match row.who.as_str() {
                "" => vec![row.standing()],
                who => vec![format!("{who}, {}", row.standing()), row.short_label()],
            };
            let placed = texts.into_iter().find_map(|text| {
                let text = crate::text::visible(&text).into_owned();
                self.place(bar, width(&text), &taken).map(|place| (text, place))
            });
            let Some((text, (row, column))) = placed else { continue };
            let end = column + width(&text);
            if let Some(cells) = taken.get_mut(row).and_then(|row| row.get_mut(column..end)) {
                cells.fill(true);
            }
            labels.push(BarLabel { bar: at, row, column, text });
        }
        labels
    }

    /// Where words of so many cells have room beside a bar: row and column.
    fn place(&self, bar: &Bar, long: usize, taken: &[Vec<bool>]) -> Option<(usize, usize)> {
        let (from, to) = bar.columns;
        // Words over or under a bar move left where the plot ends.
        let start = (from + 2).min(self.axis.columns().saturating_sub(long));
        let above = bar.rows.0.checked_sub(1).map(|row| (row, start));
        let before = from.checked_sub(long + 1).map(|column| (bar.rows.0, column));
        let places = [Some((bar.rows.0, to + 2)), above, Some((bar.rows.1 + 1, start)), before];
        // A free cell on either side keeps words apart from what is beside them.
        let free = |(row, column): &(usize, usize)| {
            let cells = taken.get(*row).filter(|row| column + long <= row.len());
            let end = |row: &Vec<bool>| (column + long + 1).min(row.len());
            cells
                .and_then(|row| row.get(column.saturating_sub(1)..end(row)))
                .is_some_and(|cells| cells.iter().all(|taken| !taken))
        };
        places.into_iter().flatten().find(free).or_else(|| {
            // Anywhere, then, the nearest row first, and in it the nearest column.
            let mut rows: Vec<usize> = (0..taken.len()).collect();
            rows.sort_by_key(|row| row.abs_diff(bar.rows.0));
            rows.into_iter().find_map(|row| {
                let columns = 0..(self.axis.columns() + 1).saturating_sub(long);
                let near = columns.filter(|column| free(&(row, *column)));
                near.min_by_key(|column| column.abs_diff(start)).map(|column| (row, column))
            })
        })
    }
}
