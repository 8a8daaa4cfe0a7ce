//! What a list of entries keeps at hand for each of them, as columns of small numbers.
//!
//! An entry's strings are ranges into the text that was read, or into an arena beside it where
//! they had escapes; a whole record is asked for one at a time (see [`Records`]). An entry takes
//! about 100 bytes beside its text.

use crate::model::{Entry, How, Kind, NameIndex, SourceIndex, SpeakerIndex};
use crate::when::{Day, Edge, Facts, Order, Precision};

/// Gives whole records back, one at a time.
pub trait Records: Send + Sync {
    /// The record with this number in a dataset, numbers being those handed to
    /// [`Row::record`].
    fn entry(&self, dataset: u32, record: u32) -> Entry;
}

/// A string of a dataset: a range of its text, or of its arena.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    start: u32,
    /// The highest bit tells the arena from the text.
    len: u32,
}

const ARENA: u32 = 1 << 31;

impl Piece {
    /// A range of bytes of the text; empty where it does not fit 32 bits.
    pub fn of_text(start: usize, len: usize) -> Piece {
        Piece::new(start, len, 0)
    }

    /// A range of bytes of the arena; empty where it does not fit 32 bits.
    pub fn of_arena(start: usize, len: usize) -> Piece {
        Piece::new(start, len, ARENA)
    }

    fn new(start: usize, len: usize, place: u32) -> Piece {
        match (u32::try_from(start), u32::try_from(len)) {
            (Ok(start), Ok(len)) if len < ARENA => Piece { start, len: len | place },
            _ => Piece::default(),
        }
    }

    fn moved(self, by: u32) -> Piece {
        if self.len & ARENA == 0 {
            self
        } else {
            Piece { start: self.start.saturating_add(by), ..self }
        }
    }

    /// The string.
    pub fn get<'a>(self, text: &'a str, arena: &'a str) -> &'a str {
        let place = if self.len & ARENA == 0 { text } else { arena };
        let start = self.start as usize;
        place.get(start..start.saturating_add((self.len & !ARENA) as usize)).unwrap_or_default()
    }
}

/// A run of numbers in a pool.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    start: u32,
    len: u32,
}

impl Run {
    fn of<T>(self, pool: &[T]) -> &[T] {
        let start = self.start as usize;
        pool.get(start..start.saturating_add(self.len as usize)).unwrap_or_default()
    }
}

/// What an entry has, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Has(u16);

impl Has {
    /// Verbatim words.
    pub const QUOTE: Has = Has(1);
    /// A figure.
    pub const FIGURE: Has = Has(1 << 1);
    /// A curator's note.
    pub const NOTE: Has = Has(1 << 2);
    /// Reported speech.
    pub const PARAPHRASE: Has = Has(1 << 3);
    /// What the speaker rests it on.
    pub const BASIS: Has = Has(1 << 4);
    /// Words that somebody passed on.
    pub const RELAY: Has = Has(1 << 5);
    /// A pointer to another entry.
    pub const RELATED: Has = Has(1 << 6);

    /// Both sets together.
    #[must_use]
    pub fn and(self, other: Has) -> Has {
        Has(self.0 | other.0)
    }

    /// `self` if it is so, else nothing.
    #[must_use]
    pub fn when(self, so: bool) -> Has {
        if so { self } else { Has(0) }
    }

    /// Whether all of `other` is in it.
    pub fn contains(self, other: Has) -> bool {
        self.0 & other.0 == other.0
    }

    /// What a record has.
    pub fn of(entry: &Entry) -> Has {
        Has::QUOTE
            .when(!entry.quotes.is_empty())
            .and(Has::FIGURE.when(!entry.figures.is_empty()))
            .and(Has::NOTE.when(entry.note.is_some()))
            .and(Has::PARAPHRASE.when(entry.paraphrase.is_some()))
            .and(Has::BASIS.when(entry.basis.is_some()))
            .and(Has::RELAY.when(entry.quotes.iter().any(|quote| !quote.via.is_empty())))
            .and(Has::RELATED.when(!entry.related.is_empty()))
    }
}

/// An entry as a reader hands it over.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its number among the records of its dataset.
    pub record: u32,
    /// Its line in the file, from 1.
    pub line: u32,
    /// Statement or event.
    pub kind: Kind,
    /// Its id.
    pub id: Piece,
    /// Its headline.
    pub headline: Piece,
    /// Its date as written.
    pub date: Piece,
    /// What its date says.
    pub facts: Facts,
    /// What it has.
    pub has: Has,
    /// Who said it.
    pub speaker: Option<SpeakerIndex>,
    /// Its place, numbered in the batch's own places.
    pub place: Option<NameIndex>,
    /// Its tags, numbered in the batch's own tags.
    pub tags: &'a [NameIndex],
    /// Its sources.
    pub sources: &'a [SourceIndex],
    /// The entries that it points to.
    pub related: &'a [(Piece, How)],
}

/// A pointer that is not yet tied to the entry that it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pointer {
    pub(super) row: u32,
    pub(super) to: Piece,
    pub(super) how: How,
}

