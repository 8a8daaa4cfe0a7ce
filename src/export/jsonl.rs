//! JSON Lines: one entry a line, each as in [`json`](crate::export::json). Nothing else, so that
//! lines can be cut, counted and joined.

use crate::export::json::Record;
use crate::export::{ExportError, Format, Output, Request, Thing};

/// The format.
pub static FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "JSON Lines, one entry a line, for a pipe",
    options: &[],
    write,
};

fn write(request: &Request) -> Result<Output, ExportError> {
    let mut lines = String::new();
    for index in request.entries {
        let record = serde_json::to_string(&Record::of(request.timeline, request.scope(), *index))
            .map_err(|error| ExportError::new(FORMAT.name, error))?;
        lines.push_str(&crate::text::harmless_json(&record));
        lines.push('\n');
    }
    Ok(Output::new(lines, Thing::Entry.times(request.entries.len())))
}
