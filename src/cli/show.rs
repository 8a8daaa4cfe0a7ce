//! `dateline show`: the whole record of an entry.

use crate::cli::args::{Format, Show};
use crate::cli::{Failure, Outcome, inputs, print, read};
use crate::export::{json, record};

/// Prints the record as the detail pane shows it.
pub fn run(show: &Show) -> Result<Outcome, Failure> {
    let (reading, outcome) = read(&inputs(&show.files)?);
    let timeline = reading.timeline;
    let entry = timeline
        .find(&show.id)
        .map_err(|error| Failure::Usage(timeline.in_words(&show.id, &error)))?;
    match show.format {
        Format::Text => print(&record::plain(&timeline, entry, show.width))?,
        Format::Json => print(&json::object(&timeline, entry))?,
    }
    Ok(outcome)
}
