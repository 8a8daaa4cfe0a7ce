//! Quotes against the archived text of their sources.
//!
//! Every verbatim quote, those within others too, is looked for in the text of each source that is
//! to print it: the quote's own sources where it names any, else the entry's. What a source's text
//! says is taken as it is; which words of it are true is not asked.
//!
//! A quote is *verified* where its words stand in the source in one piece, but for typography, or in
//! parts around an ellipsis or an editor's brackets. A passage that is merely near *differs*: a
//! quote that is not what the source prints is what a checker wants to know.

use std::collections::BTreeMap;

use crate::export::record::{Marks, Verdict};
use crate::model::{Entry, EntryIndex, Has, Quoted, Source, SourceIndex, Timeline};

mod archive;
mod bound;
mod load;
mod near;
mod negation;
mod normal;
mod offsets;
mod passage;
mod pattern;
mod report;
#[cfg(test)]
mod tests;
mod words;

pub use archive::{Archive, Difference, Found, Negation};
pub use bound::Bound;
pub use load::{ArchiveError, Archives, LARGEST_ARCHIVE, Place};
pub use near::NEAREST;
pub use passage::{CONTEXT, Part, Piece};
pub use report::said;

/// What came of looking for quotes.
#[derive(Clone, Debug, Default)]
pub struct Report {
    rows: Vec<Row>,
    /// Whether there was more than there was room for.
    stopped: bool,
}

/// One quote in one of its sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The entry that has the quote.
    pub entry: EntryIndex,
    /// The quote's number in it, from 0.
    pub quote: usize,
    /// How deep within others the words lie: 0 for the quote itself.
    pub depth: usize,
    /// The words.
    pub words: String,
    /// Where they were looked for; nothing where no source is named.
    pub source: Option<SourceIndex>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of looking for a quote in a source.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was looked for.
    Checked {
        /// Where it stands.
        found: Found,
        /// The passage with what stands around it; empty where there is none.
        passage: Vec<Piece>,
    },
    /// Neither the quote nor its entry names a source.
    NoSource,
    /// The source names no archive.
    NoArchive,
    /// The source's archive cannot be read, and why.
    Unreadable(String),
    /// So much had been looked for already that this was left.
    Stopped,
}

/// What is to be said of a quote in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// Every archive that was searched has it.
    Verified,
    /// They have it, but for a word that denies something, which brackets or a gap add or leave out.
    Warned,
    /// It was not looked for anywhere.
    Unchecked,
    /// No archive that was searched has anything like it.
    Missing,
    /// An archive that was searched has it otherwise, or not all of them have it.
    Differs,
}

impl Mark {
    /// `verified`, `warning`, `not checked`, `not found` or `differs`.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Verified => "verified",
            Mark::Warned => "warning",
            Mark::Unchecked => "not checked",
            Mark::Missing => "not found",
            Mark::Differs => "differs",
        }
    }
}

impl Row {
    /// What is to be said of this row.
    pub fn mark(&self) -> Mark {
        match &self.outcome {
            Outcome::Checked { found: Found::Gapped { negations, .. }, .. }
                if !negations.is_empty() =>
            {
                Mark::Warned
            }
            Outcome::Checked { found, .. } if found.is_verified() => Mark::Verified,
            Outcome::Checked { found: Found::Missing, .. } => Mark::Missing,
            Outcome::Checked { .. } => Mark::Differs,
            Outcome::NoSource | Outcome::NoArchive | Outcome::Unreadable(_) | Outcome::Stopped => {
                Mark::Unchecked
            }
        }
    }
}

impl Report {
    /// Every quote in every one of its sources, in the order of the timeline.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows of one quote of an entry, by its number from 0, with those of the words within it.
    pub fn of(&self, entry: EntryIndex, quote: usize) -> &[Row] {
        let from = self.rows.partition_point(|row| (row.entry, row.quote) < (entry, quote));
        let rest = self.rows.get(from..).unwrap_or_default();
        let count = rest.partition_point(|row| (row.entry, row.quote) == (entry, quote));
        rest.get(..count).unwrap_or_default()
    }

    /// Whether not all was looked for, because that was bounded.
    pub fn has_stopped(&self) -> bool {
        self.stopped
    }

    /// What is to be said of one quote of an entry: that it is verified or not found if it is so
    /// wherever it was looked for, and else that it differs.
    pub fn mark(&self, entry: EntryIndex, quote: usize) -> Mark {
        let marks = self.of(entry, quote).iter().map(Row::mark);
        let checked = marks.filter(|mark| *mark != Mark::Unchecked);
        let together = |one, other| match (one, other) {
            _ if one == other => one,
            (Mark::Verified, Mark::Warned) | (Mark::Warned, Mark::Verified) => Mark::Warned,
            _ => Mark::Differs,
        };
        checked.reduce(together).unwrap_or(Mark::Unchecked)
    }

    /// Whether a quote differs from a source or is not in it, or an archive that the dataset names
    /// cannot be read.
    pub fn has_findings(&self) -> bool {
        self.rows.iter().any(|row| {
            matches!(row.mark(), Mark::Missing | Mark::Differs)
                || matches!(row.outcome, Outcome::Unreadable(_))
        })
    }
}

