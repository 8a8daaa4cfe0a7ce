//! `-q`: which entries a command is about.

use crate::cli::Failure;
use crate::model::{EntryIndex, Timeline};
use crate::query::{Query, QueryError};
use crate::text::{visible, width};
use crate::when::{When, from_words};

/// The entries that a query lets through; all without one.
///
/// # Errors
///
/// What is wrong with the query, underlined.
pub fn select(timeline: &Timeline, query: Option<&str>) -> Result<Vec<EntryIndex>, Failure> {
    Ok(self::query(query)?.select(timeline))
}

/// Reads a query; without one, everything.
///
/// # Errors
///
/// What is wrong with it, underlined.
pub fn query(text: Option<&str>) -> Result<Query, Failure> {
    let Some(text) = text else { return Ok(Query::default()) };
    Query::parse(text).map_err(|error| Failure::Usage(underlined(text, &error)))
}

/// The query with the place of the mistake under it.
fn underlined(text: &str, error: &QueryError) -> String {
    let shown = |from: usize, to: usize| width(&visible(text.get(from..to).unwrap_or_default()));
    let before = shown(0, error.span.start);
    let marks = shown(error.span.start, error.span.end).max(1);
    let hint = error.hint.as_ref().map_or_else(String::new, |hint| format!("; {hint}"));
    format!(
        "the query cannot be read\n  {}\n  {}{} {}{hint}",
        visible(text),
        " ".repeat(before),
        "^".repeat(marks),
        error.message,
    )
}

/// A query with the days before one date and after another left out, both of them kept whole.
///
/// # Errors
///
/// Which of them is no date.
pub fn within(query: &Query, from: Option<&str>, to: Option<&str>) -> Result<Query, Failure> {
    let mut query = query.clone();
    let read = |text: Option<&str>| text.map(date).transpose().map_err(Failure::Usage);
    let (from, to) = (read(from)?, read(to)?);
    if let (Some(from), Some(to)) = (&from, &to)
        && let (Some(first), Some(last)) = (from.earliest().day(), to.latest().day())
        && first > last
    {
        let (from, to) = (from.text(), to.text());
        return Err(Failure::Usage(format!(
            "`--from {from}` is after `--to {to}`; no day lies between"
        )));
    }
    for (field, date) in [("since", from), ("until", to)] {
        let Some(date) = date else { continue };
        query = query.and(&self::query(Some(&format!("{field}:\"{}\"", date.text())))?);
    }
    Ok(query)
}

fn date(text: &str) -> Result<When, String> {
    When::parse(text).or_else(|error| {
        from_words(text).ok_or_else(|| {
            let hint =
                error.suggestion.map_or_else(String::new, |meant| format!("; write {meant}"));
            format!("`{text}` is no date: {}{hint}", error.message)
        })
    })
}
