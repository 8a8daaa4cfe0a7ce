//! How many entries each speaker, tag, source, kind and place has.
//!
//! Counts are always those that would result: under everything the query asks but for the facet's
//! own terms, so that a value that is not chosen now shows how many entries it would bring.

use std::borrow::Cow;
use std::collections::HashSet;

use hashbrown::HashMap;

use crate::model::{
    EntryIndex, Kind, NameIndex, Source, SourceIndex, Speaker, SpeakerIndex, Timeline,
};
use crate::query::{Field, Query};

/// A column whose values can be counted and chosen among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Who said it.
    Speaker,
    /// Subjects.
    Tag,
    /// Where a reader can check it.
    Source,
    /// Statement or event.
    Kind,
    /// Where it happened, or what place it is about.
    Place,
}

impl Facet {
    /// Every facet, in the order of the panels.
    pub const ALL: [Facet; 5] =
        [Facet::Speaker, Facet::Tag, Facet::Source, Facet::Kind, Facet::Place];

    /// The field by which the query language asks for it.
    pub fn field(self) -> Field {
        match self {
            Facet::Speaker => Field::Speaker,
            Facet::Tag => Field::Tag,
            Facet::Source => Field::Source,
            Facet::Kind => Field::Kind,
            Facet::Place => Field::Place,
        }
    }
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetValue {
    /// A speaker.
    Speaker(SpeakerIndex),
    /// A number in [`Timeline::tags`].
    Tag(NameIndex),
    /// A source.
    Source(SourceIndex),
    /// A kind.
    Kind(Kind),
    /// A number in [`Timeline::places`].
    Place(NameIndex),
}

/// One value of a facet, and how many entries it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it stands for; of several that one name stands for, the first.
    pub value: FacetValue,
    /// The name by which a query asks for it and nothing else: an id, a tag, a place.
    pub key: String,
    /// What to show.
    pub name: String,
    /// A speaker's role and organization, a source's kind and publisher.
    pub about: Option<String>,
    /// How many entries it has.
    pub count: usize,
}

/// All values of a facet with the number of entries each would leave if it alone were chosen, the
/// most first, then by name. A value without entries is there too.
pub fn rows(timeline: &Timeline, query: &Query, facet: Facet) -> Vec<Row> {
    counts(timeline, &query.without(facet).select(timeline), facet)
}

/// All values of a facet with the number of entries each has among those selected, the most first,
/// then by name.
pub fn counts(timeline: &Timeline, selected: &[EntryIndex], facet: Facet) -> Vec<Row> {
    let keys = Keys::new(timeline, facet);
    let counts = keys.count(timeline, selected.iter().copied());
    let mut rows: Vec<Row> =
        counts.into_iter().enumerate().map(|(at, count)| keys.row(timeline, at, count)).collect();
    rows.sort_unstable_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)).then_with(|| a.key.cmp(&b.key))
    });
    rows
}

/// Shows the numbers of the values that an entry has.
fn numbers(timeline: &Timeline, facet: Facet, index: EntryIndex, mut see: impl FnMut(u32)) {
    match facet {
        Facet::Speaker => {
            timeline.speaker_of(index).into_iter().for_each(|at| see(timeline.person(at).0));
        }
        Facet::Tag => timeline.tags_of(index).iter().for_each(|at| see(at.0)),
        Facet::Source => {
            timeline.sources_of(index).iter().for_each(|at| see(timeline.work(*at).0));
        }
        Facet::Kind => see(match timeline.kind(index) {
            Kind::Statement => 0,
            Kind::Event => 1,
        }),
        Facet::Place => timeline.place_of(index).into_iter().for_each(|at| see(at.0)),
    }
}

/// The names by which a query asks for each value of a facet.
///
/// An id or a name mostly stands for one speaker or source. In a timeline merged from several files
/// it may stand for several: then they share a row, and its count is what choosing it gives.
pub(super) struct Keys<'t> {
    facet: Facet,
    /// Each key with the first number that it stands for.
    rows: Vec<(Cow<'t, str>, u32)>,
    /// By number, the rows whose key stands for it; nothing where each number has its own row.
    of: Option<Vec<Vec<usize>>>,
}

impl<'t> Keys<'t> {
    pub(super) fn new(timeline: &'t Timeline, facet: Facet) -> Self {
        let (rows, of) = match facet {
            Facet::Speaker => {
                let names = |who: &'t Speaker| (who.id.as_str(), who.name.as_str().into());
                let first = |at: u32| timeline.person(SpeakerIndex(at)).0 == at;
                of_two(timeline.speakers().iter().map(names).collect(), first)
            }
            Facet::Source => {
                let names = |at: &'t Source| (at.id.as_str(), at.citation().into());
                let first = |at: u32| timeline.work(SourceIndex(at)).0 == at;
                of_two(timeline.sources().iter().map(names).collect(), first)
            }
            Facet::Kind => of_one(Kind::ALL.into_iter().map(Kind::word)),
            Facet::Tag => of_one(timeline.tags().iter().map(|(_, name)| name)),
            Facet::Place => of_one(timeline.places().iter().map(|(_, name)| name)),
        };
        Keys { facet, rows, of }
    }

    /// How many of the entries each row has.
    pub(super) fn count(
        &self,
        timeline: &Timeline,
        entries: impl Iterator<Item = EntryIndex>,
    ) -> Vec<usize> {
        let mut counts = vec![0usize; self.rows.len()];
        // The last entry that each row counted, so that an entry counts once.
        let mut last = vec![None; self.rows.len()];
        for index in entries {
            numbers(timeline, self.facet, index, |number| {
                for row in self.rows_of(number) {
                    if let (Some(count), Some(last)) = (counts.get_mut(row), last.get_mut(row))
                        && *last != Some(index)
                    {
                        *last = Some(index);
                        *count += 1;
                    }
                }
            });
        }
        counts
    }

