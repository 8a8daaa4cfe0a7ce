//! What is open: one dataset or several merged, in chronological order.
//!
//! What a key press touches is kept as columns beside the entries; a whole record is asked for
//! one at a time.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{
    Entry, How, Kind, NameIndex, Names, Source, SourceIndex, Speaker, SpeakerIndex,
};
use crate::when::{Order, When};

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
    /// The name of its file as the user gave it.
    pub file: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
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
}

/// Why an id led to no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// No entry has it; the nearest id, if one is near.
    Unknown {
        /// An id that is spelt almost like it.
        nearest: Option<String>,
    },
    /// Entries of several files have it; these are their full names.
    Ambiguous(Vec<String>),
}

struct Item {
    entry: Arc<Entry>,
    dataset: u32,
    /// Line in its file, from 1.
    line: u32,
    tags: Box<[NameIndex]>,
    place: Option<NameIndex>,
}

/// All that is open, in chronological order. Immutable.
#[derive(Default)]
pub struct Timeline {
    datasets: Vec<DatasetInfo>,
    speakers: Vec<Speaker>,
    sources: Vec<Source>,
    tags: Names,
    places: Names,
    items: Vec<Item>,
    links: Vec<Vec<Link>>,
    /// Entries by id; several where files share one.
    ids: HashMap<String, Vec<EntryIndex>>,
}

impl std::fmt::Debug for Timeline {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Timeline")
            .field("datasets", &self.datasets)
            .field("entries", &self.items.len())
            .finish_non_exhaustive()
    }
}