impl Marks for Report {
    fn verdict(&self, entry: EntryIndex, quote: usize) -> Verdict {
        match self.mark(entry, quote) {
            Mark::Verified => Verdict::Verified,
            Mark::Warned => Verdict::Warned,
            Mark::Missing => Verdict::Missing,
            Mark::Differs => Verdict::Differs,
            Mark::Unchecked => Verdict::Unchecked,
        }
    }
}

/// Where the texts of sources are kept.
pub trait Texts {
    /// Where the text of a source of the dataset with a number lies; nothing where it names none.
    ///
    /// # Errors
    ///
    /// It is not where a dataset may have it.
    fn locate(&self, dataset: usize, source: &Source) -> Result<Option<Place>, ArchiveError>;

    /// What lies there, ready to be searched.
    ///
    /// # Errors
    ///
    /// It is no text, or cannot be read.
    fn open(&self, place: &Place) -> Result<Archive, ArchiveError>;
}

/// Looks for every quote of some entries, as far as a bound allows. A text is read and made ready
/// once, however many sources name it, and one is held at a time.
pub fn verify(
    timeline: &Timeline,
    entries: impl IntoIterator<Item = EntryIndex>,
    texts: &dyn Texts,
    bound: Bound,
) -> Report {
    let mut entries: Vec<EntryIndex> =
        entries.into_iter().filter(|at| timeline.has(*at).contains(Has::QUOTE)).collect();
    entries.sort_unstable();
    entries.dedup();
    let mut work = bound::Work::of(bound);
    let mut rows = Vec::new();
    // The rows that wait for a source; a path is relative to the dataset that names it.
    let mut waiting: BTreeMap<(usize, SourceIndex), Vec<usize>> = BTreeMap::new();
    for index in entries {
        if !work.has_room_for(rows.len()) {
            break;
        }
        let dataset = timeline.dataset_number(index);
        for row in rows_of(index, &timeline.entry(index)) {
            if let Some(source) = row.source {
                waiting.entry((dataset, source)).or_default().push(rows.len());
            }
            rows.push(row);
        }
    }
    // Those of one text, whichever source names it, in the order of the timeline.
    let mut of_place: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for ((dataset, source), numbers) in waiting {
        let outcome = match texts.locate(dataset, timeline.source(source)) {
            Ok(Some(place)) => {
                of_place.entry(place).or_default().extend(numbers);
                continue;
            }
            Ok(None) => Outcome::NoArchive,
            Err(error) => Outcome::Unreadable(error.to_string()),
        };
        for number in numbers {
            tell(&mut rows, number, outcome.clone());
        }
    }
    for (place, mut numbers) in of_place {
        numbers.sort_unstable();
        let archive = work.take(place.length).then(|| texts.open(&place));
        look_for(&mut rows, &numbers, archive, &mut work);
    }
    Report { rows, stopped: work.has_stopped() }
}

fn tell(rows: &mut [Row], number: usize, outcome: Outcome) {
    if let Some(row) = rows.get_mut(number) {
        row.outcome = outcome;
    }
}

/// Looks for the quotes of some rows in one text; nothing where there was no room to read it.
fn look_for(
    rows: &mut [Row],
    numbers: &[usize],
    archive: Option<Result<Archive, ArchiveError>>,
    work: &mut bound::Work,
) {
    let archive = match archive {
        Some(Ok(archive)) => archive,
        Some(Err(error)) => {
            let outcome = Outcome::Unreadable(error.to_string());
            return numbers.iter().for_each(|number| tell(rows, *number, outcome.clone()));
        }
        None => return numbers.iter().for_each(|number| tell(rows, *number, Outcome::Stopped)),
    };
    // The passage of the words around those at hand.
    let mut around = None;
    for number in numbers {
        let Some(row) = rows.get_mut(*number) else { continue };
        if row.depth == 0 {
            around = None;
        }
        if work.has_stopped() {
            row.outcome = Outcome::Stopped;
            continue;
        }
        let found = archive.find_within(&row.words, around.clone());
        work.looked_for(&row.words, &found);
        around = found.range();
        row.outcome = Outcome::Checked { passage: archive.passage(&found), found };
    }
}

/// The rows of an entry, sorted by quote, then source, then depth, none looked for yet.
fn rows_of(entry: EntryIndex, record: &Entry) -> Vec<Row> {
    let mut rows = Vec::new();
    for (quote, words) in record.quotes.iter().enumerate() {
        let sources = if words.sources.is_empty() { &record.sources } else { &words.sources };
        let mut named: Vec<Option<SourceIndex>> = sources.iter().copied().map(Some).collect();
        if named.is_empty() {
            named.push(None);
        }
        for source in named {
            let mut row = |depth, words: &str| {
                let (words, outcome) = (words.to_owned(), Outcome::NoSource);
                rows.push(Row { entry, quote, depth, words, source, outcome });
            };
            row(0, &words.text);
            let inner = std::iter::successors(words.within.as_ref(), |inner: &&Quoted| {
                inner.within.as_deref()
            });
            for (depth, inner) in (1..).zip(inner) {
                row(depth, &inner.text);
            }
        }
    }
    rows
}
