//! `dateline compare`: figures side by side, and what is not like for like.

use crate::cli::args::{Compare, TableFormat};
use crate::cli::figures::json;
use crate::cli::{Failure, Outcome, inputs, print, read, width};
use crate::view::compare::{FigureRef, compare};

/// Longer lines are hard to read.
const WIDEST: usize = 140;

/// Prints the comparison of the figures named.
pub fn run(arguments: &Compare) -> Result<Outcome, Failure> {
    let (reading, outcome) = read(&inputs(&arguments.files)?);
    let timeline = reading.timeline;
    let mut figures: Vec<FigureRef> = Vec::new();
    for id in &arguments.ids {
        let figure =
            FigureRef::parse(&timeline, id).map_err(|error| Failure::Usage(error.to_string()))?;
        if figures.contains(&figure) {
            return Err(Failure::Usage(format!("`{id}` is named twice")));
        }
        figures.push(figure);
    }
    let comparison = compare(&timeline, &figures);
    print(&match arguments.format {
        TableFormat::Text => comparison.to_text(width(arguments.width, 100).min(WIDEST)),
        TableFormat::Markdown => comparison.to_markdown(),
        TableFormat::Csv => comparison.to_csv(),
        TableFormat::Json => json(&comparison)?,
    })?;
    Ok(outcome)
}
