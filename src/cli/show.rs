//! `dateline show`: the whole record of an entry.

use crate::cli::args::{Format, Show};
use crate::cli::{Failure, Outcome, inputs, print, read};
use crate::export::{json, record};
use crate::model::{NotFound, Timeline};

/// Prints the record as the detail pane shows it.
pub fn run(show: &Show) -> Result<Outcome, Failure> {
    let (reading, outcome) = read(&inputs(&show.files)?);
    let timeline = reading.timeline;
    let entry = timeline.find(&show.id).map_err(|error| not_found(&timeline, &show.id, error))?;
    match show.format {
        Format::Text => print(&record::plain(&timeline, entry, show.width))?,
        Format::Json => print(&json::object(&timeline, entry))?,
    }
    Ok(outcome)
}

fn not_found(timeline: &Timeline, id: &str, error: NotFound) -> Failure {
    Failure::Usage(match error {
        NotFound::Ambiguous(ids) => {
            format!("several files have an entry `{id}`: write {}", ids.join(" or "))
        }
        NotFound::Unknown { nearest: Some(nearest) } => {
            format!("no entry `{id}`; did you mean `{nearest}`?")
        }
        NotFound::Unknown { nearest: None } => format!(
            "no entry `{id}` among {} in {}; `dateline list` prints their ids",
            timeline.len(),
            timeline
                .datasets()
                .iter()
                .map(|dataset| dataset.file.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        ),
    })
}
