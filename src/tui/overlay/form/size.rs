//! How much room each line of the form takes, computed before anything is drawn.

use crate::text::width;
use crate::tui::overlay::form::{Form, Part, Tone};
use crate::tui::rows::rows;

/// The width of the column of names, with the mark before it, in cells.
pub const NAME: usize = 15;

/// The most rows of a long text.
const MOST_ROWS: usize = 6;

/// From so many rows on there is one between the groups.
const AIRY: usize = 32;

/// A line where it stands, in rows from the first of the form and in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which.
    pub part: Part,
    /// Its first row.
    pub row: usize,
    /// How many rows it has.
    pub rows: usize,
    /// How many cells its text has.
    pub room: usize,
    /// How many cells what is said of it has.
    pub beside: usize,
}

impl Form {
    /// What is said beside a line: how it is read, what is wrong, or what belongs into it.
    pub fn beside(&self, part: Part) -> (String, Tone) {
        if self.part == part && self.taken.is_some() {
            return ("Enter or Tab takes the one marked".to_owned(), Tone::Reads);
        }
        let remark = self.remarks.get(&part);
        let hint = self.part == part && (self.text(part).is_empty() || part == Part::Kind);
        match remark {
            Some(remark) if remark.tone == Tone::Missing && hint => {
                (format!("{}: {}", remark.text, part.hint()), Tone::Missing)
            }
            Some(remark) => (remark.text.clone(), remark.tone),
            None if hint => (part.hint().to_owned(), Tone::Reads),
            None => (String::new(), Tone::Reads),
        }
    }

    /// The lines in so many cells and rows.
    pub fn placed(&self, columns: usize, height: usize) -> Vec<Placed> {
        let all = columns.saturating_sub(NAME + 1);
        let mut placed = Vec::new();
        let mut row = 0;
        for part in self.parts() {
            if height >= AIRY && part.begins_group() {
                row += 1;
            }
            let said = width(&self.beside(part).0);
            let beside = match (said, self.text(part).is_empty()) {
                (0, _) => 0,
                (said, true) => said.min(all.saturating_sub(4)),
                (said, false) => said.min(all / 2),
            };
            let room = all.saturating_sub(if beside > 0 { beside + 2 } else { 0 }).max(1);
            let count = if part.is_long() {
                // The cursor needs a cell at the end.
                rows(self.text(part), room.saturating_sub(1)).len().min(MOST_ROWS)
            } else {
                1
            };
            placed.push(Placed { part, row, rows: count, room, beside });
            row += count;
        }
        placed
    }

    /// Keeps the line that keys go to in a window, and is called after every action.
    pub fn settle(&mut self, columns: usize, height: usize) {
        if !self.parts().contains(&self.part) {
            self.part = Part::Kind;
        }
        let placed = self.placed(columns, height);
        let all = placed.last().map_or(0, |last| last.row + last.rows);
        let here = placed.iter().find(|placed| placed.part == self.part);
        if let Some(here) = here {
            // With a row above and below, so that one sees that there is more.
            let last = (here.row + here.rows + 1).min(all);
            self.scroll = self.scroll.max(last.saturating_sub(height));
            self.scroll = self.scroll.min(here.row.saturating_sub(1));
        }
        self.scroll = self.scroll.min(all.saturating_sub(height));
    }
}
