//! `-q`: which entries a command is about.

use crate::cli::{Failure, complain};
use crate::model::{EntryIndex, Timeline};
use crate::query::{Query, QueryError};
use crate::text::{visible, width};
use crate::when::{Edge, When, civil, from_words};

/// The entries that a query lets through; all without one.
///
/// # Errors
///
/// What is wrong with the query, underlined.
pub fn select(timeline: &Timeline, query: Option<&str>) -> Result<Vec<EntryIndex>, Failure> {
    Ok(told(query)?.select(timeline))
}

/// [`query`], with a line on standard error for each word in it that seems to be meant as an
/// operator.
///
/// # Errors
///
/// What is wrong with it, underlined.
pub fn told(text: Option<&str>) -> Result<Query, Failure> {
    let query = query(text)?;
    query.small_operators().iter().for_each(|remark| complain(&remark.message));
    Ok(query)
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

/// A query for only what was said, happened or was going on from one date to another, both of them
/// kept whole.
///
/// # Errors
///
/// Which of them is no date.
pub fn within(query: &Query, from: Option<&str>, to: Option<&str>) -> Result<Query, Failure> {
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
    let mut query = query.clone();
    for term in going_on(from.as_ref(), to.as_ref()) {
        query = query.and(&self::query(Some(&term))?);
    }
    Ok(query)
}

/// What a query asks of a date for it to have been going on between two.
fn going_on(from: Option<&When>, to: Option<&When>) -> Vec<String> {
    if [from, to].into_iter().flatten().any(When::has_time) {
        // No span of EDTF has a time of day. What began since, or was going on by then, reaches
        // beyond that time.
        let side = |when: Option<&When>, word: &str| {
            when.map(|when| format!("{word}:\"{0}\" OR during:\"{0}\"", when.text()))
        };
        return side(from, "since").into_iter().chain(side(to, "until")).collect();
    }
    let first = from.map_or_else(|| "..".to_owned(), |from| end(from, from.earliest()));
    let last = to.map_or_else(|| "..".to_owned(), |to| end(to, to.latest()));
    let open = |end: &str| matches!(end, "" | "..");
    // Without any limit there is nothing to ask.
    let asked = !(open(&first) && open(&last));
    asked.then(|| format!("during:\"{first}/{last}\"")).into_iter().collect()
}

/// A date as an end of a span: as it is, or its outermost day where it is several.
fn end(date: &When, edge: Edge) -> String {
    if !date.is_interval() && !date.text().starts_with(['[', '{']) {
        return date.text().to_owned();
    }
    match edge {
        Edge::Day(day) => civil(day).to_string(),
        Edge::Open => "..".to_owned(),
        Edge::Unknown => String::new(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_and_to_ask_what_was_going_on() {
        for (from, to, asked) in [
            (None, None, ""),
            (Some("2022-11"), Some("2023-05"), "during:2022-11/2023-05"),
            (Some("2022-11"), None, "during:2022-11/.."),
            (None, Some("march 2023"), "during:../2023-03"),
            (Some("2022-11/2023"), Some("[2023-05,2024]"), "during:2022-11-01/2024-12-31"),
            (Some("../2022"), None, ""),
            (Some("/2022"), Some("2023"), "during:/2023"),
            (
                Some("2023-05-01T12:00:00Z"),
                None,
                "(since:2023-05-01T12:00:00Z OR during:2023-05-01T12:00:00Z)",
            ),
        ] {
            let query = within(&Query::default(), from, to).unwrap();
            assert_eq!(query.to_string().trim_matches(['(', ')']), asked.trim_matches(['(', ')']));
        }
        let typed = Query::parse("kirby OR milley").unwrap();
        let query = within(&typed, Some("2022"), Some("2022")).unwrap();
        assert_eq!(query.to_string(), "(kirby OR milley) during:2022/2022");
        assert!(within(&typed, Some("2023"), Some("2022")).is_err());
    }
}
