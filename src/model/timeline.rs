//! What is open: one dataset or several merged, in chronological order.
//!
//! What a key press touches is kept as columns beside the entries; a whole record is asked for
//! one at a time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::columns::Columns;
use crate::model::defined::Defined;
use crate::model::ids::Ids;
use crate::model::meant::plain;
use crate::model::row::{Claim, Has, Piece, Records, Sides, Writing};
use crate::model::{
    Document, Entry, How, Kind, NameIndex, Names, Source, SourceIndex, Speaker, SpeakerIndex,
};
use crate::when::{Edge, Precision, When};

/// The place of an entry in its timeline, in chronological order, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryIndex(pub u32);

impl EntryIndex {
    /// As an index into a list of all entries.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// What a dataset says of itself, and where it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetInfo {
    /// The name of its file as the user gave it, to be shown.
    pub file: String,
    /// The file, where it is one that can be opened again.
    pub path: Option<PathBuf>,
    /// Where it lies, as whole paths: as it was named, and where links lead. None for a text that is
    /// no file.
    pub places: Vec<PathBuf>,
    /// Whether its file cannot be read as it is now, and what is here was read of it before.
    pub kept: bool,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
}

impl DatasetInfo {
    /// The file; of a text that is none, what the name would be the path of.
    pub fn path(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new(&self.file))
    }

    /// Where it lies; a text that is no file lies where its name says.
    pub(super) fn places(&self) -> Vec<PathBuf> {
        if self.places.is_empty() {
            vec![plain(Path::new(&self.file))]
        } else {
            self.places.clone()
        }
    }
}

/// One entry's connection to another, seen from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other entry.
    pub to: EntryIndex,
    /// What the pointing entry does to the other.
    pub how: How,
    /// Whether the other entry is the one that points.
    pub back: bool,
}

impl Link {
    /// As a person reads it on the entry at hand: `disputes`, `disputed by`.
    pub fn reading(self) -> &'static str {
        if self.back { self.how.reading_back() } else { self.how.reading() }
    }

    /// Whether the other entry takes the one at hand back, or its place.
    pub fn withdraws(self) -> bool {
        self.back && self.how.done().is_some()
    }

    /// Whether it calls the entry at hand into question.
    pub fn questions(self) -> bool {
        self.back && matches!(self.how, How::Disputes | How::Retracts)
    }
}

/// The text of a dataset, and the strings that it holds only with escapes.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) text: Arc<Document>,
    pub(super) arena: String,
}

/// All that is open, in chronological order. Immutable.
#[derive(Default)]
pub struct Timeline {
    pub(super) datasets: Vec<DatasetInfo>,
    pub(super) texts: Vec<Text>,
    pub(super) speakers: Vec<Speaker>,
    /// By speaker, the first of the same id and name.
    pub(super) people: Vec<SpeakerIndex>,
    /// By source, the first of the same id and title.
    pub(super) works: Vec<SourceIndex>,
    /// By dataset, what it defines.
    pub(super) defined: Vec<Defined>,
    pub(super) sources: Vec<Source>,
    pub(super) tags: Names,
    pub(super) places: Names,
    pub(super) measures: Names,
    pub(super) columns: Columns,
    pub(super) records: Option<Box<dyn Records>>,
    pub(super) links: HashMap<EntryIndex, Vec<Link>>,
    pub(super) ids: Ids,
    pub(super) left_out: usize,
    /// What each dataset is called in an id that several have.
    pub(super) labels: Vec<String>,
}

impl std::fmt::Debug for Timeline {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Timeline")
            .field("datasets", &self.datasets)
            .field("entries", &self.len())
            .finish_non_exhaustive()
    }
}

impl Timeline {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// How many more entries its datasets have, which are left out for errors. A text that cannot
    /// be read any further counts for one.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The length of all texts that it was read from, in bytes.
    pub fn bytes(&self) -> usize {
        self.texts.iter().map(|text| text.text.len()).sum()
    }

