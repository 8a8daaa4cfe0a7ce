//! Gathers datasets and turns them into a [`Timeline`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::columns::{Columns, Part};
use crate::model::ids::Ids;
use crate::model::meant::{labels, tie};
use crate::model::row::{Claim, Has, Piece, Records, Row, Sides, Writing};
use crate::model::timeline::Text;
use crate::model::{
    Dangling, DatasetInfo, Document, Entry, EntryIndex, How, NameIndex, Names, Source, SourceIndex,
    Speaker, SpeakerIndex, Timeline, Unread,
};

/// Entries of one dataset as columns, with the names that they use and the strings that the
/// text holds only with escapes.
#[derive(Debug, Default)]
pub struct Batch {
    /// The entries.
    pub columns: Columns,
    /// Tags, numbered as the columns do.
    pub tags: Names,
    /// Places, numbered as the columns do.
    pub places: Names,
    /// What figures count, numbered as the columns do.
    pub measures: Names,
    /// Strings that had escapes.
    pub arena: String,
    /// How many records of its dataset come before it; added to the records' numbers.
    pub records_before: u32,
}

/// Gathers datasets and turns them into a [`Timeline`].
#[derive(Default)]
pub struct TimelineBuilder {
    timeline: Timeline,
    speakers: HashMap<Speaker, SpeakerIndex>,
    /// The first of those of one id and name.
    people: HashMap<(String, String), SpeakerIndex>,
    sources: HashMap<String, Vec<SourceIndex>>,
    /// The first of those of one id and title.
    works: HashMap<(String, Option<String>), SourceIndex>,
    /// Records handed over whole, with their lines, by dataset.
    whole: Vec<Vec<(Entry, u32)>>,
    /// Those of the dataset begun last, until the next begins.
    batch: Batch,
}

impl TimelineBuilder {
    /// With nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a dataset: entries added after this belong to it.
    pub fn dataset(&mut self, info: DatasetInfo) {
        self.dataset_with_text(info, Arc::default());
    }

    /// Begins a dataset that was read from a text, into which its entries' strings point.
    pub fn dataset_with_text(&mut self, info: DatasetInfo, text: Arc<Document>) {
        self.flush();
        self.timeline.datasets.push(info);
        self.timeline.texts.push(Text { text, arena: String::new() });
        self.whole.push(Vec::new());
    }

    /// Adds a speaker and gives the number to use in entries. Who is defined in the same words in
    /// another dataset has one number; who has the same id and name there, and another role, is the
    /// same person with a number of its own (see [`Timeline::person`]).
    pub fn speaker(&mut self, speaker: Speaker) -> SpeakerIndex {
        if let Some(known) = self.speakers.get(&speaker).copied() {
            self.timeline.define(|defined| &mut defined.speakers, known);
            return known;
        }
        let index = SpeakerIndex(number(self.timeline.speakers.len()));
        let who = (speaker.id.clone(), speaker.name.clone());
        let person = *self.people.entry(who).or_insert(index);
        self.timeline.people.push(person);
        self.timeline.speakers.push(speaker.clone());
        self.speakers.insert(speaker, index);
        self.timeline.define(|defined| &mut defined.speakers, index);
        index
    }

    /// Adds a source and gives the number to use in entries. An equal source of another dataset
    /// is the same source; one of the same id and title is the same work (see [`Timeline::work`]).
    pub fn source(&mut self, source: Source) -> SourceIndex {
        let same = self.sources.entry(source.id.clone()).or_default();
        let known =
            same.iter().find(|at| self.timeline.sources.get(at.0 as usize) == Some(&source));
        if let Some(known) = known.copied() {
            self.timeline.define(|defined| &mut defined.sources, known);
            return known;
        }
        let index = SourceIndex(number(self.timeline.sources.len()));
        same.push(index);
        let work = self.works.entry((source.id.clone(), source.title.clone())).or_insert(index);
        self.timeline.works.push(*work);
        self.timeline.sources.push(source);
        self.timeline.define(|defined| &mut defined.sources, index);
        index
    }

