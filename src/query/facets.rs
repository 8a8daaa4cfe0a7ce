//! How many entries each speaker, tag, source, kind and place has.
//!
//! Counts are always those that would result: under everything the query asks but for the facet's
//! own terms, so that a value that is not chosen now shows how many entries it would bring.

use std::collections::HashMap;

use crate::model::{EntryIndex, Kind, NameIndex, Names, SourceIndex, SpeakerIndex, Timeline};
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
    let mut counts = vec![0usize; keys.rows.len()];
    // The last entry that each row counted, so that an entry counts once.
    let mut last = vec![None; keys.rows.len()];
    for index in selected {
        numbers(timeline, facet, *index, |number| {
            for row in keys.rows_of(number) {
                if let (Some(count), Some(last)) = (counts.get_mut(*row), last.get_mut(*row))
                    && *last != Some(*index)
                {
                    *last = Some(*index);
                    *count += 1;
                }
            }
        });
    }
    let mut rows: Vec<Row> = keys
        .rows
        .into_iter()
        .zip(counts)
        .map(|((key, first), count)| row(timeline, facet, key, first, count))
        .collect();
    rows.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)).then_with(|| a.key.cmp(&b.key))
    });
    rows
}

/// Shows the numbers of the values that an entry has.
fn numbers(timeline: &Timeline, facet: Facet, index: EntryIndex, mut see: impl FnMut(u32)) {
    match facet {
        Facet::Speaker => timeline.speaker_of(index).into_iter().for_each(|at| see(at.0)),
        Facet::Tag => timeline.tags_of(index).iter().for_each(|at| see(at.0)),
        Facet::Source => timeline.sources_of(index).iter().for_each(|at| see(at.0)),
        Facet::Kind => see(match timeline.kind(index) {
            Kind::Statement => 0,
            Kind::Event => 1,
        }),
        Facet::Place => timeline.place_of(index).into_iter().for_each(|at| see(at.0)),
    }
}

fn row(timeline: &Timeline, facet: Facet, key: String, number: u32, count: usize) -> Row {
    let (value, name, about) = match facet {
        Facet::Speaker => {
            let at = SpeakerIndex(number);
            let speaker = timeline.speaker(at);
            (FacetValue::Speaker(at), speaker.name.clone(), speaker.capacity(None))
        }
        Facet::Source => {
            let at = SourceIndex(number);
            let source = timeline.source(at);
            let name = source.title.clone().unwrap_or_else(|| source.citation());
            let publisher = source.title.as_ref().and(source.publisher.as_deref());
            let kind = source.kind.name().to_lowercase();
            let about = publisher.map_or(kind.clone(), |publisher| format!("{kind}, {publisher}"));
            (FacetValue::Source(at), name, Some(about))
        }
        Facet::Kind => {
            let kind = if number == 0 { Kind::Statement } else { Kind::Event };
            (FacetValue::Kind(kind), key.clone(), None)
        }
        Facet::Tag => (FacetValue::Tag(NameIndex(number)), key.clone(), None),
        Facet::Place => (FacetValue::Place(NameIndex(number)), key.clone(), None),
    };
    Row { value, key, name, about, count }
}

/// The names by which a query asks for each value of a facet.
///
/// An id or a name mostly stands for one speaker or source. In a timeline merged from several files
/// it may stand for several: then they share a row, and its count is what choosing it gives.
pub(super) struct Keys {
    /// Each key with the first number that it stands for.
    rows: Vec<(String, u32)>,
    /// By number, the rows whose key stands for it.
    of: Vec<Vec<usize>>,
}

impl Keys {
    pub(super) fn new(timeline: &Timeline, facet: Facet) -> Self {
        match facet {
            Facet::Speaker => {
                let speakers = timeline.speakers().iter();
                Keys::of_two(speakers.map(|who| (who.id.clone(), who.name.clone())).collect())
            }
            Facet::Source => {
                let sources = timeline.sources().iter();
                Keys::of_two(sources.map(|at| (at.id.clone(), at.citation())).collect())
            }
            Facet::Kind => Keys::of_one(Kind::ALL.map(|kind| kind.word().to_owned()).to_vec()),
            Facet::Tag => Keys::of_names(timeline.tags()),
            Facet::Place => Keys::of_names(timeline.places()),
        }
    }

    fn of_names(names: &Names) -> Self {
        Keys::of_one(names.iter().map(|(_, name)| name.to_owned()).collect())
    }

    fn of_one(names: Vec<String>) -> Self {
        Keys {
            of: (0..names.len()).map(|row| vec![row]).collect(),
            rows: (0..).zip(names).map(|(number, name)| (name, number)).collect(),
        }
    }

    /// The first name is the key, unless it stands for several values and the second does not.
    fn of_two(names: Vec<(String, String)>) -> Self {
        let mut stands_for: HashMap<&str, Vec<u32>> = HashMap::new();
        for (number, (id, name)) in (0..).zip(&names) {
            stands_for.entry(id).or_default().push(number);
            if name != id {
                stands_for.entry(name).or_default().push(number);
            }
        }
        let alone = |name: &str| stands_for.get(name).is_some_and(|numbers| numbers.len() == 1);
        let mut rows: Vec<(String, u32)> = Vec::new();
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
        let mut known: HashMap<&str, ()> = HashMap::new();
        for (number, (id, name)) in (0..).zip(&names) {
            let key = if !alone(id) && alone(name) { name } else { id };
            if known.insert(key, ()).is_some() {
                continue;
            }
            for member in stands_for.get(key.as_str()).into_iter().flatten() {
                if let Some(rows_of) = of.get_mut(*member as usize) {
                    rows_of.push(rows.len());
                }
            }
            rows.push((key.clone(), number));
        }
        Keys { rows, of }
    }

    /// The rows that stand for a value.
    pub(super) fn rows_of(&self, number: u32) -> &[usize] {
        self.of.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// The keys, by row.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(key, _)| key.as_str())
    }

    /// The keys that stand for a number for which this holds.
    pub(super) fn which(&self, holds: impl Fn(u32) -> bool) -> impl Iterator<Item = &str> {
        let mut wanted = vec![false; self.rows.len()];
        for number in (0..).take(self.of.len()).filter(|number| holds(*number)) {
            for row in self.rows_of(number) {
                if let Some(wanted) = wanted.get_mut(*row) {
                    *wanted = true;
                }
            }
        }
        self.keys().zip(wanted).filter(|(_, wanted)| *wanted).map(|(key, _)| key)
    }
}