    /// The rows that stand for a value.
    fn rows_of(&self, number: u32) -> impl Iterator<Item = usize> {
        let (own, several) = match &self.of {
            None => (Some(number as usize), &[][..]),
            Some(of) => (None, of.get(number as usize).map_or(&[][..], Vec::as_slice)),
        };
        own.into_iter().chain(several.iter().copied())
    }

    /// The keys, by row.
    pub(super) fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.rows.iter().map(|(key, _)| &**key)
    }

    /// What a row is called.
    pub(super) fn name<'k>(&'k self, timeline: &'t Timeline, row: usize) -> Cow<'k, str> {
        let Some((key, number)) = self.rows.get(row) else { return Cow::Borrowed("") };
        match self.facet {
            Facet::Speaker => timeline.speaker(SpeakerIndex(*number)).name.as_str().into(),
            Facet::Source => {
                let source = timeline.source(SourceIndex(*number));
                source.title.as_deref().map_or_else(|| source.citation().into(), Cow::Borrowed)
            }
            Facet::Kind | Facet::Tag | Facet::Place => Cow::Borrowed(key),
        }
    }

    /// A row with how many entries it has.
    pub(super) fn row(&self, timeline: &'t Timeline, row: usize, count: usize) -> Row {
        let (key, number) = self.rows.get(row).cloned().unwrap_or_default();
        let (value, about) = match self.facet {
            Facet::Speaker => {
                let at = SpeakerIndex(number);
                let capacities = timeline.capacities(at);
                (FacetValue::Speaker(at), Some(capacities.join("; ")).filter(|it| !it.is_empty()))
            }
            Facet::Source => {
                let at = SourceIndex(number);
                let source = timeline.source(at);
                let publisher = source.title.as_ref().and(source.publisher.as_deref());
                let kind = source.kind.name().to_lowercase();
                let about =
                    publisher.map_or(kind.clone(), |publisher| format!("{kind}, {publisher}"));
                (FacetValue::Source(at), Some(about))
            }
            Facet::Kind => {
                let kind = if number == 0 { Kind::Statement } else { Kind::Event };
                (FacetValue::Kind(kind), None)
            }
            Facet::Tag => (FacetValue::Tag(NameIndex(number)), None),
            Facet::Place => (FacetValue::Place(NameIndex(number)), None),
        };
        let name = self.name(timeline, row).into_owned();
        Row { value, key: key.into_owned(), name, about, count }
    }

    /// The keys that stand for a number for which this holds.
    pub(super) fn which(&self, holds: impl Fn(u32) -> bool) -> impl Iterator<Item = &str> {
        let mut wanted = vec![false; self.rows.len()];
        let numbers = self.of.as_ref().map_or(self.rows.len(), Vec::len);
        for number in (0..).take(numbers).filter(|number| holds(*number)) {
            for row in self.rows_of(number) {
                if let Some(wanted) = wanted.get_mut(row) {
                    *wanted = true;
                }
            }
        }
        self.keys().zip(wanted).filter(|(_, wanted)| *wanted).map(|(key, _)| key)
    }
}

/// Each key with its number, and where several share one, the rows of each number.
type Numbered<'t> = (Vec<(Cow<'t, str>, u32)>, Option<Vec<Vec<usize>>>);

fn of_one<'t>(names: impl Iterator<Item = &'t str>) -> Numbered<'t> {
    (names.map(Cow::Borrowed).zip(0..).collect(), None)
}

/// The first name is the key, unless it stands for several values and the second does not. Only the
/// first of several definitions of one value counts.
fn of_two<'t>(names: Vec<(&'t str, Cow<'t, str>)>, first: impl Fn(u32) -> bool) -> Numbered<'t> {
    let mut times: HashMap<&str, u32> = HashMap::with_capacity(2 * names.len());
    let firsts = || (0u32..).zip(&names).filter(|(number, _)| first(*number));
    for (_, (id, name)) in firsts() {
        *times.entry(id).or_default() += 1;
        if name != id {
            *times.entry(name).or_default() += 1;
        }
    }
    let all = firsts().count() == names.len();
    if all && names.iter().all(|(id, _)| times.get(id) == Some(&1)) {
        return of_one(names.iter().map(|(id, _)| *id));
    }
    let mut stands_for: HashMap<&str, Vec<u32>> = HashMap::new();
    for (number, (id, name)) in firsts() {
        stands_for.entry(id).or_default().push(number);
        if name != id {
            stands_for.entry(name).or_default().push(number);
        }
    }
    let alone = |name: &str| times.get(name) == Some(&1);
    let mut rows: Vec<(Cow<'t, str>, u32)> = Vec::new();
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    let mut known: HashSet<&str> = HashSet::new();
    for (number, (id, name)) in firsts() {
        let key = if !alone(id) && alone(name) { name.clone() } else { Cow::Borrowed(*id) };
        let Some((key_here, members)) = stands_for.get_key_value(&*key) else { continue };
        if !known.insert(key_here) {
            continue;
        }
        for member in members {
            if let Some(rows_of) = of.get_mut(*member as usize) {
                rows_of.push(rows.len());
            }
        }
        rows.push((key, number));
    }
    (rows, Some(of))
}