impl Timeline {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Every entry's index, in chronological order.
    pub fn indexes(&self) -> impl DoubleEndedIterator<Item = EntryIndex> + use<> {
        (0..u32::try_from(self.items.len()).unwrap_or(u32::MAX)).map(EntryIndex)
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

    /// All speakers, by index.
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// The speaker with this index, which must come from this timeline.
    pub fn speaker(&self, index: SpeakerIndex) -> &Speaker {
        &self.speakers[index.0 as usize]
    }

    /// All sources, by index.
    pub fn sources(&self) -> &[Source] {
        &self.sources
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

    /// The whole record. Meant for the few entries at hand, not for a walk on a key's path.
    pub fn entry(&self, index: EntryIndex) -> Arc<Entry> {
        Arc::clone(&self.items[index.at()].entry)
    }

    /// Statement or event.
    pub fn kind(&self, index: EntryIndex) -> Kind {
        self.items[index.at()].entry.kind
    }

    /// When it was said or happened.
    pub fn date(&self, index: EntryIndex) -> &When {
        &self.items[index.at()].entry.date
    }

    /// The line that says what it is about.
    pub fn headline(&self, index: EntryIndex) -> &str {
        &self.items[index.at()].entry.headline
    }

    /// Who said it; nobody in an event.
    pub fn speaker_of(&self, index: EntryIndex) -> Option<SpeakerIndex> {
        self.items[index.at()].entry.speaker
    }

    /// Its tags, as numbers in [`Timeline::tags`].
    pub fn tags_of(&self, index: EntryIndex) -> &[NameIndex] {
        &self.items[index.at()].tags
    }

    /// Its place, as a number in [`Timeline::places`].
    pub fn place_of(&self, index: EntryIndex) -> Option<NameIndex> {
        self.items[index.at()].place
    }

    /// Its sources.
    pub fn sources_of(&self, index: EntryIndex) -> &[SourceIndex] {
        &self.items[index.at()].entry.sources
    }

    /// Its id as written in its file.
    pub fn id(&self, index: EntryIndex) -> &str {
        &self.items[index.at()].entry.id
    }

    /// Its id, with its file before it (`file:id`) where two files share the id.
    pub fn full_id(&self, index: EntryIndex) -> String {
        let id = self.id(index);
        match self.ids.get(id) {
            Some(same) if same.len() > 1 => format!("{}:{id}", self.dataset_of(index).file),
            _ => id.to_owned(),
        }
    }

    /// The dataset that it came from.
    pub fn dataset_of(&self, index: EntryIndex) -> &DatasetInfo {
        &self.datasets[self.items[index.at()].dataset as usize]
    }

    /// Its line in its file, from 1.
    pub fn line_of(&self, index: EntryIndex) -> u32 {
        self.items[index.at()].line
    }

    /// Its connections: first those that it makes, as written, then those made to it.
    pub fn links_of(&self, index: EntryIndex) -> &[Link] {
        &self.links[index.at()]
    }

    /// The entry with an id, given as `id` or, where files share it, as `file:id`.
    pub fn find(&self, id: &str) -> Result<EntryIndex, NotFound> {
        if let Some(found) = self.ids.get(id) {
            return match found.as_slice() {
                [only] => Ok(*only),
                several => Err(NotFound::Ambiguous(
                    several.iter().map(|index| self.full_id(*index)).collect(),
                )),
            };
        }
        if let Some((_, bare)) = id.rsplit_once(':')
            && let Some(found) = self.ids.get(bare)
            && let Some(index) =
                found.iter().find(|index| format!("{}:{bare}", self.dataset_of(**index).file) == id)
        {
            return Ok(*index);
        }
        let nearest = self
            .ids
            .keys()
            .map(|known| (strsim::damerau_levenshtein(known, id), known))
            .filter(|(distance, known)| *distance <= known.len().max(id.len()) / 3)
            .min()
            .map(|(_, known)| known.clone());
        Err(NotFound::Unknown { nearest })
    }
}

/// Gathers datasets and turns them into a [`Timeline`].
#[derive(Default)]
pub struct TimelineBuilder {
    timeline: Timeline,
}

impl TimelineBuilder {
    /// With nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a dataset: entries added after this belong to it.
    pub fn dataset(&mut self, info: DatasetInfo) {
        self.timeline.datasets.push(info);
    }

    /// Adds a speaker and gives the number to use in entries. The same id with the same name in
    /// another dataset is the same speaker.
    pub fn speaker(&mut self, speaker: Speaker) -> SpeakerIndex {
        let known = self
            .timeline
            .speakers
            .iter()
            .position(|other| other.id == speaker.id && other.name == speaker.name);
        let at = known.unwrap_or_else(|| {
            self.timeline.speakers.push(speaker);
            self.timeline.speakers.len() - 1
        });
        SpeakerIndex(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// Adds a source and gives the number to use in entries. An equal source of another dataset
    /// is the same source.
    pub fn source(&mut self, source: Source) -> SourceIndex {
        let known = self.timeline.sources.iter().position(|other| *other == source);
        let at = known.unwrap_or_else(|| {
            self.timeline.sources.push(source);
            self.timeline.sources.len() - 1
        });
        SourceIndex(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// Adds an entry of the dataset begun last. `line` is its line in the file, from 1.
    pub fn entry(&mut self, entry: Entry, line: u32) {
        let dataset = self.timeline.datasets.len().saturating_sub(1);
        let tags = entry.tags.iter().map(|tag| self.timeline.tags.intern(tag)).collect();
        let place = entry.place.as_deref().map(|place| self.timeline.places.intern(place));
        self.timeline.items.push(Item {
            entry: Arc::new(entry),
            dataset: u32::try_from(dataset).unwrap_or(u32::MAX),
            line,
            tags,
            place,
        });
    }

    /// Puts the entries in order and ties them together. Entries of the same date keep the order
    /// of their files. A pointer to an id that is not there is left out; `dataset` reports it.
    pub fn build(self) -> Timeline {
        let mut timeline = self.timeline;
        if timeline.datasets.is_empty() {
            timeline.datasets.push(DatasetInfo::default());
        }
        timeline.items.sort_by_cached_key(|item| -> Order { item.entry.date.order() });
        for (index, item) in (0u32..).map(EntryIndex).zip(&timeline.items) {
            timeline.ids.entry(item.entry.id.clone()).or_default().push(index);
        }
        let mut links: Vec<Vec<Link>> = vec![Vec::new(); timeline.items.len()];
        let mut backs: Vec<(EntryIndex, Link)> = Vec::new();
        for (from, item) in (0u32..).map(EntryIndex).zip(&timeline.items) {
            for related in &item.entry.related {
                let Some(to) = timeline.target(from, &related.to) else { continue };
                let how = related.how;
                links[from.at()].push(Link { to, how, back: false });
                backs.push((to, Link { to: from, how, back: true }));
            }
        }
        for (at, link) in backs {
            let known = &mut links[at.at()];
            // Two entries compared with one another from both sides are one connection.
            let mutual = link.how == How::ComparedWith
                && known.iter().any(|other| other.to == link.to && other.how == link.how);
            if !mutual {
                known.push(link);
            }
        }
        timeline.links = links;
        timeline
    }
}

impl Timeline {
    /// An id written in an entry means the entry of its own file, then that of any other.
    fn target(&self, from: EntryIndex, id: &str) -> Option<EntryIndex> {
        let dataset = self.items[from.at()].dataset;
        let own = |index: &&EntryIndex| self.items[index.at()].dataset == dataset;
        match self.ids.get(id) {
            Some(found) => found.iter().find(own).or(found.first()).copied(),
            None => self.find(id).ok(),
        }
    }
}