    /// Adds an entry of the dataset begun last. `line` is its line in the file, from 1.
    pub fn entry(&mut self, entry: Entry, line: u32) {
        if self.timeline.datasets.is_empty() {
            self.dataset(DatasetInfo::default());
        }
        let Batch { columns, tags: tag_names, places, measures, arena, .. } = &mut self.batch;
        let mut keep = |text: &str| {
            let piece = Piece::of_arena(arena.len(), text.len());
            arena.push_str(text);
            piece
        };
        let tags: Vec<NameIndex> = entry.tags.iter().map(|tag| tag_names.intern(tag)).collect();
        let related: Vec<(Piece, How)> =
            entry.related.iter().map(|related| (keep(&related.to), related.how)).collect();
        let place = entry.place.as_deref().map(|place| places.intern(place));
        let figures: Vec<Claim> = entry
            .figures
            .iter()
            .map(|figure| Claim {
                bound: figure.bound,
                measure: measures.intern(&figure.measure),
                of: keep(figure.of.as_deref().unwrap_or_default()),
                place: keep(figure.place.as_deref().unwrap_or_default()),
                period: keep(figure.period.as_ref().map_or("", |period| period.text())),
                lasting: keep(
                    &figure.lasting.map(|lasting| lasting.to_string()).unwrap_or_default(),
                ),
            })
            .collect();
        let (mut relays, mut quoted, mut quote_sources) = (Vec::new(), Vec::new(), Vec::new());
        for quote in &entry.quotes {
            relays.extend(&quote.via);
            quote_sources.extend(&quote.sources);
            quoted.extend(quote.voices());
        }
        let Some(whole) = self.whole.last_mut() else { return };
        columns.push(Row {
            record: number(whole.len()),
            start: 0,
            kind: entry.kind,
            id: keep(&entry.id),
            headline: keep(&entry.headline),
            date: keep(entry.date.text()),
            facts: entry.date.facts(),
            sides: Sides::of(&entry.date),
            has: Has::of(&entry),
            speaker: entry.speaker,
            place,
            tags: &tags,
            sources: &entry.sources,
            related: &related,
            figures: &figures,
            relays: &relays,
            quoted: &quoted,
            quote_sources: &quote_sources,
            writing: Writing::Hidden,
            folded: true,
        });
        whole.push((entry, line));
    }

    /// Makes room for so many times what a batch has, if that can be told beforehand.
    pub fn reserve(&mut self, times: usize, like: &Batch) {
        self.timeline.columns.reserve(times, &like.columns);
    }

    /// Adds entries of the dataset begun last, whose records are given back by what is handed to
    /// [`TimelineBuilder::build_with`].
    pub fn batch(&mut self, batch: Batch) {
        let Some(dataset) = self.timeline.datasets.len().checked_sub(1) else { return };
        let Some(text) = self.timeline.texts.last_mut() else { return };
        if batch.columns.is_empty() {
            return;
        }
        let renumber = |names: &mut Names, of: &Names| -> Vec<NameIndex> {
            of.iter().map(|(_, name)| names.intern(name)).collect()
        };
        let arena = number(text.arena.len());
        text.arena.push_str(&batch.arena);
        let part = Part {
            columns: batch.columns,
            dataset: number(dataset),
            arena,
            record: batch.records_before,
            tags: renumber(&mut self.timeline.tags, &batch.tags),
            places: renumber(&mut self.timeline.places, &batch.places),
            measures: renumber(&mut self.timeline.measures, &batch.measures),
        };
        self.timeline.columns.append(part);
    }

    /// Takes note of entries that are left out for errors.
    pub fn leave_out(&mut self, entries: usize) {
        self.timeline.left_out = self.timeline.left_out.saturating_add(entries);
    }

