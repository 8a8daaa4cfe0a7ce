//! `dateline check`: every mistake in datasets, with its place.

use crate::cli::args::{Check, Format};
use crate::cli::{Failure, Outcome, inputs, print};
use crate::dataset;

/// Prints all problems; findings if any is an error.
pub fn run(check: &Check) -> Result<Outcome, Failure> {
    let inputs = inputs(&check.files)?;
    let reading = dataset::read(&inputs);
    match check.format {
        Format::Json => print(&dataset::render_json(&reading.problems, &inputs))?,
        Format::Text => {
            let mut text = dataset::render(&reading.problems, &inputs);
            if !text.is_empty() {
                text.push('\n');
            }
            let entries = reading.timeline.len();
            let noun = if entries == 1 { "entry" } else { "entries" };
            text.push_str(&format!("{entries} {noun}: {}\n", dataset::summary(&reading)));
            print(&text)?;
        }
    }
    Ok(if reading.has_errors() { Outcome::Findings } else { Outcome::Done })
}
