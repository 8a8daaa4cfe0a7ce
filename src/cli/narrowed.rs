//! What a query leaves of a timeline.

use crate::cli::Failure;
use crate::model::{EntryIndex, Timeline};
use crate::query::Query;

/// The entries that a query selects; all without one.
pub fn narrowed(timeline: &Timeline, query: Option<&str>) -> Result<Vec<EntryIndex>, Failure> {
    let Some(text) = query else { return Ok(timeline.indexes().collect()) };
    let query = Query::parse(text)
        .map_err(|error| Failure::Usage(format!("in the query `{text}`: {error}")))?;
    Ok(query.select(timeline))
}
