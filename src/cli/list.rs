//! `dateline list`: a line for each entry.

use crate::cli::args::{Format, List};
use crate::cli::{Failure, Outcome, inputs, narrow, print, read};
use crate::export::json;
use crate::model::{EntryIndex, Timeline};
use crate::text::{pad, visible, width};

/// Prints the entries of the files named.
pub fn run(list: &List) -> Result<Outcome, Failure> {
    let (reading, outcome) = read(&inputs(&list.files)?);
    let timeline = reading.timeline;
    let entries = narrow::select(&timeline, list.query.as_deref())?;
    match list.format {
        Format::Text => print(&table(&timeline, &entries))?,
        Format::Json => print(&json::array(&timeline, &entries))?,
    }
    Ok(outcome)
}

/// The columns date, id, speaker and headline, as wide as they need within reason.
pub fn table(timeline: &Timeline, entries: &[EntryIndex]) -> String {
    let row = |entry: &EntryIndex| {
        let speaker =
            timeline.speaker_of(*entry).map_or("", |speaker| &timeline.speaker(speaker).name);
        [
            visible(timeline.date(*entry).text()).into_owned(),
            visible(&timeline.full_id(*entry)).into_owned(),
            visible(speaker).into_owned(),
        ]
    };
    let mut widths = [0; 3];
    for entry in entries {
        for (wide, cell) in widths.iter_mut().zip(row(entry)) {
            *wide = width(&cell).min(LONGEST).max(*wide);
        }
    }
    let mut out = String::new();
    for entry in entries {
        for (cell, wide) in row(entry).iter().zip(widths) {
            // A longer cell is not cut: ids are there to be copied.
            out.push_str(&if width(cell) > wide { cell.clone() } else { pad(cell, wide) });
            out.push_str("  ");
        }
        out.push_str(&visible(timeline.headline(*entry)));
        out.push('\n');
    }
    out
}

/// The most columns that one cell makes all others wait for.
const LONGEST: usize = 28;
