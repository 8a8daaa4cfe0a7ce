//! `dateline stats`: a timeline in numbers.

use crate::cli::args::{Format, Stats};
use crate::cli::figures::json;
use crate::cli::narrow::select;
use crate::cli::{Failure, Outcome, inputs, print, read, width};
use crate::view::label::Glyphs;

/// Prints how many entries there are, of whom, about what and when.
pub fn run(stats: &Stats) -> Result<Outcome, Failure> {
    let (reading, outcome) = read(&inputs(&stats.files)?);
    let timeline = reading.timeline;
    let shown = select(&timeline, stats.query.as_deref())?;
    let counted = crate::view::stats::Stats::new(&timeline, &shown);
    print(&match stats.format {
        Format::Text => counted.to_text(width(stats.width, 80), Glyphs::Unicode),
        Format::Json => json(&counted)?,
    })?;
    Ok(outcome)
}