/// The numbers that names of a batch get in the whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Renumbering<'a> {
    pub(super) tags: &'a [NameIndex],
    pub(super) places: &'a [NameIndex],
}

/// Entries as columns, in the order they were added or, after [`Columns::sort`], in time's.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    order: Vec<Order>,
    dataset: Vec<u32>,
    record: Vec<u32>,
    line: Vec<u32>,
    id: Vec<Piece>,
    headline: Vec<Piece>,
    date: Vec<Piece>,
    earliest: Vec<Day>,
    latest: Vec<Day>,
    flags: Vec<u16>,
    has: Vec<Has>,
    speaker: Vec<u32>,
    place: Vec<u32>,
    tags: Vec<Run>,
    sources: Vec<Run>,
    tag_pool: Vec<NameIndex>,
    source_pool: Vec<SourceIndex>,
    pub(super) pointers: Vec<Pointer>,
}

/// Stands in a column where there is no number.
const NONE: u32 = u32::MAX;

/// Days at either end of all numbers stand for sides that are no day.
const OPEN: Day = Day::MIN;
const UNKNOWN: Day = Day::MIN + 1;

fn pack_edge(edge: Edge) -> Day {
    match edge {
        Edge::Day(day) => day.max(UNKNOWN + 1),
        Edge::Open => OPEN,
        Edge::Unknown => UNKNOWN,
    }
}

fn edge(packed: Day) -> Edge {
    match packed {
        OPEN => Edge::Open,
        UNKNOWN => Edge::Unknown,
        day => Edge::Day(day),
    }
}

const EVENT: u16 = 1;
const INTERVAL: u16 = 1 << 1;
const UNDATED: u16 = 1 << 2;
const APPROXIMATE: u16 = 1 << 3;
const UNCERTAIN: u16 = 1 << 4;
const SIMPLE: u16 = 1 << 5;
const PRECISION: u16 = 8;

fn pack_flags(kind: Kind, facts: Facts) -> u16 {
    let bit = |so: bool, bit: u16| if so { bit } else { 0 };
    bit(kind == Kind::Event, EVENT)
        | bit(facts.interval, INTERVAL)
        | bit(facts.undated, UNDATED)
        | bit(facts.approximate, APPROXIMATE)
        | bit(facts.uncertain, UNCERTAIN)
        | bit(facts.simple, SIMPLE)
        | (facts.precision as u16) << PRECISION
}

/// The column's value at a row, or its type's nothing for a row that is not there.
fn at<T: Copy + Default>(column: &[T], row: usize) -> T {
    column.get(row).copied().unwrap_or_default()
}

