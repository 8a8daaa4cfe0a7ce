//! The names in a query, looked up once in a timeline's speakers, tags, sources and places.

use std::collections::HashSet;

use crate::model::{EntryIndex, Names, Source, Timeline};
use crate::query::ast::{NameField, Value};
use crate::query::text::Needle;

/// A set of numbers given out by a timeline, such as speakers' or tags'.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(Vec<bool>);

impl Set {
    pub(super) fn has(&self, number: u32) -> bool {
        self.0.get(number as usize).copied().unwrap_or(false)
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().filter(|has| **has).count()
    }
}

/// From whether each number is in it, from 0.
impl FromIterator<bool> for Set {
    fn from_iter<I: IntoIterator<Item = bool>>(has: I) -> Self {
        Set(has.into_iter().collect())
    }
}

/// Values made ready: whole names in one set, parts of names as needles.
struct Values<'q> {
    exact: HashSet<&'q str>,
    loose: Vec<Needle>,
}

impl<'q> Values<'q> {
    fn new(values: &'q [Value]) -> Self {
        let (exact, loose): (Vec<_>, Vec<_>) = values.iter().partition(|value| value.exact);
        Values {
            exact: exact.into_iter().map(|value| value.text.as_str()).collect(),
            loose: loose.into_iter().map(|value| Needle::any_case(&value.text)).collect(),
        }
    }

    /// Whether one of them is this name or a part of it.
    fn fit(&self, name: &str) -> bool {
        self.exact.contains(name) || self.loosely(name)
    }

    fn loosely(&self, name: &str) -> bool {
        self.loose.iter().any(|needle| needle.is_in(name))
    }

    fn fit_source(&self, source: &Source) -> bool {
        let others = [&source.title, &source.author, &source.publisher, &source.url];
        self.fit(&source.id)
            || others.into_iter().flatten().any(|text| self.loosely(text))
            || (!self.exact.is_empty() && self.exact.contains(source.citation().as_str()))
    }
}

/// What the values of a field stand for: speakers, tags, sources or places by number. Empty for
/// `id`, which is no name of many entries.
pub(super) fn resolve(timeline: &Timeline, field: NameField, values: &[Value]) -> Set {
    let values = Values::new(values);
    match field {
        NameField::Speaker | NameField::Via => timeline
            .speakers()
            .iter()
            .map(|speaker| {
                values.fit(&speaker.id)
                    || values.fit(&speaker.name)
                    || speaker.short.as_deref().is_some_and(|short| values.loosely(short))
            })
            .collect(),
        NameField::Source => {
            timeline.sources().iter().map(|source| values.fit_source(source)).collect()
        }
        NameField::Tag => resolve_names(timeline.tags(), &values),
        NameField::Place => resolve_names(timeline.places(), &values),
        NameField::Id => Set::default(),
    }
}

fn resolve_names(names: &Names, values: &Values<'_>) -> Set {
    names.iter().map(|(_, name)| values.fit(name)).collect()
}

/// Ids made ready. A value with a colon may name the file as well: `file:id`.
pub(super) struct Ids<'q> {
    values: Values<'q>,
    full: bool,
}

impl<'q> Ids<'q> {
    pub(super) fn new(values: &'q [Value]) -> Self {
        let full = values.iter().any(|value| value.text.contains(':'));
        Ids { values: Values::new(values), full }
    }

    pub(super) fn fit(&self, timeline: &Timeline, index: EntryIndex) -> bool {
        self.values.fit(timeline.id(index))
            || (self.full && self.values.fit(&timeline.full_id(index)))
    }
}
