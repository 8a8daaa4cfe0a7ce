//! The names in a query, looked up once in a timeline's speakers, tags, sources and places.

use std::collections::{HashMap, HashSet};

use crate::model::{EntryIndex, Names, Source, Timeline};
use crate::query::ast::{NameField, Value};
use crate::query::needle::Needle;
use crate::query::within::Words;

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

/// Of each of different names, whether it stands as a part of a name for other values than as a whole one.
pub(super) fn differs_as_part(timeline: &Timeline, field: NameField, names: &[&str]) -> Vec<bool> {
    let mut standing = Standing::new(names);
    match field {
        NameField::Speaker | NameField::Via => timeline.speakers().iter().for_each(|speaker| {
            standing.see(
                [&*speaker.id, &speaker.name],
                [&*speaker.id, &speaker.name].into_iter().chain(speaker.short.as_deref()),
            );
        }),
        NameField::Source => timeline.sources().iter().for_each(|source| {
            let others = [&source.title, &source.author, &source.publisher, &source.url];
            let others = others.into_iter().flatten().map(String::as_str);
            let parts = std::iter::once(&*source.id).chain(others);
            standing.see([&*source.id, &source.citation()], parts);
        }),
        NameField::Tag => timeline.tags().iter().for_each(|(_, name)| standing.see([name], [name])),
        NameField::Place => {
            timeline.places().iter().for_each(|(_, name)| standing.see([name], [name]));
        }
        NameField::Id => {}
    }
    standing.whole.iter().zip(&standing.part).map(|(whole, part)| whole != part).collect()
}

/// For how many values each of some names stands.
struct Standing<'n> {
    names: HashMap<&'n str, usize>,
    words: Words,
    whole: Vec<usize>,
    part: Vec<usize>,
    /// The names that stand for the value at hand.
    here: Vec<usize>,
}

impl<'n> Standing<'n> {
    fn new(names: &[&'n str]) -> Self {
        Standing {
            names: names.iter().copied().zip(0..).collect(),
            words: Words::new(names),
            whole: vec![0; names.len()],
            part: vec![0; names.len()],
            here: Vec::new(),
        }
    }

    /// A value, by what a whole name is compared with, and by that in which a part is looked for.
    fn see<'v, const N: usize>(
        &mut self,
        wholes: [&str; N],
        parts: impl IntoIterator<Item = &'v str>,
    ) {
        self.here.extend(wholes.iter().filter_map(|name| self.names.get(name)));
        count(&mut self.here, &mut self.whole);
        for text in parts {
            self.words.within(text, |number| self.here.push(number));
        }
        count(&mut self.here, &mut self.part);
    }
}

/// Counts each number once, and empties the list.
fn count(numbers: &mut Vec<usize>, counts: &mut [usize]) {
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers.drain(..) {
        if let Some(count) = counts.get_mut(number) {
            *count += 1;
        }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Entry, Kind, Speaker, TimelineBuilder};
    use crate::query::fixture::when;

    /// Speakers, sources and tags with these names, which may be in one another.
    fn timeline(names: &[[String; 3]]) -> Timeline {
        let mut builder = TimelineBuilder::new();
        let mut entry = Entry::new(Kind::Event, "e", when("2022"), "x");
        for [id, name, other] in names {
            builder.speaker(Speaker {
                id: id.clone(),
                name: name.clone(),
                short: Some(other.clone()).filter(|short| !short.is_empty()),
                title: None,
                role: None,
                organization: None,
            });
            let title = Some(other.clone()).filter(|title| !title.is_empty());
            builder.source(Source { id: id.clone(), title, ..Source::default() });
            entry.tags.push(name.clone());
        }
        builder.entry(entry, 1);
        builder.build()
    }

    proptest! {
        #[test]
        fn parts_of_names_stand_for_what_each_alone_stands_for(
            names in proptest::collection::vec(proptest::array::uniform3("[aAbée’]{0,3}"), 1..6),
        ) {
            let timeline = timeline(&names);
            let keys: BTreeSet<&str> = names.iter().flatten().map(String::as_str).collect();
            let keys: Vec<&str> = keys.into_iter().collect();
            for field in [NameField::Speaker, NameField::Source, NameField::Tag] {
                let count = |text: &str, exact| {
                    let value = Value { text: text.to_owned(), exact, span: 0..0 };
                    resolve(&timeline, field, &[value]).0.iter().filter(|has| **has).count()
                };
                let naive: Vec<bool> =
                    keys.iter().map(|key| count(key, false) != count(key, true)).collect();
                prop_assert_eq!(differs_as_part(&timeline, field, &keys), naive, "{:?}", field);
            }
        }
    }
}
