//! The timeline in memory: entries, speakers, sources and figures.
//!
//! Immutable once built, and free of any I/O: reading files is left to `dataset`, narrowing to
//! `query`, drawing to `view`.

mod amount;
#[cfg(test)]
pub(crate) mod arbitrary;
mod builder;
mod columns;
mod compact;
mod defined;
mod document;
mod entry;
mod figure;
mod ids;
mod lists;
mod meant;
mod names;
mod naming;
mod numbers;
mod people;
mod row;
mod set;
mod sparse;
mod timeline;

pub use amount::{Amount, MOST_DIGITS, NoAmount, grouped};
pub use builder::{Batch, Built, Duplicate, TimelineBuilder};
pub use columns::Columns;
pub use document::Document;
pub use entry::{Entry, How, Kind, Quote, Quoted, Related};
pub use figure::{Bound, Figure};
pub use meant::{Dangling, Meant, Unread};
pub use names::{NameIndex, Names};
pub use naming::NotFound;
pub use people::{Source, SourceIndex, SourceKind, Speaker, SpeakerIndex};
pub use row::{Claim, Has, Piece, Records, Row, Sides, Writing};
pub use set::EntrySet;
pub use timeline::{DatasetInfo, EntryIndex, Link, Timeline};
