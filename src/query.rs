//! What narrows a timeline: one language for the screen and the command line.
//!
//! ```text
//! speaker:kirby after:2022-11 "combat training" -tag:wagner
//! ```
//!
//! The text of a query is the one truth. The panels of speakers, tags, sources, kinds and places
//! read their choice from it and write it back ([`Choice`]); chips are its outermost terms; undoing
//! a step is keeping the text from before.
//!
//! Dates and figures are claims, and a claim matches if it may be so: `during:2022-11` finds what
//! may have been then, `certainly:2022-11` only what must have been. Drawing is left to `view` and
//! `tui`.
//!
//! - `parse`: text to [`Query`], or a [`QueryError`] with its place and what was expected
//! - `eval`: a query made ready for one timeline, and what it selects there
//! - `text`, `scan`: words in entries and in lines, and in records as they are written
//! - `slices`: a test of many entries on all cores, which can be given up
//! - `facets`, `edit`: how many entries each speaker has, and choosing among them
//! - `complete`: what the word under the cursor may become

mod ast;
mod complete;
mod date;
mod edit;
mod eval;
mod facets;
mod field;
mod figure;
mod narrow;
mod needle;
mod notes;
mod parse;
mod print;
mod resolve;
mod scan;
mod slices;
mod sweep;
mod text;
mod within;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use ast::{Feature, NameField, Node, Query, Relation, Term, Test, Value};
pub use complete::{Completion, Unfinished, complete};
pub use edit::{Chip, Choice};
pub use eval::Matcher;
pub use facets::{Facet, FacetValue, Row, counts, rows};
pub use field::Field;
pub use figure::{Comparison, FigureTest};
pub use needle::Needle;
pub use notes::Remark;
pub use parse::QueryError;
pub use text::{search, search_while};
