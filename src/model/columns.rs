//! What a list of entries keeps at hand for each of them, as columns of small numbers.
//!
//! An entry's strings are ranges into the text that was read, or into an arena beside it where
//! they had escapes; a whole record is asked for one at a time (see
//! [`Records`](crate::model::Records)). An entry takes about 70 bytes beside its text.

use crate::model::compact::{Compact, Short};
use crate::model::lists::Lists;
use crate::model::numbers::Numbers;
use crate::model::row::{Claim, Has, Piece, Row, Sides, Writing};
use crate::model::sparse::{Sparse, gather};
use crate::model::{How, Kind, NameIndex, SourceIndex, SpeakerIndex};
use crate::when::{Day, Edge, Facts, Moment, Precision};

mod sort;

/// A pointer that is not yet tied to the entry that it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pointer {
    pub(super) to: Piece,
    pub(super) how: How,
}

/// Columns of one part, and what makes its numbers those of the whole.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) columns: Columns,
    pub(super) dataset: u32,
    /// Where its arena stands in its dataset's.
    pub(super) arena: u32,
    /// What is added to the numbers of its records.
    pub(super) record: u32,
    pub(super) tags: Vec<NameIndex>,
    pub(super) places: Vec<NameIndex>,
    pub(super) measures: Vec<NameIndex>,
}

/// Entries as columns, in the order they were added or, after [`Columns::sort`], in time's.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Times of day, until the entries are sorted.
    moments: Sparse<Moment>,
    /// The number of each dataset's first record among those of all.
    firsts: Vec<u32>,
    /// Numbers of records, those of each dataset behind those of the one before.
    record: Vec<u32>,
    /// Strings of the text are counted from where their record begins.
    id: Compact<Piece>,
    headline: Compact<Piece>,
    date: Compact<Piece>,
    earliest: Compact<Edge>,
    latest: Compact<Edge>,
    flags: Vec<u16>,
    has: Vec<Has>,
    speaker: Numbers,
    place: Numbers,
    tags: Lists<NameIndex>,
    sources: Lists<SourceIndex>,
    pub(super) pointers: Sparse<Pointer>,
    sides: Sparse<Sides>,
    figures: Sparse<Claim>,
    relays: Sparse<SpeakerIndex>,
    quoted: Sparse<SpeakerIndex>,
    quote_sources: Sparse<SourceIndex>,
}

/// Stands in a column where there is no number.
const NONE: u32 = u32::MAX;

impl Short for Edge {
    /// Days within some six million years have one.
    fn short(self) -> Option<u32> {
        match self {
            Edge::Open => Some(0),
            Edge::Unknown => Some(1),
            Edge::Day(day) => {
                let number = u32::try_from(day.checked_add(MIDDLE)?).ok()?;
                (number > 1).then_some(number)
            }
        }
    }

    fn of_short(number: u32) -> Edge {
        match number {
            0 => Edge::Open,
            1 => Edge::Unknown,
            number => Edge::Day(Day::from(number) - MIDDLE),
        }
    }
}

/// The short number of the day 0.
const MIDDLE: Day = 1 << 31;

const EVENT: u16 = 1;
const INTERVAL: u16 = 1 << 1;
const UNDATED: u16 = 1 << 2;
const APPROXIMATE: u16 = 1 << 3;
const UNCERTAIN: u16 = 1 << 4;
const SIMPLE: u16 = 1 << 5;
const ESCAPED: u16 = 1 << 6;
const HIDDEN: u16 = 1 << 7;
/// Three bits from here on.
const PRECISION: u16 = 8;
const PRECISIONS: u16 = 7;
const CROSSED: u16 = 1 << 11;
const FOLDED: u16 = 1 << 12;