    /// Every entry's index, in chronological order.
    pub fn indexes(&self) -> impl DoubleEndedIterator<Item = EntryIndex> + use<> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(EntryIndex)
    }

    /// The datasets that it was merged from, in the order they were opened.
    pub fn datasets(&self) -> &[DatasetInfo] {
        &self.datasets
    }

    /// The title that stands over it: the first dataset's, and how many more there are.
    pub fn title(&self) -> String {
        match self.datasets.as_slice() {
            [] => String::new(),
            [only] => only.title.clone(),
            [first, more @ ..] => format!("{} and {} more", first.title, more.len()),
        }
    }

    /// The text that a dataset was read from.
    pub fn text(&self, dataset: usize) -> Option<&Arc<Document>> {
        self.texts.get(dataset).map(|text| &text.text)
    }

    /// How many files cannot be read as they are now, and are here as they were before, in few words;
    /// nothing where none is.
    pub fn kept(&self) -> Option<String> {
        match self.datasets.iter().filter(|dataset| dataset.kept).count() {
            0 => None,
            1 => Some("1 file as before".to_owned()),
            files => Some(format!("{files} files as before")),
        }
    }

    /// What of the files is not as it stands in them now, in few words: `2 not read, 1 file as
    /// before`; nothing where all is.
    pub fn amiss(&self) -> Option<String> {
        let unread = (self.left_out > 0).then(|| format!("{} not read", self.left_out));
        let parts: Vec<String> = [unread, self.kept()].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The SHA-256 of a dataset's file, in lower-case hexadecimal; nothing for one that was not
    /// read from a text. Takes time in proportion to the file when it is asked for first.
    pub fn sha256(&self, dataset: usize) -> Option<&str> {
        let text = self.texts.get(dataset).filter(|text| !text.text.is_empty())?;
        Some(text.text.sha256())
    }

    /// The speaker with this index, which must come from this timeline.
    pub fn speaker(&self, index: SpeakerIndex) -> &Speaker {
        &self.speakers[index.0 as usize]
    }

    /// The source with this index, which must come from this timeline.
    pub fn source(&self, index: SourceIndex) -> &Source {
        &self.sources[index.0 as usize]
    }

    /// All tags.
    pub fn tags(&self) -> &Names {
        &self.tags
    }

    /// All places of entries.
    pub fn places(&self) -> &Names {
        &self.places
    }

    /// All that figures count.
    pub fn measures(&self) -> &Names {
        &self.measures
    }

    /// The entries whose dates span time from one date to another, in order.
    pub fn intervals(&self) -> impl ExactSizeIterator<Item = (EntryIndex, Sides)> {
        self.columns.intervals().map(|(row, sides)| (EntryIndex(row), sides))
    }

    /// When an entry that spans time began and ended; nothing of any other.
    pub fn sides_of(&self, index: EntryIndex) -> Option<Sides> {
        if self.is_interval(index) { self.columns.sides(index.0) } else { None }
    }

    /// The whole record. Meant for the few entries at hand, not for a walk on a key's path.
    pub fn entry(&self, index: EntryIndex) -> Entry {
        let (dataset, record) = self.record_of(index);
        match &self.records {
            Some(records) => records.entry(dataset, record),
            None => {
                Entry::new(self.kind(index), self.id(index), self.date(index), self.headline(index))
            }
        }
    }

    /// The text in which its record is written, for a search; nothing where it was not read from
    /// a text. What stands between the record and the next, such as a comment, may be in it too.
    pub fn written(&self, index: EntryIndex) -> Option<&str> {
        let (dataset, record) = self.record_of(index);
        self.records.as_ref()?.written(dataset, record)
    }

    /// The number of its dataset, and its own among the records there.
    pub fn record_of(&self, index: EntryIndex) -> (u32, u32) {
        self.columns.record_of(index.at())
    }

    /// The whole text of a dataset, and where in it each record begins, in bytes, by number;
    /// nothing where it was not read from a text.
    pub fn laid_out(&self, dataset: u32) -> Option<(&str, &[u32])> {
        self.records.as_ref()?.laid_out(dataset)
    }

    /// How its strings stand in [`Timeline::written`].
    pub fn writing(&self, index: EntryIndex) -> Writing {
        self.columns.writing(index.at())
    }

    /// Whether a search has to fold its strings, because they hold more than letters in one of two
    /// cases, digits and signs: see [`needs_folding`](crate::text::same::needs_folding). Told once, when
    /// it is read; of what was not read from a text it is not known, and it has to.
    pub fn needs_folding(&self, index: EntryIndex) -> bool {
        self.columns.needs_folding(index.at())
    }

    /// Statement or event.
    pub fn kind(&self, index: EntryIndex) -> Kind {
        self.columns.kind(index.at())
    }

    /// When it was said or happened. Read anew from its text; for a walk over many entries there
    /// are [`Timeline::earliest`] and [`Timeline::latest`].
    pub fn date(&self, index: EntryIndex) -> When {
        let text = self.own(index, self.columns.date(index.at()));
        When::parse(text).unwrap_or_else(|_| When::undated())
    }

    /// The first day that it may have been.
    pub fn earliest(&self, index: EntryIndex) -> Edge {
        self.columns.earliest(index.at())
    }

    /// The last day that it may have been.
    pub fn latest(&self, index: EntryIndex) -> Edge {
        self.columns.latest(index.at())
    }

    /// How exactly its date is known.
    pub fn precision(&self, index: EntryIndex) -> Precision {
        self.columns.precision(index.at())
    }

    /// Whether its date spans time from one date to another.
    pub fn is_interval(&self, index: EntryIndex) -> bool {
        self.columns.is_interval(index.at())
    }

    /// Whether nobody knows its date.
    pub fn is_undated(&self, index: EntryIndex) -> bool {
        self.columns.is_undated(index.at())
    }

    /// Whether it has a time of day and, going by instants, stands before an entry of an earlier
    /// day or after one of a later: what is written does not tell why, but the zone does.
    pub fn is_crossed(&self, index: EntryIndex) -> bool {
        self.columns.is_crossed(index.at())
    }

    /// Whether its date is approximate or uncertain.
    pub fn is_qualified(&self, index: EntryIndex) -> bool {
        self.columns.is_qualified(index.at())
    }

    /// Whether any day from its earliest to its latest may have been it; see
    /// [`Facts::simple`](crate::when::Facts::simple).
    pub fn is_simple(&self, index: EntryIndex) -> bool {
        self.columns.is_simple(index.at())
    }

    /// The line that says what it is about.
    pub fn headline(&self, index: EntryIndex) -> &str {
        self.own(index, self.columns.headline(index.at()))
    }

    /// Who said it; nobody in an event.
    pub fn speaker_of(&self, index: EntryIndex) -> Option<SpeakerIndex> {
        self.columns.speaker(index.at())
    }

    /// Its tags, as numbers in [`Timeline::tags`].
    pub fn tags_of(&self, index: EntryIndex) -> &[NameIndex] {
        self.columns.tags(index.at())
    }

    /// Its place, as a number in [`Timeline::places`].
    pub fn place_of(&self, index: EntryIndex) -> Option<NameIndex> {
        self.columns.place(index.at())
    }

    /// Its sources.
    pub fn sources_of(&self, index: EntryIndex) -> &[SourceIndex] {
        self.columns.sources(index.at())
    }

    /// The numbers of its figures, and what they count.
    pub fn claims_of(&self, index: EntryIndex) -> &[Claim] {
        if self.has(index).contains(Has::FIGURE) { self.columns.figures(index.0) } else { &[] }
    }

    /// The figures of all entries, in order, those of one entry side by side.
    pub fn claims(&self) -> impl ExactSizeIterator<Item = (EntryIndex, Claim)> {
        self.columns.all_figures().iter().map(|(row, claim)| (EntryIndex(row), claim))
    }

    /// The figure at a place in [`Timeline::claims`].
    pub fn claim(&self, at: usize) -> Option<&Claim> {
        self.columns.all_figures().get(at)
    }

    /// Words of an entry's figure.
    pub fn words(&self, index: EntryIndex, piece: Piece) -> &str {
        self.piece(index, piece)
    }

    /// Who passed words of it on; somebody who passed on several stands there as often.
    pub fn relays_of(&self, index: EntryIndex) -> &[SpeakerIndex] {
        if self.has(index).contains(Has::RELAY) { self.columns.relays(index.0) } else { &[] }
    }

    /// Whose words lie within its quotes.
    pub fn quoted_of(&self, index: EntryIndex) -> &[SpeakerIndex] {
        if self.has(index).contains(Has::QUOTED) { self.columns.quoted(index.0) } else { &[] }
    }

    /// The sources that its quotes name as their own.
    pub fn quote_sources_of(&self, index: EntryIndex) -> &[SourceIndex] {
        if self.has(index).contains(Has::QUOTE_SOURCE) {
            self.columns.quote_sources(index.0)
        } else {
            &[]
        }
    }

    /// What it has: quotes, figures, a note.
    pub fn has(&self, index: EntryIndex) -> Has {
        self.columns.has(index.at())
    }

    /// Its id as written in its file.
    pub fn id(&self, index: EntryIndex) -> &str {
        self.own(index, self.columns.id(index.at()))
    }

    /// The number of the dataset that it came from, in [`Timeline::datasets`].
    pub fn dataset_number(&self, index: EntryIndex) -> usize {
        self.columns.dataset(index.at()) as usize
    }

    /// The dataset that it came from.
    pub fn dataset_of(&self, index: EntryIndex) -> &DatasetInfo {
        &self.datasets[self.dataset_number(index)]
    }

    /// The number of its record in its dataset, as its reader gave it.
    pub fn record_number(&self, index: EntryIndex) -> u32 {
        self.columns.record(index.at())
    }

    /// Its line in its file, from 1.
    pub fn line_of(&self, index: EntryIndex) -> u32 {
        let (dataset, record) = self.record_of(index);
        self.records.as_ref().map_or(1, |records| records.line(dataset, record))
    }

    /// Its connections: first those that it makes, as written, then those made to it.
    pub fn links_of(&self, index: EntryIndex) -> &[Link] {
        self.links.get(&index).map_or(&[], Vec::as_slice)
    }

    /// Whether another entry retracts it or, where none does, supersedes it.
    pub fn withdrawn(&self, index: EntryIndex) -> Option<How> {
        let links = self.links_of(index).iter().filter(|link| link.withdraws());
        links.map(|link| link.how).max()
    }

    /// All entries with an id as written, in no order.
    pub fn with_id<'a>(&'a self, id: &'a str) -> impl Iterator<Item = EntryIndex> + 'a {
        self.ids.find(id, |row| self.id(EntryIndex(row))).map(EntryIndex)
    }

    /// A string that is counted from where the entry's record begins.
    fn own(&self, index: EntryIndex, piece: Piece) -> &str {
        let (dataset, record) = self.record_of(index);
        let starts = self.laid_out(dataset).map(|(_, starts)| starts);
        let start = starts.and_then(|starts| starts.get(record as usize)).copied();
        self.of_dataset(dataset as usize, piece.counted_in(start.unwrap_or_default()))
    }

    pub(super) fn piece(&self, index: EntryIndex, piece: Piece) -> &str {
        self.of_dataset(self.dataset_number(index), piece)
    }

    fn of_dataset(&self, dataset: usize, piece: Piece) -> &str {
        let Some(text) = self.texts.get(dataset) else { return "" };
        piece.get(&text.text, &text.arena)
    }
}