    fn flush(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        self.batch(batch);
    }

    /// Puts the entries in order and ties them together. Entries of the same date keep the order
    /// of their files. What is wrong (see [`Built`]) is left out; `dataset` reports it.
    pub fn build(mut self) -> Timeline {
        self.flush();
        let whole = std::mem::take(&mut self.whole);
        self.build_with(Box::new(Whole(whole)), &Unread::new()).timeline
    }

    /// [`TimelineBuilder::build`], for entries added as batches, whose whole records `records`
    /// gives back. `unread` are entries left out for errors.
    pub fn build_with(mut self, records: Box<dyn Records>, unread: &Unread) -> Built {
        if self.timeline.datasets.is_empty() {
            self.dataset(DatasetInfo::default());
        }
        let mut timeline = self.timeline;
        timeline.columns.sort();
        timeline.records = Some(records);
        let duplicates = index_ids(&mut timeline);
        timeline.left_out += duplicates.len();
        if !duplicates.is_empty() {
            leave_out(&mut timeline, &duplicates);
            index_ids(&mut timeline);
        }
        timeline.labels = labels(&timeline.datasets);
        let dangling = tie(&mut timeline, unread);
        Built { timeline, duplicates, dangling }
    }
}

/// A timeline, and what could not be put into it.
#[derive(Debug)]
pub struct Built {
    /// The timeline.
    pub timeline: Timeline,
    /// Records whose id another record of the same dataset has, each with the first to have it.
    /// They are left out.
    pub duplicates: Vec<Duplicate>,
    /// Pointers to entries that cannot be told. They are left out.
    pub dangling: Vec<Dangling>,
}

/// A record whose id is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Number of the dataset.
    pub dataset: u32,
    /// Number of the record in it.
    pub record: u32,
    /// Number of the record that had the id first.
    pub first: u32,
}

/// Finds entries by id from now on; gives those whose id another of their dataset has.
fn index_ids(timeline: &mut Timeline) -> Vec<Duplicate> {
    let columns = &timeline.columns;
    let dataset = |row: u32| columns.dataset(row as usize);
    let record = |row: u32| columns.record(row as usize);
    let id_of = |row| timeline.id(EntryIndex(row));
    let same = |row, other| dataset(row) == dataset(other);
    let (ids, taken) = Ids::of(timeline.len(), id_of, same);
    // The first in time need not be the first in the file.
    let mut firsts: HashMap<u32, u32> = HashMap::new();
    let mut duplicates = Vec::new();
    for (row, known) in taken {
        let first = firsts.entry(known).or_insert_with(|| record(known));
        let (one, other) = (*first, record(row));
        *first = one.min(other);
        let dataset = dataset(row);
        duplicates.push(Duplicate { dataset, record: one.max(other), first: one.min(other) });
    }
    timeline.ids = ids;
    duplicates
}

fn leave_out(timeline: &mut Timeline, duplicates: &[Duplicate]) {
    let gone: HashSet<(u32, u32)> =
        duplicates.iter().map(|duplicate| (duplicate.dataset, duplicate.record)).collect();
    let columns = &timeline.columns;
    let kept: Vec<u32> = timeline
        .indexes()
        .filter(|index| !gone.contains(&(columns.dataset(index.at()), columns.record(index.at()))))
        .map(|index| index.0)
        .collect();
    timeline.columns.keep(&kept);
}

/// Records kept whole.
struct Whole(Vec<Vec<(Entry, u32)>>);

impl Records for Whole {
    fn entry(&self, dataset: u32, record: u32) -> Entry {
        self.0[dataset as usize][record as usize].0.clone()
    }

    fn line(&self, dataset: u32, record: u32) -> u32 {
        self.0[dataset as usize][record as usize].1
    }
}

/// Counts here are of entries, speakers and bytes of one dataset, of which `dataset` lets no more
/// than 2^32 in.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