fn pack_flags(kind: Kind, facts: Facts, writing: Writing, folded: bool) -> u16 {
    let bit = |so: bool, bit: u16| if so { bit } else { 0 };
    bit(kind == Kind::Event, EVENT)
        | bit(facts.interval, INTERVAL)
        | bit(facts.undated, UNDATED)
        | bit(facts.approximate, APPROXIMATE)
        | bit(facts.uncertain, UNCERTAIN)
        | bit(facts.simple, SIMPLE)
        | bit(writing == Writing::Escaped, ESCAPED)
        | bit(writing == Writing::Hidden, HIDDEN)
        | bit(folded, FOLDED)
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
        let number = number(self.len());
        self.moments.push(number, row.facts.moment);
        self.record.push(row.record);
        self.id.push(row.id.counted_from(row.start));
        self.headline.push(row.headline.counted_from(row.start));
        self.date.push(row.date.counted_from(row.start));
        self.earliest.push(row.facts.earliest);
        self.latest.push(row.facts.latest);
        self.flags.push(pack_flags(row.kind, row.facts, row.writing, row.folded));
        self.has.push(row.has);
        self.speaker.push(row.speaker.map(|speaker| speaker.0));
        self.place.push(row.place.map(|place| place.0));
        self.tags.push(row.tags);
        self.sources.push(row.sources);
        let pointers = row.related.iter().map(|(to, how)| Pointer { to: *to, how: *how });
        self.pointers.push(number, pointers);
        self.sides.push(number, row.sides);
        self.figures.push(number, row.figures.iter().copied());
        self.relays.push(number, row.relays.iter().copied());
        self.quoted.push(number, row.quoted.iter().copied());
        self.quote_sources.push(number, row.quote_sources.iter().copied());
    }

    /// Makes room for so many times what another has. Room that is not used costs little: a system
    /// gives memory to a large list only as it is filled.
    pub(super) fn reserve(&mut self, times: usize, like: &Columns) {
        let count = like.len().saturating_mul(times);
        self.record.reserve(count);
        self.id.reserve(count);
        self.headline.reserve(count);
        self.date.reserve(count);
        self.earliest.reserve(count);
        self.latest.reserve(count);
        self.flags.reserve(count);
        self.has.reserve(count);
        self.speaker.reserve(count);
        self.place.reserve(count);
        self.tags.reserve(times, &like.tags);
        self.sources.reserve(times, &like.sources);
        self.sides.reserve(times, &like.sides);
        self.figures.reserve(times, &like.figures);
    }

    /// Takes note that something stands in the text behind the entry added last that is not its
    /// own, such as a comment.
    pub fn last_is_followed(&mut self) {
        if let Some(flags) = self.flags.last_mut().filter(|flags| **flags & HIDDEN == 0) {
            *flags |= ESCAPED;
        }
    }

    /// Adds the entries of a part at the end.
    pub(super) fn append(&mut self, part: Part) {
        let Part { columns, dataset, arena, record, tags, places, measures } = part;
        let rows = number(self.len());
        let named =
            |names: &[NameIndex], name: u32| names.get(name as usize).map_or(NONE, |name| name.0);
        let moved = |piece: Piece| piece.moved(arena);
        self.moments.append(columns.moments, rows, |moment| moment);
        // Nothing is sorted yet, so the last number is the highest.
        while self.firsts.len() <= dataset as usize {
            self.firsts.push(self.record.last().map_or(0, |last| last.saturating_add(1)));
        }
        let record = record.saturating_add(self.first(dataset));
        self.record.extend(columns.record.into_iter().map(|other| other.saturating_add(record)));
        self.id.append(columns.id, moved);
        self.headline.append(columns.headline, moved);
        self.date.append(columns.date, moved);
        self.earliest.append(columns.earliest, |day| day);
        self.latest.append(columns.latest, |day| day);
        self.flags.extend(columns.flags);
        self.has.extend(columns.has);
        self.speaker.append(&columns.speaker, Some);
        let place = |place: u32| places.get(place as usize).map(|place| place.0);
        self.place.append(&columns.place, place);
        self.tags.append(columns.tags, |tag| NameIndex(named(&tags, tag.0)));
        self.sources.append(columns.sources, |source| source);
        self.pointers
            .append(columns.pointers, rows, |pointer| Pointer { to: moved(pointer.to), ..pointer });
        self.sides.append(columns.sides, rows, |sides| sides);
        self.figures.append(columns.figures, rows, |claim| Claim {
            measure: NameIndex(named(&measures, claim.measure.0)),
            of: moved(claim.of),
            place: moved(claim.place),
            period: moved(claim.period),
            lasting: moved(claim.lasting),
            ..claim
        });
        self.relays.append(columns.relays, rows, |who| who);
        self.quoted.append(columns.quoted, rows, |who| who);
        self.quote_sources.append(columns.quote_sources, rows, |source| source);
    }

    /// Keeps the rows named, in the order in which they are named.
    pub(super) fn keep(&mut self, from: &[u32]) {
        // Lists are copied while there is most room.
        self.tags.keep(from);
        self.sources.keep(from);
        let mut to = vec![NONE; self.len()];
        for (row, old) in (0u32..).zip(from) {
            if let Some(to) = to.get_mut(*old as usize) {
                *to = row;
            }
        }
        let to = |row: u32| to.get(row as usize).copied().filter(|row| *row != NONE);
        self.pointers.renumber(to);
        self.sides.renumber(to);
        self.figures.renumber(to);
        self.relays.renumber(to);
        self.quoted.renumber(to);
        self.quote_sources.renumber(to);
        gather(&mut self.record, from);
        self.id.keep(from, to);
        self.headline.keep(from, to);
        self.date.keep(from, to);
        self.earliest.keep(from, to);
        self.latest.keep(from, to);
        gather(&mut self.flags, from);
        gather(&mut self.has, from);
        self.speaker.keep(from);
        self.place.keep(from);
    }

    pub(super) fn dataset(&self, row: usize) -> u32 {
        let record = at(&self.record, row);
        let behind = self.firsts.partition_point(|first| *first <= record);
        number(behind.saturating_sub(1))
    }

    /// The number of a row's record in its dataset.
    pub(super) fn record(&self, row: usize) -> u32 {
        self.record_of(row).1
    }

    /// The number of a row's dataset, and that of its record there.
    pub(super) fn record_of(&self, row: usize) -> (u32, u32) {
        let dataset = self.dataset(row);
        (dataset, at(&self.record, row).saturating_sub(self.first(dataset)))
    }

    fn first(&self, dataset: u32) -> u32 {
        at(&self.firsts, dataset as usize)
    }

    /// As all strings of rows, counted from where the record begins.
    pub(super) fn id(&self, row: usize) -> Piece {
        self.id.get(row).unwrap_or_default()
    }

    pub(super) fn headline(&self, row: usize) -> Piece {
        self.headline.get(row).unwrap_or_default()
    }

    pub(super) fn date(&self, row: usize) -> Piece {
        self.date.get(row).unwrap_or_default()
    }

    pub(super) fn has(&self, row: usize) -> Has {
        at(&self.has, row)
    }

    pub(super) fn kind(&self, row: usize) -> Kind {
        if at(&self.flags, row) & EVENT == 0 { Kind::Statement } else { Kind::Event }
    }

    pub(super) fn earliest(&self, row: usize) -> Edge {
        self.earliest.get(row).unwrap_or(Edge::Unknown)
    }

    pub(super) fn latest(&self, row: usize) -> Edge {
        self.latest.get(row).unwrap_or(Edge::Unknown)
    }

    pub(super) fn precision(&self, row: usize) -> Precision {
        match at(&self.flags, row) >> PRECISION & PRECISIONS {
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

    /// Whether it has a time and stands out of the order of written days.
    pub(super) fn is_crossed(&self, row: usize) -> bool {
        at(&self.flags, row) & CROSSED != 0
    }

    pub(super) fn is_qualified(&self, row: usize) -> bool {
        at(&self.flags, row) & (APPROXIMATE | UNCERTAIN) != 0
    }

    pub(super) fn is_simple(&self, row: usize) -> bool {
        at(&self.flags, row) & SIMPLE != 0
    }

    pub(super) fn writing(&self, row: usize) -> Writing {
        match at(&self.flags, row) & (ESCAPED | HIDDEN) {
            0 => Writing::Plain,
            ESCAPED => Writing::Escaped,
            _ => Writing::Hidden,
        }
    }

    pub(super) fn needs_folding(&self, row: usize) -> bool {
        at(&self.flags, row) & FOLDED != 0
    }

    pub(super) fn figures(&self, row: u32) -> &[Claim] {
        self.figures.of(row)
    }

    /// All figures, in order, those of one row side by side.
    pub(super) fn all_figures(&self) -> &Sparse<Claim> {
        &self.figures
    }

    pub(super) fn relays(&self, row: u32) -> &[SpeakerIndex] {
        self.relays.of(row)
    }

    pub(super) fn quoted(&self, row: u32) -> &[SpeakerIndex] {
        self.quoted.of(row)
    }

    pub(super) fn quote_sources(&self, row: u32) -> &[SourceIndex] {
        self.quote_sources.of(row)
    }

    /// What spans time, in order, and when it began and ended.
    pub(super) fn intervals(&self) -> impl ExactSizeIterator<Item = (u32, Sides)> {
        self.sides.iter()
    }

    pub(super) fn sides(&self, row: u32) -> Option<Sides> {
        self.sides.of(row).first().copied()
    }

    pub(super) fn speaker(&self, row: usize) -> Option<SpeakerIndex> {
        self.speaker.get(row).map(SpeakerIndex)
    }

    pub(super) fn place(&self, row: usize) -> Option<NameIndex> {
        self.place.get(row).map(NameIndex)
    }

    pub(super) fn tags(&self, row: usize) -> &[NameIndex] {
        self.tags.of(row)
    }

    pub(super) fn sources(&self, row: usize) -> &[SourceIndex] {
        self.sources.of(row)
    }
}

/// There are fewer than 2^32 rows.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::model::{DatasetInfo, Entry, Kind, TimelineBuilder};
    use crate::when::When;

    #[test]
    fn entries_come_in_order_with_all_that_is_theirs() {
        let near = ["../1985", "1985-02-01T09:30:00", "1985-02-01T14:00:00", "1985-02-02"];
        let far = ["Y-170000002", "1985-02-01", "Y170000002", "Y170000002/.."];
        for dates in [&near[..], &far[..], &["1985"]] {
            let mut builder = TimelineBuilder::new();
            for dataset in ["one", "none", "two"] {
                let info = DatasetInfo { file: dataset.to_owned(), ..DatasetInfo::default() };
                builder.dataset(info);
                let dates = dates.iter().enumerate().rev().filter(|_| dataset != "none");
                for (line, (place, date)) in (1u32..).zip(dates) {
                    let when = When::parse(date).unwrap();
                    let mut entry =
                        Entry::new(Kind::Event, format!("{dataset}-{place}"), when, *date);
                    entry.tags = vec![(*date).to_owned(); place];
                    builder.entry(entry, line);
                }
            }
            let timeline = builder.build();
            let orders: Vec<_> = timeline.indexes().map(|at| timeline.date(at).order()).collect();
            assert!(orders.is_sorted(), "{orders:?}");
            assert_eq!(timeline.len(), 2 * dates.len());
            for at in timeline.indexes() {
                let (id, date) = (timeline.id(at), timeline.date(at));
                let (dataset, place) = id.split_once('-').unwrap();
                let place: usize = place.parse().unwrap();
                assert_eq!(timeline.headline(at), dates[place], "{id}");
                assert_eq!(timeline.earliest(at), date.earliest(), "{id}");
                assert_eq!(timeline.latest(at), date.latest(), "{id}");
                assert_eq!(timeline.dataset_of(at).file, dataset, "{id}");
                assert_eq!(timeline.line_of(at) as usize, dates.len() - place, "{id}");
                assert_eq!(timeline.entry(at).tags.len(), place, "{id}");
                assert_eq!(timeline.tags_of(at).len(), place, "{id}");
            }
        }
    }
}