impl Columns {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, row: Row<'_>) {
        let number = u32::try_from(self.len()).unwrap_or(u32::MAX);
        self.order.push(row.facts.order);
        self.dataset.push(0);
        self.record.push(row.record);
        self.line.push(row.line);
        self.id.push(row.id);
        self.headline.push(row.headline);
        self.date.push(row.date);
        self.earliest.push(pack_edge(row.facts.earliest));
        self.latest.push(pack_edge(row.facts.latest));
        self.flags.push(pack_flags(row.kind, row.facts));
        self.has.push(row.has);
        self.speaker.push(row.speaker.map_or(NONE, |speaker| speaker.0));
        self.place.push(row.place.map_or(NONE, |place| place.0));
        self.tags.push(pool(&mut self.tag_pool, row.tags));
        self.sources.push(pool(&mut self.source_pool, row.sources));
        self.pointers.extend(row.related.iter().map(|(to, how)| Pointer {
            row: number,
            to: *to,
            how: *how,
        }));
    }

    /// Adds the entries of another's, all of them of one dataset whose arena stands `arena` bytes
    /// into that dataset's.
    pub(super) fn append(
        &mut self,
        other: Columns,
        dataset: u32,
        arena: u32,
        names: Renumbering<'_>,
    ) {
        let rows = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let named =
            |names: &[NameIndex], name: u32| names.get(name as usize).map_or(NONE, |name| name.0);
        self.order.extend(other.order);
        self.dataset.extend(other.dataset.iter().map(|_| dataset));
        self.record.extend(other.record);
        self.line.extend(other.line);
        self.id.extend(other.id.iter().map(|piece| piece.moved(arena)));
        self.headline.extend(other.headline.iter().map(|piece| piece.moved(arena)));
        self.date.extend(other.date.iter().map(|piece| piece.moved(arena)));
        self.earliest.extend(other.earliest);
        self.latest.extend(other.latest);
        self.flags.extend(other.flags);
        self.has.extend(other.has);
        self.speaker.extend(other.speaker);
        self.place.extend(other.place.iter().map(|place| named(names.places, *place)));
        shift(&mut self.tags, &other.tags, self.tag_pool.len());
        self.tag_pool.extend(other.tag_pool.iter().map(|tag| NameIndex(named(names.tags, tag.0))));
        shift(&mut self.sources, &other.sources, self.source_pool.len());
        self.source_pool.extend(other.source_pool);
        self.pointers.extend(other.pointers.iter().map(|pointer| Pointer {
            row: pointer.row.saturating_add(rows),
            to: pointer.to.moved(arena),
            how: pointer.how,
        }));
    }

    /// Brings the entries into the order of time; those of one place in it keep theirs.
    pub(super) fn sort(&mut self) {
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let order = std::mem::take(&mut self.order);
        if order.is_sorted() {
            return;
        }
        let mut from: Vec<u32> = (0..count).collect();
        // Stable, and quick where files are nearly in order.
        from.sort_by_key(|row| order.get(*row as usize).copied());
        drop(order);
        self.keep(&from);
    }

    /// Keeps the rows named, in the order in which they are named.
    pub(super) fn keep(&mut self, from: &[u32]) {
        let mut to = vec![NONE; self.len()];
        for (row, old) in (0u32..).zip(from) {
            if let Some(to) = to.get_mut(*old as usize) {
                *to = row;
            }
        }
        for pointer in &mut self.pointers {
            pointer.row = to.get(pointer.row as usize).copied().unwrap_or(NONE);
        }
        self.pointers.retain(|pointer| pointer.row != NONE);
        gather(&mut self.dataset, from);
        gather(&mut self.record, from);
        gather(&mut self.line, from);
        gather(&mut self.id, from);
        gather(&mut self.headline, from);
        gather(&mut self.date, from);
        gather(&mut self.earliest, from);
        gather(&mut self.latest, from);
        gather(&mut self.flags, from);
        gather(&mut self.has, from);
        gather(&mut self.speaker, from);
        gather(&mut self.place, from);
        gather(&mut self.tags, from);
        gather(&mut self.sources, from);
    }

    pub(super) fn dataset(&self, row: usize) -> u32 {
        at(&self.dataset, row)
    }

    pub(super) fn record(&self, row: usize) -> u32 {
        at(&self.record, row)
    }

    pub(super) fn line(&self, row: usize) -> u32 {
        at(&self.line, row)
    }

    pub(super) fn id(&self, row: usize) -> Piece {
        at(&self.id, row)
    }

    pub(super) fn headline(&self, row: usize) -> Piece {
        at(&self.headline, row)
    }

    pub(super) fn date(&self, row: usize) -> Piece {
        at(&self.date, row)
    }

    pub(super) fn has(&self, row: usize) -> Has {
        at(&self.has, row)
    }

    pub(super) fn kind(&self, row: usize) -> Kind {
        if at(&self.flags, row) & EVENT == 0 { Kind::Statement } else { Kind::Event }
    }

    pub(super) fn earliest(&self, row: usize) -> Edge {
        self.earliest.get(row).map_or(Edge::Unknown, |day| edge(*day))
    }

    pub(super) fn latest(&self, row: usize) -> Edge {
        self.latest.get(row).map_or(Edge::Unknown, |day| edge(*day))
    }

    pub(super) fn precision(&self, row: usize) -> Precision {
        match at(&self.flags, row) >> PRECISION {
            0 => Precision::Day,
            1 => Precision::Month,
            2 => Precision::Season,
            3 => Precision::Year,
            4 => Precision::Vague,
            _ => Precision::Undated,
        }
    }

    pub(super) fn is_interval(&self, row: usize) -> bool {
        at(&self.flags, row) & INTERVAL != 0
    }

    pub(super) fn is_undated(&self, row: usize) -> bool {
        at(&self.flags, row) & UNDATED != 0
    }

    pub(super) fn is_qualified(&self, row: usize) -> bool {
        at(&self.flags, row) & (APPROXIMATE | UNCERTAIN) != 0
    }

    pub(super) fn is_simple(&self, row: usize) -> bool {
        at(&self.flags, row) & SIMPLE != 0
    }

    pub(super) fn speaker(&self, row: usize) -> Option<SpeakerIndex> {
        self.speaker.get(row).copied().filter(|speaker| *speaker != NONE).map(SpeakerIndex)
    }

    pub(super) fn place(&self, row: usize) -> Option<NameIndex> {
        self.place.get(row).copied().filter(|place| *place != NONE).map(NameIndex)
    }

    pub(super) fn tags(&self, row: usize) -> &[NameIndex] {
        at(&self.tags, row).of(&self.tag_pool)
    }

    pub(super) fn sources(&self, row: usize) -> &[SourceIndex] {
        at(&self.sources, row).of(&self.source_pool)
    }
}

fn pool<T: Copy>(pool: &mut Vec<T>, items: &[T]) -> Run {
    let start = u32::try_from(pool.len()).unwrap_or(u32::MAX);
    pool.extend_from_slice(items);
    Run { start, len: u32::try_from(items.len()).unwrap_or(0) }
}

fn shift(runs: &mut Vec<Run>, others: &[Run], by: usize) {
    let by = u32::try_from(by).unwrap_or(u32::MAX);
    runs.extend(others.iter().map(|run| Run { start: run.start.saturating_add(by), ..*run }));
}

fn gather<T: Copy>(column: &mut Vec<T>, from: &[u32]) {
    *column = from.iter().filter_map(|row| column.get(*row as usize).copied()).collect();
}
