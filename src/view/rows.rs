//! The timeline as rows: year headings as time passes, and one row an entry.
//!
//! Rows are laid from the entry at the top of the window downwards, so the work grows with the
//! window's height and never with the timeline.

use crate::model::{EntryIndex, Timeline};
use crate::view::label::{heading, label};
use crate::view::shown::Shown;

/// A row of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A year, or `undated`, above the position of its first entry in the window.
    Heading {
        /// The text.
        text: String,
        /// The position below it.
        position: usize,
    },
    /// An entry.
    Entry {
        /// Which.
        entry: EntryIndex,
        /// Its position among those on show.
        position: usize,
        /// Its date within the year; empty where it is the same as in the row above.
        label: String,
    },
}

impl Row {
    /// The position of the row's entry, or of the one below a heading.
    pub fn position(&self) -> usize {
        match self {
            Row::Heading { position, .. } | Row::Entry { position, .. } => *position,
        }
    }
}

/// The rows of a window of `height` rows whose first entry is at position `top`. The window
/// always begins with the heading of its first entry.
pub fn rows(timeline: &Timeline, shown: &Shown, top: usize, height: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(height);
    let mut above: Option<(String, String)> = None;
    for (position, entry) in shown.entries.iter().copied().enumerate().skip(top) {
        if rows.len() >= height {
            break;
        }
        let (year, day) = (heading(timeline, entry), label(timeline, entry));
        let same_year = above.as_ref().is_some_and(|(above, _)| *above == year);
        if !same_year {
            rows.push(Row::Heading { text: year.clone(), position });
        }
        let repeated = same_year && above.as_ref().is_some_and(|(_, above)| *above == day);
        let text = if repeated { String::new() } else { day.clone() };
        rows.push(Row::Entry { entry, position, label: text });
        above = Some((year, day));
    }
    rows.truncate(height);
    rows
}

/// The top of a window of `height` rows, as near to `top` as keeps the entry at `cursor` in the
/// window with `margin` entries of context on either side, where there are that many.
pub fn scrolled(
    timeline: &Timeline,
    shown: &Shown,
    top: usize,
    cursor: usize,
    height: usize,
    margin: usize,
) -> usize {
    let Some(last) = shown.len().checked_sub(1) else { return 0 };
    let cursor = cursor.min(last);
    let margin = margin.min(height.saturating_sub(2) / 2);
    let lowest = (cursor + margin).min(last);
    let highest = highest_top(timeline, shown, lowest, height).min(cursor);
    // No entry is hidden above while there is room below.
    let full = highest_top(timeline, shown, last, height);
    top.min(cursor.saturating_sub(margin)).max(highest).min(full)
}

/// The first top from which a window of `height` rows still holds the entry at `lowest`.
fn highest_top(timeline: &Timeline, shown: &Shown, lowest: usize, height: usize) -> usize {
    let year = |position: usize| {
        shown.get(position).map(|entry| heading(timeline, entry)).unwrap_or_default()
    };
    let mut top = lowest;
    // The entry itself, and the heading that every window begins with.
    let mut used = 2;
    let mut below = year(lowest);
    while let Some(above) = top.checked_sub(1) {
        let here = year(above);
        used += 1 + usize::from(here != below);
        if used > height {
            break;
        }
        (top, below) = (above, here);
    }
    top
}
